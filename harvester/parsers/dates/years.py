"""The year of what is stated without one, from evidence in a fixed order.

1. a weekday that fits; 2. a year in the same sentence; 3. the nearest full date before it in the
block; 4. the edition the page belongs to; 5. a heading or the date line of its post; 6. the
publication date; 7. what the block says after it. Where nothing decides, the days stay unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.evidence import BLOCK_END, Evidence, StatedYears
from harvester.parsers.dates.forms import exists_ever
from harvester.parsers.dates.source import Source
from harvester.parsers.dates.tense import Sentence
from harvester.parsers.dates.viewpoint import Anchor, by_weekday, seen_from, take_days, take_nearest
from harvester.records import Grain, MentionKind

#: From what a day, a week … can be counted: "två veckor senare" says nothing after "våren 2021".
_COUNTS_FROM = {
    Grain.DAY: {Grain.DAY},
    Grain.WEEK: {Grain.DAY, Grain.WEEK},
    Grain.MONTH: {Grain.DAY, Grain.MONTH},
}
_NEAR = 2000
_EDITION = MentionKind.EDITION  # looked up once: an enum's members are slow to reach


class YearResolver:
    """Sets the days of drafts from what stands in and around one text."""

    __slots__ = (
        "_before",
        "_drafts",
        "_edition",
        "_last",
        "_published",
        "_src",
        "_stated",
        "_states_years",
        "_writing",
    )

    def __init__(
        self, src: Source, drafts: Sequence[Draft], published: date | None, edition: int | None
    ) -> None:
        self._src = src
        self._drafts = drafts
        self._published = published
        self._writing: Anchor | None = (published, "published") if published else None
        self._edition = edition
        self._stated: StatedYears | None = None
        self._last: Sentence | None = None
        self._before: Draft | None = None
        self._states_years = bool(src.title_years)
        for draft in drafts:
            if draft.year is not None:
                self._states_years = True
                break

    def resolve(self, draft: Draft) -> None:
        """Set a draft's days, and say which evidence gave them."""
        if draft.year is not None:
            take_days(draft, draft.year, draft.by)
            if draft.first is None:
                draft.flags.append("impossible")
            elif draft.weekday is not None and draft.first.weekday() != draft.weekday:
                draft.flags.append("weekday_conflict")
        elif draft.counts_on:
            self._count_on(draft)
        elif draft.relative is not None:
            self._resolve_relative(draft)
        else:
            self._resolve_open(draft)
        if draft.first is not None and draft.kind is not _EDITION:
            self._before = draft

    @property
    def _years(self) -> StatedYears:
        """What the text states, read once and only where a year is missing."""
        if self._stated is None:
            self._stated = StatedYears(self._src, self._drafts)
        return self._stated

    def _sentence(self, draft: Draft) -> Sentence:
        """The sentence of a draft; neighbours share one."""
        if self._last is None or not self._last.holds(draft.start, draft.end):
            self._last = Sentence(self._src, draft.start, draft.end, self._last)
        return self._last

    def _tense(self, draft: Draft) -> str:
        return self._sentence(draft).tense(draft.start, draft.end)

    def _anchor(self, at: int) -> Anchor | None:
        kicker = self._years.kicker_above(at)
        return (kicker[1], "kicker") if kicker else self._writing

    def _resolve_relative(self, draft: Draft) -> None:
        """Count from the publication date, or from a date line in the same block."""
        draft.by = "none"
        anchor: Anchor | None = None
        if self._writing:
            anchor = self._writing
        else:
            kicker = self._years.kicker_above(draft.start)
            if kicker and self._years.block(kicker[0]) == self._years.block(draft.start):
                anchor = kicker[1], "kicker"
        if anchor is None or draft.relative is None:
            return
        try:
            days = draft.relative(anchor[0], self._tense(draft))
        except (OverflowError, ValueError):  # before year 1 or after year 9999
            return
        if days:
            (draft.first, draft.last), draft.by = days, anchor[1]

    def _count_on(self, draft: Draft) -> None:
        """Count from the date stated before in the block, if it is as exact as what is counted."""
        draft.by = "none"
        before = self._before
        if before is None or draft.relative is None or draft.start - before.end > _NEAR:
            return
        if before.form.grain not in _COUNTS_FROM[draft.form.grain]:
            return
        anchor = before.last if draft.counts_on > 0 else before.first
        if anchor is None or BLOCK_END.search(self._src.low, before.end, draft.start):
            return
        try:
            draft.first, draft.last = draft.relative(anchor, "") or (None, None)
        except (OverflowError, ValueError):
            return
        if draft.first:
            draft.by = "same_block"

    def _resolve_open(self, draft: Draft) -> None:
        draft.by = "none"
        anchor = self._anchor(draft.start) if self._states_years else self._writing
        year, by = self._base_year(draft, anchor)
        if year is not None and draft.weekday is not None and exists_ever(draft.form):
            year, by = by_weekday(draft, year, by, anchor)
        if year is not None:
            take_days(draft, year, by)
        if draft.first is not None:
            return
        if not exists_ever(draft.form):
            draft.by = "none"
            draft.flags.append("impossible")
        elif year is not None:
            take_nearest(draft, year, by, anchor)

    def _base_year(self, draft: Draft, anchor: Anchor | None) -> tuple[int | None, str]:
        """The year that the first evidence in order gives, before the weekday is asked."""
        if draft.relative_year is not None and anchor:
            return anchor[0].year + draft.relative_year, anchor[1]
        if self._states_years:
            stated = self._from_block(draft, anchor)
            if stated:
                return stated
        if self._edition is not None:
            return self._edition, "edition"
        if self._states_years or draft.needs_published:
            return self._from_above(draft, anchor)
        if anchor is None:
            return None, "none"
        return seen_from(draft, anchor[0], self._tense(draft)), anchor[1]

    def _from_block(self, draft: Draft, anchor: Anchor | None) -> tuple[int, str] | None:
        """A year stated in the same sentence, or before it in the block."""
        sentence = self._sentence(draft)
        if draft.same_year and (before := self._years.before(draft.start)):
            return before.year, "same_block"
        found = self._in_sentence(draft, anchor, sentence)
        if found:
            return _year_beside(draft, found), "same_sentence"
        found = self._carried_over(draft, anchor, sentence)
        if found:
            year = _year_beside(draft, found) + _turns(draft, found, sentence)
            return year, "same_block"
        return None

    def _in_sentence(
        self, draft: Draft, anchor: Anchor | None, sentence: Sentence
    ) -> Evidence | None:
        block = self._years.block(draft.start)
        usable = [
            e
            for e in self._years.between(sentence.begin, sentence.end)
            if e.source != "title"
            and self._years.block(e.at) == block
            and _fits(e, anchor, sentence, draft)
        ]
        return min(usable, key=lambda e: abs(e.at - draft.start), default=None)

    def _carried_over(
        self, draft: Draft, anchor: Anchor | None, sentence: Sentence
    ) -> Evidence | None:
        """The nearest full date before it in the block, or a bare year on a line above."""
        for evidence in self._years.backwards(draft.start):
            if not _fits(evidence, anchor, sentence, draft):
                continue
            if evidence.source == "date":
                return evidence
            if evidence.source in {"year", "edition"} and (
                anchor is None or self._src.low.find("\n", evidence.at, draft.start) >= 0
            ):
                return evidence
        return None

    def _from_above(self, draft: Draft, anchor: Anchor | None) -> tuple[int | None, str]:
        """A heading above, the day of writing, an edition named before, a year stated after."""
        if draft.needs_published:
            if self._published:
                return seen_from(draft, self._published, self._tense(draft)), "published"
            return None, "none"
        kicker = self._years.kicker_above(draft.start)
        heading = self._years.heading_above(draft.start)
        if heading and (kicker is None or heading.at > kicker[0]):
            return heading.year, "heading"
        if anchor:
            return seen_from(draft, anchor[0], self._tense(draft)), anchor[1]
        before = self._years.before(draft.start)
        if before and before.source == "edition":
            return before.year, "edition"
        after = self._years.after(draft.start)
        return (after.year, "same_block") if after else (None, "none")


def _year_beside(draft: Draft, found: Evidence) -> int:
    """The year of what is found; after days that reach into a later year, the one that lies in them."""
    if found.last is None or found.day is None or draft.start < found.at:
        return found.year
    days = draft.form.days(found.year)
    return found.year if days and days[0] >= found.day else found.last.year


def _fits(evidence: Evidence, anchor: Anchor | None, sentence: Sentence, draft: Draft) -> bool:
    """A past year tells nothing of what lies ahead, a coming year nothing of what is past.

    A bare year further off ("föreningen, som bildades 1954, bjuder in …") needs the past tense.
    """
    if anchor is None or evidence.source == "edition" or evidence.year == anchor[0].year:
        return True
    ahead = evidence.year - anchor[0].year
    tense = sentence.tense(draft.start, draft.end)
    if evidence.source == "year" and ahead < -1:
        return tense == "past"
    return tense != ("future" if ahead < 0 else "past")


def _turns(draft: Draft, found: Evidence, sentence: Sentence) -> int:
    """1 for "12 december 2022. Nästa möte är 15 januari.": the year turns between the two."""
    days = draft.form.days(found.year)
    if not found.day or not days or (found.day - days[0]).days <= 200:
        return 0
    return int(sentence.tense(draft.start, draft.end) == "future")
