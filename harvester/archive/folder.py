"""The archive's folder: its paths, its locks, and disk errors in one clear line."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from harvester.errors import ArchiveError, LockedError, UnwritableError

#: Length of the key that person ids are made with, in bytes.
KEY_LENGTH = 32

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the parts of an archive stand."""

    path: Path

    @property
    def warc(self) -> Path:
        return self.path / "warc"

    @property
    def index(self) -> Path:
        return self.path / "index.sqlite"

    def file(self, name: str) -> Path:
        return self.warc / name

    def files(self) -> list[Path]:
        """The WARC files in the order of their names, which begin with a time."""
        return sorted(self.warc.glob("*.warc.gz"), key=lambda path: path.name)

    def make(self) -> None:
        """Create the folder, for its owner alone: the archive holds personal data."""
        with writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.warc.mkdir(exist_ok=True, mode=0o700)


def new_file_name(moment: datetime) -> str:
    """A name no other writer will choose, beginning with the UTC time of the first record."""
    stamp = moment.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ").rjust(22, "0")
    return f"harvest-{stamp}-{secrets.token_hex(6)}.warc.gz"


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns what a disk refuses into UnwritableError: one line with the path and what to do."""
    try:
        yield
    except OSError as error:
        raise UnwritableError(_refusal(path, error)) from error
    except sqlite3.OperationalError as error:
        raise UnwritableError(
            f"cannot write {path}: {error}; free space, mend permissions or name another output"
        ) from error


def try_lock(descriptor: int) -> bool:
    """Takes the file's exclusive lock if no live process holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def lock(descriptor: int) -> None:
    """Takes the file's exclusive lock, waiting for whoever looks at it for a moment."""
    fcntl.flock(descriptor, fcntl.LOCK_EX)


@contextlib.contextmanager
def index_lock(folder: Folder) -> Iterator[None]:
    """Held while the index is opened and repaired: one process at a time, others wait."""
    with _lock_file(folder.path / "index.lock", fcntl.LOCK_EX):
        yield


@contextlib.contextmanager
def writers_lock(folder: Folder) -> Iterator[None]:
    """Shared by all writers, so that nobody rewrites files beneath them."""
    with _lock_file(folder.path / "writers.lock", fcntl.LOCK_SH):
        yield


@contextlib.contextmanager
def rewriting_lock(folder: Folder) -> Iterator[None]:
    """Held while files are rewritten. Raises LockedError while a writer lives."""
    try:
        with _lock_file(folder.path / "writers.lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
            yield
    except BlockingIOError as error:
        raise LockedError(
            f"a crawl is writing to {folder.path}: wait for it or stop it, then try again"
        ) from error


def sync(path: Path) -> None:
    """Makes a file or folder durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def person_key(path: Path, *, fixed: bytes | None = None) -> bytes:
    """The key of this archive's person ids, created on first use and readable to its owner alone.

    ``fixed`` is for a sample whose ids must be the same everywhere; it is stored like a drawn one,
    and refused with ArchiveError where another key stands already: its ids would not fit.
    """
    folder = Folder(path)
    file = path / "person.key"
    if not file.exists():
        folder.make()
        with writing(file):
            _create_key(file, fixed if fixed is not None else secrets.token_bytes(KEY_LENGTH))
    with writing(file):
        key = file.read_bytes()
    if len(key) != KEY_LENGTH:
        raise ArchiveError(
            f"{file} is damaged: {KEY_LENGTH} bytes expected, {len(key)} found; restore it from a backup"
        )
    if fixed is not None and key != fixed:
        raise ArchiveError(f"{file} holds another key than this profile's; name another output")
    return key


def _create_key(file: Path, key: bytes) -> None:
    """Writes the key whole or not at all; of two processes, the first one's stays."""
    beside = file.with_name(f".{file.name}.{secrets.token_hex(6)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(key)
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(beside, file)
    finally:
        beside.unlink()


@contextlib.contextmanager
def _lock_file(path: Path, operation: int) -> Iterator[None]:
    with writing(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, operation)
        yield
    finally:
        os.close(descriptor)


def _refusal(path: Path, error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    advice = "free space" if error.errno in _FULL else "mend its permissions"
    return f"cannot write {path}: {reason}; {advice} or name another output"
