"""Row keys: what makes a row the same row in two releases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from harvester.records import primary_key

#: Tables without a primary key: the columns that say which row is meant.
NATURAL_KEYS: dict[str, tuple[str, ...]] = {
    "appearances": ("page_id", "clip_id", "person_id", "took_part_as"),
    "person_candidates": ("person_id", "other_id", "reason"),
    "links": ("page_id", "url"),
    "film_states": ("film_id", "checked_at"),
    "evidence": ("table", "row_id", "field"),
    "problems": ("run", "page_id", "url", "code"),
}


def key_columns(table: str) -> tuple[str, ...]:
    """The columns whose values identify a row of the table."""
    primary = primary_key(table)
    return (primary,) if primary else NATURAL_KEYS[table]


def row_ids(keys: Iterator[Sequence[Any]]) -> Iterator[str]:
    """One id a row from its key values in the order of rows; a repeated key gets `#2`, `#3` …

    Rows of one key must stand together or the keys must be primary.
    """
    last, repeats = "", 0
    for key in keys:
        row_id = " ".join("-" if part is None else str(part) for part in key)
        repeats = repeats + 1 if row_id == last else 1
        last = row_id
        yield row_id if repeats == 1 else f"{row_id}#{repeats}"
