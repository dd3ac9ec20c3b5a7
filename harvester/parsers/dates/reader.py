"""Reading a text: one scan for digits and one for words of time, then years, times and spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from harvester.parsers.dates import (
    digits,
    iso,
    month_words,
    period_words,
    relative,
    season_words,
    sequence,
    weekday_words,
    year_numbers,
)
from harvester.parsers.dates.clock import attach_times
from harvester.parsers.dates.cues import take_cues, take_year_phrase
from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.forms import edtf
from harvester.parsers.dates.lexicon import (
    HOLIDAYS,
    MONTHS,
    RELATIVE_DAYS,
    SHY_HOLIDAYS,
    prefix_tree,
)
from harvester.parsers.dates.mention import DateMention
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source
from harvester.parsers.dates.years import YearResolver
from harvester.records import Grain

#: Reads what begins at a place. Rules that most texts need many times give lists, not generators.
Rule = Callable[[Source, int, int], Iterable[Draft]]


def _july_or_christmas(src: Source, start: int, end: int) -> Iterator[Draft]:
    """ "juli" and "jul 18, 2014" are the month, "till jul" is the holiday."""
    yield from month_words.month_word(src, start, end)
    if src.skip <= start:
        yield from period_words.holiday_word(src, start, end)


#: Beginnings of words that a rule may know something about, most frequent kinds first. A trigger
#: only says "look here"; the rule's own pattern decides.
_TRIGGERS: dict[str, Rule] = {
    **{month[:3]: month_words.month_word for month in MONTHS},
    **dict.fromkeys(
        ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
        weekday_words.weekday_word,
    ),
    **dict.fromkeys(
        ("veck", "v.", "v ", *(f"v{digit}" for digit in range(10))), period_words.week_word
    ),
    **dict.fromkeys(
        (
            "kvartal",
            "kv.",
            "kv ",
            "halvåret",
            "h1",
            "h2",
            "q1",
            "q2",
            "q3",
            "q4",
            "k1",
            "k2",
            "k3",
            "k4",
        ),
        period_words.quarter_word,
    ),
    **dict.fromkeys(("tertial", "t1", "t2", "t3"), period_words.tertial_word),
    **dict.fromkeys(
        (
            "våren",
            "sommar",
            "hösten",
            "vinter",
            "höst ",
            "vår ",
            "höst/",
            "vår/",
            "höst-v",
            "vår-s",
        ),
        season_words.season_word,
    ),
    **dict.fromkeys(
        ("vårtermin", "hösttermin", "vår- ", "höst- ", "vt", "ht"), season_words.term_word
    ),
    **dict.fromkeys(
        ("nyår ", "nyår.", "nyår,", "nyåret", "årsskift", "halvårssk", "millenniesk", "sekelsk"),
        period_words.turn_word,
    ),
    **dict.fromkeys(
        ("i år", "i fjol", "ifjol", "i förfjol", "i förrfjol", "nästkommande"), relative.year_phrase
    ),
    **dict.fromkeys(
        ("i höst", "i vår", "i som", "i vint", "i helg", "till helg", "nu i h", "nu i v", "nu i s"),
        relative.season_phrase,
    ),
    **dict.fromkeys(
        (
            *("i veckan", "i början", "i mitten", "i slutet"),
            *(f"{when} i veckan" for when in ("tidigare", "senare", "tidigt", "sent", "nu")),
        ),
        relative.week_phrase,
    ),
    **dict.fromkeys(
        ("förra ", "föreg", "nästa ", "denna ", "detta ", "den här", "det här"), relative.unit_word
    ),
    **dict.fromkeys(("sedan", "sen"), relative.ago),
    **dict.fromkeys(sequence.DAY_WORDS, sequence.day_word),
    **dict.fromkeys(sequence.LATER_WORDS, sequence.later_word),
    "om ": relative.ahead,
    **dict.fromkeys(RELATIVE_DAYS, relative.day_word),
    **{name[:10]: period_words.holiday_word for name in (*HOLIDAYS, *SHY_HOLIDAYS)},
    **{f"{ten}tal": period_words.spelled_decade for ten in period_words.TENS},
    **{f"{ten}- ": period_words.spelled_decade for ten in period_words.TENS},
    **{f"{word}hundra": period_words.spelled_decade for word in period_words.CENTURIES},
    "scd": year_numbers.short_edition,
    "jul": _july_or_christmas,
}
# A number, or what may begin an expression. A word begins after anything but a letter, a digit or "_";
# the text is read behind a line break, so that a word may begin it. (One leading set for both is found
# several times faster than an alternation or a leading \b.)
_SPOTS = Pattern(f"[^a-zåäöé_](?:(?<=[0-9])[0-9]*|(?=({prefix_tree(_TRIGGERS)})))")


def read_mentions(text: str, published: date | None, edition: int | None) -> list[DateMention]:
    """The mentions of a text, see `harvester.parsers.dates.find_dates`."""
    src = Source(text)
    drafts = _candidates(src)
    if not drafts:
        return []
    for draft in drafts:
        if draft.year is None and draft.relative is None:
            take_year_phrase(src, draft)
    drafts = _without_overlaps(drafts)
    for draft in drafts:
        take_cues(src, draft)
    attach_times(src, drafts)
    years = YearResolver(src, drafts, published, edition)
    for draft in drafts:
        years.resolve(draft)
    return [
        _mention(src, draft)
        for draft in drafts
        if draft.first is not None or not _says_nothing(draft)
    ]


def _candidates(src: Source) -> list[Draft]:
    """Drafts in the order in which their rules were called; their spans may overlap."""
    drafts: list[Draft] = []
    text = "\n" + src.low
    search, spot = _SPOTS.search, _SPOTS.search(text)
    while spot is not None:
        word, (start, end) = spot[1], spot.span()
        if word is not None:
            if start >= src.skip:
                drafts += _TRIGGERS[word](src, start, start + len(word))
        elif start - 1 >= src.skip:
            length = end - start
            if length <= 2:
                drafts += digits.short_number(src, start - 1, end - 1)
            elif length in _LONG:
                drafts += iso.long_number(src, start - 1, end - 1)
        # A spot holds the letter before its word; a last digit read begins no number.
        skip = src.skip
        spot = search(text, end if skip < end else skip + text[skip].isdecimal())
    return drafts


_LONG = frozenset({4, 6, 8})


def _without_overlaps(drafts: list[Draft]) -> list[Draft]:
    """The drafts in order; of two that overlap the longer, and a stated date before a relative one."""
    end = 0
    for draft in drafts:
        if draft.start < end or draft.relative is not None:
            break
        end = draft.end
    else:
        return drafts  # most often
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end)):
        before = kept[-1] if kept else None
        if before is not None and draft.start < before.end:
            if _weight(draft) > _weight(before):
                kept[-1] = draft
        elif before is None or draft.relative is None or not _repeats_season(before, draft):
            kept.append(draft)
    return kept


def _weight(draft: Draft) -> tuple[bool, int]:
    return draft.relative is None, draft.end - draft.start


def _repeats_season(before: Draft, draft: Draft) -> bool:
    """True for the "i höst" of "2–4 oktober i höst": it adds nothing to the date."""
    return (
        draft.form.grain is Grain.SEASON
        and before.relative is None
        and draft.start - before.end <= 2
    )


def _says_nothing(draft: Draft) -> bool:
    """True, of a draft without days, for what counts from a publication date that is not known."""
    return draft.relative is not None or (draft.needs_published and draft.by == "none")


def _mention(src: Source, draft: Draft) -> DateMention:
    folded, first, last = src.folded, draft.first, draft.last
    start, end = folded.span(draft.start, draft.end)
    grain = draft.form.grain
    if first is None or last is None:
        text = draft.form.mask
        if draft.year is not None:
            text = text.replace("XXXX", f"{draft.year:04}")
    else:
        text = edtf(grain, first, last, draft.flags)
    return DateMention(
        folded.text[start:end],
        start,
        end,
        first,
        last,
        grain,
        draft.kind,
        text,
        draft.time,
        draft.by,
        tuple(draft.flags),
    )
