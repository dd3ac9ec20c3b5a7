"""Overrides: values that a maintainer has checked against the source and set right, and rows that are none."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from harvester.curation.entries import Entry, entries
from harvester.errors import ProfileError
from harvester.records import ColumnInfo, Missing, columns, primary_key

#: Tables whose values may be overridden: those read from pages, and what is gathered from them.
OVERRIDABLE = ("pages", "clips", "contributions", "dates", "documents", "films", "editions")

#: Tables of which a whole row may be dropped. A film goes with its last clip.
DROPPABLE = ("pages", "clips", "contributions", "dates", "documents", "editions")

_KEYS = {"table", "row_id", "field", "raw", "value", "missing", "why", "digest"}
_DROP_KEYS = {"table", "row_id", "drop", "raw", "why", "digest"}


@dataclass(frozen=True, slots=True)
class Override:
    """One value set right, or one row dropped. It holds while the page still says ``raw``.

    ``raw`` is the text the value was read from, or the value itself as text where nothing was
    kept of it; of a dropped row any of its values. ``missing`` is set where the right value is none
    at all. ``digest`` ties the override to one stored body. A dropped row has no ``field``.
    """

    table: str
    row_id: str
    field: str
    raw: str
    value: Any
    why: str
    missing: Missing | None = None
    digest: str | None = None
    drop: bool = False

    @property
    def row(self) -> tuple[str, str]:
        return (self.table, self.row_id)

    @property
    def cell(self) -> tuple[str, str, str]:
        return (*self.row, self.field)


def read_overrides(document: Mapping[str, Any], source: str) -> tuple[Override, ...]:
    """The overrides a parsed TOML document lists. Raises ProfileError naming the entry."""
    found = tuple(_override(entry) for _, entry in entries(document, ("override",), source))
    refuse_double(found, source)
    return found


def refuse_double(overrides: Collection[Override], source: str) -> None:
    """Raises ProfileError where two overrides set one value, or one a value of a row that another drops."""
    dropped = {override.row for override in overrides if override.drop}
    seen = set()
    for override in overrides:
        if override.cell in seen:
            what = " ".join(filter(None, override.cell))
            raise ProfileError(
                f"{source}: {what} is {'dropped' if override.drop else 'overridden'} twice"
            )
        if override.row in dropped and not override.drop:
            raise ProfileError(f"{source}: {' '.join(override.cell)} is set, and its row dropped")
        seen.add(override.cell)


def _override(entry: Entry) -> Override:
    if "drop" in entry.values:
        return _drop(entry)
    entry.refuse_unknown(_KEYS)
    table, field = entry.text("table"), entry.text("field")
    info = _column(entry, table, field)
    if ("value" in entry.values) == ("missing" in entry.values):
        raise ProfileError(f"{entry.where}: needs either value, or missing where there is none")
    missing = None
    value = None
    if "missing" in entry.values:
        missing = _missing(entry, info)
    else:
        value = _typed(entry, info, entry.values["value"])
    raw = entry.values.get("raw")
    if not isinstance(raw, str):
        raise ProfileError(f"{entry.where}: raw must be the text that the page gives")
    digest = entry.text("digest") if "digest" in entry.values else None
    return Override(
        table, entry.text("row_id"), field, raw, value, entry.text("why"), missing, digest
    )


def _drop(entry: Entry) -> Override:
    """A row that is none. Its ``raw`` may not be empty: nothing else tells that it is the row meant."""
    entry.refuse_unknown(_DROP_KEYS)
    if entry.values["drop"] is not True:
        raise ProfileError(f"{entry.where}: drop is either true or left out")
    table = entry.text("table")
    if table not in DROPPABLE:
        raise ProfileError(
            f"{entry.where}: rows of {table!r} cannot be dropped; those of these can: {', '.join(DROPPABLE)}"
        )
    digest = entry.text("digest") if "digest" in entry.values else None
    return Override(
        table, entry.text("row_id"), "", entry.text("raw"), None, entry.text("why"),
        digest=digest, drop=True,
    )  # fmt: skip


def _column(entry: Entry, table: str, field: str) -> ColumnInfo:
    if table not in OVERRIDABLE:
        raise ProfileError(
            f"{entry.where}: table {table!r} cannot be overridden; these can: {', '.join(OVERRIDABLE)}"
        )
    info = next((c for c in columns(table) if c.name == field), None)
    if info is None:
        raise ProfileError(f"{entry.where}: {table} has no column {field!r}")
    if info.primary or info.references or field == primary_key(table):
        raise ProfileError(f"{entry.where}: {table}.{field} ties rows together and stays as it is")
    return info


def _missing(entry: Entry, info: ColumnInfo) -> Missing:
    if not info.nullable:
        raise ProfileError(f"{entry.where}: {info.name} is never empty")
    try:
        return Missing(entry.text("missing"))
    except ValueError:
        raise ProfileError(f"{entry.where}: missing is one of {', '.join(Missing)}") from None


def _typed(entry: Entry, info: ColumnInfo, value: Any) -> Any:
    """The value in its column's type; a day may be a TOML date or an ISO string."""
    kind = info.value_type
    try:
        if kind is tuple and isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        if kind is date:
            return value if type(value) is date else date.fromisoformat(value)
        if isinstance(kind, type) and issubclass(kind, StrEnum) and isinstance(value, str):
            return kind(value)
        if kind in (str, int, bool) and type(value) is kind:
            return value
    except (TypeError, ValueError):
        pass
    known = f" ({', '.join(info.vocabulary)})" if info.vocabulary else ""
    raise ProfileError(f"{entry.where}: value {value!r} does not fit {info.name}{known}")
