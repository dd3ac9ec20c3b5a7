"""One WARC record: its bytes and its parts, written and read strictly.

The writing side makes WARC 1.1 records in one normal form; `parse_record` accepts that form and
names what departs from it. Records of other tools are read by `imports`, which is tolerant.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from harvester.archive.capture import body_digest
from harvester.compression import gzip_member

#: Our own header: the digest of the decoded body, so that an index needs no decoding.
BODY_DIGEST = "Harvester-Body-Digest"

#: Where an imported record comes from: file name and record id there.
IMPORTED_FROM = "Harvester-Imported-From"

IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

#: Headers that carry secrets of a session; never stored.
SECRET_HEADERS = frozenset(
    {"set-cookie", "set-cookie2", "cookie", "cookie2", "authorization", "proxy-authorization"}
)

Headers = tuple[tuple[str, str], ...]

# A WARC date in UTC with up to nine decimals; must not match dates without a time, nor hour 24.
_WARC_DATE = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d{1,9})?Z", re.ASCII)
# A status line; must not match a request line.
_STATUS_LINE = re.compile(r"HTTP/\d(?:\.\d)? +(\d{3})(?: (.*))?", re.ASCII)
# What would end a header line early or cannot stand in one.
_UNSAFE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+")
# What an address in a header must not hold.
_UNSAFE_URL = re.compile(r"[\x00-\x20\x7f]")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class RecordError(ValueError):
    """Bytes that are no sound record; `code` names the fault."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A record as it stands in a file: header fields in order, and the block."""

    version: str
    headers: Headers
    block: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case, or None."""
        return first_header(self.headers, name)

    @property
    def record_id(self) -> str:
        return self.header("WARC-Record-ID") or ""

    @property
    def type(self) -> str:
        return (self.header("WARC-Type") or "").lower()

    @property
    def url(self) -> str:
        return self.header("WARC-Target-URI") or ""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """The HTTP part of a response or revisit record."""

    status: int
    reason: str
    headers: Headers
    payload: bytes


def first_header(headers: Headers, name: str) -> str | None:
    """The value of the first header of that name, whatever its case, or None."""
    wanted = name.lower()
    for key, value in headers:
        if key.lower() == wanted:
            return value
    return None


def without_headers(headers: Headers, *names: str) -> Headers:
    """The headers but those of the given lower-case names."""
    return tuple((key, value) for key, value in headers if key.lower() not in names)


def parse_record(data: bytes) -> WarcRecord:
    """The record of one decompressed member. Raises RecordError."""
    head, separator, rest = data.partition(b"\r\n\r\n")
    if not separator:
        raise RecordError("malformed_record", "the record's header does not end")
    lines = head.split(b"\r\n")
    version = lines[0].decode("latin-1")
    if not version.startswith("WARC/"):
        raise RecordError("malformed_record", "the record does not begin with its WARC version")
    headers = _parsed_lines(lines[1:], "utf-8")
    record = WarcRecord(version, headers, b"")
    stated = record.header("Content-Length") or ""
    if not (stated.isascii() and stated.isdigit()) or len(stated) > 15:
        raise RecordError("wrong_length", "the record states no Content-Length")
    length = int(stated)
    if len(rest) != length + 4 or not rest.endswith(b"\r\n\r\n"):
        raise RecordError(
            "wrong_length", f"Content-Length says {length}, the member holds {len(rest) - 4}"
        )
    return WarcRecord(version, headers, rest[:length])


def parse_answer(block: bytes) -> HttpAnswer:
    """The HTTP answer in a record's block. Raises RecordError."""
    head, separator, payload = block.partition(b"\r\n\r\n")
    if not separator:
        raise RecordError("malformed_http", "the HTTP header does not end")
    lines = head.split(b"\r\n")
    found = _STATUS_LINE.fullmatch(lines[0].decode("latin-1"))
    if found is None:
        raise RecordError("malformed_http", "the block does not begin with an HTTP status line")
    headers = _parsed_lines(lines[1:], "latin-1")
    return HttpAnswer(int(found[1]), found[2] or "", headers, payload)


def answer_block(status: int, reason: str, headers: Iterable[tuple[str, str]]) -> bytes:
    """The HTTP header of an answer, to be followed by its payload."""
    return _header_block(f"HTTP/1.1 {status:03d} {_UNSAFE.sub(' ', reason)}", headers)


def request_block(method: str, target: str, headers: Iterable[tuple[str, str]]) -> bytes:
    """The HTTP header of a request."""
    return _header_block(f"{method} {_UNSAFE_URL.sub('', target) or '/'} HTTP/1.1", headers)


def storable_headers(headers: Iterable[tuple[str, str]]) -> Headers:
    """HTTP headers as they are stored: no secrets, no line breaks, nothing malformed."""
    return tuple(
        (name, _UNSAFE.sub(" ", value).strip())
        for name, value in headers
        if name.lower() not in SECRET_HEADERS and _TOKEN.fullmatch(name)
    )


def safe_url(url: str) -> str:
    """The address with spaces and control characters percent-encoded, fit for a header line."""
    return _UNSAFE_URL.sub(lambda found: f"%{ord(found[0]):02X}", storable_text(url))


def storable_text(text: str) -> str:
    """The text without what UTF-8 cannot hold (lone surrogates)."""
    return text.encode("utf-8", "replace").decode("utf-8")


def serialised(headers: Headers, block: bytes, *, content_type: str, level: int) -> bytes:
    """A record as one gzip member; block digest, type and length of the block are added.

    The same input gives the same record, and on one machine the same bytes: at levels 1 to 3 they depend on
    whether ISA-L packs them.
    """
    lines = [f"{name}: {value}\r\n" for name, value in headers]
    head = (
        f"WARC/1.1\r\n{''.join(lines)}WARC-Block-Digest: {payload_digest(block)}\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip_member(b"%b%b\r\n\r\n" % (head.encode(), block), level)


def new_record_id() -> str:
    """A fresh record id."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def payload_digest(data: bytes) -> str:
    """The digest that WARC headers carry: ``sha256:`` and Base32."""
    return _in_base32(hashlib.sha256(data).digest())


def digests_of(body: bytes, plain: bytes) -> tuple[str, str]:
    """The payload digest of a body, and the digest that a capture of it carries, decoded.

    Most bodies come as they are: then one sum gives both.
    """
    digest = hashlib.sha256(body).digest()
    return _in_base32(digest), f"sha256:{digest.hex()}" if plain is body else body_digest(plain)


def _in_base32(digest: bytes) -> str:
    return "sha256:" + base64.b32encode(digest).decode("ascii")


def digests_agree(stated: str, data: bytes) -> bool:
    """Whether a digest header fits the data, in Base32 or hexadecimal; unknown algorithms do not."""
    algorithm, _, value = stated.partition(":")
    if algorithm.lower() not in ("sha1", "sha256", "md5", "sha512"):
        return False
    digest = hashlib.new(algorithm.lower(), data, usedforsecurity=False).digest()
    base32 = base64.b32encode(digest).decode("ascii")
    return value.upper().rstrip("=") == base32.rstrip("=") or value.lower() == digest.hex()


def warc_date(moment: datetime) -> str:
    """A time as WARC 1.1 writes it, in UTC to the microsecond."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


def parse_warc_date(text: str | None) -> datetime | None:
    """The time a WARC date states, in UTC; None where it is none."""
    if text is None or _WARC_DATE.fullmatch(text) is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def json_block(fields: dict[str, str]) -> bytes:
    """The block of a failure record: JSON with sorted keys."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def _header_block(first: str, headers: Iterable[tuple[str, str]]) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers), "", ""]
    text = "\r\n".join(lines)
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _parsed_lines(lines: list[bytes], encoding: str) -> Headers:
    headers: list[tuple[str, str]] = []
    for line in lines:
        name, colon, value = line.decode(encoding, "replace").partition(":")
        if not colon or not name.strip():
            raise RecordError("malformed_header", f"not a header line: {name[:60]!r}")
        headers.append((name.strip(), value.strip()))
    return tuple(headers)
