"""Weeks, quarters, turns of the year, spelled decades and holidays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.forms import (
    holiday_form,
    long_form,
    month_form,
    month_week_form,
    quarter_form,
    turn_form,
    week_day_form,
    week_form,
)
from harvester.parsers.dates.lexicon import (
    HOLIDAY,
    HOLIDAYS,
    MONTH,
    ORDINALS,
    SHY_HOLIDAY,
    SHY_HOLIDAYS,
    WEEKDAY,
    YEAR,
    month_number,
    weekday_number,
)
from harvester.parsers.dates.parts import take_part
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source
from harvester.parsers.dates.stated import YEAR_AFTER, follows, stated_year
from harvester.records import Grain, MentionKind

_WEEK = Pattern(
    r"(?:veckorna|veckan?|vecko?nr|v\.?)(?: nr)? ?(?P<first>[0-9]{1,2})(?![0-9]|[.:/][0-9])"
    r"(?: {0,2}(?:-|till|(?P<and>och)) {0,2}(?:v(?:eckan?)?\.? ?)?(?P<last>[0-9]{1,2})(?![0-9]|[.:/-][0-9]))?"
    rf"(?:(?:,? {{0,2}}(?:år |i )?|/|-)(?P<year>{YEAR}))?"
)
_WEEKDAY_LEFT = Pattern(rf"(?<![a-zåäö])(?P<weekday>{WEEKDAY}),? (?:i )?$")
# "vecka 2 i oktober": a week of a month, as calendars count them.
_OF_MONTH = Pattern(rf" i (?P<month>{MONTH})(?:,? {{1,2}}(?P<year>{YEAR}))?")
# "första kvartalet 2020", "kvartal 3 2019", "kv. 3", "Q3 2019", "K4 2024".
_QUARTER = Pattern(
    r"(?:(?P<noun>kvartal(?:et)?|kv\.?)(?: {0,2}(?P<number>[1-4])(?![0-9]))?"
    r"|(?P<letter>[qkh])(?P<short>[1-4])(?![0-9a-zåäö])|(?P<half>halvåret))"
    r"(?: ?[-–] ?[qk]?(?P<last>[1-4])(?![0-9]))?" + YEAR_AFTER
)
_QUARTER_LEFT = Pattern(
    r"(?<![a-zåäö0-9])(?:(?P<before>första|andra|tredje|[1-3](?::[ae])?) (?P<link>och|till|-) )?"
    r"(?P<nth>första|andra|tredje|fjärde|sista|[1-4](?::[ae])?) $"
)
# "tertial 2 2023", "första tertialet", "T2 2023": a third of a year, as budgets are followed up.
_TERTIAL = Pattern(
    r"(?:tertial(?:et)?(?![a-zåäö-])(?: {0,2}(?P<number>[1-3])(?![0-9]))?|t(?P<short>[1-3])(?![0-9a-zåäö]))"
    + YEAR_AFTER
)
_TERTIAL_LEFT = Pattern(r"(?<![a-zåäö0-9])(?P<nth>första|andra|tredje|sista|[1-3](?::[ae])?) $")
_TURN = Pattern(
    r"(?P<word>årsskiftet|halvårsskiftet|millennieskiftet|sekelskiftet|nyåret|nyår)(?![a-zåäö-])"
    r"(?: {1,2}(?P<year>(?:1[5-9]|20)[0-9]{2})(?![0-9])(?: ?[/-] ?(?P<next>[0-9]{4}|[0-9]{2})(?![0-9]))?)?"
)
TENS = {
    "tio": 10, "tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50,
    "sextio": 60, "sjuttio": 70, "åttio": 80, "nittio": 90,
}  # fmt: skip
CENTURIES = {
    "femton": 15, "sexton": 16, "sjutton": 17, "arton": 18, "nitton": 19, "tjugo": 20,
}  # fmt: skip
_SPELLED_DECADE = Pattern(
    r"(?:(?P<century>femton|sexton|sjutton|arton|nitton)hundra(?!-)|(?P<millennium>tjugohundra))?"
    r"(?P<tens>tio|tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio)?"
    r"(?:- (?:och|till) (?P<last>tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio))?"
    r"-?tal(?P<ending>ets?|ens?)(?![a-zåäö])"
)
_HOLIDAY = Pattern(rf"(?P<name>{HOLIDAY})s?(?![a-zåäö-]){YEAR_AFTER}")
_SHY = Pattern(rf"(?P<name>{SHY_HOLIDAY})(?![a-zåäö-]){YEAR_AFTER}")
_SHY_LEFT = Pattern(
    r"(?<![a-zåäö])(?:på|till|före|efter|inför|fram till|innan|över|kring|i|under|runt|lagom till|vid|sedan"
    r"|jul(?:en)? och) $"
)


def week_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "vecka 18", "v. 18–20", never "3 v" and never a paragraph's "v"."""
    match = _WEEK.match(src.low, start)
    if not match or src.char(start - 1) in "-_/.@":
        return
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if not 1 <= first <= last <= 53:
        return
    of_month = _OF_MONTH.match(src.low, match.end("first")) if first <= 6 else None
    if of_month:
        form = month_week_form(first, month_number(of_month["month"]))
        src.skip = of_month.end()
        yield Draft(start, of_month.end(), form, stated_year(of_month))
        return
    if match["and"] and last - first > 1:  # "vecka 12 och 15" are two
        src.skip = match.end()
        yield Draft(start, match.end("first"), week_form(first), stated_year(match))
        yield Draft(match.start("last"), match.end(), week_form(last), stated_year(match))
        return
    draft = Draft(start, match.end(), week_form(first, last), stated_year(match), span=last > first)
    if src.is_upper(start) and match.group()[1] not in "e.":
        return  # "V6" is an engine, "V 75" a lottery
    weekday = src.left(_WEEKDAY_LEFT, start) if first == last else None
    if weekday:
        draft.start = src.base(start) + weekday.start("weekday")
        draft.form = week_day_form(first, weekday_number(weekday["weekday"]))
    src.skip = match.end()
    yield draft


def quarter_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "tredje kvartalet", "kvartal 3", "Q3 2019"; "K4" only with its year."""
    match = _QUARTER.match(src.low, start)
    if not match or src.char(start - 1) in "-_/.@":
        return
    year, at = stated_year(match), start
    number = match["number"] or match["short"]
    if (match["noun"] or match["half"]) and not number:
        left = src.left(_QUARTER_LEFT, start)
        if not left or (match["half"] and left["nth"] not in {"första", "andra", "sista"}):
            return
        found = _nth(left["nth"])
        at = src.base(start) + left.start("nth")
        if left["before"] and match["noun"] and _nth(left["before"]) < found:
            src.skip = match.end()
            yield from _two_quarters(src, left, (start, match.end()), year)
            return
    else:
        found = int(number or 0)
    if match["letter"] in {"k", "h"} and year is None:
        return
    if match["letter"] and not src.is_upper(start):
        return
    last = int(match["last"]) if match["last"] else None
    if match["half"] or match["letter"] == "h":
        found, last = (1, 2) if found == 1 else (3, 4)
        if number not in {None, "1", "2"}:
            return
    if last is not None and last < found:
        return
    src.skip = match.end()
    yield Draft(at, match.end(), quarter_form(found, last), year)


def _nth(word: str) -> int:
    return 4 if word == "sista" else ORDINALS.get(word) or int(word[0])


def _two_quarters(
    src: Source, left: re.Match[str], noun: tuple[int, int], year: int | None
) -> Iterator[Draft]:
    """ "första och andra kvartalet": one interval where they touch, else two quarters."""
    base, end = src.base(noun[0]), noun[1]
    first, last = _nth(left["before"]), _nth(left["nth"])
    if left["link"] != "och" or last - first == 1:
        yield Draft(base + left.start("before"), end, quarter_form(first, last), year, span=True)
        return
    yield Draft(base + left.start("before"), base + left.end("before"), quarter_form(first), year)
    yield Draft(base + left.start("nth"), end, quarter_form(last), year)


def tertial_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "tertial 2", "första tertialet 2023"; "T2" only with its year."""
    match = _TERTIAL.match(src.low, start)
    if not match or src.char(start - 1) in "-_/.@":
        return
    year, at, number = stated_year(match), start, match["number"]
    if match["short"]:
        if year is None or not src.is_upper(start):
            return
        number = match["short"]
    elif not number:
        left = src.left(_TERTIAL_LEFT, start)
        if not left:
            return
        at, number = src.base(start) + left.start("nth"), left["nth"]
    third = 3 if number == "sista" else ORDINALS.get(number) or int(number[0])
    src.skip = match.end()
    yield Draft(at, match.end(), month_form(4 * third - 3, 4 * third), year)


def turn_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "årsskiftet 2009/2010" (31 December and 1 January), "halvårsskiftet", "sekelskiftet 1900".

    "nyår" is an årsskifte where a preposition or its years say so.
    """
    match = _TURN.match(src.low, start)
    if not match:
        return
    word, year = match["word"], int(match["year"]) if match["year"] else None
    if match["next"] and not follows(year, match["next"]):
        return
    if word.startswith("nyår") and year is None and not src.left(_SHY_LEFT, start):
        return
    if word in {"millennieskiftet", "sekelskiftet"}:
        if word == "sekelskiftet" and (year is None or year % 100):
            return
        year = 1999 if word == "millennieskiftet" else (year or 0) - 1
        form = turn_form(12, 31)
    elif word == "halvårsskiftet":
        form = turn_form(6, 30)
    else:
        form = turn_form(12, 31)
        after_christmas = src.low.endswith(("jul och ", "julen och "), 0, start)
        if year is not None and not match["next"] and not after_christmas:
            year -= 1  # "årsskiftet 2020": the one that begins 2020
    src.skip = match.end()
    yield Draft(start, match.end(), form, year)


def spelled_decade(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "åttiotalet", "artonhundratalet", "femtio- och sextiotalen"; not "femtiotalet personer"."""
    match = _SPELLED_DECADE.match(src.low, start)
    if not match or not (match["tens"] or match["century"] or match["millennium"]):
        return
    century = (
        CENTURIES[match["century"]] if match["century"] else 20 if match["millennium"] else None
    )
    tens = TENS.get(match["tens"] or "", 0)
    if century is not None and not match["tens"]:
        draft = Draft(start, match.end(), long_form(Grain.CENTURY, 100), century * 100)
    else:
        first = (century or 19) * 100 + tens
        last = (century or 19) * 100 + TENS[match["last"]] if match["last"] else first
        if last < first:
            return
        draft = Draft(start, match.end(), long_form(Grain.DECADE, last + 10 - first), first)
    take_part(src, draft)
    src.skip = match.end()
    yield draft


def holiday_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """A named holiday, with its year where one follows."""
    match = _HOLIDAY.match(src.low, start)
    shy = None if match else _SHY.match(src.low, start)
    found = match or shy
    if not found or src.char(start - 1) in "-_/@":
        return
    if shy and not (shy["year"] or src.left(_SHY_LEFT, start)):
        return
    name = (HOLIDAYS if match else SHY_HOLIDAYS)[found["name"]]
    draft = Draft(start, found.end(), holiday_form(name), stated_year(found), MentionKind.HOLIDAY)
    if name == "labour_day":  # "första maj" is an ordinary date that is a holiday
        draft.kind, draft.flags = MentionKind.DATE, ["holiday"]
    src.skip = found.end()
    yield draft
