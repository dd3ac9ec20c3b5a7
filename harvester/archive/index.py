"""The index: a cache of the WARC files in SQLite, for random access and followers.

A row depends on its own record alone; what a revisit takes from the answer it stands for is joined
when it is read. So an index rebuilt from the files equals the one that grew with them.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from harvester.archive.folder import writing
from harvester.archive.ref import CaptureRef, FailureRef, Validators, moment
from harvester.archive.rows import Answer, FileState, Kind, Original, Place, Row
from harvester.archive.schema import (
    ANSWERS,
    COLUMNS,
    PLACE,
    SCHEMA,
    SCHEMA_VERSION,
    SELECT_REF,
)
from harvester.errors import ArchiveError

_BUSY_SECONDS = 60
# Pages of the log at which it is written into the index, 16 MB: a record takes ten, and the crawl waits
# for the disk meanwhile. A kill loses nothing of the log.
_CHECKPOINT_PAGES = 4_000

_ADD = (
    f"INSERT OR IGNORE INTO records ({COLUMNS}) VALUES ({', '.join('?' * len(COLUMNS.split(',')))})"
)
_OLDEST = (
    f"SELECT {PLACE} {ANSWERS} AND r.url_id = (SELECT id FROM urls WHERE url = ?)"
    " AND r.digest = ? ORDER BY r.fetched_at, r.position LIMIT 1"
)


class Index:
    """The open index. Every change is one transaction, so that readers see whole records."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Raises sqlite3.DatabaseError where the file is no index (`StaleIndexError` for another version)."""
        mode = "ro" if read_only else "rwc"
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        self.path = path
        self.database = sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            self._prepare(read_only)
        except BaseException:
            self.database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        self.database.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes inside, or none."""
        with writing(self.path):
            self.database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.database.execute("COMMIT")
            except BaseException:
                if self.database.in_transaction:  # a full disk may have ended it
                    self.database.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def one_look(self) -> Iterator[None]:
        """All that is read inside is of one moment; locks are taken once, not at each question."""
        self.database.execute("BEGIN")
        try:
            yield
        finally:
            if self.database.in_transaction:  # a damaged file may have ended it
                self.database.execute("COMMIT")

    # Files

    def add_file(self, name: str, run: str, indexed_to: int, replaces: str | None = None) -> int:
        """The file's id; a file that was missing and is back is no longer so."""
        self.database.execute(
            "INSERT INTO files (name, run, indexed_to, replaces) VALUES (?, ?, ?, ?) ON CONFLICT (name)"
            " DO UPDATE SET run = excluded.run, indexed_to = excluded.indexed_to, missing = 0,"
            " changed_at = NULL",
            (name, run, indexed_to, replaces),
        )
        found = self.database.execute("SELECT id FROM files WHERE name = ?", (name,)).fetchone()
        return int(found[0])

    def files(self) -> dict[str, FileState]:
        """All files the index has seen, by name."""
        rows = self._rows(
            "SELECT id, name, run, replaces, indexed_to, missing, changed_at FROM files"
        )
        return {
            row[1]: FileState(row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6])
            for row in rows
        }

    def set_indexed_to(self, file_id: int, end: int) -> None:
        self.database.execute("UPDATE files SET indexed_to = ? WHERE id = ?", (end, file_id))

    def set_changed_at(self, file_id: int, changed_at: int) -> None:
        """Note a file's own time of change: it is whole, and another time would be another file."""
        self.database.execute("UPDATE files SET changed_at = ? WHERE id = ?", (changed_at, file_id))

    def mark_altered(self, file_id: int) -> None:
        """Remember that a file does not hold all that was once in it."""
        self.database.execute("UPDATE files SET altered = 1 WHERE id = ?", (file_id,))

    def whole_files(self) -> dict[str, int]:
        """How long each file is that is there, and in which nothing was ever found spoilt."""
        rows = self._rows("SELECT name, indexed_to FROM files WHERE missing = 0 AND altered = 0")
        return {row[0]: row[1] for row in rows}

    def rows_of(self, file_id: int) -> dict[int, str]:
        """The records indexed of a file: their ids by their offsets."""
        rows = self._rows("SELECT offset, record_id FROM records WHERE file_id = ?", (file_id,))
        return {row[0]: row[1] for row in rows}

    def drop_rows(self, file_id: int, *, beyond: int = 0) -> int:
        """Forget the file's records that end beyond a byte, and give the end of the last one left."""
        self.database.execute(
            "DELETE FROM records WHERE file_id = ? AND offset + length > ?", (file_id, beyond)
        )
        found = self.database.execute(
            "SELECT coalesce(max(offset + length), 0) FROM records WHERE file_id = ?", (file_id,)
        ).fetchone()
        return int(found[0])

    def drop_row(self, file: str, offset: int) -> int:
        """Forget the record at a place, which is spoilt; 1 where there was one, else 0."""
        self.database.execute("UPDATE files SET altered = 1 WHERE name = ?", (file,))
        return self.database.execute(
            "DELETE FROM records WHERE offset = ? AND file_id = (SELECT id FROM files WHERE name = ?)",
            (offset, file),
        ).rowcount

    def listings_of(self, file_id: int) -> set[int]:
        """The offsets of a file's answers in JSON or XML: what tells of pages and is none."""
        rows = self._rows(
            "SELECT r.offset FROM records r LEFT JOIN records o ON r.refers_to = o.record_id"
            " WHERE r.file_id = ? AND"
            " (CASE WHEN r.media_type = '' THEN coalesce(o.media_type, '') ELSE r.media_type END)"
            " IN ('application/json', 'application/xml', 'text/xml', 'application/rss+xml')",
            (file_id,),
        )
        return {row[0] for row in rows}

    def note_lost_listing(self, file_id: int) -> None:
        """Remember that something which listed pages was lost now."""
        self.database.execute(
            "UPDATE files SET lost_at ="
            " (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'records') WHERE id = ?",
            (file_id,),
        )

    def lost_listing(self) -> int | None:
        """The newest position there was when a listing was last found lost; None for never."""
        found = self._one("SELECT max(lost_at) FROM files")
        return None if found is None or found[0] is None else int(found[0])

    def last_position_of(self, run: str) -> int:
        """The position of a run's newest record; 0 where none is stored."""
        found = self._one(
            "SELECT coalesce(max(position), 0) FROM records"
            " WHERE file_id IN (SELECT id FROM files WHERE run = ?)",
            (run,),
        )
        return int(found[0])

    def set_missing(self, file_id: int) -> None:
        """Forget all records of a file that is gone, and remember that it was there."""
        if self.listings_of(file_id):
            self.note_lost_listing(file_id)
        self.drop_rows(file_id)
        self.database.execute("UPDATE files SET missing = 1 WHERE id = ?", (file_id,))

    def forget_file(self, file_id: int) -> None:
        self.database.execute("DELETE FROM records WHERE file_id = ?", (file_id,))
        self.database.execute("DELETE FROM files WHERE id = ?", (file_id,))

    # Rows

    def add(self, file_id: int, row: Row) -> int:
        """The row's position, within a transaction of the caller. A record is indexed once."""
        values = (
            row.kind, file_id, row.offset, row.length, row.record_id, row.refers_to,
            self._url_id(row.url), row.fetched_at, row.status, row.final, row.digest, row.payload,
            row.media_type, row.etag, row.last_modified, row.code, row.message, row.source,
        )  # fmt: skip
        added = self.database.execute(_ADD, values)
        if added.rowcount == 1 and added.lastrowid is not None:
            return added.lastrowid
        found = self._one(
            "SELECT position FROM records WHERE file_id = ? AND offset = ?", (file_id, row.offset)
        )
        return int(found[0])

    def move(self, file_id: int, before: int, to_file: int, offset: int, length: int) -> None:
        """The record that stood at a place stands at another now; its position stays."""
        self.database.execute(
            "UPDATE records SET file_id = ?, offset = ?, length = ? WHERE file_id = ? AND offset = ?",
            (to_file, offset, length, file_id, before),
        )

    def replace(self, file_id: int, before: int, to_file: int, row: Row) -> None:
        """Another row stands for the record that stood at a place; its position stays."""
        found = self._one(
            "SELECT position FROM records WHERE file_id = ? AND offset = ?", (file_id, before)
        )
        position = self.add(to_file, row)
        if found is not None:
            self.database.execute("DELETE FROM records WHERE position = ?", found)
            self.database.execute(
                "UPDATE records SET position = ? WHERE position = ?", (found[0], position)
            )

    def compact(self) -> None:
        """Leave nothing of what was deleted in the index' file or its log."""
        with writing(self.path):
            self.database.execute(
                "DELETE FROM urls WHERE NOT EXISTS (SELECT 1 FROM records r WHERE r.url_id = urls.id)"
            )
            self.database.execute("VACUUM")
            self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def place(self, position: int) -> Place | None:
        """Where the record at a position stands, or None."""
        return self._place("r.position = ?", position)

    def original(self, record_id: str) -> Place | None:
        """Where the full response that a revisit refers to stands, or None."""
        return self._place("r.record_id = ? AND r.kind = 'response'", record_id)

    def same_payload(self, payload: str, digest: str, url: str) -> Original | None:
        """A full response with this payload and decoded body, this address' own before others."""
        return self._original(
            "r.kind = 'response' AND r.payload = ? AND r.digest = ? ORDER BY u.url != ?, r.position LIMIT 1",
            (payload, digest, url),
        )

    def last_body(self, url: str) -> Original | None:
        """The full response behind the newest successful answer of an address: what a 304 refers to."""
        found = self._one(
            f"SELECT coalesce(o.record_id, r.record_id) {ANSWERS} AND r.url_id ="
            " (SELECT id FROM urls WHERE url = ?)"
            " AND (r.status BETWEEN 200 AND 299 OR (r.status = 304 AND r.kind = 'revisit'))"
            " ORDER BY r.fetched_at DESC, r.position DESC LIMIT 1",
            (url,),
        )
        if found is None:
            return None
        return self._original("r.kind = 'response' AND r.record_id = ?", (found[0],))

    def position_of(self, url: str, fetched_at: int, digest: str) -> int | None:
        """Where this very answer is stored: same address, time and body."""
        found = self._one(
            "SELECT r.position FROM records r WHERE r.url_id = (SELECT id FROM urls WHERE url = ?)"
            " AND r.digest = ? AND r.fetched_at = ? AND r.kind != 'failure'",
            (url, digest, fetched_at),
        )
        return None if found is None else int(found[0])

    def oldest_place(self, url: str, digest: str) -> Place | None:
        """Where the oldest answer of an address with this decoded body stands."""
        found = self._one(_OLDEST, (url, digest))
        return None if found is None else _place_of(found)

    def holds(self, digest: str, url: str | None) -> bool:
        """Whether an answer with this decoded body is stored, of an address where one is named."""
        condition = " AND u.url = ?" if url is not None else ""
        values = (digest, url) if url is not None else (digest,)
        return (
            self._one(f"SELECT 1 {ANSWERS} AND r.digest = ?{condition} LIMIT 1", values) is not None
        )

    # Answers

    def refs(self, condition: str = "", values: tuple[Any, ...] = ()) -> Iterator[CaptureRef]:
        """Answers under a condition on r, u, f, o (with its own ORDER BY), streamed."""
        for row in self._rows(f"{SELECT_REF} {ANSWERS} {condition}", values):
            yield CaptureRef(
                row[0], row[1], moment(row[2]), moment(row[3]), row[4], row[5], row[6],
                row[7], row[8], row[9], row[10], row[11], bool(row[12]),
            )  # fmt: skip

    def failures(self, condition: str = "", values: tuple[Any, ...] = ()) -> Iterator[FailureRef]:
        """Failures under a condition on r, u, f, streamed."""
        statement = (
            "SELECT r.position, u.url, r.fetched_at, r.code, r.message, f.run, f.name, r.offset"
            " FROM records r JOIN urls u ON u.id = r.url_id JOIN files f ON f.id = r.file_id"
            f" WHERE r.kind = 'failure' {condition}"
        )
        for row in self._rows(statement, values):
            yield FailureRef(row[0], row[1], moment(row[2]), row[3], row[4], row[5], row[6], row[7])

    def urls(self, page: int = 500) -> Iterator[str]:
        """Every address with a record, in order."""
        statement = (
            "SELECT url FROM urls u WHERE url > ? AND EXISTS"
            " (SELECT 1 FROM records r WHERE r.url_id = u.id) ORDER BY url LIMIT ?"
        )
        last = ""
        while rows := list(self._rows(statement, (last, page))):
            yield from (row[0] for row in rows)
            last = rows[-1][0]

    def validators(self, url: str, digest: str) -> Validators:
        """The newest validators the source gave with this body at this address."""
        found = self._one(
            "SELECT r.etag, r.last_modified FROM records r JOIN urls u ON u.id = r.url_id"
            " WHERE u.url = ? AND r.digest = ? AND r.kind != 'failure'"
            " AND (r.etag IS NOT NULL OR r.last_modified IS NOT NULL)"
            " ORDER BY r.fetched_at DESC, r.position DESC LIMIT 1",
            (url, digest),
        )
        return Validators(None, None) if found is None else Validators(found[0], found[1])

    def records(self) -> Iterator[tuple[Place, str, int]]:
        """Place, address and time of every row, in no order."""
        rows = self._rows(
            f"SELECT {PLACE}, u.url, r.fetched_at FROM records r"
            " CROSS JOIN files f ON f.id = r.file_id CROSS JOIN urls u ON u.id = r.url_id"
        )
        for row in rows:
            yield _place_of(row), row[6], row[7]

    def answers(self) -> Iterator[Answer]:
        """Every answer as its record states it (a 304 as a 304), in no order."""
        statement = (
            f"SELECT {PLACE}, u.url, r.fetched_at, r.status, r.media_type, r.payload {ANSWERS}"
        )
        for row in self._rows(statement):
            yield Answer(_place_of(row), *row[6:])

    def newest_fetch(self) -> int | None:
        """The latest time of an own record, in microseconds since 1970; imported ones tell of elsewhere."""
        found = self._one(
            "SELECT fetched_at FROM records WHERE source IS NULL ORDER BY fetched_at DESC LIMIT 1"
        )
        return None if found is None else int(found[0])

    def last_position(self) -> int:
        """The position of the newest row; 0 for an empty index."""
        found = self._one("SELECT coalesce(max(position), 0) FROM records")
        return int(found[0])

    def count_until(self, position: int) -> int:
        """How many rows stand up to a position."""
        found = self._one("SELECT count(*) FROM records WHERE position <= ?", (position,))
        return int(found[0])

    def _rows(self, statement: str, values: tuple[Any, ...] = ()) -> Iterator[Any]:
        try:
            yield from self.database.execute(statement, values)
        except sqlite3.DatabaseError as error:
            raise ArchiveError(
                f"cannot read {self.path}: {error}; delete it, it is built anew from the WARC files"
            ) from error

    def _one(self, statement: str, values: tuple[Any, ...] = ()) -> Any:
        return next(self._rows(statement, values), None)

    def _original(self, condition: str, values: tuple[Any, ...]) -> Original | None:
        found = self._one(
            "SELECT r.record_id, u.url, r.fetched_at, r.digest, r.payload FROM records r"
            f" JOIN urls u ON u.id = r.url_id WHERE {condition}",
            values,
        )
        return None if found is None else Original(*found)

    def _place(self, condition: str, value: object) -> Place | None:
        found = self._one(
            f"SELECT {PLACE} FROM records r JOIN files f ON f.id = r.file_id WHERE {condition}",
            (value,),
        )
        return None if found is None else _place_of(found)

    def _url_id(self, url: str) -> int:
        found = self._one("SELECT id FROM urls WHERE url = ?", (url,))
        if found is not None:
            return int(found[0])
        added = self.database.execute("INSERT INTO urls (url) VALUES (?)", (url,))
        return int(added.lastrowid or 0)

    def _prepare(self, read_only: bool) -> None:
        self.database.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        version = self.database.execute("PRAGMA user_version").fetchone()[0]
        if version == SCHEMA_VERSION:
            self.database.execute("PRAGMA synchronous = NORMAL")
            return
        empty = self.database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if read_only or version or not empty:
            raise StaleIndexError(f"index of version {version}")
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = NORMAL")
        self.database.executescript(
            f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
        )


def _place_of(row: Any) -> Place:
    return Place(row[0], row[1], row[2], Kind(row[3]), row[4], row[5])


class StaleIndexError(sqlite3.DatabaseError):
    """The index has another shape than this version's: it is built anew from the files."""
