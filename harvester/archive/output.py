"""One WARC file being written: locked, appended to in whole records, indexed record by record."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from harvester.archive.entries import answer_row, row_of
from harvester.archive.folder import Folder, lock, new_file_name, sync, writing
from harvester.archive.index import Index
from harvester.archive.record import (
    Headers,
    HttpAnswer,
    WarcRecord,
    new_record_id,
    payload_digest,
    request_block,
    serialised,
    storable_headers,
)
from harvester.archive.rows import Row
from harvester.archive.warcinfo import info_member

_RESPONSE = "application/http; msgtype=response"
_REQUEST = "application/http; msgtype=request"
_NO_PAYLOAD = payload_digest(b"")  # a GET carries none


class OpenFile:
    """A file no other process touches: its lock is held until it is closed or its owner dies."""

    def __init__(
        self, folder: Folder, index: Index, moment: datetime, run: str, level: int
    ) -> None:
        self._index = index
        self._level = level
        # A request's headers, as given and as stored.
        self._last_asked: tuple[Headers, Headers] = ((), ())
        self._path, self._descriptor = _created(folder, moment)
        self.name = self._path.name
        try:
            info, self._info_id = info_member(self.name, moment, run, level=level)
            self._indexed_to = self._append(0, info)
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
        self,
        headers: Headers,
        block: bytes,
        answer: HttpAnswer,
        method: str,
        request_headers: Headers,
    ) -> int:
        """Write an answer with the request that got it, and give the answer's position.

        ``answer`` is the HTTP answer that the block begins with.
        """
        headers = self._complete(headers)
        member = serialised(headers, block, content_type=_RESPONSE, level=self._level)
        start = self.size()
        row = answer_row(headers, answer, start, len(member))
        return self._add(row, member + self._request(headers, method, request_headers))

    def add_failure(self, headers: Headers, block: bytes) -> int:
        """Write the record of a fetch that gave no answer, and give its position."""
        headers, content_type = self._complete(headers), "application/json"
        member = serialised(headers, block, content_type=content_type, level=self._level)
        record = WarcRecord("WARC/1.1", (*headers, ("Content-Type", content_type)), block)
        row = row_of(record, self.size(), len(member))
        if row is None:
            raise TypeError("a record that is not indexed")
        return self._add(row, member)

    def _complete(self, headers: Headers) -> Headers:
        """The headers of a new record of this file, its id among them."""
        own = (("WARC-Record-ID", new_record_id()), ("WARC-Warcinfo-ID", self._info_id))
        return (headers[0], *own, *headers[1:])

    def _request(self, answer: Headers, method: str, headers: Headers) -> bytes:
        """The record of the request that got an answer."""
        stated = dict(answer)
        url = stated["WARC-Target-URI"]
        host, target = host_and_target(url)
        kept = self._storable(tuple(headers))
        if not any(name.lower() == "host" for name, _ in kept):
            kept = (("Host", host), *kept)
        about: Headers = (
            ("WARC-Type", "request"),
            ("WARC-Target-URI", url),
            ("WARC-Date", stated["WARC-Date"]),
            ("WARC-Concurrent-To", stated["WARC-Record-ID"]),
            ("WARC-Payload-Digest", _NO_PAYLOAD),
        )
        block = request_block(method, target, kept)
        return serialised(self._complete(about), block, content_type=_REQUEST, level=self._level)

    def _storable(self, headers: Headers) -> Headers:
        """The headers of a request as they are stored: those of a crawl's requests are mostly the last one's."""
        if headers != self._last_asked[0]:
            pairs = tuple((name, value) for name, value in headers)
            self._last_asked = (headers, storable_headers(pairs))
        return self._last_asked[1]

    def _add(self, row: Row, data: bytes) -> int:
        """Append a record (and what goes with it), then index it. Refused before it is written."""
        end = self._append(row.offset, data)
        with self._index.transaction():
            position = self._index.add(self._file_id, row)
            # After a record that could not be indexed the mark stays: repair begins there.
            if row.offset == self._indexed_to:
                self._index.set_indexed_to(self._file_id, end)
        if row.offset == self._indexed_to:
            self._indexed_to = end
        return position

    def _append(self, start: int, data: bytes) -> int:
        """Write at the end, where the file has ``start`` bytes, whole or not at all; the new end."""
        with writing(self._path):
            try:
                view = memoryview(data)
                while view:
                    view = view[os.write(self._descriptor, view) :]
            except OSError:
                os.ftruncate(self._descriptor, start)
                raise
        return start + len(data)


def host_and_target(url: str) -> tuple[str, str]:
    """What a request for an address names as its host, and what it asks of it."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.netloc.rpartition("@")[2], target


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
