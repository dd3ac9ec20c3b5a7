"""Items that fit their table, and nothing else."""

from __future__ import annotations

import types
import typing
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem

from harvester.pipelines.items import column_values
from harvester.records import TABLES, ColumnInfo, columns


class ValidatePipeline:
    """Drops an item with an unknown table, a missing column, a wrong type or an unlisted value."""

    def process_item(self, item: Any) -> Any:
        fault = fault_of(ItemAdapter(item).asdict())
        if fault is not None:
            raise DropItem(f"invalid_row: {fault}")
        return item


def fault_of(item: dict[str, Any]) -> str | None:
    """What is wrong with an item, in one line without its values; None for a sound one."""
    table = item.get("table")
    if table not in TABLES:
        return f"there is no table {table!r}"
    wanted = columns(str(table))
    names = {column.name for column in wanted}
    given = column_values(item)
    if names != set(given):
        return f"{table}: columns missing or unknown: {', '.join(sorted(names ^ set(given)))}"
    for column in wanted:
        if not _fits(given[column.name], column):
            return f"{table}.{column.name}: a value that is no {_name_of(column)}"
    return None


def _fits(value: Any, column: ColumnInfo) -> bool:
    if value is None:
        return column.nullable
    kind = column.value_type
    if kind is tuple:
        return isinstance(value, tuple | list) and all(isinstance(v, str) for v in value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return value in (column.vocabulary or ())
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, kind)


def _name_of(column: ColumnInfo) -> str:
    kind = column.value_type
    if isinstance(kind, types.UnionType):
        return " or ".join(a.__name__ for a in typing.get_args(kind))
    return "list of strings" if kind is tuple else str(kind.__name__)
