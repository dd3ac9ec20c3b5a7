"""The index: a cache of the WARC files in SQLite, for random access and followers.

A row depends on its own record alone; what a revisit takes from the answer it stands for is joined
when it is read. So an index rebuilt from the files equals the one that grew with them.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from harvester.archive.folder import writing
from harvester.archive.ref import CaptureRef, FailureRef, Validators, moment
from harvester.errors import ArchiveError

#: Raised when the tables change; an index of another version is rebuilt.
SCHEMA_VERSION = 1

_BUSY_SECONDS = 60

_SCHEMA = """
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    run TEXT NOT NULL,
    replaces TEXT,
    indexed_to INTEGER NOT NULL,
    missing INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE urls (id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE);
CREATE TABLE records (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    file_id INTEGER NOT NULL REFERENCES files (id),
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    record_id TEXT NOT NULL,
    refers_to TEXT,
    url_id INTEGER NOT NULL REFERENCES urls (id),
    fetched_at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    final INTEGER NOT NULL,
    digest TEXT NOT NULL,
    payload TEXT NOT NULL,
    media_type TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    source TEXT,
    UNIQUE (file_id, offset)
);
CREATE INDEX by_url ON records (url_id, fetched_at);
CREATE INDEX by_body ON records (url_id, digest, fetched_at);
CREATE INDEX by_time ON records (fetched_at);
CREATE INDEX by_digest ON records (digest);
CREATE INDEX by_payload ON records (payload) WHERE kind = 'response';
CREATE INDEX by_record_id ON records (record_id);
CREATE INDEX by_run ON records (file_id, position);
"""

_COLUMNS = """
    kind, file_id, offset, length, record_id, refers_to, url_id, fetched_at, status, final,
    digest, payload, media_type, etag, last_modified, code, message, source
"""

# An answer: a full response, or a revisit whose original is there. (CROSS JOIN: records come first.)
_ANSWERS = """
FROM records r
CROSS JOIN urls u ON u.id = r.url_id
CROSS JOIN files f ON f.id = r.file_id
LEFT JOIN records o ON r.kind = 'revisit' AND o.record_id = r.refers_to AND o.kind = 'response'
WHERE r.kind != 'failure' AND (r.kind = 'response' OR o.position IS NOT NULL)
"""

_SELECT_REF = """
SELECT r.position, u.url, r.fetched_at,
    (SELECT max(s.fetched_at) FROM records s WHERE s.url_id = r.url_id AND s.digest = r.digest),
    CASE WHEN r.status = 304 AND o.position IS NOT NULL THEN o.status ELSE r.status END,
    r.digest, CASE WHEN r.media_type = '' THEN coalesce(o.media_type, '') ELSE r.media_type END,
    coalesce(r.etag, o.etag), coalesce(r.last_modified, o.last_modified),
    f.run, f.name, r.offset, r.kind = 'revisit'
"""


class Kind(StrEnum):
    """What a row of the index stands for."""

    RESPONSE = "response"
    REVISIT = "revisit"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Row:
    """What the index keeps of one record, all of it read from the record itself."""

    kind: Kind
    offset: int
    length: int
    record_id: str
    refers_to: str | None
    url: str
    fetched_at: int  # microseconds since 1970, UTC
    status: int
    final: bool
    digest: str
    payload: str
    media_type: str
    etag: str | None
    last_modified: str | None
    code: str = ""
    message: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record's bytes stand."""

    file: str
    offset: int
    length: int
    kind: Kind
    record_id: str
    refers_to: str | None


@dataclass(frozen=True, slots=True)
class Original:
    """The full response that a revisit stands for."""

    record_id: str
    url: str
    fetched_at: int
    digest: str
    payload: str


@dataclass(frozen=True, slots=True)
class FileState:
    """How far a WARC file is indexed."""

    id: int
    name: str
    run: str
    replaces: str | None  # the file it was rewritten from, which must not come back
    indexed_to: int
    missing: bool


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
            except BaseException:
                self.database.execute("ROLLBACK")
                raise
            self.database.execute("COMMIT")

    # Files

    def add_file(self, name: str, run: str, indexed_to: int, replaces: str | None = None) -> int:
        """The file's id; a file that was missing and is back is no longer so."""
        self.database.execute(
            "INSERT INTO files (name, run, indexed_to, replaces) VALUES (?, ?, ?, ?) ON CONFLICT (name)"
            " DO UPDATE SET run = excluded.run, indexed_to = excluded.indexed_to, missing = 0",
            (name, run, indexed_to, replaces),
        )
        found = self.database.execute("SELECT id FROM files WHERE name = ?", (name,)).fetchone()
        return int(found[0])

    def files(self) -> dict[str, FileState]:
        """All files the index has seen, by name."""
        rows = self._rows("SELECT id, name, run, replaces, indexed_to, missing FROM files")
        return {
            row[1]: FileState(row[0], row[1], row[2], row[3], row[4], bool(row[5])) for row in rows
        }

    def set_indexed_to(self, file_id: int, end: int) -> None:
        self.database.execute("UPDATE files SET indexed_to = ? WHERE id = ?", (end, file_id))

    def drop_rows(self, file_id: int, *, beyond: int = 0) -> int:
        """Forget the file's records that end beyond a byte, and give the end of the last one left."""
        self.database.execute(
            "DELETE FROM records WHERE file_id = ? AND offset + length > ?", (file_id, beyond)
        )
        found = self.database.execute(
            "SELECT coalesce(max(offset + length), 0) FROM records WHERE file_id = ?", (file_id,)
        ).fetchone()
        return int(found[0])

    def set_missing(self, file_id: int) -> None:
        """Forget all records of a file that is gone, and remember that it was there."""
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
        marks = ", ".join("?" * len(values))
        statement = f"INSERT OR IGNORE INTO records ({_COLUMNS}) VALUES ({marks})"
        added = self.database.execute(statement, values)
        if added.rowcount == 1 and added.lastrowid is not None:
            return added.lastrowid
        found = self._one(
            "SELECT position FROM records WHERE file_id = ? AND offset = ?", (file_id, row.offset)
        )
        return int(found[0])

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
            f"SELECT coalesce(o.record_id, r.record_id) {_ANSWERS} AND r.url_id ="
            " (SELECT id FROM urls WHERE url = ?)"
            " AND (r.status BETWEEN 200 AND 299 OR (r.status = 304 AND r.kind = 'revisit'))"
            " ORDER BY r.fetched_at DESC, r.position DESC LIMIT 1",
            (url,),
        )
        if found is None:
            return None
        return self._original("r.kind = 'response' AND r.record_id = ?", (found[0],))

    def holds(self, url: str, fetched_at: int, digest: str) -> bool:
        """Whether this very answer is stored: same address, time and body."""
        found = self._one(
            "SELECT 1 FROM records r JOIN urls u ON u.id = r.url_id"
            " WHERE u.url = ? AND r.digest = ? AND r.fetched_at = ?",
            (url, digest, fetched_at),
        )
        return found is not None

    # Answers

    def refs(self, condition: str = "", values: tuple[Any, ...] = ()) -> Iterator[CaptureRef]:
        """Answers under a condition on r, u, f, o (with its own ORDER BY), streamed."""
        for row in self._rows(f"{_SELECT_REF} {_ANSWERS} {condition}", values):
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

    def last_position(self) -> int:
        """The position of the newest row; 0 for an empty index."""
        found = self._one("SELECT coalesce(max(position), 0) FROM records")
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
            "SELECT f.name, r.offset, r.length, r.kind, r.record_id, r.refers_to FROM records r"
            f" JOIN files f ON f.id = r.file_id WHERE {condition}",
            (value,),
        )
        if found is None:
            return None
        return Place(found[0], found[1], found[2], Kind(found[3]), found[4], found[5])

    def _url_id(self, url: str) -> int:
        found = self._one("SELECT id FROM urls WHERE url = ?", (url,))
        if found is not None:
            return int(found[0])
        added = self.database.execute("INSERT INTO urls (url) VALUES (?)", (url,))
        return int(added.lastrowid or 0)

    def _prepare(self, read_only: bool) -> None:
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
            f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
        )


class StaleIndexError(sqlite3.DatabaseError):
    """The index has another shape than this version's: it is built anew from the files."""
