"""The gzip members of a WARC file, one record each, found again after damaged stretches."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from harvester.archive.record import RecordError, WarcRecord, parse_record
from harvester.compression import gzip_content

#: A member that inflates beyond this is damage or an attack, not a record of ours.
MAX_MEMBER = 256 * 1024 * 1024

_MAGIC = b"\x1f\x8b\x08"
#: The first piece is small, so that many tiny members stay cheap.
_FIRST_PIECE = 4 * 1024
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """A stretch of a file: a sound record, or what stands in the place of one.

    ``problem`` is None for a sound record; ``truncated_record`` where the file ends inside a member;
    ``bad_member`` for bytes that are no gzip member; else the fault that `parse_record` names.
    """

    offset: int
    length: int
    record: WarcRecord | None
    problem: str | None = None
    message: str = ""

    @property
    def end(self) -> int:
        return self.offset + self.length


def members(path: Path, *, start: int = 0, stop: int | None = None) -> Iterator[Member]:
    """Every member from byte ``start`` up to ``stop``, or to the file's end.

    Raises OSError alone: whatever the bytes are, they come back as members with a problem.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2) if stop is None else stop
        offset = start
        while offset < size:
            member = _member_at(file, offset, size)
            yield member
            offset = member.end


def record_at(data: bytes) -> WarcRecord:
    """The record of one whole compressed member. Raises RecordError."""
    try:
        plain, whole = gzip_content(data, MAX_MEMBER)
    except ValueError as error:
        raise RecordError("bad_member", str(error)) from error
    if not whole:
        raise RecordError("truncated_record", "the record is not whole")
    return parse_record(plain)


def _member_at(file: BinaryIO, offset: int, size: int) -> Member:
    plain, length, error = _inflated(file, offset, size)
    if error is None:
        try:
            return Member(offset, length, parse_record(plain))
        except RecordError as fault:
            return Member(offset, length, None, fault.code, str(fault))
    following = _next_member(file, offset + 1, size)
    if error == "truncated" and following is None:
        message = f"the file ends inside this record, after {size - offset} bytes of it"
        return Member(offset, size - offset, None, "truncated_record", message)
    end = size if following is None else following
    message = f"{end - offset} bytes are no gzip member: {error}"
    return Member(offset, end - offset, None, "bad_member", message)


def _inflated(file: BinaryIO, offset: int, size: int) -> tuple[bytes, int, str | None]:
    """The member's content, its compressed length, and what is wrong (`truncated` at the end)."""
    file.seek(offset)
    decoder = zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    total = read = 0
    while not decoder.eof:
        piece = decoder.unconsumed_tail
        if not piece:
            piece = file.read(min(_PIECE if read else _FIRST_PIECE, size - offset - read))
            read += len(piece)
            if not piece:
                return b"", 0, "truncated"
        try:
            part = decoder.decompress(piece, MAX_MEMBER - total + 1)
        except zlib.error as error:
            return b"", 0, str(error)
        total += len(part)
        if total > MAX_MEMBER:
            return b"", 0, f"it inflates to more than {MAX_MEMBER} bytes"
        parts.append(part)
    return b"".join(parts), read - len(decoder.unused_data), None


def _next_member(file: BinaryIO, start: int, size: int) -> int | None:
    """The offset of the next gzip member that begins a WARC record, or None.

    Each candidate costs one small read, so damage costs time linear in its length.
    """
    position = start
    overlap = len(_MAGIC) - 1
    while position < size:
        file.seek(position)
        window = file.read(min(_PIECE, size - position))
        found = window.find(_MAGIC)
        while found >= 0:
            if _begins_record(file, position + found):
                return position + found
            found = window.find(_MAGIC, found + 1)
        if len(window) <= overlap:
            return None
        position += len(window) - overlap
    return None


def _begins_record(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    try:
        return zlib.decompressobj(wbits=31).decompress(file.read(512), 5) == b"WARC/"
    except zlib.error:
        return False
