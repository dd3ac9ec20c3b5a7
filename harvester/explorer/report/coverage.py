"""Coverage: how much of the pages' text the rules account for, and what recurs in the rest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from harvester.explorer.places import spans
from harvester.explorer.tables import Row, grouped, pages_of_rows, rows
from harvester.parsers.people.lexicon import lexicon

#: A word that may be worth a rule: four letters or more. Must not match numbers or parts of addresses.
_WORD = re.compile(r"(?<![\w/.@])[^\W\d_]{4,40}(?![\w/@])")

#: Pages a word must stand on to be listed, and how many words are.
RECURS, LISTED = 3, 40

#: A word on more than this share of the pages is an ordinary one.
_ORDINARY = 0.5


@dataclass(frozen=True, slots=True)
class LayoutCoverage:
    """Characters of the pages of one layout: all, read as values, else in clips."""

    layout: str
    pages: int
    characters: int
    read: int
    in_clips: int

    @property
    def unread(self) -> int:
        return self.characters - self.read - self.in_clips


@dataclass(frozen=True, slots=True)
class TextCoverage:
    """The coverage of a release's text, and the words of the rest: (word, pages)."""

    layouts: list[LayoutCoverage]
    words: list[tuple[str, int]]


def text_coverage(release: Path) -> TextCoverage:
    """What the text still holds. Unread is what is neither evidence nor part of a clip."""
    pages = [page for page in rows(release, "pages", ["page_id", "layout", "text"]) if page["text"]]
    evidence = _evidence_by_page(release)
    clips = grouped("page_id", rows(release, "clips", ["page_id", "heading", "text"]))
    totals: dict[str, list[int]] = {}
    words: Counter[str] = Counter()
    for page in pages:
        marks = _marks(
            page["text"], evidence.get(page["page_id"], []), clips.get(page["page_id"], [])
        )
        own = totals.setdefault(page["layout"], [0, 0, 0, 0])
        for n, value in enumerate((1, len(marks), marks.count(_READ), marks.count(_CLIP))):
            own[n] += value
        words.update(_unread_words(page["text"], marks))
    layouts = [LayoutCoverage(layout, *found) for layout, found in totals.items()]
    layouts.sort(key=lambda one: (-one.unread, one.layout))
    return TextCoverage(layouts, _recurring(words, len(pages)))


_READ, _CLIP, _REST = b"r", b"c", b"."


def _marks(text: str, evidence: list[Row], clips: list[Row]) -> bytearray:
    """One mark a character of the text."""
    marks = bytearray(_REST * len(text))
    for clip in clips:
        for part in (clip["heading"], clip["text"]):
            start = text.find(part) if part else -1
            if start >= 0:
                marks[start : start + len(part)] = _CLIP * len(part)
    for _, span in spans(text, evidence):
        if span is not None:
            marks[span.start : span.end] = _READ * (span.end - span.start)
    return marks


def _unread_words(text: str, marks: bytearray) -> set[str]:
    return {
        match.group().casefold()
        for match in _WORD.finditer(text)
        if marks[match.start()] == _REST[0]
    }


def _recurring(words: Counter[str], pages: int) -> list[tuple[str, int]]:
    most = max(RECURS, _ORDINARY * pages)
    common = lexicon().common
    found = [(w, n) for w, n in words.items() if RECURS <= n <= most and w not in common]
    return sorted(found, key=lambda item: (-item[1], item[0]))[:LISTED]


def _evidence_by_page(release: Path) -> dict[str, list[Row]]:
    """The evidence of page-level rows by page."""
    own = pages_of_rows(release, ("pages", "clips", "contributions", "dates", "documents"))
    found: dict[str, list[Row]] = {}
    for row in rows(release, "evidence"):
        page_id = own.get((row["table"], row["row_id"]))
        if page_id is not None:
            found.setdefault(page_id, []).append(row)
    return found
