"""The store of extracts: what each stored body gave, by (address, digest, REST entry, version).

It is a cache beside the archive: losing it costs time, never data. One SQLite file, written by
one process at a time, safe to kill.
"""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from harvester.addresses import short_hash
from harvester.errors import UnwritableError
from harvester.extraction.codec import decode, encode
from harvester.extraction.quick_json import as_json, from_json
from harvester.pages.content import Source
from harvester.pages.harvested import Harvest
from harvester.pages.rest import RestEntry, statement_hash

T = TypeVar("T")

#: Raised when the tables change: a store of another shape is emptied and filled anew.
_SHAPE = 5

_SCHEMA = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- every stored body that may be a page
CREATE TABLE IF NOT EXISTS bodies (
    url TEXT NOT NULL, digest TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
    warc_file TEXT NOT NULL, warc_offset INTEGER NOT NULL, page_id TEXT NOT NULL,
    last_run TEXT NOT NULL, PRIMARY KEY (url, digest)
) WITHOUT ROWID;
-- when each run fetched its last answer
CREATE TABLE IF NOT EXISTS runs (run TEXT PRIMARY KEY, last_seen TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bodies_page ON bodies (page_id);
-- pages whose bodies or REST entries have changed since they were last extracted; a change has a number of its own
CREATE TABLE IF NOT EXISTS pending (change INTEGER PRIMARY KEY AUTOINCREMENT, page_id TEXT NOT NULL UNIQUE);
-- what the REST interface said of an address, each wording once, in the answer that said it first
CREATE TABLE IF NOT EXISTS entries (
    url TEXT NOT NULL, wording TEXT NOT NULL, page_id TEXT NOT NULL, first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL, entry TEXT NOT NULL, statement TEXT NOT NULL, PRIMARY KEY (url, wording)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_page ON entries (page_id);
-- addresses that listings named, and when last
CREATE TABLE IF NOT EXISTS listed (url TEXT PRIMARY KEY, last_seen TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS extracts (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL, digest TEXT NOT NULL, fingerprint TEXT NOT NULL,
    version TEXT NOT NULL, problems INTEGER NOT NULL, harvest BLOB NOT NULL,
    UNIQUE (url, digest, fingerprint, version)
);
CREATE TABLE IF NOT EXISTS versions (
    page_id TEXT NOT NULL, extract_id INTEGER NOT NULL, number INTEGER NOT NULL, source INTEGER NOT NULL,
    edition INTEGER, PRIMARY KEY (page_id, extract_id, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS versions_extract ON versions (extract_id);
"""

# A body or entry seen again is widened in time; the record that came first stays its place.
_ADD_BODY = """
INSERT INTO bodies VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url, digest) DO UPDATE SET
    warc_file = CASE WHEN excluded.first_seen < first_seen THEN excluded.warc_file ELSE warc_file END,
    warc_offset = CASE WHEN excluded.first_seen < first_seen THEN excluded.warc_offset ELSE warc_offset END,
    last_run = CASE WHEN excluded.last_seen > last_seen THEN excluded.last_run ELSE last_run END,
    first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)
"""
_ADD_ENTRY = """
INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url, wording) DO UPDATE SET
    entry = CASE WHEN excluded.first_seen < first_seen THEN excluded.entry ELSE entry END,
    first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)
"""
_ADD_RUN = """
INSERT INTO runs VALUES (?, ?)
ON CONFLICT (run) DO UPDATE SET last_seen = max(last_seen, excluded.last_seen)
"""
_ADD_LISTED = """
INSERT INTO listed VALUES (?, ?)
ON CONFLICT (url) DO UPDATE SET last_seen = max(last_seen, excluded.last_seen)
"""
_NEWEST = "ORDER BY last_seen DESC, first_seen DESC"
_VERSIONS = """
SELECT v.page_id, v.extract_id, v.number, v.source, v.edition, e.url, e.digest, e.fingerprint,
    b.first_seen, b.last_seen, b.warc_file, b.warc_offset
FROM versions v JOIN extracts e ON e.id = v.extract_id
JOIN bodies b ON b.url = e.url AND b.digest = e.digest
WHERE v.page_id = ? AND e.version = ?
ORDER BY b.first_seen, b.last_seen, e.url, e.digest, e.fingerprint, v.number
"""


@dataclass(frozen=True, slots=True)
class Body:
    """A stored body of an address, and when the source gave it first and last."""

    url: str
    digest: str
    first_seen: str
    last_seen: str
    warc_file: str
    warc_offset: int
    page_id: str
    last_run: str  # the run that saw it last


@dataclass(frozen=True, slots=True)
class Version:
    """One harvest of one page: from which body, by which source."""

    page_id: str
    extract_id: int
    number: int
    source: Source
    edition: int | None
    url: str
    digest: str
    fingerprint: str
    first_seen: str
    last_seen: str
    warc_file: str
    warc_offset: int


@dataclass(frozen=True, slots=True)
class Extract:
    """A harvest ready for the store: encoded, with what is asked of it without decoding."""

    data: bytes
    pages: tuple[tuple[str, int, int | None], ...]  # page id, source, edition
    problems: int

    @classmethod
    def of(cls, harvest: Harvest) -> Extract:
        pages = tuple((p.page_id, int(p.source), p.edition) for p in harvest.pages)
        return cls(encode(harvest), pages, len(harvest.problems))


def with_store(path: Path, work: Callable[[ExtractStore], T]) -> T:
    """What ``work`` makes of the store in a file; a damaged store is thrown away, once, and filled anew.

    Raises UnwritableError where the disk is full or the file cannot be written.
    """
    try:
        try:
            return _worked(path, work)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            _discard(path)
            return _worked(path, work)
    except sqlite3.Error as error:
        raise UnwritableError(f"{path.parent}: cannot be written ({error}); free space") from None


def _worked(path: Path, work: Callable[[ExtractStore], T]) -> T:
    store = ExtractStore(path)
    try:
        return work(store)
    finally:
        store.close()


def _discard(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


class ExtractStore:
    """The store in a file, made anew where that is damaged. Raises UnwritableError."""

    def __init__(self, path: Path) -> None:
        try:
            self._open(path)
        except sqlite3.OperationalError as error:
            raise UnwritableError(f"{path}: cannot be opened for writing ({error})") from None
        except sqlite3.DatabaseError:
            self._db.close()
            _discard(path)
            self._open(path)

    def _open(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
            self._db.executescript(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000;"
            )
            self._shape()
        except OSError as error:
            raise UnwritableError(f"{path}: cannot be opened for writing ({error})") from None

    def close(self) -> None:
        self._db.close()

    def _shape(self) -> None:
        """The tables, emptied where another version of the code made them."""
        shape = self._db.execute("PRAGMA user_version").fetchone()[0]
        if shape != _SHAPE:
            query = (
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            )
            tables = self._db.execute(query)
            drops = "".join(f'DROP TABLE "{name}";' for (name,) in tables.fetchall())
            script = f"BEGIN IMMEDIATE; {drops} {_SCHEMA} PRAGMA user_version = {_SHAPE}; COMMIT;"
            self._db.executescript(script)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside become one: after a kill they are there together or not at all."""
        self._db.execute("BEGIN IMMEDIATE")
        with self._db:
            yield

    @contextmanager
    def one_look(self) -> Iterator[None]:
        """All that is read inside is of one moment; locks are taken once, not at each question."""
        self._db.execute("BEGIN")
        with self._db:
            yield

    def state(self, name: str) -> str | None:
        """A remembered word: how far the archive was followed."""
        row = self._db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_state(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    def forget_sightings(self) -> None:
        """Forget what was seen where: the archive's index was made anew. Extracts stay true."""
        for table in ("state", "bodies", "runs", "entries", "listed", "pending"):
            self._db.execute(f"DELETE FROM {table}")

    # What the archive holds

    def add_bodies(self, bodies: Iterable[Body]) -> None:
        """Note stored bodies; their pages are to be extracted."""
        values = [_BODY_VALUES(body) for body in bodies]
        self._db.executemany(_ADD_BODY, values)
        self._want({value[_PAGE_ID] for value in values})

    def add_run(self, run: str, seen: str) -> None:
        """Note that a run fetched something at a time."""
        self._db.execute(_ADD_RUN, (run, seen))

    def end_of_run(self, run: str) -> str | None:
        """When a run fetched its last answer."""
        row = self._db.execute("SELECT last_seen FROM runs WHERE run = ?", (run,)).fetchone()
        return row[0] if row else None

    def body(self, url: str, digest: str) -> Body | None:
        """A body of an address."""
        query = "SELECT * FROM bodies WHERE url = ? AND digest = ?"
        row = self._db.execute(query, (url, digest)).fetchone()
        return Body(*row) if row else None

    def bodies_of(self, page_id: str) -> list[Body]:
        """Every body that a page's addresses gave, by address, oldest first."""
        query = "SELECT * FROM bodies WHERE page_id = ? ORDER BY url, first_seen, digest"
        return [Body(*row) for row in self._db.execute(query, (page_id,))]

    def count_bodies(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM bodies").fetchone()[0])

    def newest_body(self, url: str) -> Body | None:
        """The body an address gave last."""
        query = f"SELECT * FROM bodies WHERE url = ? {_NEWEST}, digest LIMIT 1"
        row = self._db.execute(query, (url,)).fetchone()
        return Body(*row) if row else None

    def add_entries(self, found: Sequence[tuple[str, str, RestEntry]], seen: str) -> None:
        """Note what REST said at a time: of addresses, each with its page's id."""
        values = []
        for url, page_id, entry in found:
            said = statement_hash(entry)
            wording = _wording(said, entry)
            values.append((url, wording, page_id, seen, seen, _as_text(entry), said))
        self._db.executemany(_ADD_ENTRY, values)
        self._want({page_id for _, page_id, _ in found})

    def _want(self, page_ids: Iterable[str]) -> None:
        rows = ((page_id,) for page_id in page_ids)
        self._db.executemany("INSERT OR REPLACE INTO pending (page_id) VALUES (?)", rows)

    def some_entries(self, url: str, most: int) -> list[RestEntry]:
        """So many at most of all that REST ever said of an address, in no order."""
        query = "SELECT entry FROM entries WHERE url = ? LIMIT ?"
        return [_entry(row[0]) for row in self._db.execute(query, (url, most))]

    def entry(self, url: str, *, until: str = "9") -> RestEntry | None:
        """What REST last said of an address (until a time)."""
        query = f"SELECT entry FROM entries WHERE url = ? AND first_seen <= ? {_NEWEST}, wording LIMIT 1"
        row = self._db.execute(query, (url, until)).fetchone()
        return _entry(row[0]) if row else None

    def first_entry(self, url: str) -> RestEntry | None:
        """What REST first said of an address."""
        query = "SELECT entry FROM entries WHERE url = ? ORDER BY first_seen, wording LIMIT 1"
        row = self._db.execute(query, (url,)).fetchone()
        return _entry(row[0]) if row else None

    def dated_entry(self, url: str, entry: RestEntry, until: str) -> RestEntry:
        """An entry under the date it had by a time: the newest until then, else the oldest it has.

        A site that dates all its pages anew each night changes nothing by it.
        """
        query = "SELECT entry FROM entries WHERE url = ? AND statement = ? {} ORDER BY first_seen {}, wording LIMIT 1"
        for condition, order, values in (
            ("AND first_seen <= ?", "DESC", (url, statement_hash(entry), until)),
            ("", "ASC", (url, statement_hash(entry))),
        ):
            row = self._db.execute(query.format(condition, order), values).fetchone()
            if row is not None:
                return _entry(row[0])
        return entry

    def entry_seen(self, url: str, entry: RestEntry) -> tuple[str, str]:
        """When REST first and last said this of an address. Raises KeyError where it never did."""
        query = "SELECT first_seen, last_seen FROM entries WHERE url = ? AND wording = ?"
        row = self._db.execute(query, (url, _wording(statement_hash(entry), entry))).fetchone()
        if row is None:
            raise KeyError(url)
        return row[0], row[1]

    def entry_of_page(self, page_id: str) -> tuple[RestEntry, str, str] | None:
        """What REST last said of a page, and when it said so first and last."""
        query = f"SELECT entry, first_seen, last_seen FROM entries WHERE page_id = ? {_NEWEST}, wording LIMIT 1"
        row = self._db.execute(query, (page_id,)).fetchone()
        return (_entry(row[0]), row[1], row[2]) if row else None

    def add_listed(self, urls: Iterable[str], seen: str) -> None:
        """Note addresses a listing named at a time."""
        self._db.executemany(_ADD_LISTED, ((url, seen) for url in urls))

    def last_listed(self, url: str) -> str | None:
        """When a listing last named an address."""
        row = self._db.execute("SELECT last_seen FROM listed WHERE url = ?", (url,)).fetchone()
        return row[0] if row else None

    def newest_listing(self, prefix: str) -> str | None:
        """When a listing last named any address that begins so: when the site was last understood."""
        query = "SELECT max(last_seen) FROM listed WHERE url >= ? AND url < ?"
        row = self._db.execute(query, (prefix, prefix + "\uffff")).fetchone()
        return row[0] if row else None

    # What is to do

    def want_all(self) -> None:
        """Every page is extracted again: the version of code or context is another."""
        query = "INSERT OR REPLACE INTO pending (page_id) SELECT DISTINCT page_id FROM bodies"
        self._db.execute(query)

    def pending(self, after: str = "", limit: int = 200) -> list[tuple[str, int]]:
        """Pages to extract, each with the number of its last change, in order of their ids, beginning after one."""
        query = "SELECT page_id, change FROM pending WHERE page_id > ? ORDER BY page_id LIMIT ?"
        return self._db.execute(query, (after, limit)).fetchall()

    def count_pending(self) -> int:
        """Bodies of the pages to extract, whether known already or not."""
        query = "SELECT count(*) FROM pending p JOIN bodies b ON b.page_id = p.page_id"
        return int(self._db.execute(query).fetchone()[0])

    def done(self, changes: Iterable[int]) -> None:
        """These changes are extracted; a page that was changed again meanwhile stays to be extracted."""
        self._db.executemany("DELETE FROM pending WHERE change = ?", ((c,) for c in changes))

    # What it gave

    def has_extract(self, url: str, digest: str, print_: str, version: str) -> bool:
        query = "SELECT 1 FROM extracts WHERE url = ? AND digest = ? AND fingerprint = ? AND version = ?"
        return self._db.execute(query, (url, digest, print_, version)).fetchone() is not None

    def extract(self, url: str, digest: str, print_: str, version: str) -> Harvest | None:
        """What a body gave, read with a REST entry by a version; None where that is not known."""
        query = "SELECT harvest FROM extracts WHERE url = ? AND digest = ? AND fingerprint = ? AND version = ?"
        row = self._db.execute(query, (url, digest, print_, version)).fetchone()
        return _decoded(row[0]) if row else None

    def add_extract(
        self, url: str, digest: str, print_: str, version: str, extract: Extract
    ) -> None:
        """Remember what a body gave."""
        cursor = self._db.execute(
            "INSERT OR IGNORE INTO extracts (url, digest, fingerprint, version, problems, harvest)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (url, digest, print_, version, extract.problems, extract.data),
        )
        if cursor.rowcount == 1:
            pages = enumerate(extract.pages)
            self._db.executemany(
                "INSERT INTO versions VALUES (?, ?, ?, ?, ?)",
                (
                    (page, cursor.lastrowid, n, source, edition)
                    for n, (page, source, edition) in pages
                ),
            )

    def drop_other_versions(self, version: str) -> None:
        """Forget extracts of earlier extractor versions: they are never read again."""
        self._db.execute(
            "DELETE FROM versions WHERE extract_id IN (SELECT id FROM extracts WHERE version <> ?)",
            (version,),
        )
        self._db.execute("DELETE FROM extracts WHERE version <> ?", (version,))

    def harvest(self, extract_id: int) -> Harvest:
        """The harvest of an extract. Raises KeyError."""
        row = self._db.execute(
            "SELECT harvest FROM extracts WHERE id = ?", (extract_id,)
        ).fetchone()
        if row is None:
            raise KeyError(extract_id)
        return _decoded(row[0])

    def troubled(self, version: str) -> Iterator[Harvest]:
        """The harvests with problems of their own, of each address' newest body, by address."""
        rows = self._db.execute(
            "SELECT url, digest, harvest FROM extracts WHERE version = ? AND problems > 0"
            " ORDER BY url, digest, fingerprint",
            (version,),
        ).fetchall()
        for url, digest, data in rows:
            newest = self.newest_body(url)
            if newest is not None and newest.digest == digest:
                yield _decoded(data)

    def page_ids(self) -> Iterator[str]:
        """Every page that an extract or a REST answer gave, in order."""
        query = "SELECT page_id FROM versions UNION SELECT page_id FROM entries ORDER BY page_id"
        yield from (row[0] for row in self._db.execute(query))

    def versions(self, page_id: str, version: str) -> list[Version]:
        """The harvests of a page by this extractor version, oldest body first."""
        rows = self._db.execute(_VERSIONS, (page_id, version)).fetchall()
        return [dataclasses.replace(Version(*row), source=Source(row[3])) for row in rows]


def _decoded(data: bytes) -> Harvest:
    """A stored harvest. Raises DatabaseError where its bytes are damaged: the store is then made anew."""
    try:
        return decode(data)
    except ValueError as error:
        raise sqlite3.DatabaseError(f"a stored harvest is damaged: {error}") from error


def fingerprint(entry: RestEntry | None) -> str:
    """What of a REST entry a page's rows depend on, as a short hash; empty for none."""
    if entry is None:
        return ""
    wording = _wording(statement_hash(entry), entry)
    return short_hash(f"{wording} {entry.pointer} {entry.digest}", 16)


def stamp(moment: datetime) -> str:
    """A time as the store keeps it: text that sorts."""
    return moment.isoformat(timespec="microseconds")


def _wording(said: str, entry: RestEntry) -> str:
    """What a REST entry says, whichever answer says it: a new listing alone changes no page's rows."""
    return short_hash(f"{said} {entry.modified_raw}", 16)


def _as_text(entry: RestEntry) -> str:
    """An entry as JSON."""
    values = dict(zip(_ENTRY_NAMES, _ENTRY_VALUES(entry), strict=True))
    return as_json(values, lambda values: json.dumps(values, default=str).encode()).decode()


def _from_text(text: str) -> dict[str, Any]:
    values: dict[str, Any] = from_json(text, json.loads)
    if not isinstance(values["wordpress_id"], int):  # beyond 64 bits
        values = json.loads(text)
    return values


def _entry(text: str) -> RestEntry:
    values = _from_text(text)
    for name in ("published", "modified"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    for name in ("categories", "category_pointers"):
        values[name] = tuple(values[name])
    return RestEntry(**values)


_BODY_NAMES = [field.name for field in fields(Body)]
_BODY_VALUES: Callable[[Body], tuple[Any, ...]] = attrgetter(*_BODY_NAMES)
_PAGE_ID = _BODY_NAMES.index("page_id")
_ENTRY_NAMES = [field.name for field in fields(RestEntry)]
_ENTRY_VALUES: Callable[[RestEntry], tuple[Any, ...]] = attrgetter(*_ENTRY_NAMES)
