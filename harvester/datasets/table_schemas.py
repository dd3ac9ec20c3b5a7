"""Table schemas for pandera, read from the records: types, nulls, vocabularies, lists."""

from __future__ import annotations

import functools
import warnings
from collections import Counter
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pyarrow as pa

from harvester.datasets.check_results import CheckResult, Status, broken, passed
from harvester.datasets.load import frame
from harvester.datasets.table_source import TableSource
from harvester.records import TABLES, ColumnInfo, columns


def schema_results(source: TableSource) -> Iterator[CheckResult]:
    """One result a table: does every value have its column's type, and is none null that may not be?

    Without pandera there is one warning that says how to get it, and nothing is validated here.
    """
    pandera = _pandera()
    if pandera is None:
        message = "types and vocabularies not validated: pandera is missing; make setup"
        yield CheckResult("schema", "", Status.WARNING, message)
        return
    for table in TABLES:
        yield _table_result(pandera, source, table)


@functools.cache
def pandera_schema(table: str) -> Any:
    """A table's pandera DataFrameSchema. Raises ImportError without the extra `checks`."""
    pandera = _pandera()
    if pandera is None:
        raise ImportError("pandera is missing; make setup")
    checked = {column.name: _column(pandera, column) for column in columns(table)}
    return pandera.DataFrameSchema(checked, strict=True, ordered=True)


def _table_result(pandera: ModuleType, source: TableSource, table: str) -> CheckResult:
    faults: Counter[str] = Counter()
    rows = 0
    for batch in source.batches(table):
        rows += batch.num_rows
        try:
            pandera_schema(table).validate(frame(table, pa.Table.from_batches([batch])), lazy=True)
        except pandera.errors.SchemaErrors as error:
            for case in error.failure_cases.itertuples(index=False):
                faults[f"{case.column}: {case.check}"] += 1
    name = f"schema.{table}"
    if not faults:
        return passed(name, table, f"{rows} rows as the records say")
    shown = "; ".join(f"{fault} ({count})" for fault, count in faults.most_common(3))
    return broken(name, table, shown, value=sum(faults.values()))


def _column(pandera: ModuleType, column: ColumnInfo) -> Any:
    checks = []
    kind: Any = None
    if column.is_list:
        kind = object
        checks.append(pandera.Check(_is_list_of_text, element_wise=True, name="list_of_text"))
    elif column.vocabulary:
        checks.append(pandera.Check.isin(list(column.vocabulary)))
    else:
        kind = _dtype(column)
    return pandera.Column(kind, checks, nullable=column.nullable)


def _dtype(column: ColumnInfo) -> str:
    kind = column.value_type
    if kind is int:
        return "Int64" if column.nullable else "int64"
    return {str: "str", bool: "bool"}.get(kind) or (
        "datetime64[us, UTC]" if kind.__name__ == "datetime" else "datetime64[us]"
    )


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


@functools.cache
def _pandera() -> ModuleType | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what pandera's own imports deprecate is not ours
            import pandera.errors
            import pandera.pandas
    except ImportError:
        return None
    return pandera.pandas
