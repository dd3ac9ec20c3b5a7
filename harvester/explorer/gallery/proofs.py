"""Proofs: what the stored text says where a value was read, ready to be shown."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from harvester.datasets.table_source import ReleaseTables
from harvester.explorer.places import Snippet, Span, snippet, spans
from harvester.explorer.tables import Row, dictionaries, pages_of_rows, rows

#: The fields whose evidence the gallery shows, by table.
SHOWN: dict[str, tuple[str, ...]] = {
    "films": ("title",),
    "clips": ("heading", "film_id"),
    "contributions": ("name_raw", "role_raw", "organisation"),
    "editions": ("city", "venue", "first", "last", "theme"),
    "pages": ("title", "published", "edition"),
    "documents": ("url",),
}

_COLUMNS = (
    "table", "row_id", "field", "digest", "locator", "char_start", "char_end", "raw", "rule",
)  # fmt: skip

#: Longest marked text; the rest of a longer one is cut away.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Proof:
    """A value's evidence: the column, the text with its place marked, the page, the rule."""

    field: str
    snippet: Snippet
    page_id: str | None
    rule: str


class Proofs:
    """The proofs of a release by table and row."""

    def __init__(self, release: Path, pages: dict[str, Row]) -> None:
        self._by_row: dict[tuple[str, str], list[Proof]] = {}
        by_page: dict[str | None, list[Row]] = {}
        for row, page_id in _with_pages(release, _shown_evidence(release)):
            by_page.setdefault(page_id, []).append(row)
        for page_id, found in by_page.items():
            text = pages[page_id]["text"] if page_id in pages else ""
            for row, span in spans(text, found):
                self._add(row, page_id, text, span)

    def of(self, table: str, row_id: str | int | None) -> list[Proof]:
        """The proofs of a row, in the order of its columns."""
        return self._by_row.get((table, str(row_id)), [])

    def _add(self, row: Row, page_id: str | None, text: str, span: Span | None) -> None:
        part = snippet(text, span, row["raw"])
        part = Snippet(part.before, _cut(part.marked), part.after)
        own = self._by_row.setdefault((row["table"], row["row_id"]), [])
        own.append(Proof(row["field"], part, page_id, row["rule"]))
        own.sort(key=lambda proof: SHOWN[row["table"]].index(proof.field))


def _shown_evidence(release: Path) -> list[Row]:
    """The rows of evidence that have a text to show. The rest, most of them, never become objects."""
    data = ReleaseTables(release).read("evidence", _COLUMNS)
    table, field = data.column("table"), data.column("field")
    of_shown = (
        pc.and_(pc.equal(table, name), pc.is_in(field, value_set=pa.array(fields)))
        for name, fields in SHOWN.items()
    )
    chosen = functools.reduce(pc.or_, of_shown)
    return dictionaries(data.filter(pc.and_(chosen, pc.not_equal(data.column("raw"), ""))))


def _with_pages(release: Path, evidence: Iterable[Row]) -> Iterable[tuple[Row, str | None]]:
    """Evidence with the page it was read from: the row's own, else one that the stored body is behind."""
    own = pages_of_rows(release, ("clips", "contributions", "documents", "pages"))
    film_pages = {
        row["film_id"]: set(row["page_ids"])
        for row in rows(release, "films", ["film_id", "page_ids"])
    }
    behind: dict[str, list[str]] = {}
    for row in rows(release, "captures", ["page_id", "digest"]):
        behind.setdefault(row["digest"], []).append(row["page_id"])
    for row in evidence:
        page_id = own.get((row["table"], row["row_id"]))
        if page_id is None:
            pages = behind.get(row["digest"] or "", [])
            wanted = film_pages.get(row["row_id"]) if row["table"] == "films" else None
            if wanted is not None:
                pages = [p for p in pages if p in wanted]
            page_id = pages[0] if pages else None
        yield row, page_id


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
