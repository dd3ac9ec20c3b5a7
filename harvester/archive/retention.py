"""What leaves the archive: versions nobody needs (`prune`), and what must not be kept (`purge`)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from harvester.archive.capture import Capture, body_digest
from harvester.archive.folder import Folder
from harvester.archive.index import Index
from harvester.archive.record import (
    BODY_DIGEST,
    Headers,
    WarcRecord,
    answer_block,
    parse_answer,
    payload_digest,
    without_headers,
)
from harvester.archive.ref import micros
from harvester.archive.rewriting import Rewritten, exclusive_index, rewrite
from harvester.archive.rows import Kind, Place
from harvester.archive.schema import MARK_ANSWERS, MARK_FAILURES, UNMARK_REFERRED
from harvester.archive.stored import capture_of, read_record
from harvester.archive.writer import LEVEL

#: What `purge` asks for each stored body: the same body, a redacted one, or None to drop the answer.
Redact = Callable[[Capture], bytes | None]
#: What `purge` asks for each record's address: the same, the one to keep in its place, or None to drop
#: the record.
Address = Callable[[str], str | None]
#: What `purge` asks for the header lines of requests and answers, and for a failure's message.
RedactHeader = Callable[[str], str]


def prune(
    folder: Path, *, keep: int, kept_digests: Collection[str], before: datetime | None = None
) -> Rewritten:
    """Removes answers that are not among the newest ``keep`` bodies of their address.

    What a kept release rests on (``kept_digests``, as in its captures table) stays, and so does all
    that a kept revisit refers to. ``before`` spares everything fetched since, and removes older
    failures. Raises LockedError while a crawl writes, ValueError for ``keep`` below 1.
    """
    if keep < 1:
        raise ValueError("at least one body of each address is kept")
    place = Folder(folder)
    with exclusive_index(place) as index:
        _mark_superfluous(index, keep, kept_digests, None if before is None else micros(before))
        done = rewrite(place, index, lambda record: _unless_marked(index, record), level=LEVEL)
        index.compact()
    return done


def purge(
    folder: Path,
    redact: Redact,
    *,
    address: Address = lambda url: url,
    redact_header: RedactHeader = lambda text: text,
) -> Rewritten:
    """Rewrites stored answers so that what must not be kept is in no file and not in the index.

    ``redact`` gives the body to keep for each stored one, or None to drop the answer and everything
    that refers to it; ``address`` gives the address to keep each record under, whatever it is, and
    ``redact_header`` gives header lines as they may stay. All must always answer the same. Raises LockedError while a crawl writes.
    """
    place = Folder(folder)
    with exclusive_index(place) as index:
        changes = _Changes(place, redact, address)
        changes.collect(index)

        def fate(record: WarcRecord) -> WarcRecord | None:
            kept = changes.fate(record)
            return kept and _with_header(kept, redact_header)

        done = rewrite(place, index, fate, level=LEVEL)
        index.compact()
    return done


def _mark_superfluous(
    index: Index, keep: int, kept_digests: Collection[str], before: int | None
) -> None:
    """Marks, for this connection alone, the answers and failures that are to go."""
    with index.transaction():
        execute = index.database.execute
        execute("CREATE TEMP TABLE IF NOT EXISTS kept (digest TEXT PRIMARY KEY)")
        execute("CREATE TEMP TABLE IF NOT EXISTS marked (record_id TEXT PRIMARY KEY)")
        index.database.executemany(
            "INSERT OR IGNORE INTO kept VALUES (?)", ((digest,) for digest in kept_digests)
        )
        execute(MARK_ANSWERS, {"keep": keep, "before": before})
        execute(UNMARK_REFERRED)
        execute(MARK_FAILURES, {"before": before})


def _unless_marked(index: Index, record: WarcRecord) -> WarcRecord | None:
    record_id = record.header("WARC-Concurrent-To") or record.record_id
    marked = index.database.execute("SELECT 1 FROM marked WHERE record_id = ?", (record_id,))
    return record if marked.fetchone() is None else None


class _Changes:
    """What becomes of every record, known for all files before the first is rewritten."""

    def __init__(self, folder: Folder, redact: Redact, address: Address) -> None:
        self._folder = folder
        self._redact = redact
        self._address = address
        self._dropped: set[str] = set()
        self._digests: dict[str, Headers] = {}  # of changed responses, for what refers to them

    def collect(self, index: Index) -> None:
        """Ask about every stored body. Raises ArchiveError where one cannot be read."""
        for place, url, _ in index.records():
            if self._address(url) is None:
                self._dropped.add(place.record_id)
            elif place.kind is Kind.RESPONSE:
                self._ask(place, read_record(self._folder, place))
        for place, _, _ in index.records():
            if place.refers_to in self._dropped:
                self._dropped.add(place.record_id)

    def fate(self, record: WarcRecord) -> WarcRecord | None:
        answer_id = record.header("WARC-Concurrent-To")
        address = self._address(record.url)
        if address is None or {record.record_id, answer_id} & self._dropped:
            return None
        kept = self._with_body(record)
        return kept if kept is None or address == record.url else _readdressed(kept, address)

    def _with_body(self, record: WarcRecord) -> WarcRecord | None:
        refers_to = record.header("WARC-Refers-To")
        if record.type == "revisit" and refers_to in self._digests:
            return _with_digests(record, self._digests[refers_to], record.block)
        if record.type == "response" and record.record_id in self._digests:
            return self._redacted(record)
        return record

    def _ask(self, place: Place, record: WarcRecord) -> None:
        answer = parse_answer(record.block)
        capture = capture_of(place.file, record, answer, answer)
        body = self._redact(capture)
        if body is None:
            self._dropped.add(record.record_id)
        elif body != capture.body:
            self._digests[record.record_id] = (
                ("WARC-Payload-Digest", payload_digest(body)),
                (BODY_DIGEST, body_digest(body)),
            )

    def _redacted(self, record: WarcRecord) -> WarcRecord | None:
        answer = parse_answer(record.block)
        body = self._redact(capture_of(record.record_id, record, answer, answer))
        if body is None:
            return None
        kept = without_headers(answer.headers, "content-encoding", "content-length")
        headers = (*kept, ("Content-Length", str(len(body))))
        block = answer_block(answer.status, answer.reason, headers) + body
        return _with_digests(record, self._digests[record.record_id], block)


def _readdressed(record: WarcRecord, address: str) -> WarcRecord:
    """The record under another address, in its HTTP header too, with whatever names the old one."""
    old, new = urlsplit(record.url), urlsplit(address)
    headers = tuple(
        (name, address if value == record.url else value) for name, value in record.headers
    )
    names = ((record.url, address), (_target(old), _target(new)))

    def renamed(text: bytes) -> bytes:
        for was, now in names:
            if len(was) > 1:  # a front page's `/` stands everywhere
                text = text.replace(was.encode("utf-8"), now.encode("utf-8"))
        return text

    moved = replace(record, headers=headers)
    if record.type == "metadata":
        block = renamed(record.block)
        return _with_digests(moved, (("WARC-Payload-Digest", payload_digest(block)),), block)
    head, separator, payload = record.block.partition(b"\r\n\r\n")
    return replace(moved, block=renamed(head) + separator + payload)


def _target(parts: SplitResult) -> str:
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _with_header(record: WarcRecord, redact: RedactHeader) -> WarcRecord:
    """The record with its HTTP header, or a failure's note, as it may stay."""
    if record.type == "metadata":
        block = redact(record.block.decode("utf-8", "replace")).encode()
        if block == record.block:
            return record
        return _with_digests(record, (("WARC-Payload-Digest", payload_digest(block)),), block)
    if record.type not in ("request", "response", "revisit"):
        return record
    head, separator, payload = record.block.partition(b"\r\n\r\n")
    kept = redact(head.decode("latin-1")).encode("latin-1", "replace")
    return record if kept == head else replace(record, block=kept + separator + payload)


def _with_digests(record: WarcRecord, digests: Headers, block: bytes) -> WarcRecord:
    names = tuple(name.lower() for name, _ in digests)
    return replace(
        record, headers=(*without_headers(record.headers, *names), *digests), block=block
    )
