"""A worker that follows the archive while a crawl fills it, so that little is left to do at its end."""

from __future__ import annotations

import multiprocessing
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from harvester.archive.reader import Archive
from harvester.errors import HarvesterError
from harvester.extraction.extractor import bring_up_to_date
from harvester.extraction.store import ExtractStore
from harvester.profiling import sampled
from harvester.workspace import Workspace

_PAUSE = 0.5  # seconds between two looks at the archive's index


@contextmanager
def following(workspace: Workspace, *, samples: Path | None = None) -> Iterator[None]:
    """While the block runs, a process of its own extracts what a crawl archives.

    Whatever becomes of the worker, nothing depends on it: what it has not done is done later. ``samples`` is
    a folder for a profile of the worker.
    """
    spawning = multiprocessing.get_context("spawn")
    # A pipe, not an Event: setting that waits for ever for a worker that was killed while it slept.
    ending, lifeline = spawning.Pipe(duplex=False)
    worker = spawning.Process(target=_follow, args=(workspace, ending, samples), daemon=True)
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


def _follow(workspace: Workspace, ending: Connection, samples: Path | None) -> None:
    """Follow until the other end of ``ending`` closes: the crawl is over, or the parent is gone."""
    # A terminal's Ctrl-C is the parent's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while not workspace.archive_index.exists():
        if ending.poll(_PAUSE / 5):
            return
    try:
        context = workspace.context()
        with sampled(samples, "extract beside"), Archive(workspace.archive) as archive:
            store = ExtractStore(workspace.extracts)
            try:
                while not ending.poll(_PAUSE):
                    bring_up_to_date(archive, store, context)
            finally:
                store.close()
    except (HarvesterError, sqlite3.Error):
        return  # the parent meets the same error and says it
