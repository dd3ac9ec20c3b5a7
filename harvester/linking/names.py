"""Full names taken apart: what two forms of one name share, and how Swedish sorts them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name of at least two words, case folded: given name, what stands between, surname.

    Words in lower case before the surname (`af`, `von der`) belong to it. The full stop after an
    initial is left out.
    """

    given: str
    middles: tuple[str, ...]
    surname: str

    @property
    def folded(self) -> str:
        return " ".join((self.given, *self.middles, self.surname))

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.folded.split(" "))

    @property
    def block(self) -> str:
        """What all forms of one name share that differ in the middle alone."""
        return f"{self.given}\x1f{self.surname}"

    @property
    def fullness(self) -> tuple[int, int, str]:
        """Orders forms of one block: more names between, then more letters in them."""
        return (len(self.middles), len("".join(self.middles)), self.folded)


def name_form(name: str) -> NameForm | None:
    """The form of a name in normal case; None for a name of one word."""
    words = [w for w in name.replace(".", " ").split() if any(c.isalpha() for c in w)]
    if len(words) < 2:
        return None
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    folded = [unicodedata.normalize("NFC", w).casefold() for w in words]
    return NameForm(folded[0], tuple(folded[1:start]), " ".join(folded[start:]))


def fits(short: Sequence[str], full: Sequence[str]) -> bool:
    """True where all middle names or initials of the one stand in the other, in that order.

    An initial stands for a name that begins with it; a name never for an initial.
    """
    rest = iter(full)
    return all(any(_means(word, other) for other in rest) for word in short)


def within_one_edit(a: str, b: str) -> bool:
    """True where one letter is added, lost, changed, or two neighbours changed places."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    if len(rest_a) > len(rest_b):
        rest_a, rest_b = rest_b, rest_a
    if len(rest_a) < len(rest_b):
        return rest_a == rest_b[1:]
    swapped = rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:]
    return rest_a[1:] == rest_b[1:] or swapped


def swedish_key(sort_name: str) -> str:
    """A text whose order by code points is Swedish alphabetical order (å, ä, ö last).

    Case and other accents count only between names that are alike without them; a comma sorts
    before a space, a hyphen as one.
    """
    folded = unicodedata.normalize("NFC", sort_name).casefold()
    base = "".join(_sorted_as(letter) for letter in folded)
    return f"{base}\x01{sort_name}"


# å, ä, ö stand after z; the characters that follow z in ASCII take their place.
_LAST = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "-": " ", ",": "\x02"}


def _sorted_as(letter: str) -> str:
    if letter in _LAST:
        return _LAST[letter]
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isalnum() or base == " " else ""


def _means(word: str, other: str) -> bool:
    return word == other or (len(word) == 1 and other.startswith(word))
