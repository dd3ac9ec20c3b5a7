"""Releases: built beside, checked, put in place by one rename, and never changed again.

`latest` is a relative link. Whatever kills a build, the last release stays and `latest` points to
a whole one; the next build under the lock finishes or clears what was left behind.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from harvester.archive.holder import heartbeat, let_go, take
from harvester.datasets.bounds import Bound, read_accepted
from harvester.datasets.changes import Redact, write_changes
from harvester.datasets.check_results import (
    REPORT_NAME,
    CheckResult,
    require_passed,
    write_report,
)
from harvester.datasets.checks import run_checks
from harvester.datasets.cores import cores
from harvester.datasets.diff import CauseOf, diff
from harvester.datasets.files import write_tables
from harvester.datasets.files.books import Books
from harvester.datasets.files.checksums import content_digest, write_checksums
from harvester.datasets.files.datapackage import FILE_NAME as PACKAGE_NAME
from harvester.datasets.files.datapackage import write_datapackage
from harvester.datasets.files.readme import write_readme
from harvester.datasets.folders import (
    RELEASES,
    NotInReleaseError,
    latest_version,
    release_versions,
    version_order,
)
from harvester.datasets.info import ReleaseInfo
from harvester.datasets.publication import (
    STAGING,
    point_latest,
    publish,
    recover,
    remove,
    writable,
)
from harvester.errors import LockedError

#: Adds files to a release before it is described: staging folder, last release's folder or None.
AddFiles = Callable[[Path, Path | None], None]

_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to; ``new`` is False where the content equals the last release's."""

    version: str
    folder: Path
    new: bool
    rows: Mapping[str, int]
    checks: tuple[CheckResult, ...] = ()
    changes: Mapping[tuple[str, str], int] = dataclasses.field(default_factory=dict)
    removed: tuple[str, ...] = ()  # older releases that name people suppressed since


@dataclass(frozen=True, slots=True)
class Listed:
    """A release in a list of releases."""

    version: str
    created: str
    rows: Mapping[str, int]
    latest: bool


class Releases:
    """The releases of one output folder."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = output / RELEASES

    @property
    def latest(self) -> Path | None:
        """The folder that `latest` points to."""
        version = latest_version(self.output)
        return self.folder / version if version else None

    @property
    def latest_is_public(self) -> bool:
        """True where the latest release leaves out full texts and people who are only mentioned."""
        return self.latest is not None and _is_public(self.latest)

    def listed(self) -> list[Listed]:
        """The releases, oldest first."""
        latest = latest_version(self.output)
        found = []
        for version in release_versions(self.output):
            package = _package(self.folder / version)
            resources = package.get("resources", [])
            rows = {r["name"]: r["rows"] for r in resources if "rows" in r}
            found.append(Listed(version, str(package.get("created", "")), rows, version == latest))
        return found

    def next_version(self, newest_capture: date) -> str:
        """The version a build gets: the newest capture's day and a number, after all there are."""
        year, month, day, number = newest_capture.year, newest_capture.month, newest_capture.day, 1
        for last in release_versions(self.output)[-1:]:
            *last_day, last_number = version_order(last)
            if (year, month, day) <= tuple(last_day):
                year, month, day, number = *last_day, last_number + 1
        return f"{year:04}.{month:02}.{day:02}-{number}"

    def build(
        self,
        tables: Mapping[str, Iterable[Any]],
        info: ReleaseInfo,
        *,
        bounds: Sequence[Bound] = (),
        cause_of: CauseOf | None = None,
        redact: Redact | None = None,
        add_files: AddFiles | None = None,
        keep: int | None = None,
        force: bool = False,
    ) -> Built:
        """A release of the tables, or the last one where its content is the same (and no ``force``).

        Each table's records are consumed once. Raises CheckFailedError where a check stops it (the
        report lies in the output folder), LockedError where another build runs, UnwritableError
        where the disk refuses; in all cases the last release stays. ``keep`` removes older ones. ``redact`` is asked for
        every text that the changes quote, so that a person who is suppressed now is not named there.
        Older releases that were made with people suppressed now (``info.without``) are removed.
        """
        with self._locked(), writable(self.output):
            staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=self.folder))
            try:
                built = self._staged(
                    staging, tables, info, bounds, cause_of, redact, add_files, force
                )
                if built.new:
                    publish(self.output, staging, built.version)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
            removed = self._remove_outdated(info.without)
            if keep is not None:
                self._prune(keep)
            return dataclasses.replace(built, removed=removed)

    def outdated(self, without: Iterable[str]) -> list[str]:
        """The releases that were made before somebody was suppressed, oldest first."""
        wanted = set(without)
        return [v for v in release_versions(self.output) if wanted - _without(self.folder / v)]

    def rollback(self, version: str | None = None, *, without: Iterable[str] = ()) -> str:
        """Points `latest` back to a release, the one before it where none is named.

        Raises NotInReleaseError where there is no such release, or where it was made before
        somebody was suppressed (``without``, as in `ReleaseInfo`) and may name them.
        """
        outdated = set(self.outdated(without))
        with self._locked(), writable(self.output):
            there, latest = release_versions(self.output), latest_version(self.output)
            known = ", ".join(there) or "none"
            if version is None:
                older = there[: there.index(latest)] if latest in there else []
                older = [v for v in older if v not in outdated]
                if not older:
                    raise NotInReleaseError(f"no release before {latest}: there are {known}")
                version = older[-1]
            if version not in there:
                raise NotInReleaseError(f"no release {version!r}: there are {known}")
            if version in outdated:
                raise NotInReleaseError(
                    f"release {version} may name people who are suppressed since; run `harvester release` to make one without them"
                )
            point_latest(self.output, version)
            return version

    def prune(self, keep: int) -> list[str]:
        """Removes all but the newest ``keep`` releases and the latest; returns what went."""
        with self._locked(), writable(self.output):
            return self._prune(keep)

    def _staged(
        self,
        staging: Path,
        tables: Mapping[str, Iterable[Any]],
        info: ReleaseInfo,
        bounds: Sequence[Bound],
        cause_of: CauseOf | None,
        redact: Redact | None,
        add_files: AddFiles | None,
        force: bool,
    ) -> Built:
        last = self.base_of(public=info.public)
        version = self.next_version(info.created_utc.date())
        info = dataclasses.replace(info, version=version, base=last.name if last else None)
        with Books(staging, info, second_process=cores() > 1) as books:
            rows = write_tables(staging, tables, info, books)
            digest = content_digest(staging, info.schema_version)
            if last and not force and self._says_the_same(last, digest, info):
                return Built(last.name, last, False, rows)
            results = run_checks(staging, bounds, last, read_accepted(self.output))
            write_report(self.output / REPORT_NAME, results)
            require_passed(results)
            write_report(staging / REPORT_NAME, results)
            changes = diff(last, staging, cause_of) if last else ()
            counts: Counter[tuple[str, str]] = write_changes(
                staging, changes, version=version, base=info.base, redact=redact
            )
            pa.default_memory_pool().release_unused()  # what the checks read: others need the room
            if add_files is not None:
                add_files(staging, last)
            books.finish()
        write_readme(staging, info, rows)
        write_datapackage(staging, info, rows, digest)
        write_checksums(staging)
        return Built(version, self.folder / version, True, rows, tuple(results), counts)

    def base_of(self, *, public: bool) -> Path | None:
        """The release that the next one is compared with: the newest of its kind up to `latest`.

        A public release is compared with public ones alone, so that its changes quote no text
        that it leaves out.
        """
        there, latest = release_versions(self.output), latest_version(self.output)
        until = there[: there.index(latest) + 1] if latest in there else []
        folders = (self.folder / version for version in reversed(until))
        return next((f for f in folders if _is_public(f) == public), None)

    def _says_the_same(self, last: Path, digest: str, info: ReleaseInfo) -> bool:
        """True where the last release holds this content and names nobody who is suppressed now."""
        return (
            last == self.latest
            and _content_digest_of(last) == digest
            and not set(info.without) - _without(last)
        )

    def _remove_outdated(self, without: Iterable[str]) -> tuple[str, ...]:
        latest = latest_version(self.output)
        gone = tuple(version for version in self.outdated(without) if version != latest)
        for version in gone:
            remove(self.output, version)
        return gone

    def _prune(self, keep: int) -> list[str]:
        there, latest = release_versions(self.output), latest_version(self.output)
        gone = [v for v in there[: -max(1, keep)] if v != latest]
        for version in gone:
            remove(self.output, version)
        return gone

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with writable(self.output):
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / _LOCK
            lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            told = take(path, lock)
        except LockedError as error:
            os.close(lock)
            message = f"{self.folder} is in use by {str(error) or 'another build'}: wait for it or stop it"
            raise LockedError(message) from None
        if told is not None:
            logging.getLogger(__name__).warning("harvester: %s", told)
        try:
            with heartbeat([lock]):
                with writable(self.output):
                    recover(self.output)
                yield
        finally:
            let_go(lock)


def _package(release: Path) -> dict[str, Any]:
    """A release's descriptor; empty where it is missing or damaged."""
    try:
        package = json.loads((release / PACKAGE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return package if isinstance(package, dict) else {}


def _facts(release: Path) -> dict[str, Any]:
    """What the program says of a release in its descriptor."""
    facts = _package(release).get("harvester")
    return facts if isinstance(facts, dict) else {}


def _content_digest_of(release: Path) -> str | None:
    digest = _facts(release).get("content_digest")
    return digest if isinstance(digest, str) else None


def _without(release: Path) -> set[str]:
    """The marks of the suppressed names that a release was made without."""
    marks = _facts(release).get("without")
    return {str(mark) for mark in marks} if isinstance(marks, list) else set()


def _is_public(release: Path) -> bool:
    return _facts(release).get("public") is True
