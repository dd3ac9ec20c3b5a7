"""Every kind of expression as its days in a given year, and EDTF for the result.

A form's year is the one it begins in: "vintern 2016/17" and "23 december–6 januari" end in the next.
Forms are values without a year, so that one of each is enough: a text asks for the same few again.
"""

from __future__ import annotations

from calendar import isleap
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache, lru_cache

from harvester.parsers.dates.draft import Days, Form
from harvester.parsers.dates.holidays import FIXED, holiday, weekday_from
from harvester.records import Grain

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# The grains of most dates, looked up once: an enum's members are slow to reach.
_DAY, _YEAR = Grain.DAY, Grain.YEAR
_SEASON_CODES = {3: 21, 6: 22, 9: 23, 12: 24}  # EDTF: spring, summer, autumn, winter


def exists(month: int, day: int) -> bool:
    """True for a day that some year has."""
    return 1 <= month <= 12 and 1 <= day <= _LONGEST[month - 1]


def exists_ever(form: Form) -> bool:
    """True for a form that has days in some year: week 53 and 29 February have, 31 February has not."""
    return form.days(2004) is not None or any(map(form.days, range(2000, 2012)))


def month_span(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    last = 28 if month == 2 and not isleap(year) else _LONGEST[month - 1]
    return date(year, month, 1), date(year, month, last)


def week_span(year: int, week: int) -> tuple[date, date] | None:
    """Monday and Sunday of an ISO week, None where the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    except ValueError:
        return None


@cache
def day_form(month: int, day: int) -> Form:
    """A day of a month: "3 mars"."""

    def days(year: int) -> tuple[date, date] | None:
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        return found, found

    return Form(Grain.DAY, days, f"XXXX-{month:02}-{day:02}")


@cache
def any_day_form(month: int, day: int) -> Form:
    """A day as written, the impossible "31 februari" too: that has no days in any year."""
    if exists(month, day):
        return day_form(month, day)
    mask = f"XXXX-{month:02}-XX" if 1 <= month <= 12 else "XXXX"
    return Form(Grain.DAY, lambda year: None, mask)


@lru_cache(maxsize=2048)
def days_form(first: tuple[int, int], last: tuple[int, int], years: int = 0) -> Form:
    """A range of days that ends `years` after the year it begins in."""

    def days(year: int) -> tuple[date, date] | None:
        try:
            return date(year, *first), date(year + years, *last)
        except ValueError:
            return None

    mask = "XXXX-{:02}-{:02}/XXXX-{:02}-{:02}".format(*first, *last)
    return Form(Grain.DAY, days, mask)


@lru_cache(maxsize=2048)
def any_days_form(month: int, day: int, last_month: int, last_day: int, years: int) -> Form:
    """A range of days as written; one that begins or ends on an impossible day has no days."""
    if exists(month, day) and exists(last_month, last_day):
        return days_form((month, day), (last_month, last_day), years)
    return Form(Grain.DAY, lambda year: None, "XXXX")


@lru_cache(maxsize=2048)
def month_form(first: int, last: int | None = None, years: int = 0) -> Form:
    """A month or a range of months."""
    last = last or first
    mask = f"XXXX-{first:02}" if last == first and not years else f"XXXX-{first:02}/XXXX-{last:02}"

    def days(year: int) -> tuple[date, date] | None:
        return date(year, first, 1), month_span(year + years, last)[1]

    return Form(Grain.MONTH, _within_calendar(days), mask)


@lru_cache(maxsize=2048)
def week_form(first: int, last: int | None = None) -> Form:
    """An ISO week or a range of them within a year."""

    def days(year: int) -> tuple[date, date] | None:
        start, end = week_span(year, first), week_span(year, last or first)
        return (start[0], end[1]) if start and end and start[0] <= end[1] else None

    return Form(Grain.WEEK, days, "XXXX")


def week_day_form(week: int, weekday: int) -> Form:
    """A weekday of an ISO week: "torsdag vecka 12"."""

    def days(year: int) -> tuple[date, date] | None:
        span = week_span(year, week)
        return (span[0] + timedelta(weekday),) * 2 if span else None

    return Form(Grain.DAY, days, "XXXX-XX-XX")


@cache
def season_form(month: int) -> Form:
    """A season by its first month; winter begins in December of its year."""

    def days(year: int) -> tuple[date, date] | None:
        end = month_span(year + (month == 12), (month + 1) % 12 + 1)[1]
        return date(year, month, 1), end

    return Form(Grain.SEASON, _within_calendar(days), f"XXXX-{_SEASON_CODES[month]}")


@cache
def term_form(autumn: bool) -> Form:
    """A school term: 1 January to 30 June, or 1 August to 31 December."""
    if autumn:
        return Form(Grain.TERM, lambda y: (date(y, 8, 1), date(y, 12, 31)), "XXXX-08/XXXX-12")
    return Form(Grain.TERM, lambda y: (date(y, 1, 1), date(y, 6, 30)), "XXXX-01/XXXX-06")


@cache
def quarter_form(number: int, last: int | None = None) -> Form:
    """A quarter of a year, or a range of them."""
    end = 3 * (last or number)
    return Form(
        Grain.QUARTER,
        lambda y: (date(y, 3 * number - 2, 1), month_span(y, end)[1]),
        f"XXXX-{32 + number}",
    )


@cache
def holiday_form(name: str) -> Form:
    """A named holiday."""
    fixed = FIXED.get(name)
    mask = "XXXX-{:02}-{:02}".format(*fixed) if fixed else "XXXX-XX-XX"
    return Form(Grain.DAY, _within_calendar(lambda year: holiday(name, year)), mask)


@cache
def turn_form(month: int, day: int) -> Form:
    """Two days on either side of a turn: "årsskiftet" from 31 December, "månadsskiftet maj/juni"."""

    def days(year: int) -> tuple[date, date] | None:
        start = date(year, month, day)
        return start, start + timedelta(1)

    return Form(Grain.DAY, _within_calendar(days), f"XXXX-{month:02}-{day:02}/..")


@lru_cache(maxsize=2048)
def year_form(years: int = 0) -> Form:
    """A whole year, or a span of years."""
    return Form(
        Grain.YEAR,
        _within_calendar(lambda year: (date(year, 1, 1), date(year + years, 12, 31))),
        "XXXX",
    )


@cache
def school_year_form() -> Form:
    """A Swedish school year: 1 August to 30 June."""
    days: Days = lambda year: (date(year, 8, 1), date(year + 1, 6, 30))  # noqa: E731
    return Form(Grain.YEAR, _within_calendar(days), "XXXX-08/XXXX-06")


def long_form(grain: Grain, years: int) -> Form:
    """A decade or a century, or several of them: so many years from the first."""
    return Form(
        grain,
        _within_calendar(lambda year: (date(year, 1, 1), date(year + years - 1, 12, 31))),
        "XXXX",
    )


@cache
def nth_weekday_form(nth: int, weekday: int, month: int) -> Form:
    """The nth such weekday of a month; -1 is the last, -2 the last but one."""

    def days(year: int) -> tuple[date, date] | None:
        if nth > 0:
            found = weekday_from(year, month, 1, weekday) + timedelta(7 * (nth - 1))
        else:
            end = month_span(year, month)[1]
            back = (end.weekday() - weekday) % 7 + 7 * (-nth - 1)
            found = end - timedelta(back)
        return (found, found) if found.month == month else None

    return Form(Grain.DAY, _within_calendar(days), f"XXXX-{month:02}-XX")


@cache
def nth_week_form(nth: int, month: int) -> Form:
    """The nth whole week of a month, from its first Monday; -1 ends on its last Sunday."""

    def days(year: int) -> tuple[date, date] | None:
        if nth > 0:
            monday = nth_weekday_form(nth, 0, month).days(year)
            return (monday[0], monday[0] + timedelta(6)) if monday else None
        sunday = nth_weekday_form(nth, 6, month).days(year)
        return (sunday[0] - timedelta(6), sunday[0]) if sunday else None

    return Form(Grain.WEEK, _within_calendar(days), f"XXXX-{month:02}")


@cache
def month_week_form(number: int, month: int) -> Form:
    """ "vecka 1 i oktober": the ISO way of counting, week 1 holds the month's first Thursday."""

    def days(year: int) -> tuple[date, date] | None:
        thursday = weekday_from(year, month, 1, 3) + timedelta(7 * (number - 1))
        return thursday - timedelta(3), thursday + timedelta(3)

    return Form(Grain.WEEK, _within_calendar(days), f"XXXX-{month:02}")


def last_day_form(month: int) -> Form:
    """The last day of a month."""
    return Form(
        Grain.DAY, _within_calendar(lambda y: (month_span(y, month)[1],) * 2), f"XXXX-{month:02}-XX"
    )


def span_form(first: date, last: date, grain: Grain) -> Form:
    """Days that are known: what a relative expression gives."""
    return Form(grain, lambda year: (first, last), "XXXX-XX-XX")


def edtf(grain: Grain, first: date, last: date, flags: list[str]) -> str:
    """Extended Date/Time Format of days at their grain, approximate and open ends marked."""
    if not flags:
        return _one(grain, first, last)
    # An open interval has one end: of a period that is an interval itself, its own outer one.
    if "open_start" in flags:
        return "../" + _one(grain, first, last).rpartition("/")[2]
    if "open_end" in flags:
        return _one(grain, first, last).partition("/")[0] + "/.."
    text = _one(grain, first, last)
    return text + "~" if "approx" in flags and "/" not in text else text


def _one(grain: Grain, first: date, last: date) -> str:
    if grain is _DAY:
        start = first.isoformat()
        return start if first == last else f"{start}/{last.isoformat()}"
    if grain is _YEAR and first.month == 1:
        return _joined(f"{first.year:04}", f"{last.year:04}")
    if grain is Grain.MONTH:
        return _joined(f"{first.year:04}-{first.month:02}", f"{last.year:04}-{last.month:02}")
    if grain is Grain.QUARTER and last.month - first.month == 2:
        return f"{first.year:04}-{33 + first.month // 3}"
    if grain is Grain.QUARTER and last.month - first.month == 5:
        return f"{first.year:04}-{40 + first.month // 7}"  # EDTF: the two halves of a year
    if grain is Grain.SEASON:
        return f"{first.year:04}-{_SEASON_CODES[first.month]}"
    if grain is Grain.DECADE and last.year - first.year == 9:
        return f"{first.year // 10:03}X"
    if grain is Grain.CENTURY and last.year - first.year == 99:
        return f"{first.year // 100:02}XX"
    if first.month == 1 and first.day == 1 and last.month == 12 and last.day == 31:
        return _joined(f"{first.year:04}", f"{last.year:04}")
    return f"{first.isoformat()}/{last.isoformat()}"


def _joined(start: str, end: str) -> str:
    return start if start == end else f"{start}/{end}"


def _within_calendar(days: Days) -> Days:
    """The same days, None outside the years that a date can hold."""

    def bounded(year: int) -> tuple[date, date] | None:
        if not MINYEAR < year < MAXYEAR - 1000:
            return None
        return days(year)

    return bounded
