"""Figures of the report, counted from the tables of a release: pure, no clock."""

from __future__ import annotations

import functools
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from harvester.explorer.tables import Row, rows
from harvester.records import Severity

#: Who may have to act, in the order the report names them.
ACTORS = ("maintainer", "operator", "publisher", "nobody")

#: Columns of `appearances` whose filling tells how much an analyst gets.
WATCHED = ("person", "role", "organisation", "topic", "film_url", "published")

_SEVERITIES = tuple(reversed(Severity))


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What a conference year holds."""

    year: int | None
    films: int
    people: int
    pages: int
    documents: int


@dataclass(frozen=True, slots=True)
class FillRate:
    """The share of rows with a value: ``filled`` of ``rows``."""

    year: int | None
    column: str
    filled: int
    rows: int

    @property
    def share(self) -> float:
        return self.filled / self.rows if self.rows else 0.0


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Problems of one code, and who must act."""

    actor: str
    severity: str
    code: str
    times: int
    example: str


def year_figures(release: Path) -> list[YearFigures]:
    """One entry a year, oldest first; None (no year) last where something has none."""
    pages = {
        row["page_id"]: row["edition"] for row in rows(release, "pages", ["page_id", "edition"])
    }
    films = Counter(row["edition"] for row in rows(release, "films", ["edition"]))
    documents = Counter(
        pages.get(row["page_id"]) for row in rows(release, "documents", ["page_id"])
    )
    people: dict[int | None, set[str]] = {}
    for row in rows(release, "appearances", ["edition", "person_id"]):
        if row["person_id"]:
            people.setdefault(row["edition"], set()).add(row["person_id"])
    page_counts = Counter(pages.values())
    years = {*films, *documents, *people, *page_counts}
    return [
        YearFigures(
            year, films[year], len(people.get(year, ())), page_counts[year], documents[year]
        )
        for year in ordered_years(years)
    ]


def parts_by_year(release: Path) -> Counter[tuple[int | None, str]]:
    """Number of appearances by year and by what the person did."""
    found = rows(release, "appearances", ["edition", "took_part_as"])
    return Counter((row["edition"], row["took_part_as"]) for row in found if row["took_part_as"])


def fill_rates(release: Path) -> list[FillRate]:
    """How full the watched columns of `appearances` are, year by year."""
    filled: Counter[tuple[int | None, str]] = Counter()
    total: Counter[int | None] = Counter()
    for row in rows(release, "appearances", ["edition", *WATCHED]):
        total[row["edition"]] += 1
        filled.update((row["edition"], name) for name in WATCHED if row[name] is not None)
    return [
        FillRate(year, name, filled[year, name], total[year])
        for year in ordered_years(total)
        for name in WATCHED
    ]


def missing_values(release: Path) -> list[tuple[str, str, str, int]]:
    """Table, column, reason and number of the values that are promised and null."""
    found = Counter(
        (row["table"], row["field"], row["missing"])
        for row in rows(release, "evidence", ["table", "field", "missing"])
        if row["missing"]
    )
    return [
        (*key, times) for key, times in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]


def problem_groups(problems: Iterable[Row]) -> list[ProblemGroup]:
    """Problems by code, those that somebody must act on first, the gravest first."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in problems:
        found.setdefault((row["severity"], row["code"]), []).append(row)
    groups = [
        ProblemGroup(actor_of(code), severity, code, len(own), own[0]["message"])
        for (severity, code), own in found.items()
    ]
    return sorted(
        groups,
        key=lambda g: (
            ACTORS.index(g.actor),
            _SEVERITIES.index(Severity(g.severity)),
            -g.times,
            g.code,
        ),
    )


def actor_of(code: str) -> str:
    """Who must act on a problem of this code."""
    for actor, known in _actors().items():
        if code in known["codes"] or any(code.startswith(p) for p in known["prefix"]):
            return actor
    return "maintainer"


def ordered_years(years: Iterable[int | None]) -> list[int | None]:
    """Years in order, None last."""
    return sorted(set(years), key=lambda year: (year is None, year or 0))


@functools.cache
def _actors() -> dict[str, dict[str, Any]]:
    text = (files("harvester.explorer.report") / "actors.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
