"""Places: where in a page's stored text a value was read, from the evidence of a release.

Evidence counts within a block, a page's text is its blocks with an empty line between. A block is
found by holding every span of its locator; what stands in no block (a heading outside the content,
a date in page data) has no place in the text and is shown by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from harvester.explorer.tables import Row

#: Characters of context on either side of a marked text.
CONTEXT = 80

_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a page's text; end is exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A marked text with what stands around it."""

    before: str
    marked: str
    after: str


def spans(text: str, evidence: Iterable[Row]) -> list[tuple[Row, Span | None]]:
    """Each row of one page's evidence with its place in the text, None where it has none there."""
    found = list(evidence)
    blocks = _blocks(text)
    at: dict[str, list[Row]] = {}
    for row in found:
        if row["locator"] and row["raw"]:
            at.setdefault(row["locator"], []).append(row)
    starts = {locator: _block_start(blocks, rows) for locator, rows in at.items()}
    return [(row, _span(row, starts.get(row["locator"]))) for row in found]


def snippet(text: str, span: Span | None, raw: str) -> Snippet:
    """The text around a place, cut to CONTEXT characters on either side within its block."""
    if span is None:
        return Snippet("", raw, "")
    first = max(text.rfind(_BREAK, 0, span.start) + len(_BREAK), span.start - CONTEXT)
    if text.rfind(_BREAK, 0, span.start) < 0:
        first = max(0, span.start - CONTEXT)
    end = text.find(_BREAK, span.end)
    end = len(text) if end < 0 else end
    last = min(end, span.end + CONTEXT)
    before, after = text[first : span.start], text[span.end : last]
    return Snippet(
        ("…" if first and text[first - 1] != "\n" else "") + before,
        text[span.start : span.end],
        after + ("…" if last < end else ""),
    )


def _blocks(text: str) -> dict[str, int]:
    """Each block with the index at which it first begins."""
    starts: dict[str, int] = {}
    position = 0
    for block in text.split(_BREAK):
        starts.setdefault(block, position)
        position += len(block) + len(_BREAK)
    return starts


def _block_start(blocks: dict[str, int], evidence: list[Row]) -> int | None:
    """Where the first block begins that holds all of a locator's texts at their offsets."""
    wanted = {(row["char_start"], row["raw"]) for row in evidence if row["char_start"] is not None}
    if not wanted:
        return None
    for block, start in blocks.items():
        if all(block.startswith(raw, first) for first, raw in wanted):
            return start
    return None


def _span(row: Row, block_start: int | None) -> Span | None:
    if block_start is None or row["char_start"] is None or not row["raw"]:
        return None
    start = block_start + row["char_start"]
    return Span(start, start + len(row["raw"]))
