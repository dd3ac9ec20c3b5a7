"""Drafts of expressions that count from a day, shared by the rules for them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from harvester.parsers.dates.draft import Draft, Form, Relative
from harvester.parsers.dates.forms import month_span
from harvester.records import Grain, MentionKind

_MASKS = {Grain.DAY: "XXXX-XX-XX", Grain.WEEK: "XXXX-XX-XX", Grain.MONTH: "XXXX-XX"}
_FORMS = {g: Form(g, lambda year: None, _MASKS.get(g, "XXXX")) for g in Grain}

#: Which of the weeks, months or years a word means, seen from the present one.
STEP = {
    "förra": -1,
    "föregående": -1,
    "denna": 0,
    "den här": 0,
    "detta": 0,
    "det här": 0,
    "nästa": 1,
}


def relative_draft(start: int, end: int, grain: Grain, days: Relative) -> Draft:
    """A draft whose days are told from the day of writing."""
    return Draft(start, end, _FORMS[grain], None, MentionKind.RELATIVE, relative=days)


def in_week(weekday: int, step: int) -> Relative:
    """A weekday of this week, or of one so many weeks away."""

    def days(today: date, tense: str) -> tuple[date, date]:
        found = today + timedelta(weekday - today.weekday() + 7 * step)
        return found, found

    return days


def whole_week(step: int) -> Relative:
    """This week, or the one so many weeks away."""

    def days(today: date, tense: str) -> tuple[date, date]:
        monday = today + timedelta(7 * step - today.weekday())
        return monday, monday + timedelta(6)

    return days


def whole_month(step: int) -> Relative:
    """This month, or the one so many months away."""

    def days(today: date, tense: str) -> tuple[date, date]:
        return month_span(*months_on(today, step))

    return days


def months_on(today: date, months: int) -> tuple[int, int]:
    """Year and month so many months from a day."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return year, month + 1


def whole_year(step: int) -> Relative:
    """This year, or the one so many years away."""
    return lambda today, _: (date(today.year + step, 1, 1), date(today.year + step, 12, 31))


def in_units(unit: str, step: int) -> Relative:
    """The day so many days, weeks or months away; years give the whole year."""
    if unit == "år":
        return whole_year(step)
    if unit.startswith("månad"):
        return _in_months(step)
    length = timedelta(7 * step if unit.startswith("veck") else step)
    return lambda today, _: (today + length,) * 2


def _in_months(step: int) -> Relative:
    def days(today: date, tense: str) -> tuple[date, date]:
        year, month = months_on(today, step)
        found = date(year, month, min(today.day, monthrange(year, month)[1]))
        return found, found

    return days
