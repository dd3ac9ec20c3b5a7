"""Pages that are gone at their source and lost from the archive: the last release is their memory."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from harvester.archive.members import Member, members
from harvester.archive.reader import Archive
from harvester.sample import SampleServer
from tests.runs.running import Runs, sample_profile

NEW = "/sa-tyckte-deltagarna/"
DELETED = "http://exempeldagarna.example/news/grankoping-nasta/"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SampleServer, Runs]]:
    """A night, and a full one after which a page is gone; tests work on copies of its folder."""
    folder = tmp_path_factory.mktemp("lost")
    with SampleServer() as server:
        runs = Runs(sample_profile(folder, server), folder / "output")
        runs.run()
        server.stage = 2
        runs.run("--full")
        yield server, runs


@pytest.fixture
def runs(served: tuple[SampleServer, Runs], tmp_path: Path) -> Runs:
    _, whole = served
    shutil.copytree(whole.output, tmp_path / "output", symlinks=True)
    del served[0].requests[:]
    return Runs(whole.profile, tmp_path / "output")


def first_warc(runs: Runs) -> Path:
    return min((runs.output / "archive" / "warc").iterdir())


def released(runs: Runs) -> None:
    done = runs.do("release", "--force")
    assert done.returncode == 0, done.stdout + done.stderr


def only_body(archive: Path, url: str) -> tuple[Path, Member]:
    """The one stored body of an address: its file and its member there."""
    (found,) = (
        (path, member)
        for path in (archive / "warc").iterdir()
        for member in members(path)
        if member.record and (member.record.type, member.record.url) == ("response", url)
    )
    return found


def body_last(archive: Path, url: str) -> Path:
    """Move the only body of an address to the end of its file, and have the index made anew; the file."""
    path, _ = only_body(archive, url)
    data = path.read_bytes()
    ordered = sorted(members(path), key=lambda m: m.record is not None and m.record.url == url)
    path.write_bytes(b"".join(data[member.offset : member.end] for member in ordered))
    (archive / "index.sqlite").unlink()
    return path


def altered(runs: Runs, url: str, *, old_time: bool) -> Path:
    """Change a byte of the only body of an address, under a new time or the old one; its file."""
    path, member = only_body(runs.output / "archive", url)
    stat = path.stat()
    data = bytearray(path.read_bytes())
    data[member.offset + member.length // 2] ^= 0x10
    path.write_bytes(data)
    if old_time:
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    return path


def test_gone_page_whose_file_is_deleted_keeps_its_rows(runs: Runs) -> None:
    before = runs.content()
    path = first_warc(runs)
    path.unlink()
    done = runs.do("run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"archive: {path.name}: the file is gone" in done.stderr
    assert "Traceback" not in done.stderr
    assert runs.content() == before
    released(runs)
    assert runs.content() == before
    page = next(row for row in runs.rows("pages") if row["url"] == DELETED)
    assert page["state"] == "gone" and page["text"]
    told = [row for row in runs.rows("problems") if row["code"] == "capture_lost"]
    assert DELETED in {row["url"] for row in told}
    assert "the last release's" in told[0]["message"]
    released(runs)
    assert runs.content() == before, "a release of kept rows keeps them again"
    again = [row for row in runs.rows("problems") if row["code"] == "capture_lost"]
    assert len(again) == len(told)


@pytest.mark.parametrize("old_time", [False, True], ids=["altered", "altered-under-its-old-time"])
def test_altered_record_is_named_and_its_page_fetched_again(
    served: tuple[SampleServer, Runs], runs: Runs, old_time: bool
) -> None:
    server, _ = served
    before = runs.content()
    path = altered(runs, f"http://exempeldagarna.example{NEW}", old_time=old_time)
    (runs.output / "extracts.sqlite").unlink()  # so that all is read again
    done = runs.do("run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    (line,) = [line for line in done.stderr.splitlines() if path.name in line]
    assert line.startswith(f"harvester: archive: {path.name}: 1 altered records")
    assert ("exempeldagarna.example", NEW) in server.requests
    assert len(server.requests) <= 18
    released(runs)
    assert runs.content() == before


@pytest.mark.parametrize(
    ("size", "said"),
    [
        pytest.param(0, "altered records", id="same-size"),
        pytest.param(5_000, "altered records", id="longer"),
        pytest.param(-5_000, "altered records", id="shorter"),
    ],
)
def test_overwritten_file_loses_no_row(runs: Runs, size: int, said: str) -> None:
    before, path = runs.content(), first_warc(runs)
    path.write_bytes(b"\x1f\x8b\x08x" * ((path.stat().st_size + size) // 4 + 1))
    for verb in (("extract",), ("release", "--force")):
        done = runs.do(*verb)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        if verb[0] == "extract":
            assert f"archive: {path.name}: " in done.stderr and said in done.stderr
    assert runs.content() == before
    runs.run()
    assert runs.content() == before
    with Archive(runs.output / "archive") as archive:
        assert archive.latest_ref("http://exempeldagarna.example/press/") is not None


def test_suppressed_person_does_not_come_back_with_kept_rows(runs: Runs) -> None:
    page_id = next(row["page_id"] for row in runs.rows("pages") if row["url"] == DELETED)
    named = [row for row in runs.rows("contributions") if row["page_id"] == page_id]
    people = {row["person_id"]: row["name"] for row in runs.rows("people")}
    first_warc(runs).unlink()
    name = people[named[0]["person_id"]]
    done = runs.do("suppress", name, "--why", "begäran")
    assert done.returncode == 0, done.stdout + done.stderr
    runs.run()
    for table in ("pages", "contributions", "people", "appearances", "problems", "evidence"):
        assert not [row for row in runs.rows(table) if name in str(row)], table


def test_own_body_lost_and_what_rest_said_of_it_kept(runs: Runs) -> None:
    before, folder = runs.content(), runs.output / "archive"
    path = body_last(folder, DELETED)
    released(runs)
    os.truncate(path, path.stat().st_size - 10)
    (folder / "index.sqlite").unlink()
    released(runs)
    assert runs.content() == before


def test_older_copy_of_a_file_without_its_index_loses_no_row(runs: Runs) -> None:
    before, path = runs.content(), first_warc(runs)
    stops = [member.offset for member in members(path)]
    os.truncate(path, stops[len(stops) // 2])
    (runs.output / "archive" / "index.sqlite").unlink()
    released(runs)
    assert runs.content() == before
