"""The word lists behind the rules and the model, read once and asked by word."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

#: Letters of a word's code: what the lists know about it. The model's features are made of these.
GIVEN, GIVEN_WORD, SURNAME, SURNAME_WORD = "g", "G", "s", "S"
COMPOUND_SURNAME, SURNAME_ENDING = "e", "d"
PLACE, ORGANISATION, COMMON, GENITIVE = "p", "o", "c", "x"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists as sets; `*_words` hold the names that are also ordinary words."""

    given: frozenset[str]
    given_words: frozenset[str]
    surnames: frozenset[str]
    surname_words: frozenset[str]
    stems: frozenset[str]
    endings: frozenset[str]
    particles: frozenset[str]
    places: frozenset[str]
    countries: frozenset[str]
    areas: frozenset[str]
    town_endings: tuple[str, ...]
    common: frozenset[str]
    things: frozenset[str]
    verbs: frozenset[str]
    organisation_words: frozenset[str]
    organisation_endings: tuple[str, ...]
    not_people: tuple[str, ...]


@functools.cache
def lexicon() -> Lexicon:
    """The lists of `lists/`, read on first use."""
    given, given_words = _marked("given_names.txt")
    surnames, surname_words = _marked("surnames.txt")
    organisation = lines("organisation_words.txt")
    return Lexicon(
        given=given,
        given_words=given_words,
        surnames=surnames,
        surname_words=surname_words,
        stems=frozenset(lines("surname_stems.txt")),
        endings=frozenset(lines("surname_endings.txt")),
        particles=frozenset(lines("particles.txt")),
        places=frozenset(lines("places.txt")),
        countries=frozenset(lines("countries.txt")),
        areas=frozenset(lines("areas.txt")),
        town_endings=tuple(lines("town_endings.txt")),
        common=frozenset(lines("common_words.txt")),
        verbs=frozenset(lines("verbs.txt")),
        things=frozenset(_inflected(lines("thing_nouns.txt"))),
        organisation_words=frozenset(w for w in organisation if not w.startswith("-")),
        organisation_endings=tuple(w[1:] for w in organisation if w.startswith("-")),
        not_people=tuple(lines("not_people.txt")),
    )


@functools.lru_cache(maxsize=50_000)
def code(word: str) -> str:
    """What the lists know about a capitalised word, as letters in a fixed order; "" for a stranger.

    A word in the genitive has its stem's letters and `x`. A hyphenated word has the letters of its first
    part as a given name, of its last part as a surname.
    """
    direct = _direct_code(word) or _unaccented_code(word)
    if direct not in {"", COMMON} or not word.endswith(("s", "S")) or len(word) < 3:
        return direct
    stem = _direct_code(word[:-1]) or _unaccented_code(word[:-1])
    return stem + GENITIVE if stem else direct


@functools.lru_cache(maxsize=4_096)
def in_list(code: str, letters: str) -> bool:
    """Whether a word's code has one of the letters."""
    return any(letter in code for letter in letters)


@functools.lru_cache(maxsize=50_000)
def is_organisation_word(word: str) -> bool:
    """Whether a word makes the phrase around it an organisation, a place, a prize or a work."""
    lower = word.lower()
    words = lexicon()
    if lower in words.organisation_words:
        return True
    stem = lower[:-1] if lower.endswith("s") else lower
    if stem in words.organisation_words:
        return True
    return lower.endswith(words.organisation_endings) or stem.endswith(words.organisation_endings)


@functools.lru_cache(maxsize=20_000)
def is_town(word: str) -> bool:
    """Whether a word is a listed place or is built as a Swedish town's name."""
    places, endings = lexicon().places, lexicon().town_endings
    form = word.removesuffix("s") if word not in places else word
    return any(w in places or (len(w) > 4 and w.lower().endswith(endings)) for w in (word, form))


def is_country(word: str) -> bool:
    """Whether a word is a country or a part of the world, also in the genitive."""
    countries = lexicon().countries
    return word in countries or word.removesuffix("s") in countries


#: Danish and Norwegian letters as Swedish spells them.
_NEIGHBOURS = str.maketrans("øæØÆ", "öäÖÄ")


def _unaccented_code(word: str) -> str:
    """The code of a foreign spelling as Swedish has it: María as Maria, Rønning as Rönning. Å, ä, ö stay."""
    if word.isascii():
        return ""
    plain = "".join(
        c if c in "åäöÅÄÖ" else unicodedata.normalize("NFD", c)[0]
        for c in word.translate(_NEIGHBOURS)
    )
    return _direct_code(plain) if plain != word else ""


@functools.lru_cache(maxsize=50_000)
def _direct_code(word: str) -> str:
    words = lexicon()
    first, _, last = word.partition("-")
    last = last.rpartition("-")[2] or last
    letters = ""
    if last in words.given and first in words.given:
        letters = GIVEN
    for part in () if letters else (word, first, last):
        if part and part in words.given:
            letters += GIVEN_WORD if part in words.given_words else GIVEN
            break
    for part in (word, last):
        if part and part in words.surnames:
            letters += SURNAME_WORD if part in words.surname_words else SURNAME
            break
    else:
        letters += _built_surname(last or word)
    if word in words.places:
        letters += PLACE
    if not letters.startswith((GIVEN, GIVEN_WORD)) and is_organisation_word(word):
        letters += ORGANISATION
    if word.lower() in words.common or (letters == "" and is_thing(word.lower())):
        letters += COMMON
    return letters


#: The shortest compound that is taken for a thing by its last part, and the shortest first part.
_SHORTEST_COMPOUND, _SHORTEST_FIRST_PART = 8, 3


def is_thing(lower: str) -> bool:
    """Whether a word is a noun of `thing_nouns.txt` in any form, or a compound that ends in one."""
    things = lexicon().things
    if lower in things:
        return True
    if len(lower) < _SHORTEST_COMPOUND:
        return False
    return any(lower[cut:] in things for cut in range(_SHORTEST_FIRST_PART, len(lower) - 3))


#: Endings a noun takes in the definite and the plural, with what is dropped from its own end for them.
_NOUN_ENDINGS = (
    ("", "s", "en", "et", "n", "t", "ens", "ets", "ns", "ar", "er", "or", "arna", "erna", "na"),
    ("or", "orna", "ar", "arna"),
)


def _inflected(nouns: list[str]) -> Iterator[str]:
    """The nouns with every ending a noun may take; some that come out are no words, and do no harm."""
    for noun in nouns:
        for ending in _NOUN_ENDINGS[0]:
            yield noun + ending
        if noun[-1] in "ae":
            for ending in _NOUN_ENDINGS[1]:
                yield noun[:-1] + ending
        if noun.endswith("um"):
            for ending in ("et", "er", "erna"):
                yield noun[:-2] + ending


def _built_surname(word: str) -> str:
    """`e` for known stem + ending, `d` for an ending alone (long enough to mean something)."""
    words = lexicon()
    lower = word.lower()
    for cut in range(1, len(lower) - 1):
        ending = lower[cut:]
        if ending not in words.endings:
            continue
        stem = lower[:cut]
        if stem in words.stems or (ending in {"son", "sson", "dotter"} and _is_patron(stem)):
            return COMPOUND_SURNAME
        if len(stem) >= 2 and len(ending) >= (3 if ending.endswith("us") else 4):
            return SURNAME_ENDING
    return ""


def _is_patron(stem: str) -> bool:
    """Whether a stem is a given name, with or without the genitive: `erik` in Eriksson, `nils` in Nilsdotter."""
    given = lexicon().given
    name = stem.capitalize()
    return name in given or name.removesuffix("s") in given


def lines(name: str) -> list[str]:
    """The entries of a word list, without its comments."""
    source = resources.files(__package__).joinpath("lists", name)
    text = unicodedata.normalize("NFC", source.read_text(encoding="utf-8"))
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _marked(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """A list whose entries may carry the mark `*`: all entries, and the marked ones."""
    entries = lines(name)
    return (
        frozenset(line.removesuffix(" *") for line in entries),
        frozenset(line.removesuffix(" *") for line in entries if line.endswith(" *")),
    )
