"""The forms a full name takes in texts, slugs, handles and file names, and their keyed hashes.

A hashed form says how many words it has, hashes its first word (so that a search hashes little)
and the whole: nobody without the key can test a guess, and no name can be read from it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from enum import StrEnum

from harvester.parsers.people import sort_name
from harvester.privacy.words import in_two_letters, words_of

#: Names of more words than this are lists that were read as names.
MOST_WORDS = 8
# A shorter joined name may be an ordinary word (`Ann` and `At`).
_LEAST_JOINED = 7


class FormKind(StrEnum):
    """How a form is read: which of its words is the surname, and what may stand around it."""

    FORWARD = "f"  # surname last
    REVERSED = "r"  # surname first, as registers have it
    JOINED = "j"  # one word, as handles have it


def name_forms(name: str, key: bytes) -> frozenset[str]:
    """The hashed forms of a full name; none for a name of one word, which many people bear."""
    return frozenset(hashed_form(kind, words, key) for kind, words in plain_forms(name))


def hashed_form(kind: FormKind, words: tuple[str, ...], key: bytes) -> str:
    """``<kind><number of words>.<hash of the first>.<hash of all>``."""
    return f"{kind}{len(words)}.{head_hash(words[0], key)}.{whole_hash(words, key)}"


def head_hash(word: str, key: bytes) -> str:
    """A short keyed hash of a form's first word."""
    return _keyed("first\x1f" + word, key)[:8]


def whole_hash(words: tuple[str, ...], key: bytes) -> str:
    """The keyed hash of a form's words."""
    return _keyed("all\x1f" + " ".join(words), key)[:32]


def plain_forms(name: str) -> Iterator[tuple[FormKind, tuple[str, ...]]]:
    """Every form of a name as folded words: in both orders, with an initial, joined."""
    surname, comma, given = sort_name(" ".join(name.split())).partition(",")
    if not comma:
        return
    for spelt in (lambda text: text, in_two_letters):
        first = tuple(w.folded for w in words_of(spelt(given)))
        last = tuple(w.folded for w in words_of(spelt(surname)))
        if first and last and len(first) + len(last) <= MOST_WORDS:
            yield from _forms(first, last)


def _forms(
    given: tuple[str, ...], surname: tuple[str, ...]
) -> Iterator[tuple[FormKind, tuple[str, ...]]]:
    initials = tuple(word[0] for word in given)
    # A name with and without what stands between is one name to linking, so it is here.
    for first in {given, given[:1], ("".join(given),), initials, initials[:1]}:
        for last in {surname, ("".join(surname),)}:
            yield FormKind.FORWARD, first + last
            yield FormKind.REVERSED, last + first
    for joined in {given + surname, given[:1] + surname, surname + given, initials[:1] + surname}:
        if len("".join(joined)) >= _LEAST_JOINED:
            yield FormKind.JOINED, ("".join(joined),)


def _keyed(text: str, key: bytes) -> str:
    data = text.encode("utf-8", "surrogatepass")
    return hmac.digest(key, data, hashlib.sha256).hex()
