"""Drafts of expressions that count from a day, shared by the rules for them."""

from __future__ import annotations

from datetime import date, timedelta

from harvester.parsers.dates.mention import Draft, Form, Relative
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
