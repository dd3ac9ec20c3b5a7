from __future__ import annotations

import dataclasses
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from harvester.archive.folder import Folder
from harvester.archive.members import members
from harvester.archive.reader import Archive
from harvester.archive.record import (
    Headers,
    WarcRecord,
    payload_digest,
    without_headers,
)
from harvester.archive.repair import set_aside
from harvester.archive.verify import verify
from harvester.archive.writer import ArchiveWriter
from harvester.compression import gzip_member
from harvester.errors import ArchiveError
from tests.archive.conftest import HTML, SITE, at, page

# The order of the records that `filled` writes.
INFO, RESPONSE, REQUEST, REVISIT, _, FAILURE = range(6)

Change = Callable[[WarcRecord], WarcRecord]


def filled(folder: Path) -> Path:
    with ArchiveWriter(folder, run="r") as writer:
        writer.store(f"{SITE}/a/", at(0), 200, HTML, page("Sida"))
        writer.store(f"{SITE}/a/", at(1), 200, HTML, page("Sida"))
        writer.store_failure(f"{SITE}/b/", at(2), "timeout", "inget svar")
    return next((folder / "warc").glob("*"))


def raw_member(record: WarcRecord) -> bytes:
    """A record as it is, nothing computed anew."""
    lines = [record.version, *(f"{name}: {value}" for name, value in record.headers), "", ""]
    return gzip_member("\r\n".join(lines).encode() + record.block + b"\r\n\r\n", 6)


def changed(path: Path, number: int, change: Change) -> None:
    """The file with one record changed, and an index that knows no better."""
    records = [member.record for member in members(path)]
    path.write_bytes(
        b"".join(
            raw_member(change(record) if place == number else record)
            for place, record in enumerate(records)
            if record is not None
        )
    )
    (path.parent.parent / "index.sqlite").unlink()


def codes(folder: Path) -> set[str]:
    return {finding.code for finding in verify(folder)}


def without(*names: str) -> Change:
    return lambda record: dataclasses.replace(
        record, headers=without_headers(record.headers, *names)
    )


def having(name: str, value: str) -> Change:
    return lambda record: dataclasses.replace(
        record, headers=(*without_headers(record.headers, name.lower()), (name, value))
    )


def holding(old: bytes, new: bytes) -> Change:
    """The block with some bytes replaced, its length and digests made to fit."""

    def change(record: WarcRecord) -> WarcRecord:
        block = record.block.replace(old, new, 1)
        assert block != record.block
        payload = block.partition(b"\r\n\r\n")[2]
        headers: Headers = (
            *without_headers(
                record.headers, "content-length", "warc-block-digest", "warc-payload-digest"
            ),
            ("Content-Length", str(len(block))),
            ("WARC-Block-Digest", payload_digest(block)),
            ("WARC-Payload-Digest", payload_digest(payload)),
        )
        return WarcRecord(record.version, headers, block)

    return change


def test_sound_archive_has_no_findings(folder: Path) -> None:
    filled(folder)
    assert list(verify(folder)) == []


@pytest.mark.parametrize(
    ("number", "change", "code"),
    [
        pytest.param(RESPONSE, without("warc-block-digest"), "missing_block_digest", id="no-block-digest"),
        pytest.param(RESPONSE, without("warc-payload-digest"), "missing_payload_digest", id="no-payload-digest"),
        pytest.param(RESPONSE, without("harvester-body-digest"), "missing_body_digest", id="no-body-digest"),
        pytest.param(RESPONSE, having("WARC-Block-Digest", "sha256:" + "A" * 52), "wrong_block_digest", id="block-digest"),
        pytest.param(RESPONSE, having("WARC-Block-Digest", "crc:17"), "wrong_block_digest", id="unknown-algorithm"),
        pytest.param(RESPONSE, having("WARC-Payload-Digest", "sha256:" + "A" * 52), "wrong_payload_digest", id="payload-digest"),
        pytest.param(RESPONSE, holding(b"Sida", b"Hund"), "wrong_body_digest", id="altered-with-care"),
        pytest.param(RESPONSE, having("Content-Length", "7"), "wrong_length", id="record-length"),
        pytest.param(RESPONSE, without("content-length"), "wrong_length", id="no-record-length"),
        pytest.param(RESPONSE, holding(b"</html>", b"</html> "), "wrong_content_length", id="http-length"),
        pytest.param(RESPONSE, holding(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n"), "transfer_encoding", id="transfer-encoding"),
        pytest.param(RESPONSE, holding(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n"), "undecodable_body", id="content-encoding"),
        pytest.param(RESPONSE, holding(b"\r\n\r\n", b"\r\nSet-Cookie: a=1\r\n\r\n"), "secret_header", id="cookie"),
        pytest.param(RESPONSE, holding(b"HTTP/1.1 200", b"Hej"), "malformed_http", id="no-status-line"),
        pytest.param(RESPONSE, having("WARC-Record-ID", "<urn:uuid:0>"), "orphan_revisit", id="orphan-revisit"),
        pytest.param(RESPONSE, having("WARC-Record-ID", "<urn:uuid:0>"), "orphan_request", id="orphan-request"),
        pytest.param(RESPONSE, having("WARC-Date", "2026-03-01"), "bad_date", id="day-for-a-date"),
        pytest.param(RESPONSE, having("WARC-Type", "conversion"), "unknown_type", id="type"),
        pytest.param(RESPONSE, lambda r: dataclasses.replace(r, version="WARC/1.0"), "wrong_version", id="version"),
        pytest.param(REQUEST, without("warc-concurrent-to"), "missing_header", id="request-of-nothing"),
        pytest.param(REQUEST, holding(b"\r\n\r\n", b"\r\nAuthorization: Basic x\r\n\r\n"), "secret_header", id="credentials"),
        pytest.param(REVISIT, without("warc-refers-to-date"), "missing_header", id="revisit-without-date"),
        pytest.param(REVISIT, having("WARC-Refers-To-Target-URI", SITE), "wrong_reference", id="revisit-of-other-address"),
        pytest.param(REVISIT, having("WARC-Profile", "x"), "unknown_profile", id="revisit-profile"),
        pytest.param(REVISIT, holding(b"\r\n\r\n", b"\r\n\r\ntext"), "payload_in_revisit", id="revisit-with-body"),
        pytest.param(FAILURE, without("warc-target-uri"), "missing_header", id="failure-without-address"),
        pytest.param(INFO, having("WARC-Type", "metadata"), "missing_warcinfo", id="no-warcinfo"),
        pytest.param(INFO, having("WARC-Filename", "x.warc.gz"), "renamed_file", id="renamed"),
        pytest.param(INFO, holding(b"harvester-run", b"anything"), "missing_run", id="no-run"),
    ],
)  # fmt: skip
def test_planted_defect_is_named(damaged: Path, number: int, change: Change, code: str) -> None:
    path = filled(damaged)
    changed(path, number, change)
    assert code in codes(damaged)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        pytest.param(lambda path: os.truncate(path, path.stat().st_size - 9), {"truncated_record", "row_without_record", "short_file"}, id="last-record-cut"),
        pytest.param(lambda path: path.unlink(), {"missing_file"}, id="file-gone"),
        pytest.param(lambda path: os.truncate(path, 0), {"missing_warcinfo", "row_without_record", "short_file"}, id="file-emptied"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes() + b"\0" * 99), {"bad_member"}, id="zeros-at-the-end"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes() * 2), {"duplicate_record_id", "not_indexed", "renamed"}, id="doubled"),
        pytest.param(lambda path: path.write_bytes(b"".join(gzip_member(m.record.block, 1) for m in members(path) if m.record)), {"malformed_record", "malformed_header", "row_without_record", "short_file", "wrong_length"}, id="no-warc"),
    ],
)  # fmt: skip
def test_damaged_file_is_named(
    damaged: Path, spoil: Callable[[Path], object], expected: set[str]
) -> None:
    path = filled(damaged)
    spoil(path)
    found = codes(damaged)
    assert found
    assert found <= expected


def test_flipped_byte_is_named_with_its_place(damaged: Path) -> None:
    path = filled(damaged)
    member = list(members(path))[RESPONSE]
    data = bytearray(path.read_bytes())
    data[member.offset + member.length // 2] ^= 0x10
    path.write_bytes(data)
    findings = {finding.code: finding for finding in verify(damaged)}
    assert findings["bad_member"].offset == member.offset
    assert findings["row_without_record"].record_id == member.record.record_id  # type: ignore[union-attr]
    assert str(findings["bad_member"]).startswith(f"{path.name} at byte {member.offset}")


def test_several_records_in_a_member_are_named(damaged: Path) -> None:
    path = filled(damaged)
    records = [member.record for member in members(path) if member.record]
    (damaged / "index.sqlite").unlink()
    plain = b"".join(b"WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n" for _ in records)
    path.write_bytes(gzip_member(plain, 6))
    assert "wrong_length" in codes(damaged)


def test_index_that_differs_is_named(damaged: Path) -> None:
    filled(damaged)
    with closing(sqlite3.connect(damaged / "index.sqlite", isolation_level=None)) as database:
        database.execute("DELETE FROM records WHERE kind = 'failure'")
        database.execute("UPDATE records SET offset = offset + 1 WHERE kind = 'revisit'")
    assert codes(damaged) == {"not_indexed", "row_without_record"}


def test_index_that_is_no_database_is_named(damaged: Path) -> None:
    filled(damaged)
    (damaged / "index.sqlite").write_bytes(b"no database" * 999)
    assert codes(damaged) == {"bad_index"}


def test_folder_without_an_archive_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive in"):
        list(verify(tmp_path))


def test_verification_changes_nothing(damaged: Path) -> None:
    path = filled(damaged)
    os.truncate(path, path.stat().st_size - 9)
    before = path.read_bytes()
    assert list(verify(damaged)) == list(verify(damaged))
    assert path.read_bytes() == before


def test_damaged_answers_set_aside_are_fetched_again(damaged: Path) -> None:
    path = filled(damaged)
    member = list(members(path))[RESPONSE]
    data = bytearray(path.read_bytes())
    data[member.offset + member.length // 2] ^= 0x10
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    path.write_bytes(data)
    os.utime(path, ns=times)  # as a disk alters it: opening looks at the time alone
    with Archive(damaged) as archive:
        assert archive.latest_ref(f"{SITE}/a/") is not None
    assert set_aside(Folder(damaged), verify(damaged)) == 1
    with Archive(damaged) as archive:
        assert archive.latest_ref(f"{SITE}/a/") is None
        assert archive.validators(f"{SITE}/a/").etag is None
