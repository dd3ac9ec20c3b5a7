from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator

from harvester.archive.encoding import EncodingError
from harvester.archive.reader import Archive
from harvester.archive.writer import ArchiveWriter, Request, Stored
from harvester.errors import UnwritableError
from tests.archive.conftest import HTML, SITE, at, page


def records(folder: Path) -> list[dict[str, str]]:
    """WARC headers, HTTP headers and body of every record, as warcio reads them."""
    found = []
    for path in sorted((folder / "warc").glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                fields = dict(record.rec_headers.headers)
                http = record.http_headers
                fields["http"] = http.to_str() if http else ""
                fields["body"] = record.raw_stream.read().decode("latin-1")
                found.append(fields)
    return found


def test_file_begins_with_a_warcinfo_that_names_the_run(folder: Path) -> None:
    with ArchiveWriter(folder, run="natt-17") as writer:
        writer.store(f"{SITE}/", at(0), 200, HTML, page("Start"))
    first = records(folder)[0]
    assert first["WARC-Type"] == "warcinfo"
    assert "harvester-run: natt-17" in first["body"]
    assert first["WARC-Filename"].startswith("harvest-20260301T120000250000Z-")


def test_answer_is_stored_with_its_request(folder: Path) -> None:
    sent = Request(
        "GET", (("Accept", "text/html"), ("Cookie", "a=1"), ("Authorization", "Basic x"))
    )
    with ArchiveWriter(folder, run="r") as writer:
        writer.store(f"{SITE}/sida/?a=1", at(0), 200, HTML, page("Sida"), request=sent)
    _, response, request = records(folder)
    assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert request["http"].splitlines() == [
        "GET /sida/?a=1 HTTP/1.1",
        "Host: exempel.se",
        "Accept: text/html",
    ]
    assert response["WARC-Block-Digest"].startswith("sha256:")
    assert response["WARC-Payload-Digest"].startswith("sha256:")


@pytest.mark.parametrize(
    ("header", "kept"),
    [
        pytest.param(("Set-Cookie", "session=hemlig"), False, id="set-cookie"),
        pytest.param(("set-cookie2", "session=hemlig"), False, id="lower-case"),
        pytest.param(("Authorization", "hemlig"), False, id="authorization"),
        pytest.param(("Transfer-Encoding", "chunked"), False, id="transfer-encoding"),
        pytest.param(("Bad Name", "x"), False, id="not-a-header-name"),
        pytest.param(("X-Powered-By", "hemlig"), True, id="others-stay"),
    ],
)
def test_secrets_and_transfer_coding_are_not_stored(
    folder: Path, header: tuple[str, str], kept: bool
) -> None:
    with ArchiveWriter(folder, run="r") as writer:
        stored = writer.store(f"{SITE}/", at(0), 200, (*HTML, header), page("Start"))
    assert (stored.capture.header(header[0]) is not None) is kept
    assert (header[0].lower() in records(folder)[1]["http"].lower()) is kept


def test_header_cannot_end_early(folder: Path) -> None:
    with ArchiveWriter(folder, run="r") as writer:
        writer.store(f"{SITE}/a\r\nWARC-Type: x", at(0), 200, (("X-A", "1\r\nX-B: 2"),), b"text")
    response = records(folder)[1]
    assert response["WARC-Target-URI"] == f"{SITE}/a%0D%0AWARC-Type:%20x"
    assert "\r\nX-B" not in response["http"]


@pytest.mark.parametrize(
    ("headers", "body", "plain"),
    [
        pytest.param((("Content-Encoding", "gzip"),), gzip.compress(b"text"), b"text", id="gzip"),
        pytest.param((("Content-Encoding", "gzip"),), b"text", b"text", id="gzip-only-promised"),
        pytest.param((("Content-Encoding", "br"),), brotli.compress(b"text"), b"text", id="brotli"),
        pytest.param((("Content-Length", "99"),), b"text", b"text", id="wrong-length"),
        pytest.param((("X-Namn", "Åsa – ö"),), b"text", b"text", id="not-ascii"),
        pytest.param((), b"", b"", id="empty"),
        pytest.param((), b"\r\n\r\n\0WARC/1.1\r\n", b"\r\n\r\n\0WARC/1.1\r\n", id="like-a-record"),
    ],
)
def test_stored_capture_is_the_one_read_back(
    folder: Path, headers: tuple[tuple[str, str], ...], body: bytes, plain: bytes
) -> None:
    with ArchiveWriter(folder, run="r") as writer:
        stored = writer.store(f"{SITE}/", at(0), 200, headers, body, reason="OK")
    assert stored.capture.body == plain
    with Archive(folder) as archive:
        assert archive.read(stored.position) == stored.capture
        assert archive.ref(stored.position).revisit is stored.revisit is False


def test_headers_of_a_request_may_be_any_pairs(folder: Path) -> None:
    asked: Any = [["Accept", "text/html"], ["Cookie", "hemlig=1"]]
    with ArchiveWriter(folder, run="r") as writer:
        for n in range(2):
            writer.store(
                f"{SITE}/{n}", at(n), 200, HTML, page("Start"), request=Request(headers=asked)
            )
    (file,) = folder.glob("warc/*.warc.gz")
    with file.open("rb") as stream:
        requests = [r.http_headers for r in ArchiveIterator(stream) if r.rec_type == "request"]
    assert [h.get_header("Accept") for h in requests] == ["text/html"] * 2
    assert all(h.get_header("Cookie") is None for h in requests)


@pytest.mark.parametrize("status", [200, 304, 404])
def test_stored_capture_of_a_revisit_is_the_one_read_back(folder: Path, status: int) -> None:
    with ArchiveWriter(folder, run="r") as writer:
        writer.store(f"{SITE}/", at(0), 200, HTML, page("Start"))
        stored = writer.store(f"{SITE}/", at(1), status, HTML, page("Start"))
    with Archive(folder) as archive:
        assert archive.read(stored.position) == stored.capture
        assert archive.ref(stored.position).revisit is stored.revisit is True


def test_time_is_kept_to_the_microsecond_in_utc(folder: Path) -> None:
    local = datetime(2026, 7, 1, 1, 30, 0, 123_456, tzinfo=timezone(timedelta(hours=2)))
    with ArchiveWriter(folder, run="r") as writer:
        writer.store(f"{SITE}/", local, 200, HTML, b"text")
    with Archive(folder) as archive:
        ref = archive.latest_ref(f"{SITE}/")
    assert ref is not None
    assert ref.fetched_at.isoformat() == "2026-06-30T23:30:00.123456+00:00"


def test_undecodable_answer_is_refused_before_it_is_written(folder: Path) -> None:
    broken = gzip.compress(page("Start"))[:-9]
    with ArchiveWriter(folder, run="r") as writer:
        with pytest.raises(EncodingError):
            writer.store(f"{SITE}/", at(0), 200, (("Content-Encoding", "gzip"),), broken)
        writer.store_failure(f"{SITE}/", at(0), "damaged_body", "svaret bröts av")
    with Archive(folder) as archive:
        assert [(f.code, f.message) for f in archive.failures()] == [
            ("damaged_body", "svaret bröts av")
        ]
        assert list(archive.captures()) == []


@pytest.mark.parametrize(
    ("url", "time", "status"),
    [
        pytest.param(f"{SITE}/", datetime(2026, 3, 1), 200, id="time-without-a-zone"),
        pytest.param(f"{SITE}/", at(0), 1_000, id="no-http-status"),
        pytest.param("", at(0), 200, id="no-address"),
    ],
)
def test_senseless_answer_is_refused_before_it_is_written(
    folder: Path, url: str, time: datetime, status: int
) -> None:
    with ArchiveWriter(folder, run="r") as writer:
        writer.store(f"{SITE}/", at(0), 200, HTML, b"text")
        size = next((folder / "warc").glob("*")).stat().st_size
        with pytest.raises(ValueError, match=r".+"):
            writer.store(url, time, status, HTML, b"text")
        assert next((folder / "warc").glob("*")).stat().st_size == size


def test_repeated_body_becomes_a_revisit(folder: Path, store: Callable[..., Stored]) -> None:
    first = store(folder, "/a/", 0, page("Samma"))
    again = store(folder, "/a/", 24, page("Samma"), headers=(*HTML, ("ETag", '"2"')))
    assert not first.revisit
    assert again.revisit
    revisit = next(r for r in records(folder) if r["WARC-Type"] == "revisit")
    assert revisit["WARC-Profile"].endswith("1.1/revisit/identical-payload-digest")
    assert revisit["WARC-Refers-To-Target-URI"] == f"{SITE}/a/"
    assert revisit["WARC-Refers-To-Date"] == "2026-03-01T12:00:00.250000Z"
    with Archive(folder) as archive:
        capture = archive.read(again.position)
    assert (capture.body, capture.fetched_at) == (page("Samma"), at(24))
    assert capture.header("ETag") == '"2"'


def test_body_of_another_address_is_referred_to_as_well(
    folder: Path, store: Callable[..., Stored]
) -> None:
    store(folder, "/a/", 0, page("Samma"))
    assert store(folder, "/b/", 1, page("Samma")).revisit


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param(page("Annan"), HTML, id="other-body"),
        pytest.param(b"", HTML, id="empty-body"),
        pytest.param(
            gzip.compress(page("Samma")), (("Content-Encoding", "gzip"),), id="same-text-encoded"
        ),
    ],
)
def test_other_body_is_stored_whole(
    folder: Path, store: Callable[..., Stored], body: bytes, headers: tuple[tuple[str, str], ...]
) -> None:
    store(folder, "/a/", 0, page("Samma"))
    assert not store(folder, "/a/", 1, body, headers=headers).revisit


def test_not_modified_stands_for_the_stored_body(
    folder: Path, store: Callable[..., Stored]
) -> None:
    store(folder, "/a/", 0, page("Samma"), headers=(*HTML, ("ETag", '"1"'), ("Age", "0")))
    stored = store(folder, "/a/", 24, b"", status=304, headers=(("ETag", '"2"'),))
    assert stored.capture.status == 200
    assert stored.capture.body == page("Samma")
    assert stored.capture.header("ETag") == '"2"'
    assert stored.capture.header("Age") == "0"
    assert stored.capture.media_type == "text/html"
    with Archive(folder) as archive:
        assert archive.latest(f"{SITE}/a/") == stored.capture


def test_not_modified_of_the_unknown_says_nothing(
    folder: Path, store: Callable[..., Stored]
) -> None:
    store(folder, "/a/", 0, b"", status=304)
    with Archive(folder) as archive:
        assert archive.latest(f"{SITE}/a/") is None


def test_files_are_rotated_by_size(folder: Path) -> None:
    with ArchiveWriter(folder, run="r", max_file=20_000) as writer:
        for number in range(40):
            body = os.urandom(2_000)
            writer.store(f"{SITE}/{number}", at(number), 200, HTML, body)
    files = list((folder / "warc").glob("*.warc.gz"))
    assert len(files) >= 4
    assert all(path.stat().st_size < 25_000 for path in files)
    with Archive(folder) as archive:
        assert sum(1 for _ in archive.captures()) == 40


def test_run_without_answers_writes_no_file(folder: Path) -> None:
    with ArchiveWriter(folder, run="r"):
        pass
    assert list((folder / "warc").iterdir()) == []


def test_unwritable_folder_is_one_clear_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(UnwritableError, match=r"cannot write .*file") as caught:
        ArchiveWriter(blocked / "archive", run="r")
    assert "\n" not in str(caught.value)


FILL = """
import os, resource, signal, sys
from pathlib import Path
from harvester.archive.writer import ArchiveWriter
from harvester.errors import UnwritableError
from tests.archive.conftest import at

folder, size, limit = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
writer = ArchiveWriter(folder, run="r")
writer.store("https://exempel.se/first", at(0), 200, (), os.urandom(size))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
try:
    for number in range(99):
        writer.store(f"https://exempel.se/{number}", at(number), 200, (), os.urandom(size))
except UnwritableError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
writer.store("https://exempel.se/last", at(100), 200, (), os.urandom(size))
writer.close()
"""


@pytest.mark.parametrize(
    ("size", "limit", "stored"),
    [
        pytest.param(300_000, 2_000_000, 6, id="in-the-warc-file"),
        pytest.param(3_000, 200_000, 2, id="in-the-index"),
    ],
)
def test_full_disk_leaves_a_sound_archive_that_goes_on(
    folder: Path, size: int, limit: int, stored: int
) -> None:
    command = [sys.executable, "-c", FILL, str(folder), str(size), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("cannot write ")
    assert done.stdout.count("\n") == 1
    with Archive(folder) as archive:
        assert archive.repairs == ()
        assert sum(1 for _ in archive.captures()) > stored
        assert archive.latest(f"{SITE}/last") is not None
