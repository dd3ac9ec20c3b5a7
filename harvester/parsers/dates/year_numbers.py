"""Years, spans of years, decades and centuries that begin with a digit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.forms import (
    long_form,
    month_form,
    quarter_form,
    week_form,
    year_form,
)
from harvester.parsers.dates.lexicon import (
    COUNTED,
    EDITION_ENDINGS,
    EDITION_NAMES,
    NOT_A_YEAR_AFTER,
    NOT_A_YEAR_ENDINGS,
    NOT_EDITION_NAMES,
    TITLE_WORDS,
    YEAR,
)
from harvester.parsers.dates.parts import PART_ENDS, PART_LEFT, take_part
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source
from harvester.parsers.dates.split_years import after_school_year, school_year, split_year
from harvester.records import Grain, MentionKind

_YEAR = Pattern(YEAR)
# 2012–2016, 2012 till 2016; "mellan 2010 och 2018" takes "och". Must not match 5123-1984 (a giro).
_SPAN = Pattern(
    r" {0,2}(?:(?P<to>-|till och med|till|t\.?o\.?m\.?)|(?P<and>och)) {0,2}"
    rf"(?P<last>{YEAR}|(?<=-)[0-9]{{2}}(?![0-9]))(?!-[0-9]|-tal)"
)
_BETWEEN = Pattern(r"(?<![a-zåäö])(?:mellan|både)(?: åren)? $")
# 2024-10 is a month, 2012-13 two years; not a tail of longer digit groups.
_YEAR_MONTH = Pattern(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])(?![0-9]|[-./:][0-9])")
_MONTH_LINK = Pattern(r" {0,2}-{1,2} {0,2}")
_LATE_MONTH = Pattern(r" - (?P<month>0[1-9]|1[0-2])(?![0-9]|[-./:][0-9])")
_YEAR_WEEK = Pattern(r"(?P<year>[0-9]{4})-?w(?P<week>[0-9]{2})(?![0-9])")
_YEAR_WEEK_WORDS = Pattern(r"(?P<year>[0-9]{4}),? (?:vecka|v\.?) ?(?P<week>[0-9]{1,2})(?![0-9])")
# 2023 Q2, 2023, kvartal 2.
_YEAR_QUARTER = Pattern(
    r"(?P<year>[0-9]{4})(?:,? (?:q|kv\.? ?|kvartal )|-q)(?P<quarter>[1-4])(?![0-9a-zåäö])"
)

# 1980-talet, 1980- och 1990-talen, 1980–1990-talet. Must not match "60-talsmusik", "ett 50-tal".
_DECADES = Pattern(
    r"(?P<first>[0-9]{4}|[0-9]{2})(?:(?:-talet)? {0,2}(?:-|- ?(?:och|till|eller)|och|till) {0,2}"
    r"(?P<last>[0-9]{4}|[0-9]{2}))?-tal(?P<ending>ets?|ens?|)(?![a-zåäö])(?P<part> (?:början|mitt|slut)(?![a-zåäö]))?"
)
# "212 000 2013" is a number and a year, "1 2013" is neither.
_DIGIT_LEFT = Pattern(r"(?<![0-9])[0-9]{1,2} $")
_DIGIT_ENDS = tuple(f"{digit} " for digit in range(10))


def decades(src: Source, start: int) -> Draft | None:
    """ "1980-talet", "50- och 60-talen", "1800-talet" (a century); None for anything else."""
    match = _DECADES.match(src.low, start)
    if not match:
        return None
    if (
        not match["ending"]
        and len(match["first"]) == 2
        and not src.left(PART_LEFT, start, ends=PART_ENDS)
    ):
        return None  # "ett 50-tal personer"; "tidigt 60-tal" is a time
    last = _decade(match["last"] or match["first"])
    first = _decade(match["first"])
    if first is None or last is None:
        return None
    if match["last"] and len(match["first"]) == 2 and last[0] - first[0] >= 100:
        first = (first[0] + 100, first[1])
    if not first[0] <= last[0] <= first[0] + 900:
        return None
    grain = Grain.CENTURY if first[1] == last[1] == 100 else Grain.DECADE
    years = last[0] + last[1] - first[0]
    draft = Draft(start, match.end(), long_form(grain, years), first[0])
    take_part(src, draft)
    if match["part"]:
        draft.flags.append("approx")
    return draft


def _decade(digits: str) -> tuple[int, int] | None:
    """First year and number of years of a "-tal"."""
    number = int(digits)
    if number % 10:
        return None
    if len(digits) == 2:
        return (number + (2000 if number < 20 else 1900), 10)
    if not 1000 <= number < 2100:
        return None
    return (number, 100 if number % 100 == 0 else 10)


def year_number(src: Source, start: int, end: int) -> Sequence[Draft]:
    """Mentions that begin with four digits and are no day: years, spans, decades, months, weeks."""
    found = _year_number(src, start, end)
    if found is None:
        return ()
    src.skip = found.end
    return [found]


def _year_number(src: Source, start: int, end: int) -> Draft | None:
    after = src.char(end)
    found = None
    if after == "-":
        found = decades(src, start) or _month(src, start) or _week(src, start)
    elif after == " " and "tal" in src.low[end : end + 24]:
        found = decades(src, start)
    elif after == "w":
        return _week(src, start)
    if found:
        return found
    name = src.name_before(start)
    if _names_number(src, start, name):
        _take_title_year(src, start, end, name[0])
        # "Filmklipp 2016" is a title's name, "Verksamhetsplan 2022–2024" states its years.
        return _span(src, start, end, name) if name[0] in TITLE_WORDS and after != "/" else None
    found = split_year(src, start) if after == "/" else _span(src, start, end, name)
    return found or _year(src, start, end, name)


def _month(src: Source, start: int) -> Draft | None:
    match = _YEAR_MONTH.match(src.low, start)
    if not match or not 1500 <= int(match["year"]) < 2100:
        return None
    first = int(match["month"])
    year = int(match["year"])
    link = _MONTH_LINK.match(src.low, match.end())
    last = _YEAR_MONTH.match(src.low, link.end()) if link else None
    if last and (int(last["year"]), int(last["month"])) >= (year, first):
        form = month_form(first, int(last["month"]), int(last["year"]) - year)
        return Draft(start, last.end(), form, year, span=True)
    late = _LATE_MONTH.match(src.low, match.end())
    if late and int(late["month"]) > first:
        return Draft(start, late.end(), month_form(first, int(late["month"])), year, span=True)
    return Draft(start, match.end(), month_form(first), year)


def _week(src: Source, start: int) -> Draft | None:
    match = _YEAR_WEEK.match(src.low, start)
    if not match or not 1500 <= int(match["year"]) < 2100:
        return None
    return Draft(start, match.end(), week_form(int(match["week"])), int(match["year"]))


def _span(src: Source, start: int, end: int, name: tuple[str, int]) -> Draft | None:
    match = _SPAN.match(src.low, end)
    if not match or not _YEAR.match(src.low, start) or COUNTED.match(src.low, match.end()):
        return None
    if match["and"] and not src.left(_BETWEEN, start):
        return None
    first = int(src.low[start:end])
    last = int(match["last"])
    if len(match["last"]) == 2:
        last += first // 100 * 100
    if not first < last <= first + 300:
        return None
    if last == first + 1 and after_school_year(src, start):
        return school_year(start, match.end(), first)
    draft = Draft(start, match.end(), year_form(last - first), first, span=True)
    if _edition_name(src, *name) is not None:
        draft.kind = MentionKind.EDITION
    return draft


def _year(src: Source, start: int, end: int, name: tuple[str, int]) -> Draft | None:
    """A bare year, the year of a named event, "2018 års"."""
    low = src.low
    match = _YEAR.match(low, start)
    if (
        not match
        or not _ends_like_a_year(src, end)
        or src.left(_DIGIT_LEFT, start, ends=_DIGIT_ENDS)
    ):
        return None
    if COUNTED.match(low, end):
        return None
    week = _YEAR_WEEK_WORDS.match(low, start)
    if week:
        return Draft(start, week.end(), week_form(int(week["week"])), int(week["year"]))
    quarter = _YEAR_QUARTER.match(low, start)
    if quarter:
        form = quarter_form(int(quarter["quarter"]))
        return Draft(start, quarter.end(), form, int(quarter["year"]))
    year = int(low[start:end])
    edition = _edition_name(src, *name)
    if edition is not None:
        return Draft(edition, end, year_form(), year, MentionKind.EDITION, flags=["event_year"])
    if (year < 1800 or year == 2000) and not _is_surely_a_year(src, start, end):
        return None
    draft = Draft(start, end, year_form(), year)
    take_part(src, draft)
    return draft


# Before an old or a round number: without one of these "1700" and "2000" are amounts.
_YEAR_CUE = Pattern(
    r"(?<![a-zåäö])(?:år|året|åren|sedan|under|från|till|av|i|in|redan|anno|omkring|kring|runt|på|våren"
    r"|hösten|sommaren|vintern|före|efter|innan|mellan|och|valet|som|först|född|död|nyår|sekelskiftet"
    r"|från och med|till och med|december|[a-zåäö]{2,20}dagen) $|\($"
)
# "sattes upp 1628,", "grundades 1705 av": what was done then. "såldes 1700 lotter" is an amount.
_DONE_THEN = Pattern(
    r"(?<![a-zåäö])(?!såldes|skadades|dödades|delades|räknades|anmäldes|lades)[a-zåäö]{2,20}[dt]es(?: [a-zåäö]{2,12})? $"
)
_CLAUSE_GOES_ON = Pattern(
    r"[,.;)]|$| (?:och|av|i|på|som|men|efter|under|till|från|för|med)(?![a-zåäö])"
)


def _is_surely_a_year(src: Source, start: int, end: int) -> bool:
    """True where the words around leave no doubt about an old or a round number."""
    if src.low[end : end + 4] == " års" or src.own_line(start, end):
        return True
    before = src.low[max(0, start - 40) : start]
    if _YEAR_CUE.search(before[-24:]):
        return True
    return bool(_DONE_THEN.search(before) and _CLAUSE_GOES_ON.match(src.low, end))


def _ends_like_a_year(src: Source, end: int) -> bool:
    after = src.char(end)
    if after.isalpha() or after in "_/\\@%§°=+*":
        return False
    if after == "-":
        following = src.char(end + 1)
        return not (following.isalnum())
    return not (after in ".,:'" and src.char(end + 1).isdecimal())


def named_number(src: Source, start: int) -> bool:
    """True where the word before says that a number is a name's, a page's or an address'."""
    return _names_number(src, start, src.name_before(start))


def _names_number(src: Source, start: int, name: tuple[str, int]) -> bool:
    word, at = name
    if not word:
        return src.char(start - 1) in "§:" or src.low[max(0, start - 2) : start] == "§ "
    if word in NOT_A_YEAR_AFTER:
        return word != "rum" or src.low[max(0, at - 5) : at - 1] not in {"äger", "ägde", " ägt"}
    if word.endswith(NOT_A_YEAR_ENDINGS):
        return True
    return word in TITLE_WORDS and src.starts_sentence(at)


def _take_title_year(src: Source, start: int, end: int, word: str) -> None:
    """Remember the year of "Filmklipp 2016": no mention, but evidence for what stands below."""
    if word in TITLE_WORDS and _YEAR.match(src.low, start):
        src.title_years.append((start, int(src.low[start:end])))


# The conference's short name, written with its year in one: "SCD2023".
_SHORT_EDITION = Pattern(rf"scd[ -]?(?P<year>{YEAR})(?![a-zåäö_-])")


def short_edition(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "SCD2023", the conference's short name with its year."""
    match = _SHORT_EDITION.match(src.low, start)
    if match:
        src.skip = match.end()
        year = int(match["year"])
        yield Draft(
            start, match.end(), year_form(), year, MentionKind.EDITION, flags=["event_year"]
        )


def _edition_name(src: Source, word: str, at: int) -> int | None:
    """Where the word right before a year begins if it is the name of an event, or None."""
    if word in EDITION_NAMES:
        return at
    if not word.endswith(EDITION_ENDINGS) or word in NOT_EDITION_NAMES:
        return None
    return at if len(word) > 8 and src.is_upper(at) else None
