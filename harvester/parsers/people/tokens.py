"""Words, marks and lines of a cleaned text, and what is known of each wherever it stands.

A text is cut at its white space first: what stands between is read once and remembered, since the words of a
site recur. A token is never longer than the regex allows to read in one go, so that reading is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from harvester.memory import Memory
from harvester.parsers.people.listed import listed, may_name

#: One token: `t.f.` and its like, initials (`A.`; `K. G.` gives two), a word with inner hyphens, apostrophes or dots, a number,
#: a line end, or one mark. Must not swallow a full stop that ends a sentence.
_TOKEN = re.compile(
    r"(?P<abbreviation>(?=[a-vA-Vö])\b(?i:t\.?[ ]?f\.|f\.[ ]?d\.|bitr\.|stf\.|vik\.|leg\.|v\.(?=[ ]ordf)"
    r"|(?:v|för[bv]|avd)?\.?ordf\.|prof\.|sekr\.|doc\.(?=,)"
    r"|(?:avd|enh|förv|gen|kom|omr|sekt|soc|univ|verks)\.(?:(?:dir|sekr|adj)\.|chef(?:en)?\b|lektorn?\b)))"
    r"|(?P<initial>\b[A-ZÅÄÖÉØÆŠŽČŁ]\.(?![a-zåäö]))"
    r"|(?P<word>[^\W\d_]+(?:[-’'´`·][^\W\d_]+)*)"
    r"|(?P<number>\d[\d.,:]*(?:[aeAE]\b)?)"
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

#: The end of such a token. A pattern that begins with fixed characters is found ten times as fast.
_SPACED_END = re.compile(r"\. (?:[fFdD]\.|ordf)")

#: Marks that are a token of their own behind any word; a stop may belong to a short form, which is no longer than this.
_CLOSING_MARKS, _LONGEST_SHORT = frozenset(",:;!?"), 5

#: An empty line: it ends a block, and no mention crosses it.
_BLOCK_END = re.compile(r"\n[^\S\n]*\n\s*")

#: Marks behind which a sentence or an item begins.
_SENTENCE_ENDS = frozenset({".", "!", "?", ":", "–", "—", "•", "|", "…"})

#: Longer stretches without white space are addresses and hostile pages: they are read, and not remembered.
_LONGEST_REMEMBERED, _MOST_REMEMBERED = 60, 8_192


class Token(NamedTuple):
    """A token as read, the same wherever it stands.

    `text` as written, `lower` in lower case, `code` what the lists know, `opens` whether it can open or end a name,
    `capital` whether it begins with one, `shouted` whether it is a word in capitals, `breaks` whether a sentence, a line
    or a quotation may begin behind it, `sign` its sort as one character (`sign`), `width` how far behind its begin the
    next token begins where no more than one space parts the words.
    """

    text: str
    kind: str
    lower: str
    code: str
    opens: bool
    capital: bool
    shouted: bool
    breaks: bool
    sign: str
    width: int


def token(text: str, kind: str, spaces: int = 0) -> Token:
    """A token with what is known of it, and so many spaces behind it."""
    code, opens = ("", False) if kind == "mark" else listed(text, kind)
    lower = text.lower()
    if kind == "word" and lower == text:
        width = len(text) + spaces
        return Token(
            text, kind, text, code, opens, False, False, False, sign(kind, code, opens), width
        )
    shouted = kind == "word" and text.isupper()
    breaks = kind == "line" or text in _SENTENCE_ENDS
    return Token(
        text,
        kind,
        text if lower == text else lower,
        code,
        opens,
        text[0].isupper(),
        shouted,
        breaks,
        _shouted_sign(text, opens) if shouted else sign(kind, code, opens, breaks),
        spaces if kind == "line" else len(text) + spaces,
    )


def sign(kind: str, code: str, opens: bool, breaks: bool = False) -> str:
    """The sort of a token as one character, so that patterns of tokens are patterns of characters.

    A word is `N` where it can open or end a name and may be one by itself, `C` where it can open or end one, `P` for a
    particle, `w` for any other; two letters or more in capitals are `S` in place of both `N` and `C`, else `s`. `I` is an initial, `9` a number, `/` the end of a line, `.` a
    mark behind which a sentence may begin, `,` any other mark.
    """
    if kind == "word":
        if opens:
            return "N" if may_name(kind, code) else "C"
        return "P" if code == "P" else "w"
    if kind == "mark":
        return "." if breaks else ","
    return {"initial": "I", "number": "9", "line": "/"}[kind]


def _shouted_sign(text: str, opens: bool) -> str:
    """The sign of a word in capitals, which is no name as written; a lone letter makes no run of capitals."""
    if len(text) > 1:
        return "S" if opens else "s"
    return "C" if opens else "w"


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
    spaced = _SPACED_END.search(block) is not None
    if not (spaced or "\n" in block):
        return list(chain.from_iterable(map(_MEMORY.__getitem__, block.split())))
    found: list[Token] = []
    for line in block.split("\n"):
        pieces = [line] if spaced and _SPACED.search(line) else line.split()
        found.extend(chain.from_iterable(map(_MEMORY.__getitem__, pieces)))
        found.append(_LINE)
    found.pop()
    return found


def _cut(piece: str) -> tuple[Token, ...]:
    """The tokens of what stands between two spaces; nine of ten pieces are a word, or a word and a mark."""
    if piece.isalpha():
        return (token(piece, "word", 1),)
    word, mark = piece[:-1], piece[-1]
    if word.isalpha() and (mark in _CLOSING_MARKS or (mark == "." and len(word) > _LONGEST_SHORT)):
        return token(word, "word"), token(mark, "mark", 1)
    *before, last = [(m[0], _KINDS[m.lastgroup or "mark"]) for m in _TOKEN.finditer(piece)]
    return *[token(text, kind) for text, kind in before], token(*last, 1)


#: The tokens of what stands between two spaces.
_MEMORY = Memory(_cut, most=_MOST_REMEMBERED, longest=_LONGEST_REMEMBERED)
_LINE = token("\n", "line")
