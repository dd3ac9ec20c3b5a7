"""`harvester run` killed at any moment: the same command goes on, and nothing is lost or doubled."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from harvester.sample import SampleServer
from tests.runs.running import ROOT, Runs, sample_profile, sample_runs


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The content tables of a run that nothing interrupted."""
    with sample_runs(tmp_path_factory.mktemp("whole")) as (_, runs):
        runs.run()
        return runs.content()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[SampleServer, Runs]]:
    with sample_runs(tmp_path) as (server, runs):
        yield server, runs


def started(runs: Runs) -> subprocess.Popen[str]:
    """A real run in a process group of its own."""
    return subprocess.Popen(
        runs.command("run"), cwd=ROOT, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def family(process: subprocess.Popen[str]) -> dict[str, list[int]]:
    """The run's processes by what they do."""
    found: dict[str, list[int]] = {"parent": [process.pid]}
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            command = (path / "cmdline").read_text().replace("\0", " ")
            if parent == process.pid:
                what = "crawl" if "harvester.crawl" in command else "worker"
                found.setdefault(what, []).append(int(path.name))
    return found


def kill(process: subprocess.Popen[str], who: str) -> None:
    """SIGKILL to one of a run's processes, or to all of them at once."""
    members = family(process)
    for pid in chain(*members.values()) if who == "all" else members.get(who, [])[:1]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def finished_after(
    served: tuple[SampleServer, Runs], whole: dict[str, bytes], kills: list[tuple[str, float]]
) -> None:
    server, runs = served
    for who, after in kills:
        process = started(runs)
        time.sleep(after)
        kill(process, who)
        try:
            process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        time.sleep(0.3)  # a child notices that its parent is gone
    runs.run()
    assert runs.content() == whole
    assert runs.do("archive", "verify").returncode == 0
    ids = [row["page_id"] for row in runs.rows("pages")]
    assert len(ids) == len(set(ids))
    # What was on the wire at a kill is asked again, and the few listings of a night that followed.
    again = sum(count - 1 for count in Counter(server.requests).values())
    assert again <= len(kills) * 24
    del server.requests[:]
    assert runs.run()["verdict"] == "unchanged"
    assert max(Counter(host for host, _ in server.requests).values()) <= 4
    assert not [p for p in (runs.output / "releases").iterdir() if p.name.startswith(".staging")]


@pytest.mark.parametrize(
    "kills",
    [
        pytest.param([("all", 1.2)], id="all-while-crawling"),
        pytest.param([("parent", 2.0)], id="parent"),
        pytest.param([("crawl", 1.4), ("worker", 1.6)], id="crawl-then-worker"),
    ],
)
def test_killed_run_goes_on_to_the_same_tables(
    served: tuple[SampleServer, Runs], whole: dict[str, bytes], kills: list[tuple[str, float]]
) -> None:
    finished_after(served, whole, kills)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(9))
def test_kills_at_random_points(
    served: tuple[SampleServer, Runs], whole: dict[str, bytes], seed: int
) -> None:
    chance = random.Random(seed)
    who = ("all", "parent", "crawl", "worker")
    finished_after(
        served, whole, [(chance.choice(who), chance.uniform(0.2, 7.0)) for _ in range(3)]
    )


@pytest.mark.parametrize(
    ("number", "code"),
    [
        pytest.param(signal.SIGINT, 130, id="ctrl-c", marks=pytest.mark.long),
        pytest.param(signal.SIGTERM, 143, id="terminated"),
    ],
)
def test_a_signal_ends_the_run_with_its_code_and_one_line(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    with SampleServer() as server:
        runs = Runs(sample_profile(tmp_path, server, delay=0.3, concurrency=1), tmp_path / "out")
        process = started(runs)
        while len(server.requests) < 6:
            time.sleep(0.05)
        process.send_signal(number)
        out, _ = process.communicate(timeout=60)
    assert process.returncode == code, out
    assert out.splitlines()[-1] == "interrupted; nothing is lost, the same command goes on"
    assert "Traceback" not in out
    assert runs.last_run()["verdict"] == "interrupted"


@pytest.mark.long
@pytest.mark.parametrize(
    ("number", "code"),
    [
        pytest.param(signal.SIGINT, 130, id="ctrl-c"),
        pytest.param(signal.SIGTERM, 143, id="terminated"),
    ],
)
@pytest.mark.parametrize("after", [0.3, 2.5, 3.5, 4.5])
def test_a_signal_at_any_time_leaves_no_traceback(
    served: tuple[SampleServer, Runs],
    whole: dict[str, bytes],
    number: signal.Signals,
    code: int,
    after: float,
) -> None:
    _, runs = served
    process = started(runs)
    time.sleep(after)
    process.send_signal(number)
    out, _ = process.communicate(timeout=60)
    # Before Python has installed its handlers the signal's own default ends the process.
    assert process.returncode in (0, code, -number), out
    assert after < 1 or "Traceback" not in out, out
    runs.run()
    assert runs.content() == whole


@pytest.mark.parametrize(
    "limit",
    [
        pytest.param(120_000, id="while-crawling"),
        pytest.param(450_000, id="while-releasing", marks=pytest.mark.long),
    ],
)
def test_files_that_cannot_grow_end_the_run_with_one_line(
    served: tuple[SampleServer, Runs], whole: dict[str, bytes], limit: int
) -> None:
    _, runs = served
    done = runs.do(
        "run", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    )
    assert done.returncode == 5, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert not (runs.output / "latest").exists()
    runs.run()
    assert runs.content() == whole


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk is mounted by root alone")
@pytest.mark.parametrize("size", ["200k", "700k", "1500k", "2500k"])
def test_full_disk(tmp_path: Path, whole: dict[str, bytes], size: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no tmpfs can be mounted here")
    try:
        with SampleServer() as server:
            runs = Runs(sample_profile(tmp_path, server), disk / "output")
            done = runs.do("run")
            assert done.returncode == 5, done.stdout + done.stderr
            assert "Traceback" not in done.stderr, done.stderr
            grown = ["mount", "-o", "remount,size=64m", str(disk)]
            subprocess.run(grown, check=True)
            runs.run()
            assert runs.content() == whole
            shutil.rmtree(disk / "output")
    finally:
        subprocess.run(["umount", str(disk)], check=True)
