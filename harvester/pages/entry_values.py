"""What REST says of a page's metadata, each value with its place in the answer; nothing without an entry."""

from __future__ import annotations

from datetime import date

from harvester.pages.content import Found
from harvester.pages.rest import RestEntry


def entry_title(entry: RestEntry | None) -> Found[str] | None:
    """The title."""
    if entry is None or not entry.title:
        return None
    return Found(
        entry.title, entry.title, f"{entry.pointer}/title/rendered#/html/body", "title.rest", 0, len(entry.title), entry.digest
    )  # fmt: skip


def entry_published(entry: RestEntry | None) -> Found[date] | None:
    """The local day of publication."""
    if entry is None or entry.published is None:
        return None
    raw = entry.published_raw
    place = f"{entry.pointer}/date"
    return Found(entry.published, raw, place, "date.rest", 0, len(raw), entry.digest)


def entry_modified(entry: RestEntry | None) -> Found[date] | None:
    """The local day of the last change."""
    if entry is None or entry.modified is None:
        return None
    raw = entry.modified_raw
    place = f"{entry.pointer}/modified"
    return Found(entry.modified, raw, place, "modified.rest", 0, len(raw), entry.digest)


def entry_author(entry: RestEntry | None) -> Found[str] | None:
    """The byline."""
    if entry is None or not entry.author:
        return None
    name = entry.author
    place = f"{entry.pointer}/_embedded/author/0/name"
    return Found(name, name, place, "_embedded/author/0/name.rest", 0, len(name), entry.digest)


def entry_categories(entry: RestEntry | None) -> tuple[Found[str], ...]:
    """The names of the categories."""
    if entry is None:
        return ()
    return tuple(
        Found(name, name, f"{place}#/html/body", "categories.rest", 0, len(name), entry.digest)
        for name, place in zip(entry.categories, entry.category_pointers, strict=True)
    )
