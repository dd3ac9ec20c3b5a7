"""Follows the archive while a crawl fills it, so that little is left to extract at its end."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

from harvester.archive.reader import Archive
from harvester.errors import HarvesterError
from harvester.extraction.extractor import Progress, bring_up_to_date, index_archive
from harvester.extraction.pools import LocalPools
from harvester.extraction.store import ExtractStore
from harvester.workspace import Workspace

# Seconds between two looks at the archive's index: at most, within a pass, and after a pass that found answers.
_PAUSE, _PASS_PAUSE, _BUSY_PAUSE = 0.5, 0.05, 0.01


@dataclass(slots=True)
class Followed:
    """How many bodies have been extracted so far."""

    extracted: int = 0


@contextmanager
def following(workspace: Workspace, pools: LocalPools) -> Iterator[Followed]:
    """While the block runs, running workers extract what a crawl archives; a thread hands it to them.

    Whatever becomes of it, nothing depends on it: what is not done by the block's end is left to the
    pass that follows, which may have the same workers.
    """
    over, followed = threading.Event(), Followed()
    follower = threading.Thread(
        target=_follow, args=(workspace, pools, over, followed), daemon=True
    )
    with pools.unreplaced():
        follower.start()
        try:
            yield followed
        finally:
            over.set()
            follower.join()


def _follow(
    workspace: Workspace, pools: LocalPools, over: threading.Event, followed: Followed
) -> None:
    # What hinders it is met again, and said, by the pass that follows.
    with suppress(HarvesterError, sqlite3.Error, OSError, BrokenProcessPool):
        while not workspace.archive_index.exists():
            if over.wait(_PASS_PAUSE):
                return
        with (
            Archive(workspace.archive) as archive,
            closing(ExtractStore(workspace.extracts)) as store,
        ):
            _Follower(workspace, archive, store, followed).look_on(pools, over)


@dataclass(slots=True)
class _Follower:
    workspace: Workspace
    archive: Archive
    store: ExtractStore
    followed: Followed

    def look_on(self, pools: LocalPools, over: threading.Event) -> None:
        """One pass of extraction after the other, until the crawl is over."""
        context, pause = self.workspace.context(), _BUSY_PAUSE
        while not over.wait(pause):
            report = bring_up_to_date(
                self.archive,
                self.store,
                context,
                pools=pools,
                progress=self._looking(),
                enough=over.is_set,
            )
            found = report.indexed or report.extracted
            pause = _BUSY_PAUSE if found else min(1.3 * pause, _PAUSE)

    def _looking(self) -> Progress:
        """Counts a pass's bodies, and looks for what is new meanwhile."""
        looked, before = time.monotonic(), self.followed.extracted

        def look(done: int, total: int) -> None:
            nonlocal looked
            self.followed.extracted = before + done
            if time.monotonic() - looked > _PASS_PAUSE:
                index_archive(self.archive, self.store, self.workspace.profile)
                looked = time.monotonic()

        return look
