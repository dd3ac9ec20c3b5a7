"""The tables of a release as plain rows, for pages and plots to be made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from harvester.datasets.table_source import ReleaseTables
from harvester.records import columns, primary_key

Row = dict[str, Any]


def rows(
    release: Path,
    table: str,
    names: Sequence[str] | None = None,
    *,
    but: tuple[str, str] | None = None,
) -> list[Row]:
    """The rows of a table in their stored order; none where the release lacks the table.

    ``but`` is a column and the value of it whose rows are left out, before they cost any memory.
    """
    wanted = list(names) if names else [column.name for column in columns(table)]
    data = ReleaseTables(release).read(table, wanted)
    if but is not None:
        column, value = but
        data = data.filter(pc.fill_null(pc.not_equal(data[column], value), True))
    return dictionaries(data)


def dictionaries(data: pa.Table) -> list[Row]:
    """The rows of an Arrow table. Equal texts of a column are one object: most repeat themselves."""
    names = data.column_names
    values = [_shared(column) for column in data.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]


def _shared(column: pa.ChunkedArray) -> list[Any]:
    if not pa.types.is_string(column.type):
        values: list[Any] = column.to_pylist()
        return values
    encoded = column.combine_chunks().dictionary_encode()
    texts = [*encoded.dictionary.to_pylist(), None]
    return [texts[n] for n in pc.fill_null(encoded.indices, -1).to_pylist()]


def pages_of_rows(release: Path, tables: Iterable[str]) -> dict[tuple[str, Any], str]:
    """The page of each row of the tables, by table and primary key."""
    return {
        (table, row[key]): row["page_id"]
        for table in tables
        if (key := primary_key(table))
        for row in rows(release, table, sorted({key, "page_id"}))
    }


def by(key: str, found: Iterable[Row]) -> dict[Any, Row]:
    """Rows by a column that is unique."""
    return {row[key]: row for row in found}


def grouped(key: str, found: Iterable[Row]) -> dict[Any, list[Row]]:
    """Rows by a column, in their order."""
    groups: dict[Any, list[Row]] = {}
    for row in found:
        groups.setdefault(row[key], []).append(row)
    return groups
