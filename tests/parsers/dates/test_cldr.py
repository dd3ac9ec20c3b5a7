"""Every Swedish date format of CLDR, formatted by Babel over many days, is read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from babel.dates import (
    format_date,
    format_datetime,
    format_interval,
    format_skeleton,
)

from harvester.parsers.dates import DateMention, find_dates

Day = tuple[date, date]
DAYS = [date(2012, 1, 1) + timedelta(days=37 * step) for step in range(150)]


def _day(day: date) -> Day:
    return day, day


def _month(day: date) -> Day:
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return day.replace(day=1), following - timedelta(days=1)


def _year(day: date) -> Day:
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _quarter(day: date) -> Day:
    start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return start, _month(start.replace(month=start.month + 2))[1]


def _week(day: date) -> Day:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


@pytest.mark.parametrize("width", ["full", "long", "medium", "short"])
@pytest.mark.parametrize("frame", ["{}", "Vi ses {} i Lund.", "({})", "Datum: {}\nPlats: Lund"])
def test_formats(width: str, frame: str) -> None:
    """Whole dates in the four widths, alone and in a sentence."""
    wrong = [
        (text, found)
        for day in DAYS
        if _days(found := find_dates(text := frame.format(format_date(day, width, "sv"))))
        != [_day(day)]
    ]
    assert not wrong


@pytest.mark.parametrize("width", ["full", "long", "medium", "short"])
def test_formats_with_time(width: str) -> None:
    """Dates with a clock give one mention that carries the clock."""
    for day in DAYS[:60]:
        moment = datetime.combine(day, time(14, 5, 9))
        found = find_dates(format_datetime(moment, width, locale="sv"))
        assert _days(found) == [_day(day)]
        assert found[0].time == "14:05"


SKELETONS: list[tuple[str, Callable[[date], Day]]] = [
    ("yMd", _day),
    ("yMEd", _day),
    ("yMMMd", _day),
    ("yMMMEd", _day),
    ("MMMd", _day),
    ("MMMEd", _day),
    ("MMMMd", _day),
    ("MMMMEd", _day),
    ("Md", _day),
    ("MEd", _day),
    ("MMd", _day),
    ("MMdd", _day),
    ("GyMMMd", _day),
    ("GyMMMEd", _day),
    ("yM", _month),
    ("yMM", _month),
    ("yMMM", _month),
    ("yMMMM", _month),
    ("GyMMM", _month),
    ("yQQQ", _quarter),
    ("yQQQQ", _quarter),
    ("yw", _week),
    ("y", _year),
]


@pytest.mark.parametrize(("skeleton", "span"), [pytest.param(*s, id=s[0]) for s in SKELETONS])
def test_skeletons(skeleton: str, span: Callable[[date], Day]) -> None:
    """Skeletons, those without a year seen from a week before the day."""
    wrong = []
    for day in DAYS:
        text = format_skeleton(skeleton, day, locale="sv_SE")
        found = find_dates(text, published=day - timedelta(days=7))
        if _days(found) != [span(day)] and text != "24/7":  # round the clock, by decision
            wrong.append((text, found))
    assert not wrong


@pytest.mark.parametrize(
    "skeleton", ["yMd", "yMEd", "yMMMd", "yMMMEd", "MMMd", "MMMEd", "Md", "MEd"]
)
@pytest.mark.parametrize("length", [1, 3, 25, 45])
def test_intervals(skeleton: str, length: int) -> None:
    """Intervals of days within and across months and years."""
    wrong = []
    for day in DAYS:
        last = day + timedelta(days=length)
        if "y" not in skeleton and last.year != day.year:
            continue
        text = format_interval(day, last, skeleton, locale="sv")
        found = find_dates(text, published=day - timedelta(days=7))
        if _days(found) != [(day, last)]:
            wrong.append((text, found))
    assert not wrong


@pytest.mark.parametrize("skeleton", ["yM", "yMMM", "yMMMM", "y"])
def test_intervals_of_months_and_years(skeleton: str) -> None:
    """Intervals of months and years."""
    span = _year if skeleton == "y" else _month
    wrong: list[Any] = []
    for day in DAYS:
        last = day + timedelta(days=400 if skeleton == "y" else 70)
        text = format_interval(day, last, skeleton, locale="sv")
        expected = (span(day)[0], span(last)[1])
        if _days(find_dates(text)) != [expected]:
            wrong.append((text, expected, find_dates(text)))
    assert not wrong


def _days(found: list[DateMention]) -> list[tuple[date | None, date | None]]:
    return [(m.first, m.last) for m in found]
