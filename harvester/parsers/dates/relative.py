"""Expressions that count from the publication date: "i torsdags", "nästa vecka", "i höst"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from harvester.parsers.dates.counting import (
    STEP,
    in_units,
    in_week,
    months_on,
    relative_draft,
    whole_month,
    whole_week,
    whole_year,
)
from harvester.parsers.dates.draft import Draft, Relative
from harvester.parsers.dates.forms import month_span, season_form
from harvester.parsers.dates.lexicon import (
    FULL_MONTHS,
    LONG_WEEKDAY,
    NUMBER,
    PAST_SEASONS,
    RELATIVE_DAY,
    RELATIVE_DAYS,
    SEASONS,
    month_number,
    number_of,
    weekday_number,
)
from harvester.parsers.dates.parts import take_part
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source
from harvester.parsers.dates.weekday_words import DATE_FOLLOWS
from harvester.records import Grain

_DAY = Pattern(rf"{RELATIVE_DAY}(?![a-zåäö-])")
_UNIT = Pattern(
    r"(?P<which>förra|föregående|denna|den här|detta|det här|nästa) "
    r"(?:(?P<unit>veckan?|månad(?:en)?|kvartal(?:et)?|år(?:ets?|s)?|helg(?:en)?)"
    r"|(?P<season>vår(?:en)?|sommar(?:en)?|höst(?:en)?|vinter|vintern)"
    rf"|(?P<month>{'|'.join(sorted(FULL_MONTHS))})"
    rf"|(?P<weekday>{LONG_WEEKDAY})(?:en)?)(?![a-zåäö-])"
)
_YEAR = Pattern(r"(?:i år|i fjol|ifjol|i förfjol|i förrfjol|nästkommande år)(?![a-zåäö-])")
_YEARS = {
    "i år": 0,
    "i fjol": -1,
    "ifjol": -1,
    "i förfjol": -2,
    "i förrfjol": -2,
    "nästkommande år": 1,
}
_SEASON = Pattern(
    r"(?:nu )?i (?:(?P<this>höst|sommar|vinter|vår)|(?P<past>våras|somras|höstas|vintras))(?![a-zåäö-])"
)
# "i vår" is a season before the end of a clause or one of these; before a noun it means "our".
_SPRING_GOES_ON = Pattern(
    r" ?(?:[.,;:!?)\n]|$)| (?:är|blir|kommer|ska|skall|får|har|hade|startar|börjar|går|ges|öppnar|på|i|av"
    r"|med|och|för|till|att|då|när|som|men|hos|vid|från|hålls|arrangerar|arrangeras|bjuder|väntar|tar|gör"
    r"|kan|vill|håller|reser|ses|träffas|släpps|kör|fortsätter|igen|också|hoppas|planerar|inleds|inleder)(?![a-zåäö])"
)
_THIS_WEEK = Pattern(
    r"(?:(?P<when>tidigare|senare|tidigt|sent|nu) i|i (?P<part>(?:början|mitten|slutet) (?:av|på))|i) veckan"
    r"(?! (?:efter|före|innan|som|därpå|för|därefter|då))(?![a-zåäö-])"
)
_WEEKEND = Pattern(r"(?:i|till|nu i|under) helgen(?![a-zåäö-])")
_AGO = Pattern(
    r"(?<![a-zåäö0-9-])(?:för )?(?:bara |redan |exakt |precis )?"
    rf"(?P<number>{NUMBER}) (?P<unit>dag|dagar|dygn|vecka|veckor|månad|månader|år) $"
)
_IN = Pattern(
    r"om (?:bara |redan |exakt |precis )?"
    rf"(?P<number>{NUMBER}) (?P<unit>dag|dagar|dygn|vecka|veckor|månad|månader|år)(?![a-zåäö-])"
)
#: Left of "tre veckor sedan": such a day is only known about ("drygt", "två till", "mer än").
VAGUE_LEFT = Pattern(
    r"(?<![a-zåäö])(?:drygt|knappt|ungefär|omkring|runt|kring|cirka|ca\.?|c:a|nästan|närmare|uppemot|snart"
    r"|minst|högst|över|än|typ|kanske|till|eller|och|-) ?$"
)
_CLAUSE_ENDS = Pattern(r" ?(?:[.,;:!?)\n]|$)")
_DAY_OF_MONTH_LEFT = Pattern(r"(?<![a-zåäö])den $")
_DAY_OF_MONTH = Pattern(r"(?P<day>[0-9]{1,2}):?[ea](?= ?(?:[.,!?;)\n]|$| kl))")


def day_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "idag", "i morgon", "i förrgår"."""
    match = _DAY.match(src.low, start)
    if match:
        step = timedelta(RELATIVE_DAYS[match.group()])
        src.skip = match.end()
        yield relative_draft(start, match.end(), Grain.DAY, lambda today, _: (today + step,) * 2)


def unit_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "förra veckan", "nästa år", "den här månaden", "nästa torsdag", "förra sommaren"."""
    match = _UNIT.match(src.low, start)
    if not match or src.char(start - 1) in "-/":
        return
    step = STEP[match["which"]]
    unit = match["unit"] or ""
    if match["weekday"]:
        if step == 0 or DATE_FOLLOWS.match(src.low, match.end()):
            return
        draft = relative_draft(
            start, match.end(), Grain.DAY, in_week(weekday_number(match["weekday"]), step)
        )
        draft.flags.append("ambiguous")
    elif match["season"]:
        draft = _season(start, match.end(), SEASONS[match["season"]], step)
    elif match["month"]:
        draft = relative_draft(
            start, match.end(), Grain.MONTH, _month_named(month_number(match["month"]), step)
        )
    elif unit.startswith("vecka"):
        draft = relative_draft(start, match.end(), Grain.WEEK, whole_week(step))
    elif unit.startswith("månad"):
        draft = relative_draft(start, match.end(), Grain.MONTH, whole_month(step))
    elif unit.startswith("kvartal"):
        draft = relative_draft(start, match.end(), Grain.QUARTER, _quarter(step))
    elif unit.startswith("helg"):
        draft = relative_draft(start, match.end(), Grain.DAY, _weekend(step))
    else:
        draft = relative_draft(start, match.end(), Grain.YEAR, whole_year(step))
    take_part(src, draft)
    src.skip = match.end()
    yield draft


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


def year_phrase(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "i år", "i fjol"."""
    match = _YEAR.match(src.low, start)
    if match:
        src.skip = match.end()
        yield relative_draft(start, match.end(), Grain.YEAR, whole_year(_YEARS[match.group()]))


def _season(start: int, end: int, month: int, step: int) -> Draft:
    def days(today: date, tense: str) -> tuple[date, date] | None:
        winter_now = month == 12 and today.month <= 2
        return season_form(month).days(today.year + step - winter_now)

    return relative_draft(start, end, Grain.SEASON, days)


def week_phrase(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "tidigare i veckan", "i slutet av veckan"; not "två gånger i veckan" or "i veckan efter valet"."""
    match = _THIS_WEEK.match(src.low, start)
    if not match or not (match["when"] or match["part"] or src.is_upper(start)):
        return
    at = match.start("part") if match["part"] else start
    draft = relative_draft(at, match.end(), Grain.WEEK, whole_week(0))
    if match["part"]:
        draft.flags.append("approx")
    src.skip = match.end()
    yield draft


def season_phrase(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "i höst", "i somras"; "i vår" only where no noun follows; "i helgen"."""
    match = _SEASON.match(src.low, start)
    if not match:
        weekend = _WEEKEND.match(src.low, start)
        if weekend:
            src.skip = weekend.end()
            yield relative_draft(start, weekend.end(), Grain.DAY, _weekend(None))
        return
    if match["this"]:
        if match["this"] == "vår" and not _SPRING_GOES_ON.match(src.low, match.end()):
            return
        draft = _season(start, match.end(), SEASONS[match["this"]], 0)
    else:
        draft = relative_draft(
            start, match.end(), Grain.SEASON, _past_season(PAST_SEASONS[match["past"]])
        )
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
    at = src.base(start) + match.start() if match else 0
    if match and not src.left(VAGUE_LEFT, at):
        yield from _counted(match, at, end, -1)


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
    yield from _counted(match, start, match.end(), 1)


def _counted(match: re.Match[str], start: int, end: int, sign: int) -> Iterator[Draft]:
    number = number_of(match["number"])
    if number is None:
        return
    unit = match["unit"]
    grain = Grain.YEAR if unit == "år" else Grain.DAY
    yield relative_draft(start, end, grain, in_units(unit, sign * number))


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
            year, month = months_on(today, step)
            if number <= monthrange(year, month)[1]:
                found = date(year, month, number)
                if (found <= today) if tense == "past" else (found >= today):
                    return found, found
        return None

    return relative_draft(src.base(start) + left.start(), match.end(), Grain.DAY, days)
