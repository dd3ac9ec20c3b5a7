"""CSV for spreadsheets: UTF-8 with BOM, CRLF, formula cells guarded, lists as JSON text."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harvester.datasets.cells import guarded
from harvester.datasets.info import ReleaseInfo
from harvester.datasets.schema import Batch
from harvester.records import ColumnInfo, columns

#: The table that also stands on top of the release, where people look first.
TOP_TABLE = "appearances"


class CsvFiles:
    """Writes ``csv/<table>.csv`` and ``appearances.csv`` on top."""

    def __init__(self, folder: Path, info: ReleaseInfo) -> None:
        self._top = folder
        self._folder = folder / "csv"
        self._folder.mkdir()
        self._files: list[io.TextIOWrapper] = []

    def begin(self, table: str) -> None:
        paths = [self._folder / f"{table}.csv"]
        if table == TOP_TABLE:
            paths.append(self._top / f"{table}.csv")
        for path in paths:
            self._files.append(path.open("w", encoding="utf-8-sig", newline=""))
        header = io.StringIO()
        csv_writer(header).writerow([c.name for c in columns(table)])
        self._put(header.getvalue())

    def write(self, batch: Batch) -> None:
        cells = [
            csv_cells(info, values)
            for info, values in zip(columns(batch.table), batch.plain, strict=True)
        ]
        text = io.StringIO()
        csv_writer(text).writerows(zip(*cells, strict=True))
        self._put(text.getvalue())

    def end(self) -> None:
        while self._files:
            self._files.pop().close()

    def finish(self) -> None:
        """Nothing is left to write once the last table has ended."""

    def abandon(self) -> None:
        for file in self._files:
            with contextlib.suppress(OSError):  # a full disk: the next one must close too
                file.close()

    def _put(self, text: str) -> None:
        for file in self._files:
            file.write(text)


def csv_writer(file: io.TextIOBase) -> Any:
    """A CSV writer in the release's dialect."""
    return csv.writer(file, lineterminator="\r\n")


def csv_cells(info: ColumnInfo, values: Sequence[Any]) -> Sequence[Any]:
    """A column's plain values as cells: `true`/`false`, null as nothing, free text guarded.

    Ids and addresses stay raw, so that they can be joined; lists begin with `[` and need no guard.
    """
    if info.value_type is bool:
        return [None if v is None else ("true" if v else "false") for v in values]
    if info.free_text and not info.is_list:
        return [None if v is None else guarded(v) for v in values]
    return values
