"""One day in figures with the weekday left of it, and days with dots: 12.5.2023, "den 3.10"."""

from __future__ import annotations

import re

from harvester.parsers.dates.day_points import Point
from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.forms import any_day_form, days_form, exists
from harvester.parsers.dates.holidays import PUBLIC_DATES
from harvester.parsers.dates.lexicon import (
    DAY_PART,
    WEEKDAY,
    WEEKDAY_ENDS,
    WEEKDAY_WORDS,
    short_year,
    weekday_number,
)
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source

# Left of a day: its weekday and "den". "i torsdags (28 september)" gives evidence only.
_LEFT = Pattern(
    rf"(?<![a-zåäö0-9])(?:(?P<past>i {WEEKDAY}s,? \(?)|(?P<weekday>{WEEKDAY}){DAY_PART},? {{0,2}}\n?)?"
    r"(?P<den>den {1,2}\n?)?$"
)
_ARTICLES = frozenset({"den"})
# 12.5.2023 and 5-5-2013: day first, a full year last. Must not match versions and times.
_DOTTED = Pattern(
    r"(?P<day>[0-9]{1,2})(?P<sep>[.-]) ?(?P<month>[0-9]{1,2})(?P=sep) ?(?P<year>(?:19|20)[0-9]{2})"
    r"(?![0-9]|[.:/-][0-9])"
)
# 12–14.5.2023.
_DOTTED_RANGE = Pattern(
    r"(?P<first>[0-9]{1,2})\.? ?- ?(?P<last>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>(?:19|20)[0-9]{2})"
    r"(?![0-9]|[.:/-][0-9])"
)
# 7.6.–9.6.2023, 28.12.2022 - 3.1.2023: the first year may be left out. Must not match versions.
_DOTTED_SPAN = Pattern(
    r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\.? ?(?P<year>(?:19|20)[0-9]{2})?"
    r" {0,2}(?:-{1,2}|till(?= )) {0,2}(?:den )?(?P<last_day>[0-9]{1,2})\. ?(?P<last_month>[0-9]{1,2})\. ?"
    r"(?P<last_year>(?:19|20)[0-9]{2})(?![0-9]|[.:/-][0-9])"
)
# 31-10-74 on a line of its own, "den 3.10", "onsdag 3.10": never "kl. 9.30" or a version.
_SHORT_DOTTED = Pattern(
    r"(?P<day>[0-9]{1,2})(?P<sep>[.-])(?P<month>[0-9]{1,2})(?:(?P=sep)(?P<yy>[0-9]{2}))?"
    r"(?![0-9]| ?[.:/-] ?[0-9])\.?"
)


def dotted(src: Source, start: int) -> Draft | None:
    """12.5.2023, 3-3-2015; shorter ones only with "den", a weekday or a line of their own."""
    low = src.low
    match = _DOTTED_RANGE.match(low, start)
    if match:
        first, last, month = int(match["first"]), int(match["last"]), int(match["month"])
        if exists(month, first) and exists(month, last) and first < last:
            form = days_form((month, first), (month, last))
            return Draft(start, match.end(), form, int(match["year"]), span=True)
        return None
    match = _DOTTED_SPAN.match(low, start)
    if match and (found := _dotted_span(match)):
        return found
    match = _DOTTED.match(low, start)
    if match:
        day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
        if exists(month, day):
            left = weekday_left(src, start)
            point = Point(start, match.end(), day, month, year, None, False)
            return alone(src, point, left)
        return None
    match = _SHORT_DOTTED.match(low, start)
    if not match or not exists(int(match["month"]), int(match["day"])):
        return None
    left = weekday_left(src, start)
    weekday = left is not None and left["weekday"] is not None
    named = (weekday or src.word_before(start) == "den") and match["sep"] == "."
    own = src.own_line(start, match.end()) and match["sep"] == "-" and len(match.group()) > 4
    if not named and not own:
        return None
    end = match.end() - (match.group().endswith(".") and not match["yy"])
    year_word = match["yy"]
    point = Point(
        start,
        end,
        int(match["day"]),
        int(match["month"]),
        short_year(year_word) if year_word else None,
        None,
        False,
    )
    return alone(src, point, left)


def _dotted_span(match: re.Match[str]) -> Draft | None:
    """The days from one dotted date to another; None where they run backwards."""
    first = int(match["month"]), int(match["day"])
    last = int(match["last_month"]), int(match["last_day"])
    end_year = int(match["last_year"])
    year = int(match["year"]) if match["year"] else end_year - (first > last)
    if not exists(*first) or not exists(*last) or (year, first) > (end_year, last):
        return None
    form = days_form(first, last, end_year - year)
    return Draft(match.start(), match.end(), form, year, span=True)


def alone(src: Source, point: Point, left: re.Match[str] | None) -> Draft:
    """One day that nothing is joined to, with the weekday left of it."""
    if left and point.weekday is None:
        take_weekday(point, left)
    src.skip = max(src.skip, point.end)
    return single(point)


def weekday_left(src: Source, start: int) -> re.Match[str] | None:
    """The weekday left of a day, a "den" between them or not."""
    word = src.word_before_article(start, _ARTICLES)
    if word not in WEEKDAY_ENDS:
        return None
    low, reach = src.low, src.base(start)
    at = low.rfind(word, reach, start)
    if word in WEEKDAY_WORDS:  # most often; else a part of the day stands between
        match = _LEFT.match(low, at, start)
        if match or not low.startswith("i ", at - 2):
            return match
    return _LEFT.search(low, reach, start)


def take_weekday(point: Point, left: re.Match[str]) -> None:
    """Take the weekday that stands left of the first day."""
    if left["weekday"]:
        point.weekday = weekday_number(left["weekday"])
        point.start = left.start("weekday")
    elif left["past"]:
        word = left["past"].strip(" ,(")[2:]
        point.weekday = weekday_number(word[:-1] if word.endswith("dags") else word)


def single(point: Point) -> Draft:
    month = point.month or 0
    draft = Draft(
        point.start, point.end, any_day_form(month, point.day), point.year, weekday=point.weekday
    )
    if (month, point.day) in PUBLIC_DATES:
        draft.flags.append("holiday")
    return draft
