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
_BREAKS = "\u2028\u2029\x0b\x0c\x85"
#: Halves of a character outside the first plane that stand alone: no text, and nothing outside can take them.
_HALVES = "".join(map(chr, range(0xD800, 0xE000)))
#: Anything that makes the cleaned text longer or shorter than the one given: a letter with its marks
#: (at most eight: more is no writing), or a character that leaves no trace.
_RESIZED = re.compile(f"[^\u0300-\u036f][\u0300-\u036f]{{1,8}}|[{_INVISIBLE}\u0300-\u036f]")

#: What changes in place. The carriage return of a Windows line end says nothing the newline does not say.
_IN_PLACE = str.maketrans(
    dict.fromkeys(_SPACES + "\r", " ")
    | dict.fromkeys(_BREAKS, "\n")
    | dict.fromkeys(_HALVES, "\ufffd")
)

#: Anything that changes at all: most texts hold none of it and are read as they are.
_CHANGED = re.compile(f"[{_SPACES}{_BREAKS}\\r{_INVISIBLE}\u0300-\u036f{_HALVES[0]}-{_HALVES[-1]}]")


@dataclass(frozen=True, slots=True)
class CleanText:
    """A cleaned text; `origins[i]` is where its character i began in the text given (None: unmoved)."""

    given: str
    text: str
    origins: list[int] | None

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
    if not _CHANGED.search(text):
        return CleanText(text, text, None)
    plain = text.translate(_IN_PLACE)
    if not _RESIZED.search(plain):
        return CleanText(text, plain, None)
    pieces: list[str] = []
    origins: list[int] = []
    position = 0
    for match in _RESIZED.finditer(plain):
        pieces.append(plain[position : match.start()])
        origins.extend(range(position, match.start()))
        composed = _composed(match.group())
        pieces.append(composed)
        origins.extend([match.start()] * len(composed))
        position = match.end()
    pieces.append(plain[position:])
    origins.extend(range(position, len(plain)))
    return CleanText(text, "".join(pieces), origins)


def _composed(cluster: str) -> str:
    """A letter with its marks as one character where there is one; nothing for what leaves no trace."""
    if len(cluster) == 1:
        return ""
    return unicodedata.normalize("NFC", "" if cluster[0] in _INVISIBLE else cluster)
