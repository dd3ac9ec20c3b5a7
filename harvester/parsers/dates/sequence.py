"""Expressions that count from the date stated before them: "dagen efter", "två veckor senare".

Years are left: "året därpå" and "70 år senare" tell of a story's pace more often than of a date.
"""

from __future__ import annotations

from collections.abc import Iterator

from harvester.parsers.dates.counting import (
    in_units,
    relative_draft,
    whole_month,
    whole_week,
)
from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.lexicon import GOES_ON, NUMBER, number_of
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.relative import VAGUE_LEFT
from harvester.parsers.dates.source import Source
from harvester.records import Grain

#: Beginnings that `day_word` knows.
DAY_WORDS: tuple[str, ...] = (
    *(
        f"{unit} {where}"
        for unit in ("dagen", "veckan", "månaden")
        for where in ("efter", "därp", "innan", "före", "dessf")
    ),
    *("nästa dag", "följande dag", "följande veck", "följande månad", "påföljande"),
)
#: Beginnings of the words that `later_word` knows, with a number of days, weeks … left of them.
LATER_WORDS: tuple[str, ...] = ("senare", "därefter", "efteråt", "dessförinnan", "tidigare")

# "dagen efter" ends its clause or a verb follows; before a noun ("dagen efter valet") the noun is what
# it counts from, and that is no date here.
_NEXT = Pattern(
    r"(?:(?P<unit>dag|veck|månad)(?:en|an) "
    r"(?:(?P<sure>därpå|därefter)|(?P<sure_before>dessförinnan)|(?P<after>efter)|(?P<before>innan|före))"
    r"|(?:på)?(?:följande|nästa) (?P<next>dag|veck(?=a)|månad)a?)(?![a-zåäö-])"
)
_GOES_ON = Pattern(
    rf" ?(?:[.,;:!?)\n]|$)| (?:{GOES_ON}|(?!möte|[a-zåäö]{{0,20}}[ae]nde)[a-zåäö]{{2,20}}(?:ade|[dt]e)s?)(?![a-zåäö])"
)
_LATER = Pattern(
    r"(?:(?P<after>senare|därefter|efteråt)|dessförinnan|tidigare)(?! (?:delen|hälften|halvan))(?![a-zåäö-])"
)
_LATER_LEFT = Pattern(
    rf"(?<![a-zåäö0-9-])(?:bara |redan |exakt |precis )?(?P<number>{NUMBER}) "
    r"(?P<unit>dag|dagar|dygn|vecka|veckor|månad|månader) $"
)
_UNITS = frozenset({"dag", "dagar", "dygn", "vecka", "veckor", "månad", "månader"})
_WHOLE = {
    "veck": (Grain.WEEK, whole_week),
    "månad": (Grain.MONTH, whole_month),
}


def day_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "dagen efter", "veckan därpå", "följande dag"."""
    match = _NEXT.match(src.low, start)
    if not match:
        return
    sure = match["sure"] or match["sure_before"]
    if not sure and not _GOES_ON.match(src.low, match.end()):
        return
    sign = -1 if match["before"] or match["sure_before"] else 1
    unit = match["unit"] or match["next"]
    grain, days = _WHOLE.get(unit, (Grain.DAY, lambda step: in_units("dag", step)))
    src.skip = match.end()
    yield _counted_on(relative_draft(start, match.end(), grain, days(sign)), sign)


def later_word(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "två veckor senare", "tre dagar tidigare"; not "drygt två veckor senare"."""
    left = src.left(_LATER_LEFT, start, _UNITS)
    match = _LATER.match(src.low, start) if left else None
    number = number_of(left["number"]) if left else None
    if not left or not match or number is None:
        return
    at, unit = src.base(start) + left.start(), left["unit"]
    if src.left(VAGUE_LEFT, at):
        return
    sign = 1 if match["after"] else -1
    src.skip = match.end()
    yield _counted_on(
        relative_draft(at, match.end(), Grain.DAY, in_units(unit, sign * number)), sign
    )


def _counted_on(draft: Draft, sign: int) -> Draft:
    draft.counts_on = sign
    return draft
