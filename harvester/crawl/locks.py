"""One lock a host while it is crawled, freed by the kernel when its owner dies."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harvester.errors import LockedError, UnwritableError

_POLL_SECONDS = 0.5
# What a file name must not hold; "host:port" becomes "host_port".
_UNSAFE = re.compile(r"[^a-z0-9.-]")


class HostLocks:
    """The locks of a crawl's hosts: all of them or none. A context manager that lets them go.

    ``shared`` is for workers of one crawl, who share the hosts and keep all other crawls out.
    """

    def __init__(self, folder: Path, hosts: Iterable[str], *, shared: bool = False) -> None:
        self._operation = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        self._paths = [
            folder / (_UNSAFE.sub("_", host.lower()) + ".lock") for host in sorted(set(hosts))
        ]
        self._held: list[int] = []

    def acquire(self) -> None:
        """Take the locks now. Raises LockedError naming the owner's process and start."""
        try:
            for path in self._paths:
                self._held.append(_taken(path, self._operation))
        except LockedError:
            self.release()
            raise

    async def wait(self) -> None:
        """Take the locks, waiting for other crawls to end."""
        while True:
            try:
                return self.acquire()
            except LockedError:
                await asyncio.sleep(_POLL_SECONDS)

    def release(self) -> None:
        """Let the locks go. Releasing twice is fine."""
        while self._held:
            os.close(self._held.pop())

    def __enter__(self) -> HostLocks:
        self.acquire()
        return self

    def __exit__(self, *exception: object) -> None:
        self.release()


def _taken(path: Path, operation: int) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise UnwritableError(
            f"cannot write {path}: {error.strerror}; mend its permissions or name another output"
        ) from error
    try:
        fcntl.flock(descriptor, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = _owner(descriptor)
        os.close(descriptor)
        raise LockedError(
            f"{path.stem} is being crawled by process {owner.get('pid', '?')} since "
            f"{owner.get('started', '?')}: wait for it or stop it"
        ) from None
    note = {"pid": os.getpid(), "started": datetime.now(UTC).isoformat(timespec="seconds")}
    with contextlib.suppress(OSError):  # a full disk: the lock holds, its note is missing
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(note).encode(), 0)
    return descriptor


def _owner(descriptor: int) -> dict[str, Any]:
    try:
        note = json.loads(os.pread(descriptor, 1_000, 0))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}
