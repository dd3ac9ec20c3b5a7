"""The year that a form has as seen from a day, by tense and by weekday."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from harvester.parsers.dates.draft import Draft
from harvester.records import Grain

#: A day as seen from which a text is written, and what says so.
Anchor = tuple[date, str]
_MONTH = Grain.MONTH  # looked up once: an enum's members are slow to reach


def take_days(draft: Draft, year: int, by: str) -> None:
    """Set a draft's days in a year, and what gave the year; the days stay open where it has none."""
    days = draft.form.days(year) if 1 < year < 9000 else None
    if days:
        draft.first, draft.last = days
    draft.by = by


def take_nearest(draft: Draft, year: int, by: str, anchor: Anchor | None) -> None:
    """29 February, week 53: the nearest year that has them."""
    middle = anchor[0] if anchor else date(min(max(year, 2), 9000), 7, 1)
    near = [
        (abs((days[0] - middle).days), y)
        for y in range(year - 7, year + 8)
        if 1 < y < 9000 and (days := draft.form.days(y))
    ]
    if near:
        take_days(draft, min(near)[1], by)
    else:
        draft.by = "none"
        draft.flags.append("impossible")


def by_weekday(draft: Draft, year: int, by: str, anchor: Anchor | None) -> tuple[int, str]:
    """The year nearest to the reference in which the weekday fits; else the reference, flagged."""
    reference = draft.form.days(year)
    if reference and reference[0].weekday() == draft.weekday:
        return year, by if by.startswith("same") else "weekday"
    middle = anchor[0] if anchor and by == anchor[1] else None
    if middle is None:
        middle = reference[0] if reference else date(year, 7, 1)
    for reach in (1, 3):
        fitting = [
            (abs((days[0] - middle).days), y)
            for y in range(max(2, year - reach), min(8999, year + reach + 1))
            if (days := draft.form.days(y)) and days[0].weekday() == draft.weekday
        ]
        if fitting:
            return min(fitting)[1], "weekday"
    draft.flags.append("weekday_conflict")
    return year, by


def seen_from(draft: Draft, today: date, tense: str) -> int:
    """The year by tense. Without one days lie from 3 months back to 9 ahead, and bare months, which
    news tell of afterwards, from 9 months back to 3 ahead."""
    days_in = draft.form.days
    this = today.year
    if tense == "past":
        for year in range(this + 1, max(1, this - 5), -1):
            if year < 9000 and (days := days_in(year)) and days[0] <= today:
                return year
        return this
    if tense == "future":
        for year in range(max(2, this - 1), min(8999, this + 9)):
            if (days := days_in(year)) and days[1] >= today:
                return year
        return this
    earliest = _months_before(today, 9 if draft.form.grain is _MONTH else 3)
    for year in range(max(2, earliest.year), min(8999, this + 9)):
        if (days := days_in(year)) and days[0] >= earliest:
            return year
    return this


@lru_cache(maxsize=256)  # all of a page is seen from one day
def _months_before(today: date, months: int) -> date:
    month = today.month - months
    return date(max(1, today.year - (month < 1)), (month - 1) % 12 + 1, min(today.day, 28))
