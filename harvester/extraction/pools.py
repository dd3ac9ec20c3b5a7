"""Pools of workers that extraction is handed to: this machine's processes, or whatever has `submit`."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, Protocol

from harvester.errors import ProgramDefectError
from harvester.harvest import HarvestContext, warm_up
from harvester.profiling import sampled

#: Seconds between two looks of a worker whether its parent is alive.
_LOOK_EVERY = 1.0


class Result(Protocol):
    """What `submit` gives: a batch under way."""

    def result(self) -> Any: ...


class Pool(Protocol):
    """What batches are handed to."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Result: ...


class Pools(Protocol):
    """Gives a pool of so many workers, and a new one once that has lost a worker.

    It may raise what ``lost`` names when it has lost one.
    """

    @property
    def workers(self) -> int: ...

    @property
    def lost(self) -> tuple[type[Exception], ...]: ...

    @property
    def running(self) -> bool:
        """Whether workers wait for work already, so that a single batch is worth handing out."""

    def opened(self) -> AbstractContextManager[Pool]: ...


class LocalPools:
    """Processes of this machine, which stay from one pass to the next until closed.

    A process with threads must not be forked: what starts threads starts the workers first.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.lost: tuple[type[Exception], ...] = (BrokenProcessPool,)
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> LocalPools:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def running(self) -> bool:
        return self._executor is not None

    def start(self, context: HarvestContext, *, samples: Path | None = None) -> None:
        """Start the workers, which make ready to read pages; ``samples`` is a folder for their profiles."""
        self._executor = self._started(context, samples)
        gc.freeze()  # what was loaded is shared with the workers, and nobody looks through it for garbage
        self._executor.submit(os.getpid)  # the first of all starts the processes

    @contextmanager
    def unreplaced(self) -> Iterator[None]:
        """While the block runs, BrokenProcessPool ends a pass: no process is started beside threads."""
        lost, self.lost = self.lost, ()
        try:
            yield
        finally:
            self.lost = lost

    @contextmanager
    def opened(self) -> Iterator[Pool]:
        """The workers, started where none are there. They may raise BrokenProcessPool."""
        if self._executor is None:
            self._executor = self._started(None, None)
        try:
            yield self._executor
        except BrokenProcessPool:
            self.close()
            raise

    def close(self) -> None:
        """End the workers after what they have begun; what was not begun is dropped."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def _started(self, context: HarvestContext | None, samples: Path | None) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.workers, initializer=_settle, initargs=(os.getpid(), context, samples)
        )


def _settle(parent: int, context: HarvestContext | None, samples: Path | None) -> None:
    """Make a worker end with its parent, and leave a terminal's Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    if samples is not None:
        sampling = ExitStack()
        sampling.enter_context(sampled(samples, "extract"))
        Finalize(None, sampling.close, exitpriority=0)  # a worker ends without `atexit`
    if context is not None:
        with suppress(ProgramDefectError):  # the page it is about will say so
            warm_up(context)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY)
    os._exit(1)
