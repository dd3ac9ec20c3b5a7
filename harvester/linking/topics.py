"""What a clip is about: its heading, unless that says no more than who is in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from harvester.linking.words import linking_words

_WORD = re.compile(r"\w+")
# "Name, Town" and "Name, role": a short remark after the name, that opens no subject by a colon.
_REMARK_WORDS = 3


def words_of(*texts: str | None) -> frozenset[str]:
    """The words of names, roles and organisations, case folded and without a genitive's s."""
    return frozenset(
        _plain(word) for text in texts if text for word in _WORD.findall(text.casefold())
    )


def topic_in(text: str | None, known: frozenset[str]) -> str | None:
    """The text where it says more than the known words, else None.

    No topic: a name, with or without role and organisation; a name, a comma and up to three words
    (a town, a role).
    """
    if text is None or not text.strip():
        return None
    if not _unknown(_WORD.findall(text.casefold()), known):
        return None
    name, comma, remark = text.partition(",")
    if comma and known and not _unknown(_WORD.findall(name.casefold()), known):
        words = _WORD.findall(remark)
        if len(words) <= _REMARK_WORDS and ":" not in remark:
            return None
    return text


def _unknown(words: Iterable[str], known: frozenset[str]) -> bool:
    said_of_nothing = linking_words().no_topic
    return any(_plain(w) not in known and w not in said_of_nothing for w in words)


def _plain(word: str) -> str:
    return word.removesuffix("s") if len(word) > 2 else word
