"""Swedish holidays by computation, for any year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache


@cache
def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher's Computus)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    leaps, rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def weekday_from(year: int, month: int, day: int, weekday: int) -> date:
    """The first such weekday on or after a day."""
    start = date(year, month, day)
    return start + timedelta((weekday - start.weekday()) % 7)


def _easter(days: int) -> Callable[[int], date]:
    return lambda year: easter_sunday(year) + timedelta(days)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _from(month: int, day: int, weekday: int) -> Callable[[int], date]:
    return lambda year: weekday_from(year, month, day, weekday)


#: Days that keep their date: name to (month, day).
FIXED: dict[str, tuple[int, int]] = {
    "new_year": (1, 1),
    "twelfth_night": (1, 5),
    "epiphany": (1, 6),
    "knut": (1, 13),
    "valentine": (2, 14),
    "womens_day": (3, 8),
    "lady_day": (3, 25),
    "walpurgis": (4, 30),
    "labour_day": (5, 1),
    "national_day": (6, 6),
    "halloween": (10, 31),
    "gustavus_adolphus": (11, 6),
    "lucia": (12, 13),
    "christmas_eve": (12, 24),
    "christmas_day": (12, 25),
    "boxing_day": (12, 26),
    "after_christmas": (12, 27),
    "new_years_eve": (12, 31),
}

_RULES: dict[str, Callable[[int], date]] = {
    **{name: _fixed(month, day) for name, (month, day) in FIXED.items()},
    "shrove_tuesday": _easter(-47),
    "ash_wednesday": _easter(-46),
    "palm_sunday": _easter(-7),
    "maundy_thursday": _easter(-3),
    "good_friday": _easter(-2),
    "holy_saturday": _easter(-1),
    "easter": _easter(0),
    "easter_monday": _easter(1),
    "ascension": _easter(39),
    "whit_saturday": _easter(48),
    "pentecost": _easter(49),
    "whit_monday": _easter(50),
    "mothers_day": _from(5, 25, 6),  # the last Sunday in May
    "midsummer_eve": _from(6, 19, 4),  # the Friday from 19 to 25 June
    "midsummer_day": _from(6, 20, 5),
    "all_saints": _from(10, 31, 5),  # the Saturday from 31 October to 6 November
    "fathers_day": _from(11, 8, 6),  # the second Sunday in November
    "advent_1": _from(11, 27, 6),
    "advent_2": _from(12, 4, 6),
    "advent_3": _from(12, 11, 6),
    "advent_4": _from(12, 18, 6),
}

#: Holidays of several days: name to the rule of the first day, and how many days follow it.
SPANS: dict[str, tuple[str, int]] = {
    "easter_weekend": ("good_friday", 3),
    "pentecost_weekend": ("whit_saturday", 1),
    "midsummer_weekend": ("midsummer_eve", 2),
    "all_saints_weekend": ("all_saints", 1),
    "christmas_weekend": ("christmas_eve", 2),
    "new_year_weekend": ("new_years_eve", 1),
    "between_holidays": ("after_christmas", 3),
}

#: Dates that Swedish law makes a holiday every year, so that "1 maj" carries the flag.
PUBLIC_DATES = frozenset({(1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26)})


def holiday(name: str, year: int) -> tuple[date, date]:
    """First and last day of a holiday by its name in lexicon.toml. Raises KeyError for another name."""
    rule, more = SPANS.get(name, (name, 0))
    first = _RULES[rule](year)
    return first, first + timedelta(more)
