"""Arrow schemas of the tables, and records as bounded batches of columns."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from harvester.datasets.cells import (
    ACTING_RE2,
    day_text,
    inert,
    json_text,
    moment_text,
    well_formed,
)
from harvester.errors import CheckFailedError
from harvester.records import SCHEMA_VERSION, TABLES, ColumnInfo, columns

#: Rows of a batch; a batch ends earlier where its texts grow long.
BATCH_ROWS = 10_000
BATCH_CHARACTERS = 8_000_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a table, column by column, in `records.columns` order."""

    table: str
    arrow: pa.RecordBatch
    values: list[Sequence[Any]]  # as in the records
    plain: list[Sequence[Any]]  # str, int, bool or None: days and lists as text, all of it inert

    def __len__(self) -> int:
        return int(self.arrow.num_rows)


@functools.cache
def is_address(column: ColumnInfo) -> bool:
    """True for a column that holds web addresses, by its name."""
    return column.name == "url" or column.name.endswith("_url")


def arrow_type(column: ColumnInfo) -> pa.DataType:
    """The Arrow type of a column; vocabularies are strings, moments are UTC microseconds."""
    kind = column.value_type
    if kind is tuple:
        return pa.list_(pa.string())
    for python, arrow in _ARROW_TYPES:
        if issubclass(kind, python):
            return arrow
    raise TypeError(f"column {column.name}: no Arrow type for {kind!r}")


@functools.cache
def arrow_schema(table: str) -> pa.Schema:
    """A table's Arrow schema; each field carries its line of the data dictionary."""
    fields = [
        pa.field(c.name, arrow_type(c), nullable=c.nullable, metadata={"doc": c.doc})
        for c in columns(table)
    ]
    return pa.schema(fields, metadata={"table": table, "schema_version": SCHEMA_VERSION})


def batches(table: str, records: Iterable[Any], rows: int = BATCH_ROWS) -> Iterator[Batch]:
    """The records in batches of bounded size. Raises CheckFailedError for a value of wrong type."""
    for group in _groups(table, records, rows):
        yield make_batch(table, group)


def make_batch(table: str, rows: Sequence[tuple[Any, ...]]) -> Batch:
    """Rows (values in column order) as one batch."""
    infos = columns(table)
    values: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [() for _ in infos]
    arrays = []
    for index, info in enumerate(infos):
        values[index], array = _array(table, info, values[index])
        arrays.append(array)
    arrow = pa.RecordBatch.from_arrays(arrays, schema=arrow_schema(table))
    plain = [_plain(info, v, a) for info, v, a in zip(infos, values, arrays, strict=True)]
    return Batch(table, arrow, values, plain)


def stored_batch(table: str, arrow: pa.RecordBatch) -> Batch:
    """Rows that a Parquet file gave back as one batch; lists for tuples, else as `make_batch` has it."""
    infos = columns(table)
    arrays = [arrow.column(info.name) for info in infos]
    values: list[Sequence[Any]] = [_stored_values(array) for array in arrays]
    plain = [_plain(info, v, a) for info, v, a in zip(infos, values, arrays, strict=True)]
    return Batch(table, arrow, values, plain)


def _stored_values(array: pa.Array) -> list[Any]:
    if not pa.types.is_timestamp(array.type):
        values: list[Any] = array.to_pylist()
        return values
    # Arrow would load all of pandas for a moment with a zone.
    counts = array.cast(pa.int64()).to_pylist()
    return [None if n is None else _EPOCH + timedelta(microseconds=n) for n in counts]


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def row_getter(table: str) -> Callable[[Any], tuple[Any, ...]]:
    """The function that gives a record's values in column order."""
    return operator.attrgetter(*(c.name for c in columns(table)))


_ARROW_TYPES: tuple[tuple[type, pa.DataType], ...] = (
    (bool, pa.bool_()),
    (int, pa.int64()),
    (str, pa.string()),
    (datetime, pa.timestamp("us", tz="UTC")),
    (date, pa.date32()),
)


def _groups(table: str, records: Iterable[Any], rows: int) -> Iterator[list[tuple[Any, ...]]]:
    record_type = TABLES[table]
    get = row_getter(table)
    texts = [i for i, c in enumerate(columns(table)) if c.free_text and not c.is_list]
    group: list[tuple[Any, ...]] = []
    characters = 0
    for record in records:
        if type(record) is not record_type:
            raise CheckFailedError(f"table {table}: a {type(record).__name__} is no row of it")
        row = get(record)
        group.append(row)
        for i in texts:
            if isinstance(row[i], str):
                characters += len(row[i])
        if len(group) >= rows or characters >= BATCH_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _array(table: str, info: ColumnInfo, values: Sequence[Any]) -> tuple[Sequence[Any], pa.Array]:
    """The values (mended where UTF-8 has no place for them) and their Arrow array."""
    try:
        try:
            array = pa.array(values, arrow_type(info))
        except UnicodeEncodeError:
            values = [_mended(value) for value in values]
            array = pa.array(values, arrow_type(info))
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        reason = str(error).splitlines()[0]
        raise CheckFailedError(
            f"{table}.{info.name}: a value of the wrong type: {reason}"
        ) from error
    return values, array


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, tuple | list):
        return tuple(well_formed(item) for item in value)
    return value


def _plain(info: ColumnInfo, values: Sequence[Any], array: pa.Array) -> Sequence[Any]:
    kind = info.value_type
    if kind is tuple:
        return [None if v is None else json_text(v) for v in values]
    if info.vocabulary is not None:
        return [None if v is None else str(v) for v in values]
    if issubclass(kind, str):
        if pc.any(pc.match_substring_regex(array, ACTING_RE2)).as_py():
            return [None if v is None else inert(v) for v in values]
        return values
    if issubclass(kind, datetime):
        return [None if v is None else moment_text(v) for v in values]
    if issubclass(kind, date):
        return [None if v is None else day_text(v) for v in values]
    return values
