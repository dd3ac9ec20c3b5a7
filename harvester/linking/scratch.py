"""The scratch database: what a million pages give, gathered on disk so that memory stays flat.

One SQLite file in a folder of the caller's, removed when linking is done. Nothing of it outlives
a process, so it is neither journalled nor synced. Every query that grows with the pages walks an
index: no sorting outside this file.
"""

from __future__ import annotations

import functools
import os
import pickle
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

from harvester import compression
from harvester.errors import UnwritableError
from harvester.records import PASSED_TABLES, TABLES, columns

_SCHEMA = """
CREATE TABLE page (
  page_id TEXT PRIMARY KEY, edition INTEGER, rank INTEGER NOT NULL, kept_back INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE undated (page_id TEXT PRIMARY KEY, harvest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE person (
  person_id TEXT PRIMARY KEY, mentions INTEGER NOT NULL, first INTEGER, last INTEGER
) WITHOUT ROWID;
CREATE TABLE spelling (
  person_id TEXT NOT NULL, name TEXT NOT NULL, sort_name TEXT NOT NULL, pages INTEGER NOT NULL,
  PRIMARY KEY (person_id, name)
) WITHOUT ROWID;
CREATE TABLE form (
  person_id TEXT PRIMARY KEY, name TEXT NOT NULL, sort_name TEXT NOT NULL,
  folded TEXT NOT NULL, block TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX form_block ON form (block, folded, person_id);
CREATE INDEX form_folded ON form (folded, person_id);
CREATE TABLE apart (person_id TEXT NOT NULL, other_id TEXT NOT NULL, PRIMARY KEY (person_id, other_id))
  WITHOUT ROWID;
CREATE TABLE joined (person_id TEXT PRIMARY KEY, canonical TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX joined_canonical ON joined (canonical, person_id);
CREATE TABLE near (key INTEGER NOT NULL, folded TEXT NOT NULL, person_id TEXT NOT NULL,
  PRIMARY KEY (key, folded, person_id)) WITHOUT ROWID;
CREATE TABLE candidate (person_id TEXT NOT NULL, other_id TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (person_id, other_id)) WITHOUT ROWID;
CREATE TABLE doubtful (person_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE human (
  person_id TEXT PRIMARY KEY, sort_key TEXT NOT NULL, name TEXT NOT NULL, sort_name TEXT NOT NULL,
  aliases BLOB NOT NULL, first INTEGER, last INTEGER, mentions INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX human_order ON human (sort_key, person_id);
CREATE TABLE film_fact (film_id TEXT NOT NULL, page_id TEXT NOT NULL, fact BLOB NOT NULL,
  PRIMARY KEY (film_id, page_id)) WITHOUT ROWID;
CREATE TABLE film (film_id TEXT PRIMARY KEY, edition INTEGER, conflict INTEGER NOT NULL,
  shown BLOB NOT NULL, row BLOB NOT NULL, evidence BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE stated (edition INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
  pages INTEGER NOT NULL, rank TEXT NOT NULL, page_id TEXT NOT NULL, fact BLOB NOT NULL,
  PRIMARY KEY (edition, field, value)) WITHOUT ROWID;
CREATE TABLE part (part_id INTEGER PRIMARY KEY, person_id TEXT, film_id TEXT, row BLOB NOT NULL);
CREATE TABLE shown (film_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE placement (key TEXT PRIMARY KEY, rank TEXT NOT NULL, place TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE appearance (year INTEGER NOT NULL, sort_key TEXT NOT NULL, page_id TEXT NOT NULL,
  position INTEGER NOT NULL, part_id INTEGER NOT NULL, row BLOB NOT NULL,
  PRIMARY KEY (year, sort_key, page_id, position, part_id)) WITHOUT ROWID;
"""
_PAGE_ROWS = "CREATE TABLE rows_{table} (page_id TEXT PRIMARY KEY, rows BLOB NOT NULL)"
_CACHE_KIB = 65_536
_COMPRESS_FROM = 512  # bytes: below, packing costs more than it saves


class Scratch:
    """One linking's temporary database."""

    def __init__(self, folder: Path) -> None:
        try:
            handle, name = tempfile.mkstemp(prefix="linking-", suffix=".sqlite", dir=folder)
        except OSError as error:
            raise UnwritableError(f"{folder}: no scratch file can be made ({error})") from None
        os.close(handle)
        self._path = Path(name)
        self.db = sqlite3.connect(name, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE"):
            self.db.execute(f"PRAGMA {pragma}")
        self.db.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        self.db.executescript(_SCHEMA)
        for table in PASSED_TABLES:
            self.db.execute(_PAGE_ROWS.format(table=table))
        self.db.execute("BEGIN")

    def run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self.db.execute(statement, values)

    def many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        self.db.executemany(statement, rows)

    def one(self, statement: str, *values: Any) -> Any:
        """The first column of the first row, or None."""
        row = self.db.execute(statement, values).fetchone()
        return None if row is None else row[0]

    def close(self) -> None:
        """Removes the file; streams that are still open end in an error."""
        self.db.close()
        self._path.unlink(missing_ok=True)


def packed(table: str, records: Iterable[Any]) -> bytes:
    """Records of one table as bytes that `unpacked` reads back in this process."""
    values = _values(table)
    return packed_values([values(record) for record in records])


def unpacked(table: str, data: bytes) -> Iterator[Any]:
    """The records of one table that `packed` wrote."""
    record = TABLES[table]
    for values in unpacked_values(data):
        yield record(*values)


def fact_values(fact: Any) -> tuple[Any, ...]:
    """A fact's fields in order: what its class takes to make it again."""
    return tuple(getattr(fact, name) for name in fact.__slots__)


def packed_values(values: Any) -> bytes:
    data = pickle.dumps(values, protocol=5)
    return compression.packed(data) if len(data) >= _COMPRESS_FROM else data


def unpacked_values(data: bytes) -> Any:
    # A pickle of protocol 5 opens with 0x80, a zlib stream with 0x78.
    return pickle.loads(data if data[0] == 0x80 else compression.unpacked(data))


def is_full(error: sqlite3.Error) -> bool:
    """True where the disk, and not the statement, is to blame."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of the code says how it failed
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


def text_key(text: str) -> str:
    """Text that SQLite can hold: half a surrogate pair becomes a replacement character."""
    return text.encode("utf-8", "replace").decode("utf-8")


@functools.cache
def _values(table: str) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*(c.name for c in columns(table)))
