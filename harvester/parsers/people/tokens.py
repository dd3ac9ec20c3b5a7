"""Words, marks and lines of a cleaned text, and what is known of each wherever it stands.

A text is cut at its white space first: what stands between is read once and remembered, since the words of a
site recur. A token is never longer than the regex allows to read in one go, so that reading is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from harvester.parsers.people.listed import listed, may_name

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

#: The only tokens with a space inside or looked for behind: `t. f.`, `f. d.`, `v. ordf.`. A line that may hold one is
#: not cut at its spaces.
_SPACED = re.compile(r"[tTfF]\. [fFdD]\.|[vV]\. ordf")

#: An empty line: it ends a block, and no mention crosses it.
_BLOCK_END = re.compile(r"\n[^\S\n]*\n\s*")

#: Marks behind which a sentence or an item begins.
_SENTENCE_ENDS = frozenset({".", "!", "?", ":", "–", "—", "•", "|", "…"})

#: Longer stretches without white space are addresses and hostile pages: they are read, and not remembered.
_LONGEST_REMEMBERED, _MOST_REMEMBERED = 60, 16_384


class Token(NamedTuple):
    """A token as read, the same wherever it stands.

    `text` as written, `lower` in lower case, `code` what the lists know, `opens` whether it can open or end a name,
    `heads` whether a name may begin with it, `capital` whether it begins with one, `shouted` whether it is a word
    in capitals, `names` whether it may be a name by itself as written, `breaks` whether a sentence, a line or a quotation may begin behind it.
    """

    text: str
    kind: str
    lower: str
    code: str
    opens: bool
    heads: bool
    capital: bool
    shouted: bool
    names: bool
    breaks: bool


def token(text: str, kind: str) -> Token:
    """A token with what is known of it."""
    code, opens = ("", False) if kind == "mark" else listed(text, kind)
    lower = text.lower()
    shouted = kind == "word" and text.isupper()
    return Token(
        text,
        kind,
        text if lower == text else lower,
        code,
        opens,
        opens or code == "P",
        text[0].isupper(),
        shouted,
        not shouted and may_name(kind, code),
        kind == "line" or text in _SENTENCE_ENDS,
    )


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the text between empty lines."""
    start = 0
    for gap in _BLOCK_END.finditer(text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)


def tokens(block: str) -> list[Token]:
    """The tokens of one block, in order: all of it but the white space within its lines."""
    found: list[Token] = []
    for line in block.split("\n"):
        pieces = [line] if _SPACED.search(line) else line.split()
        found.extend(chain.from_iterable(map(_MEMORY.__getitem__, pieces)))
        found.append(_LINE)
    found.pop()
    return found


class _Memory(dict[str, tuple[Token, ...]]):
    """The tokens of what stands between two spaces; begun anew when it is full. Asked in C, as no decorator is."""

    def __missing__(self, piece: str) -> tuple[Token, ...]:
        found = tuple(token(m[0], _KINDS[m.lastgroup or "mark"]) for m in _TOKEN.finditer(piece))
        if len(piece) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[piece] = found
        return found


_MEMORY = _Memory()
_LINE = token("\n", "line")
