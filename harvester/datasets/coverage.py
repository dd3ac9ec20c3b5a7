"""Coverage: how much of each page's text some field accounts for, and which words are left unread.

Computed from a release alone. A letter is *read* where a value was read from it (a name, role,
organisation, date, heading, link or document), *told* where it is read or stands in a clip's text.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from harvester.datasets.folders import parquet_path
from harvester.datasets.table_source import stored_rows

FILE_NAME = "coverage.json"

#: Unread words that the file lists.
LISTED = 60

#: A word: letters and digits, with hyphens and apostrophes inside. Must not match lone marks.
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")

#: What a part of a text may begin with: a run of letters and digits, or one other mark.
_TOKEN = re.compile(r"\w+|[^\w\s]")

#: What counts as no letter: all but letters and digits.
_NO_LETTER = re.compile(r"[\W_]+")

#: Where each table's text stands that was read as a value, and where it is kept whole.
_READ: Mapping[str, tuple[str, ...]] = {
    "contributions": ("name_raw", "role_raw", "organisation"),
    "dates": ("raw",),
    "documents": ("title",),
    "links": ("title",),
    "clips": ("heading",),
}
_KEPT: Mapping[str, tuple[str, ...]] = {"clips": ("text",)}


@dataclass(slots=True)
class LayoutCoverage:
    """What the pages of one layout come to, in letters and words."""

    pages: int = 0
    letters: int = 0
    read: int = 0
    told: int = 0
    unread: Counter[str] = field(default_factory=Counter)  # word: on how many pages


def coverage(release: Path) -> dict[str, Any]:
    """The document `coverage.json` holds: shares by layout, the pages with least, the unread words."""
    layouts: dict[str, LayoutCoverage] = defaultdict(LayoutCoverage)
    pages: list[tuple[float, str, int]] = []
    words: Counter[str] = Counter()
    times: Counter[str] = Counter()
    read, kept = _texts(release, _READ), _texts(release, _KEPT)
    stored = stored_rows(parquet_path(release, "pages"), ("page_id", "layout", "text"), 500)
    for page_id, layout, text in stored:
        if not text:
            continue
        spans = _covered(text, read.get(page_id, ()))
        told = _joined([*spans, *_covered(text, kept.get(page_id, ()))])
        entry = layouts[layout]
        entry.pages += 1
        letters = _letters(text, [(0, len(text))])
        entry.letters += letters
        entry.read += _letters(text, spans)
        told_letters = _letters(text, told)
        entry.told += told_letters
        pages.append((told_letters / letters if letters else 1.0, page_id, letters))
        left = Counter(_unread_words(text, spans))
        entry.unread.update(left.keys())
        words.update(left.keys())
        times.update(left)
    return _document(layouts, pages, words, times)


def write_coverage(release: Path) -> None:
    """Writes `coverage.json` into a release that is being staged."""
    text = json.dumps(coverage(release), ensure_ascii=False, indent=1) + "\n"
    (release / FILE_NAME).write_text(text, encoding="utf-8", newline="\n")


def _document(
    layouts: dict[str, LayoutCoverage],
    pages: list[tuple[float, str, int]],
    words: Counter[str],
    times: Counter[str],
) -> dict[str, Any]:
    return {
        "note": "Shares of letters: `read` gave a value, `told` also stands in a clip's text.",
        "layouts": {
            name: {
                "pages": entry.pages,
                "letters": entry.letters,
                "read": _share(entry.read, entry.letters),
                "told": _share(entry.told, entry.letters),
                "unread_words": _listed(entry.unread, 15),
            }
            for name, entry in sorted(layouts.items())
        },
        "least_told": [
            {"page_id": page, "told": round(share, 4), "letters": letters}
            for share, page, letters in sorted(pages)[:20]
        ],
        "unread_words": [
            {"word": word, "pages": count, "times": times[word]}
            for word, count in _ranked(words)[:LISTED]
        ],
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _listed(words: Counter[str], number: int) -> list[str]:
    return [word for word, count in _ranked(words)[:number] if count > 1]


def _ranked(words: Counter[str]) -> list[tuple[str, int]]:
    return sorted(words.items(), key=lambda item: (-item[1], item[0]))


def _texts(release: Path, fields: Mapping[str, tuple[str, ...]]) -> dict[str, set[str]]:
    """The texts of the named fields by page."""
    found: dict[str, set[str]] = defaultdict(set)
    for table, names in fields.items():
        for page_id, *texts in stored_rows(parquet_path(release, table), ("page_id", *names)):
            found[page_id].update(text for text in texts if text)
    return found


def _covered(text: str, parts: Iterable[str]) -> list[tuple[int, int]]:
    """Where the parts stand in the text as whole words, as spans that do not overlap."""
    # By first word and length: a page may have a hundred thousand links that begin with one word.
    by_token: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for part in sorted(set(parts), key=len, reverse=True):
        token = _TOKEN.match(part)
        if token is not None:
            by_token[token.group()][len(part)].add(part)
    spans = []
    position = 0
    for token in _TOKEN.finditer(text) if by_token else ():
        start = token.start()
        if start < position:
            continue
        for length, known in by_token.get(token.group(), {}).items():  # the longest first
            if text[start : start + length] in known:
                position = start + length
                spans.append((start, position))
                break
    return _joined(spans)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _letters(text: str, spans: Iterable[tuple[int, int]]) -> int:
    return sum(len(_NO_LETTER.sub("", text[start:end])) for start, end in spans)


def _unread_words(text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    """The words outside the spans, in lower case, without the everyday ones and bare numbers."""
    position = 0
    for start, end in [*spans, (len(text), len(text))]:
        for match in _WORD.finditer(text, position, start):
            word = match.group().casefold()
            if word not in _common_words() and len(word) > 1 and not word.isdigit():
                yield word
        position = end


@functools.cache
def _common_words() -> frozenset[str]:
    text = resources.files("harvester.datasets").joinpath("common_words.txt").read_text("utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))
