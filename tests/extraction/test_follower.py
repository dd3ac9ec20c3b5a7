"""Extraction beside a crawl, and the pass after it with the same workers."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.extract import BASE, fill
from benchmarks.pages import page, path
from benchmarks.site import profile
from harvester.archive.reader import Archive
from harvester.archive.writer import ArchiveWriter
from harvester.extraction.extractor import ExtractReport, bring_up_to_date
from harvester.extraction.follower import following
from harvester.extraction.pools import LocalPools
from harvester.extraction.store import ExtractStore
from harvester.workspace import Workspace, open_workspace

PAGES = 150

needs_proc = pytest.mark.skipif(
    not Path("/proc").is_dir(), reason="finding a pool's processes needs /proc"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    fill(tmp_path, PAGES)
    return open_workspace(profile(BASE), tmp_path)


@pytest.fixture
def pools(workspace: Workspace) -> Iterator[LocalPools]:
    with LocalPools(2) as pools:
        pools.start(workspace.context())
        yield pools


def test_what_is_not_done_beside_a_crawl_is_done_after_it(
    workspace: Workspace, pools: LocalPools
) -> None:
    with following(workspace, pools) as follower:
        wait_until(lambda: done(workspace) > 0)
    beside = done(workspace)
    assert follower.extracted == beside > 0
    assert rest(workspace, pools).extracted == PAGES - beside
    assert done(workspace) == PAGES


def test_the_rest_is_done_when_the_crawl_is_over(workspace: Workspace, pools: LocalPools) -> None:
    told: list[tuple[int, int]] = []
    with following(workspace, pools) as follower:
        wait_until(lambda: follower.extracted > 0)
        add(workspace, PAGES + 7)
        follower.finish(lambda done, total: told.append((done, total)))
        assert done(workspace) == follower.extracted == PAGES + 7
    assert rest(workspace, pools) == ExtractReport(0, 0, PAGES + 7)
    assert told[-1] == (PAGES + 7, PAGES + 7)
    assert all(done <= total for done, total in told)


@needs_proc
def test_finishing_without_workers_leaves_the_rest_to_others(
    workspace: Workspace, pools: LocalPools
) -> None:
    for pid in children():
        os.kill(pid, signal.SIGKILL)
    with following(workspace, pools) as follower:
        follower.finish()
    assert follower.extracted == 0 and not pools.running
    rest(workspace, pools)
    assert done(workspace) == PAGES


@needs_proc
def test_the_pass_after_a_crawl_has_the_same_workers(
    workspace: Workspace, pools: LocalPools
) -> None:
    with following(workspace, pools):
        wait_until(lambda: done(workspace) > 0)
    before = children()
    rest(workspace, pools)
    assert len(before) == 2 and children() == before
    pools.close()
    assert children() == []


def test_nothing_is_handed_out_after_a_crawl(workspace: Workspace) -> None:
    with Archive(workspace.archive) as archive, closing(ExtractStore(workspace.extracts)) as store:
        report = bring_up_to_date(
            archive, store, workspace.context(), enough=lambda: done(workspace) > 0
        )
        assert 0 < report.extracted < PAGES
        assert bring_up_to_date(archive, store, workspace.context()).kept == report.extracted


@needs_proc
def test_a_killed_worker_ends_what_is_done_beside_and_nothing_else(
    workspace: Workspace, pools: LocalPools
) -> None:
    with following(workspace, pools):
        wait_until(lambda: len(children()) == 2)
        os.kill(children()[0], signal.SIGKILL)
        wait_until(lambda: not pools.running)
    rest(workspace, pools)
    assert done(workspace) == PAGES


@needs_proc
def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path\n"
        "from harvester.extraction.pools import LocalPools\n"
        "from harvester.workspace import open_workspace\n"
        "from benchmarks.site import profile\n"
        "pools = LocalPools(2)\n"
        f"pools.start(open_workspace(profile({BASE!r}), Path(sys.argv[1])).context())\n"
        "print(flush=True); time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        wait_until(lambda: len(children(parent.pid)) == 2)
        workers = children(parent.pid)
        parent.kill()
    wait_until(lambda: not any(is_alive(pid) for pid in workers), seconds=10)


def add(workspace: Workspace, pages: int) -> None:
    """Archive further pages, until there are so many."""
    with ArchiveWriter(workspace.archive, run="later") as writer:
        for number in range(PAGES, pages):
            body = page(number, pages=pages, base=BASE).encode()
            moment = datetime(2026, 4, 2, tzinfo=UTC)
            headers = (("Content-Type", "text/html"),)
            writer.store(BASE + path(number), moment, 200, headers, body)


def rest(workspace: Workspace, pools: LocalPools) -> ExtractReport:
    with Archive(workspace.archive) as archive, closing(ExtractStore(workspace.extracts)) as store:
        return bring_up_to_date(archive, store, workspace.context(), pools=pools)


def wait_until(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def children(parent: int | None = None) -> list[int]:
    """The children of a process' main thread, this one's by default."""
    parent = parent or os.getpid()
    return sorted(
        int(n) for n in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    )


def is_alive(pid: int) -> bool:
    """False for a zombie too: nobody has asked for its status yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def done(workspace: Workspace) -> int:
    """The extracts in the store."""
    if not workspace.extracts.exists():
        return 0
    address = f"{workspace.extracts.as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE name = 'extracts'")
        if tables.fetchone() is None:
            return 0
        return int(database.execute("SELECT count(*) FROM extracts").fetchone()[0])
