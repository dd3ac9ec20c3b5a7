"""Recorded causes: what each release in between wrote of its changes, joined for a longer stretch."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from harvester.datasets.diff import Cause, CauseOf
from harvester.datasets.folders import DamagedReleaseError
from harvester.datasets.origin import Origin


def recorded_causes(old: Path, new: Path) -> CauseOf | None:
    """The causes that the releases from ``old`` to ``new`` recorded; None where they do not join up.

    Both must lie in one folder of releases, and each release in between must stand on the one
    before. A value that changed twice has both causes.
    """
    chain = _chain(old, new)
    if chain is None:
        return None
    causes: dict[tuple[str, str, str], set[str]] = {}
    for release in chain:
        for table, row_id, column, cause in _recorded(release):
            causes.setdefault((table, row_id, column), set()).add(cause)

    def cause_of(table: str, row_id: str, column: str, old: object, new: object) -> Cause | None:
        return _joined(causes.get((table, row_id, column), set()))

    return cause_of


def last_recorded(release: Path, table: str, row_id: str) -> Iterator[tuple[str, str, str]]:
    """The newest recorded changes of a row, as (column, release, cause), one for each column.

    The column is empty where the row itself came. Releases that are no longer kept say nothing.
    """
    told: set[str] = set()
    for folder in _backwards(release):
        for name, key, column, cause in _recorded(folder, only=row_id):
            if (name, key) == (table, row_id) and column not in told:
                told.add(column)
                yield column, folder.name, cause


def _chain(old: Path, new: Path) -> list[Path] | None:
    old, new = old.resolve(), new.resolve()
    chain: list[Path] = []
    for release in _backwards(new):
        if release == old:
            return chain[::-1]
        chain.append(release)
    return None


def _backwards(release: Path) -> Iterator[Path]:
    """A release, the one it stands on, and so on, as far as they are kept."""
    folder: Path | None = release.resolve()
    seen: set[Path] = set()
    while folder is not None and folder.is_dir() and folder not in seen:
        seen.add(folder)
        yield folder
        try:
            base = Origin.of(folder).base
        except DamagedReleaseError:
            return
        folder = folder.parent / base if base else None


def _recorded(release: Path, only: str = "") -> Iterator[tuple[str, str, str, str]]:
    path = release / "changes.csv"
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        if only and only not in file.read():
            return
        file.seek(0)
        for row in csv.DictReader(file):
            yield row["table"], row["row_id"], row["column"], row["cause"]


def _joined(causes: set[str]) -> Cause | None:
    if not causes or "" in causes:
        return None
    if len(causes) == 1:
        return Cause(next(iter(causes)))
    return Cause.BOTH
