"""Damaged and lost files: named, fetched again, and no row is lost or doubled by it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from harvester.archive.members import members
from harvester.sample import SampleServer
from tests.runs.running import Runs, sample_profile


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SampleServer, Runs]]:
    """A first run, made once; tests work on copies of its folder."""
    folder = tmp_path_factory.mktemp("damage")
    with SampleServer() as server:
        runs = Runs(sample_profile(folder, server), folder / "output")
        runs.run()
        yield server, runs


@pytest.fixture
def runs(served: tuple[SampleServer, Runs], tmp_path: Path) -> Runs:
    _, whole = served
    shutil.copytree(whole.output, tmp_path / "output", symlinks=True)
    del served[0].requests[:]
    return Runs(whole.profile, tmp_path / "output")


def cut(path: Path, count: int = 300) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - count)


def spoil(path: Path) -> None:
    path.write_bytes(b"not what it was" * 500)


def warc(runs: Runs) -> Path:
    return max((runs.output / "archive" / "warc").iterdir(), key=lambda p: p.stat().st_size)


def lose_extracts(runs: Runs) -> None:
    (runs.output / "extracts.sqlite").unlink()


def spoil_extracts(runs: Runs) -> None:
    spoil(runs.output / "extracts.sqlite")


def cut_extracts(runs: Runs) -> None:
    cut(runs.output / "extracts.sqlite", 9_000)


def lose_index(runs: Runs) -> None:
    (runs.output / "archive" / "index.sqlite").unlink()


def spoil_index(runs: Runs) -> None:
    spoil(runs.output / "archive" / "index.sqlite")


def cut_index(runs: Runs) -> None:
    cut(runs.output / "archive" / "index.sqlite", 9_000)


def cut_warc(runs: Runs) -> None:
    cut(warc(runs))


def lose_warc(runs: Runs) -> None:
    warc(runs).unlink()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(cut_warc, id="archive-cut-in-its-last-record", marks=pytest.mark.long),
        pytest.param(lose_warc, id="archive-file-missing"),
        pytest.param(spoil_extracts, id="extracts-spoilt", marks=pytest.mark.long),
        pytest.param(spoil_index, id="index-spoilt", marks=pytest.mark.long),
        pytest.param(lose_extracts, id="extracts-missing", marks=pytest.mark.long),
        pytest.param(cut_extracts, id="extracts-cut", marks=pytest.mark.long),
        pytest.param(lose_index, id="index-missing", marks=pytest.mark.long),
        pytest.param(cut_index, id="index-cut", marks=pytest.mark.long),
    ],
)
def test_next_run_mends_it_and_gives_the_same_tables(runs: Runs, damage: object) -> None:
    before, archived = runs.content(), runs.archived()
    assert callable(damage)
    damage(runs)
    run = runs.run()
    assert run["verdict"] == "unchanged"
    assert runs.content() == before
    assert runs.archived() >= archived
    forced = runs.do("release", "--force")
    assert forced.returncode == 0, forced.stderr
    assert runs.content() == before


@pytest.mark.long
def test_altered_record_is_named_set_aside_and_fetched_again(
    served: tuple[SampleServer, Runs], runs: Runs
) -> None:
    path, before = warc(runs), runs.content()
    page = next(
        m
        for m in members(path)
        if m.record and m.record.type == "response" and m.record.url.endswith("/press/")
    )
    data = bytearray(path.read_bytes())
    data[page.offset + page.length // 2] ^= 0x10
    path.write_bytes(data)
    named = runs.do("archive", "verify")
    assert named.returncode == 1 and path.name in named.stdout
    mended = runs.do("archive", "verify", "--set-aside")
    assert mended.stdout.rstrip().endswith(
        "1 damaged answers set aside, the next run fetches them again"
    )
    server, _ = served
    assert runs.run()["verdict"] == "unchanged"
    assert ("exempeldagarna.example", "/press/") in server.requests
    assert len(server.requests) <= 9
    assert runs.content() == before
