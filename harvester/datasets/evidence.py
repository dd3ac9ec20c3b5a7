"""Evidence in a release: where a row's values come from, and what lies at that place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from harvester.archive.capture import Capture
from harvester.archive.reader import Archive
from harvester.archive.ref import CaptureRef
from harvester.datasets.folders import parquet_path
from harvester.datasets.marked_page import marked_page
from harvester.datasets.marking import Marked
from harvester.datasets.recorded import last_recorded
from harvester.errors import ProfileError
from harvester.pages.document import decode, parse_html
from harvester.pages.locating import located_text
from harvester.pages.rows.ids import person_id
from harvester.parsers.people import find_people
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
    code_version: str | None = None  # the program that read it
    changed: tuple[str, str] | None = None  # release and cause of its last recorded change


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
    versions = _code_versions(release, {e["digest"] for e in evidence})
    changes = {column: (when, why) for column, when, why in last_recorded(release, table, row_id)}
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
            version = versions.get(item["digest"]) if item else None
            changed = changes.get(name) or changes.get("")
            explained.append(
                Explained(table, row_id, name, row[name], item, ref, found, version, changed)
            )
    return explained


def marked_html(
    values: Sequence[Explained], archive: Archive, suppressed: Collection[str], key: bytes
) -> str:
    """The stored page of the values with their places marked: `marked_page`.

    Of several stored answers the one most values were read from is shown. Raises ProfileError where
    no value has a place, where the answer is no longer stored, or where it names someone suppressed.
    """
    placed = [v for v in values if v.ref and v.evidence and v.evidence["locator"]]
    if not placed:
        raise ProfileError(f"{values[0].row_id}: no value of it has a place in a stored page")
    digest = Counter(v.ref.digest for v in placed if v.ref).most_common(1)[0][0]
    shown = [v for v in placed if v.ref and v.ref.digest == digest]
    ref = shown[0].ref
    assert ref is not None  # chosen so above
    capture = archive.read(ref.position)
    if suppressed and _names_any(capture, suppressed, key):
        raise ProfileError(f"{ref.url}: the stored page names a suppressed person; it is not shown")
    facts = [("Page", ref.url), ("Stored", f"{ref.fetched_at:%Y-%m-%d %H:%M:%S} UTC, {digest}")]
    facts += [(f"{v.table}.{v.field}", "null" if v.value is None else str(v.value)) for v in shown]
    return marked_page(capture, [_marked(v) for v in shown], facts)


def _marked(value: Explained) -> Marked:
    item = value.evidence or {}
    before = (value.found or "")[: item["char_start"] or 0]
    return Marked(item["locator"], item["raw"] or "", before)


def _names_any(capture: Capture, suppressed: Collection[str], key: bytes) -> bool:
    text = decode(capture.body, capture.header("Content-Type") or "").text
    for part in (text, "\n\n".join(parse_html(text).itertext())):
        if any(person_id(m.name, key) in suppressed for m in find_people(part)):
            return True
    return False


def _code_versions(release: Path, digests: Collection[str | None]) -> dict[str, str]:
    """Which version of the program read each stored answer for this release."""
    wanted = [d for d in digests if d]
    if not wanted:
        return {}
    rows = pq.read_table(
        parquet_path(release, "captures"),
        columns=["digest", "code_version"],
        filters=[("digest", "in", wanted)],
    )
    return dict(zip(rows["digest"].to_pylist(), rows["code_version"].to_pylist(), strict=True))


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
