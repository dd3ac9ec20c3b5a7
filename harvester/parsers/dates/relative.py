"""Expressions that count from the publication date: "i torsdags", "nästa vecka", "i höst"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from harvester.parsers.dates.forms import month_span, season_form
from harvester.parsers.dates.lexicon import (
    FULL_MONTHS,
    LONG_WEEKDAY,
    MONTH,
    MONTHS,
    NUMBER,
    ORDINAL,
    PAST_SEASONS,
    RELATIVE_DAY,
    RELATIVE_DAYS,
    SEASONS,
    number_of,
    weekday_number,
)
from harvester.parsers.dates.mention import Draft, Form, Relative
from harvester.parsers.dates.parts import take_part
from harvester.parsers.dates.source import Source
from harvester.records import Grain, MentionKind

_MASKS = {Grain.DAY: "XXXX-XX-XX", Grain.WEEK: "XXXX-XX-XX", Grain.MONTH: "XXXX-XX"}
_FORMS = {g: Form(g, lambda year: None, _MASKS.get(g, "XXXX")) for g in Grain}

_DAY = re.compile(rf"{RELATIVE_DAY}(?![a-zåäö-])")
# "i torsdags", "på torsdag", "nästa torsdag", "torsdag i nästa vecka", "torsdagen".
_WEEKDAY = re.compile(
    rf"(?P<day>{LONG_WEEKDAY})(?P<ending>en|s)?(?![a-zåäö-])"
    r"(?: (?:i )?(?P<week>nästa|förra|denna|den här) veckan?(?![a-zåäö]))?"
)
_WEEKDAY_LEFT = re.compile(
    r"(?<![a-zåäö])(?P<how>i|på|nu på|redan på|nästa|förra|denna|till|under|senast|inför) $"
)
# A date follows and owns the weekday, or the days of the week are a timetable.
_DATE_FOLLOWS = re.compile(
    rf",? {{0,2}}\n? {{0,2}}\(?(?:den {{1,2}})?(?:[0-9]{{1,2}}(?::?[ae]|\.)?(?: {{0,3}}\n?{MONTH}| ?/ ?[0-9]"
    rf"| ?(?:-|till |och |t\.?o\.?m\.? )|:?[ae](?![a-zåäö]))|{ORDINAL} (?!veck))|,? {{0,2}}[0-9]{{4}}-"
    rf"| ?(?:-|till|t\.?o\.?m\.?) ?(?:och med )?{LONG_WEEKDAY}(?![a-zåäö]| {{0,2}}(?:den )?[0-9])"
)
_HABIT_LEFT = re.compile(
    rf"(?<![a-zåäö])(?:(?:i dag|idag|i går|igår|i morgon|imorgon),?|varje|varannan|alla|en|någon|ingen|hel|var|vardera|{LONG_WEEKDAY} ?(?:-|till|t\.?o\.?m\.?)"
    rf"|{ORDINAL}|sista) ?$"
)
_CLOCK_FOLLOWS = re.compile(
    r",? {1,2}(?:kl\.? ?|klockan )?[0-9]{1,2}(?:[.:][0-9]{2}|(?<=kl [0-9])|\b)"
)

_STEP = {
    "förra": -1,
    "föregående": -1,
    "denna": 0,
    "den här": 0,
    "detta": 0,
    "det här": 0,
    "nästa": 1,
}
_UNIT = re.compile(
    r"(?P<which>förra|föregående|denna|den här|detta|det här|nästa) "
    r"(?:(?P<unit>veckan?|månad(?:en)?|kvartal(?:et)?|år(?:ets?|s)?|helg(?:en)?)"
    r"|(?P<season>vår(?:en)?|sommar(?:en)?|höst(?:en)?|vinter|vintern)"
    rf"|(?P<month>{'|'.join(sorted(FULL_MONTHS))})"
    rf"|(?P<weekday>{LONG_WEEKDAY})(?:en)?)(?![a-zåäö-])"
)
_YEAR = re.compile(r"(?:i år|i fjol|ifjol|i förfjol|i förrfjol|nästkommande år)(?![a-zåäö-])")
_YEARS = {
    "i år": 0,
    "i fjol": -1,
    "ifjol": -1,
    "i förfjol": -2,
    "i förrfjol": -2,
    "nästkommande år": 1,
}
_SEASON = re.compile(
    r"(?:nu )?i (?:(?P<this>höst|sommar|vinter|vår)|(?P<past>våras|somras|höstas|vintras))(?![a-zåäö-])"
)
# "i vår" is a season before the end of a clause or one of these; before a noun it means "our".
_SPRING_GOES_ON = re.compile(
    r" ?(?:[.,;:!?)\n]|$)| (?:är|blir|kommer|ska|skall|får|har|hade|startar|börjar|går|ges|öppnar|på|i|av"
    r"|med|och|för|till|att|då|när|som|men|hos|vid|från|hålls|arrangerar|arrangeras|bjuder|väntar|tar|gör"
    r"|kan|vill|håller|reser|ses|träffas|släpps|kör|fortsätter|igen|också|hoppas|planerar|inleds|inleder)(?![a-zåäö])"
)
_WEEKEND = re.compile(r"(?:i|till|nu i|under) helgen(?![a-zåäö-])")
_AGO = re.compile(
    r"(?<![a-zåäö0-9])(?P<for>för )?(?:(?P<about>drygt|snart|ungefär|cirka|ca|knappt|nästan|mer än|över) )?"
    rf"(?P<number>{NUMBER}) (?P<unit>dag|dagar|dygn|vecka|veckor|månad|månader|år) $"
)
_IN = re.compile(
    r"om (?:(?P<about>drygt|ungefär|cirka|ca|knappt|nästan|bara|redan) )?"
    rf"(?P<number>{NUMBER}) (?P<unit>dag|dagar|dygn|vecka|veckor|månad|månader|år)(?![a-zåäö-])"
)
_CLAUSE_ENDS = re.compile(r" ?(?:[.,;:!?)\n]|$)")
_DAY_OF_MONTH_LEFT = re.compile(r"(?<![a-zåäö])den $")
_DAY_OF_MONTH = re.compile(r"(?P<day>[0-9]{1,2}):?[ea](?= ?(?:[.,!?;)\n]|$| kl))")


def _draft(start: int, end: int, grain: Grain, days: Relative) -> Draft:
    return Draft(start, end, _FORMS[grain], None, MentionKind.RELATIVE, relative=days)


def day_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "idag", "i morgon", "i förrgår"."""
    match = _DAY.match(src.low, start)
    if match:
        step = timedelta(RELATIVE_DAYS[match.group()])
        src.skip = match.end()
        yield _draft(start, match.end(), Grain.DAY, lambda today, _: (today + step,) * 2)


def weekday_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """A weekday without a date: last, next, or the nearest by tense; no timetables, no habits."""
    match = _WEEKDAY.match(src.low, start)
    if not match or src.char(start - 1) in "-/" or _DATE_FOLLOWS.match(src.low, match.end()):
        return
    if src.left(_HABIT_LEFT, start):
        return
    weekday, ending = weekday_number(match["day"]), match["ending"]
    left = src.left(_WEEKDAY_LEFT, start)
    how = left["how"] if left else ""
    at = src.base(start) + left.start() if left else start
    if match["week"]:
        days = _in_week(weekday, _STEP[match["week"]])
        at = at if how == "på" else start
    elif ending == "s":
        if how != "i":
            return
        days = _before(weekday)
    elif how.endswith("på") and not ending:
        days = _after(weekday)
    elif how in {"nästa", "förra", "denna"}:
        return  # `unit_word` begins there
    else:
        days = _nearest(weekday, definite=bool(ending))
        at = start if how not in {"på", "nu på", "redan på"} else at
    draft = _draft(at, match.end(), Grain.DAY, days)
    clear = how.endswith("på") or ending == "s" or match["week"] or src.is_upper(start)
    if not clear and not _CLOCK_FOLLOWS.match(src.low, match.end()):
        draft.flags.append("low_confidence")
    src.skip = match.end()
    yield draft


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


def _in_week(weekday: int, step: int) -> Relative:
    def days(today: date, tense: str) -> tuple[date, date]:
        found = today + timedelta(weekday - today.weekday() + 7 * step)
        return found, found

    return days


def unit_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "förra veckan", "nästa år", "den här månaden", "nästa torsdag", "förra sommaren"."""
    match = _UNIT.match(src.low, start)
    if not match or src.char(start - 1) in "-/":
        return
    step = _STEP[match["which"]]
    unit = match["unit"] or ""
    if match["weekday"]:
        if step == 0 or _DATE_FOLLOWS.match(src.low, match.end()):
            return
        draft = _draft(
            start, match.end(), Grain.DAY, _in_week(weekday_number(match["weekday"]), step)
        )
        draft.flags.append("ambiguous")
    elif match["season"]:
        draft = _season(start, match.end(), SEASONS[match["season"]], step)
    elif match["month"]:
        draft = _draft(start, match.end(), Grain.MONTH, _month_named(MONTHS[match["month"]], step))
    elif unit.startswith("vecka"):
        draft = _draft(start, match.end(), Grain.WEEK, _week(step))
    elif unit.startswith("månad"):
        draft = _draft(start, match.end(), Grain.MONTH, _month(step))
    elif unit.startswith("kvartal"):
        draft = _draft(start, match.end(), Grain.QUARTER, _quarter(step))
    elif unit.startswith("helg"):
        draft = _draft(start, match.end(), Grain.DAY, _weekend(step))
    else:
        draft = _draft(start, match.end(), Grain.YEAR, _year(step))
    take_part(src, draft)
    src.skip = match.end()
    yield draft


def _week(step: int) -> Relative:
    def days(today: date, tense: str) -> tuple[date, date]:
        monday = today + timedelta(7 * step - today.weekday())
        return monday, monday + timedelta(6)

    return days


def _month(step: int) -> Relative:
    def days(today: date, tense: str) -> tuple[date, date]:
        return month_span(*_months_on(today, step))

    return days


def _months_on(today: date, months: int) -> tuple[int, int]:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return year, month + 1


def _month_named(month: int, step: int) -> Relative:
    def days(today: date, tense: str) -> tuple[date, date]:
        year = today.year
        if step > 0:
            year += today.month >= month
        elif step < 0:
            year -= today.month <= month
        return month_span(year, month)

    return days


def _quarter(step: int) -> Relative:
    def days(today: date, tense: str) -> tuple[date, date]:
        year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 + step, 4)
        return date(year, 3 * quarter + 1, 1), month_span(year, 3 * quarter + 3)[1]

    return days


def _weekend(step: int | None) -> Relative:
    def days(today: date, tense: str) -> tuple[date, date]:
        weeks = -1 if step is None and tense == "past" and today.weekday() < 5 else step or 0
        saturday = today + timedelta(5 - today.weekday() + 7 * weeks)
        return saturday, saturday + timedelta(1)

    return days


def _year(step: int) -> Relative:
    return lambda today, _: (date(today.year + step, 1, 1), date(today.year + step, 12, 31))


def year_phrase(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "i år", "i fjol"."""
    match = _YEAR.match(src.low, start)
    if match:
        src.skip = match.end()
        yield _draft(start, match.end(), Grain.YEAR, _year(_YEARS[match.group()]))


def _season(start: int, end: int, month: int, step: int) -> Draft:
    def days(today: date, tense: str) -> tuple[date, date] | None:
        winter_now = month == 12 and today.month <= 2
        return season_form(month).days(today.year + step - winter_now)

    return _draft(start, end, Grain.SEASON, days)


def season_phrase(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "i höst", "i somras"; "i vår" only where no noun follows; "i helgen"."""
    match = _SEASON.match(src.low, start)
    if not match:
        weekend = _WEEKEND.match(src.low, start)
        if weekend:
            src.skip = weekend.end()
            yield _draft(start, weekend.end(), Grain.DAY, _weekend(None))
        return
    if match["this"]:
        if match["this"] == "vår" and not _SPRING_GOES_ON.match(src.low, match.end()):
            return
        draft = _season(start, match.end(), SEASONS[match["this"]], 0)
    else:
        draft = _draft(start, match.end(), Grain.SEASON, _past_season(PAST_SEASONS[match["past"]]))
    src.skip = match.end()
    yield draft


def _past_season(month: int) -> Relative:
    def days(today: date, tense: str) -> tuple[date, date] | None:
        form = season_form(month)
        for year in (today.year, today.year - 1):
            found = form.days(year)
            if found and found[0] + timedelta(60) <= today:
                return found
        return form.days(today.year - 2)

    return days


def ago(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "för två veckor sedan": the day so long ago; years give the whole year."""
    match = None if src.char(end).isalpha() else src.left(_AGO, start)
    if match:
        at = src.base(start) + match.start()
        yield from _counted(src, match, at, end, -1)


def ahead(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "om två månader"; "om 5 år" is a length of time."""
    match = _IN.match(src.low, start)
    if not match:
        return
    years = match["unit"] == "år"
    if years and (match["number"].isdecimal() or not _CLAUSE_ENDS.match(src.low, match.end())):
        return
    if (
        match["number"] == "en"
        and match["unit"] == "dag"
        and not _CLAUSE_ENDS.match(src.low, match.end())
    ):
        return  # "en bok om en dag i Lund"
    src.skip = match.end()
    yield from _counted(src, match, start, match.end(), 1)


def _counted(src: Source, match: re.Match[str], start: int, end: int, sign: int) -> Iterator[Draft]:
    number = number_of(match["number"])
    if number is None:
        return
    unit, step = match["unit"], sign * number

    def days(today: date, tense: str) -> tuple[date, date] | None:
        if unit == "år":
            return _year(step)(today, tense) if 1 <= today.year + step <= 9998 else None
        if unit.startswith("månad"):
            year, month = _months_on(today, step)
            found = date(year, month, min(today.day, monthrange(year, month)[1]))
        else:
            found = today + timedelta(
                step * (7 if unit.startswith("vecka") or unit == "veckor" else 1)
            )
        return found, found

    draft = _draft(start, end, Grain.YEAR if unit == "år" else Grain.DAY, days)
    if match["about"] or match["number"] == "ett par":
        draft.flags.append("approx")
    yield draft


def day_of_month(src: Source, start: int) -> Draft | None:
    """ "den 15:e" that ends its clause: the day of that number nearest to the publication."""
    match = _DAY_OF_MONTH.match(src.low, start)
    left = src.left(_DAY_OF_MONTH_LEFT, start) if match else None
    if not match or not left or not 1 <= int(match["day"]) <= 31:
        return None
    number = int(match["day"])

    def days(today: date, tense: str) -> tuple[date, date] | None:
        steps = (0, -1, -2) if tense == "past" else (0, 1, 2)
        for step in steps:
            year, month = _months_on(today, step)
            if number <= monthrange(year, month)[1]:
                found = date(year, month, number)
                if (found <= today) if tense == "past" else (found >= today):
                    return found, found
        return None

    return _draft(src.base(start) + left.start(), match.end(), Grain.DAY, days)
