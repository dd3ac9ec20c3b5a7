from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import harvester.harvest
from benchmarks.extract import fill
from benchmarks.pages import page, path
from benchmarks.site import MadeSite, profile
from harvester.archive.reader import Archive
from harvester.archive.writer import ArchiveWriter
from harvester.extraction.codec import decode
from harvester.extraction.extractor import (
    ExtractReport,
    Progress,
    bring_up_to_date,
    context_version,
    index_archive,
)
from harvester.extraction.store import ExtractStore, fingerprint, with_store
from harvester.harvest import HarvestContext
from harvester.pages.content import PageContent

BASE = "http://127.0.0.1:8009"
CONTEXT = HarvestContext(profile(BASE), b"k" * 32)
PAGES = 120
LISTING = "/wp-json/wp/v2/posts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path, PAGES)
    return tmp_path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ExtractStore]:
    store = ExtractStore(tmp_path / "extracts.sqlite")
    yield store
    store.close()


def extract(
    folder: Path,
    store: ExtractStore,
    context: HarvestContext = CONTEXT,
    workers: int = 1,
    progress: Progress | None = None,
) -> ExtractReport:
    with Archive(folder / "archive") as archive:
        return bring_up_to_date(archive, store, context, workers=workers, progress=progress)


def rows(store: ExtractStore) -> list[tuple[object, ...]]:
    query = "SELECT url, digest, fingerprint, version, harvest FROM extracts ORDER BY 1, 2, 3"
    return store._db.execute(query).fetchall()


def add(folder: Path, url: str, body: bytes, media_type: str, day: int) -> None:
    with ArchiveWriter(folder / "archive", run="later") as writer:
        moment = datetime(2026, 4, 1, tzinfo=UTC) + timedelta(days=day)
        writer.store(url, moment, 200, (("Content-Type", media_type),), body)


def test_what_is_known_is_not_done_again(folder: Path, store: ExtractStore) -> None:
    assert extract(folder, store) == ExtractReport(PAGES, PAGES, 0)
    assert extract(folder, store) == ExtractReport(0, 0, PAGES)


def test_a_new_body_alone_is_done(folder: Path, store: ExtractStore) -> None:
    extract(folder, store)
    add(folder, BASE + path(5), page(5, pages=7, base=BASE).encode(), "text/html", 1)
    assert extract(folder, store) == ExtractReport(1, 1, PAGES)


def test_what_rest_says_anew_of_a_page_is_read_with_it(folder: Path, store: ExtractStore) -> None:
    extract(folder, store)
    _, media_type, _, body = MadeSite(3, BASE).answer("/wp-json/wp/v2/posts?per_page=3")
    add(folder, BASE + "/wp-json/wp/v2/posts?per_page=3", body, media_type, 1)
    assert extract(folder, store).extracted == 3


def test_what_changes_while_it_is_extracted_is_extracted_again(
    folder: Path, store: ExtractStore
) -> None:
    _, media_type, _, body = MadeSite(PAGES, BASE).answer(f"{LISTING}?per_page={PAGES}")
    listed: list[int] = []

    def seen(done: int, total: int) -> None:
        if not listed:  # other pages are under way
            listed.append(done)
            add(folder, f"{BASE}{LISTING}?per_page={PAGES}", body, media_type, 1)
            with Archive(folder / "archive") as archive:
                index_archive(archive, store, CONTEXT.profile)

    extract(folder, store, workers=2, progress=seen)
    assert listed[0] < PAGES
    extract(folder, store)
    version = context_version(CONTEXT)
    for n in range(PAGES):
        entry = store.first_entry(BASE + path(n))
        assert entry is not None
        query = "SELECT count(*) FROM extracts WHERE url = ? AND fingerprint = ? AND version = ?"
        values = (BASE + path(n), fingerprint(entry), version)
        assert store._db.execute(query, values).fetchone() == (1,)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_comes_meanwhile_is_done_in_the_same_pass(
    folder: Path, store: ExtractStore, workers: int
) -> None:
    asked: list[int] = []

    def finds_more() -> bool:
        asked.append(len(rows(store)))
        if len(asked) > 1:
            return False
        body = page(PAGES, pages=PAGES + 1, base=BASE).encode()
        add(folder, BASE + path(PAGES), body, "text/html", 1)
        with Archive(folder / "archive") as archive:
            return index_archive(archive, store, CONTEXT.profile) > 0

    with Archive(folder / "archive") as archive:
        report = bring_up_to_date(archive, store, CONTEXT, workers=workers, more=finds_more)
    assert report.extracted == len(rows(store)) == PAGES + 1
    assert len(asked) == 2
    assert asked[0] == PAGES if workers == 1 else asked[0] < PAGES, "the last are under way"


def test_another_context_does_all_anew(folder: Path, store: ExtractStore) -> None:
    extract(folder, store)
    other = replace(CONTEXT, person_key=b"o" * 32)
    assert extract(folder, store, other) == ExtractReport(0, PAGES, 0)
    assert len(rows(store)) == PAGES


def test_an_index_made_anew_costs_no_extraction(folder: Path, store: ExtractStore) -> None:
    extract(folder, store)
    for name in ("index.sqlite", "index.sqlite-wal", "index.sqlite-shm"):
        (folder / "archive" / name).unlink(missing_ok=True)
    add(folder, BASE + path(5), page(5, pages=7, base=BASE).encode(), "text/html", 1)
    assert extract(folder, store).extracted == 1


def test_processes_give_the_same_bytes(folder: Path, store: ExtractStore, tmp_path: Path) -> None:
    extract(folder, store)
    other = ExtractStore(tmp_path / "other.sqlite")
    extract(folder, other, workers=2)
    assert rows(other) == rows(store)
    other.close()


@pytest.mark.parametrize("together", [1, 100_000], ids=["alone", "some"])
def test_what_is_harvested_together_changes_no_byte(
    folder: Path,
    store: ExtractStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    together: int,
) -> None:
    extract(folder, store)
    monkeypatch.setattr("harvester.extraction.work._TOGETHER", together)
    other = ExtractStore(tmp_path / "other.sqlite")
    assert extract(folder, other).extracted == PAGES
    assert rows(other) == rows(store)
    other.close()


def test_garbage_is_collected_again_after_a_pass(folder: Path, store: ExtractStore) -> None:
    extract(folder, store)
    assert gc.isenabled()


def test_a_killed_process_loses_nothing(folder: Path, store: ExtractStore) -> None:
    killed: list[int] = []

    def kill(done: int, total: int) -> None:
        if not killed:
            children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
            killed.append(int(children.read_text().split()[-1]))
            os.kill(killed[0], signal.SIGKILL)

    if not Path("/proc").is_dir():
        pytest.skip("finding a pool's processes needs /proc")
    assert extract(folder, store, workers=2, progress=kill).extracted == PAGES
    assert len(rows(store)) == PAGES


def test_an_interrupted_pass_goes_on(folder: Path, store: ExtractStore) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extract(folder, store, progress=interrupt)
    report = extract(folder, store)
    assert 0 < report.kept < PAGES
    assert report.extracted + report.kept == PAGES


def test_a_store_of_another_shape_is_filled_anew(folder: Path, tmp_path: Path) -> None:
    older = ExtractStore(tmp_path / "older.sqlite")
    extract(folder, older)
    older._db.execute("DROP TABLE pending")
    older._db.execute("PRAGMA user_version = 0")
    older.close()
    store = ExtractStore(tmp_path / "older.sqlite")
    assert extract(folder, store) == ExtractReport(PAGES, PAGES, 0)
    store.close()


def test_a_damaged_harvest_makes_the_store_anew(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "again.sqlite"

    def whole(store: ExtractStore) -> int:
        extract(folder, store)
        return sum(len(store.harvest(n).pages) for n in range(1, PAGES + 1))

    assert with_store(path, whole) == PAGES
    store = ExtractStore(path)
    store._db.execute("UPDATE extracts SET harvest = x'00' WHERE id = 7")
    store.close()
    assert with_store(path, whole) == PAGES


@pytest.fixture
def broken_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that fails on one page of the archive."""
    reading = harvester.harvest.read

    def read(page: PageContent, **known: Any) -> Any:
        if page.url == BASE + path(7):
            raise IndexError("Anna Lind")
        return reading(page, **known)

    monkeypatch.setattr(harvester.harvest, "read", read)


@pytest.mark.usefixtures("broken_reading")
def test_a_page_the_program_fails_on_is_quarantined_alone(
    folder: Path, store: ExtractStore
) -> None:
    assert extract(folder, store).extracted == PAGES
    found = [(p.url, p.code, p.message) for row in rows(store) for p in decode(row[4]).problems]
    ((url, code, message),) = found
    assert (url, code) == (BASE + path(7), "program_defect")
    assert message.startswith("IndexError in extraction/test_extractor.py, line ")
    assert "Lind" not in message  # what an error says may be words of the page


def test_a_full_memory_is_no_defect_of_the_program(
    folder: Path, store: ExtractStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_: Any, **__: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr(harvester.harvest, "read", read)
    with pytest.raises(MemoryError):
        extract(folder, store)
