"""Editions: what pages state about a conference year, the value most of them agree on first."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from harvester.linking.corrections import Corrections
from harvester.linking.scratch import Scratch, fact_values, packed_values, text_key, unpacked_values
from harvester.pages.harvested import EditionFact, PageHarvest
from harvester.records import Edition, Evidence, Missing

_FIELDS = ("city", "venue", "days", "theme")
_LONGEST = timedelta(days=9)  # a conference of ten days; longer spans are misread
_QUOTES = " \"'.,:;!?–-”“’‘»«"


class _Value(NamedTuple):
    """One value that pages state, with its best fact."""

    pages: int
    rank: str
    page_id: str
    fact: EditionFact


def gather_editions(scratch: Scratch, harvest: PageHarvest, edition: int | None) -> None:
    """Counts what a page states about years: a value once a page, its best statement kept."""
    best: dict[tuple[int, str, str], tuple[str, EditionFact]] = {}
    for fact in harvest.editions:
        key = (fact.edition, fact.field, _compared(fact))
        rank = f"{_distance(fact, edition)}{9 - harvest.source}{harvest.page_id}"
        if key not in best:
            best[key] = (rank, fact)
    scratch.many(
        """INSERT INTO stated VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6)
           ON CONFLICT (edition, field, value) DO UPDATE SET pages = pages + 1,
             fact = iif(?4 < rank, ?6, fact), page_id = iif(?4 < rank, ?5, page_id),
             rank = min(rank, ?4)""",
        [
            (*key, rank, harvest.page_id, packed_values(fact_values(fact)))
            for key, (rank, fact) in best.items()
        ],
    )


def editions(
    scratch: Scratch, corrections: Corrections
) -> Iterator[tuple[Edition, Sequence[Evidence]]]:
    """A row for each year that a page states something about, in order, with its evidence."""
    stated = scratch.run(
        "SELECT edition, field, pages, rank, page_id, fact FROM stated ORDER BY edition, field, value"
    )
    kept_back = {year for (year,) in scratch.run("SELECT edition FROM page WHERE kept_back")}
    for year, group in itertools.groupby(stated, key=lambda row: row[0]):
        values: dict[str, list[_Value]] = {field: [] for field in _FIELDS}
        for _, field, pages, rank, page_id, fact in group:
            if field in values:
                value = _Value(pages, rank, page_id, EditionFact(*unpacked_values(fact)))
                values[field].append(value)
        row, evidence = _edition(year, values, obtained=year not in kept_back)
        if corrections.drops("editions", row, evidence, None):
            continue
        rows, proofs = corrections.corrected("editions", [row], evidence, None)
        yield rows[0], proofs


def _edition(
    year: int, values: dict[str, list[_Value]], *, obtained: bool
) -> tuple[Edition, list[Evidence]]:
    chosen: dict[str, EditionFact] = {}
    conflicts: list[str] = []
    evidence: list[Evidence] = []
    for field in _FIELDS:
        ordered = sorted(values[field], key=lambda v: (-v.pages, v.rank))
        usable = [v for v in ordered if field != "days" or _is_conference(v.fact)]
        if usable:
            chosen[field] = usable[0].fact
            evidence += _evidence(year, field, usable[0].fact, None)
        elif ordered:
            evidence += _evidence(year, field, ordered[0].fact, Missing.NOT_UNDERSTOOD)
        else:
            missing = Missing.NOT_STATED if obtained else Missing.NOT_OBTAINED
            evidence += _evidence(year, field, None, missing)
        conflicts += [
            f"{field}: {_shown(v.fact)} ({v.page_id})" for v in ordered if v not in usable[:1]
        ]
    days = chosen.get("days")
    row = Edition(
        edition=year,
        city=chosen["city"].value if "city" in chosen else None,
        venue=chosen["venue"].value if "venue" in chosen else None,
        first=days.first if days else None,
        last=days.last if days else None,
        theme=chosen["theme"].value if "theme" in chosen else None,
        conflicts=tuple(conflicts),
    )
    return row, evidence


def _evidence(
    year: int, field: str, fact: EditionFact | None, missing: Missing | None
) -> list[Evidence]:
    """What a field rests on, or why it is null: no page states it, no year has such days, or a page
    of the year is kept back."""
    columns = ("first", "last") if field == "days" else (field,)
    if fact is None:
        nowhere = (None, None, None, None, None, f"edition.{field}", missing)
        return [Evidence("editions", str(year), column, *nowhere) for column in columns]
    return [
        Evidence(
            "editions", str(year), column, fact.digest, fact.locator,
            fact.char_start, fact.char_end, fact.raw, fact.rule, missing,
        )
        for column in columns
    ]  # fmt: skip


def _is_conference(fact: EditionFact) -> bool:
    if fact.first is None or fact.last is None:
        return False
    return fact.first <= fact.last <= fact.first + _LONGEST


def _distance(fact: EditionFact, page_edition: int | None) -> int:
    """How far a statement is from its year: beside it 0, on a page of that year 1, else 2."""
    if fact.rule.startswith("edition.row_") or re.search(rf"(?<!\d){fact.edition}(?!\d)", fact.raw):
        return 0
    return 1 if page_edition == fact.edition else 2


def _compared(fact: EditionFact) -> str:
    """What two statements of one value have in common, whatever their case and quotes."""
    if fact.field == "days":
        return f"{fact.first}/{fact.last}"
    return text_key(" ".join(fact.value.casefold().split()).strip(_QUOTES))


def _shown(fact: EditionFact) -> str:
    return f"{fact.first}/{fact.last}" if fact.field == "days" else fact.value
