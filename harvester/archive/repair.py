"""The index brought level with the WARC files, whatever a crash or a person did to either.

Files that a live writer holds are left alone. The files are the truth: records found and not
indexed are indexed, rows of records that are gone are dropped, a record cut short at the end of a
file is cut off. Of a file that was changed after it was closed every record is checked, and one that was
altered counts as not fetched. Damage stays where it is, named by `verify`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from harvester.archive.entries import row_of
from harvester.archive.folder import Folder, index_lock, sync, try_lock, writing
from harvester.archive.index import Index
from harvester.archive.members import Member, members
from harvester.archive.record import RecordError, digests_agree
from harvester.archive.rows import FileState, Row
from harvester.archive.warcinfo import FileInfo, file_info
from harvester.errors import ArchiveError

#: Findings after which a record cannot be trusted.
_SPOILT = frozenset(
    {
        "row_without_record",
        "wrong_block_digest",
        "wrong_payload_digest",
        "wrong_body_digest",
        "undecodable_body",
    }
)

#: What a record's finding is called that was whole when it was indexed.
ALTERED = "altered_record"

#: Rows written in one transaction while a file is scanned.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in an archive, or mended in it: where, and what."""

    code: str
    file: str
    offset: int | None
    record_id: str | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.offset is None else f"{self.file} at byte {self.offset}"
        record = f" {self.record_id}" if self.record_id else ""
        return f"{place}{record}: {self.code}: {self.message}"


def open_index(folder: Folder, *, recheck: bool = False) -> tuple[Index, tuple[Finding, ...]]:
    """The index, level with the files, and what was mended. Made anew where it is unusable.

    With ``recheck`` every closed file is read through, whatever its time of change says. Raises
    UnwritableError where the folder cannot be written.
    """
    folder.make()
    with index_lock(folder):
        try:
            index = _opened(folder)
            try:
                return index, tuple(_repairs(folder, index, recheck=recheck))
            except BaseException:
                index.close()
                raise
        except ArchiveError:  # damage that shows only on reading
            index = _rebuilt(folder)
            return index, tuple(_repairs(folder, index))


def rebuild_index(folder: Folder) -> None:
    """Throw the index away and build it from the files."""
    folder.make()
    with index_lock(folder), _rebuilt(folder) as index:
        for _ in _repairs(folder, index):
            pass


def set_aside(folder: Folder, findings: Iterable[Finding]) -> int:
    """Forget the answers that verification found damaged, so that they are fetched again; how many.

    The files stay as they are: a restored file is found again when the index is rebuilt.
    """
    places = [
        (finding.file, finding.offset)
        for finding in findings
        if finding.code in _SPOILT and finding.offset is not None
    ]
    index, repairs = open_index(folder)
    dropped = {(f.file, f.offset) for f in repairs if f.code == ALTERED}
    with index, index.transaction():
        more = sum(index.drop_row(file, offset) for file, offset in places)
    return more + len(dropped.intersection(places))


def recheck(folder: Folder) -> tuple[Finding, ...]:
    """Reads every closed file through and forgets the records that were altered; what it found."""
    index, repairs = open_index(folder, recheck=True)
    index.close()
    return repairs


def bring_level(folder: Folder, index: Index) -> tuple[Finding, ...]:
    """`open_index`'s repair for an index that is open, the index lock held by the caller."""
    return tuple(_repairs(folder, index))


def _opened(folder: Folder) -> Index:
    with writing(folder.index):
        try:
            return Index(folder.index)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return _rebuilt(folder)


def _rebuilt(folder: Folder) -> Index:
    with writing(folder.index):
        for suffix in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{folder.index}{suffix}").unlink()
        return Index(folder.index)


def _repairs(folder: Folder, index: Index, *, recheck: bool = False) -> Iterator[Finding]:
    with writing(folder.warc):
        for leftover in folder.warc.glob("*.tmp"):
            leftover.unlink()
        known = index.files()
        present = {path.name: path for path in folder.files()}
        yield from _finished_swaps(index, known, present)
        known = index.files()
        for name, state in known.items():
            if name not in present and not state.missing:
                with index.transaction():
                    index.set_missing(state.id)
                yield Finding(
                    "missing_file",
                    name,
                    None,
                    None,
                    "the file is gone, its pages count as not fetched",
                )
        for name, path in present.items():
            yield from _levelled(index, path, known.get(name), recheck=recheck)


def _finished_swaps(
    index: Index, known: dict[str, FileState], present: dict[str, Path]
) -> Iterator[Finding]:
    """Removes files that rewriting has replaced: a crash came between the two."""
    replaced = {state.replaces for state in known.values()}
    for name, path in list(present.items()):
        if name not in known:
            info = _info(path)
            if info is not None and info.replaces is not None:
                replaced.add(info.replaces)
    for name in sorted(old for old in replaced if old is not None and old in present):
        state = known.get(name)
        if state is not None:
            with index.transaction():
                index.forget_file(state.id)
        present.pop(name).unlink()
        yield Finding("swap_finished", name, None, None, "removed: a rewritten file stands for it")


def _info(path: Path) -> FileInfo | None:
    first = next(members(path), None)
    if first is None or first.record is None or first.record.type != "warcinfo":
        return None
    return file_info(first.record)


def _levelled(
    index: Index, path: Path, state: FileState | None, *, recheck: bool
) -> Iterator[Finding]:
    stat = path.stat()
    is_level = state is not None and not state.missing and stat.st_size == state.indexed_to > 0
    closed_at = state.changed_at if state is not None and not state.missing else None
    if is_level and closed_at == stat.st_mtime_ns and not recheck:
        return
    descriptor = os.open(path, os.O_RDWR)
    try:
        if try_lock(descriptor):
            if state is not None and is_level and closed_at is None and not recheck:
                _note_whole(index, state.id, descriptor)  # its writer was killed: all is indexed
                return
            if state is not None and (closed_at is not None or recheck):
                yield from _altered(index, path, state, stat.st_size)
            yield from _scanned(index, path, state, descriptor)
            if os.fstat(descriptor).st_size == 0:
                path.unlink()
                yield _removed(index, path, state)
    finally:
        os.close(descriptor)


def _note_whole(index: Index, file_id: int, descriptor: int) -> None:
    with index.transaction():
        index.set_changed_at(file_id, os.fstat(descriptor).st_mtime_ns)


def _altered(index: Index, path: Path, state: FileState, size: int) -> Iterator[Finding]:
    """Forgets the records of a file that are no longer what was indexed; all is scanned again then.

    What a shorter file no longer holds is forgotten with the record that is cut off.
    """
    listings = index.listings_of(state.id)
    with index.transaction():
        left = index.drop_rows(state.id, beyond=size)
        if size < state.indexed_to:
            index.mark_altered(state.id)
        if any(offset >= left for offset in listings):
            index.note_lost_listing(state.id)
    gone = index.rows_of(state.id)
    for member in members(path):
        row = _sound_row(member)
        if row is not None and gone.get(row.offset) == row.record_id:
            del gone[row.offset]
    with index.transaction():
        for offset in gone:
            index.drop_row(path.name, offset)
        if listings.intersection(gone):
            index.note_lost_listing(state.id)
        index.set_indexed_to(state.id, 0)
    for offset, record_id in gone.items():
        message = "the record was altered, its page counts as not fetched"
        yield Finding(ALTERED, path.name, offset, record_id, message)


def _removed(index: Index, path: Path, state: FileState | None) -> Finding:
    """An empty file is what a crash leaves that came before the first record."""
    found = index.files()[path.name]
    with index.transaction():
        if state is None:
            index.forget_file(found.id)
        else:
            index.set_missing(found.id)
    return Finding("empty_file", path.name, None, None, "removed: nothing was in it")


def _scanned(
    index: Index, path: Path, state: FileState | None, descriptor: int
) -> Iterator[Finding]:
    size = os.fstat(descriptor).st_size
    info = _info(path)
    with index.transaction():
        if state is None or state.missing:
            start = 0
            run, replaces = (info.run, info.replaces) if info else ("", None)
            file_id = index.add_file(path.name, run, 0, replaces)
        else:
            file_id = state.id
            start = index.files()[path.name].indexed_to
            if size < start:
                start = index.drop_rows(file_id, beyond=size)
                index.mark_altered(file_id)
    batch: list[Row] = []
    spoilt = False
    for member in members(path, start=start, stop=size):
        if member.problem == "truncated_record":
            size = member.offset
            os.ftruncate(descriptor, size)
            os.fsync(descriptor)
            yield _finding(path, member, "cut off")
        elif member.record is None:
            spoilt = True
            yield _finding(path, member, "left in place")
        else:
            row = _sound_row(member)
            spoilt = spoilt or not _is_as_written(member)
            batch.extend(() if row is None else (row,))
        if len(batch) >= _BATCH:
            _store(index, file_id, batch, batch[-1].offset + batch[-1].length)
            batch = []
    _store(index, file_id, batch, size)
    sync(path)
    if spoilt:
        with index.transaction():
            index.mark_altered(file_id)
    if size:
        _note_whole(index, file_id, descriptor)


def _store(index: Index, file_id: int, rows: list[Row], end: int) -> None:
    with index.transaction():
        for row in rows:
            index.add(file_id, row)
        index.set_indexed_to(file_id, end)


def _sound_row(member: Member) -> Row | None:
    """The member's row; None for records that are not indexed and those that were altered."""
    if member.record is None or not _is_as_written(member):
        return None
    try:
        return row_of(member.record, member.offset, member.length)
    except RecordError:
        return None


def _is_as_written(member: Member) -> bool:
    record = member.record
    return record is not None and digests_agree(
        record.header("WARC-Block-Digest") or "", record.block
    )


def _finding(path: Path, member: Member, done: str) -> Finding:
    return Finding(
        member.problem or "", path.name, member.offset, None, f"{member.message}; {done}"
    )
