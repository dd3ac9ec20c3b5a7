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
from harvester.sites import Profile
from harvester.workspace import Workspace

# Seconds between two looks at the archive's index: at most, within a pass, and after a pass that did something.
_PAUSE, _PASS_PAUSE, _BUSY_PAUSE = 0.5, 0.05, 0.01


@contextmanager
def following(workspace: Workspace, pools: LocalPools) -> Iterator[Follower]:
    """While the block runs, running workers extract what a crawl archives; a thread hands it to them.

    Whatever becomes of it, nothing depends on it: what is not done by the block's end is left to the
    pass that follows, which may have the same workers.
    """
    follower = Follower(workspace, pools)
    follower.start()
    try:
        yield follower
    finally:
        follower.stop()


class Follower:
    """Extracts what an archive is given, for as long as a crawl lasts or until all is done."""

    def __init__(self, workspace: Workspace, pools: LocalPools) -> None:
        #: Bodies that have been extracted so far.
        self.extracted = 0
        self._workspace = workspace
        self._pools = pools
        self._progress: Progress | None = None
        self._crawled = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._follow_quietly, daemon=True)

    def start(self) -> None:
        """Begin to look what the archive is given."""
        self._thread.start()

    def finish(self, progress: Progress | None = None) -> None:
        """Extract the rest after the crawl: by the workers as they are, which wait for nothing in between."""
        self._progress = progress
        self._crawled.set()
        self._thread.join()

    def stop(self) -> None:
        """Hand out nothing more, and end with what is under way."""
        self._stopped.set()
        self._crawled.set()
        self._thread.join()

    def _follow_quietly(self) -> None:
        # What hinders it, the pass that follows meets again and says.
        with (
            suppress(HarvesterError, sqlite3.Error, OSError, BrokenProcessPool),
            self._pools.unreplaced(),
        ):
            self._follow()

    def _follow(self) -> None:
        while not self._workspace.archive_index.exists():
            if self._crawled.wait(_PASS_PAUSE):
                return
        context, pause = self._workspace.context(), _BUSY_PAUSE
        with (
            Archive(self._workspace.archive) as archive,
            closing(ExtractStore(self._workspace.extracts)) as store,
        ):
            look = _Look(archive, store, self._workspace.profile)
            crawled = False
            while not (crawled or self._stopped.is_set()):
                crawled = self._crawled.wait(pause)  # the pass that follows sees all of it
                report = bring_up_to_date(
                    archive,
                    store,
                    context,
                    pools=self._pools,
                    progress=self._counting(),
                    enough=self._stopped.is_set,
                    more=look.finds_more,
                )
                found = report.indexed or report.extracted
                pause = _BUSY_PAUSE if found else min(1.3 * pause, _PAUSE)

    def _counting(self) -> Progress:
        before = self.extracted

        def count(done: int, total: int) -> None:
            self.extracted = before + done
            if self._progress is not None:
                self._progress(self.extracted, before + max(done, total))

        return count


@dataclass(slots=True)
class _Look:
    """A look at what the archive was given while a pass goes on; often, it would find little."""

    archive: Archive
    store: ExtractStore
    profile: Profile
    last: float = 0.0

    def finds_more(self) -> bool:
        """Whether answers have come since the last look, which are then there to be extracted."""
        if time.monotonic() - self.last < _PASS_PAUSE:
            return False
        self.last = time.monotonic()
        return index_archive(self.archive, self.store, self.profile) > 0
