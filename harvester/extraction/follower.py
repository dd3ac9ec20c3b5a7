"""A worker that follows the archive while a crawl fills it, so that little is left to do at its end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
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
    enough = spawning.Event()
    worker = spawning.Process(
        target=_follow, args=(workspace, enough, os.getpid(), samples), daemon=True
    )
    worker.start()
    try:
        yield
    finally:
        enough.set()
        worker.join(timeout=60)
        if worker.is_alive():
            worker.terminate()
            worker.join()


def _follow(workspace: Workspace, enough: Event, parent: int, samples: Path | None) -> None:
    # A terminal's Ctrl-C is the parent's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while not enough.is_set() and not workspace.archive_index.exists():
        time.sleep(_PAUSE / 5)
    if enough.is_set():
        return
    try:
        context = workspace.context()
        with sampled(samples, "extract beside"), Archive(workspace.archive) as archive:
            store = ExtractStore(workspace.extracts)
            try:
                while not enough.is_set() and os.getppid() == parent:
                    bring_up_to_date(archive, store, context)
                    enough.wait(_PAUSE)
            finally:
                store.close()
    except (HarvesterError, sqlite3.Error):
        return  # the parent meets the same error and says it
