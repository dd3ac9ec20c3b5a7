"""Streams are the same formats whoever makes them; what is wrong with one is said by zlib."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

import pytest

from harvester import compression

DATA = ("Blåbär och lingon, " * 400).encode()


def flagged(flags: int, fields: bytes = b"") -> bytes:
    """A gzip member whose header has these flags and the fields that come with them."""
    member = gzip.compress(DATA)
    return member[:3] + bytes((flags,)) + member[4:10] + fields + member[10:]


@pytest.fixture(params=["isal", "zlib"], autouse=True)
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways: with ISA-L, and as on a processor for which there is no build of it."""
    name: str = request.param
    if name == "isal":
        pytest.importorskip("isal", reason="no build of ISA-L for this processor")
    else:
        monkeypatch.setattr(compression, "_isal", None)
    return name


def test_what_is_packed_is_a_zlib_stream() -> None:
    packed = compression.packed(DATA)
    assert len(packed) < len(DATA) / 10
    assert zlib.decompress(packed) == DATA
    assert compression.unpacked(packed) == DATA
    assert compression.unpacked(zlib.compress(DATA, 9)) == DATA


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"no stream at all", id="other-bytes"),
        pytest.param(zlib.compress(DATA)[:-9], id="cut-off"),
        pytest.param(zlib.compress(DATA)[:-1] + b"\0", id="wrong-checksum"),
        pytest.param(gzip.compress(DATA), id="another-wrapping"),
    ],
)
def test_what_is_no_whole_stream_is_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError, match="zlib stream"):
        compression.unpacked(damaged)


@pytest.mark.parametrize(
    ("member", "limit", "expected"),
    [
        pytest.param(gzip.compress(DATA), len(DATA) + 1, (DATA, True), id="whole"),
        pytest.param(gzip.compress(DATA) + b"more", len(DATA) + 1, (DATA, True), id="more-behind-it"),
        pytest.param(gzip.compress(DATA), 100, (DATA[:100], False), id="larger-than-the-limit"),
        pytest.param(gzip.compress(b""), 100, (b"", True), id="empty"),
        pytest.param(b"", 100, (b"", False), id="nothing"),
    ],
)  # fmt: skip
def test_content_of_a_gzip_member(member: bytes, limit: int, expected: Any) -> None:
    assert compression.gzip_content(member, limit) == expected


@pytest.mark.parametrize("level", [1, 3, 6, 9])
def test_a_member_is_gzip_without_a_time(level: int) -> None:
    member = compression.gzip_member(DATA, level)
    assert gzip.decompress(member) == DATA
    assert member[4:8] == bytes(4)
    assert member == compression.gzip_member(DATA, level)


def test_a_member_that_is_cut_off_is_not_whole() -> None:
    content, whole = compression.gzip_content(gzip.compress(DATA)[:-20], len(DATA))
    assert not whole
    assert DATA.startswith(content)


@pytest.mark.parametrize(
    ("member", "fault"),
    [
        pytest.param(b"<!DOCTYPE html><p>page", "header check", id="no-gzip"),
        pytest.param(gzip.compress(DATA)[:-8] + bytes(8), "check", id="wrong-checksum"),
        pytest.param(flagged(0x80), "flags", id="a-flag-that-is-none"),
        pytest.param(flagged(0x02, bytes(2)), "header crc", id="wrong-checksum-of-the-header"),
    ],
)
def test_zlib_names_the_fault(member: bytes, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        compression.gzip_content(member, len(DATA) + 1)
