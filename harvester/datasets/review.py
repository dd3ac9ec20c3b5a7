"""Review: a release's own accuracy, from a sample of its values that a person has judged."""

from __future__ import annotations

import csv
import hashlib
import heapq
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from harvester.datasets.cells import guarded, inert
from harvester.datasets.changes import value_text
from harvester.datasets.folders import parquet_path, version_order
from harvester.datasets.info import CONTENT_TABLES
from harvester.datasets.proportion import proportion
from harvester.errors import ProfileError
from harvester.records import primary_key

FOLDER = "reviews"

#: What a sheet holds; the last two are for the person.
SHEET_COLUMNS = (
    "release", "number", "table", "row_id", "field", "value", "missing", "raw", "context", "page_url",
    "rule", "correct", "note",
)  # fmt: skip

YES = frozenset(("y", "yes", "j", "ja", "1", "x", "rätt", "true"))
NO = frozenset(("n", "no", "nej", "0", "fel", "false"))
_OPEN = frozenset(("", "?"))

_EVIDENCE = ["table", "row_id", "field", "digest", "locator", "char_start", "char_end", "raw", "rule", "missing"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """One value of a release, with its evidence: what a person is asked about."""

    table: str
    row_id: str
    field: str
    value: str | None
    evidence: Mapping[str, Any]
    page_id: str


def draw(release: Path, size: int) -> list[Drawn]:
    """A simple random sample of the values that were read from text or found missing.

    Drawn by hash of release and value, so that the same release gives the same sample and the next
    release another. Values of technical tables are not asked about.
    """
    version = release.resolve().name
    chosen = heapq.nsmallest(size, _asked(release), key=lambda e: _draw_key(version, e))
    wanted: dict[str, set[str]] = defaultdict(set)
    for item in chosen:
        wanted[item["table"]].add(item["row_id"])
    rows = {table: _rows(release, table, ids) for table, ids in wanted.items()}
    drawn = []
    for item in chosen:
        row = rows[item["table"]].get(item["row_id"], {})
        value = value_text(row.get(item["field"]))
        page = row.get("page_id") or item["row_id"].partition(".")[0]
        drawn.append(Drawn(item["table"], item["row_id"], item["field"], value, item, page))
    return drawn


def read_sheet(text: str, release: str | None = None) -> dict[str, Any]:
    """The accuracy that a judged sheet gives, by field, with 95 % intervals.

    Precision: of the values judged, those that are right. Recall: of the values that the pages
    state and a row has a place for, those that the release gives right (a value wrongly held to be
    missing counts as lost). Rows that were missed altogether are not seen by a review. Raises
    ProfileError for a sheet of another release, a strange mark, or a sheet in which nothing is judged.
    """
    values: dict[str, list[bool]] = defaultdict(list)
    empties: dict[str, list[bool]] = defaultdict(list)
    versions: set[str] = set()
    left_open = 0
    for number, row in enumerate(_sheet_rows(text), 2):
        versions.add(row["release"])
        mark = row["correct"].strip().casefold()
        if mark in _OPEN:
            left_open += 1
            continue
        if mark not in YES | NO:
            raise ProfileError(
                f"line {number}: {row['correct']!r} is neither yes nor no; leave it empty if unsure"
            )
        judged = empties if row["missing"] else values
        judged[f"{row['table']}.{row['field']}"].append(mark in YES)
    if len(versions) != 1 or (release is not None and versions != {release}):
        told = ", ".join(sorted(versions)) or "no release"
        raise ProfileError(f"the sheet is of {told}; name a sheet of one release that is kept here")
    if not values and not empties:
        raise ProfileError(
            "nothing is judged in this sheet: fill in the column `correct` with y or n"
        )
    fields = {name: _figures(values[name], empties[name]) for name in sorted({*values, *empties})}
    return {
        "release": versions.pop(),
        "judged": sum(map(len, values.values())) + sum(map(len, empties.values())),
        "left_open": left_open,
        "all": _figures(_joined(values), _joined(empties)),
        "fields": fields,
    }


def sheet_csv(release: str, drawn: Iterable[tuple[Drawn, str, str]]) -> str:
    """The sheet as CSV: each value with its marked text (⟦…⟧) and the page's address."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(SHEET_COLUMNS)
    for number, (item, context, url) in enumerate(drawn, 1):
        e = item.evidence
        writer.writerow(
            (
                release, number, item.table, item.row_id, item.field, _cell(item.value),
                e["missing"] or "", _cell(e["raw"]), _cell(context), url, e["rule"], "", "",
            )
        )  # fmt: skip
    return out.getvalue()


def keep_review(output: Path, review: Mapping[str, Any]) -> Path:
    """Stores a review beside the output; the next release ships it."""
    folder = output / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{review['release']}.json"
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(review, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    beside.replace(path)
    return path


def latest_review(output: Path) -> dict[str, Any] | None:
    """The review of the newest release that was reviewed, or None. Raises ProfileError."""
    files = sorted((output / FOLDER).glob("*.json"), key=lambda f: version_order(f.stem))
    if not files:
        return None
    try:
        review: dict[str, Any] = json.loads(files[-1].read_text("utf-8"))
    except ValueError as error:
        raise ProfileError(f"{files[-1]} is damaged ({error}): read the sheet once more") from None
    return review


def _asked(release: Path) -> Iterator[dict[str, Any]]:
    with pq.ParquetFile(parquet_path(release, "evidence")) as file:
        for batch in file.iter_batches(batch_size=20_000, columns=_EVIDENCE, use_threads=False):
            for row in batch.to_pylist():
                if row["table"] in CONTENT_TABLES and primary_key(row["table"]):
                    yield row


def _draw_key(version: str, item: Mapping[str, Any]) -> bytes:
    text = "\x00".join((version, item["table"], item["row_id"], item["field"], item["raw"] or ""))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _rows(release: Path, table: str, ids: set[str]) -> dict[str, dict[str, Any]]:
    key = str(primary_key(table))
    data = pq.read_table(parquet_path(release, table), use_threads=False)
    texts = data.column(key).cast("string")
    found = data.filter(pc.is_in(texts, value_set=pa.array(sorted(ids), pa.string())))
    return {str(row[key]): row for row in found.to_pylist()}


def _sheet_rows(text: str) -> Iterator[dict[str, str]]:
    text = text.removeprefix("\ufeff")
    header = text.partition("\n")[0]
    # Spreadsheets of some languages save with semicolons or tabs.
    separator = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    lacking = [
        c
        for c in ("release", "table", "field", "missing", "correct")
        if c not in (reader.fieldnames or ())
    ]
    if lacking:
        raise ProfileError(f"no review sheet: the column {lacking[0]!r} is missing")
    for row in reader:
        yield {name: value or "" for name, value in row.items() if isinstance(name, str)}


def _figures(values: list[bool], empties: list[bool]) -> dict[str, Any]:
    right = sum(values)
    lost = len(empties) - sum(empties)
    return {
        "precision": proportion(right, len(values)),
        "recall": proportion(right, right + lost),
        "missing_right": proportion(sum(empties), len(empties)),
    }


def _joined(groups: Mapping[str, list[bool]]) -> list[bool]:
    return [mark for marks in groups.values() for mark in marks]


def _cell(text: str | None) -> str:
    return guarded(inert(text)) if text else ""
