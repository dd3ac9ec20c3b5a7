"""Page rows on their way through linking: in page order, people as the persons they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from harvester.linking.identity import Identity
from harvester.linking.scratch import Scratch, unpacked
from harvester.records import Clip, Contribution, Evidence


def page_rows(scratch: Scratch, identity: Identity, table: str) -> Iterator[Any]:
    """The rows of one page table by page id, then in page order, without the suppressed."""
    for page_id, stored in scratch.run(f"SELECT page_id, rows FROM rows_{table} ORDER BY page_id"):
        rows = unpacked(table, stored)
        if table == "clips":
            yield from (_clip(row, identity) for row in rows)
        elif table == "contributions":
            yield from _contributions(rows, identity)
        elif table == "evidence" and identity.hidden:
            yield from _evidence(rows, _hidden_rows(scratch, identity, page_id))
        else:
            yield from rows


def _clip(clip: Clip, identity: Identity) -> Clip:
    persons = tuple(
        dict.fromkeys(identity.canonical(i) for i in clip.person_ids if not identity.is_hidden(i))
    )
    return clip if persons == clip.person_ids else replace(clip, person_ids=persons)


def _contributions(rows: Iterator[Contribution], identity: Identity) -> Iterator[Contribution]:
    for row in rows:
        if identity.is_hidden(row.person_id):
            continue
        person = identity.canonical(row.person_id)
        yield row if person == row.person_id else replace(row, person_id=person)


def _evidence(rows: Iterator[Evidence], hidden: set[str]) -> Iterator[Evidence]:
    return (r for r in rows if not (r.table == "contributions" and r.row_id in hidden))


def _hidden_rows(scratch: Scratch, identity: Identity, page_id: str) -> set[str]:
    """The contributions of a page that are left out."""
    stored = scratch.one("SELECT rows FROM rows_contributions WHERE page_id = ?", page_id)
    if stored is None:
        return set()
    return {
        row.contribution_id
        for row in unpacked("contributions", stored)
        if identity.is_hidden(row.person_id)
    }
