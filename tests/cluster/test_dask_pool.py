from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

from benchmarks.extract import fill
from benchmarks.site import profile
from harvester.archive.reader import Archive
from harvester.cluster.dask_pool import pools
from harvester.errors import UnreachableError
from harvester.extraction.extractor import ExtractReport, Progress, bring_up_to_date
from harvester.extraction.store import ExtractStore
from harvester.extraction.work import Pools
from harvester.harvest import HarvestContext

PAGES = 160
CONTEXT = HarvestContext(profile("http://127.0.0.1:8009"), b"k" * 32)


class Cluster:
    """A scheduler and workers, each a process of its own without a nanny to start it anew."""

    def __init__(self, workers: int) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = _started("scheduler", "--host", self.address, "--no-dashboard")
        options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--death-timeout", "20")
        self.workers = [_started("worker", self.address, *options) for _ in range(workers)]

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def _started(*command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster(2)
    try:
        yield cluster
    finally:
        cluster.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path, PAGES)
    return tmp_path


def connected(address: str) -> Pools:
    """The cluster's pools, once both workers are there."""
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        try:
            found = pools(address)
        except UnreachableError:
            time.sleep(0.2)
            continue
        if found.workers == 2:
            return found
    raise AssertionError("the cluster does not start")


def extracted(
    folder: Path, name: str, found: Pools | None = None, progress: Progress | None = None
) -> tuple[ExtractReport, list[tuple[object, ...]]]:
    """What a pass did, and every row of its store."""
    store = ExtractStore(folder / name)
    try:
        with Archive(folder / "archive") as archive:
            report = bring_up_to_date(archive, store, CONTEXT, pools=found, progress=progress)
        rows = store._db.execute(
            "SELECT url, digest, fingerprint, version, harvest FROM extracts ORDER BY 1, 2, 3"
        )
        return report, rows.fetchall()
    finally:
        store.close()


@pytest.mark.long
def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(
    folder: Path, cluster: Cluster
) -> None:
    here = extracted(folder, "here.sqlite")[1]

    def kill_one(done: int, total: int) -> None:
        if cluster.workers[0].poll() is None:
            cluster.workers[0].kill()

    report, rows = extracted(folder, "there.sqlite", connected(cluster.address), kill_one)
    assert report.extracted == PAGES
    assert rows == here


@pytest.mark.long
def test_a_lost_scheduler_is_said_and_the_same_call_goes_on(folder: Path, cluster: Cluster) -> None:
    def stop(done: int, total: int) -> None:
        cluster.close()

    with pytest.raises(UnreachableError, match="nothing is lost"):
        extracted(folder, "rows.sqlite", connected(cluster.address), stop)
    report, rows = extracted(folder, "rows.sqlite")
    assert 0 < report.kept < PAGES
    assert len(rows) == PAGES


def test_no_scheduler_is_said() -> None:
    with pytest.raises(UnreachableError, match="nothing is lost"):
        pools("tcp://127.0.0.1:1")
