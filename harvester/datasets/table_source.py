"""Where checks read tables from: a release folder, or records in memory. Column by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from harvester.datasets.folders import require_parquet
from harvester.datasets.schema import arrow_schema, batches


class TableSource(Protocol):
    """Tables that can be counted, read by column and walked in batches."""

    def rows(self, table: str) -> int: ...
    def read(self, table: str, names: Sequence[str]) -> pa.Table: ...
    def batches(self, table: str) -> Iterator[pa.RecordBatch]: ...


class ReleaseTables:
    """The tables of a release folder; a table or column that it lacks is empty."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "parquet"

    def rows(self, table: str) -> int:
        path = self._path(table)
        return int(pq.read_metadata(path).num_rows) if path.is_file() else 0

    def read(self, table: str, names: Sequence[str]) -> pa.Table:
        path, schema = self._path(table), _part(arrow_schema(table), names)
        if not path.is_file():
            return schema.empty_table()
        there = set(pq.read_schema(path).names)
        data = pq.read_table(path, columns=[n for n in names if n in there], use_threads=False)
        for name in names:
            if name not in there:
                nothing = pa.nulls(data.num_rows, schema.field(name).type)
                data = data.append_column(schema.field(name), nothing)
        return data.select(list(names))

    def batches(self, table: str) -> Iterator[pa.RecordBatch]:
        path = self._path(table)
        if path.is_file():
            with pq.ParquetFile(path) as file:
                yield from file.iter_batches(batch_size=50_000, use_threads=False)

    def _path(self, table: str) -> Path:
        """Where the table lies. Raises DamagedReleaseError for a file that is no Parquet."""
        path = self._folder / f"{table}.parquet"
        if path.is_file():
            require_parquet(path)
        return path


class RecordTables:
    """Records in memory. Raises CheckFailedError for a value that has no place in its column."""

    def __init__(self, tables: Mapping[str, Iterable[Any]]) -> None:
        self._batches = {
            table: [batch.arrow for batch in batches(table, records)]
            for table, records in tables.items()
        }

    def rows(self, table: str) -> int:
        return sum(batch.num_rows for batch in self._batches.get(table, []))

    def read(self, table: str, names: Sequence[str]) -> pa.Table:
        data = pa.Table.from_batches(self._batches.get(table, []), schema=arrow_schema(table))
        return data.select(list(names))

    def batches(self, table: str) -> Iterator[pa.RecordBatch]:
        return iter(self._batches.get(table, []))


def table_source(tables: Path | Mapping[str, Iterable[Any]]) -> TableSource:
    """The source for a release folder or for records by table."""
    return ReleaseTables(tables) if isinstance(tables, Path) else RecordTables(tables)


def stored_rows(
    path: Path, names: Sequence[str], batch_rows: int = 10_000
) -> Iterator[tuple[Any, ...]]:
    """The rows of a Parquet file as tuples of the named columns; a column that it lacks is null."""
    with pq.ParquetFile(path) as file:
        there = set(file.schema_arrow.names)
        wanted = [name for name in names if name in there]
        for batch in file.iter_batches(batch_size=batch_rows, columns=wanted, use_threads=False):
            nothing = [None] * batch.num_rows
            values = [batch.column(n).to_pylist() if n in there else nothing for n in names]
            yield from zip(*values, strict=True)


def _part(schema: pa.Schema, names: Sequence[str]) -> pa.Schema:
    return pa.schema([schema.field(name) for name in names])
