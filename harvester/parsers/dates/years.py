"""The year of what is stated without one, from evidence in a fixed order.

1. a weekday that fits; 2. a year in the same sentence; 3. the nearest full date before it in the
block; 4. the edition the page belongs to; 5. a heading or kicker above it; 6. the publication date;
7. what the text says elsewhere. Where nothing decides, the days stay unknown.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from harvester.parsers.dates.mention import Draft
from harvester.parsers.dates.source import Source
from harvester.parsers.dates.tense import sentence_bounds, tense_at
from harvester.records import Grain, MentionKind

_BLOCK_END = re.compile(r"\n *\n")
_HEADING_LENGTH = 90
_KICKER = re.compile(
    r"(?:ordförande har ordet|nytt från|publicera[dt]|uppdatera[dt]|skrive[nt]|postat|datum)[^\n]{0,40}$"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A year that the text states: where, and whether a full date, a bare year or a name says it."""

    at: int
    year: int
    source: str  # "date", "year", "edition", "heading"
    day: date | None


class YearContext:
    """Everything in and around a text that can tell a year."""

    def __init__(
        self, src: Source, drafts: Sequence[Draft], published: date | None, edition: int | None
    ) -> None:
        self.src = src
        self.published = published
        self.edition = edition
        self._drafts = drafts

    @cached_property
    def _breaks(self) -> list[int]:
        """Where blocks end."""
        return [match.start() for match in _BLOCK_END.finditer(self.src.low)]

    @cached_property
    def _evidence(self) -> list[Evidence]:
        """Every year that the text states, in order."""
        return sorted(self._collect(self._drafts), key=lambda e: e.at)

    @cached_property
    def _places(self) -> list[int]:
        return [e.at for e in self._evidence]

    @cached_property
    def _kickers(self) -> list[tuple[int, date]]:
        """The date lines of posts, in order: where, and which day."""
        return [
            (d.start, days[0])
            for d in self._drafts
            if d.year is not None
            and d.form.grain is Grain.DAY
            and self._is_kicker(d)
            and (days := d.form.days(d.year))
        ]

    def resolve(self, draft: Draft) -> None:
        """Set the days of a draft, and say which evidence gave them."""
        if draft.relative is not None:
            self._resolve_relative(draft)
            return
        if draft.year is not None:
            self._set(draft, draft.year, draft.by)
            if draft.first is None:
                draft.flags.append("impossible")
            elif draft.weekday is not None and draft.first.weekday() != draft.weekday:
                draft.flags.append("weekday_conflict")
            return
        if not any(draft.form.days(year) for year in range(2000, 2005)):
            draft.by = "none"
            draft.flags.append("impossible")
            return
        year, by = self._base_year(draft)
        if year is None:
            draft.by = "none"
            return
        if draft.weekday is not None:
            year, by = self._by_weekday(draft, year, by)
        self._set(draft, year, by)
        if draft.first is None:
            self._nearest_existing(draft, year, by)

    def anchor(self, at: int) -> tuple[date, str] | None:
        """The day from which a place in the text is written: its kicker's, else the publication's."""
        index = bisect_right(self._kicker_places, at)
        if index:
            return self._kickers[index - 1][1], "kicker"
        return (self.published, "published") if self.published else None

    def _set(self, draft: Draft, year: int, by: str) -> None:
        days = draft.form.days(year) if 1 < year < 9000 else None
        if days:
            draft.first, draft.last = days
        draft.by = by

    def _nearest_existing(self, draft: Draft, year: int, by: str) -> None:
        """29 February and week 53: the nearest year that has them."""
        anchor = self.anchor(draft.start)
        near = [y for y in range(year - 7, year + 8) if draft.form.days(y)]
        if not near:
            draft.flags.append("impossible")
            return
        middle = anchor[0] if anchor else date(year, 7, 1)
        found = min(near, key=lambda y: abs((draft.form.days(y) or (middle,))[0] - middle))
        self._set(draft, found, by)

    def _resolve_relative(self, draft: Draft) -> None:
        today, by = self.published, "published"
        if today is None:
            kicker = self.anchor(draft.start)
            if kicker is None or self._block(draft.start) != self._block_of_kicker(draft.start):
                draft.by = "none"
                return
            today, by = kicker
        tense = tense_at(self.src, draft.start, draft.end)
        try:
            days = draft.relative(today, tense) if draft.relative else None
        except (OverflowError, ValueError):
            days = None
        draft.by = by
        if days:
            draft.first, draft.last = days
        else:
            draft.by = "none"

    def _base_year(self, draft: Draft) -> tuple[int | None, str]:
        anchor = self.anchor(draft.start)
        if draft.relative_year is not None and anchor:
            return anchor[0].year + draft.relative_year, anchor[1]
        tense = tense_at(self.src, draft.start, draft.end) if anchor else ""
        if draft.same_year:
            before = self._before(draft.start)
            if before:
                return before.year, "same_block"
        found = self._same_sentence(draft, anchor, tense)
        if found:
            return found.year, "same_sentence"
        found = self._carried_over(draft, anchor, tense)
        if found:
            year = found.year
            if found.day and tense == "future":  # "12 december 2022. Nästa möte är 15 januari."
                days = draft.form.days(year)
                year += bool(days and days[0] < found.day and (found.day - days[0]).days > 200)
            return year, "same_block"
        if self.edition is not None:
            return self.edition, "edition"
        return self._from_above(draft, anchor, tense)

    def _from_above(
        self, draft: Draft, anchor: tuple[date, str] | None, tense: str
    ) -> tuple[int | None, str]:
        """A heading above, the day of writing, then whatever year the text states anywhere."""
        kicker = self._kicker_at(draft.start)
        if not draft.needs_published:
            heading = self._heading_above(draft.start)
            if heading and heading.at > kicker:
                return heading.year, "heading"
        if anchor and (not draft.needs_published or self.published):
            return self._seen_from(draft, anchor[0], tense), anchor[1]
        if draft.needs_published:
            return None, "none"
        before = self._before(draft.start)
        if before and before.source == "edition":
            return before.year, "edition"
        after = self._after_in_block(draft.end)
        return (after.year, "same_block") if after else (None, "none")

    def _heading_above(self, at: int) -> Evidence | None:
        index = bisect_left(self._places, at)
        if not self._headings:
            return None
        above = bisect_left(self._headings, index)
        return self._evidence[self._headings[above - 1]] if above else None

    @cached_property
    def _headings(self) -> list[int]:
        """Which pieces of evidence are headings."""
        return [index for index, e in enumerate(self._evidence) if self._in_heading(e)]

    def _collect(self, drafts: Sequence[Draft]) -> list[Evidence]:
        found = [Evidence(at, year, "heading", None) for at, year in self.src.title_years]
        for draft in drafts:
            if draft.year is None or draft.form.grain in {Grain.DECADE, Grain.CENTURY}:
                continue
            if draft.kind is MentionKind.EDITION:
                found.append(Evidence(draft.start, draft.year, "edition", None))
            elif draft.form.grain is Grain.YEAR:
                found.append(Evidence(draft.start, draft.year, "year", None))
            elif days := draft.form.days(draft.year):
                day = days[0] if draft.form.grain is Grain.DAY else None
                found.append(Evidence(draft.start, draft.year, "date", day))
        return found

    def _block(self, at: int) -> int:
        return bisect_right(self._breaks, at)

    @cached_property
    def _kicker_places(self) -> list[int]:
        return [at for at, _ in self._kickers]

    def _kicker_at(self, at: int) -> int:
        """Where the kicker above a place stands, -1 for none."""
        index = bisect_right(self._kicker_places, at)
        return self._kicker_places[index - 1] if index else -1

    def _block_of_kicker(self, at: int) -> int:
        return self._block(self._kicker_at(at))

    def _is_kicker(self, draft: Draft) -> bool:
        """True for the date line of a post: "ORDFÖRANDE HAR ORDET 6 OKTOBER 2024:", `sep 28, 2023 |`."""
        src = self.src
        line = src.low.rfind("\n", max(0, draft.start - 100), draft.start) + 1
        if not line and draft.start > 100:
            return False
        before = src.low[line : draft.start]
        if not before.strip():
            return src.low[draft.end : draft.end + 2] == " |"
        if before.rstrip().endswith("|"):
            return src.char(draft.start).isalpha()
        if _KICKER.search(before):
            return True
        return src.all_caps(line, draft.start) and src.all_caps(draft.start, draft.end)

    def _in_heading(self, evidence: Evidence) -> bool:
        """True where a short block of one line, with no full stop, states an edition or a bare year."""
        if evidence.source == "date":
            return False
        if evidence.source == "heading":
            return True
        low, at = self.src.low, evidence.at
        start = low.rfind("\n", max(0, at - _HEADING_LENGTH), at) + 1
        end = low.find("\n", at, at + _HEADING_LENGTH)
        if end < 0:
            end = min(len(low), at + _HEADING_LENGTH)
        if (not start and at > _HEADING_LENGTH) or end - start > _HEADING_LENGTH:
            return False
        alone = end == len(low) or low[end : end + 2].strip(" ") in {"\n", "\n\n"}
        return alone and not low[start:end].rstrip().endswith((".", "!", ":", ","))

    def _before(self, at: int) -> Evidence | None:
        index = bisect_left(self._places, at)
        return self._evidence[index - 1] if index else None

    def _after_in_block(self, at: int) -> Evidence | None:
        index = bisect_left(self._places, at)
        if index == len(self._evidence):
            return None
        found = self._evidence[index]
        return found if self._block(found.at) == self._block(at) else None

    def _same_sentence(
        self, draft: Draft, anchor: tuple[date, str] | None, tense: str
    ) -> Evidence | None:
        begin, end = sentence_bounds(self.src, draft.start, draft.end)
        block = self._block(draft.start)
        near = self._evidence[bisect_left(self._places, begin) : bisect_left(self._places, end)]
        usable = [
            e
            for e in near
            if self._block(e.at) == block and e.source != "heading" and _fits(e, anchor, tense)
        ]
        return min(usable, key=lambda e: abs(e.at - draft.start), default=None)

    def _carried_over(
        self, draft: Draft, anchor: tuple[date, str] | None, tense: str
    ) -> Evidence | None:
        """The nearest full date before it in the block, or a bare year on a line above."""
        block = self._block(draft.start)
        index = bisect_left(self._places, draft.start)
        for evidence in reversed(self._evidence[max(0, index - 40) : index]):
            if self._block(evidence.at) != block:
                return None
            if evidence.source == "date" and _fits(evidence, anchor, tense):
                return evidence
            if evidence.source in {"year", "edition"} and _fits(evidence, anchor, tense):
                line_above = self.src.low.find("\n", evidence.at, draft.start) >= 0
                if anchor is None or line_above:
                    return evidence
        return None

    def _seen_from(self, draft: Draft, today: date, tense: str) -> int:
        """The year by tense. Without one days lie from 3 months back to 9 ahead, and bare months,
        which news tell of afterwards, from 9 months back to 3 ahead."""
        near = range(today.year - 2, today.year + 3)
        begins = {y: days for y in near if (days := draft.form.days(y))}
        if not begins:
            return today.year
        if tense == "past":
            return max((y for y, d in begins.items() if d[0] <= today), default=min(begins))
        if tense == "future":
            return min((y for y, d in begins.items() if d[1] >= today), default=max(begins))
        month = today.month - (9 if draft.form.grain is Grain.MONTH else 3)
        earliest = date(today.year - (month < 1), (month - 1) % 12 + 1, min(today.day, 28))
        return min((y for y, d in begins.items() if d[0] >= earliest), default=max(begins))

    def _by_weekday(self, draft: Draft, year: int, by: str) -> tuple[int, str]:
        """The year nearest to the reference in which the weekday fits; else the reference, flagged."""
        anchor = self.anchor(draft.start)
        reference = draft.form.days(year)
        middle = anchor[0] if anchor and by in {"published", "kicker"} else None
        if middle is None:
            middle = reference[0] if reference else date(year, 7, 1)
        for reach in (range(year - 1, year + 2), range(year - 3, year + 4)):
            fitting = [
                (abs((days[0] - middle).days), y)
                for y in reach
                if (days := draft.form.days(y)) and days[0].weekday() == draft.weekday
            ]
            if any(y == year for _, y in fitting):
                return year, by if by.startswith("same") else "weekday"
            if fitting:
                return min(fitting)[1], "weekday"
        draft.flags.append("weekday_conflict")
        return year, by


def _fits(evidence: Evidence, anchor: tuple[date, str] | None, tense: str) -> bool:
    """A past year tells nothing of what lies ahead, a coming year nothing of what is past."""
    if anchor is None:
        return True
    ahead = evidence.year - anchor[0].year
    if evidence.source == "edition":
        return True
    return not ((tense == "future" and ahead < 0) or (tense == "past" and ahead > 0))


