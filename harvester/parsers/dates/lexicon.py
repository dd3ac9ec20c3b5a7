"""The words of lexicon.toml as lookups and as pieces of patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from harvester.parsers.dates.pattern import Pattern

_DATA = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))


def _numbers_of(table: str) -> dict[str, int]:
    return {word: int(number) for number, words in _DATA[table].items() for word in words}


def _names_of(table: str) -> dict[str, str]:
    return {word: name for name, words in _DATA[table].items() for word in words}


def _either(words: Iterable[str]) -> str:
    """An alternation of words, the longest first, so that "sept" is not read as "sep"."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace("\\ ", " ") for word in ordered) + ")"


def prefix_tree(words: Iterable[str]) -> str:
    """A pattern that matches the longest of many words, and fails on most text at the first letter."""
    tree: dict[str, dict[str, Any]] = {}
    for word in words:
        node: dict[str, Any] = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    branches = [
        re.escape(letter) + _branches(below) for letter, below in sorted(node.items()) if letter
    ]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return joined + "?" if "" in node else joined


MONTHS = _numbers_of("months")
_MONTH_SLIPS = _numbers_of("month_slips")
WEEKDAYS = _numbers_of("weekdays")
ORDINALS = _numbers_of("ordinals")
NUMBERS = _numbers_of("numbers")
SEASONS = _numbers_of("seasons")
PAST_SEASONS = _numbers_of("past_seasons")
HOLIDAYS = _names_of("holidays")
SHY_HOLIDAYS = _names_of("shy_holidays")
RELATIVE_DAYS = _numbers_of("relative_days")
NOT_PAST = frozenset(_DATA["cues"]["not_past"])
NOT_A_YEAR_AFTER = frozenset(_DATA["not_a_year"]["before"])
TITLE_WORDS = frozenset(_DATA["not_a_year"]["titles"])
NOT_A_YEAR_ENDINGS: tuple[str, ...] = tuple(_DATA["not_a_year"]["endings"])
EDITION_NAMES = frozenset(_DATA["editions"]["names"])
EDITION_ENDINGS: tuple[str, ...] = tuple(_DATA["editions"]["endings"])
NOT_EDITION_NAMES = frozenset(_DATA["editions"]["ordinary"])

#: A month's name or its short form, with the dot of the short form; not the start of a longer word.
_MONTH_NAMES = [words[0] for words in _DATA["months"].values()]
_SHORT_MONTHS = [word for words in _DATA["months"].values() for word in words[1:]]
MONTH = (
    f"(?:{prefix_tree([*_MONTH_NAMES, *_MONTH_SLIPS])}(?![a-zåäöé])"
    f"|{prefix_tree(_SHORT_MONTHS)}(?![a-zåäöé])\\.?)"
)
#: Month names that are no short form ("maj" is both).
FULL_MONTHS = frozenset([*_MONTH_NAMES, *_MONTH_SLIPS])

_LONG_DAYS = [word for word in WEEKDAYS if word.endswith("dag")]
# Two letters ("to", "fr") are too often other words, and "sön" alone is never a trigger.
_SHORT_DAYS = [word for word in WEEKDAYS if len(word) > 2 and not word.endswith("dag")]
LONG_WEEKDAY = _either(_LONG_DAYS)
#: "fredag", "fredagen", "fredagens", "fre", "fre."
WEEKDAY = f"(?:{LONG_WEEKDAY}(?:ens?)?|{_either(_SHORT_DAYS)}\\.?)"
#: Every form of a weekday, as `Source.word_before` gives it.
WEEKDAY_WORDS = frozenset(
    [*_SHORT_DAYS, *(day + ending for day in _LONG_DAYS for ending in ("", "s", "en", "ens"))]
)
_DAY_PARTS: list[str] = _DATA["day_parts"]["names"]
#: What may follow a weekday before its date: " morgon", "skvällen". It may be empty.
DAY_PART = f"(?:[ s]{_either(_DAY_PARTS)}(?:en)?)?"
#: The last word of a weekday with or without its part of the day.
WEEKDAY_ENDS = WEEKDAY_WORDS | {
    f"{before}{part}{ending}"
    for before in ("", *(f"{day}s" for day in _LONG_DAYS))
    for part in _DAY_PARTS
    for ending in ("", "en")
}
ORDINAL = _either(ORDINALS)
NUMBER = f"(?:[0-9]{{1,3}}|{_either(NUMBERS)})"
HOLIDAY = _either(HOLIDAYS)
SHY_HOLIDAY = _either(SHY_HOLIDAYS)
RELATIVE_DAY = _either(RELATIVE_DAYS)
_UNIT = _either(_DATA["not_a_year"]["units"])
#: A year of four digits that is not the beginning of another figure.
YEAR = r"(?:1[5-9]|20)[0-9]{2}(?![0-9]|[:/][0-9]|,[0-9]| ?%| 000)"
#: The same after a day and its month, which leave no doubt: also of the next century.
YEAR_OF_DAY = YEAR.replace("|20)", "|2[01])")
#: What follows a number of things: "1950 personer".
COUNTED = Pattern(rf" {{1,2}}{_UNIT}(?![a-zåäöé])")


@cache
def month_number(word: str) -> int:
    """The month a matched name or short form stands for."""
    word = word.rstrip(".")
    return MONTHS[word] if word in MONTHS else _MONTH_SLIPS[word]


@cache
def weekday_number(word: str) -> int:
    """The weekday of "torsdag", "torsdagen", "i torsdags" or "tors." (Monday is 0)."""
    word = word.rstrip(".")
    return WEEKDAYS[word] if word in WEEKDAYS else WEEKDAYS[word[: word.index("dag") + 3]]


def number_of(word: str) -> int | None:
    """The number that digits or a Swedish number word state."""
    return int(word) if word.isdecimal() and word.isascii() else NUMBERS.get(word)


def short_year(two_digits: str) -> int:
    """The year of "-22": 2000–2049 or 1950–1999."""
    number = int(two_digits)
    return number + (2000 if number < 50 else 1900)


GOES_ON = prefix_tree(_DATA["clauses"]["goes_on"])


def _cue_words() -> tuple[dict[str, str], dict[str, list[tuple[str, str]]]]:
    """The tense of each cue word, and the phrases that a word begins, the longest first.

    A word that is a cue only within a phrase has the tense "neither".
    """
    words: dict[str, str] = {}
    phrases: dict[str, list[tuple[str, str]]] = {}
    for tense in ("present", "past", "future"):
        for cue in _DATA["cues"][tense]:
            first, _, rest = cue.partition(" ")
            if rest:
                phrases.setdefault(first, []).append((cue, tense))
                words.setdefault(first, "neither")
            else:
                words[cue] = tense
    for found in phrases.values():
        found.sort(key=lambda phrase: -len(phrase[0]))
    return words, phrases


#: Words that tell a sentence's tense: "past", "future", "present", or "neither" on its own.
CUE_WORDS, CUE_PHRASES = _cue_words()
PAST_ENDINGS: tuple[str, ...] = tuple(_DATA["cues"]["past_endings"])
