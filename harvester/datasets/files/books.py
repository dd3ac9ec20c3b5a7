"""Books: the files that hold all tables in one, SQLite and xlsx, copied from a release's Parquet files.

Copying needs nothing but those files, so a second process does it while this one goes on: `Books`.
`main` is that process.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, BinaryIO

import pyarrow.parquet as pq

from harvester.datasets.files.sqlite import SqliteFile
from harvester.datasets.files.xlsx import XlsxFile
from harvester.datasets.info import ReleaseInfo
from harvester.datasets.schema import Batch, stored_batch
from harvester.records import TABLES

#: The files of this kind, by what writes them.
BOOK_FORMATS: tuple[type[Any], ...] = (SqliteFile, XlsxFile)
_FILES = ("harvest.sqlite", "harvest.xlsx")

#: Fewer rows are copied sooner than a process has started.
_WORTH_A_PROCESS = 10_000

#: Rows copied at a time: small, for the process stands beside one that holds much.
_BATCH_ROWS = 2_000


class Books:
    """The books of a release folder, told of each table once its Parquet file is whole.

    A context manager: books that are not finished are abandoned. A second process that fails or is
    killed is no fault: its work is done here then, and a fault of the rows or the disk shows itself again.
    """

    def __init__(self, folder: Path, info: ReleaseInfo, *, second_process: bool) -> None:
        self._folder, self._info = folder, info
        self._second_process = second_process
        self._process: subprocess.Popen[bytes] | None = None
        self._rows = 0
        self._tables: list[str] = []
        self._finished = False

    def __enter__(self) -> Books:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._finished:
            self._end_process()

    def add(self, table: str, rows: int) -> None:
        """A table's Parquet file is whole: it may be copied."""
        self._tables.append(table)
        self._rows += rows
        if self._process is not None:
            self._tell(table)
        elif self._second_process and self._rows >= _WORTH_A_PROCESS:
            self._start_process()

    def finish(self) -> None:
        """The books are whole. Raises CheckFailedError for a row that SQLite refuses, and what the disk does."""
        self._finished = True
        if not self._done_by_process():
            for name in _FILES:
                (self._folder / name).unlink(missing_ok=True)
            write_books(self._folder, self._info, self._tables)

    def _start_process(self) -> None:
        package = str(Path(__file__).parents[3])
        path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", f"from {__name__} import main; main()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": path},
                start_new_session=True,  # a terminal's Ctrl-C reaches this process alone, which ends it
            )
        except OSError:
            return
        self._tell((self._folder, self._info))
        for table in self._tables:
            self._tell(table)

    def _tell(self, message: Any) -> None:
        assert self._process is not None and self._process.stdin is not None
        with contextlib.suppress(OSError):  # it is gone; `finish` will see that
            pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()

    def _done_by_process(self) -> bool:
        if self._process is None:
            return False
        try:
            self._tell(None)
            return self._process.wait() == 0
        finally:
            self._end_process()

    def _end_process(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        self._process = None


def write_books(folder: Path, info: ReleaseInfo, tables: Iterable[str] = TABLES) -> None:
    """Writes the books from the Parquet files of the tables, in their order.

    Raises CheckFailedError for a row that SQLite refuses, and what the disk does.
    """
    writers: list[Any] = []
    try:
        for make in BOOK_FORMATS:
            writers.append(make(folder, info))
        for table in tables:
            for writer in writers:
                writer.begin(table)
            for batch in stored_batches(folder, table):
                for writer in writers:
                    writer.write(batch)
            for writer in writers:
                writer.end()
        # Indexing and packing let go of the interpreter: side by side they take two cores.
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda writer: writer.finish(), writers))
    except BaseException:
        for writer in writers:
            # What stopped the work may stop the closing too; the first fault is the one to tell.
            with contextlib.suppress(OSError, sqlite3.Error):
                writer.abandon()
        raise


def stored_batches(folder: Path, table: str) -> Iterator[Batch]:
    """A table's rows as its Parquet file holds them, in bounded batches."""
    with pq.ParquetFile(folder / "parquet" / f"{table}.parquet") as file:
        for batch in file.iter_batches(batch_size=_BATCH_ROWS, use_threads=False):
            yield stored_batch(table, batch)


def main() -> None:
    """Copies the tables that standard input names. Ends with whoever writes there."""
    status = 1
    try:
        _copy()
        status = 0
    finally:
        os._exit(status)  # at once: a thread waits for input, and an ordinary end would wait for it


def _copy() -> None:
    messages: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, messages), daemon=True).start()
    folder, info = messages.get()
    write_books(folder, info, iter(messages.get, None))


def _read(source: BinaryIO, messages: SimpleQueue[Any]) -> None:
    """Passes on what the other process says. Where that is gone, nobody wants the books any more."""
    try:
        while True:
            messages.put(pickle.load(source))
    except (EOFError, OSError, pickle.UnpicklingError):
        os._exit(1)
