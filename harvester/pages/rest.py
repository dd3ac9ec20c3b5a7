"""WordPress REST answers: a site's own word on its posts and pages."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from harvester.addresses import short_hash
from harvester.archive.capture import Capture
from harvester.pages.block_text import normalise
from harvester.pages.document import parse_html
from harvester.quickly_made import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class RestEntry:
    """What a REST answer says of one post or page.

    ``published`` and ``modified`` are local days as the site counts them (`date`, not `date_gmt`).
    ``pointer`` is the JSON pointer of the entry in the answer whose body has ``digest``.
    """

    wordpress_id: int
    type: str
    url: str
    title: str
    content: str
    published: date | None
    published_raw: str
    modified: date | None
    modified_raw: str
    categories: tuple[str, ...]
    author: str | None
    protected: bool
    status: str
    pointer: str
    digest: str
    category_pointers: tuple[str, ...] = ()  # where each category is named


def is_rest(capture: Capture) -> bool:
    """True for a JSON answer (by media type, or by its first character where it states none)."""
    media = capture.media_type
    if media:
        return media == "application/json" or media.endswith("+json")
    return capture.body[:1] in (b"{", b"[")


def read_entries(capture: Capture) -> Iterator[RestEntry]:
    """The posts and pages of a REST answer; nothing for an answer about anything else.

    Drafts, private and scheduled entries are left out whatever the site lets us see.
    """
    try:
        data = json.loads(capture.body)
    except (ValueError, RecursionError):
        return
    yield from entries_in(data, capture.digest)


def entries_in(data: Any, digest: str) -> Iterator[RestEntry]:
    """The posts and pages of a REST answer's data; ``digest`` names its body."""
    listed = isinstance(data, list)
    for n, item in enumerate(data if listed else [data]):
        if isinstance(item, dict):
            entry = _entry(item, f"/{n}" if listed else "", digest)
            if entry is not None and entry.status == "publish":
                yield entry


def statement_hash(entry: RestEntry) -> str:
    """What stands for all that an entry says of its page, but for when it says that the page was changed."""
    beside = (
        entry.title, entry.published_raw, entry.categories, entry.author, entry.protected, entry.type,
    )  # fmt: skip
    return short_hash(f"{beside}\n{entry.content}", 16)


def _entry(item: dict[str, Any], pointer: str, digest: str) -> RestEntry | None:
    url = item.get("link")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        return None
    if not isinstance(item.get("id"), int) or ("date" not in item and "title" not in item):
        return None
    content = item.get("content")
    protected = bool(isinstance(content, dict) and content.get("protected"))
    categories = dict(_categories(item))
    return RestEntry(
        wordpress_id=item["id"],
        type=str(item.get("type", "")),
        url=url,
        title=plain_text(_rendered(item.get("title"))),
        content="" if protected else _rendered(content),
        published=_day(item.get("date")),
        published_raw=str(item.get("date") or ""),
        modified=_day(item.get("modified")),
        modified_raw=str(item.get("modified") or ""),
        categories=tuple(categories.values()),
        category_pointers=tuple(pointer + place for place in categories),
        author=_author(item),
        protected=protected,
        status=str(item.get("status", "publish")),
        pointer=pointer,
        digest=digest,
    )


def _rendered(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("rendered")
    return value if isinstance(value, str) else ""


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def plain_text(markup: str) -> str:
    """The text of a short piece of HTML: a title, a term's name."""
    if "<" in markup:
        return normalise("".join(parse_html(markup).itertext()))
    return normalise(html.unescape(markup))


def _categories(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The embedded categories' names by their pointers below the entry."""
    embedded = item.get("_embedded")
    terms = embedded.get("wp:term") if isinstance(embedded, dict) else None
    for g, group in enumerate(terms if isinstance(terms, list) else ()):
        for n, term in enumerate(group if isinstance(group, list) else ()):
            if isinstance(term, dict) and term.get("taxonomy") == "category":
                name = term.get("name")
                if isinstance(name, str) and name:
                    yield f"/_embedded/wp:term/{g}/{n}/name", plain_text(name)


def _author(item: dict[str, Any]) -> str | None:
    embedded = item.get("_embedded")
    authors = embedded.get("author") if isinstance(embedded, dict) else None
    if isinstance(authors, list) and authors and isinstance(authors[0], dict):
        name = authors[0].get("name")
        return name if isinstance(name, str) and name else None
    return None
