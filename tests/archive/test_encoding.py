import gzip
import zlib

import brotli
import pytest

from harvester.archive.encoding import EncodingError, dechunked, decoded_body

TEXT = "Socialtjänsten i förändring. ".encode() * 40
RAW_DEFLATE = zlib.compressobj(wbits=-15)
RAW = RAW_DEFLATE.compress(TEXT) + RAW_DEFLATE.flush()


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        pytest.param(TEXT, None, id="none"),
        pytest.param(TEXT, "identity", id="identity"),
        pytest.param(gzip.compress(TEXT), "gzip", id="gzip"),
        pytest.param(gzip.compress(TEXT), "X-GZIP", id="x-gzip-in-capitals"),
        pytest.param(gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:]), "gzip", id="two-members"),
        pytest.param(gzip.compress(TEXT) + b"\0\0\0", "gzip", id="padding-after-gzip"),
        pytest.param(zlib.compress(TEXT), "deflate", id="deflate"),
        pytest.param(RAW, "deflate", id="raw-deflate"),
        pytest.param(brotli.compress(TEXT), "br", id="brotli"),
        pytest.param(brotli.compress(gzip.compress(TEXT)), "gzip, br", id="two-codings"),
    ],
)
def test_body_is_decoded(body: bytes, encoding: str | None) -> None:
    assert decoded_body(body, encoding) == TEXT


def test_empty_body_needs_no_decoding() -> None:
    assert decoded_body(b"", "gzip") == b""


@pytest.mark.parametrize(
    ("body", "encoding", "code"),
    [
        pytest.param(b"<html></html>", "gzip", "not_encoded", id="gzip-promised-html-given"),
        pytest.param(b"<html></html>", "deflate", "not_encoded", id="deflate-promised"),
        pytest.param(b"<html></html>", "br", "not_encoded", id="brotli-promised"),
        pytest.param(gzip.compress(TEXT)[:-20], "gzip", "damaged_body", id="gzip-breaks-off"),
        pytest.param(brotli.compress(TEXT)[:-4], "br", "damaged_body", id="brotli-breaks-off"),
        pytest.param(TEXT, "compress", "unsupported_encoding", id="unknown-coding"),
        pytest.param(gzip.compress(bytes(10**7)), "gzip", "body_too_large", id="gzip-bomb"),
        pytest.param(brotli.compress(bytes(10**7)), "br", "body_too_large", id="brotli-bomb"),
        pytest.param(zlib.compress(bytes(10**7)), "deflate", "body_too_large", id="deflate-bomb"),
        pytest.param(bytes(10**6 + 1), None, "body_too_large", id="large-as-it-is"),
    ],
)
def test_undecodable_body_is_named(body: bytes, encoding: str | None, code: str) -> None:
    with pytest.raises(EncodingError) as caught:
        decoded_body(body, encoding, limit=10**6)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("body", "plain"),
    [
        pytest.param(b"4\r\ntext\r\n0\r\n\r\n", b"text", id="one-chunk"),
        pytest.param(b"2;x=1\r\nte\r\n2\r\nxt\r\n0\r\n\r\n", b"text", id="extension"),
        pytest.param(b"4\r\nte", None, id="cut-short"),
        pytest.param(b"<html></html>", None, id="not-chunked"),
        pytest.param(b"", None, id="empty"),
    ],
)
def test_chunks_are_joined(body: bytes, plain: bytes | None) -> None:
    assert dechunked(body) == plain
