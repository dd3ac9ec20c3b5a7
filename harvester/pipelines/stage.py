"""Rows of complete pages under ``runs/<run>/staged/<table>.jsonl``."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Self, TextIO

from scrapy import signals
from scrapy.exceptions import NotConfigured

from harvester.errors import UnwritableError
from harvester.pipelines.items import RowItem, column_values


class StagePipeline:
    """Keeps a page's rows until the last one has come or was dropped, then writes them together."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, TextIO] = {}
        self._waiting: dict[str, list[RowItem]] = defaultdict(list)
        self._counted: dict[str, int] = defaultdict(int)

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        session = getattr(crawler.spider, "session", None)
        if session is None:
            raise NotConfigured
        pipeline = cls(session.folder / "staged")
        crawler.signals.connect(pipeline.item_dropped, signal=signals.item_dropped)
        return pipeline

    def process_item(self, item: Any) -> Any:
        if isinstance(item, RowItem):
            self._waiting[item.page_id].append(item)
            self._count(item)
        return item

    def item_dropped(self, item: Any) -> None:
        """A dropped row counts too: its page is complete without it."""
        if isinstance(item, RowItem):
            self._count(item)

    def close_spider(self) -> None:
        for file in self._files.values():
            file.close()

    def _count(self, item: RowItem) -> None:
        self._counted[item.page_id] += 1
        if self._counted[item.page_id] >= item.rows:
            del self._counted[item.page_id]
            self._write(self._waiting.pop(item.page_id, []))

    def _write(self, rows: list[RowItem]) -> None:
        try:
            for row in rows:
                self._file(row["table"]).write(json_line(row))
            for file in self._files.values():
                file.flush()
        except OSError as error:
            raise UnwritableError(
                f"cannot write {self._folder}: {error.strerror}; free space or name another output"
            ) from error

    def _file(self, table: str) -> TextIO:
        if table not in self._files:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._files[table] = (self._folder / f"{table}.jsonl").open("a", encoding="utf-8")
        return self._files[table]


def json_line(row: Mapping[str, Any]) -> str:
    """A row as a line of JSON, its days and times as ISO text, without the table's name."""
    values = {name: _plain(value) for name, value in column_values(row).items()}
    return json.dumps(values, ensure_ascii=False) + "\n"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
