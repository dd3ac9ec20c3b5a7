"""The text of a block: how it is normalised, and where links stand in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harvester.parsers.references import absolute

_INVISIBLE = {0xAD: None, 0x200B: None, 0x2060: None, 0xFEFF: None, 0x200E: None, 0x200F: None}
_INVISIBLE_MARKS = tuple(map(chr, _INVISIBLE))
_BREAKS = re.compile(r"\n{3,}")
# Hangul vowels and final consonants: letters that the letter before them takes in.
_TAKEN_IN = re.compile("[\u1161-\u1175\u11a8-\u11c2]")

#: A link of raw text: where its own begins and ends (-1: with the text), and what it refers to.
LinkPlace = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class BlockLink:
    """A link inside a block: where its text stands and where it leads (absolute)."""

    char_start: int
    char_end: int
    href: str
    text: str


def normalise(text: str) -> str:
    """Text as blocks hold it: NFC, one space for any run of white space, no invisible characters.

    Line breaks (``<br>``) stay as a newline, an empty line at most.
    """
    if not text.isascii():
        for mark in _INVISIBLE_MARKS:  # each is found in C, at a quarter of the cost of a set
            if mark in text:
                text = text.translate(_INVISIBLE)
                break
        text = unicodedata.normalize("NFC", text)
    if "\n" not in text:
        return " ".join(text.split())
    lines = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return _BREAKS.sub("\n\n", lines).strip()


def links_in(raw: str, text: str, places: Sequence[LinkPlace], url: str) -> tuple[BlockLink, ...]:
    """The links of a block, placed in its normalised text. Time grows with the text, not its square.

    Left out: links whose address cannot be read. A link that begins within a letter begins behind it.
    """
    ends = [end if end >= 0 else len(raw) for _, end, _ in places]
    offsets = _offsets(raw, {*ends, *(start for start, _, _ in places)})
    found = []
    for (start, _, href), end in zip(places, ends, strict=True):
        try:
            address = absolute(url, href)
        except ValueError:
            continue
        first, last = (min(offsets[place], len(text)) for place in (start, end))
        label = text[first:last]
        at = first + len(label) - len(label.lstrip()) if label.strip() else first
        label = label.strip()
        found.append(BlockLink(at, at + len(label), address, label))
    return tuple(found)


def _offsets(raw: str, places: Iterable[int]) -> Mapping[int, int]:
    """Where what follows a place of the raw text stands in the normalised one, for each place."""
    found: dict[int, int] = {}
    done = length = breaks = 0  # read so far; its length without the white space at its end
    gap = False  # white space behind it
    for place in sorted(places):
        at = _letter_end(raw, max(place, done))
        piece = raw[done:at]
        done = at
        if not piece.isascii():
            piece = piece.translate(_INVISIBLE)
        said = normalise(piece)
        if said:
            before = piece[: len(piece) - len(piece.lstrip())]
            length += _space(length, breaks + before.count("\n"), gap or bool(before)) + len(said)
            breaks, gap = 0, False
            piece = piece[len(piece.rstrip()) :]
        breaks += piece.count("\n")
        gap = gap or bool(piece)
        found[place] = length + _space(length, breaks, gap)
    return found


def _space(length: int, breaks: int, gap: bool) -> int:
    """How many characters of white space part a text of that length from what follows."""
    if not length:
        return 0
    return min(breaks, 2) or int(gap)


def _letter_end(raw: str, place: int) -> int:
    """The place itself, or the end of the letter that is composed of what stands on both sides."""
    while place < len(raw) and not raw[place].isascii() and _is_taken_in(raw[place]):
        place += 1
    return place


def _is_taken_in(character: str) -> bool:
    return (
        unicodedata.category(character).startswith("M")
        or ord(character) in _INVISIBLE
        or _TAKEN_IN.match(character) is not None
    )
