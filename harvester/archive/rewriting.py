"""Rewriting WARC files: beside, whole, then swapped; a crash at any moment leaves either state.

A rewritten file names the file it replaces in its warcinfo, so that a swap cut short by a crash is
finished when the archive is next opened. Needs an archive that nobody is writing to.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from harvester.archive.entries import row_of
from harvester.archive.folder import (
    Folder,
    index_lock,
    new_file_name,
    rewriting_lock,
    sync,
    writing,
)
from harvester.archive.index import Index
from harvester.archive.members import Member, members
from harvester.archive.record import (
    RecordError,
    WarcRecord,
    parse_warc_date,
    serialised,
    without_headers,
)
from harvester.archive.repair import bring_level, open_index
from harvester.archive.rows import FileState, Row
from harvester.archive.warcinfo import file_info, info_member
from harvester.errors import ArchiveError

#: What becomes of a record: the record itself (kept), another, or None (dropped). Asked twice, so it
#: must answer the same.
Fate = Callable[[WarcRecord], WarcRecord | None]

#: Headers that writing a record computes or that name the file it stands in.
_WRITTEN_ANEW = ("content-length", "content-type", "warc-block-digest", "warc-warcinfo-id")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What a rewriting did."""

    files: int = 0
    dropped: int = 0  # records
    changed: int = 0  # records
    bytes_freed: int = 0


@contextmanager
def exclusive_index(folder: Folder) -> Iterator[Index]:
    """The index, level with the files, while nobody else writes or repairs. Raises LockedError."""
    folder.make()
    with rewriting_lock(folder):
        index, _ = open_index(folder)
        with index, index_lock(folder):
            bring_level(folder, index)
            yield index


def rewrite(folder: Folder, index: Index, fate: Fate, *, level: int) -> Rewritten:
    """Gives every record its fate. Files whose records all stay are not touched.

    Raises ArchiveError for a file with damage in it: what cannot be read cannot be judged.
    """
    done = Rewritten()
    for state in index.files().values():
        if not state.missing:
            done = _added(done, _rewrite_file(folder, index, state, fate, level))
    return done


def _rewrite_file(
    folder: Folder, index: Index, state: FileState, fate: Fate, level: int
) -> Rewritten:
    path = folder.file(state.name)
    if not any(after is not member.record for member, after in _fates(path, fate)):
        return Rewritten()
    info = next(members(path)).record
    date = parse_warc_date(info.header("WARC-Date") if info else None)
    if info is None or date is None:
        raise ArchiveError(f"{path.name} does not begin with a dated warcinfo record")
    name = new_file_name(date)
    beside = folder.file(f"{name}.tmp")
    with writing(beside):
        with beside.open("xb") as out:
            first, info_id = info_member(
                name, date, file_info(info).run, level=level, replaces=path.name
            )
            out.write(first)
            moves = list(_copied(path, out, fate, info_id, level))
            size = out.tell()
            out.flush()
            os.fsync(out.fileno())
        beside.rename(folder.file(name))
        sync(folder.warc)
        changed_at = folder.file(name).stat().st_mtime_ns
        _swap_in_index(index, state, name, moves, size, changed_at)
        freed = path.stat().st_size - size
        path.unlink()
        sync(folder.warc)
    dropped = sum(move.offset is None for move in moves)
    return Rewritten(1, dropped, sum(move.row is not None for move in moves), freed)


@dataclass(frozen=True, slots=True)
class _Move:
    """Where a record went: nowhere (dropped), elsewhere as it was, or elsewhere as another row."""

    before: int
    offset: int | None
    length: int = 0
    row: Row | None = None


def _fates(path: Path, fate: Fate) -> Iterator[tuple[Member, WarcRecord | None]]:
    for member in members(path):
        if member.record is None:
            raise ArchiveError(
                f"{path.name} is damaged at byte {member.offset} ({member.message}): restore it or"
                " remove it, then try again; nothing was changed in it"
            )
        kept = member.record.type == "warcinfo"
        yield member, member.record if kept else fate(member.record)


def _copied(path: Path, out: BinaryIO, fate: Fate, info_id: str, level: int) -> Iterator[_Move]:
    """Writes what stays. Each record is written anew, for its warcinfo is another."""
    for member, after in _fates(path, fate):
        if after is None:
            yield _Move(member.offset, None)
        elif after.type != "warcinfo":
            data = _serialised(after, info_id, level)
            offset = out.tell()
            out.write(data)
            changed = after is not member.record
            row = _row(path, after, offset, len(data)) if changed else None
            yield _Move(member.offset, offset, len(data), row)


def _serialised(record: WarcRecord, info_id: str, level: int) -> bytes:
    headers = without_headers(record.headers, *_WRITTEN_ANEW)
    headers = (*headers[:1], ("WARC-Warcinfo-ID", info_id), *headers[1:])
    content_type = record.header("Content-Type") or ""
    return serialised(headers, record.block, content_type=content_type, level=level)


def _row(path: Path, record: WarcRecord, offset: int, length: int) -> Row | None:
    try:
        return row_of(record, offset, length)
    except RecordError as error:
        raise ArchiveError(f"{path.name}: a changed record is not sound: {error}") from error


def _swap_in_index(
    index: Index, state: FileState, name: str, moves: list[_Move], size: int, changed_at: int
) -> None:
    with index.transaction():
        file_id = index.add_file(name, state.run, size, state.name)
        index.set_changed_at(file_id, changed_at)
        for move in moves:
            if move.row is not None:
                index.replace(state.id, move.before, file_id, move.row)
            elif move.offset is not None:
                index.move(state.id, move.before, file_id, move.offset, move.length)
        index.forget_file(state.id)


def _added(one: Rewritten, other: Rewritten) -> Rewritten:
    return Rewritten(
        one.files + other.files,
        one.dropped + other.dropped,
        one.changed + other.changed,
        one.bytes_freed + other.bytes_freed,
    )
