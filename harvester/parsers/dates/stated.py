"""The year that stands with an expression, as the rules for periods read it."""

from __future__ import annotations

import re

from harvester.parsers.dates.lexicon import YEAR, short_year

#: The year after a period: "2021", "år 2021", "-21", "’21".
YEAR_AFTER = rf"(?:,? {{0,2}}\n?(?:år |i )?(?P<year>{YEAR})| ?[-'’´](?P<yy>[0-9]{{2}})(?![0-9]|[.:/-][0-9]))?"


def stated_year(match: re.Match[str]) -> int | None:
    """The year of a match with a group `year`, and perhaps one `yy` for two digits."""
    if match["year"]:
        return int(match["year"])
    groups = match.groupdict()
    return short_year(groups["yy"]) if groups.get("yy") else None


def follows(year: int | None, digits: str) -> bool:
    """True where digits name the next year: the "17" of 2016/17."""
    return year is not None and (year + 1) % 10 ** len(digits) == int(digits)
