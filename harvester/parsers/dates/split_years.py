"""Figures with a slash that are no day: 2016/17, "läsåret 22/23", the month 10/2023."""

from __future__ import annotations

from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.forms import month_form, school_year_form, year_form
from harvester.parsers.dates.lexicon import YEAR, short_year
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source

# 2016/17, 2016/2017; a colon after it makes it a parliamentary paper.
_SPLIT = Pattern(r"(?P<first>[0-9]{4})/(?P<last>[0-9]{4}|[0-9]{2})(?![0-9]|[:/-][0-9])")
# 22/23 and 22-23: years only after one of the words below, else a fraction, a day or a score.
_SHORT_SPLIT = Pattern(r"(?P<first>[0-9]{2})[/-](?P<last>[0-9]{2})(?![0-9]|[.:/-][0-9])")
_SCHOOL_YEAR = Pattern(r"(?<![a-zåäö])läsår(?:en [0-9/-]{4,9} (?:och|till|-)|et|ens?)? {1,2}$")
_SPLIT_CUE = Pattern(
    r"(?<![a-zåäö])(?:(?:verksamhets|budget|räkenskaps|kalender|spel)?(?:år|året|åren)|säsong|säsongen) {1,2}$"
)
# 10/2023, 9/2022-3/2023: a month; must not match a paper's number (dnr 12/2023, nr 3/2021).
_MONTH_YEAR = Pattern(rf"(?P<month>0?[1-9]|1[0-2])/(?P<year>{YEAR})(?![/-][0-9]{{1,2}}(?![0-9/]))")
_MONTH_LINK = Pattern(r" {0,2}- {0,2}")
_MONTH_CUE = Pattern(
    r"(?<![a-zåäö])(?:i|under|från|till|sedan|före|efter|senast|innan|och|månad|publicera[dt]|uppdatera[dt]|skrive[nt]"
    r"|daterad|daterat|datum|fr\.?o\.?m\.?|t\.?o\.?m\.?):? $|\($"
)


def split_year(src: Source, start: int) -> Draft | None:
    """2016/17: a school year after "läsåret", else two years."""
    match = _SPLIT.match(src.low, start)
    if not match:
        return None
    first, last = int(match["first"]), match["last"]
    if not 1500 <= first < 2099 or (first + 1) % 10 ** len(last) != int(last):
        return None
    if after_school_year(src, start):
        return school_year(start, match.end(), first)
    draft = Draft(start, match.end(), year_form(1), first)
    if not src.left(_SPLIT_CUE, start):
        draft.flags.append("low_confidence")
    return draft


def short_split_year(src: Source, start: int) -> Draft | None:
    """ "läsåret 22/23", "säsongen 22/23"; None without such a word before it."""
    match = _SHORT_SPLIT.match(src.low, start)
    if not match or (int(match["first"]) + 1) % 100 != int(match["last"]):
        return None
    first = short_year(match["first"])
    if after_school_year(src, start):
        return school_year(start, match.end(), first)
    if src.left(_SPLIT_CUE, start):
        return Draft(start, match.end(), year_form(1), first)
    return None


def after_school_year(src: Source, start: int) -> bool:
    """True right after "läsåret"."""
    return src.left(_SCHOOL_YEAR, start) is not None


def school_year(start: int, end: int, first: int) -> Draft:
    """The school year that begins in a year."""
    return Draft(start, end, school_year_form(), first)


def month_of_year(src: Source, start: int) -> Draft | None:
    """ "i 10/2023", 03/2024 on a line of its own, "9/2022–3/2023"."""
    match = _MONTH_YEAR.match(src.low, start)
    if not match:
        return None
    month, year = int(match["month"]), int(match["year"])
    link = _MONTH_LINK.match(src.low, match.end())
    last = _MONTH_YEAR.match(src.low, link.end()) if link else None
    if last and (int(last["year"]), int(last["month"])) > (year, month):
        form = month_form(month, int(last["month"]), int(last["year"]) - year)
        return Draft(start, last.end(), form, year, span=True)
    if not src.left(_MONTH_CUE, start) and not src.own_line(start, match.end()):
        return None
    return Draft(start, match.end(), month_form(month), year)
