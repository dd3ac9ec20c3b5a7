"""Words, marks and lines of a cleaned text, with their places.

A token is never longer than the regex allows to read in one go, so that reading is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: One token: `t.f.` and its like, initials (`A.`; `K. G.` gives two), a word with inner hyphens, apostrophes or dots, a number,
#: a line end, or one mark. Must not swallow a full stop that ends a sentence.
_TOKEN = re.compile(
    r"(?P<abbreviation>(?=[tfbslovTFBSLOV])\b(?i:t\.?[ ]?f\.|f\.[ ]?d\.|bitr\.|stf\.|vik\.|leg\.|v\.(?=[ ]ordf)|ordf\.))"
    r"|(?P<initial>\b[A-ZÅÄÖÉ]\.(?![a-zåäö]))"
    r"|(?P<word>[^\W\d_]+(?:[-’'´`·][^\W\d_]+)*)"
    r"|(?P<number>\d[\d.,:]*(?:[ae]\b)?)"
    r"|(?P<line>\n)"
    r"|(?P<mark>[^\w\s]|_)"
)

#: Kinds a token has for its readers: an abbreviation is a word with full stops in it.
_KINDS = {
    "abbreviation": "word",
    "initial": "initial",
    "word": "word",
    "number": "number",
    "line": "line",
    "mark": "mark",
}

#: An empty line: it ends a block, and no mention crosses it.
_BLOCK_END = re.compile(r"\n[^\S\n]*\n\s*")

#: Apostrophes that may stand inside a name.
APOSTROPHES = "’'´`"


@dataclass(slots=True)
class Token:
    """A token of a block: `text` as written, `start` and `end` in the cleaned text."""

    text: str
    start: int
    end: int
    kind: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the text between empty lines."""
    start = 0
    for gap in _BLOCK_END.finditer(text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of one block, in order."""
    return [
        Token(m[0], *m.span(), _KINDS[m.lastgroup or "mark"])
        for m in _TOKEN.finditer(text, start, end)
    ]
