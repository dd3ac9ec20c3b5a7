"""Files as other tools write them, built here by hand: their order, their omissions, their faults."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import brotli
import pytest

from harvester.archive.imports import ImportReport, import_file
from harvester.archive.reader import Archive
from harvester.archive.writer import ArchiveWriter
from harvester.errors import ExitCode, ForeignFileError
from tests.archive.conftest import HTML, SITE, at, page

BODY = page("Utgåva 2009")
HOSTS = {"exempel.se", "127.0.0.1:8731"}


def record(
    kind: str,
    url: str,
    block: bytes,
    *,
    date: str = "2009-10-05T08:00:00Z",
    record_id: str = "<urn:uuid:1>",
    version: str = "WARC/1.0",
    length: int | None = None,
    **more: str,
) -> bytes:
    """A WARC record as it stands in a plain file; keywords become headers."""
    lines = [
        version,
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {date}",
        f"WARC-Record-ID: {record_id}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in more.items()),
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def imported(folder: Path, source: Path, content: bytes) -> ImportReport:
    source.write_bytes(content)
    return import_file(folder, source, hosts=HOSTS, run="import-1")


def codes(report: ImportReport) -> list[str]:
    return [finding.code for finding in report.findings]


ONE = record("response", f"{SITE}/2009/", answer(BODY))
ARC = (
    b"filedesc://x.arc 0.0.0.0 20091005080000 text/plain 76\n1 0 InternetArchive\n"
    b"URL IP-address Archive-date Content-type Archive-length\n\n\n"
    + f"{SITE}/2009/ 192.0.2.1 20091005080000 text/html {len(answer(BODY))}\n".encode()
    + answer(BODY)
    + b"\n"
)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(ONE, id="plain-warc-1.0"),
        pytest.param(record("response", f"{SITE}/2009/", answer(BODY), version="WARC/1.1"), id="plain-warc-1.1"),
        pytest.param(gzip.compress(ONE), id="gzip"),
        pytest.param(gzip.compress(record("warcinfo", "", b"software: x\r\n")) + gzip.compress(ONE), id="gzip-member-a-record"),
        pytest.param(gzip.compress(record("warcinfo", "", b"software: x\r\n") + ONE), id="gzip-one-member-for-all"),
        pytest.param(ARC, id="arc"),
        pytest.param(gzip.compress(ARC), id="arc-gzip"),
        pytest.param(record("response", f"<{SITE}/2009/>", answer(BODY)), id="wget-angle-brackets"),
        pytest.param(record("response", f"{SITE}/2009/", answer(BODY, "Content-Encoding: gzip")), id="decoded-body-under-its-old-header"),
        pytest.param(record("response", f"{SITE}/2009/", answer(gzip.compress(BODY), "Content-Encoding: gzip")), id="gzip-body"),
        pytest.param(record("response", f"{SITE}/2009/", answer(brotli.compress(BODY), "Content-Encoding: br")), id="brotli-body"),
        pytest.param(record("response", f"{SITE}/2009/", answer(b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY), "Transfer-Encoding: chunked")), id="chunked-body"),
        pytest.param(record("response", f"{SITE}/2009/", answer(BODY, "Transfer-Encoding: chunked")), id="joined-chunks-under-the-old-header"),
        pytest.param(record("resource", f"{SITE}/2009/", BODY, Content_Type="text/html"), id="resource"),
        pytest.param(record("response", f"https://web.archive.org/web/20091005080000id_/{SITE}/2009/", answer(BODY), date="2026-01-01T00:00:00Z"), id="wayback-untouched"),
        pytest.param(record("response", f"{SITE}/2009/", answer(BODY), date="2009-10-05T08:00:00.000000Z"), id="date-with-decimals"),
    ],
)  # fmt: skip
def test_capture_comes_in_with_its_own_date(folder: Path, tmp_path: Path, content: bytes) -> None:
    report = imported(folder, tmp_path / "old.warc", content)
    assert (report.added, codes(report)) == (1, [])
    with Archive(folder) as archive:
        (capture,) = archive.captures()
    assert capture.url == f"{SITE}/2009/"
    assert capture.fetched_at.isoformat() == "2009-10-05T08:00:00+00:00"
    assert (capture.status, capture.media_type, capture.body) == (200, "text/html", BODY)
    again = imported(folder, tmp_path / "renamed.warc", content)
    assert (again.added, again.known, codes(again)) == (0, 1, [])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(record("response", f"{SITE}/", answer(BODY), date="igår"), "bad_date", id="no-date"),
        pytest.param(record("response", f"{SITE}/", answer(BODY), date="2009"), "bad_date", id="year-for-a-date"),
        pytest.param(record("response", f"{SITE}/", b"inget http"), "malformed_http", id="no-http"),
        pytest.param(record("response", f"{SITE}/", answer(gzip.compress(BODY)[:-8], "Content-Encoding: gzip")), "damaged_body", id="gzip-breaks-off"),
        pytest.param(record("response", f"{SITE}/", answer(BODY, "Content-Encoding: compress")), "unsupported_encoding", id="unknown-coding"),
        pytest.param(record("response", f"{SITE}/", answer(b"ff\r\nkort", "Transfer-Encoding: chunked")), "damaged_body", id="chunks-break-off"),
        pytest.param(record("response", f"{SITE}/", answer(BODY), WARC_Truncated="length"), "truncated", id="cut-by-its-maker"),
        pytest.param(record("response", f"{SITE}/", answer(BODY), length=99_999), "truncated", id="longer-than-the-file"),
        pytest.param(record("revisit", f"{SITE}/", answer(b"")), "orphan_revisit", id="revisit-of-nothing"),
        pytest.param(gzip.compress(ONE * 40, 0)[:-300], "damaged_file", id="gzip-file-cut"),
        pytest.param(ONE + b"WARC/1.0\r\nskr\xc3\xa4p" * 3, "damaged_file", id="garbage-after-a-record"),
    ],
)  # fmt: skip
def test_what_cannot_come_in_is_named(
    folder: Path, tmp_path: Path, content: bytes, code: str
) -> None:
    report = imported(folder, tmp_path / "old.warc", content)
    assert code in codes(report)
    assert all(finding.file == "old.warc" for finding in report.findings)


@pytest.mark.parametrize(
    ("url", "added"),
    [
        pytest.param("https://exempel.se/", 1, id="host"),
        pytest.param("http://EXEMPEL.se:80/", 1, id="capitals-and-default-port"),
        pytest.param("http://127.0.0.1:8731/", 1, id="host-with-port"),
        pytest.param("http://127.0.0.1:8732/", 0, id="other-port"),
        pytest.param("https://exempel.se:444/", 0, id="own-port-not-listed"),
        pytest.param("https://www.exempel.se/", 0, id="subdomain"),
        pytest.param("https://exempel.se.example/", 0, id="longer-name"),
        pytest.param("https://exempel.se@example.org/", 0, id="name-as-user"),
        pytest.param("ftp://exempel.se/", 0, id="other-scheme"),
        pytest.param("https://exempel.se:port/", 0, id="no-port-number"),
        pytest.param("https://web.archive.org/web/2009/https://exempel.se/", 0, id="wayback-rewritten"),
    ],
)  # fmt: skip
def test_records_of_other_hosts_are_counted(
    folder: Path, tmp_path: Path, url: str, added: int
) -> None:
    report = imported(folder, tmp_path / "old.warc", record("response", url, answer(BODY)))
    assert (report.added, report.other_hosts) == (added, 1 - added)


def test_other_records_are_counted_by_type(folder: Path, tmp_path: Path) -> None:
    content = record("warcinfo", "", b"") + record("metadata", f"{SITE}/", b"a: b") + ONE
    report = imported(folder, tmp_path / "old.warc", content)
    assert report.other_records == {"warcinfo": 1, "metadata": 1}


def test_request_goes_with_its_answer_and_answers_to_posts_stay_out(
    folder: Path, tmp_path: Path
) -> None:
    get = b"GET /2009/ HTTP/1.1\r\nHost: exempel.se\r\nUser-Agent: Annan/1.0\r\nCookie: a=1\r\n\r\n"
    post = b"POST /sok/ HTTP/1.1\r\nHost: exempel.se\r\n\r\nq=namn"
    content = (
        record("request", f"{SITE}/2009/", get, record_id="<urn:2>", WARC_Concurrent_To="<urn:1>")
        + record("response", f"{SITE}/2009/", answer(BODY), record_id="<urn:1>")
        + record("response", f"{SITE}/sok/", answer(BODY), record_id="<urn:3>")
        + record("request", f"{SITE}/sok/", post, record_id="<urn:4>", WARC_Concurrent_To="<urn:3>")
    )
    report = imported(folder, tmp_path / "old.warc", content)
    assert (report.added, report.other_records["answer to POST"]) == (1, 1)
    stored = gzip.decompress(next((folder / "warc").glob("*")).read_bytes())
    assert b"User-Agent: Annan/1.0" in stored
    assert b"Cookie" not in stored


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"WARC_Refers_To_Target_URI": f"{SITE}/2009/", "WARC_Refers_To_Date": "2009-10-05T08:00:00Z"}, id="by-address-and-date"),
        pytest.param({"WARC_Payload_Digest": "sha1:ABC"}, id="by-payload"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("block", [b"", answer(b"", status="304 Not Modified"), answer(b"")])
def test_revisit_comes_in_with_its_body(
    folder: Path, tmp_path: Path, more: dict[str, str], block: bytes
) -> None:
    revisit = record("revisit", f"{SITE}/2009/", block, date="2010-01-01T00:00:00Z", **more)
    original = record(
        "response",
        f"{SITE}/2009/",
        answer(gzip.compress(BODY), "Content-Encoding: gzip"),
        WARC_Payload_Digest="sha1:ABC",
    )
    report = imported(folder, tmp_path / "old.warc", revisit + original)
    assert (report.added, codes(report)) == (2, [])
    with Archive(folder) as archive:
        first, second = archive.refs(f"{SITE}/2009/")
        assert (second.revisit, second.status, second.digest) == (True, 200, first.digest)
        assert archive.read(second.position).body == BODY
    again = imported(folder, tmp_path / "old.warc", revisit + original)
    assert (again.added, again.known) == (0, 2)


def test_wacz_is_unpacked(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "old.wacz"
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as wacz:
        wacz.writestr("datapackage.json", "{}")
        wacz.writestr("archive/one.warc.gz", gzip.compress(ONE))
        wacz.writestr("archive/two.warc", record("response", f"{SITE}/2010/", answer(BODY)))
    report = import_file(folder, source, hosts=HOSTS, run="import-1")
    assert (report.added, codes(report)) == (2, [])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"%PDF-1.4", "is no WARC, ARC or WACZ file", id="pdf"),
        pytest.param(b"", "is no WARC, ARC or WACZ file", id="empty"),
        pytest.param(b"PK\x03\x04 no zip", "damaged or encrypted WACZ", id="broken-zip"),
        pytest.param(b"\x28\xb5\x2f\xfd\0\0", "compressed with zstd", id="zstd"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, message: str) -> None:
    source = tmp_path / "file"
    source.write_bytes(content)
    with pytest.raises(ForeignFileError, match=message) as raised:
        import_file(tmp_path / "archive", source, hosts=HOSTS, run="import-1")
    assert raised.value.exit_code == ExitCode.USAGE


def test_zip_without_warc_files_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "file.wacz"
    with zipfile.ZipFile(source, "w") as wacz:
        wacz.writestr("readme.txt", "text")
    with pytest.raises(ForeignFileError, match="no WACZ"):
        import_file(tmp_path / "archive", source, hosts=HOSTS, run="import-1")


def test_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ForeignFileError, match=r"cannot read .*file: No such file"):
        import_file(tmp_path / "archive", tmp_path / "file", hosts=HOSTS, run="import-1")


def test_caller_can_leave_pages_out(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "old.warc"
    source.write_bytes(ONE + record("response", f"{SITE}/author/namn/", answer(BODY)))
    report = import_file(
        folder, source, hosts=HOSTS, run="import-1", wanted=lambda url: "/author/" not in url
    )
    assert (report.added, report.unwanted) == (1, 1)


def test_imported_captures_are_history_and_not_the_latest(folder: Path, tmp_path: Path) -> None:
    with ArchiveWriter(folder, run="natt-1") as writer:
        writer.store(f"{SITE}/2009/", at(0), 200, HTML, page("Nuvarande sida"))
    imported(folder, tmp_path / "old.warc", ONE)
    with Archive(folder) as archive:
        assert [ref.run for ref in archive.refs(f"{SITE}/2009/")] == ["import-1", "natt-1"]
        latest = archive.latest_ref(f"{SITE}/2009/")
    assert latest is not None
    assert latest.run == "natt-1"


def test_large_body_is_named(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "old.warc"
    source.write_bytes(ONE + record("response", f"{SITE}/film", answer(bytes(50_000))))
    report = import_file(folder, source, hosts=HOSTS, run="import-1", max_body=10_000)
    assert (report.added, codes(report)) == (1, ["body_too_large"])


def test_archive_of_ours_can_be_imported(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with ArchiveWriter(other, run="r") as writer:
        for hours in range(3):
            writer.store(f"{SITE}/a/", at(hours), 200, HTML, page("Samma"))
        writer.store(f"{SITE}/a/", at(4), 304, (), b"")
    source = next((other / "warc").glob("*"))
    report = import_file(folder, source, hosts=HOSTS, run="import-1")
    assert (report.added, codes(report)) == (4, [])
    with Archive(folder) as ours, Archive(other) as theirs:
        assert [c.body for c in ours.captures()] == [c.body for c in theirs.captures()]
        assert [r.fetched_at for r in ours.refs()] == [r.fetched_at for r in theirs.refs()]
