"""Rows on their way from a spider through Scrapy's pipelines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from harvester.records import columns, table_of

#: What an item calls the column `table` of evidence, since ``table`` names the row's own table.
OF_TABLE = "of_table"


class RowItem(dict[str, Any]):
    """A row as ``{"table": …, column: value, …}`` that knows its page and how many rows that has.

    A plain dict for exporters; the count lets a page be staged whole or not at all.
    """

    __slots__ = ("page_id", "rows")

    def __init__(self, row: dict[str, Any], page_id: str, rows: int) -> None:
        super().__init__(row)
        self.page_id = page_id
        self.rows = rows


def row_items(page_id: str, records: Iterable[Any]) -> Iterator[RowItem]:
    """The items of one page's records, in their order."""
    rows = [as_row(record) for record in records]
    for row in rows:
        yield RowItem(row, page_id, len(rows))


def as_row(record: Any) -> dict[str, Any]:
    """A record as an item: its table's name, then its columns."""
    table = table_of(record)
    return {"table": table} | {
        OF_TABLE if column.name == "table" else column.name: getattr(record, column.name)
        for column in columns(table)
    }


def column_values(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item's columns under their own names."""
    return {
        "table" if name == OF_TABLE else name: value
        for name, value in item.items()
        if name != "table"
    }
