"""One lock a host while it is crawled, freed by the kernel when its owner dies."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

from harvester.archive.holder import heartbeat, let_go, take
from harvester.errors import LockedError, UnwritableError

_POLL_SECONDS = 0.5
# What a file name must not hold; "host:port" becomes "host_port".
_UNSAFE = re.compile(r"[^a-z0-9.-]")


class HostLocks:
    """The locks of a crawl's hosts: all of them or none. A context manager that lets them go.

    ``shared`` is for workers of one crawl, who share the hosts and keep all other crawls out. ``tell``
    gets a line where a lock is taken over from another machine that shows no sign of life.
    """

    def __init__(
        self,
        folder: Path,
        hosts: Iterable[str],
        *,
        shared: bool = False,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        self._shared = shared
        self._tell = tell or logging.getLogger(__name__).warning
        self._paths = [
            folder / (_UNSAFE.sub("_", host.lower()) + ".lock") for host in sorted(set(hosts))
        ]
        self._held: list[int] = []
        self._beating = ExitStack()

    def acquire(self) -> None:
        """Take the locks now. Raises LockedError naming the owner's process, machine and start."""
        try:
            for path in self._paths:
                self._held.append(self._taken(path))
        except LockedError:
            self.release()
            raise
        self._beating.enter_context(heartbeat(self._held))

    async def wait(self) -> None:
        """Take the locks, waiting for other crawls to end."""
        while True:
            try:
                return self.acquire()
            except LockedError:
                await asyncio.sleep(_POLL_SECONDS)

    def release(self) -> None:
        """Let the locks go. Releasing twice is fine."""
        self._beating.close()
        while self._held:
            let_go(self._held.pop())

    def __enter__(self) -> HostLocks:
        self.acquire()
        return self

    def __exit__(self, *exception: object) -> None:
        self.release()

    def _taken(self, path: Path) -> int:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise UnwritableError(
                f"cannot write {path}: {error.strerror}; mend its permissions or name another output"
            ) from error
        try:
            told = take(path, descriptor, shared=self._shared)
        except LockedError as error:
            os.close(descriptor)
            message = f"{path.stem} is being crawled by {str(error) or 'another process'}: wait for it or stop it"
            raise LockedError(message) from None
        except OSError as error:
            os.close(descriptor)
            raise UnwritableError(
                f"cannot lock {path}: {error.strerror}; name another output"
            ) from error
        if told is not None:
            self._tell(told)
        return descriptor
