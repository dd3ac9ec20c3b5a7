"""Markup as a reader and as a program see it, each character with its place in the source.

Entities, percent-encoding and JSON's escapes are undone, so that a name is found however it is
written, and each character of it can be masked where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from harvester.privacy.finder import MASK
from harvester.privacy.words import Word

# One written unit: an entity, a run of percent-encoded bytes, an escape of JSON, a tag. Bounded, so
# that a lone `&` or `<` costs no more than a look ahead.
_UNIT = re.compile(
    r"(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<percent>(?:%[0-9A-Fa-f]{2})+)"
    r"|(?P<escape>\\u[0-9a-fA-F]{4}|\\[/nrt])"
    r"|(?P<tag><[!/?A-Za-z\\][^<>]{0,20000}>)"
)
# Tags that stand inside a line: a name goes on across them. Longer names (`abbr`) are no `a`.
_INLINE = re.compile(
    r"<\\?/?(?:a|abbr|b|bdi|cite|em|font|i|mark|s|small|span|strong|sub|sup|u|wbr)(?![A-Za-z0-9-])",
    re.I,
)
_ESCAPES = {"\\/": "/", "\\n": "\n", "\\r": "\r", "\\t": "\t"}
_BREAK = re.compile(r"<br\b", re.I)


@dataclass(frozen=True, slots=True)
class View:
    """A text made of a source, and the stretch of the source that each character is."""

    text: str
    places: tuple[tuple[int, int], ...]

    def spans(self, words: Iterable[Word]) -> Iterator[tuple[int, int]]:
        """The source's stretches of some words, character by character."""
        for word in words:
            yield from self.places[word.start : word.end]


def read_view(source: str) -> View:
    """What a reader sees: without tags, an empty line between blocks."""
    return _view(source, read=True)


def source_view(source: str) -> View:
    """What a program sees: tags and attributes as they stand, characters decoded."""
    return _view(source, read=False)


def masked_spans(source: str, spans: Iterable[tuple[int, int]], mask: str = MASK) -> str:
    """The source with each stretch, one decoded character each, replaced by a mask."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(set(spans)):
        if start >= done:
            pieces += (source[done:start], mask)
            done = end
    return "".join((*pieces, source[done:])) if pieces else source


def _view(source: str, *, read: bool) -> View:
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    done = 0

    def plain(start: int, end: int) -> None:
        characters.append(source[start:end])
        places.extend((n, n + 1) for n in range(start, end))

    for match in _UNIT.finditer(source):
        plain(done, match.start())
        done = match.end()
        if match.lastgroup == "tag" and not read:
            # Attributes are decoded as well: names stand in addresses and alternative texts.
            inner = _view(source[match.start() + 1 : done - 1], read=False)
            characters.append(f"<{inner.text}>")
            first, last = match.start(), done
            places.append((first, first + 1))
            places.extend((first + 1 + a, first + 1 + b) for a, b in inner.places)
            places.append((last - 1, last))
            continue
        for character, start, end in _decoded(match):
            characters.append(character)
            places.append((start, end))
    plain(done, len(source))
    return View("".join(characters), tuple(places))


def _decoded(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """The characters of one written unit, each with its stretch."""
    start, end, written = match.start(), match.end(), match.group()
    if match.lastgroup == "tag":
        between = "" if _INLINE.match(written) else "\n" if _BREAK.match(written) else "\n\n"
        yield from ((character, start, start) for character in between)
    elif match.lastgroup == "percent":
        yield from _percent_decoded(written, start)
    elif match.lastgroup == "escape":
        character = _ESCAPES.get(written) or chr(int(written[2:], 16))
        yield character, start, end
    else:
        decoded = unescape(written)
        if len(decoded) == 1:
            yield decoded, start, end
        else:
            yield from ((c, start + n, start + n + 1) for n, c in enumerate(written))


def _percent_decoded(written: str, start: int) -> Iterator[tuple[str, int, int]]:
    data = bytes.fromhex(written.replace("%", ""))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
        yield from ((c, start + 3 * n, start + 3 * n + 3) for n, c in enumerate(text))
        return
    at = start
    for character in text:
        size = 3 * len(character.encode("utf-8"))
        yield character, at, at + size
        at += size
