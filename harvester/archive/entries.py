"""The index row of a record: the same for a record just written and one found in a file."""

from __future__ import annotations

import json

from harvester.archive.record import (
    BODY_DIGEST,
    IMPORTED_FROM,
    Headers,
    HttpAnswer,
    RecordError,
    WarcRecord,
    parse_answer,
    parse_warc_date,
    storable_text,
)
from harvester.archive.ref import is_final, micros
from harvester.archive.rows import Kind, Row

#: A failure's message in the index; the record holds all of it.
_MESSAGE_LENGTH = 500

_BODY_DIGEST, _IMPORTED_FROM = BODY_DIGEST.lower(), IMPORTED_FROM.lower()


def row_of(record: WarcRecord, offset: int, length: int) -> Row | None:
    """The row of a record at a place; None for records the index does not hold (requests, warcinfo).

    Raises RecordError for an answer or failure without what an index needs.
    """
    kind = record.type
    if kind in ("response", "revisit"):
        return answer_row(record.headers, parse_answer(record.block), offset, length)
    if kind == "metadata":
        return _failure_row(record, offset, length)
    return None


def answer_row(headers: Headers, answer: HttpAnswer, offset: int, length: int) -> Row:
    """The row of a response or revisit with these headers, at a place. Raises RecordError."""
    stated, said = _first_of_each(headers), _first_of_each(answer.headers)
    revisit = stated["warc-type"].lower() == "revisit"
    digest = stated.get(_BODY_DIGEST)
    refers_to = stated.get("warc-refers-to") if revisit else None
    if not digest or (revisit and not refers_to):
        raise RecordError("not_ours", f"a record lacks {BODY_DIGEST} or WARC-Refers-To")
    return Row(
        kind=Kind.REVISIT if revisit else Kind.RESPONSE,
        offset=offset,
        length=length,
        record_id=stated.get("warc-record-id", ""),
        refers_to=refers_to,
        url=stated.get("warc-target-uri", ""),
        fetched_at=_date(stated),
        status=answer.status,
        final=is_final(answer.status) or (revisit and answer.status == 304),
        digest=digest,
        payload=stated.get("warc-payload-digest", ""),
        media_type=said.get("content-type", "").split(";")[0].strip().lower(),
        etag=said.get("etag"),
        last_modified=said.get("last-modified"),
        source=stated.get(_IMPORTED_FROM),
    )


def _failure_row(record: WarcRecord, offset: int, length: int) -> Row | None:
    stated = _first_of_each(record.headers)
    if stated.get("content-type", "").split(";")[0].strip() != "application/json":
        return None
    try:
        fields = json.loads(record.block)
        code, message = storable_text(str(fields["code"])), storable_text(str(fields["message"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Row(
        kind=Kind.FAILURE,
        offset=offset,
        length=length,
        record_id=stated.get("warc-record-id", ""),
        refers_to=None,
        url=stated.get("warc-target-uri", ""),
        fetched_at=_date(stated),
        status=0,
        final=False,
        digest="",
        payload="",
        media_type="",
        etag=None,
        last_modified=None,
        code=code,
        message=message[:_MESSAGE_LENGTH],
        source=stated.get(_IMPORTED_FROM),
    )


def _first_of_each(headers: Headers) -> dict[str, str]:
    """The first value of each header, by its lower-case name."""
    return {name.lower(): value for name, value in reversed(headers)}


def _date(stated: dict[str, str]) -> int:
    date = parse_warc_date(stated.get("warc-date"))
    if date is None or not stated.get("warc-record-id") or not stated.get("warc-target-uri"):
        raise RecordError("missing_header", "the record lacks its id, address or date")
    return micros(date)
