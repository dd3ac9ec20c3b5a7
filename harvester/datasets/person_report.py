"""One person's rows in a release, for `harvester people find`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from harvester.datasets.folders import parquet_path
from harvester.parsers.people import normalise_name


def find_persons(release: Path, name: str) -> list[dict[str, Any]]:
    """Everybody whose name or alias holds a name (or whose id it is), with their contributions."""
    wanted = normalise_name(name)
    people = [
        p for p in _rows(release, "people")
        if name == p["person_id"] or any(wanted in normalise_name(n) for n in (p["name"], *p["aliases"]))
    ]  # fmt: skip
    if not people:
        return []
    urls = {p["page_id"]: p["url"] for p in _rows(release, "pages", ["page_id", "url"])}
    names = {p["person_id"]: p["name"] for p in _rows(release, "people", ["person_id", "name"])}
    contributions = _rows(release, "contributions")
    candidates = _rows(release, "person_candidates")
    return [
        {
            **person,
            "contributions": [
                {**c, "url": urls[c["page_id"]] or c["page_id"]}
                for c in contributions
                if c["person_id"] == person["person_id"]
            ],
            "candidates": [
                _other(c, person["person_id"], names)
                for c in candidates
                if person["person_id"] in (c["person_id"], c["other_id"])
            ],
        }
        for person in people
    ]


def _other(candidate: dict[str, Any], person_id: str, names: dict[str, str]) -> dict[str, Any]:
    other = candidate["other_id"] if candidate["person_id"] == person_id else candidate["person_id"]
    return {"person_id": other, "name": names.get(other, ""), "reason": candidate["reason"]}


def _rows(release: Path, table: str, columns: list[str] | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(
        parquet_path(release, table), columns=columns
    ).to_pylist()
    return found
