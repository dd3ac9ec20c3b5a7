"""Promises: the fields whose every null is explained in the evidence, and whether that is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from harvester.datasets.check_results import CheckResult, Status, passed
from harvester.datasets.table_source import TableSource
from harvester.pages.layouts import LAYOUTS
from harvester.records import primary_key

#: Fields that every row of a table is promised, whatever the layout of its page.
PROMISED: Mapping[str, tuple[str, ...]] = {
    "clips": ("film_id",),
    "contributions": ("role", "organisation"),
    "dates": ("first", "last"),
    "films": ("title",),
    "editions": ("city", "venue", "first", "last", "theme"),
}


def promised_by_layouts() -> dict[str, list[str]]:
    """The fields of `pages` that layouts promise, each with the layouts that do."""
    found: dict[str, list[str]] = {}
    for layout in LAYOUTS:
        for field in layout.promises:
            found.setdefault(field, []).append(layout.name)
    return found


def promise_results(source: TableSource) -> Iterator[CheckResult]:
    """One result for each promised field: has every null its reason in the evidence?

    A null without one is a fault of a layout, and no reason to keep good data back: a warning.
    """
    evidence = source.read("evidence", ["table", "row_id", "field", "missing"])
    reasons = evidence.filter(evidence.column("missing").is_valid())
    for field, layouts in promised_by_layouts().items():
        data = source.read("pages", ["page_id", "layout", field])
        chosen = data.filter(pc.is_in(data.column("layout"), value_set=pa.array(layouts)))
        yield _kept("pages", field, chosen, reasons)
    for table, fields in PROMISED.items():
        key = str(primary_key(table))
        for field in fields:
            yield _kept(table, field, source.read(table, [key, field]), reasons)


def _kept(table: str, field: str, data: pa.Table, reasons: pa.Table) -> CheckResult:
    check = f"missing.{table}.{field}"
    nulls = data.filter(data.column(field).is_null()).column(0).cast(pa.string())
    own = pc.and_(
        pc.equal(reasons.column("table"), table), pc.equal(reasons.column("field"), field)
    )
    told = reasons.filter(own).column("row_id").combine_chunks()
    silent = nulls.filter(pc.invert(pc.is_in(nulls, value_set=told)))
    if len(silent):
        message = f"{len(silent)} nulls without a reason in the evidence, first {str(silent[0])!r}"
        return CheckResult(check, table, Status.WARNING, message, value=len(silent))
    return passed(check, table, f"{len(nulls)} nulls, each with its reason")
