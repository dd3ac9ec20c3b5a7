"""One WARC file being written: locked, appended to in whole records, indexed record by record."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from harvester.archive.entries import row_of
from harvester.archive.folder import Folder, lock, new_file_name, sync, writing
from harvester.archive.index import Index
from harvester.archive.record import (
    Headers,
    WarcRecord,
    new_record_id,
    payload_digest,
    request_block,
    serialised,
    storable_headers,
)
from harvester.archive.warcinfo import info_member

_RESPONSE = "application/http; msgtype=response"
_REQUEST = "application/http; msgtype=request"


class OpenFile:
    """A file no other process touches: its lock is held until it is closed or its owner dies."""

    def __init__(
        self, folder: Folder, index: Index, moment: datetime, run: str, level: int
    ) -> None:
        self._index = index
        self._level = level
        self._path, self._descriptor = _created(folder, moment)
        self.name = self._path.name
        try:
            info, self._info_id = info_member(self.name, moment, run, level=level)
            self._indexed_to = self._append(info)[1]
            with index.transaction():
                self._file_id = index.add_file(self.name, run, self._indexed_to)
        except BaseException:
            os.close(self._descriptor)
            raise

    def size(self) -> int:
        """Bytes in the file."""
        return os.fstat(self._descriptor).st_size

    def close(self) -> None:
        """Make the file durable and let it go."""
        try:
            with writing(self._path):
                os.fsync(self._descriptor)
                sync(self._path.parent)
            with self._index.transaction():
                changed_at = os.fstat(self._descriptor).st_mtime_ns
                self._index.set_changed_at(self._file_id, changed_at)
        finally:
            os.close(self._descriptor)

    def add_answer(
        self, headers: Headers, block: bytes, method: str, request_headers: Headers
    ) -> int:
        """Write an answer with the request that got it, and give the answer's position."""
        answer = self._record(headers, block)
        request = self._request(answer, method, request_headers)
        return self._add(answer, _RESPONSE, self._member(request, _REQUEST))

    def add_failure(self, headers: Headers, block: bytes) -> int:
        """Write the record of a fetch that gave no answer, and give its position."""
        return self._add(self._record(headers, block), "application/json", b"")

    def _record(self, headers: Headers, block: bytes) -> WarcRecord:
        own = (("WARC-Record-ID", new_record_id()), ("WARC-Warcinfo-ID", self._info_id))
        return WarcRecord("WARC/1.1", (headers[0], *own, *headers[1:]), block)

    def _request(self, answer: WarcRecord, method: str, headers: Headers) -> WarcRecord:
        parts = urlsplit(answer.url)
        kept = storable_headers(headers)
        if not any(name.lower() == "host" for name, _ in kept):
            kept = (("Host", parts.netloc.rpartition("@")[2]), *kept)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        about: Headers = (
            ("WARC-Type", "request"),
            ("WARC-Target-URI", answer.url),
            ("WARC-Date", answer.header("WARC-Date") or ""),
            ("WARC-Concurrent-To", answer.record_id),
            ("WARC-Payload-Digest", payload_digest(b"")),  # a GET carries none
        )
        return self._record(about, request_block(method, target, kept))

    def _member(self, record: WarcRecord, content_type: str) -> bytes:
        return serialised(
            record.type,
            record.headers,
            record.block,
            content_type=content_type,
            level=self._level,
        )

    def _add(self, record: WarcRecord, content_type: str, following: bytes) -> int:
        """Append a record (and what goes with it), then index it. Refused before it is written."""
        member = self._member(record, content_type)
        headers = (*record.headers, ("Content-Type", content_type))
        row = row_of(WarcRecord(record.version, headers, record.block), 0, len(member))
        if row is None:
            raise TypeError(f"a {record.type} record is not indexed")
        offset, end = self._append(member + following)
        row = replace(row, offset=offset)
        with self._index.transaction():
            position = self._index.add(self._file_id, row)
            # After a record that could not be indexed the mark stays: repair begins there.
            if offset == self._indexed_to:
                self._index.set_indexed_to(self._file_id, end)
        if offset == self._indexed_to:
            self._indexed_to = end
        return position

    def _append(self, data: bytes) -> tuple[int, int]:
        """Write at the end, whole or not at all, and give where it begins and ends."""
        with writing(self._path):
            start = self.size()
            try:
                view = memoryview(data)
                while view:
                    view = view[os.write(self._descriptor, view) :]
            except OSError:
                os.ftruncate(self._descriptor, start)
                raise
        return start, start + len(data)


def _created(folder: Folder, moment: datetime) -> tuple[Path, int]:
    """A new file and its open, locked descriptor.

    Between creation and lock a repairing process may take the empty file for the leaving of a
    crash and remove it: then another one is made.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND
    while True:
        path = folder.file(new_file_name(moment))
        with writing(path):
            descriptor = os.open(path, flags, 0o600)
            lock(descriptor)
        if os.fstat(descriptor).st_nlink:
            return path, descriptor
        os.close(descriptor)
