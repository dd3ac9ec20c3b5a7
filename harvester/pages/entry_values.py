"""What REST says of a page's metadata, each value with its place in the answer; nothing without an entry."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from harvester.pages.content import Found
from harvester.pages.rest import RestEntry

T = TypeVar("T")


def entry_title(entry: RestEntry | None) -> Found[str] | None:
    """The title."""
    if entry is None or not entry.title:
        return None
    return Found(
        entry.title, entry.title, f"{entry.pointer}/title/rendered#/html/body", "title.rest", 0, len(entry.title), entry.digest
    )  # fmt: skip


def entry_published(entry: RestEntry | None) -> Found[date] | None:
    """The local day of publication."""
    return _told(entry, entry.published, entry.published_raw, "date") if entry else None


def entry_modified(entry: RestEntry | None) -> Found[date] | None:
    """The local day of the last change."""
    return _told(entry, entry.modified, entry.modified_raw, "modified") if entry else None


def entry_author(entry: RestEntry | None) -> Found[str] | None:
    """The byline."""
    if entry is None or not entry.author:
        return None
    return _told(entry, entry.author, entry.author, "_embedded/author/0/name")


def entry_categories(entry: RestEntry | None) -> tuple[Found[str], ...]:
    """The names of the categories."""
    if entry is None:
        return ()
    return tuple(
        Found(name, name, f"{place}#/html/body", "categories.rest", 0, len(name), entry.digest)
        for name, place in zip(entry.categories, entry.category_pointers, strict=True)
    )


def _told(entry: RestEntry, value: T | None, raw: str, key: str) -> Found[T] | None:
    """A value that stands as it is at a key of the entry."""
    if value is None:
        return None
    return Found(value, raw, f"{entry.pointer}/{key}", f"{key}.rest", 0, len(raw), entry.digest)
