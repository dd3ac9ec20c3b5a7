"""Row keys: what makes a row the same row in two releases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from harvester.records import columns, primary_key

#: Tables without a primary key: the columns that say which row is meant.
NATURAL_KEYS: dict[str, tuple[str, ...]] = {
    "appearances": ("page_id", "clip_id", "person_id", "took_part_as"),
    "person_candidates": ("person_id", "other_id", "reason"),
    "links": ("page_id", "url"),
    "film_states": ("film_id", "checked_at"),
    "evidence": ("table", "row_id", "field"),
    "problems": ("run", "page_id", "url", "code"),
}


class KeyedRow(NamedTuple):
    """A row with what it is found by."""

    order: tuple[str, int]  # sort key, number among rows of the same key
    row_id: str
    values: tuple[Any, ...]


def key_columns(table: str) -> tuple[str, ...]:
    """The columns whose values identify a row of the table."""
    primary = primary_key(table)
    return (primary,) if primary else NATURAL_KEYS[table]


def keyed_rows(table: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[KeyedRow]:
    """The rows (values in column order) with their keys; rows of one key must stand together.

    A repeated key gets a number: `…#2`, `…#3`.
    """
    names = [column.name for column in columns(table)]
    places = [names.index(name) for name in key_columns(table)]
    last, number = "", 0
    for row in rows:
        key = [row[place] for place in places]
        text = sort_key(key)
        number = number + 1 if text == last and number else 1
        last = text
        yield KeyedRow((text, number), row_id_of(key, number), row)


def row_id_of(key: Sequence[Any], number: int = 1) -> str:
    """A row's key as one text for people and files; ``number`` tells rows of the same key apart."""
    text = " ".join("-" if part is None else str(part) for part in key)
    return text if number == 1 else f"{text}#{number}"


def sort_key(key: Sequence[Any]) -> str:
    """A row's key as one text that sorts; null sorts first."""
    return "\x00".join("" if part is None else str(part) for part in key)
