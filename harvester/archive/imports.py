"""Import: captures that other tools made become part of the history, with their own dates.

Every answer is stored anew in this archive's own form, with a header saying where it comes from.
What is left out is counted or named; a second import of the same file adds nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from harvester.archive.capture import body_digest
from harvester.archive.encoding import MAX_BODY, EncodingError, dechunked, decoded_body
from harvester.archive.foreign import ForeignRecord, foreign_records
from harvester.archive.record import first_header, safe_url, without_headers
from harvester.archive.repair import Finding
from harvester.archive.stored import freshened
from harvester.archive.writer import ArchiveWriter, Request

# An untouched body from the Wayback Machine (`id_`); must not match its rewritten pages.
_WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{14})id_/(https?://.+)", re.ASCII)
# How a chunked body begins; must not match text that merely begins with a digit.
_CHUNK_HEAD = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]*)?\r\n")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. Findings name what could not be taken in."""

    added: int
    known: int  # answers that were in the archive already
    other_hosts: int  # records of other hosts, left out
    unwanted: int  # records of these hosts that the caller does not want
    other_records: Mapping[str, int]  # by type: requests, metadata … which are no answers
    findings: tuple[Finding, ...]


def import_file(
    folder: Path,
    source: Path,
    *,
    hosts: Collection[str],
    run: str,
    wanted: Callable[[str], bool] = lambda url: True,
    max_body: int = MAX_BODY,
) -> ImportReport:
    """Takes the answers of these hosts from a WARC (1.0, 1.1, plain or gzip), ARC or WACZ file.

    ``hosts`` are names as in an address, with a port where it is not the scheme's own. Raises
    ForeignFileError where the file is none of these, UnwritableError where the archive cannot be written.
    """
    names = frozenset(host.lower() for host in hosts)
    requests = _requests(source, names, max_body)
    with ArchiveWriter(folder, run=run, max_body=max_body) as writer:
        importing = _Import(writer, source.name, names, wanted, requests)
        for record in foreign_records(source, max_body=max_body):
            importing.take(_unwrapped(record))
        importing.take_revisits()
    return importing.report()


def _requests(source: Path, hosts: frozenset[str], max_body: int) -> dict[str, Request]:
    """The requests of these hosts by the ids that tie them to their answers."""
    requests: dict[str, Request] = {}
    for record in foreign_records(source, max_body=max_body):
        if record.type == "request" and _is_of(record.url, hosts):
            request = Request(record.method or "GET", record.http_headers)
            for key in (record.record_id, record.header("WARC-Concurrent-To")):
                if key:
                    requests[key] = request
    return requests


@dataclass(slots=True)
class _Import:
    """One import under way."""

    writer: ArchiveWriter
    source: str
    hosts: frozenset[str]
    wanted: Callable[[str], bool]
    requests: Mapping[str, Request]
    added: int = 0
    known: int = 0
    other_hosts: int = 0
    unwanted: int = 0
    other_records: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    revisits: list[ForeignRecord] = field(default_factory=list)
    by_payload: dict[str, int] = field(default_factory=dict)  # their payload digest: our position
    by_time: dict[tuple[str, datetime], int] = field(default_factory=dict)

    def report(self) -> ImportReport:
        return ImportReport(
            self.added,
            self.known,
            self.other_hosts,
            self.unwanted,
            dict(self.other_records),
            tuple(self.findings),
        )

    def take(self, record: ForeignRecord) -> None:
        """Store an answer, keep a revisit for later, count or name what is neither."""
        if not record.type:
            self._find(record, *(record.fault or ("damaged_file", "it cannot be read")))
        elif record.type not in ("response", "resource", "revisit"):
            self.other_records[record.type] += 1
        elif not _is_of(record.url, self.hosts):
            self.other_hosts += 1
        elif not self.wanted(record.url):
            self.unwanted += 1
        elif record.fault is not None:
            self._find(record, *record.fault)
        elif record.date is None:
            self._find(record, "bad_date", f"WARC-Date is {record.header('WARC-Date')!r}")
        elif record.type == "revisit":
            self.revisits.append(record)
        else:
            self._take_answer(record, record.date)

    def take_revisits(self) -> None:
        """Store the revisits, now that all they may refer to is there."""
        for record in self.revisits:
            position = self._referred(record)
            if position is None:
                self._find(record, "orphan_revisit", "what it refers to is not in this file")
                continue
            original = self.writer.answer(position)
            own = without_headers(record.http_headers, "content-encoding", "content-length")
            headers = freshened(original.headers, own)
            status = original.status if record.status in (None, 304) else record.status
            self._store(
                replace(record, status=status, http_headers=headers), record.date, original.payload
            )

    def _take_answer(self, record: ForeignRecord, date: datetime) -> None:
        if record.type == "resource":
            media_type = record.header("Content-Type") or "application/octet-stream"
            headers = (("Content-Type", media_type),)
            self._store(replace(record, status=200, http_headers=headers), date, record.body)
            return
        if record.status is None:
            self._find(record, "malformed_http", "the answer has no HTTP status")
            return
        body = record.body
        if "chunked" in (first_header(record.http_headers, "Transfer-Encoding") or "").lower():
            whole = dechunked(body)
            if whole is None and _CHUNK_HEAD.match(body):
                self._find(record, "damaged_body", "the chunked body breaks off")
                return
            body = body if whole is None else whole
        self._store(record, date, body)

    def _store(self, record: ForeignRecord, date: datetime | None, body: bytes) -> None:
        request = self._request(record)
        if request.method != "GET":
            self.other_records[f"answer to {request.method}"] += 1
            return
        if date is None or record.status is None:
            raise TypeError("an answer is stored with its date and status")
        try:
            position = self._position(record, date, body)
            if position is not None:
                self.known += 1
            else:
                stored = self.writer.store(
                    record.url,
                    date,
                    record.status,
                    record.http_headers,
                    body,
                    reason=record.reason,
                    request=request,
                    imported_from=f"{self.source} {record.record_id}",
                )
                position = stored.position
                self.added += 1
        except EncodingError as error:
            self._find(record, error.code, str(error))
            return
        if record.type != "revisit":
            self.by_time[record.url, date.replace(microsecond=0)] = position
            digest = record.header("WARC-Payload-Digest")
            if digest:
                self.by_payload.setdefault(digest, position)

    def _position(self, record: ForeignRecord, date: datetime, body: bytes) -> int | None:
        """Where this very answer is stored already, or None."""
        encoding = first_header(record.http_headers, "Content-Encoding")
        try:
            plain = decoded_body(body, encoding)
        except EncodingError as error:
            if error.code != "not_encoded":
                raise
            plain = body
        return self.writer.position_of(record.url, date, body_digest(plain))

    def _request(self, record: ForeignRecord) -> Request:
        ids = (record.record_id, record.header("WARC-Concurrent-To") or "")
        return next((self.requests[key] for key in ids if key in self.requests), Request())

    def _referred(self, record: ForeignRecord) -> int | None:
        """The answer a revisit stands for: by address and time, else by payload."""
        url = record.header("WARC-Refers-To-Target-URI") or record.url
        stamp = re.sub(r"\D", "", record.header("WARC-Refers-To-Date") or "")[:14]
        date = _moment(stamp)
        if date is not None and (url, date) in self.by_time:
            return self.by_time[url, date]
        return self.by_payload.get(record.header("WARC-Payload-Digest") or "")

    def _find(self, record: ForeignRecord, code: str, message: str) -> None:
        about = f"{record.url}: {message}" if record.url else message
        self.findings.append(Finding(code, self.source, None, record.record_id or None, about))


def _unwrapped(record: ForeignRecord) -> ForeignRecord:
    """An untouched answer from the Wayback Machine under its own address and date."""
    found = _WAYBACK.fullmatch(record.url)
    date = _moment(found[1]) if found else None
    return record if found is None or date is None else replace(record, url=found[2], date=date)


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _is_of(url: str, hosts: frozenset[str]) -> bool:
    found = _WAYBACK.fullmatch(url)
    try:
        parts = urlsplit(safe_url(found[2] if found else url))
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    default = {"http": 80, "https": 443}.get(parts.scheme)
    if default is None:
        return False
    return f"{name}:{port or default}" in hosts or (port in (None, default) and name in hosts)
