"""A text as the rules read it, and the way back to its own offsets.

Web text hides soft hyphens, no-break spaces, zero-width characters and decomposed letters inside names.
The rules see none of them; every span found is told in offsets of the text as it was given.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: Characters that are there for the typesetter: they leave no trace in a name.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
#: Spaces that break no line; the rules read them as an ordinary space.
_SPACES = "\u00a0\u2007\u2009\u200a\u202f\t"
#: Line ends other than the newline.
_BREAKS = "\r\u2028\u2029\x0b\x0c\x85"
#: Anything that makes the cleaned text differ from the one given.
_UNCLEAN = re.compile(f"[{_INVISIBLE}{_SPACES}{_BREAKS}\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class CleanText:
    """A cleaned text; `origins[i]` is where its character i began in the text given (None: unchanged)."""

    given: str
    text: str
    origins: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the cleaned text, as offsets into the text given."""
        if self.origins is None or start >= end:
            return start, end
        last = self.origins[end - 1] + 1
        while last < len(self.given) and unicodedata.combining(self.given[last]):
            last += 1
        return self.origins[start], last


def clean(text: str) -> CleanText:
    """The text in NFC, without invisible characters, with plain spaces and newlines."""
    if not _UNCLEAN.search(text):
        return CleanText(text, text, None)
    characters: list[str] = []
    origins: list[int] = []
    position = 0
    for cluster in _clusters(text):
        _clean_cluster(cluster, position, characters, origins)
        position += len(cluster)
    return CleanText(text, "".join(characters), tuple(origins))


#: A letter with the marks that follow it (at most eight: more is no writing), or one character.
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]{1,8}|.", re.DOTALL)


def _clusters(text: str) -> list[str]:
    return _CLUSTER.findall(text)


def _clean_cluster(cluster: str, position: int, characters: list[str], origins: list[int]) -> None:
    if cluster in _INVISIBLE:
        return
    if cluster in _SPACES:
        cluster = " "
    elif cluster in _BREAKS:
        # The carriage return of a Windows line end says nothing the newline does not say.
        cluster = " " if cluster == "\r" else "\n"
    for character in unicodedata.normalize("NFC", cluster) if len(cluster) > 1 else cluster:
        characters.append(character)
        origins.append(position)
