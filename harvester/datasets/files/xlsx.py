"""xlsx for people: appearances first, then the content tables, then a sheet of notes.

Strings are never formulas or links, days are days, and what Excel cannot hold (rows beyond
1,048,576, cells beyond 32,767 characters) is left out and said so in the notes.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from harvester.datasets.info import CONTENT_TABLES, ReleaseInfo
from harvester.datasets.schema import Batch
from harvester.records import ColumnInfo, columns

EXCEL_ROWS = 1_048_576
EXCEL_CHARACTERS = 32_767

#: Integers beyond this lose digits as Excel's floating-point numbers.
EXACT_INTEGER = 2**53

_EPOCH = date(1899, 12, 30)
#: Excel's calendar has a 29 February 1900 that never was: earlier days are written as text.
_FIRST_DAY = date(1900, 3, 1)


class XlsxFile:
    """Writes ``harvest.xlsx`` row by row with flat memory."""

    def __init__(
        self,
        folder: Path,
        info: ReleaseInfo,
        *,
        max_rows: int = EXCEL_ROWS,
        max_characters: int = EXCEL_CHARACTERS,
    ) -> None:
        self._max_rows, self._max_characters = max_rows, max_characters
        options = {
            "constant_memory": True,
            "tmpdir": str(folder),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(folder / "harvest.xlsx"), options)
        title = f"harvester {info.profile} {info.version}"
        self._book.set_properties(
            {"title": title, "created": info.created_utc.replace(microsecond=0)}
        )
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._sheet: Any = None
        self._table = ""
        self._rows = 0
        self._notes = _first_notes(info)
        self._cut: Counter[str] = Counter()
        self._left_out = 0

    def begin(self, table: str) -> None:
        if table not in CONTENT_TABLES:
            return
        self._table, self._rows, self._left_out = table, 0, 0
        self._sheet = self._book.add_worksheet(table)
        for index, column in enumerate(columns(table)):
            self._sheet.set_column(index, index, _width(column))
        self._sheet.freeze_panes(1, 0)
        for index, column in enumerate(columns(table)):
            self._sheet.write_string(0, index, column.name, self._bold)

    def write(self, batch: Batch) -> None:
        if self._sheet is None:
            return
        room = max(0, self._max_rows - 1 - self._rows)
        self._left_out += max(0, len(batch) - room)
        writers = [self._cell_writer(column) for column in columns(batch.table)]
        cells = [
            plain if writer != self._write_day else exact
            for writer, exact, plain in zip(writers, batch.values, batch.plain, strict=True)
        ]
        for row in zip(*(values[:room] for values in cells), strict=True):
            self._rows += 1
            for index, value in enumerate(row):
                if value is not None:
                    writers[index](index, value)

    def end(self) -> None:
        if self._sheet is None:
            return
        self._sheet.autofilter(0, 0, self._rows, len(columns(self._table)) - 1)
        self._notes.append((self._table, f"{self._rows} rows"))
        if self._left_out:
            note = f"{self._left_out} rows left out: a sheet holds {self._max_rows}. All rows stand in csv/{self._table}.csv"
            self._notes.append((self._table, note))
        for name, count in sorted(self._cut.items()):
            note = f"{count} cells of {name} cut at {self._max_characters} characters. The full text stands in csv/{self._table}.csv"
            self._notes.append((self._table, note))
        self._cut.clear()
        self._sheet = None

    def finish(self) -> None:
        sheet = self._book.add_worksheet("notes")
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 110)
        for row, (subject, note) in enumerate(self._notes):
            sheet.write_string(row, 0, subject, self._bold)
            sheet.write_string(row, 1, note)
        self._book.close()

    def abandon(self) -> None:
        """Leaves the file unwritten; the folder's owner removes what lies there."""
        self._book.fileclosed = True
        for sheet in self._book.worksheets():
            for file in (sheet.fh, sheet.row_data_fh):
                if file is not None:
                    with contextlib.suppress(OSError):  # a full disk: the next one must close too
                        file.close()

    def _cell_writer(self, column: ColumnInfo) -> Callable[[int, Any], None]:
        kind = column.value_type
        if kind is bool:
            return lambda index, value: self._sheet.write_boolean(self._rows, index, value)
        if kind is int:
            return self._write_integer
        if kind in (date, datetime):
            return self._write_day
        return lambda index, value: self._write_text(index, value, column.name)

    def _write_integer(self, index: int, value: int) -> None:
        if abs(value) < EXACT_INTEGER:
            self._sheet.write_number(self._rows, index, value)
        else:
            self._sheet.write_string(self._rows, index, str(value))

    def _write_day(self, index: int, value: date | datetime) -> None:
        if isinstance(value, datetime):
            self._sheet.write_datetime(self._rows, index, value.replace(tzinfo=None), self._moment)
        elif value < _FIRST_DAY:
            self._sheet.write_string(self._rows, index, value.isoformat())
        else:
            self._sheet.write_number(self._rows, index, (value - _EPOCH).days, self._day)

    def _write_text(self, index: int, value: str, name: str) -> None:
        if "\r" in value:
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        # Excel counts UTF-16 units: an emoji is two.
        if len(value) * 2 > self._max_characters:
            units = value.encode("utf-16-le")
            if len(units) > self._max_characters * 2:
                value = units[: self._max_characters * 2].decode("utf-16-le", "ignore")
                self._cut[name] += 1
        self._sheet.write_string(self._rows, index, value)


def _first_notes(info: ReleaseInfo) -> list[tuple[str, str]]:
    return [
        (
            "harvest",
            f"{info.profile}, release {info.version}, data as of {info.created_utc:%Y-%m-%d}",
        ),
        ("columns", "README.md in the same folder holds the data dictionary"),
        (
            "text",
            "Control characters and direction overrides are shown by signs; Parquet holds the exact text",
        ),
    ]


def _width(column: ColumnInfo) -> int:
    kind = column.value_type
    if kind in (date, datetime):
        return 12
    if issubclass(kind, int):
        return 10
    if column.vocabulary or column.primary or column.references:
        return 18
    return 36
