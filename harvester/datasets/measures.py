"""Measures: the figures that bounds are set on, each by group of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from harvester.datasets.table_source import TableSource
from harvester.records import columns, primary_key


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured: a table, perhaps a part of its rows, a column, groups."""

    table: str
    per: str | None = None
    column: str | None = None
    where: Mapping[str, Any] | None = None
    window: tuple[int, int] | None = None
    child: str | None = None
    slack: int = 0


#: Figures by group; the one group of an ungrouped measure is called "".
Figures = dict[str, float]


def measured(
    measure: str, now: TableSource, before: TableSource | None, subject: Subject
) -> Figures:
    """A measure's figure for each group that has rows (relative ones: that had rows before)."""
    return MEASURES[measure].figures(now, before, subject)


def _rows(now: TableSource, before: TableSource | None, subject: Subject) -> Figures:
    """Number of rows."""
    counts = {group: float(len(part)) for group, part in _groups(now, subject).items()}
    return counts if subject.per or counts else {"": 0.0}


def _filled(now: TableSource, before: TableSource | None, subject: Subject) -> Figures:
    """Share of rows whose column is not null."""
    return {
        group: 1 - part.column(subject.column).null_count / len(part)
        for group, part in _groups(now, subject).items()
    }


def _share(now: TableSource, before: TableSource | None, subject: Subject) -> Figures:
    """Share of rows whose true/false column is true."""
    return {
        group: (pc.sum(part.column(subject.column)).as_py() or 0) / len(part)
        for group, part in _groups(now, subject).items()
    }


def _far_from_edition(now: TableSource, before: TableSource | None, subject: Subject) -> Figures:
    """Share of the dated rows of an edition whose year lies outside the window around it."""
    first, last = subject.window or (0, 0)
    figures = {}
    for group, part in _groups(now, subject, "edition").items():
        years = pc.year(part.column(subject.column))
        offset = pc.subtract(years, part.column("edition")).drop_null()
        near = pc.and_(pc.greater_equal(offset, first), pc.less_equal(offset, last))
        if len(offset):
            figures[group] = 1 - (pc.sum(near).as_py() or 0) / len(offset)
    return figures


def _with_children(now: TableSource, before: TableSource | None, subject: Subject) -> Figures:
    """Share of rows that a row of the child table names (with the child's column not null)."""
    key = str(primary_key(subject.table))
    wanted = [key, subject.column] if subject.column else [key]
    child = now.read(str(subject.child), wanted)
    if subject.column:
        child = child.filter(child.column(subject.column).is_valid())
    parents = pc.unique(child.column(key))
    return {
        group: (pc.sum(pc.is_in(part.column(key), value_set=parents)).as_py() or 0) / len(part)
        for group, part in _groups(
            now, Subject(subject.table, subject.per, key, subject.where)
        ).items()
    }


def _kept(now: TableSource, before: TableSource | None, subject: Subject) -> Figures:
    """Rows now for each row in the last release; a loss within the slack counts as none."""
    figures = {}
    counts = _rows(now, None, subject)
    for group, was in _rows(before, None, subject).items() if before else ():
        there = counts.get(group, 0.0)
        if was:
            figures[group] = 1.0 if 0 <= was - there <= subject.slack else there / was
    return figures


def _lost(now: TableSource, before: TableSource | None, subject: Subject) -> Figures:
    """Share of the last release's rows that are missing now."""
    return {group: max(0.0, 1 - kept) for group, kept in _kept(now, before, subject).items()}


def _fill_kept(now: TableSource, before: TableSource | None, subject: Subject) -> Figures:
    """Fill rate now for the fill rate in the last release, in groups that still have rows."""
    if before is None:
        return {}
    filled, counts = _filled(now, None, subject), _rows(now, None, subject)
    figures = {}
    for group, was in _filled(before, None, subject).items():
        if was and group in filled:
            lost = (was - filled[group]) * counts[group]
            figures[group] = 1.0 if 0 <= lost <= subject.slack else filled[group] / was
    return figures


@dataclass(frozen=True, slots=True)
class Measure:
    """How a figure is found and which entries of a bound it needs."""

    figures: Callable[[TableSource, TableSource | None, Subject], Figures]
    needs: tuple[str, ...] = ()


MEASURES: Mapping[str, Measure] = {
    "rows": Measure(_rows),
    "filled": Measure(_filled, ("column",)),
    "share": Measure(_share, ("column",)),
    "far_from_edition": Measure(_far_from_edition, ("column", "window")),
    "with_children": Measure(_with_children, ("child",)),
    "kept": Measure(_kept),
    "lost": Measure(_lost),
    "fill_kept": Measure(_fill_kept, ("column",)),
}

#: Measures that compare with the last release.
RELATIVE = ("kept", "lost", "fill_kept")


def _groups(source: TableSource, subject: Subject, *more: str) -> dict[str, pa.Table]:
    """The wanted rows by group, groups in order of their names; no group without rows."""
    names = dict.fromkeys(
        n for n in (subject.per, subject.column, *(subject.where or {}), *more) if n
    )
    data = source.read(subject.table, list(names) or [_any_column(subject.table)])
    for name, value in (subject.where or {}).items():
        data = data.filter(pc.equal(data.column(name), value))
    if not len(data):
        return {}
    if subject.per is None:
        return {"": data}
    by = data.column(subject.per)
    values = sorted(v for v in pc.unique(by).to_pylist() if v is not None)
    return {str(value): data.filter(pc.equal(by, value)) for value in values}


def _any_column(table: str) -> str:
    return columns(table)[-1].name
