"""Text as the grammars read it: composed letters, plain spaces and dashes, with a way back.

Content management systems leave non-breaking spaces, soft hyphens, four kinds of dash and letters
in two parts. `fold` makes one form of them all; `Folded.span` turns a place in that form into a
place in the text that was given.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

#: One character for one character: offsets do not move.
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v\f\r"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_EQUAL_LENGTH = {**dict.fromkeys(_SPACES, " "), **dict.fromkeys(_DASHES, "-"), "\u2028": "\n"}

#: Characters that no reader sees: soft hyphen, zero-width spaces and joiners, direction marks, BOM.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
# A base letter with its combining marks (NFD); must not match a letter that stands alone.
_DECOMPOSED = re.compile("[^\u0300-\u036f]?[\u0300-\u036f]+")
_REMOVED = re.compile(f"[{_INVISIBLE}]+")
# Any character that `fold` changes; most texts have none.
_UNUSUAL = re.compile(f"[{''.join(_EQUAL_LENGTH)}{_INVISIBLE}\u0300-\u036f]")
# What typesetters put into Western European texts, and `fold` leaves alone.
_TYPOGRAPHIC = "\u201d\u2019\u201c\u2026\u2022"
_UNUSUAL_LATIN = [char for char in (*_EQUAL_LENGTH, *_INVISIBLE) if char <= "\u00ff"]


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in one form. `cased` and `low` have the same length, offsets go through `span`."""

    text: str
    cased: str
    low: str
    # Where the folded text's index runs away from the given one: (folded index, given index),
    # ascending; empty where the two never part.
    _folded: tuple[int, ...]
    _given: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the given text of ``[start:end]`` in the folded one."""
        if not self._folded:
            return start, end
        return self._back(start), self._back(end - 1, after=True)

    def _back(self, index: int, *, after: bool = False) -> int:
        if after:
            return max(self._back(index) + 1, self._next(index))
        at = bisect_right(self._folded, index) - 1
        return self._given[at] + index - self._folded[at]

    def _next(self, index: int) -> int:
        """The given index right after the letter at a folded index, its marks included."""
        end = self._back(index + 1) if index + 1 < len(self.low) else len(self.text)
        start = self._back(index)
        while end - 1 > start and self.text[end - 1] in _INVISIBLE:
            end -= 1
        return end


def fold(text: str) -> Folded:
    """The text with composed letters, plain spaces and hyphens, and its lower-case twin."""
    cased = text.replace("\u2013", "-")  # the one that most texts hold
    folded: tuple[int, ...] = ()
    given_at: tuple[int, ...] = ()
    if not _is_plain(cased):
        runs_away = False
        for given in set(_UNUSUAL.findall(cased)):
            if given in _EQUAL_LENGTH:
                cased = cased.replace(given, _EQUAL_LENGTH[given])
            else:
                runs_away = True
        if runs_away:
            cased, folded, given_at = _without_invisible(cased)
    low = cased.lower()
    if len(low) != len(cased):  # 'İ' becomes two characters: keep such letters as they are
        low = "".join(lower if len(lower := char.lower()) == 1 else char for char in cased)
    return Folded(text, cased, low, folded, given_at)


def _is_plain(text: str) -> bool:
    """True for Western European letters with nothing unusual: much faster to tell than to search."""
    for mark in _TYPOGRAPHIC:
        if mark in text:
            text = text.replace(mark, "")
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return not any(map(text.__contains__, _UNUSUAL_LATIN))


def _without_invisible(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """The text without invisible characters and with composed letters, and where it moved."""
    changes = sorted(
        [(m.start(), m.end(), "") for m in _REMOVED.finditer(text)]
        + [
            (m.start(), m.end(), unicodedata.normalize("NFC", m.group()))
            for m in _DECOMPOSED.finditer(text)
        ]
    )
    parts: list[str] = []
    folded, given = [0], [0]
    length = at = 0
    for start, end, new in changes:
        if start < at:  # a mark on an invisible character: already dropped with it
            continue
        parts.append(text[at:start])
        parts.append(new)
        length += start - at + len(new)
        at = end
        folded.append(length)
        given.append(at)
    parts.append(text[at:])
    return "".join(parts), tuple(folded), tuple(given)
