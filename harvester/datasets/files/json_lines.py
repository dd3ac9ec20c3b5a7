"""JSON Lines: exact values, arrays and nulls as such, one object a row."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harvester.datasets.cells import escaped_json
from harvester.datasets.info import ReleaseInfo
from harvester.datasets.schema import Batch
from harvester.records import ColumnInfo, columns

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class JsonLines:
    """Writes ``jsonl/<table>.jsonl`` in UTF-8 without BOM."""

    def __init__(self, folder: Path, info: ReleaseInfo) -> None:
        self._folder = folder / "jsonl"
        self._folder.mkdir()
        self._file: io.TextIOWrapper | None = None

    def begin(self, table: str) -> None:
        path = self._folder / f"{table}.jsonl"
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def write(self, batch: Batch) -> None:
        infos = columns(batch.table)
        names = [c.name for c in infos]
        cells = [
            _json_values(info, exact, plain)
            for info, exact, plain in zip(infos, batch.values, batch.plain, strict=True)
        ]
        lines = [_encode(dict(zip(names, row, strict=True))) for row in zip(*cells, strict=True)]
        if self._file is not None:
            self._file.write(escaped_json("\n".join(lines) + "\n"))

    def end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def finish(self) -> None:
        """Nothing is left to write once the last table has ended."""

    def abandon(self) -> None:
        self.end()


def _json_values(info: ColumnInfo, exact: Sequence[Any], plain: Sequence[Any]) -> Sequence[Any]:
    """Texts and lists exactly; days and moments as their ISO text."""
    exact_in_json = info.is_list or issubclass(info.value_type, str | int)
    return exact if exact_in_json else plain
