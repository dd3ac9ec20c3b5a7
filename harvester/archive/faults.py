"""What is wrong with a single record of the archive, beyond its being readable at all."""

from __future__ import annotations

from collections.abc import Iterator

from harvester.archive.capture import body_digest
from harvester.archive.encoding import EncodingError, decoded_body
from harvester.archive.record import (
    BODY_DIGEST,
    IDENTICAL,
    NOT_MODIFIED,
    SECRET_HEADERS,
    Headers,
    HttpAnswer,
    RecordError,
    WarcRecord,
    digests_agree,
    first_header,
    parse_answer,
    parse_warc_date,
)

#: The record types an archive of ours holds.
_TYPES = frozenset({"warcinfo", "response", "request", "revisit", "metadata"})

Fault = tuple[str, str]


def record_faults(record: WarcRecord) -> Iterator[Fault]:
    """Each fault as a code and one line: headers, digests, the HTTP message, what must not be there."""
    yield from _header_faults(record)
    yield from _digest_fault(record, "WARC-Block-Digest", "block_digest", record.block)
    if record.type in ("response", "revisit"):
        try:
            answer = parse_answer(record.block)
        except RecordError as error:
            yield error.code, str(error)
            return
        yield from _http_faults(answer.headers)
        if record.type == "response":
            yield from _response_faults(record, answer)
        else:
            yield from _revisit_faults(record, answer)
    elif record.type == "request":
        yield from _request_faults(record)


def _header_faults(record: WarcRecord) -> Iterator[Fault]:
    if record.version != "WARC/1.1":
        yield "wrong_version", f"the record is of version {record.version[:20]}"
    if record.type not in _TYPES:
        yield "unknown_type", f"the record's type is {record.type[:20]!r}"
    names = ["WARC-Record-ID", "WARC-Date", "Content-Type"]
    if record.type != "warcinfo":
        names += ["WARC-Target-URI", "WARC-Warcinfo-ID"]
    for name in names:
        if not record.header(name):
            yield "missing_header", f"the record has no {name}"
    date = record.header("WARC-Date")
    if date and parse_warc_date(date) is None:
        yield "bad_date", f"WARC-Date is {date[:40]!r}"


def _digest_fault(record: WarcRecord, header: str, code: str, data: bytes) -> Iterator[Fault]:
    stated = record.header(header)
    if not stated:
        yield f"missing_{code}", f"the record has no {header}"
    elif not digests_agree(stated, data):
        yield f"wrong_{code}", f"{header} does not fit: the record was altered"


def _http_faults(headers: Headers) -> Iterator[Fault]:
    for name, _ in headers:
        if name.lower() == "transfer-encoding":
            yield "transfer_encoding", "the stored answer still has a Transfer-Encoding"
        if name.lower() in SECRET_HEADERS:
            yield "secret_header", f"the record holds a {name} header"


def _response_faults(record: WarcRecord, answer: HttpAnswer) -> Iterator[Fault]:
    yield from _digest_fault(record, "WARC-Payload-Digest", "payload_digest", answer.payload)
    stated = first_header(answer.headers, "Content-Length")
    if answer.status != 304 and stated != str(len(answer.payload)):
        yield (
            "wrong_content_length",
            f"the HTTP Content-Length is {stated}, the body has {len(answer.payload)} bytes",
        )
    digest = record.header(BODY_DIGEST)
    if not digest:
        yield "missing_body_digest", f"the record has no {BODY_DIGEST}"
        return
    try:
        body = decoded_body(answer.payload, first_header(answer.headers, "Content-Encoding"))
    except EncodingError as error:
        yield "undecodable_body", f"the body is not what its Content-Encoding says: {error}"
        return
    if digest != body_digest(body):
        yield "wrong_body_digest", f"{BODY_DIGEST} does not fit the decoded body"


def _revisit_faults(record: WarcRecord, answer: HttpAnswer) -> Iterator[Fault]:
    for name in (
        "WARC-Refers-To",
        "WARC-Refers-To-Target-URI",
        "WARC-Refers-To-Date",
        "WARC-Payload-Digest",
        BODY_DIGEST,
    ):
        if not record.header(name):
            yield "missing_header", f"the revisit has no {name}"
    if record.header("WARC-Profile") not in (IDENTICAL, NOT_MODIFIED):
        yield "unknown_profile", "the revisit's WARC-Profile is none of WARC 1.1"
    if answer.payload:
        yield "payload_in_revisit", "the revisit carries a body of its own"


def _request_faults(record: WarcRecord) -> Iterator[Fault]:
    if not record.header("WARC-Concurrent-To"):
        yield "missing_header", "the request has no WARC-Concurrent-To"
    head, separator, payload = record.block.partition(b"\r\n\r\n")
    if not separator:
        yield "malformed_http", "the HTTP header does not end"
        return
    yield from _digest_fault(record, "WARC-Payload-Digest", "payload_digest", payload)
    for line in head.split(b"\r\n")[1:]:
        name = line.partition(b":")[0].decode("latin-1").strip()
        if name.lower() in SECRET_HEADERS:
            yield "secret_header", f"the record holds a {name} header"
