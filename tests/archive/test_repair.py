from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from harvester.archive.folder import Folder
from harvester.archive.reader import Archive
from harvester.archive.repair import rebuild_index, recheck
from harvester.archive.verify import verify
from harvester.archive.writer import ArchiveWriter, Stored
from harvester.compression import gzip_member
from harvester.errors import ArchiveError
from tests.archive.conftest import HTML, SITE, at, check_with_warcio, page


def filled(folder: Path, run: str = "r", start: int = 0) -> Path:
    """An archive of one file with answers, a revisit, a 304 and a failure; the file."""
    before = set((folder / "warc").glob("*")) if folder.exists() else set()
    with ArchiveWriter(folder, run=run) as writer:
        for number in range(start, start + 5):
            body = page(f"Sida {number}", 2_000)
            writer.store(f"{SITE}/{number}/", at(number), 200, (*HTML, ("ETag", '"1"')), body)
        writer.store(f"{SITE}/{start}/", at(start + 20), 304, (), b"")
        writer.store(f"{SITE}/kopia/", at(start + 21), 200, HTML, page(f"Sida {start}", 2_000))
        writer.store_failure(f"{SITE}/borta/", at(start + 22), "timeout", "inget svar")
    return next(iter(set((folder / "warc").glob("*")) - before))


def dump(folder: Path, *, positions: bool = True) -> list[tuple[object, ...]]:
    """Every row of the index, with names in the place of numbers."""
    with closing(sqlite3.connect(folder / "index.sqlite")) as database:
        rows = database.execute(
            "SELECT r.position, f.name, f.run, f.indexed_to, u.url, r.kind, r.offset, r.length,"
            " r.record_id, r.refers_to, r.fetched_at, r.status, r.final, r.digest, r.payload,"
            " r.media_type, r.etag, r.last_modified, r.code, r.message, r.source"
            " FROM records r JOIN files f ON f.id = r.file_id JOIN urls u ON u.id = r.url_id"
        ).fetchall()
    return sorted((row if positions else row[1:]) for row in rows)


def set_version(index: Path, version: int) -> None:
    with closing(sqlite3.connect(index, isolation_level=None)) as database:
        database.execute(f"PRAGMA user_version = {version}")


def test_rebuilt_index_equals_the_grown_one(folder: Path) -> None:
    filled(folder)
    grown = dump(folder)
    rebuild_index(Folder(folder))
    assert dump(folder) == grown
    assert len(grown) == 8


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda index: index.unlink(), id="missing"),
        pytest.param(lambda index: index.write_bytes(b""), id="empty"),
        pytest.param(lambda index: index.write_bytes(b"no database" * 999), id="no-database"),
        pytest.param(lambda index: os.truncate(index, 5_000), id="cut-short"),
        pytest.param(lambda index: set_version(index, 99), id="of-another-version"),
    ],
)
def test_unusable_index_is_built_anew(folder: Path, spoil: Callable[[Path], object]) -> None:
    filled(folder)
    grown = dump(folder)
    spoil(folder / "index.sqlite")
    with Archive(folder) as archive:
        assert archive.latest(f"{SITE}/0/") is not None
    assert dump(folder) == grown


def test_record_cut_short_is_cut_off(folder: Path) -> None:
    path = filled(folder)
    whole = path.stat().st_size
    for cut in (1, 200, whole // 2):
        os.truncate(path, path.stat().st_size - cut)
        with Archive(folder) as archive:
            assert [finding.code for finding in archive.repairs] in (["truncated_record"], [])
            for _ in archive.captures():
                pass
        check_with_warcio(folder)
        assert list(verify(folder)) == []
    assert path.stat().st_size < whole


@pytest.mark.parametrize("length", range(0, 60, 7))
def test_file_cut_inside_its_first_record_holds_nothing(damaged: Path, length: int) -> None:
    path = filled(damaged)
    os.truncate(path, length)
    with Archive(damaged) as archive:
        assert list(archive.refs()) == []
        assert list(archive.urls()) == []
        assert archive.repairs[-1].code == "empty_file"
    assert not path.exists()


def test_empty_file_of_a_crash_is_removed(folder: Path) -> None:
    filled(folder)
    (folder / "warc" / "harvest-20260101T000000000000Z-0.warc.gz").touch()
    with Archive(folder) as archive:
        assert [finding.code for finding in archive.repairs] == ["empty_file"]
    with Archive(folder) as archive:
        assert archive.repairs == ()


def test_file_removed_before_it_is_locked_is_made_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed = []

    def removing(descriptor: int) -> None:
        if not removed:
            removed.append(next((folder / "warc").glob("*")))
            removed[0].unlink()

    monkeypatch.setattr("harvester.archive.output.lock", removing)
    path = filled(folder)
    assert removed != [path]


def test_missing_file_counts_as_not_fetched(folder: Path) -> None:
    first = filled(folder)
    filled(folder, "other", start=7)
    moved = folder / "elsewhere"
    first.rename(moved)
    with Archive(folder) as archive:
        assert [finding.code for finding in archive.repairs] == ["missing_file"]
        assert archive.latest_ref(f"{SITE}/0/") is None
        assert archive.latest_ref(f"{SITE}/7/") is not None
    with Archive(folder) as archive:
        assert archive.repairs == ()
    assert {finding.code for finding in verify(folder)} == {"missing_file"}
    moved.rename(first)
    with Archive(folder) as archive:
        assert archive.latest(f"{SITE}/0/") is not None


def test_revisit_without_its_original_counts_as_not_fetched(
    damaged: Path, store: Callable[..., Stored]
) -> None:
    store(damaged, "/a/", 0, page("Samma"))
    store(damaged, "/a/", 24, page("Samma"))
    min((damaged / "warc").glob("*")).unlink()
    with Archive(damaged) as archive:
        assert archive.latest_ref(f"{SITE}/a/") is None
        assert list(archive.refs()) == []
    assert not store(damaged, "/a/", 48, page("Samma")).revisit
    with Archive(damaged) as archive:
        assert archive.latest(f"{SITE}/a/") is not None


def test_altered_record_is_an_archive_error(damaged: Path) -> None:
    path = filled(damaged)
    with Archive(damaged) as archive:
        ref = archive.latest_ref(f"{SITE}/2/")
        assert ref is not None
        data = bytearray(path.read_bytes())
        data[ref.warc_offset + 300] ^= 0xFF
        path.write_bytes(data)
        with pytest.raises(ArchiveError, match=path.name):
            archive.read(ref.position)


def test_rebuild_passes_over_a_damaged_stretch(damaged: Path) -> None:
    path = filled(damaged)
    with Archive(damaged) as archive:
        ref = archive.latest_ref(f"{SITE}/2/")
        assert ref is not None
    data = bytearray(path.read_bytes())
    data[ref.warc_offset + 300] ^= 0xFF
    path.write_bytes(data)
    rebuild_index(Folder(damaged))
    with Archive(damaged) as archive:
        assert archive.latest_ref(f"{SITE}/2/") is None
        assert len(list(archive.captures())) == 6
    assert path.stat().st_size == len(data)


def test_file_of_a_live_writer_is_left_alone(folder: Path) -> None:
    with ArchiveWriter(folder, run="r") as writer:
        writer.store(f"{SITE}/a/", at(0), 200, HTML, page("Sida"))
        path = next((folder / "warc").glob("*"))
        with path.open("ab") as file:
            file.write(gzip_member(b"half a record of which more will come", 6)[:20])
        size = path.stat().st_size
        with Archive(folder) as archive:
            assert archive.repairs == ()
            assert archive.latest(f"{SITE}/a/") is not None
        assert list(verify(folder)) == []
        assert path.stat().st_size == size
    with Archive(folder) as archive:
        assert [finding.code for finding in archive.repairs] == ["truncated_record"]


WRITE = """
import sys
from pathlib import Path
from harvester.archive.writer import ArchiveWriter
from tests.archive.conftest import HTML, at, page

name = sys.argv[2]
with ArchiveWriter(Path(sys.argv[1]), run=name) as writer:
    for number in range(150):
        body = page(f"{name} {number % 50}", 3_000)
        writer.store(f"https://exempel.se/{name}/{number % 50}", at(number), 200, HTML, body)
"""


def test_three_writers_and_a_follower_side_by_side(folder: Path) -> None:
    names = ("documentation", "films", "news")
    writers = [subprocess.Popen([sys.executable, "-c", WRITE, str(folder), name]) for name in names]
    seen: list[int] = []
    with Archive(folder) as archive:
        while any(writer.poll() is None for writer in writers):
            seen += [ref.position for ref in archive.captures_since(seen[-1] if seen else 0)]
        seen += [ref.position for ref in archive.captures_since(seen[-1] if seen else 0)]
        assert [writer.returncode for writer in writers] == [0, 0, 0]
        assert seen == list(range(1, 451))
        assert all(archive.read(position).status == 200 for position in seen)
        assert sum(ref.revisit for ref in archive.refs()) == 300
    grown = [row[:-1] for row in dump(folder, positions=False)]
    rebuild_index(Folder(folder))
    assert [row[:-1] for row in dump(folder, positions=False)] == grown


def test_record_that_could_not_be_indexed_is_found_at_the_next_opening(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: object) -> int:
        raise KeyboardInterrupt

    with ArchiveWriter(folder, run="r") as writer:
        writer.store(f"{SITE}/0/", at(0), 200, HTML, page("Före"))
        with monkeypatch.context() as patch:
            patch.setattr("harvester.archive.index.Index.add", interrupted)
            with pytest.raises(KeyboardInterrupt):
                writer.store(f"{SITE}/1/", at(1), 200, HTML, page("Avbruten"))
        writer.store(f"{SITE}/2/", at(2), 200, HTML, page("Efter"))
    with Archive(folder) as archive:
        assert [ref.url for ref in archive.captures_since(0)] == [
            f"{SITE}/0/",
            f"{SITE}/2/",
            f"{SITE}/1/",
        ]


def _altered(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 0x10
    path.write_bytes(data)


def test_file_altered_after_it_was_closed_is_checked_when_it_is_opened(damaged: Path) -> None:
    path = filled(damaged)
    with Archive(damaged) as archive:
        before = {ref.url for ref in archive.refs()}
        spoilt = list(archive.refs())[1]
    whole = path.read_bytes()
    _altered(path, spoilt.warc_offset + 60)
    with Archive(damaged) as archive:
        (finding,) = (f for f in archive.repairs if f.code == "altered_record")
        assert (finding.file, finding.offset) == (path.name, spoilt.warc_offset)
        assert {ref.url for ref in archive.refs()} < before
    with Archive(damaged) as archive:
        assert archive.repairs == (), "what is known is not told again"
    path.write_bytes(whole)
    with Archive(damaged) as archive:
        assert {ref.url for ref in archive.refs()} == before, "a restored file is found again"


def test_file_overwritten_by_another_of_its_size_counts_as_not_fetched(damaged: Path) -> None:
    path = filled(damaged)
    path.write_bytes(bytes(path.stat().st_size))
    with Archive(damaged) as archive:
        assert {f.code for f in archive.repairs} >= {"altered_record"}
        assert list(archive.refs()) == []


def test_altered_bytes_under_an_old_time_are_found_by_reading_all(damaged: Path) -> None:
    path = filled(damaged)
    with Archive(damaged) as archive:
        spoilt = list(archive.refs())[1]
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    whole = path.read_bytes()
    _altered(path, spoilt.warc_offset + 60)
    os.utime(path, ns=times)
    with Archive(damaged) as archive:
        assert archive.repairs == ()
        with pytest.raises(ArchiveError):
            archive.read(spoilt.position)
    assert [f.offset for f in recheck(Folder(damaged)) if f.code == "altered_record"] == [
        spoilt.warc_offset
    ]
    path.write_bytes(whole)


def test_copied_file_with_a_new_time_is_as_good_as_before(folder: Path) -> None:
    path = filled(folder)
    with Archive(folder) as archive:
        before = [(ref.position, ref.url) for ref in archive.refs()]
    os.utime(path, ns=(0, 0))
    with Archive(folder) as archive:
        assert archive.repairs == ()
        assert [(ref.position, ref.url) for ref in archive.refs()] == before
