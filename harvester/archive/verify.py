"""Strict verification: every record of every file, the references between them, and the index.

Nothing is changed: run it before an archive is opened, for opening repairs. Records go through one
at a time and ids are kept in a temporary database, so memory stays flat at any size.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from harvester.archive.entries import row_of
from harvester.archive.faults import record_faults
from harvester.archive.folder import Folder, try_lock
from harvester.archive.index import Index
from harvester.archive.members import Member, members
from harvester.archive.record import RecordError, WarcRecord, parse_warc_date, warc_date
from harvester.archive.ref import moment
from harvester.archive.repair import Finding
from harvester.archive.warcinfo import file_info
from harvester.errors import ArchiveError

_SCHEMA = """
CREATE TABLE ids (record_id TEXT PRIMARY KEY, type TEXT, url TEXT, date TEXT) WITHOUT ROWID;
CREATE TABLE refs (file TEXT, offset INTEGER, record_id TEXT, type TEXT, target TEXT, url TEXT, date TEXT);
CREATE TABLE found (file TEXT, offset INTEGER, length INTEGER, record_id TEXT, PRIMARY KEY (file, offset))
    WITHOUT ROWID;
"""


def verify(folder: Path) -> Iterator[Finding]:
    """Everything wrong in an archive, each with file, offset and record id; nothing where it is sound.

    A record that a live writer is just writing is no finding. Raises ArchiveError where the
    archive's folder is not there or cannot be read.
    """
    place = Folder(folder)
    if not place.warc.is_dir():
        raise ArchiveError(f"no archive in {folder}: there is no folder warc/ in it")
    with closing(sqlite3.connect("", isolation_level=None)) as seen:
        seen.executescript(_SCHEMA)
        seen.execute("BEGIN")
        live: set[str] = set()
        for path in place.files():
            try:
                if _is_live(path):
                    live.add(path.name)
                yield from _file_findings(path, seen, live)
            except OSError as error:
                yield Finding("unreadable_file", path.name, None, None, str(error))
        yield from _reference_findings(seen)
        if place.index.exists():
            yield from _index_findings(place, seen, live)


def _is_live(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return not try_lock(descriptor)
    finally:
        os.close(descriptor)


def _file_findings(path: Path, seen: sqlite3.Connection, live: set[str]) -> Iterator[Finding]:
    size = path.stat().st_size
    if size == 0 and path.name not in live:
        yield Finding("missing_warcinfo", path.name, 0, None, "the file is empty")
    for member in members(path, stop=size):
        if member.record is None:
            if member.problem == "truncated_record" and path.name in live:
                continue
            yield Finding(member.problem or "", path.name, member.offset, None, member.message)
            continue
        if member.offset == 0 and member.record.type != "warcinfo":
            yield _finding(path, member, "missing_warcinfo", "the file does not begin with one")
        for code, message in record_faults(member.record):
            yield _finding(path, member, code, message)
        if not _remembered(path, member, member.record, seen):
            yield _finding(path, member, "duplicate_record_id", "another record has the same id")
        if member.offset == 0 and member.record.type == "warcinfo":
            yield from _info_findings(path, member, member.record)


def _info_findings(path: Path, member: Member, record: WarcRecord) -> Iterator[Finding]:
    if not file_info(record).run:
        yield _finding(path, member, "missing_run", "the warcinfo names no run")
    if record.header("WARC-Filename") != path.name:
        message = f"the file was written as {record.header('WARC-Filename')}"
        yield _finding(path, member, "renamed_file", message)


def _finding(path: Path, member: Member, code: str, message: str) -> Finding:
    record_id = member.record.record_id if member.record else None
    return Finding(code, path.name, member.offset, record_id or None, message)


def _remembered(path: Path, member: Member, record: WarcRecord, seen: sqlite3.Connection) -> bool:
    """Keeps what references and the index are checked against; False for an id seen before."""
    target = record.header("WARC-Refers-To") or record.header("WARC-Concurrent-To")
    if target and record.type in ("revisit", "request"):
        seen.execute(
            "INSERT INTO refs VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                path.name, member.offset, record.record_id, record.type, target,
                record.header("WARC-Refers-To-Target-URI"), record.header("WARC-Refers-To-Date"),
            ),
        )  # fmt: skip
    try:
        row = row_of(record, member.offset, member.length)
    except RecordError:
        row = None
    if row is not None:
        seen.execute(
            "INSERT INTO found VALUES (?, ?, ?, ?)",
            (path.name, member.offset, member.length, record.record_id),
        )
    date = parse_warc_date(record.header("WARC-Date"))
    added = seen.execute(
        "INSERT OR IGNORE INTO ids VALUES (?, ?, ?, ?)",
        (record.record_id, record.type, record.url, warc_date(date) if date else None),
    )
    return added.rowcount == 1 or not record.record_id


def _reference_findings(seen: sqlite3.Connection) -> Iterator[Finding]:
    rows = seen.execute(
        "SELECT r.file, r.offset, r.record_id, r.type, r.target, r.url, r.date, i.type, i.url, i.date"
        " FROM refs r LEFT JOIN ids i ON i.record_id = r.target ORDER BY r.file, r.offset"
    )
    for file, offset, record_id, kind, target, url, date, found, found_url, found_date in rows:
        wanted = ("response",) if kind == "revisit" else ("response", "revisit")
        stated = parse_warc_date(date)
        if found not in wanted:
            message = f"it refers to {target}, which is not in the archive"
            yield Finding(f"orphan_{kind}", file, offset, record_id, message)
        elif kind == "revisit" and (
            url != found_url or stated is None or warc_date(stated) != found_date
        ):
            message = "WARC-Refers-To-Target-URI or -Date is not that of the record referred to"
            yield Finding("wrong_reference", file, offset, record_id, message)


def _index_findings(place: Folder, seen: sqlite3.Connection, live: set[str]) -> Iterator[Finding]:
    try:
        index = Index(place.index, read_only=True)
    except sqlite3.DatabaseError as error:
        yield Finding("bad_index", place.index.name, None, None, f"{error}; opening rebuilds it")
        return
    with index:
        try:
            yield from _row_findings(place, index, seen, live)
        except ArchiveError as error:
            yield Finding("bad_index", place.index.name, None, None, str(error))


def _row_findings(
    place: Folder, index: Index, seen: sqlite3.Connection, live: set[str]
) -> Iterator[Finding]:
    states = index.files()
    for name, state in states.items():
        if not place.file(name).exists():
            message = "the index knows this file and it is gone"
            yield Finding("missing_file", name, None, None, message)
        elif place.file(name).stat().st_size < state.indexed_to:
            message = f"the file is shorter than the {state.indexed_to} bytes that are indexed"
            yield Finding("short_file", name, None, None, message)
    for row, url, fetched_at in index.records():
        if not place.file(row.file).exists():
            continue
        found = seen.execute(
            "DELETE FROM found WHERE file = ? AND offset = ? RETURNING length, record_id",
            (row.file, row.offset),
        ).fetchone()
        if found != (row.length, row.record_id) and row.file not in live:
            message = f"the index has {url} of {warc_date(moment(fetched_at))} here"
            yield Finding("row_without_record", row.file, row.offset, row.record_id, message)
    for file, offset, record_id in seen.execute("SELECT file, offset, record_id FROM found"):
        if file not in live:
            message = "the record is not in the index; opening the archive adds it"
            yield Finding("not_indexed", file, offset, record_id, message)
