"""Writing to the archive: one process, its own files, every record whole before it is indexed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Self

from harvester.archive.capture import Capture
from harvester.archive.encoding import (
    LASTING_ENCODINGS,
    MAX_BODY,
    EncodingError,
    content_encodings,
    decoded_body,
)
from harvester.archive.folder import Folder, writers_lock
from harvester.archive.output import OpenFile
from harvester.archive.record import (
    BODY_DIGEST,
    IDENTICAL,
    IMPORTED_FROM,
    NOT_MODIFIED,
    Headers,
    HttpAnswer,
    answer_block,
    digests_of,
    first_header,
    json_block,
    parse_answer,
    payload_digest,
    safe_url,
    storable_headers,
    storable_text,
    warc_date,
    without_headers,
)
from harvester.archive.ref import micros, moment
from harvester.archive.repair import Finding, open_index
from harvester.archive.rows import Original
from harvester.archive.stored import read_answer, read_capture

#: A WARC file is closed and the next one begun at this size, in bytes.
MAX_FILE = 1_000_000_000

#: zlib's level: 6 costs a third of level 9's time for one percent more bytes.
LEVEL = 6


@dataclass(frozen=True, slots=True)
class Request:
    """What was sent to get an answer, as far as it is stored (no cookies, no credentials)."""

    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer just archived: its place, its capture as `Archive.read` will give it, if it is a revisit."""

    position: int
    capture: Capture
    revisit: bool


class ArchiveWriter:
    """Writes one run's answers and failures. Many writers may work side by side, one a process.

    A file is begun with the first record and named after its time; nothing is written without one.
    A record is in its file before it is in the index, so a kill at any moment loses nothing that
    was indexed. Files are made durable (fsync) when they are closed. Raises UnwritableError.
    """

    #: What was mended in the archive when it was opened.
    repairs: tuple[Finding, ...]

    def __init__(
        self,
        folder: Path,
        *,
        run: str,
        max_file: int = MAX_FILE,
        level: int = LEVEL,
        max_body: int = MAX_BODY,
    ) -> None:
        self.run = run
        self._folder = Folder(folder)
        self._max_file = max_file
        self._level = level
        self._max_body = min(max_body, MAX_BODY)  # what reading accepts
        self._file: OpenFile | None = None
        self._resources = ExitStack()
        with ExitStack() as opening:
            self._folder.make()
            opening.enter_context(writers_lock(self._folder))
            self._index, self.repairs = open_index(self._folder)
            opening.enter_context(self._index)
            self._resources = opening.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Make everything durable and let the file go. Closing twice is fine."""
        try:
            self._close_file()
        finally:
            self._resources.close()

    def store(
        self,
        url: str,
        fetched_at: datetime,
        status: int,
        headers: Iterable[tuple[str, str]],
        body: bytes,
        *,
        reason: str = "",
        request: Request = Request(),
        ip_address: str | None = None,
        imported_from: str | None = None,
    ) -> Stored:
        """Archive an answer. ``body`` is what its Content-Encoding header says, unchunked.

        A body that repeats a stored one becomes a revisit, and so does a 304 of an address whose
        body is stored. A header that promises an encoding which the body does not have is renamed,
        and so is one of an encoding that needs more than Python itself (br, zstd): decoded, it lasts.
        Refused before anything is written: a body that cannot be decoded (EncodingError), a time
        without a zone, a status that HTTP does not have (ValueError).
        """
        url, fetched_at = safe_url(url), _utc(fetched_at)
        kept, body, plain = self._normal(tuple(headers), body, status)
        payload, digest = digests_of(body, plain)
        common: Headers = (
            ("WARC-Target-URI", url),
            ("WARC-Date", warc_date(fetched_at)),
            *((("WARC-IP-Address", ip_address),) if ip_address else ()),
            *(((IMPORTED_FROM, _one_line(imported_from)),) if imported_from else ()),
        )
        original, profile = self._original(url, status, body, payload, digest)
        block = answer_block(status, reason or _phrase(status), kept)
        answer = parse_answer(block)
        if original is None:
            block += body
            own = (("WARC-Payload-Digest", payload), (BODY_DIGEST, digest))
            warc_headers: Headers = (("WARC-Type", "response"), *common, *own)
        else:
            warc_headers = (("WARC-Type", "revisit"), *common, *_revisit_of(original, profile))
        position = self._file_for(fetched_at).add_answer(
            warc_headers, block, answer, request.method, request.headers
        )
        if status == 304 and original is not None:
            capture = read_capture(self._folder, self._index, position)
        else:
            capture = Capture(url, fetched_at, status, answer.headers, plain, digest)
        return Stored(position, capture, revisit=original is not None)

    def store_failure(self, url: str, failed_at: datetime, code: str, message: str) -> int:
        """Archive a fetch that gave no answer, and give its position. ``code`` names the kind."""
        url, failed_at = safe_url(url), _utc(failed_at)
        date = warc_date(failed_at)
        block = json_block({"url": url, "code": code, "message": message, "time": date})
        headers: Headers = (
            ("WARC-Type", "metadata"),
            ("WARC-Target-URI", url),
            ("WARC-Date", date),
            ("WARC-Payload-Digest", payload_digest(block)),
        )
        return self._file_for(failed_at).add_failure(headers, block)

    def position_of(self, url: str, fetched_at: datetime, digest: str) -> int | None:
        """Where this very answer is stored already: same address, time and decoded body."""
        return self._index.position_of(safe_url(url), micros(fetched_at), digest)

    def newest_fetch(self) -> datetime | None:
        """When the newest answer or failure was stored that was fetched here; None for none."""
        newest = self._index.newest_fetch()
        return None if newest is None else moment(newest)

    def answer(self, position: int) -> HttpAnswer:
        """A stored answer as it came, its body still encoded. Raises ArchiveError."""
        return read_answer(self._folder, self._index, position)

    def _normal(self, headers: Headers, body: bytes, status: int) -> tuple[Headers, bytes, bytes]:
        """The headers true to the stored body, that body, and the decoded one.

        Codings that Python alone cannot undo are not stored: an archive outlives its libraries.
        """
        kept = without_headers(storable_headers(headers), "transfer-encoding", "content-length")
        encoding = first_header(kept, "Content-Encoding")
        stored = plain = body
        try:
            plain = decoded_body(body, encoding, limit=self._max_body)
            is_true = set(content_encodings(encoding)) <= LASTING_ENCODINGS
        except EncodingError as error:
            if error.code != "not_encoded":
                raise
            is_true = False
        if not is_true:
            stored = plain
            kept = tuple(
                (f"X-Archive-Orig-{name}" if name.lower() == "content-encoding" else name, value)
                for name, value in kept
            )
        if status != 304:
            kept = (*kept, ("Content-Length", str(len(stored))))
        return kept, stored, plain

    def _original(
        self, url: str, status: int, body: bytes, payload: str, digest: str
    ) -> tuple[Original | None, str]:
        if status == 304:
            return self._index.last_body(url), NOT_MODIFIED
        if not body:
            return None, ""
        return self._index.same_payload(payload, digest, url), IDENTICAL

    def _file_for(self, moment: datetime) -> OpenFile:
        if self._file is not None and self._file.size() >= self._max_file:
            self._close_file()
        if self._file is None:
            self._file = OpenFile(self._folder, self._index, moment, self.run, self._level)
        return self._file

    def _close_file(self) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            file.close()


def _utc(time: datetime) -> datetime:
    if time.tzinfo is None:
        raise ValueError(f"a time without a zone: {time.isoformat()}")
    return time.astimezone(UTC)


def _phrase(status: int) -> str:
    """The usual reason phrase, where the server's own is not known."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _one_line(text: str) -> str:
    return " ".join(storable_text(text).split())


def _revisit_of(original: Original, profile: str) -> Headers:
    return (
        ("WARC-Profile", profile),
        ("WARC-Refers-To", original.record_id),
        ("WARC-Refers-To-Target-URI", original.url),
        ("WARC-Refers-To-Date", warc_date(moment(original.fetched_at))),
        ("WARC-Payload-Digest", original.payload),
        (BODY_DIGEST, original.digest),
    )
