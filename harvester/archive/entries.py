"""The index row of a record: the same for a record just written and one found in a file."""

from __future__ import annotations

import json

from harvester.archive.record import (
    BODY_DIGEST,
    IMPORTED_FROM,
    RecordError,
    WarcRecord,
    first_header,
    parse_answer,
    parse_warc_date,
    storable_text,
)
from harvester.archive.ref import is_final, micros
from harvester.archive.rows import Kind, Row

#: A failure's message in the index; the record holds all of it.
_MESSAGE_LENGTH = 500


def row_of(record: WarcRecord, offset: int, length: int) -> Row | None:
    """The row of a record at a place; None for records the index does not hold (requests, warcinfo).

    Raises RecordError for an answer or failure without what an index needs.
    """
    if record.type in ("response", "revisit"):
        return _answer_row(record, offset, length)
    if record.type == "metadata":
        return _failure_row(record, offset, length)
    return None


def _answer_row(record: WarcRecord, offset: int, length: int) -> Row:
    answer = parse_answer(record.block)
    revisit = record.type == "revisit"
    digest = record.header(BODY_DIGEST)
    refers_to = record.header("WARC-Refers-To") if revisit else None
    if not digest or (revisit and not refers_to):
        raise RecordError("not_ours", f"the {record.type} lacks {BODY_DIGEST} or WARC-Refers-To")
    media_type = (first_header(answer.headers, "Content-Type") or "").split(";")[0].strip().lower()
    return Row(
        kind=Kind.REVISIT if revisit else Kind.RESPONSE,
        offset=offset,
        length=length,
        record_id=record.record_id,
        refers_to=refers_to,
        url=record.url,
        fetched_at=_date(record),
        status=answer.status,
        final=is_final(answer.status) or (revisit and answer.status == 304),
        digest=digest,
        payload=record.header("WARC-Payload-Digest") or "",
        media_type=media_type,
        etag=first_header(answer.headers, "ETag"),
        last_modified=first_header(answer.headers, "Last-Modified"),
        source=record.header(IMPORTED_FROM),
    )


def _failure_row(record: WarcRecord, offset: int, length: int) -> Row | None:
    if (record.header("Content-Type") or "").split(";")[0].strip() != "application/json":
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
        record_id=record.record_id,
        refers_to=None,
        url=record.url,
        fetched_at=_date(record),
        status=0,
        final=False,
        digest="",
        payload="",
        media_type="",
        etag=None,
        last_modified=None,
        code=code,
        message=message[:_MESSAGE_LENGTH],
        source=record.header(IMPORTED_FROM),
    )


def _date(record: WarcRecord) -> int:
    date = parse_warc_date(record.header("WARC-Date"))
    if date is None or not record.record_id or not record.url:
        raise RecordError("missing_header", "the record lacks its id, address or date")
    return micros(date)
