"""A worker that follows the archive while a crawl fills it, so that little is left to do at its end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from harvester.archive.reader import Archive
from harvester.errors import HarvesterError
from harvester.extraction.extractor import bring_up_to_date
from harvester.extraction.store import ExtractStore
from harvester.harvest import HarvestContext, warm_up
from harvester.profiling import sampled
from harvester.workspace import Workspace

_PAUSE = 0.5  # seconds at most between two looks at the archive's index
_BUSY_PAUSE = 0.05  # the same while looks find answers


@contextmanager
def following(workspace: Workspace, *, samples: Path | None = None) -> Iterator[None]:
    """While the block runs, a process of its own extracts what a crawl archives.

    Whatever becomes of the worker, nothing depends on it: what it has not done is done later, by all
    cores. While the crawl starts, the worker makes ready to read pages. ``samples`` is a folder for a
    profile of the worker.
    """
    spawning = multiprocessing.get_context("spawn")
    # A pipe, not an Event: setting that waits for ever for a worker that was killed while it slept.
    ending, lifeline = spawning.Pipe(duplex=False)
    worker = spawning.Process(target=_worker, args=(workspace, ending, samples), daemon=True)
    worker.start()
    ending.close()
    try:
        yield
    finally:
        lifeline.close()
        worker.join(timeout=60)
        if worker.is_alive():
            worker.terminate()
            worker.join()


def _worker(workspace: Workspace, ending: Connection, samples: Path | None) -> None:
    _follow(workspace, ending, samples)
    os._exit(0)  # all is written; to take word lists apart would keep the parent waiting


def _follow(workspace: Workspace, ending: Connection, samples: Path | None) -> None:
    """Follow until the other end of ``ending`` closes: the crawl is over, or the parent is gone."""
    # A terminal's Ctrl-C is the parent's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        context = workspace.context()
        warm_up(context)
        while not workspace.archive_index.exists():
            if ending.poll(_BUSY_PAUSE):
                return
        with sampled(samples, "extract beside"), Archive(workspace.archive) as archive:
            store = ExtractStore(workspace.extracts)
            try:
                _look_on(archive, store, context, ending)
            finally:
                store.close()
    except (HarvesterError, sqlite3.Error):
        return  # the parent meets the same error and says it


class _CrawlOverError(Exception):
    """The crawl has ended amid a pass: what is left is for all cores."""


def _look_on(
    archive: Archive, store: ExtractStore, context: HarvestContext, ending: Connection
) -> None:
    """One pass of extraction after the other, until the crawl is over."""

    def go_on(done: int, total: int) -> None:
        if ending.poll():
            raise _CrawlOverError

    pause = _BUSY_PAUSE
    with suppress(_CrawlOverError):
        while not ending.poll(pause):
            report = bring_up_to_date(archive, store, context, progress=go_on)
            pause = _BUSY_PAUSE if report.indexed else min(1.3 * pause, _PAUSE)
