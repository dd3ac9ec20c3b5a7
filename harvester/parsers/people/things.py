"""Nouns for things that bear names: a ship, a room, a work; what stands behind them, alone or in a list, is no person."""

from __future__ import annotations

import functools

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.wordview import WordView, word_at

#: What stands between the things of a list, and before their names.
GOES_ON = frozenset({",", "och", "samt", "heter", "assistent", "assistenten"})

#: Words before a thing that opens no sentence and has a name: `vår robot heter Sixten`.
_OWNED = frozenset({"den", "det", "kommunens", "nya", "vår", "vårt"})

#: Ends of plurals of things.
_PLURALS = (
    "na",
    "rummen",
    "husen",
    "kvarteren",
    "fartygen",
    "systemen",
    "programmen",
    "projekten",
    "spelen",
    "enheter",
)

#: How far before a name the noun that its list opens with may stand.
_THINGS_REACH = 16

#: Works about somebody who is made up: Sagan om …, Visan om …
_WORKS_ABOUT = frozenset(
    {"balladen", "myten", "sagan", "visan", "legenden", "berättelsen", "sägnen"}
)


def bears_names(words: WordView, index: int) -> bool:
    """Whether a word says that a name behind it, however full, is no person's: `filmen Anna Ek`."""
    return words.kinds[index] == "word" and kind_before(words.lowered[index])[0]


def among_things(words: WordView, start: int) -> bool:
    """`salarna Fröding, Ferlin och Selma Lagerlöf`, `Stugorna heter Tor och Frej`, `vår digitala assistent Alma`.

    What a list of names begins with says what they are; must not go on from a thing to people: `boken, Anna Ek och`.
    """
    if words.lowered[start - 1] in {"assistent", "assistenten"}:
        return words.lowered[start - 2].startswith(("digital", "virtuell"))
    for index in range(start - 1, max(-1, start - _THINGS_REACH), -1):
        text = words.texts[index]
        if words.kinds[index] == "word" and (not words.capital[index] or words.first[index]):
            if text in {"och", "samt"}:
                continue
            if text == "heter":
                opens = words.first[index - 1] or words.lowered[index - 2] in _OWNED
                return opens and kind_before(words.lowered[index - 1])[1]
            return several_things(words.lowered[index]) and words.capital[index + 1]
        if words.kinds[index] != "word" and text != ",":
            return False
    return False


def aboard(words: WordView, start: int) -> bool:
    """`M/S Gustav Vasa`: a ship's name."""
    if start > 3 and words.texts[start - 4] == "/":
        return False  # `S/M/S Anna Ek`: parties
    return words.lowered[start - 3] in {"m", "s"} and words.lowered[start - 1] in {"s", "y", "t"}


def made_up(words: WordView, start: int) -> bool:
    return (
        start > 1 and words.forms[start - 1] == "om" and word_at(words, start - 2) in _WORKS_ABOUT
    )


@functools.lru_cache(maxsize=4_096)
def several_things(word: str) -> bool:
    """Whether a lower-case word is a plural of things that bear names: salarna, grupprummen."""
    return word.endswith(_PLURALS) and kind_before(word)[1]


def named_kind(word: str) -> bool:
    """Whether a lower-case word is a noun for what bears a name, a person's among others: `systemet Iris`."""
    return True in kind_before(word)


@functools.lru_cache(maxsize=4_096)
def kind_before(word: str) -> tuple[bool, bool]:
    """Whether a lower-case word bears names, and whether it is a named thing, by `not_before_names.txt`."""
    whole, endings = _not_before()
    return word in whole, word.endswith(endings)


@functools.cache
def _not_before() -> tuple[frozenset[str], tuple[str, ...]]:
    """`not_before_names.txt`: whole words, and endings."""
    entries = lex.lines("not_before_names.txt")
    whole = frozenset(entry for entry in entries if entry[0] != "-")
    return whole, tuple(entry[1:] for entry in entries if entry[0] == "-")
