"""What a text itself says about years: dates, names of events, headings, the date lines of posts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source
from harvester.records import Grain, MentionKind

#: Where a block ends.
BLOCK_END = Pattern(r"\n *\n")
# Words before a date that make it the date line of a post.
_KICKER = Pattern(
    r"(?:ordförande har ordet|nytt från|publicera[dt]|uppdatera[dt]|skrive[nt]|postat|datum)[^\n]{0,40}$"
)
_HEADING_LENGTH = 90


class Evidence(NamedTuple):
    """A year that the text states: where, and whether a date, a bare year or a name says it."""

    at: int
    year: int
    source: str  # "date", "year", "edition", "title"
    day: date | None
    last: date | None = None  # of days that end in a later year


class StatedYears:
    """Every year that a text states, by place."""

    __slots__ = (
        "_breaks",
        "_headings",
        "_kicker_places",
        "_kickers",
        "_places",
        "_src",
        "evidence",
    )

    def __init__(self, src: Source, drafts: Sequence[Draft]) -> None:
        self._src = src
        self._breaks = [match.start() for match in BLOCK_END.finditer(src.low)]
        self.evidence = sorted(_stated(src, drafts), key=lambda e: e.at)
        self._places = [e.at for e in self.evidence]
        self._headings = [e.at for e in self.evidence if _in_heading(src, e)]
        self._kickers = list(_kickers(src, drafts))
        self._kicker_places = [at for at, _ in self._kickers]

    def block(self, at: int) -> int:
        """The number of the block at a place."""
        return bisect_right(self._breaks, at)

    def before(self, at: int) -> Evidence | None:
        """The nearest year stated before a place."""
        index = bisect_left(self._places, at)
        return self.evidence[index - 1] if index else None

    def backwards(self, at: int, limit: int = 40) -> Iterator[Evidence]:
        """The years stated before a place in its block, the nearest first."""
        index, block = bisect_left(self._places, at), self.block(at)
        for evidence in reversed(self.evidence[max(0, index - limit) : index]):
            if self.block(evidence.at) != block:
                return
            yield evidence

    def after(self, at: int) -> Evidence | None:
        """The nearest year stated after a place in its block."""
        index = bisect_left(self._places, at)
        if index == len(self.evidence) or self.block(self.evidence[index].at) != self.block(at):
            return None
        return self.evidence[index]

    def between(self, begin: int, end: int) -> list[Evidence]:
        """The years stated in a stretch of text."""
        return self.evidence[bisect_left(self._places, begin) : bisect_left(self._places, end)]

    def heading_above(self, at: int) -> Evidence | None:
        """The nearest heading above that states a year."""
        index = bisect_left(self._headings, at)
        return self.before(self._headings[index - 1] + 1) if index else None

    def kicker_above(self, at: int) -> tuple[int, date] | None:
        """The date line of the post that a place stands in: where, and its day."""
        index = bisect_right(self._kicker_places, at)
        return self._kickers[index - 1] if index else None


def _stated(src: Source, drafts: Sequence[Draft]) -> Iterator[Evidence]:
    for at, year in src.title_years:
        yield Evidence(at, year, "title", None)
    for draft in drafts:
        if draft.year is None or draft.form.grain in {Grain.DECADE, Grain.CENTURY}:
            continue
        if draft.kind is MentionKind.EDITION:
            yield Evidence(draft.start, draft.year, "edition", None)
        elif draft.form.grain is Grain.YEAR and "open_end" in draft.flags:
            continue  # "den lägsta nivån sedan 2008" dates nothing beside it
        elif draft.form.grain is Grain.YEAR:
            yield Evidence(draft.start, draft.year, "year", None)
        elif days := draft.form.days(draft.year):
            day = days[0] if draft.form.grain is Grain.DAY else None
            last = days[1] if day and days[1].year > draft.year else None
            yield Evidence(draft.start, draft.year, "date", day, last)


def _in_heading(src: Source, evidence: Evidence) -> bool:
    """True where a short block of one line, with no full stop, states an edition or a bare year."""
    if evidence.source in {"date", "title"}:
        return evidence.source == "title"
    low, at = src.low, evidence.at
    start = low.rfind("\n", max(0, at - _HEADING_LENGTH), at) + 1
    end = low.find("\n", at, at + _HEADING_LENGTH)
    if end < 0:
        end = min(len(low), at + _HEADING_LENGTH)
    if (not start and at > _HEADING_LENGTH) or end - start > _HEADING_LENGTH:
        return False
    alone = end == len(low) or low[end : end + 2].strip(" ") in {"\n", "\n\n"}
    return alone and not low[start:end].rstrip().endswith((".", "!", ":", ","))


def _kickers(src: Source, drafts: Sequence[Draft]) -> Iterator[tuple[int, date]]:
    for draft in drafts:
        if draft.year is None or draft.form.grain is not Grain.DAY or not _is_kicker(src, draft):
            continue
        days = draft.form.days(draft.year)
        if days:
            yield draft.start, days[0]


def _is_kicker(src: Source, draft: Draft) -> bool:
    """True for "ORDFÖRANDE HAR ORDET 6 OKTOBER 2024:", `sep 28, 2023 |`, "Publicerad 3 mars 2020"."""
    line = src.low.rfind("\n", max(0, draft.start - 100), draft.start) + 1
    if not line and draft.start > 100:
        return False
    before = src.low[line : draft.start]
    if not before.strip():
        return src.low[draft.end : draft.end + 2] == " |"
    if before.rstrip().endswith("|"):
        return src.char(draft.start).isalpha()
    if src.all_caps(line, draft.start) and src.all_caps(draft.start, draft.end):
        return True
    return _KICKER.search(before) is not None
