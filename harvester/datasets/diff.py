"""Differences: what was added, changed and gone between two releases, and why."""

from __future__ import annotations

import dataclasses
import filecmp
import pickle
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from harvester.datasets.folders import require_parquet
from harvester.datasets.info import CONTENT_TABLES
from harvester.datasets.keys import KeyedRow, key_columns, keyed_rows, sort_key
from harvester.datasets.table_source import stored_rows
from harvester.records import columns


class ChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"


class Cause(StrEnum):
    """Who changed a value."""

    SOURCE = "source"
    CODE = "code"
    OVERRIDE = "override"
    BOTH = "both"  # the source and the code


@dataclass(frozen=True, slots=True)
class Change:
    """One changed value, or a row that came or went (then `column` is empty)."""

    table: str
    row_id: str
    column: str
    kind: ChangeKind
    old: Any
    new: Any
    cause: Cause | None
    label: str  # what a person calls the row


CauseOf = Callable[[str, str, str, Any, Any], Cause | None]

#: The column whose text tells people which row is meant.
LABELS: dict[str, str] = {
    "appearances": "person",
    "pages": "title",
    "films": "title",
    "clips": "heading",
    "people": "name",
    "contributions": "name_raw",
    "dates": "raw",
    "documents": "title",
    "links": "title",
}


def diff(
    release_a: Path,
    release_b: Path,
    cause_of: CauseOf | None = None,
    tables: Sequence[str] = CONTENT_TABLES,
) -> Iterator[Change]:
    """The changes from one release folder to another, by table and row key, in one linear pass.

    ``cause_of(table, row_id, column, old, new)`` names the cause of each change; without it the
    cause is None. A table or column that one side lacks counts as empty there.
    """
    for table in tables:
        paths = [release / "parquet" / f"{table}.parquet" for release in (release_a, release_b)]
        if all(path.is_file() for path in paths) and filecmp.cmp(paths[0], paths[1], shallow=False):
            continue
        for change in _table_changes(
            table, table_rows(release_a, table), table_rows(release_b, table)
        ):
            yield _with_cause(change, cause_of)


def _table_changes(
    table: str, old: Iterator[KeyedRow], new: Iterator[KeyedRow]
) -> Iterator[Change]:
    before, after = next(old, None), next(new, None)
    while before or after:
        if before and (after is None or before.order < after.order):
            yield _whole_row(table, ChangeKind.GONE, before)
            before = next(old, None)
        elif after and (before is None or after.order < before.order):
            yield _whole_row(table, ChangeKind.ADDED, after)
            after = next(new, None)
        elif before and after:
            yield from _changed_values(table, before, after)
            before, after = next(old, None), next(new, None)


def _changed_values(table: str, before: KeyedRow, after: KeyedRow) -> Iterator[Change]:
    if before.values == after.values:
        return
    label = _label(table, after)
    for column, was, now in zip(columns(table), before.values, after.values, strict=True):
        if was != now:
            kind = ChangeKind.CHANGED
            yield Change(table, after.row_id, column.name, kind, was, now, None, label)


def _whole_row(table: str, kind: ChangeKind, row: KeyedRow) -> Change:
    return Change(table, row.row_id, "", kind, None, None, None, _label(table, row))


def _label(table: str, row: KeyedRow) -> str:
    wanted = LABELS.get(table)
    pairs = zip(columns(table), row.values, strict=True)
    return next((str(v) for c, v in pairs if c.name == wanted and v is not None), "")


def _with_cause(change: Change, cause_of: CauseOf | None) -> Change:
    if cause_of is None:
        return change
    cause = cause_of(change.table, change.row_id, change.column, change.old, change.new)
    return dataclasses.replace(change, cause=cause)


def table_rows(release: Path, table: str) -> Iterator[KeyedRow]:
    """The rows of a release's table in the order of their keys; equal keys in file order."""
    path = release / "parquet" / f"{table}.parquet"
    if not path.is_file():
        return iter(())
    require_parquet(path)
    rows = stored_rows(path, [column.name for column in columns(table)])
    return keyed_rows(table, rows if _is_sorted(path, table) else _sorted_rows(table, rows))


def _is_sorted(path: Path, table: str) -> bool:
    last = ""
    for key in stored_rows(path, key_columns(table)):
        text = sort_key(key)
        if text < last:
            return False
        last = text
    return True


def _sorted_rows(table: str, rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The rows sorted by key outside memory: SQLite's temporary database spills to disk."""
    db = sqlite3.connect("")
    try:
        db.execute(
            "CREATE TABLE rows (key BLOB, number INTEGER, row BLOB, PRIMARY KEY (key, number))"
        )
        db.executemany(
            "INSERT INTO rows VALUES (?, ?, ?)",
            (
                (keyed.order[0].encode(), number, pickle.dumps(keyed.values, 5))
                for number, keyed in enumerate(keyed_rows(table, rows))
            ),
        )
        for (row,) in db.execute("SELECT row FROM rows ORDER BY key, number"):
            yield pickle.loads(row)
    finally:
        db.close()
