"""Who holds a lock file: a process, on which machine, since when, and whether it still shows signs of life.

The lock itself is the kernel's (`flock`) and vanishes with its owner. It does not reach other machines on
every network disk; there the note in the file and its time of change, which a living holder renews, must do.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import socket
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harvester.errors import LockedError

#: Seconds between two signs of life.
BEAT = 20.0

#: Seconds without one after which a holder on another machine counts as dead.
DEAD_AFTER = 120.0

# What systems say where a disk has no locks at all.
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP})
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Holder:
    """What a lock file's note says; a shared lock's is its newest holder's."""

    pid: int | str = "?"
    started: str = "?"
    host: str = ""
    boot: str = ""  # tells machines of one name apart, and one machine before and after a restart
    shared: bool = False

    @property
    def is_elsewhere(self) -> bool:
        """Whether it runs on another machine, as far as the note tells."""
        here = this_holder()
        if self.host and self.host != here.host:
            return True
        return bool(self.boot and here.boot and self.boot != here.boot)

    def __str__(self) -> str:
        where = f" on {self.host}" if self.is_elsewhere else ""
        return f"process {self.pid}{where} since {self.started}"


def this_holder(*, shared: bool = False) -> Holder:
    """This process."""
    started = datetime.now(UTC).isoformat(timespec="seconds")
    return Holder(os.getpid(), started, socket.gethostname(), _boot(), shared)


def take(path: Path, descriptor: int, *, shared: bool = False) -> str | None:
    """Take an open lock file's lock and sign it; what is to be said of the holder before, if anything.

    Raises LockedError naming the holder, if it has signed, where a living one has it, here or on another
    machine.
    """
    operation = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    locked = True
    try:
        fcntl.flock(descriptor, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LockedError(f"{read_holder(descriptor) or ''}") from None
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        locked = False  # then the note is all there is
    before = read_holder(descriptor)
    told = None
    if before is not None and (before.is_elsewhere or not locked):
        age = _age(path)
        if age < DEAD_AFTER and not (shared and before.shared):
            raise LockedError(f"{before}, heard of {age:.0f} s ago")
        told = f"{path.name}: taken over from {before}, not heard of for {age:.0f} s"
    note = {name: value for name, value in asdict(this_holder(shared=shared)).items() if value}
    with contextlib.suppress(OSError):  # a full disk: the lock holds, its note is missing
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(note).encode(), 0)
    return told


def let_go(descriptor: int) -> None:
    """Close a lock file; what it said of a holder of its own is taken back."""
    holder = read_holder(descriptor)
    with contextlib.suppress(OSError):
        if holder is not None and not holder.shared and holder.pid == os.getpid():
            os.ftruncate(descriptor, 0)
    os.close(descriptor)


def read_holder(descriptor: int) -> Holder | None:
    """Who signed an open lock file last and has not let it go."""
    try:
        note: Any = json.loads(os.pread(descriptor, 1_000, 0))
    except (OSError, ValueError):
        return None
    if not isinstance(note, dict) or not note:
        return None
    known = {name: note[name] for name in ("pid", "started", "host", "boot") if name in note}
    known = {name: v for name, v in known.items() if isinstance(v, (str, int))}
    texts = {name: v if name == "pid" else str(v) for name, v in known.items()}
    return Holder(**texts, shared=note.get("shared") is True)


def refuse_other_machine(folder: Path) -> None:
    """Raises LockedError where a lock file in a folder belongs to a living holder on another machine.

    To be asked before anything is opened that only locks of one machine protect.
    """
    for path in sorted(folder.glob("*.lock")):
        with contextlib.suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY)
            try:
                holder = read_holder(descriptor)
            finally:
                os.close(descriptor)
            if holder is not None and holder.is_elsewhere and not holder.shared:
                age = _age(path)
                if age < DEAD_AFTER:
                    raise LockedError(
                        f"{path.stem} is being crawled by {holder}, heard of {age:.0f} s ago: wait for it or stop it"
                    )


@contextlib.contextmanager
def heartbeat(descriptors: Iterable[int]) -> Iterator[None]:
    """While the block runs, open lock files show a sign of life now and then."""
    ended = threading.Event()
    files = list(descriptors)

    def beat() -> None:
        while not ended.wait(BEAT):
            for descriptor in files:
                with contextlib.suppress(OSError):
                    os.utime(descriptor)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _age(path: Path) -> float:
    """Seconds since a file was changed, by the clock of the disk it lies on: others may go wrong."""
    probe = path.with_name(f".now-{socket.gethostname()}-{os.getpid()}")
    try:
        probe.touch()
        now = probe.stat().st_mtime
        probe.unlink()
    except OSError:
        now = datetime.now(UTC).timestamp()
    return max(0.0, now - path.stat().st_mtime)


def _boot() -> str:
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except OSError:  # not on Linux
        return ""
