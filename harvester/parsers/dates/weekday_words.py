"""Weekdays without a date: last, next, or the nearest by tense; no timetables, no habits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from harvester.parsers.dates.counting import STEP, in_week, relative_draft
from harvester.parsers.dates.draft import Draft, Relative
from harvester.parsers.dates.lexicon import DAY_PART, LONG_WEEKDAY, MONTH, ORDINAL, weekday_number
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source
from harvester.records import Grain

# "i torsdags", "på torsdag", "nästa torsdag", "torsdag i nästa vecka", "torsdagen".
_WEEKDAY = Pattern(
    rf"(?P<day>{LONG_WEEKDAY})(?P<ending>en|s)?(?![a-zåäö-])"
    r"(?: (?:i )?(?P<week>nästa|förra|denna|den här) veckan?(?![a-zåäö]))?"
)
_WEEKDAY_LEFT = Pattern(
    r"(?<![a-zåäö])(?P<how>i|på|nu på|redan på|kommande|instundande|nästa|förra|denna|till|under|senast|inför|hela"
    r"|från|sedan|före|innan|efter|fram till|från och med|till och med|t\.?o\.?m\.?|fr\.?o\.?m\.?) $"
)
_COMING = frozenset({"kommande", "instundande"})
# "på torsdag och fredag": the preposition holds for both.
_SHARED_LEFT = Pattern(
    rf"(?<![a-zåäö])(?:på|under|till) {LONG_WEEKDAY}(?:en)? (?:och|eller|samt) $"
)
# A date follows and owns the weekday, or the days of the week are a timetable.
DATE_FOLLOWS = Pattern(
    rf"{DAY_PART},? {{0,2}}\n? {{0,2}}\(?(?:den {{1,2}})?(?:[0-9]{{1,2}}(?::?[ae]|\.)?(?: {{0,3}}\n?{MONTH}| ?/ ?[0-9]"
    rf"| ?(?:-|till |och |t\.?o\.?m\.? )|:?[ae](?![a-zåäö]))|{ORDINAL} (?!veck))|,? {{0,2}}[0-9]{{4}}-"
    rf"| ?(?:-|till|t\.?o\.?m\.?) ?(?:och med )?{LONG_WEEKDAY}(?![a-zåäö]| {{0,2}}(?:den )?[0-9])"
)
_HABIT_LEFT = Pattern(
    rf"(?<![a-zåäö])(?:(?:i dag|idag|i går|igår|i morgon|imorgon),?|varje|varannan|alla|en|någon|ingen|hel|var|vardera|{LONG_WEEKDAY} ?(?:-|till|t\.?o\.?m\.?)"
    rf"|{ORDINAL}|sista) ?$"
)
_DAY_PART = Pattern(DAY_PART)
_CLOCK_FOLLOWS = Pattern(
    rf"{DAY_PART},? {{1,2}}(?:(?:kl\.? ?|klockan )[0-9]{{1,2}}|[0-9]{{1,2}}[.:][0-9]{{2}})(?![0-9])"
)


def weekday_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """A weekday without a date: last, next, or the nearest by tense; no timetables, no habits."""
    match = _WEEKDAY.match(src.low, start)
    if not match or src.char(start - 1) in "-/" or DATE_FOLLOWS.match(src.low, match.end()):
        return
    if src.left(_HABIT_LEFT, start):
        return
    weekday, ending = weekday_number(match["day"]), match["ending"]
    left = src.left(_WEEKDAY_LEFT, start)
    how = left["how"] if left else ""
    at = src.base(start) + left.start() if left else start
    if match["week"]:
        days = in_week(weekday, STEP[match["week"]])
        at = at if how == "på" else start
    elif ending == "s":
        if how != "i":
            return
        days = _before(weekday)
    elif how in _COMING or (how.endswith("på") and not ending):
        days = _after(weekday)
    elif how in {"nästa", "förra", "denna"}:
        return  # `unit_word` begins there
    else:
        days = _nearest(weekday, definite=bool(ending))
        at = start if how not in {"på", "nu på", "redan på"} else at
    draft = relative_draft(at, match.end(), Grain.DAY, days)
    clear = (
        how.endswith("på")
        or how in _COMING
        or ending == "s"
        or match["week"]
        or _stands_out(src, start, match)
    )
    if not clear and how:
        draft.flags.append("low_confidence")
    elif not clear:
        return  # "vi ses torsdag", "en riktig torsdag": which one, nothing says
    src.skip = match.end()
    yield draft


def _stands_out(src: Source, start: int, match: re.Match[str]) -> bool:
    """True for a weekday with a capital, a clock time, a bracket or a line of its own."""
    if src.is_upper(start) or src.char(start - 1) == "(":
        return True
    if _CLOCK_FOLLOWS.match(src.low, match.end()) or src.left(_SHARED_LEFT, start):
        return True
    part = _DAY_PART.match(src.low, match.end())
    return src.own_line(start, part.end() if part else match.end())


def _before(weekday: int) -> Relative:
    def days(today: date, tense: str) -> tuple[date, date]:
        found = today - timedelta((today.weekday() - weekday - 1) % 7 + 1)
        return found, found

    return days


def _after(weekday: int) -> Relative:
    def days(today: date, tense: str) -> tuple[date, date]:
        found = today + timedelta((weekday - today.weekday() - 1) % 7 + 1)
        return found, found

    return days


def _nearest(weekday: int, *, definite: bool) -> Relative:
    """By tense; without one "torsdag" lies ahead and "torsdagen" is the one that was."""

    def days(today: date, tense: str) -> tuple[date, date] | None:
        if definite and today.weekday() == weekday:
            return today, today
        past = tense == "past" or (definite and not tense)
        return (_before if past else _after)(weekday)(today, tense)

    return days
