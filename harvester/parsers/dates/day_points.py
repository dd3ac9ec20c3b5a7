"""Days as they are written, each with what stands with it, and the words that join them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harvester.parsers.dates.forms import exists
from harvester.parsers.dates.lexicon import (
    COUNTED,
    DAY_PART,
    MONTH,
    ORDINAL,
    ORDINALS,
    WEEKDAY,
    YEAR_OF_DAY,
    month_number,
    short_year,
    weekday_number,
)
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source

_GAP = r" {0,3}\n? {0,3}"
# The year after a day and month; ", 2016" and the typo "oktober2020" too. "-22" is a year only
# where no month follows ("3 mars -15 april" is a range).
_YEAR_AFTER = (
    rf"(?:,?{_GAP}(?:år )?(?P<year>{YEAR_OF_DAY})"
    rf"| ?[-'’´](?P<yy>[0-9]{{2}})(?![0-9]|[.:/-][0-9]|{_GAP}{MONTH}))?"
)
# A day, its month and year as far as they are stated. Must not match "15-åring", "3:e klass".
_POINT = Pattern(
    rf"(?:(?P<weekday>{WEEKDAY}){DAY_PART},? {{0,2}})?(?:den {{1,2}})?"
    rf"(?:(?P<day>[0-9]{{1,2}})(?![0-9])(?::?(?:[ae]|d?je|[dt]e)(?![a-zåäö])|\.(?![0-9]))?"
    rf"|(?P<ordinal>{ORDINAL})(?= ))"
    rf"(?:(?:{_GAP}|:?[ae]? dagen i )(?P<month>{MONTH}){_YEAR_AFTER}"
    rf"|/(?P<slash>[0-9]{{1,2}})(?![0-9])"
    rf"(?:(?:,? {{1,2}}|[-/] ?)(?P<slash_year>{YEAR_OF_DAY})|[-/](?P<slash_yy>[0-9]{{2}})(?![0-9/:-]))?)?"
)
# What joins two days.
_LINK = Pattern(
    rf"{_GAP}(?:(?P<to>-{{1,2}}|(?:och (?:fram )?)?(?:till och med|till|t\.? ?o\.? ?m\.?|tom)(?= ))"
    r"|(?P<and>(?:och|samt|respektive|resp\.?)(?= )|&)|(?P<or>eller)(?= )|(?P<comma>,))"
    rf"{_GAP}(?=[a-zåäö0-9])"
)
# "30/31 maj": two days that follow each other; not "4/10 oktober".
_NEIGHBOURS = Pattern(rf"(?P<day>[0-9]{{1,2}})/(?=(?P<next>[0-9]{{1,2}}) {{1,2}}{MONTH})")
_CHAIN_LIMIT = 12


@dataclass(slots=True)
class Point:
    """A day in a chain: its month, year and weekday as far as they are stated or shared."""

    start: int
    end: int
    day: int
    month: int | None
    year: int | None
    weekday: int | None
    slash: bool


def day_chain(src: Source, start: int) -> tuple[list[Point], list[str]]:
    """The days from here on that links join, without a tail that has no month."""
    low = src.low
    if low.startswith("/", start + 1) or low.startswith("/", start + 2):
        neighbours = _neighbours(low, start)
        if neighbours:
            return neighbours, ["to"]
    match = _POINT.match(low, start)
    if match is None:
        return [], []
    points, links = [_point(match)], []
    while len(points) < _CHAIN_LIMIT:
        link = _LINK.match(low, match.end())
        if link is None or (link["comma"] and points[-1].month and not points[-1].slash):
            break
        match = _POINT.match(low, link.end())
        if match is None or (link["comma"] and points[-1].slash and not match["slash"]):
            break  # "den 4/9, 11 elever"; a comma lists days of a month, or figures alone
        points.append(_point(match))
        links.append(link.lastgroup or "to")
    if points[-1].month is None and _names_day_alone(low, match, links):
        points[-1].month = points[-2].month
    if points[-1].month is not None:
        return points, links
    last = points[-1].start
    known = [n for n, point in enumerate(points, start=1) if point.month is not None]
    points = points[: known[-1]] if known else []
    if not points:
        src.skip = max(src.skip, last)  # the same days would fail again from each of them
    return points, links[: max(0, len(points) - 1)]


def _neighbours(low: str, start: int) -> list[Point]:
    """Two days with a slash between them, both of the month behind; empty for anything else."""
    pair = _NEIGHBOURS.match(low, start)
    last = (
        _POINT.match(low, pair.end())
        if pair and int(pair["next"]) == int(pair["day"]) + 1
        else None
    )
    if pair is None or last is None:
        return []
    behind = _point(last)
    day = int(pair["day"])
    if behind.month in {None, behind.day} or not exists(behind.month or 0, behind.day) or not day:
        return []  # "9/10 oktober" is one day
    return [Point(start, pair.end("day"), day, None, None, None, False), behind]


def _names_day_alone(low: str, match: re.Match[str] | None, links: list[str]) -> bool:
    """True for the end of "den 13 juli till den 15:e": a day of the month before it."""
    if match is None or not links or links[-1] != "to" or match["ordinal"]:
        return False
    return low.startswith("den ", match.start()) or match.end() > match.end("day")


def _point(match: re.Match[str]) -> Point:
    weekday, day, ordinal, month, year, short, slash, slash_year, slash_short = match.groups()
    end = match.end()
    if year and COUNTED.match(match.string, end):  # "3 oktober 2000 deltagare"
        year, end = None, match.end("month")
    year = year or slash_year
    short = short or slash_short
    start = match.start("weekday") if weekday else match.start("day" if day else "ordinal")
    return Point(
        start,
        end,
        int(day) if day else ORDINALS[ordinal],
        month_number(month) if month else int(slash) if slash else None,
        int(year) if year else short_year(short) if short else None,
        weekday_number(weekday) if weekday else None,
        slash is not None,
    )
