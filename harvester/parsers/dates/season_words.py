"""Seasons and school terms, alone or two that share a year: "våren och hösten 2021"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.forms import season_form, term_form
from harvester.parsers.dates.lexicon import SEASONS, YEAR
from harvester.parsers.dates.parts import take_part
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source
from harvester.parsers.dates.stated import follows, stated_year

_SEASON = Pattern(
    r"(?P<season>våren|sommaren|hösten|vintern|vår|sommar|höst|vinter)(?![a-zåäö])"
    rf"(?:,? {{1,2}}(?:år |av )?(?P<year>{YEAR.replace('[:/][0-9]', ':[0-9]')})(?:[/-](?P<next>[0-9]{{4}}|[0-9]{{2}})(?![0-9]))?"
    r"| ?[-'’´](?P<yy>[0-9]{2})(?![0-9]|[.:/-][0-9]))?"
)
# The season that follows and has the year of both: "våren och hösten 2021".
_JOINED_SEASON = Pattern(
    r"(?: (?:och|samt|eller|till) | ?[/-] ?)(?P<season>våren|sommaren|hösten|vintern|vår|sommar|höst|vinter)"
    rf"(?:,? {{1,2}}(?:år |av )?(?P<year>{YEAR})| ?[-'’´](?P<yy>[0-9]{{2}})(?![0-9]|[.:/-][0-9]))"
)
# "2023", or the school year "2022/23" that holds one autumn and one spring.
_YEARS_OF_TERM = (
    rf"[ -]{{0,2}}(?P<year>{YEAR.replace('[:/][0-9]', ':[0-9]')})"
    r"(?:/(?P<next>[0-9]{4}|[0-9]{2})(?![0-9]))?"
)
# The same for terms: "vår- och höstterminen 2021", "vt och ht 21".
_JOINED_TERM = Pattern(
    r" (?:och|samt|eller|till) (?:(?:vår|höst)termin(?:en|erna)?|vt|ht)"
    rf"(?:{_YEARS_OF_TERM}| ?[-'’´]? ?(?P<yy>[0-9]{{2}})(?![0-9]|[.:/-][0-9]))"
)
_SEASON_LEFT = Pattern(
    r"(?<![a-zåäö])(?:under|på|till|hela|inför|sedan|från|före|efter|nu på|innan|mot|tidigt? på|sent på) $"
)
_TERM = Pattern(
    r"(?P<word>(?:vår|höst)(?:termin(?:en|erna)?|-(?= (?:och|samt|eller) (?:vår|höst)termin))|vt|ht)(?![a-zåäö])"
    rf"(?:{_YEARS_OF_TERM}| ?[-'’´]? ?(?P<yy>[0-9]{{2}})(?![0-9]|[.:/-][0-9]))?"
)


def season_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "hösten 2015", "vintern 2016/17", "under våren"; never "vår kommun" or "höstens"."""
    match = _SEASON.match(src.low, start)
    if not match or src.char(start - 1) in "-_/@":
        return
    month, year, word = SEASONS[match["season"]], stated_year(match), match["season"]
    end = match.end()
    if match["next"] and not (month == 12 and follows(year, match["next"])):
        end = match.end("year")
    joined = _JOINED_SEASON.match(src.low, end) if year is None else None
    if joined:
        year = stated_year(joined) or 0
        year -= month == 12 and SEASONS[joined["season"]] < 12  # "vintern och våren 2021" is one
    if year is None:
        if not word.endswith("en") or not src.left(_SEASON_LEFT, start):
            return
        draft = Draft(start, end, season_form(month), None, needs_published=True)
    else:
        draft = Draft(start, end, season_form(month), year)
    take_part(src, draft)
    src.skip = end
    yield draft
    if joined and src.low[joined.start("season") - 1] in "/-":  # else it begins a word of its own
        src.skip = joined.end()
        month, year = SEASONS[joined["season"]], stated_year(joined)
        yield Draft(joined.start("season"), joined.end(), season_form(month), year)


def term_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "vårterminen 2022", "HT17"; "vt" and "ht" only with a year."""
    match = _TERM.match(src.low, start)
    if not match or src.char(start - 1) in "-_/@":
        return
    word = match["word"]
    autumn = word.startswith("h")
    year = _year_of_term(match, autumn)
    if year is None and (joined := _JOINED_TERM.match(src.low, match.end())):
        year = _year_of_term(joined, autumn)
    if year is None and (len(word) == 2 or word.endswith("-")):
        return
    src.skip = match.end()
    yield Draft(start, match.end(), term_form(autumn), year, needs_published=year is None)


def _year_of_term(match: re.Match[str], autumn: bool) -> int | None:
    """The year of a term; of a school year the autumn has the first, the spring the second."""
    year = stated_year(match)
    if year is not None and match["next"] and not autumn:
        return year + follows(year, match["next"])
    return year
