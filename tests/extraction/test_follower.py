"""The worker that extracts beside a crawl."""

from __future__ import annotations

import multiprocessing
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from benchmarks.extract import BASE, fill
from benchmarks.site import profile
from harvester.archive.reader import Archive
from harvester.extraction import follower
from harvester.extraction.extractor import ExtractReport, Progress, bring_up_to_date
from harvester.extraction.follower import following
from harvester.extraction.store import ExtractStore
from harvester.workspace import Workspace, open_workspace

PAGES = 80


def test_what_is_not_done_beside_a_crawl_is_done_after_it(tmp_path: Path) -> None:
    workspace = open_workspace(profile(BASE), tmp_path)
    fill(tmp_path, PAGES)
    with following(workspace):
        wait_for_first(workspace)
    beside = done(workspace)
    assert beside > 0
    with Archive(workspace.archive) as archive, closing(opened(workspace)) as store:
        report = bring_up_to_date(archive, store, workspace.context())
    assert report.extracted == PAGES - beside
    assert done(workspace) == PAGES


def test_when_the_crawl_is_over_the_rest_is_left_for_all_cores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = open_workspace(profile(BASE), tmp_path)
    fill(tmp_path, PAGES)
    ending, lifeline = multiprocessing.Pipe(duplex=False)

    def over_after_a_batch(*arguments: Any, progress: Progress) -> ExtractReport:
        def seen(done: int, total: int) -> None:
            lifeline.close()  # as when the crawl has ended
            progress(done, total)

        return bring_up_to_date(*arguments, progress=seen)

    monkeypatch.setattr(follower, "bring_up_to_date", over_after_a_batch)
    with ending, Archive(workspace.archive) as archive, closing(opened(workspace)) as store:
        follower._look_on(archive, store, workspace.context(), ending)
    assert 0 < done(workspace) < PAGES


def opened(workspace: Workspace) -> ExtractStore:
    return ExtractStore(workspace.extracts)


def wait_for_first(workspace: Workspace) -> None:
    deadline = time.monotonic() + 60
    while not done(workspace):
        assert time.monotonic() < deadline
        time.sleep(0.01)


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
