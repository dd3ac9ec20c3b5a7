"""What stands on the sample sites: entries, categories and authors, read from `site/`.

An entry is one file: TOML between two ``+++`` lines, then the HTML of its body. The folder
`site/stage2/` lies over the first crawl's content: a file of the same name there replaces the
entry, a new name adds one. A file without a body there keeps the body of the entry it replaces.
"""

from __future__ import annotations

import functools
import html
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

SITE_FOLDER = Path(__file__).parent / "site"

#: The stages a sample can stand in: the first crawl, and a later night.
STAGES = (1, 2)

_FRONT_MATTER = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)
#: An upload that a body or footer links or shows; what ends the attribute or `url()` is left out.
_UPLOAD = re.compile(r"/wp-content/uploads/[^\"'\s<>()]+")
_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Category:
    id: int
    slug: str
    name: str
    theme: str  # of its archive pages


@dataclass(frozen=True, slots=True)
class Author:
    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Comment:
    id: int
    author: str
    date: datetime
    html: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One page or post. ``date`` and ``modified`` carry the site's own offset from UTC."""

    id: int
    type: str  # "page" or "post"
    path: str
    title: str
    date: datetime
    modified: datetime
    theme: str  # "old" or "divi"
    author: str
    categories: tuple[str, ...]
    status: str  # "publish", "draft", "future", "private" or "trash"
    password: bool
    moved_from: tuple[str, ...]
    comments: tuple[Comment, ...]
    body: str

    @property
    def public(self) -> bool:
        """Whether the address answers at all; a protected entry does, with a form."""
        return self.status == "publish"

    @property
    def slug(self) -> str:
        return self.path.strip("/").rpartition("/")[2] or "start"

    @property
    def built(self) -> bool:
        """Whether the page builder made the body (its modules carry headings of their own)."""
        return 'class="et-l ' in self.body


@dataclass(frozen=True, slots=True)
class Site:
    """One sample site as it stands at a stage."""

    host: str
    name: str
    tagline: str
    posts_per_page: int
    sitemap_lastmod: bool  # whether its sitemap says when entries changed
    navigation: tuple[str, ...]  # paths
    footer: str
    categories: Mapping[str, Category]
    authors: Mapping[str, Author]
    entries: tuple[Entry, ...]
    plain_pages: Mapping[str, str]  # addresses outside WordPress, with their HTML
    dead_links: frozenset[str]  # paths that are linked and answer 404
    uploads: frozenset[str]

    @property
    def base(self) -> str:
        return f"http://{self.host}"

    def published(self, kind: str | None = None) -> list[Entry]:
        """Public entries (of a type), newest first as WordPress lists them."""
        found = [e for e in self.entries if e.public and kind in (None, e.type)]
        return sorted(found, key=lambda e: (e.date, e.id), reverse=True)

    def posts_in(self, category: str) -> list[Entry]:
        return [e for e in self.published("post") if category in e.categories]

    def entry_at(self, path: str) -> Entry | None:
        return next((e for e in self.entries if e.public and e.path == path), None)

    def entry_by_id(self, entry_id: int) -> Entry | None:
        return next((e for e in self.entries if e.id == entry_id), None)

    def parent_of(self, entry: Entry) -> Entry | None:
        if entry.type != "page" or entry.path == "/":
            return None
        folder = entry.path.rstrip("/").rpartition("/")[0] + "/"
        return self.entry_at(folder) if folder != "/" else None


@functools.cache
def load_sites(stage: int = 1) -> Mapping[str, Site]:
    """The sample sites by host as they stand at a stage. Raises ValueError for another stage."""
    if stage not in STAGES:
        raise ValueError(f"the sample knows the stages {STAGES}, not {stage}")
    settings = tomllib.loads((SITE_FOLDER / "sites.toml").read_text(encoding="utf-8"))
    return {values["host"]: _site(values, stage) for values in settings["site"]}


def plain_text(fragment: str) -> str:
    """The text of an HTML fragment on one line, as WordPress strips tags for an excerpt."""
    return " ".join(html.unescape(_TAG.sub(" ", fragment)).split())


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _site(values: Mapping[str, Any], stage: int) -> Site:
    folder = values["folder"]
    entries = _entries(SITE_FOLDER / folder)
    if stage > 1:
        entries |= _entries(SITE_FOLDER / "stage2" / folder, below=entries)
    public = [e for e in entries.values() if e.public and not e.password]
    dead = frozenset(values.get("dead_links", ()))
    linked = {u for e in public for u in _UPLOAD.findall(e.body)}
    linked.update(_UPLOAD.findall(values["footer"]))
    return Site(
        host=values["host"],
        name=values["name"],
        tagline=values["tagline"],
        posts_per_page=values["posts_per_page"],
        sitemap_lastmod=values["sitemap_lastmod"],
        navigation=tuple(values["navigation"]),
        footer=values["footer"].strip(),
        categories={c["slug"]: Category(**c) for c in values["category"]},
        authors={a["slug"]: Author(**a) for a in values["author"]},
        entries=tuple(sorted(entries.values(), key=lambda e: e.id)),
        plain_pages=values.get("plain_pages", {}),
        dead_links=dead,
        uploads=frozenset(linked) - dead,
    )


def _entries(folder: Path, below: Mapping[str, Entry] | None = None) -> dict[str, Entry]:
    """The entries of a folder by file name; ``below`` lends bodies to files that have none."""
    return dict(_read(folder, below or {}))


def _read(folder: Path, below: Mapping[str, Entry]) -> Iterator[tuple[str, Entry]]:
    for path in sorted(folder.glob("*.html")):
        match = _FRONT_MATTER.match(path.read_text(encoding="utf-8"))
        if match is None:
            raise ValueError(f"{path.name} does not begin with TOML between +++ lines")
        values, body = tomllib.loads(match[1]), match[2].strip()
        if not body and path.name in below:
            body = below[path.name].body
        yield path.name, _entry(values, body)


def _entry(values: Mapping[str, Any], body: str) -> Entry:
    return Entry(
        id=values["id"],
        type=values["type"],
        path=values["path"],
        title=values["title"],
        date=values["date"],
        modified=values.get("modified", values["date"]),
        theme=values["theme"],
        author=values.get("author", "redaktionen"),
        categories=tuple(values.get("categories", ())),
        status=values.get("status", "publish"),
        password=values.get("password", False),
        moved_from=tuple(values.get("moved_from", ())),
        comments=tuple(Comment(**c) for c in values.get("comments", ())),
        body=body,
    )
