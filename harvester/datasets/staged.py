"""Staged rows: what a spider's run wrote of each page it read, as records again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from harvester.errors import CheckFailedError
from harvester.records import PAGE_TABLES, TABLES, ColumnInfo, columns

FOLDER = "staged"


def staged_tables(folder: Path) -> dict[str, list[Any]]:
    """The records of a folder of staged rows, by table.

    Raises CheckFailedError for a line that is no row of its table.
    """
    return {table: list(_records(folder / f"{table}.jsonl", table)) for table in PAGE_TABLES}


def _records(file: Path, table: str) -> Iterator[Any]:
    if not file.is_file():
        return
    infos = {column.name: column for column in columns(table)}
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield _record(table, infos, json.loads(line))
            except (ValueError, TypeError, AttributeError) as error:
                raise CheckFailedError(
                    f"{file}, line {number}: no row of {table} ({error}); crawl again"
                ) from error


def _record(table: str, infos: Mapping[str, ColumnInfo], row: dict[str, Any]) -> Any:
    values = {name: _value(infos[name], value) for name, value in row.items() if name in infos}
    return TABLES[table](**values)


def _value(column: ColumnInfo, value: Any) -> Any:
    """A value of JSON in its column's type, where JSON has none for it."""
    kind = column.value_type
    if value is None:
        return None
    if kind is tuple:
        return tuple(value)
    if issubclass(kind, datetime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if issubclass(kind, date) else value
