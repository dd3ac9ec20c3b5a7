"""Days in figures with a month in words or figures: one, a list or a range of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harvester.parsers.dates.day_points import Point, day_chain
from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.forms import any_days_form, exists
from harvester.parsers.dates.iso import short_iso
from harvester.parsers.dates.lexicon import (
    WEEKDAY,
    WEEKDAY_WORDS,
    weekday_number,
)
from harvester.parsers.dates.one_day import alone, dotted, single, take_weekday, weekday_left
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.relative import day_of_month
from harvester.parsers.dates.source import Source
from harvester.parsers.dates.split_years import month_of_year, short_split_year
from harvester.parsers.dates.year_numbers import decades

# Left of a weekday: the weekday that it is joined to.
_PAIR_LEFT = Pattern(rf"(?<![a-zåäö0-9-])(?P<first>{WEEKDAY}) ?(?:och|-|till|t\.?o\.?m\.?) ?$")
_PAIR_WORDS = WEEKDAY_WORDS | {"och", "till", "tom", "t.o.m"}
# Left of D/M: without one of these "4/6" is a fraction or a score.
_CUE = Pattern(
    r"(?<![a-zåäö])(?:den|senast|kl\.?|klockan|till|fr\.? ?o\.? ?m\.?|from|t\.? ?o\.? ?m\.?|tom|från|datum:?|före"
    r"|mellan|sedan|efter|anmälan|deadline:?|uppdaterad|uppdatering|uppdaterat|osa:?|ses|idag"
    r"|må|ti|on|to|fr|lö|sö|d\.?|[a-zåäö]{2,30}(?<!hel)(?<!halv)dag(?:en)?:?|(?:remiss|svars)tid:?"
    r"|[a-zåäö]{0,30}(?:möte[nt]?|träff(?:en)?|kurs(?:en)?|seminarium|start):?) {0,2}$"
)
# What is held on a day, behind it.
_MEETING = Pattern(
    r" [a-zåäö-]{0,40}(?:möte|träff|kurs|konferens|seminarium|webbinarium|utbildning|dag|dagar|workshop|stämma|start)"
    r"(?![a-zåäö])"
)
# What states a day that is no number: "sista dag är 15/8".
_STATES = frozenset({"är", "blir"})
# What numbers of things stand behind: "rum 15/3", "dnr 23/4".
_NUMBERED = frozenset({
    "artikel", "avd", "avdelning", "bild", "bilaga", "buss", "del", "diarienr", "diarienummer", "dnr", "figur",
    "format", "grupp", "kap", "lag", "lgh", "linje", "mål", "nr", "nummer", "poäng", "protokoll", "resultat", "rum",
    "sal", "sid", "sida", "sidan", "skala", "skr", "steg", "tabell", "våning", "ärende",
})  # fmt: skip
_CLOCK_RIGHT = Pattern(r",? {1,2}(?:(?:kl\.?|klockan) {0,2}[0-9]|[0-9]{1,2}[.:][0-9]{2}(?![0-9]))")
_NOT_A_SLASH_DATE = frozenset({(24, 7), (16, 9), (1, 2), (3, 4), (1, 4), (1, 3), (2, 3)})
# "9" of "kl. 9, 3 mars" and "sid 4 och 5 maj" is no day.
_CLOCK_OR_PAGE = Pattern(
    r"(?<![a-zåäö])(?:kl\.?|klockan|sid\.?|sidan|nr|(?<!äger )(?<!ägde )(?<!ägt )rum|sal|kap\.?|dag) {0,2}$"
)
_CLOCK_WORDS = frozenset({"kl", "klockan", "sid", "sidan", "nr", "rum", "sal", "kap", "dag"})
_BETWEEN = Pattern(r"(?<![a-zåäö])mellan (?:den )?$")
_BETWEEN_WORDS = frozenset({"mellan", "den"})


def short_number(src: Source, start: int, end: int) -> Sequence[Draft]:
    """Mentions that begin with one or two digits: days, lists and ranges of days."""
    low = src.low
    after = low[end] if end < len(low) else " "
    figure = after in ":;%§" and not _ordinal_follows(src, end)
    if figure or (start and low[start - 1] not in " \n(" and src.glued_left(start)):
        src.skip = max(src.skip, end)
        return ()
    found = short_split_year(src, start) if end - start == 2 and after in "/-" else None
    if found:
        src.skip = max(src.skip, found.end)
        return [found]
    if after == "." and "0" <= src.char(end + 1) <= "9":  # "13.00": no day of a list
        found = dotted(src, start)
    else:
        chain, links = day_chain(src, start)
        if chain:
            return _from_chain(src, chain, links)
        found = _without_month(src, start, end)
    if not found:
        return ()
    src.skip = max(src.skip, found.end)
    return [found]


def _without_month(src: Source, start: int, end: int) -> Draft | None:
    """What one or two digits begin that name no day with its month."""
    after = src.char(end)
    found = None
    if after == "/":
        found = month_of_year(src, start)
    elif after in ":ea":
        found = day_of_month(src, start)
    elif after in "- ":
        found = decades(src, start) or (short_iso(src, start) if after == "-" else None)
    if not found and (after in ".-" or src.char(end + 1) == "-"):
        found = dotted(src, start)
    return found


def _ordinal_follows(src: Source, end: int) -> bool:
    return src.low[end : end + 2] in {":a", ":e", ":d", ":t", ":j"}


def _from_chain(src: Source, points: list[Point], links: list[str]) -> Sequence[Draft]:
    first = points[0]
    start = first.start
    left = weekday_left(src, start)
    if len(points) == 1 and not first.slash:  # most often; the rest is about lists and fractions
        return [alone(src, first, left)]
    slashed = [p for p in points if p.slash]
    if slashed and not _slash_is_date(src, points, slashed, links, left):
        src.skip = max(src.skip, first.end)
        return ()
    if first.month is None and src.left(_CLOCK_OR_PAGE, start, _CLOCK_WORDS):
        src.skip = max(src.skip, first.end)
        return ()
    while (
        "comma" in links
        and len(slashed) < len(points)
        and not {"and", "or"} & set(links[links.index("comma") :])
    ):
        cut = links.index("comma") + 1  # "rum 4, 11 mars" is no list
        points, links = points[cut:], links[cut:]
        left = weekday_left(src, points[0].start)
    if len(points) == 1:
        return [alone(src, points[0], left)]
    src.skip = max(src.skip, points[-1].end)
    return _joined_days(src, points, links, left)


def _joined_days(
    src: Source, points: list[Point], links: list[str], left: re.Match[str] | None
) -> list[Draft]:
    """The ranges and single days of a chain of two or more."""
    drafts: list[Draft] = []
    _share(points, links)
    pair = len(points) == 2 and _joined(src, points, links)
    if left and points[0].weekday is None:
        take_weekday(points[0], left)
    if pair:
        _take_pair(src, points)
        first, last = points
        years = _range_years(first, last)
        return [single(first), single(last)] if years is None else [_range(first, last, years)]
    index = 0
    while index < len(points):
        point = points[index]
        if index < len(links) and links[index] == "to":
            years = _range_years(point, points[index + 1])
            if years is not None:
                drafts.append(_range(point, points[index + 1], years))
                index += 2
                continue
        drafts.append(single(point))
        index += 1
    return drafts


def _slash_is_date(
    src: Source,
    points: list[Point],
    slashed: list[Point],
    links: list[str],
    left: re.Match[str] | None,
) -> bool:
    first = slashed[0]
    for point in slashed:
        if not exists(point.month or 0, point.day):
            return False
    after = src.char(points[-1].end)
    if after in "/%" or after.isalnum():
        return False
    if after == ":" and src.char(points[-1].end + 1).isalnum():
        return False
    if any(p.year for p in points):
        return True
    if (left and (left["weekday"] or left["past"])) or src.word_before(first.start) == "den":
        return True
    if "to" in links:  # "från 1/4 till 1/3" is of shares
        backwards = (points[0].month or 0) > (points[-1].month or 0)
        return not backwards or any((p.day, p.month) not in _NOT_A_SLASH_DATE for p in slashed)
    if len(slashed) > 2 and any(point.day > (point.month or 0) for point in slashed):
        return True  # a list; scores ("4/5, 3/5, 5/5") do not go above one
    if src.own_line(points[0].start, points[-1].end):
        return len(points) > 1 or src.low[first.start : first.end].strip() != "24/7"
    fraction = (first.day, first.month) in _NOT_A_SLASH_DATE
    if fraction and len(points) == 1:
        return False
    if after == ":" and src.starts_line(points[0].start):
        return True
    if _CLOCK_RIGHT.match(src.low, points[-1].end) or _opens_a_notice(src, points[0]):
        return True
    if first.day > 12 and _is_no_number_of(src, points[0].start):
        return True  # more than a whole, and no month before its day
    return src.left(_CUE, points[0].start) is not None


def _opens_a_notice(src: Source, point: Point) -> bool:
    """`4/10 Styrelsemöte` at the beginning of a line."""
    return (
        _MEETING.match(src.low, point.end) is not None
        and src.is_upper(point.end + 1)
        and src.starts_line(point.start)
    )


def _is_no_number_of(src: Source, at: int) -> bool:
    """Whether the words left of a slash date tell of no number: it stands behind a word of a sentence, or a label."""
    if not at:
        return True
    left = src.low[at - 1]
    if left not in " (\n:":
        return False
    word = src.word_before(at)
    if left == " " and src.low[at - 2 : at - 1] != ":" and word not in _STATES:
        return False
    capitals = src.all_caps(max(0, at - 1 - len(word)), at)
    return word.isalpha() and word not in _NUMBERED and not capitals


def _share(points: list[Point], links: list[str]) -> None:
    """Give each day the month and year that stand with a later (or earlier) one."""
    for index in range(len(points) - 2, -1, -1):
        point, after = points[index], points[index + 1]
        if point.month is None:
            point.month = after.month
        if point.year is None and after.year is not None:
            turns = links[index] == "to" and (point.month or 0) > (after.month or 0)
            point.year = after.year - turns
    for index in range(1, len(points)):
        point, before = points[index], points[index - 1]
        if point.year is None and before.year is not None:
            earlier = ((point.month or 0), point.day) < ((before.month or 0), before.day)
            point.year = before.year + (earlier and links[index - 1] == "to")


def _joined(src: Source, points: list[Point], links: list[str]) -> bool:
    """True for two days that are one stretch: "2–4", "6 och 7 maj", "mellan den 3 och den 17"."""
    first, last = points
    if links[0] != "and":
        return links[0] == "to"
    adjacent = first.month == last.month and last.day - first.day == 1
    if adjacent and last.weekday is None and first.slash == last.slash:
        return True
    return src.left(_BETWEEN, first.start, _BETWEEN_WORDS) is not None


def _take_pair(src: Source, points: list[Point]) -> None:
    """Take "lördag–söndag" left of two days: each gets its own weekday."""
    start = points[0].start
    if points[0].weekday is None or points[1].weekday is not None:
        return
    match = src.left(_PAIR_LEFT, start, _PAIR_WORDS)
    if match:
        points[1].weekday = points[0].weekday
        points[0].weekday = weekday_number(match["first"])
        points[0].start = src.base(start) + match.start("first")


def _range_years(first: Point, last: Point) -> int | None:
    """How many years a range spans, None where it would run backwards."""
    start, end = (first.month or 0, first.day), (last.month or 0, last.day)
    if first.year is not None and last.year is not None:
        years = last.year - first.year
        return years if (0, start) <= (years, end) else None
    if end >= start:
        return 0
    return 1 if start[0] > end[0] else None


def _range(first: Point, last: Point, years: int) -> Draft:
    form = any_days_form(first.month or 0, first.day, last.month or 0, last.day, years)
    draft = Draft(first.start, last.end, form, first.year, span=True)
    draft.weekday, draft.last_weekday = first.weekday, last.weekday
    return draft
