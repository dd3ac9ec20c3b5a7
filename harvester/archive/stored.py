"""Captures read back from their records; a revisit comes with the body it stands for."""

from __future__ import annotations

import os

from harvester.archive.capture import Capture
from harvester.archive.encoding import EncodingError, decoded_body
from harvester.archive.folder import Folder
from harvester.archive.index import Index
from harvester.archive.members import record_at
from harvester.archive.record import (
    BODY_DIGEST,
    Headers,
    HttpAnswer,
    RecordError,
    WarcRecord,
    first_header,
    parse_answer,
    parse_warc_date,
)
from harvester.archive.rows import Kind, Place
from harvester.errors import ArchiveError


def read_capture(folder: Folder, index: Index, position: int) -> Capture:
    """The answer stored at a position of the index.

    Raises ArchiveError where there is none, or its file is missing or altered: `verify` says more.
    """
    place = index.place(position)
    if place is None or place.kind is Kind.FAILURE:
        raise ArchiveError(f"no answer is stored at position {position} of {index.path}")
    return capture_at(folder, index, place)


def capture_at(folder: Folder, index: Index, place: Place) -> Capture:
    """The answer that stands at a place. Raises ArchiveError as `read_capture` does."""
    record = read_record(folder, place)
    answer = _parsed(place, record)
    if place.kind is Kind.RESPONSE:
        return capture_of(_where(place), record, answer, answer)
    original = index.original(place.refers_to or "")
    if original is None:
        raise ArchiveError(
            f"{_where(place)}: the answer this revisit refers to is not in the archive"
        )
    whole = read_record(folder, original)
    return capture_of(_where(original), record, answer, _parsed(original, whole))


def read_answer(folder: Folder, index: Index, position: int) -> HttpAnswer:
    """The HTTP answer at a position with its body still encoded; a revisit's is its original's."""
    place = index.place(position)
    if place is not None and place.kind is Kind.REVISIT:
        place = index.original(place.refers_to or "")
    if place is None or place.kind is not Kind.RESPONSE:
        raise ArchiveError(f"no answer is stored at position {position} of {index.path}")
    return _parsed(place, read_record(folder, place))


def capture_of(where: str, record: WarcRecord, answer: HttpAnswer, whole: HttpAnswer) -> Capture:
    """The capture of a record, its body taken from ``whole``: itself, or what it refers to."""
    date = parse_warc_date(record.header("WARC-Date"))
    try:
        body = decoded_body(whole.payload, first_header(whole.headers, "Content-Encoding"))
    except EncodingError as error:
        raise ArchiveError(f"{where}: {error}") from error
    if date is None:
        raise ArchiveError(f"{where}: the record states no date")
    headers, status = answer.headers, answer.status
    if status == 304 and whole is not answer:
        headers, status = freshened(whole.headers, answer.headers), whole.status
    return Capture(record.url, date, status, headers, body, record.header(BODY_DIGEST) or "")


def freshened(headers: Headers, newer: Headers) -> Headers:
    """Stored headers updated by a 304's, as RFC 9111 (3.2) says; what describes the body stays."""
    updates = [(name, value) for name, value in newer if not name.lower().startswith("content-")]
    names = {name.lower() for name, _ in updates}
    return (*((name, value) for name, value in headers if name.lower() not in names), *updates)


def read_record(folder: Folder, place: Place) -> WarcRecord:
    """The record at a place, read alone. Raises ArchiveError where it is not there."""
    try:
        record = record_at(_bytes_at(folder, place))
    except (OSError, RecordError) as error:
        raise ArchiveError(f"cannot read {_where(place)}: {error}") from error
    if record.record_id != place.record_id:
        raise ArchiveError(f"{_where(place)} holds another record than indexed")
    return record


def _bytes_at(folder: Folder, place: Place) -> bytes:
    """The bytes at a place. A file object around its descriptor costs more than reading them."""
    descriptor = os.open(folder.file(place.file), os.O_RDONLY)
    try:
        return os.pread(descriptor, place.length, place.offset)
    finally:
        os.close(descriptor)


def _parsed(place: Place, record: WarcRecord) -> HttpAnswer:
    try:
        return parse_answer(record.block)
    except RecordError as error:
        raise ArchiveError(f"{_where(place)}: {error}") from error


def _where(place: Place) -> str:
    return f"{place.file} at byte {place.offset}"
