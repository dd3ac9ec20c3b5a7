"""Expressions that begin with a month's name or stand around one: "april 2017", "fjärde september"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.forms import (
    any_day_form,
    days_form,
    exists,
    last_day_form,
    month_form,
    month_span,
    nth_week_form,
    nth_weekday_form,
    turn_form,
)
from harvester.parsers.dates.holidays import PUBLIC_DATES
from harvester.parsers.dates.lexicon import (
    COUNTED,
    FULL_MONTHS,
    LONG_WEEKDAY,
    MONTH,
    ORDINAL,
    ORDINALS,
    WEEKDAY,
    WEEKDAY_WORDS,
    YEAR,
    month_number,
    short_year,
    weekday_number,
)
from harvester.parsers.dates.parts import PART_ENDS, PART_LEFT, take_part
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source


def _year_after(name: str) -> str:
    """A pattern for the year that may follow a month, in groups of that name."""
    return (
        rf"(?:,?(?: {{0,2}}\n? {{0,2}})(?:år )?(?P<{name}>{YEAR})"
        rf"| ?[-'’´](?P<{name}_yy>[0-9]{{2}})(?![0-9]|[.:/-][0-9]))?"
    )


# A month, its year, and another month that a dash or "och" joins. Must not match "maj-möte".
_MONTHS = Pattern(
    rf"(?P<first>{MONTH})(?P<month_word> månad(?:en)?(?![a-zåäö]))?{_year_after('year')}"
    rf"(?:(?:(?P<to> {{0,2}}(?:-| (?<= )(?:till och med|till|t\.?o\.?m\.?)(?= )) {{0,2}})|(?P<and> och | {{0,1}}/ {{0,1}}))"
    rf"(?P<last>{MONTH}){_year_after('last_year')})?"
)
# sep 28, 2023; april 14, 2015.
_US = Pattern(rf"(?P<month>{MONTH}) ?(?P<day>[0-9]{{1,2}})(?::?[ae])?,? {{1,2}}(?P<year>{YEAR})")
# feb13, februari 15: only after a weekday or on a line of its own.
_US_SHORT = Pattern(rf"(?P<month>{MONTH}) ?(?P<day>[0-9]{{1,2}})(?![0-9]|[.:/-][0-9])")
# sep 28–30, 2023; juli 13-15; aug 8 - aug 12. Without a year or a second month only on its own line.
_US_RANGE = Pattern(
    rf"(?P<month>{MONTH}) ?(?P<day>[0-9]{{1,2}}) {{0,2}}(?:-{{1,2}}|till(?= )) {{0,2}}"
    rf"(?:(?P<last_month>{MONTH}) ?)?(?P<last_day>[0-9]{{1,2}})(?![0-9a-zåäö%]|[.:/-][0-9])"
    rf"(?:,? {{1,2}}(?P<year>{YEAR}))?"
)
_US_LEFT = Pattern(rf"(?<![a-zåäö])(?P<weekday>{WEEKDAY}),? {{0,2}}$")
# "den fjärde", "tredje dagen i", "onsdagen den 1:a" left of a month.
_ORDINAL_LEFT = Pattern(
    rf"(?<![a-zåäö0-9])(?:(?P<weekday>{WEEKDAY}),? {{1,2}})?(?:den )?"
    rf"(?:(?P<from>{ORDINAL}) (?P<link>till|och|-) (?:den )?)?(?P<day>{ORDINAL})(?: dagen i)? $"
)
# "första måndagen i", "sista veckan i", "näst sista söndagen i" left of a month.
_NTH_LEFT = Pattern(
    rf"(?<![a-zåäö0-9])(?P<nth>näst sista|sista|{ORDINAL}|[1-5]:[ae]) "
    rf"(?:(?P<weekday>{LONG_WEEKDAY})(?:en)?|(?P<week>veckan?)|(?P<day>dagen?)) (?:i|av) $"
)
_LAST_LEFT = Pattern(r"(?<![a-zåäö0-9])(?P<last>sista|siste) $")
_NTH_WORDS = frozenset({"i", "av"})
_NTH_ENDS = tuple(
    f"{counted} {word} "
    for counted in ("dag", "dage", "dagen", "vecka", "veckan")
    for word in sorted(_NTH_WORDS)
)
_LAST_WORDS = frozenset({"sista", "siste"})
_ORDINAL_WORDS = frozenset([*ORDINALS, "i"])
_BETWEEN_LEFT = Pattern(r"(?<![a-zåäö])mellan $")
_TURN_LEFT = Pattern(r"(?<![a-zåäö])månadsskiftet $")
# A bare month counts only after one of these.
_PREPOSITION_LEFT = Pattern(
    r"(?:^|(?<![a-zåäö0-9]))(?:i|under|till|från|sedan|före|efter|inför|innan|senast|hela|mot|kring"
    r"|runt|omkring|fr\.?o\.?m\.?|t\.?o\.?m\.?|(?:från|till) och med|av|varje|för) {1,2}\n?$"
)
_PREPOSITION_ENDS = ("i ", "r ", "l ", "n ", "e ", "t ", "a ", "g ", "m ", ". ", "d ", "v ", "  ")


def month_word(src: Source, start: int, end: int) -> Sequence[Draft]:
    """Mentions around the month that may begin here."""
    if not _stands_free(src, start):
        return ()
    american = _american(src, start)
    if american:
        src.skip = max(src.skip, american.end)
        return [american]
    match = _MONTHS.match(src.low, start)
    if match is None:
        return ()
    drafts = _around(src, match) or _months(src, match)
    for draft in drafts:
        src.skip = max(src.skip, draft.end)
    return drafts


def _stands_free(src: Source, start: int) -> bool:
    before = src.char(start - 1)
    return not (before in "_@#/.&" or (before == "-" and src.char(start - 2).isalnum()))


def _american_range(src: Source, start: int) -> Draft | None:
    match = _US_RANGE.match(src.low, start)
    if not match or COUNTED.match(src.low, match.end()):
        return None
    if not (match["year"] or match["last_month"] or src.own_line(start, match.end())):
        return None
    first = month_number(match["month"]), int(match["day"])
    last = month_number(match["last_month"] or match["month"]), int(match["last_day"])
    years = int(last[0] < first[0])  # "dec 31 – jan 2, 2023"
    if not exists(*first) or not exists(*last) or (0, first) >= (years, last):
        return None
    year = int(match["year"]) - years if match["year"] else None
    form = days_form(first, last, years)
    return Draft(start, match.end(), form, year, span=True)


def _american(src: Source, start: int) -> Draft | None:
    found = _american_range(src, start)
    if found:
        return found
    match = _US.match(src.low, start)
    if match:
        month, day, year = month_number(match["month"]), int(match["day"]), int(match["year"])
        comma = "," in match.group() or match["month"].rstrip(".") not in FULL_MONTHS
        if not 1 <= day <= 31 or not comma:
            return None
        draft = Draft(start, match.end(), any_day_form(month, day), year)
    else:
        match = _US_SHORT.match(src.low, start)
        if not match or not 1 <= int(match["day"]) <= 31:
            return None
        left = src.left(_US_LEFT, start, WEEKDAY_WORDS)
        own = src.own_line(src.base(start) + left.start() if left else start, match.end())
        if not own:
            return None
        form = any_day_form(month_number(match["month"]), int(match["day"]))
        draft = Draft(start, match.end(), form, None)
    left = src.left(_US_LEFT, start, WEEKDAY_WORDS)
    if left:
        draft.weekday = weekday_number(left["weekday"])
        draft.start = src.base(start) + left.start("weekday")
    return draft


def _around(src: Source, match: re.Match[str]) -> list[Draft]:
    """What an ordinal left of the month makes of it: a day, a weekday, a week."""
    start = match.start()
    if src.char(start - 1) != " ":
        return []
    if src.word_before(start) in _NTH_WORDS and not src.ends_before(_NTH_ENDS, start):
        return []  # "i mars": most often
    month, year = month_number(match["first"]), _stated_year(match, "year")
    end = match.end("first")
    if year is not None:
        end = max(match.end("year"), match.end("year_yy"))
    nth = src.left(_NTH_LEFT, start, _NTH_WORDS)
    if nth:
        number = {"sista": -1, "näst sista": -2}.get(nth["nth"]) or ORDINALS.get(nth["nth"])
        number = number or int(nth["nth"][0])
        at = src.base(start) + nth.start("nth")
        if nth["weekday"] and number <= 5:
            return [
                Draft(
                    at, end, nth_weekday_form(number, weekday_number(nth["weekday"]), month), year
                )
            ]
        if nth["week"] and number <= 5:
            return [Draft(at, end, nth_week_form(number, month), year)]
        if nth["day"]:
            form = last_day_form(month) if number < 0 else any_day_form(month, number)
            return [Draft(at, end, form, year)]
    last = src.left(_LAST_LEFT, start, _LAST_WORDS)
    if last:
        return [Draft(src.base(start) + last.start("last"), end, last_day_form(month), year)]
    left = src.left(_ORDINAL_LEFT, start, _ORDINAL_WORDS)
    if not left:
        return []
    day = ORDINALS[left["day"]]
    word = "weekday" if left["weekday"] else "from" if left["from"] else "day"
    at = src.base(start) + left.start(word)
    form = any_day_form(month, day)
    draft = Draft(at, end, form, year)
    if left["weekday"]:
        draft.weekday = weekday_number(left["weekday"])
    if left["from"]:
        first = ORDINALS[left["from"]]
        if first < day and (left["link"] != "och" or day - first == 1):
            draft.form, draft.span = days_form((month, first), (month, day)), True
            return [draft]
        draft.start = src.base(start) + left.start("day")
        before = Draft(at, at + len(left["from"]), any_day_form(month, first), year)
        return [before, draft]
    if (month, day) in PUBLIC_DATES:
        draft.flags.append("holiday")
    return [draft]


def _months(src: Source, match: re.Match[str]) -> list[Draft]:
    """A month or two with or without a year."""
    start = match.start()
    first = month_number(match["first"])
    year = _stated_year(match, "year")
    if match["last"] and not _cut_short(src, match):
        last, last_year = month_number(match["last"]), _stated_year(match, "last_year")
        return _two_months(src, match, (first, year), (last, last_year))
    end = match.end("first")
    if year is not None:
        end = max(match.end("year"), match.end("year_yy"))
        if match["first"] == "jul":  # "jul 2019" is Christmas
            return []
    elif match["month_word"]:
        end = match.end("month_word")
    if src.char(end) == "-" and src.char(end + 1).isalpha() and year is None:
        return []  # "maj-möte"
    draft = Draft(start, end, month_form(first), year)
    named = match["month_word"] and not src.is_upper(start)
    if year is None and not named and not _bare_month_counts(src, match["first"], start, end):
        return []
    take_part(src, draft)
    return [draft]


def _cut_short(src: Source, match: re.Match[str]) -> bool:
    """True where the second month is the day-less start of something else ("mars och maj-möte")."""
    return src.char(match.end("last")) == "-" and src.char(match.end("last") + 1).isalpha()


def _two_months(
    src: Source,
    match: re.Match[str],
    first: tuple[int, int | None],
    last: tuple[int, int | None],
) -> list[Draft]:
    (month, year), (last_month, last_year) = first, last
    start, end = match.start(), match.end()
    full = {match["first"].rstrip("."), match["last"].rstrip(".")} <= FULL_MONTHS
    if year is None and last_year is None and not (full or src.own_line(start, end)):
        return []
    if src.left(_TURN_LEFT, start):
        at = src.base(start) + src.low[src.base(start) : start].rindex("månadsskiftet")
        known = year or last_year
        form = turn_form(month, month_span(2001, month)[1].day)  # 2001: no leap year
        return [Draft(at, end, form, known)]
    years = int(last_month < month)
    if year is not None and last_year is not None:
        years = last_year - year
    elif last_year is not None:
        year = last_year - years
    between = src.left(_BETWEEN_LEFT, start, {"mellan"}) is not None
    joined = match["to"] or match["and"] != " och " or last_month - month == 1 or between
    if match["and"] == " och " and (years or not joined):
        if year is None and not _bare_month_counts(src, match["first"], start, match.end("first")):
            return []
        return [
            Draft(start, match.end("first"), month_form(month), year),
            Draft(match.start("last"), end, month_form(last_month), last_year or year),
        ]
    if (years, last_month) < (0, month):
        return []
    draft = Draft(start, end, month_form(month, last_month, years), year, span=True)
    take_part(src, draft)
    return [draft]


def _stated_year(match: re.Match[str], group: str) -> int | None:
    if match[group]:
        counted = COUNTED.match(match.string, match.end(group))  # "i maj 2000 personer"
        return None if counted else int(match[group])
    short = match[group + "_yy"]
    return short_year(short) if short else None


def _bare_month_counts(src: Source, word: str, start: int, end: int) -> bool:
    """A month alone counts in lower case after a preposition or "slutet av"; names do not.

    "på Mars", "Maj Lindgren", "God jul" and all of an ALL-CAPS line are refused.
    """
    if src.is_upper(start) or word.rstrip(".") in {"jan", "jul", "mar", "dec"}:
        return False
    if src.char(end) == ":" and src.char(end + 1).isdecimal():
        return False
    if src.left(PART_LEFT, start, ends=PART_ENDS):
        return True
    return src.left(_PREPOSITION_LEFT, start, ends=_PREPOSITION_ENDS) is not None
