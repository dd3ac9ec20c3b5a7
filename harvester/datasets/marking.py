"""Marking: from a locator and offsets back to the letters in the tree, which get a ``<mark>``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.etree import XPath, XPathError, iterwalk
from lxml.html import HtmlElement
from lxml.html.builder import E

from harvester.datasets.inert import MARK

#: What may stand between two letters and does not show: soft hyphen, joiners, direction marks.
_UNSEEN = "[\xad\u200b\u200e\u200f\u2060\ufeff]*"

_WITHOUT_TEXT = ("script", "style", "template", "noscript")
_NEVER_SHOWN = ("html", "head", "meta", "link", "title", "script", "style")


@dataclass(frozen=True, slots=True)
class Marked:
    """A place: its locator, the span in the normalised text there, that text up to its end, and the raw text."""

    locator: str
    raw: str
    before: str = ""  # the normalised text at the locator before the span


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text: an element's own, or what follows it."""

    element: HtmlElement
    tail: bool
    start: int
    text: str


def mark_place(root: HtmlElement, place: Marked) -> bool:
    """Marks the letters of a place, else its element; False where neither shows on a page."""
    if "/@" in place.locator:
        return False
    try:
        found = XPath(place.locator)(root)
    except XPathError:
        return False
    first = found[0] if isinstance(found, list) and found else None
    if first is None:
        return False
    owner, pieces = _texts_from(first)
    if owner is None:
        return False
    span = _span("".join(p.text for p in pieces), place) if pieces else None
    if span is not None:
        _wrap(pieces, *span)
        return True
    if owner.tag in _NEVER_SHOWN:
        return False
    owner.set(MARK, "1")
    return True


def _texts_from(found: object) -> tuple[HtmlElement | None, list[_Piece]]:
    """The element a locator names and its texts; for a bare text, its parent's from there on."""
    if isinstance(found, HtmlElement):
        return found, list(_pieces(found))
    parent = getattr(found, "getparent", lambda: None)()
    if parent is None:
        return None, []
    tail = bool(getattr(found, "is_tail", False))
    owner = parent.getparent() if tail else parent
    if owner is None:
        return None, []
    pieces = list(_pieces(owner))
    begin = next((n for n, p in enumerate(pieces) if p.element is parent and p.tail == tail), 0)
    shift = pieces[begin].start if pieces else 0
    return owner, [_Piece(p.element, p.tail, p.start - shift, p.text) for p in pieces[begin:]]


def _pieces(element: HtmlElement) -> Iterator[_Piece]:
    """The texts in an element in document order, each with where it begins in all of them."""
    start, silent = 0, 0
    for event, inner in iterwalk(element, events=("start", "end", "comment", "pi")):
        inside = event == "start"
        if event in ("start", "end") and inner.tag in _WITHOUT_TEXT:
            silent += 1 if inside else -1
        text = inner.text if inside else (inner.tail if inner is not element else None)
        if text and not silent:
            yield _Piece(inner, not inside, start, text)
            start += len(text)


def _span(text: str, place: Marked) -> tuple[int, int] | None:
    """Where the raw text stands among unnormalised letters: the same occurrence as in the block."""
    if not place.raw.strip():
        return None
    wanted = place.before.count(place.raw)
    for number, match in enumerate(re.finditer(_loosely(place.raw), text)):
        if number == wanted:
            return match.span()
    return None


def _loosely(raw: str) -> str:
    """The pattern of a normalised text as a page may write it: other spaces, parted accents."""
    parts = []
    for piece in re.split(r"(\s+)", raw.strip()):
        if piece.isspace():
            # A line break may be an element, which holds no letter.
            parts.append(r"\s*" if "\n" in piece else r"\s+")
        else:
            parts.append(_UNSEEN.join(_letter(c) for c in piece))
    return "".join(parts)


def _letter(character: str) -> str:
    apart = unicodedata.normalize("NFD", character)
    if apart == character:
        return re.escape(character)
    return f"(?:{re.escape(character)}|{re.escape(apart)})"


def _wrap(pieces: Sequence[_Piece], start: int, end: int) -> None:
    """Puts the letters from start to end into marks, the last piece first: the others stay true."""
    for piece in reversed(pieces):
        low = max(start - piece.start, 0)
        high = min(end - piece.start, len(piece.text))
        if low >= high:
            continue
        mark = E("mark", piece.text[low:high])
        mark.tail = piece.text[high:] or None
        if piece.tail:
            parent = piece.element.getparent()
            if parent is None:
                continue
            # `insert` carries tails along: the mark's own is set, the element's is cut first.
            piece.element.tail = piece.text[:low] or None
            parent.insert(parent.index(piece.element) + 1, mark)
        else:
            piece.element.text = piece.text[:low] or None
            piece.element.insert(0, mark)
