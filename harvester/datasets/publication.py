"""Publication: a staged folder becomes the latest release, whole or not at all.

Whatever kills it, `latest` points to a whole release; `recover` finishes or clears the rest. The
caller holds the lock of the releases folder.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from xlsxwriter.exceptions import XlsxWriterException

from harvester.archive.folder import sync
from harvester.datasets.folders import LATEST, RELEASES, latest_version, release_versions
from harvester.errors import UnwritableError

#: How the folder that a release is built in begins; always within the releases folder, so that
#: one rename can put it in place.
STAGING = ".staging-"

_MARK = ".publishing"
_SYNCED_AT_ONCE = 8
_REMOVING, _LINK = ".removing-", ".latest-"


def publish(output: Path, staging: Path, version: str) -> None:
    """Puts the staged folder in place by one rename, read-only, and points `latest` to it.

    A mark names the version meanwhile, so that the next build can finish what a kill cut in two.
    """
    # A gallery has thousands of files: synced side by side, a disk writes many of them at once.
    with ThreadPoolExecutor(_SYNCED_AT_ONCE) as pool:
        list(pool.map(_settle, staging.rglob("*")))
    staging.chmod(0o755)
    sync(staging)
    folder = output / RELEASES
    mark = folder / _MARK
    mark.write_text(version, encoding="ascii")
    sync(mark)
    staging.rename(folder / version)
    sync(folder)
    point_latest(output, version)
    mark.unlink()


def _settle(path: Path) -> None:
    """Makes a file read-only, and sees to it that a file or folder is on the disk."""
    if path.is_file():
        path.chmod(0o444)
    sync(path)


def point_latest(output: Path, version: str) -> None:
    """Makes `latest` a relative link to the release, in one step."""
    link = output / f"{_LINK}{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(RELEASES) / version)
    link.replace(output / LATEST)
    sync(output)


def remove(output: Path, version: str) -> None:
    """Removes a release; one that is removed in part is no release any more."""
    folder = output / RELEASES
    aside = folder / f"{_REMOVING}{version}"
    (folder / version).rename(aside)
    shutil.rmtree(aside)


def recover(output: Path) -> None:
    """Finishes a publication that was cut in two and clears what killed builds left.

    Where `latest` is lost or points nowhere, it points to the newest release again. Raises
    UnwritableError where a folder or file stands in its place.
    """
    folder = output / RELEASES
    link = output / LATEST
    if not link.is_symlink() and link.exists():
        raise UnwritableError(
            f"{link} is no link to a release (a copy that did not keep links?): remove or rename it"
        )
    mark = folder / _MARK
    if mark.is_file():
        version = mark.read_text(encoding="ascii", errors="replace")
        if version in release_versions(output):
            point_latest(output, version)
        mark.unlink()
    versions = release_versions(output)
    if versions and latest_version(output) is None:
        point_latest(output, versions[-1])
    for entry in folder.iterdir():
        if entry.name.startswith((STAGING, _REMOVING)):
            shutil.rmtree(entry)
    for entry in output.iterdir():
        if entry.name.startswith(_LINK):
            entry.unlink()


@contextmanager
def writable(output: Path) -> Iterator[None]:
    """Turns what the disk refuses into UnwritableError with one line."""
    try:
        yield
    except (OSError, sqlite3.OperationalError, XlsxWriterException) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise UnwritableError(
            f"{output} cannot be written ({reason}): free space or mend the permissions; the last release stays"
        ) from error
