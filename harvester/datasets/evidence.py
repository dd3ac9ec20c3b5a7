"""Evidence in a release: where a row's values come from, and what lies at that place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from harvester.archive.capture import Capture
from harvester.archive.reader import Archive
from harvester.archive.ref import CaptureRef
from harvester.datasets.folders import parquet_path
from harvester.errors import ProfileError
from harvester.pages.locating import located_text
from harvester.records import TABLES, primary_key


@dataclass(frozen=True, slots=True)
class Explained:
    """One value with its evidence and the stored answer it was read from."""

    table: str
    row_id: str
    field: str
    value: Any
    evidence: dict[str, Any] | None
    ref: CaptureRef | None
    found: str | None  # what stands at the place today, None where it cannot be read


def find_row(release: Path, row_id: str) -> tuple[str, dict[str, Any]]:
    """The table and row of a primary key. Raises ProfileError where no table has it."""
    for table in TABLES:
        key = primary_key(table)
        if key is None:
            continue
        value: Any = int(row_id) if table == "editions" and row_id.isdigit() else row_id
        if table == "editions" and not row_id.isdigit():
            continue
        rows = pq.read_table(parquet_path(release, table), filters=[(key, "=", value)]).to_pylist()
        if rows:
            return table, rows[0]
    raise ProfileError(
        f"no row {row_id!r} in release {release.resolve().name}; ids stand in the first column of each table"
    )


def explain(
    release: Path, archive: Archive, row_id: str, field: str | None = None
) -> list[Explained]:
    """Every value of a row (or one field's) with its evidence. Raises ProfileError."""
    table, row = find_row(release, row_id)
    if field is not None and field not in row:
        raise ProfileError(f"{table} has no column {field!r}; it has {', '.join(row)}")
    filters = [("table", "=", table), ("row_id", "=", row_id)]
    evidence = pq.read_table(parquet_path(release, "evidence"), filters=filters).to_pylist()
    captures: dict[str, tuple[CaptureRef | None, Capture | None]] = {}
    explained: list[Explained] = []
    for name in [field] if field else list(row):
        own = [e for e in evidence if e["field"] == name]
        for item in own or [None]:
            ref, capture = _stored(archive, item, captures)
            found = (
                located_text(capture, item["locator"])
                if item and capture and item["locator"]
                else None
            )
            explained.append(Explained(table, row_id, name, row[name], item, ref, found))
    return explained


def captured_digests(release: Path) -> set[str]:
    """The digests of the stored answers a release rests on, REST answers included."""
    digests: set[str] = set(
        pq.read_table(parquet_path(release, "captures"), columns=["digest"])["digest"].to_pylist()
    )
    return digests


def _stored(
    archive: Archive,
    item: dict[str, Any] | None,
    known: dict[str, tuple[CaptureRef | None, Capture | None]],
) -> tuple[CaptureRef | None, Capture | None]:
    digest = item["digest"] if item else None
    if not digest:
        return None, None
    if digest not in known:
        refs = archive.by_digest(digest)
        known[digest] = (refs[0], archive.read(refs[0].position)) if refs else (None, None)
    return known[digest]
