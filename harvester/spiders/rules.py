"""Which pages a spider is about, as `rules.toml` says."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from harvester.crawl.discovery import Candidate
from harvester.pages.addresses import AddressKind, address_kind
from harvester.records import PageKind

_FILE = Path(__file__).parent / "rules.toml"


@dataclass(frozen=True, slots=True)
class Rules:
    """One spider's rules; a page matches where any of them does."""

    paths: tuple[str, ...]
    categories: frozenset[str]
    words: re.Pattern[str] | None
    types: frozenset[str]
    marks: tuple[str, ...]
    kinds: frozenset[PageKind]

    def match(self, candidate: Candidate) -> bool:
        """Whether what is known of a page before it is fetched makes it this spider's."""
        path = unquote(urlsplit(candidate.url).path)
        entry = candidate.entry
        texts = [path, candidate.text]
        if path.startswith(self.paths):
            return True
        if entry is not None:
            texts.append(entry.title)
            if entry.type in self.types or any(mark in entry.content for mark in self.marks):
                return True
            if any(name.casefold() in self.categories for name in entry.categories):
                return True
        if address_kind(candidate.url) is AddressKind.ARCHIVE:
            return path.strip("/").rpartition("/")[2].casefold() in self.categories
        return self.words is not None and any(self.words.search(text) for text in texts)


@cache
def rules_of(spider: str) -> Rules:
    """The rules of a spider. Raises KeyError for a name without any."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))[spider]
    words = "|".join(re.escape(word) for word in table.get("words", ()))
    return Rules(
        paths=tuple(table.get("paths", ())),
        categories=frozenset(table.get("categories", ())),
        # At the beginning of a word: "film" in "filmer", not in "mikrofilm".
        words=re.compile(rf"(?<!\w)(?:{words})", re.I) if words else None,
        types=frozenset(table.get("types", ())),
        marks=tuple(table.get("marks", ())),
        kinds=frozenset(PageKind(kind) for kind in table.get("kinds", ())),
    )
