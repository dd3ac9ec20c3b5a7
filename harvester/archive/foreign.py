"""Records of other tools' WARC, ARC and WACZ files, read as they come and named where they fail."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.timeutils import iso_date_to_datetime

from harvester.archive.record import Headers, RecordError, first_header
from harvester.errors import ForeignFileError

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_ZIP = b"PK\x03\x04"
_PLAIN = (b"WARC/", b"filedesc://", b"http://", b"https://", b"dns:")


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """A record as another tool wrote it; ``fault`` names why it could not be read, with a message."""

    type: str
    record_id: str
    url: str
    date: datetime | None
    headers: Headers  # of the record
    method: str  # of a request
    status: int | None  # of an answer
    reason: str
    http_headers: Headers
    body: bytes  # still encoded, chunks and all
    fault: tuple[str, str] | None = None

    def header(self, name: str) -> str | None:
        return first_header(self.headers, name)


def foreign_records(source: Path, *, max_body: int) -> Iterator[ForeignRecord]:
    """Every record of a file. One that is damaged beyond its place ends the stream with a fault.

    Raises ForeignFileError where the file is not there, or is none of WARC, ARC and WACZ.
    """
    try:
        with source.open("rb") as file:
            if file.read(4) == _ZIP:
                yield from _packed_records(source, max_body)
            else:
                file.seek(0)
                yield from _stream_records(file, source.name, max_body)
    except OSError as error:
        raise ForeignFileError(f"cannot read {source}: {error.strerror or error}") from error


class _Iterator(ArchiveIterator):  # type: ignore[misc]
    """warcio's iterator, told to count a wrong length instead of printing it."""

    INC_RECORD = ""


def _packed_records(source: Path, max_body: int) -> Iterator[ForeignRecord]:
    try:
        with zipfile.ZipFile(source) as wacz:
            names = [name for name in wacz.namelist() if name.startswith("archive/")]
            names = [name for name in names if name.endswith((".warc", ".warc.gz", ".arc.gz"))]
            if not names:
                raise ForeignFileError(f"{source} is a zip without archive/*.warc.gz: no WACZ")
            for name in sorted(names):
                with wacz.open(name) as file:
                    yield from _stream_records(cast(BinaryIO, file), name, max_body)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise ForeignFileError(f"{source} is a damaged or encrypted WACZ: {error}") from error


def _stream_records(file: BinaryIO, name: str, max_body: int) -> Iterator[ForeignRecord]:
    with _decompressed(file, name) as stream:
        iterator = _Iterator(stream, arc2warc=True)
        while True:
            errors = iterator.err_count
            try:
                record = next(iterator, None)
                found = None if record is None else _read(record, max_body)
                if found is not None:
                    iterator.read_to_end()
            except Exception as error:  # warcio fails on hostile bytes in as many ways as there are
                message = f"the rest of {name} cannot be read: {type(error).__name__}: {error}"
                yield _unreadable("damaged_file", " ".join(message.split())[:300])
                return
            if found is None:
                return
            if iterator.err_count > errors and found.fault is None:
                yield _unreadable("wrong_length", f"a record of {name} is longer than it says")
            yield found


@contextmanager
def _decompressed(file: BinaryIO, name: str) -> Iterator[BinaryIO]:
    head = file.read(16)
    rest = cast(BinaryIO, _Rewound(head, file))
    if head.startswith(_GZIP):
        # One gzip member for the whole file is as good as one for each record.
        with gzip.GzipFile(fileobj=rest) as stream:
            yield cast(BinaryIO, _Whole(stream))
    elif head.startswith(_PLAIN):
        yield rest
    elif head.startswith(_ZSTD):
        raise ForeignFileError(f"{name} is compressed with zstd: unpack it first (unzstd)")
    else:
        raise ForeignFileError(f"{name} is no WARC, ARC or WACZ file")


class _Rewound:
    """A stream whose first bytes were read to see what it is."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = BytesIO(head)
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        return self._head.read(size) or self._rest.read(size)


class _Whole:
    """A decompressed stream that gives all it has before it says that it breaks off."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read1(size)
        except EOFError as error:  # warcio would take this for an orderly end
            raise RecordError("truncated_record", "the gzip file breaks off") from error


def _read(record: Any, max_body: int) -> ForeignRecord:
    headers = tuple((str(name), str(value)) for name, value in record.rec_headers.headers)
    http = record.http_headers
    body = record.raw_stream.read(max_body + 1)
    found = ForeignRecord(
        type=str(record.rec_type or "").lower(),
        record_id=record.rec_headers.get_header("WARC-Record-ID") or "",
        url=record.rec_headers.get_header("WARC-Target-URI") or "",
        date=_date(record.rec_headers.get_header("WARC-Date")),
        headers=headers,
        method=http.protocol if http and record.rec_type == "request" else "",
        status=_status(http.get_statuscode()) if http else None,
        reason=http.statusline.partition(" ")[2] if http else "",
        http_headers=tuple(http.headers) if http else (),
        body=body,
    )
    fault = _fault(record, found, max_body)
    return found if fault is None else replace(found, body=b"", fault=fault)


def _fault(record: Any, found: ForeignRecord, max_body: int) -> tuple[str, str] | None:
    if len(found.body) > max_body:
        return "body_too_large", f"the body has more than {max_body} bytes"
    if found.header("WARC-Truncated"):
        return "truncated", f"the record says it is cut short: {found.header('WARC-Truncated')}"
    if record.payload_length is not None and 0 <= len(found.body) < record.payload_length:
        return "truncated", f"{len(found.body)} of {record.payload_length} bytes are there"
    return None


def _unreadable(code: str, message: str) -> ForeignRecord:
    return ForeignRecord("", "", "", None, (), "", None, "", (), b"", (code, message))


def _status(text: str) -> int | None:
    is_status = text.isascii() and text.isdigit() and len(text) == 3 and text >= "100"
    return int(text) if is_status else None


def _date(text: str | None) -> datetime | None:
    try:
        return cast(datetime, iso_date_to_datetime(text or "")).replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None
