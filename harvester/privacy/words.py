"""Words of a text as names, slugs and file names share them: runs of letters, folded."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

# A run of letters with the combining marks and invisible characters inside it. Digits, hyphens,
# underscores and full stops part words, as they do in addresses and file names.
_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*)+")
# Letters that decomposition leaves as they are, as WordPress writes them in slugs.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "ł": "l"})
_TWO_LETTERS = str.maketrans({"å": "aa", "ä": "ae", "ö": "oe", "ø": "oe", "ü": "ue"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and its place."""

    start: int
    end: int
    folded: str
    capital: bool  # begins with a capital letter


def words_of(text: str) -> list[Word]:
    """The words of a text in order. Never raises; time is linear."""
    return [
        Word(m.start(), m.end(), folded(m.group()), m.group()[0].isupper())
        for m in _WORD.finditer(text)
    ]


@functools.lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """A word without case and accents, as a slug has it: `Åsa` → `asa`."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if c.isalpha()).translate(_LETTERS)


def in_two_letters(text: str) -> str:
    """A text with å, ä, ö as file names of older systems have them: `Åsa` → `aasa`."""
    return unicodedata.normalize("NFC", text).casefold().translate(_TWO_LETTERS)
