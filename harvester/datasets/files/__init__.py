"""Release files: one module a format, all filled in one pass over each table."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from harvester.datasets.files.books import BOOK_FORMATS, Books
from harvester.datasets.files.csv_text import CsvFiles
from harvester.datasets.files.json_lines import JsonLines
from harvester.datasets.files.parquet import ParquetFiles
from harvester.datasets.info import ReleaseInfo
from harvester.datasets.schema import Batch, batches
from harvester.errors import CheckFailedError
from harvester.records import TABLES, columns


class TableFiles(Protocol):
    """One format of a release: told of each table in turn, finished or abandoned at the end."""

    def begin(self, table: str) -> None: ...
    def write(self, batch: Batch) -> None: ...
    def end(self) -> None: ...
    def finish(self) -> None: ...
    def abandon(self) -> None: ...


#: The formats with a file for each table, written as its rows come by.
TABLE_FORMATS: tuple[type[Any], ...] = (ParquetFiles, CsvFiles, JsonLines)

#: Every format of a release.
FORMATS = (*TABLE_FORMATS, *BOOK_FORMATS)


def write_tables(
    folder: Path, tables: Mapping[str, Iterable[Any]], info: ReleaseInfo, books: Books | None = None
) -> dict[str, int]:
    """Writes every format into an empty folder and returns the rows of each table.

    Each table's records are consumed once, in bounded batches; a table that is not given is empty.
    ``books`` that are given are told of the tables, and left for the caller to finish.
    Raises KeyError for an unknown table, CheckFailedError for a row that no file can hold.
    """
    if unknown := sorted(set(tables) - set(TABLES)):
        raise KeyError(f"no such table: {', '.join(unknown)}")
    if books is None:
        with Books(folder, info, second_process=False) as own:
            rows = write_tables(folder, tables, info, own)
            own.finish()
        return rows
    rows = dict.fromkeys(TABLES, 0)
    writers: list[TableFiles] = []
    try:
        for make in TABLE_FORMATS:
            writers.append(make(folder, info))
        for table in TABLES:
            rows[table] = _write_table(table, tables.get(table, ()), writers)
            books.add(table, rows[table])
        for writer in writers:
            writer.finish()
    except BaseException:
        for writer in writers:
            # What stopped the work may stop the closing too; the first fault is the one to tell.
            with contextlib.suppress(OSError):
                writer.abandon()
        raise
    return rows


def _write_table(table: str, records: Iterable[Any], writers: list[TableFiles]) -> int:
    rows = 0
    for writer in writers:
        writer.begin(table)
    for batch in batches(table, records):
        _require_values(batch)
        rows += len(batch)
        for writer in writers:
            writer.write(batch)
    for writer in writers:
        writer.end()
    return rows


def _require_values(batch: Batch) -> None:
    """Raises CheckFailedError for a null where the records allow none."""
    for column, array in zip(columns(batch.table), batch.arrow.columns, strict=True):
        if array.null_count and not column.nullable:
            row = array.is_null().index(True).as_py()
            raise CheckFailedError(
                f"{batch.table}.{column.name}: null in a column that is never null, in the row "
                f"{tuple(values[row] for values in batch.values[:3])!r}"
            )
