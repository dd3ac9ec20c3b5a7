"""Two machines on one folder: the one that is alive keeps the other out, a dead one does not."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from harvester.archive import holder
from harvester.archive.holder import DEAD_AFTER, Holder, this_holder
from harvester.crawl.locks import HostLocks
from harvester.errors import LockedError
from tests.runs.running import ROOT, Runs
from tests.runs.small_wordpress import SmallWordPress, posts, wordpress_runs

NOTE = {"pid": 4711, "started": "2026-11-22T03:15:00+00:00", "host": "en-annan-maskin"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SmallWordPress, Runs]]:
    with wordpress_runs(
        tmp_path_factory.mktemp("machines"), SmallWordPress(posts=posts(2))
    ) as both:
        both[1].run()
        yield both


def signed(path: Path, *, age: float = 0.0, **note: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(NOTE | note))
    then = time.time() - age
    os.utime(path, (then, then))


def host_lock(runs: Runs) -> Path:
    return next((runs.output / "locks").glob("127.0.0.1*.lock"))


@pytest.mark.parametrize("verb", [("run",), ("crawl",), ("extract",), ("release", "--force")])
def test_living_crawl_of_another_machine_is_exit_four(
    served: tuple[SmallWordPress, Runs], verb: tuple[str, ...]
) -> None:
    site, runs = served
    del site.requests[:]
    before = {p: p.stat().st_mtime_ns for p in (runs.output / "archive" / "warc").iterdir()}
    signed(host_lock(runs), age=30)
    done = runs.do(*verb)
    assert done.returncode == 4, done.stderr
    (line,) = done.stderr.splitlines()
    assert "process 4711 on en-annan-maskin since 2026-11-22T03:15:00" in line
    assert site.requests == []
    assert before == {p: p.stat().st_mtime_ns for p in (runs.output / "archive" / "warc").iterdir()}


def test_dead_crawl_of_another_machine_is_taken_over_with_a_line(
    served: tuple[SmallWordPress, Runs],
) -> None:
    _, runs = served
    signed(host_lock(runs), age=DEAD_AFTER + 5)
    done = runs.do("run")
    assert done.returncode == 0, done.stderr
    assert "taken over from process 4711 on en-annan-maskin" in done.stderr
    assert host_lock(runs).read_text() == "", "a lock that was let go names nobody"
    assert "taken over" not in runs.do("run").stderr


def test_build_of_another_machine(served: tuple[SmallWordPress, Runs]) -> None:
    _, runs = served
    lock = runs.output / "releases" / ".lock"
    signed(lock, age=1)
    done = runs.do("release", "--force")
    assert done.returncode == 4 and "process 4711 on en-annan-maskin" in done.stderr
    signed(lock, age=DEAD_AFTER + 5)
    done = runs.do("release", "--force")
    assert done.returncode == 0 and "taken over" in done.stderr


def test_scrapy_crawl_is_kept_out_as_well(served: tuple[SmallWordPress, Runs]) -> None:
    site, runs = served
    signed(host_lock(runs))
    del site.requests[:]
    done = subprocess.run(
        [
            sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"site={runs.profile}",
            "-s", f"HARVESTER_OUTPUT={runs.output}", "-s", "LOG_LEVEL=ERROR",
        ],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    host_lock(runs).write_text("")
    assert done.returncode == 4 and "en-annan-maskin" in done.stderr
    assert site.requests == []


def test_killed_owner_of_this_machine_keeps_nobody_out(tmp_path: Path) -> None:
    path = tmp_path / "a.example.lock"
    own = this_holder()
    signed(path, pid=own.pid, host=own.host, boot=own.boot)
    with HostLocks(tmp_path, ["a.example"]):
        assert json.loads(path.read_text())["host"] == socket.gethostname()
    assert path.read_text() == ""


def test_note_without_a_machine_is_one_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / "a.example.lock").write_text('{"pid": 1, "started": "2026-11-22T03:15:00+00:00"}')
    with HostLocks(tmp_path, ["a.example"]):
        pass


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"pid": []}', "\x00" * 50])
def test_note_that_says_nothing_keeps_nobody_out(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.example.lock").write_text(text)
    with HostLocks(tmp_path, ["a.example"]):
        pass


def test_machines_of_one_name_are_told_apart() -> None:
    own = this_holder()
    assert not own.is_elsewhere
    assert not Holder(host=own.host).is_elsewhere
    if own.boot:
        assert Holder(host=own.host, boot="another").is_elsewhere


def test_workers_of_one_crawl_share_hosts_across_machines(tmp_path: Path) -> None:
    signed(tmp_path / "a.example.lock", shared=True)
    with HostLocks(tmp_path, ["a.example"], shared=True):
        pass
    signed(tmp_path / "a.example.lock", shared=True)
    with pytest.raises(LockedError, match="en-annan-maskin"), HostLocks(tmp_path, ["a.example"]):
        pass


def test_holder_shows_signs_of_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holder, "BEAT", 0.05)
    path = tmp_path / "a.example.lock"
    with HostLocks(tmp_path, ["a.example"]):
        os.utime(path, (0, 0))
        deadline = time.monotonic() + 10
        while path.stat().st_mtime < 1_000 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert path.stat().st_mtime > 1_000
