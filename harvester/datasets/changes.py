"""The changes of a release as files: `changes.csv` for programs, `changes.md` for people."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from harvester.datasets.cells import day_text, guarded, inert, json_text, markdown, moment_text
from harvester.datasets.diff import Change, ChangeKind
from harvester.datasets.files.csv_text import csv_writer

#: Changes of one table that the readable file lists; the rest are counted.
LISTED = 40

#: A longer value is shown as the part around the first difference.
EXCERPT = 300

#: Gives a text without the people who are suppressed.
Redact = Callable[[str], str]

HEADER = ("table", "row_id", "label", "kind", "column", "old", "new", "cause")


def write_changes(
    folder: Path,
    changes: Iterable[Change],
    *,
    version: str,
    base: str | None,
    redact: Redact | None = None,
) -> Counter[tuple[str, str]]:
    """Writes both files in one pass and returns the counts by (table, kind).

    ``redact`` goes over every text that is quoted: the release before may name a person who is
    suppressed in this one.
    """
    counts: Counter[tuple[str, str]] = Counter()
    causes: Counter[str] = Counter()
    listed: dict[str, list[str]] = {}
    with (folder / "changes.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv_writer(file)
        writer.writerow(HEADER)
        for change in changes:
            old, new = value_text(change.old), value_text(change.new)
            if redact is not None:
                change = dataclasses.replace(
                    change, label=redact(change.label), row_id=redact(change.row_id)
                )
                old, new = old and redact(old), new and redact(new)
            old, new = _excerpts(old, new)
            writer.writerow(_csv_row(change, old, new))
            counts[change.table, change.kind] += 1
            causes[change.cause or "unknown"] += 1
            lines = listed.setdefault(change.table, [])
            if len(lines) < LISTED:
                lines.append(_line(change, old, new))
    text = "\n".join(_readable(version, base, counts, causes, listed)) + "\n"
    (folder / "changes.md").write_text(text, encoding="utf-8", newline="\n")
    return counts


def value_text(value: Any) -> str | None:
    """A value as text: ISO days, lists as JSON, null as None."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return json_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return moment_text(value)
    return day_text(value) if isinstance(value, date) else str(value)


def change_line(change: Change) -> str:
    """A change as one line of Markdown, long values cut to their difference."""
    return _line(change, *_excerpts(value_text(change.old), value_text(change.new)))


def _csv_row(change: Change, old: str | None, new: str | None) -> tuple[str | None, ...]:
    texts = [None if t is None else guarded(inert(t)) for t in (change.label, old, new)]
    return (
        change.table, change.row_id, texts[0], change.kind,
        change.column, texts[1], texts[2], change.cause,
    )  # fmt: skip


def _excerpts(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Both values, cut to the part around their first difference where one of them is long."""
    if max(len(old or ""), len(new or "")) <= EXCERPT:
        return old, new
    start = max(0, _common_start(old or "", new or "") - EXCERPT // 3)
    return _cut(old, start), _cut(new, start)


def _common_start(a: str, b: str) -> int:
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _cut(text: str | None, start: int) -> str | None:
    if text is None:
        return None
    end = start + EXCERPT
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _line(change: Change, old: str | None, new: str | None) -> str:
    name = f" ({markdown(change.label)})" if change.label else ""
    row = f"{markdown(change.row_id)}{name}"
    if change.kind is not ChangeKind.CHANGED:
        return f"- {change.kind}: {row}" + (f" · {change.cause}" if change.cause else "")
    cause = f" · cause: {change.cause}" if change.cause else ""
    return f"- changed: {row}, `{change.column}`: {_shown(old)} → {_shown(new)}{cause}"


def _shown(text: str | None) -> str:
    return "*null*" if text is None else f"“{markdown(text)}”"


def _readable(
    version: str,
    base: str | None,
    counts: Counter[tuple[str, str]],
    causes: Counter[str],
    listed: dict[str, list[str]],
) -> Iterator[str]:
    yield from (f"# Changes in release {version}", "")
    if base is None:
        yield "This is the first release: there is nothing to compare it with."
        return
    if not counts:
        yield f"Nothing changed since release {base}."
        return
    yield from (f"Since release {base}.", "")
    yield from ("| table | added | changed values | gone |", "|---|---:|---:|---:|")
    for table in listed:
        yield f"| {table} | " + " | ".join(str(counts[table, kind]) for kind in ChangeKind) + " |"
    yield ""
    yield "Causes: " + ", ".join(f"{name} {count}" for name, count in sorted(causes.items())) + "."
    for table, lines in listed.items():
        yield from ("", f"## {table}", "")
        yield from lines
        more = sum(counts[table, kind] for kind in ChangeKind) - len(lines)
        if more:
            yield f"- … and {more} more in `changes.csv`"
