"""Each row once a run, by its table's primary key."""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem

from harvester.records import primary_key


class DeduplicatePipeline:
    """Drops a row whose key, or for tables without one whose every value, came before."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, Any]] = set()

    def process_item(self, item: Any) -> Any:
        row = ItemAdapter(item)
        table = str(row["table"])
        key = primary_key(table)
        value = row[key] if key is not None else hash(tuple(map(repr, row.asdict().items())))
        if (table, value) in self._seen:
            # Duplicates are expected (a page reached twice): no line in the log for each.
            raise DropItem(f"duplicate_row: {table} {value}", log_level="DEBUG")
        self._seen.add((table, value))
        return item
