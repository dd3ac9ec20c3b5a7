"""Dates in figures alone: ISO 8601, eight digits, six digits after a label."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.forms import any_day_form, span_form
from harvester.parsers.dates.lexicon import (
    DAY_PART,
    WEEKDAY,
    WEEKDAY_ENDS,
    short_year,
    weekday_number,
)
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source
from harvester.parsers.dates.year_numbers import named_number, year_number
from harvester.records import Grain

# 2021-01-29, with an ISO clock and zone; must not match a person number or a longer code.
_ISO = Pattern(
    r"(?P<year>[0-9]{4})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})(?![0-9])(?![-/][0-9])"
    r"(?:t(?P<clock>[0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?P<zone>z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
# The end of an interval: a whole date, or after a spaced dash its last parts ("2024-10-06 – 08").
_ISO_LINK = Pattern(
    r"(?: {0,2}(?:--?|/|till och med(?= )|till(?= )|t\.?o\.?m\.?(?= )) {0,2}"
    rf"(?:{WEEKDAY},? {{1,2}})?(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?![0-9]|-[0-9])"
    r"| - (?:(?P<late_month>[0-9]{2})-)?(?P<late_day>[0-9]{2})(?![0-9]|[.:/-][0-9]))"
)
# An ISO interval: its slash or dash must not hide the date before it.
_ISO_PAIR = Pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[/-](?=[0-9]{4}-[0-9]{2}-)")
_ISO_LEFT = Pattern(rf"(?<![a-zåäö])(?P<weekday>{WEEKDAY}){DAY_PART},? {{0,2}}(?:den )?$")
_LEFT_WORDS = WEEKDAY_ENDS | {"den"}
_COMPACT_DAY = "([0-9]{4})([0-9]{2})([0-9]{2})"
_COMPACT = Pattern(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_COMPACT_RANGE = Pattern(rf"{_COMPACT_DAY} ?- ?{_COMPACT_DAY}(?![0-9a-zåäö]|[-/:][0-9])")
_LABEL = Pattern(
    r"(?<![a-zåäö])(?:datum|dat\.?|date|den|dater(?:ad|at)|dagtecknad|inkom|ankom|upprättad|rev\.?|reviderad"
    r"|uppdater(?:ad|at)|ändrad|publicer(?:ad|at)|beslutad|antagen|fastställd):? {0,2}$"
)
# Datum: 24-10-02; the year is first, as in six digits. Must not match a longer code.
_SHORT_ISO = Pattern(
    r"(?P<year>[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9]|[-/:][0-9])"
)


def long_number(src: Source, start: int, end: int) -> Sequence[Draft]:
    """Mentions that begin with four, six or eight digits."""
    if end - start == 4:
        if src.char(end) in "-/.":
            found = _iso(src, start)
            if found:
                src.skip = max(src.skip, found.end)
                return [found]
        return () if src.glued_left(start) else year_number(src, start, end)
    found = (_compact_range(src, start) if end - start == 8 else None) or _compact(src, start, end)
    if found is None:
        return ()
    src.skip = max(src.skip, found.end)
    return [found]


def short_iso(src: Source, start: int) -> Draft | None:
    """24-10-02 after "Datum:", "Reviderad" and the like; None for anything else."""
    match = _SHORT_ISO.match(src.low, start)
    if not match or not src.left(_LABEL, start):
        return None
    year, month, day = short_year(match["year"]), int(match["month"]), int(match["day"])
    if not _day_or_none(year, month, day):
        return None
    return Draft(start, match.end(), any_day_form(month, day), year)


def _iso(src: Source, start: int) -> Draft | None:
    low = src.low
    match = _ISO.match(low, start)
    if match is None and _ISO_PAIR.match(low, start):
        match = _ISO.match(low, start, start + 10)
    if not match or not _iso_left(src, start, match["sep"]):
        return None
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if not 1500 <= year < 2100 or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    if len(match["month"] + match["day"]) < 4 and named_number(src, start):
        return None  # "artikelnr 2019-3-12"
    draft = Draft(start, match.end(), any_day_form(month, day), year)
    if match["clock"]:
        draft.time = match["clock"] + (match["zone"] or "").upper()
    weekday = src.left(_ISO_LEFT, start, _LEFT_WORDS)
    if weekday:
        draft.weekday = weekday_number(weekday["weekday"])
        draft.start = src.base(start) + weekday.start("weekday")
    link = _ISO_LINK.match(low, match.end()) if match["sep"] == "-" else None
    if link and not match["clock"]:
        first = _day_or_none(year, month, day)
        last = _day_or_none(
            int(link["year"] or year),
            int(link["month"] or link["late_month"] or month),
            int(link["day"] or link["late_day"]),
        )
        if first and last and first <= last:
            draft.form = span_form(first, last, Grain.DAY)
            draft.end, draft.span = link.end(), True
    return draft


def _iso_left(src: Source, start: int, separator: str) -> bool:
    """ISO may stand in a slug (`yttrande_2022-01-10`), but not in a longer number or a path."""
    before = src.char(start - 1)
    if separator == "-" and before in "-_":
        return not src.char(start - 2).isdecimal()
    return not src.glued_left(start)


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _compact_range(src: Source, start: int) -> Draft | None:
    """20230607-20230609; never a person number, which ends in four digits."""
    match = _COMPACT_RANGE.match(src.low, start)
    if not match or src.glued_left(start):
        return None
    figures = [int(part) for part in match.groups()]
    first, last = _day_or_none(*figures[:3]), _day_or_none(*figures[3:])
    if not first or not last or first > last or not 1950 <= first.year <= last.year < 2050:
        return None
    return Draft(start, match.end(), span_form(first, last, Grain.DAY), first.year, span=True)


def _compact(src: Source, start: int, end: int) -> Draft | None:
    """20230928 where it is a day of 1950–2049; 230928 after a label; never a person number."""
    before, after = src.char(start - 1), src.char(end)
    if before.isalnum() or before in "-_/.:,+#" or after in "-_/:@" or after.isalnum():
        return None
    if after in ".," and src.char(end + 1).isalnum():
        return None
    digits = src.low[start:end]
    if end - start == 8:
        match = _COMPACT.match(digits)
        if not match or not 1950 <= int(match["year"]) < 2050 or named_number(src, start):
            return None
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    elif end - start == 6 and src.left(_LABEL, start):
        year, month, day = short_year(digits[:2]), int(digits[2:4]), int(digits[4:])
    else:
        return None
    return (
        Draft(start, end, any_day_form(month, day), year)
        if _day_or_none(year, month, day)
        else None
    )
