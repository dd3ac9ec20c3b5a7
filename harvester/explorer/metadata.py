"""The explorer's labels: what Datasette says of each table and column, and the usual questions."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files
from typing import Any

from harvester.datasets.files.datapackage import table_doc
from harvester.datasets.files.sqlite import link_tables
from harvester.records import TABLES, columns

#: The database's name in addresses: the stem of ``harvest.sqlite``.
DATABASE = "harvest"

_FACETS = {
    "appearances": ("edition", "took_part_as", "role"),
    "pages": ("site", "kind", "edition", "theme", "layout", "state"),
    "films": ("edition", "provider"),
    "contributions": ("role_class", "took_part_as"),
    "dates": ("kind", "grain"),
    "documents": ("media_type",),
    "links": ("kind",),
    "evidence": ("table", "field", "missing"),
    "problems": ("severity", "code"),
    "film_states": ("state",),
}
_LABELS = {"people": "name", "pages": "title", "films": "title", "clips": "heading"}
_NEWEST_FIRST = {
    "appearances": "edition",
    "pages": "published",
    "films": "edition",
    "editions": "edition",
}


def explorer_metadata(title: str, description: str) -> dict[str, Any]:
    """Datasette's metadata for a release: its tables and columns described, its queries named."""
    tables = {name: _table(name) for name in TABLES}
    for link in link_tables():
        tables[link.name] = {"description": f"{link.column} of {link.table}, one row a pair"}
    return {
        "title": title,
        "description": description,
        "databases": {DATABASE: {"tables": tables, "queries": queries()}},
    }


@functools.cache
def queries() -> dict[str, dict[str, str]]:
    """The canned queries by name: title, perhaps a description, and one SQL statement."""
    text = (files("harvester.explorer") / "queries.toml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = tomllib.loads(text)
    return {name: {**query, "sql": query["sql"].strip()} for name, query in found.items()}


def _table(name: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "description": table_doc(name),
        "columns": {column.name: column.doc for column in columns(name)},
    }
    if name in _FACETS:
        described["facets"] = list(_FACETS[name])
    if name in _LABELS:
        described["label_column"] = _LABELS[name]
    if name in _NEWEST_FIRST:
        described["sort_desc"] = _NEWEST_FIRST[name]
    return described
