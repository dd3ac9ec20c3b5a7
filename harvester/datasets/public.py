"""Public releases: without full texts, and without people whom pages only mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from harvester.records import Clip, Contribution, Evidence, Page, TookPartAs

#: Values whose evidence quotes the whole paragraph they stand in.
_WHOLE_BLOCKS = frozenset(
    {("pages", "text"), ("clips", "text"), ("clips", "film_id"), ("documents", "url")}
)


@dataclass(frozen=True, slots=True)
class MentionedOnly:
    """People who take part in nothing, and the rows that say where they are mentioned."""

    people: frozenset[str]
    contributions: frozenset[str]


def mentioned_only(contributions: Iterable[Contribution]) -> MentionedOnly:
    """The people who are `mentioned` in all their contributions."""
    taking_part: set[str] = set()
    mentions: dict[str, set[str]] = {}
    for row in contributions:
        if row.took_part_as is TookPartAs.MENTIONED:
            mentions.setdefault(row.person_id, set()).add(row.contribution_id)
        else:
            taking_part.add(row.person_id)
    left_out = mentions.keys() - taking_part
    return MentionedOnly(
        frozenset(left_out), frozenset(row for person in left_out for row in mentions[person])
    )


def public_rows(table: str, rows: Iterable[Any], left_out: MentionedOnly) -> Iterator[Any]:
    """The rows of a table as a public release has them."""
    for row in rows:
        shown = _shown(table, row, left_out)
        if shown is not None:
            yield shown


def _shown(table: str, row: Any, left_out: MentionedOnly) -> Any:
    match table:
        case "people" | "contributions" | "appearances":
            return None if row.person_id in left_out.people else row
        case "person_candidates":
            return None if {row.person_id, row.other_id} & left_out.people else row
        case "pages":
            return _page(row)
        case "clips":
            return _clip(row, left_out)
        case "evidence":
            return _evidence(row, left_out)
    return row


def _page(page: Page) -> Page:
    return replace(page, text="")


def _clip(clip: Clip, left_out: MentionedOnly) -> Clip:
    people = tuple(person for person in clip.person_ids if person not in left_out.people)
    return replace(clip, text=None, person_ids=people)


def _evidence(row: Evidence, left_out: MentionedOnly) -> Evidence | None:
    """Where a text was read from stays known; the text goes, and so do rows of those left out."""
    if row.row_id in left_out.contributions or row.row_id in left_out.people:
        return None
    return replace(row, raw=None) if (row.table, row.field) in _WHOLE_BLOCKS else row
