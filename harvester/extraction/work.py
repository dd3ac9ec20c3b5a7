"""Work handed out: batches of bodies to a pool of processes, results back in order, none lost.

A few batches a worker are under way at any time, so that memory does not grow with the archive. The
pool may be of this machine's processes or of others' (`harvester.cluster`): anything with `submit`.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from harvester.archive.capture import Capture
from harvester.archive.reader import Archive
from harvester.errors import ArchiveError
from harvester.extraction.pools import Pools, Result
from harvester.extraction.store import Extract
from harvester.harvest import Answer, HarvestContext, harvest_each_or_quarantine
from harvester.pages.rest import RestEntry

#: Batches under way for each worker of a pool.
_AHEAD = 2

#: Bytes of bodies that are harvested together; one more may pass them.
_TOGETHER = 2_000_000


@dataclass(frozen=True, slots=True)
class Task:
    """A stored body to harvest, and what REST says of its page."""

    url: str
    digest: str
    entry: RestEntry | None
    fingerprint: str  # of the entry


@dataclass(frozen=True, slots=True)
class PageTasks:
    """What of a page is to do for a change of it."""

    change: int
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class PageExtracts:
    """What the tasks of a page have given."""

    change: int
    extracts: tuple[tuple[Task, Extract], ...]


Batch = list[PageTasks]


@dataclass(frozen=True, slots=True)
class Work:
    """Extraction over an archive, by this process (without pools) or a pool."""

    archive: Archive
    context: HarvestContext
    pools: Pools | None

    def extracted(self, batches: Iterator[Batch]) -> Iterator[list[PageExtracts]]:
        """Every batch with its extracts, in the order given. Raises ArchiveError."""
        under_way: deque[Batch] = deque()
        if self.pools is not None:
            few = 1 if self.pools.running else 2  # one batch is not worth opening a pool
            under_way += islice(batches, few)
            if len(under_way) == few:
                yield from self._in_pools(self.pools, under_way, batches)
        while under_way:
            yield self._here(under_way.popleft())
        yield from (self._here(batch) for batch in batches)

    def _in_pools(
        self, pools: Pools, under_way: deque[Batch], batches: Iterator[Batch]
    ) -> Iterator[list[PageExtracts]]:
        """Hand out what is under way and more until all is done, or no pool lives to do anything."""
        failures = 0
        while under_way and failures < 2:
            try:
                for done in self._pooled(pools, under_way, batches):
                    failures = 0
                    yield done
            except pools.lost:
                # A worker was killed: what was in hand is done again by new ones.
                failures += 1

    def _here(self, batch: Batch) -> list[PageExtracts]:
        return _with_extracts(batch, _extracts(self.archive, self.context, batch))

    def _pooled(
        self, pools: Pools, under_way: deque[Batch], batches: Iterator[Batch]
    ) -> Iterator[list[PageExtracts]]:
        """The same in one pool; a batch leaves ``under_way`` with its result."""
        folder = str(self.archive.folder.absolute())
        with pools.opened() as pool:

            def handed(batch: Batch) -> Result:
                return pool.submit(extracts_of, folder, self.context, batch)

            results = deque(handed(batch) for batch in under_way)
            while results:
                while len(results) < pools.workers * _AHEAD:
                    batch = next(batches, None)
                    if batch is None:
                        break
                    under_way.append(batch)
                    results.append(handed(batch))
                extracts = results.popleft().result()
                yield _with_extracts(under_way.popleft(), extracts)


def extracts_of(folder: str, context: HarvestContext, batch: Batch) -> list[Extract]:
    """The extracts of a batch's tasks, in order, from the archive in a folder."""
    return _extracts(_opened(folder, os.getpid()), context, batch)


def stored_capture(archive: Archive, url: str, digest: str) -> Capture:
    """The oldest stored answer of an address with this body. Raises ArchiveError."""
    capture = archive.oldest_capture(url, digest)
    if capture is None:
        raise ArchiveError(
            f"{url}: its stored body {digest[:19]}… is missing from the archive; run `harvester archive verify`"
        )
    return capture


def _extracts(archive: Archive, context: HarvestContext, batch: Batch) -> list[Extract]:
    """The extracts of a batch's tasks, in order; bodies are read together and harvested together."""
    tasks = [task for page in batch for task in page.tasks]
    extracts: list[Extract] = []
    for answers in _answers(archive, tasks):
        with _nothing_collected():
            extracts += map(Extract.of, harvest_each_or_quarantine(answers, context))
    return extracts


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """No garbage is looked for meanwhile: what a page leaves goes by itself, without a cycle in it.

    To look cost a thirtieth of a page's time.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _answers(archive: Archive, tasks: Iterable[Task]) -> Iterator[list[Answer]]:
    """The stored answers of tasks, as many at a time as memory is given to."""
    remaining = deque(tasks)
    while remaining:
        answers: list[Answer] = []
        size = 0
        with archive.one_look():
            while remaining and (not answers or size < _TOGETHER):
                task = remaining.popleft()
                capture = stored_capture(archive, task.url, task.digest)
                answers.append((capture, task.entry))
                size += len(capture.body)
        yield answers


def _with_extracts(batch: Batch, extracts: list[Extract]) -> list[PageExtracts]:
    remaining = iter(extracts)
    return [
        PageExtracts(page.change, tuple((task, next(remaining)) for task in page.tasks))
        for page in batch
    ]


@lru_cache(maxsize=4)
def _opened(folder: str, process: int) -> Archive:
    """A worker's own open archive; a forked child does not share its parent's."""
    return Archive(Path(folder))
