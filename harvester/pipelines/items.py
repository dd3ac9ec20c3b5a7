"""Rows on their way from a spider through Scrapy's pipelines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from harvester.records import as_item


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
    rows = [as_item(record) for record in records]
    for row in rows:
        yield RowItem(row, page_id, len(rows))
