from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
import zlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from harvester.archive.capture import body_digest
from harvester.archive.output import host_and_target
from harvester.archive.record import (
    Headers,
    RecordError,
    digests_agree,
    digests_of,
    new_record_id,
    parse_answer,
    parse_record,
    parse_warc_date,
    payload_digest,
    safe_url,
    serialised,
    storable_headers,
    warc_date,
)
from harvester.compression import gzip_member


@pytest.mark.parametrize(
    ("text", "date"),
    [
        pytest.param("2026-03-01T12:00:00Z", datetime(2026, 3, 1, 12, tzinfo=UTC), id="seconds"),
        pytest.param(
            "2026-03-01T12:00:00.25Z", datetime(2026, 3, 1, 12, 0, 0, 250_000, UTC), id="decimals"
        ),
        pytest.param(
            "2026-03-01T12:00:00.123456789Z",
            datetime(2026, 3, 1, 12, 0, 0, 123_456, UTC),
            id="nanoseconds",
        ),
        pytest.param("0987-01-01T00:00:00Z", datetime(987, 1, 1, tzinfo=UTC), id="early"),
        pytest.param("2026-03-01", None, id="day"),
        pytest.param("2026-13-01T12:00:00Z", None, id="no-such-month"),
        pytest.param("2026-03-01T24:00:00Z", None, id="hour-24"),
        pytest.param("0000-01-01T00:00:00Z", None, id="year-0"),
        pytest.param("2026-03-01T12:00:00Z\n", None, id="line-break"),
        pytest.param("2026-03-01T12:00:00+01:00", None, id="other-zone"),
        pytest.param("２０２６-03-01T12:00:00Z", None, id="wide-digits"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="none"),
    ],
)
def test_warc_date(text: str | None, date: datetime | None) -> None:
    assert parse_warc_date(text) == date
    if date is not None:
        assert parse_warc_date(warc_date(date)) == date


@pytest.mark.parametrize(
    ("stated", "agree"),
    [
        pytest.param(payload_digest(b"text"), True, id="ours"),
        pytest.param("sha1:EQ3AIZVGZZJ4VCPUSZAJWT7XIDA2XLOS", False, id="of-other-bytes"),
        pytest.param("sha1:372EA08CAB33E71C02C651DBC83A474D32C676EA", True, id="hexadecimal"),
        pytest.param("md5:1cb251ec0d568de6a929b520c4aed8d1", True, id="md5"),
        pytest.param("crc32:3bb935c6", False, id="unknown-algorithm"),
        pytest.param("", False, id="empty"),
        pytest.param("sha256:", False, id="no-value"),
    ],
)
def test_digests(stated: str, agree: bool) -> None:
    assert digests_agree(stated, b"text") is agree


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "malformed_record", id="empty"),
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n", "malformed_record", id="http"),
        pytest.param(b"WARC/1.1\r\nno header\r\n\r\n\r\n\r\n", "malformed_header", id="no-colon"),
        pytest.param(b"WARC/1.1\r\nA: b\r\n\r\n\r\n\r\n", "wrong_length", id="no-length"),
        pytest.param(
            b"WARC/1.1\r\nContent-Length: 5\r\n\r\ntext\r\n\r\n", "wrong_length", id="too-long"
        ),
        pytest.param(
            b"WARC/1.1\r\nContent-Length: 3\r\n\r\ntext\r\n\r\n", "wrong_length", id="too-short"
        ),
        pytest.param(
            b"WARC/1.1\r\nContent-Length: -1\r\n\r\n\r\n\r\n", "wrong_length", id="negative"
        ),
        pytest.param(
            b"WARC/1.1\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n\r\n\r\n",
            "wrong_length",
            id="endless",
        ),
    ],
)
def test_unsound_record_is_named(data: bytes, code: str) -> None:
    with pytest.raises(RecordError) as caught:
        parse_record(data)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("line", "status"),
    [
        pytest.param("HTTP/1.1 200 OK", 200, id="usual"),
        pytest.param("HTTP/2 404", 404, id="no-reason"),
        pytest.param("HTTP/1.1  200 OK", 200, id="two-spaces"),
        pytest.param("GET / HTTP/1.1", None, id="request"),
        pytest.param("HTTP/1.1 20 OK", None, id="two-digits"),
        pytest.param("HTTP/1.1 ٢٠٠", None, id="other-digits"),
    ],
)
def test_status_line(line: str, status: int | None) -> None:
    block = f"{line}\r\nA: b\r\n\r\ntext".encode()
    if status is None:
        with pytest.raises(RecordError, match="status line"):
            parse_answer(block)
    else:
        assert (parse_answer(block).status, parse_answer(block).payload) == (status, b"text")


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        pytest.param("https://exempel.se/åäö?q=%20", "https://exempel.se/åäö?q=%20", id="as-it-is"),
        pytest.param("https://exempel.se/a b", "https://exempel.se/a%20b", id="space"),
        pytest.param("https://exempel.se/a\r\nB: c", "https://exempel.se/a%0D%0AB:%20c", id="line"),
        pytest.param("https://exempel.se/\ud800", "https://exempel.se/?", id="half-a-character"),
    ],
)
def test_safe_url(url: str, safe: str) -> None:
    assert safe_url(url) == safe


def test_header_values_stay_on_their_line() -> None:
    headers = [("A", "b\r\nC: d"), ("B\nC", "d"), ("", "d"), ("Cookie", "d"), ("E", "\0f ")]
    assert storable_headers(headers) == (("A", "b C: d"), ("E", "f"))


_COMMON: Headers = (
    ("WARC-Type", "response"),
    ("WARC-Record-ID", "<urn:uuid:00000000-0000-4000-8000-000000000000>"),
    ("WARC-Target-URI", "https://exempel.se/åäö?q=%20"),
    ("WARC-Date", "2026-03-01T12:00:00.25Z"),
    ("WARC-Payload-Digest", payload_digest(b"")),
)


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n<p>text", id="answer"),
        pytest.param(b"\r\n\r\n\0WARC/1.1\r\n", id="like-a-record"),
        pytest.param(bytes(range(256)) * 400, id="any-bytes"),
    ],
)
def test_a_record_has_the_bytes_that_warcio_writes(block: bytes) -> None:
    kind = "application/http; msgtype=response"
    headers = StatusAndHeaders("", list(_COMMON), protocol="WARC/1.1")
    headers.add_header("WARC-Block-Digest", payload_digest(block))
    out = BytesIO()
    record = ArcWarcRecord("warc", "response", headers, BytesIO(block), None, kind, len(block))
    WARCWriter(out, gzip=False, warc_version="1.1").write_record(record)
    member = serialised(_COMMON, block, content_type=kind, level=3)
    assert zlib.decompress(member, 31) == out.getvalue()
    assert member == serialised(_COMMON, block, content_type=kind, level=3)


def test_a_body_and_what_it_decodes_to_have_a_digest_each() -> None:
    assert digests_of(b"ab", b"text") == (payload_digest(b"ab"), body_digest(b"text"))
    plain = b"text"
    assert digests_of(plain, plain) == (payload_digest(plain), body_digest(plain))


@pytest.mark.parametrize("level", [1, 3, 6, 9])
@pytest.mark.parametrize(
    "data", [pytest.param(b"", id="empty"), pytest.param(b"<p>text</p>\n" * 9_000, id="page")]
)
def test_a_member_is_gzip_without_a_time(data: bytes, level: int) -> None:
    member = gzip_member(data, level)
    assert gzip.decompress(member) == data
    assert member[:8] == b"\x1f\x8b\x08" + bytes(5)  # no name, no time
    assert member == gzip_member(data, level)


def test_digests_are_base32_as_the_standard_library_spells_it() -> None:
    for text in (b"", b"hemtj\xc3\xa4nst", bytes(range(256))):
        expected = base64.b32encode(hashlib.sha256(text).digest()).decode("ascii")
        assert payload_digest(text) == f"sha256:{expected}"


def test_a_record_id_is_a_random_uuid() -> None:
    ids = {new_record_id() for _ in range(50)}
    found = [uuid.UUID(i.removeprefix("<urn:uuid:").removesuffix(">")) for i in ids]
    assert len(ids) == 50
    assert {(u.version, u.variant) for u in found} == {(4, uuid.RFC_4122)}
    assert {f"<urn:uuid:{u}>" for u in found} == ids


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        pytest.param("https://example.se/a/b/", "example.se", "/a/b/", id="a page"),
        pytest.param("http://example.se:8080/?p=7", "example.se:8080", "/?p=7", id="a query"),
        pytest.param("https://example.se", "example.se", "/", id="no path"),
        pytest.param("https://example.se?p=7", "example.se", "/?p=7", id="a query and no path"),
        pytest.param("https://example.se/a/?", "example.se", "/a/", id="an empty query"),
        pytest.param("https://example.se/a/#del", "example.se", "/a/", id="a fragment"),
        pytest.param(
            "https://namn:ord@example.se/a/", "example.se", "/a/", id="a name and password"
        ),
        pytest.param("http://[::1]:80/a/", "[::1]:80", "/a/", id="an IPv6 address"),
    ],
)
def test_what_a_request_names(url: str, host: str, target: str) -> None:
    assert host_and_target(url) == (host, target)
