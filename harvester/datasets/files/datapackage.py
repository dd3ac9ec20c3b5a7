"""Frictionless `datapackage.json`: every file with size and hash, every table with its schema."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from harvester.datasets.info import ReleaseInfo
from harvester.records import TABLES, ColumnInfo, columns, primary_key

FILE_NAME = "datapackage.json"

#: Told apart in every release: whose the program is, and whose the harvested words and films are.
RIGHTS = (
    "The harvester program is under the licence in its own repository. That licence does not cover "
    "this data: texts, titles and films belong to those who published them, and names and roles are "
    "personal data gathered from public pages. Quote with the page's address; ask the publisher "
    "before republishing texts or films."
)

_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (int, "integer"),
    (str, "string"),
    (datetime, "datetime"),
    (date, "date"),
    (tuple, "array"),
)

#: Left to SHA256SUMS: the descriptor cannot hash itself, and the gallery is a page for each person.
_NOT_DESCRIBED = (FILE_NAME, "SHA256SUMS", "gallery")

_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".jsonl": "application/jsonl",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".html": "text/html",
}


def write_datapackage(
    folder: Path, info: ReleaseInfo, rows: Mapping[str, int], content_digest: str
) -> None:
    """Writes the descriptor over all files that lie in the folder now."""
    package = datapackage(folder, info, rows, content_digest)
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / FILE_NAME).write_text(text, encoding="utf-8", newline="\n")


def datapackage(
    folder: Path, info: ReleaseInfo, rows: Mapping[str, int], content_digest: str
) -> dict[str, Any]:
    """The descriptor: tables as CSV resources with schemas, then every other file."""
    return {
        "profile": "data-package",
        "name": f"harvester-{_slug(info.profile)}",
        "title": f"Harvest of {info.profile}",
        "version": info.version,
        "created": info.created_utc.replace(microsecond=0).isoformat() + "Z",
        "description": f"Pages, films, people and appearances, as of the newest capture. {RIGHTS}",
        "harvester": {
            "schema_version": info.schema_version,
            "code_version": info.code_version,
            "program_digest": info.program_digest,
            "decisions_digest": info.decisions_digest,
            "dependencies": dict(sorted(info.dependencies.items())),
            "site_profile": info.profile,
            "captures_digest": info.captures_digest,
            "content_digest": content_digest,
            "base_release": info.base,
            "public": info.public,
            "without": list(info.without),
        },
        "resources": [
            *(_table_resource(folder, table, rows[table]) for table in TABLES),
            *_file_resources(folder),
        ],
    }


def table_schema(table: str) -> dict[str, Any]:
    """A table's Frictionless schema: types, constraints, primary and foreign keys."""
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns(table)]}
    if key := primary_key(table):
        schema["primaryKey"] = [key]
    foreign = [_foreign_key(c) for c in columns(table) if c.references and not c.is_list]
    if foreign:
        schema["foreignKeys"] = foreign
    schema["missingValues"] = [""]
    return schema


def file_digest(path: Path) -> str:
    """The file's SHA-256 in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _table_resource(folder: Path, table: str, rows: int) -> dict[str, Any]:
    return {
        "name": table,
        "type": "table",
        "title": table_doc(table),
        "format": "csv",
        "encoding": "utf-8-sig",
        "rows": rows,
        **_file_facts(folder, folder / "csv" / f"{table}.csv"),
        "profile": "tabular-data-resource",
        "schema": table_schema(table),
    }


def _file_resources(folder: Path) -> Iterator[dict[str, Any]]:
    described = {folder / "csv" / f"{table}.csv" for table in TABLES}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        top = path.relative_to(folder).parts[0]
        if path not in described and top not in _NOT_DESCRIBED:
            facts = _file_facts(folder, path)
            yield {"name": _slug(facts["path"]), "type": "file", **facts}


def _file_facts(folder: Path, path: Path) -> dict[str, Any]:
    facts: dict[str, Any] = {"path": path.relative_to(folder).as_posix()}
    if media_type := _MEDIA_TYPES.get(path.suffix):
        facts["mediatype"] = media_type
    facts["bytes"] = path.stat().st_size
    facts["hash"] = f"sha256:{file_digest(path)}"
    return facts


def _field(column: ColumnInfo) -> dict[str, Any]:
    kind = next(name for python, name in _TYPES if issubclass(column.value_type, python))
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": column.doc}
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.primary:
        constraints["unique"] = True
    if column.vocabulary:
        constraints["enum"] = list(column.vocabulary)
    if kind == "string" and not column.nullable and not constraints.get("enum"):
        # A text that is never null may be empty, and CSV knows no other sign for null.
        field["missingValues"] = []
    if constraints:
        field["constraints"] = constraints
    return field


def _foreign_key(column: ColumnInfo) -> dict[str, Any]:
    table, key = str(column.references).split(".")
    return {"fields": [column.name], "reference": {"resource": table, "fields": [key]}}


def table_doc(table: str) -> str:
    """The table's line of the data dictionary."""
    return (TABLES[table].__doc__ or table).strip().splitlines()[0]


def _slug(text: str) -> str:
    """A resource name: lower case, digits, `-`, `_` and `.` only."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in text.lower())
