"""Checks: everything that must hold before a harvest becomes a release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from harvester.datasets.bounds import Accepted, Bound, bound_results, with_accepted
from harvester.datasets.check_results import CheckResult, broken, passed
from harvester.datasets.promises import promise_results
from harvester.datasets.structure import structure_results
from harvester.datasets.table_schemas import schema_results
from harvester.datasets.table_source import TableSource, table_source
from harvester.records import PAGE_TABLES, TABLES, columns

#: Tables of what is left to do: that they are empty is good news.
WORK_LISTS = ("person_candidates", "problems")


def run_checks(
    tables: Path | Mapping[str, Iterable[Any]],
    bounds: Sequence[Bound] = (),
    previous: Path | None = None,
    accepted: Sequence[Accepted] = (),
) -> list[CheckResult]:
    """Every check on a release folder or on records by table, in a fixed order.

    ``previous`` is the last release's folder: relative bounds and emptied tables are judged
    against it. ``accepted`` holds what a person put on the record for that release.
    """
    source = table_source(tables)
    before = table_source(previous) if previous is not None else None
    results = [
        *_emptiness(source, before),
        *schema_results(source),
        *structure_results(source),
        *promise_results(source),
        *bound_results(source, bounds, before),
    ]
    base = previous.resolve().name if previous is not None else None
    return with_accepted(results, accepted, base)


def page_checks(tables: Mapping[str, Iterable[Any]]) -> list[CheckResult]:
    """The checks that the rows of some pages can be held to, without the rest of their harvest.

    Left out are bounds, which are for whole harvests, and references to tables that span pages.
    """
    source = table_source(tables)
    results = [
        *_emptiness(source, None),
        *schema_results(source),
        *structure_results(source),
        *promise_results(source),
    ]
    spanning = {
        f"reference.{table}.{column.name}"
        for table in PAGE_TABLES
        for column in columns(table)
        if column.references and column.references.partition(".")[0] not in PAGE_TABLES
    }
    return [r for r in results if r.table in ("", *PAGE_TABLES) and r.check not in spanning]


def _emptiness(source: TableSource, before: TableSource | None) -> Iterator[CheckResult]:
    """Zero pages always stop; another empty table stops where the last release had rows."""
    for table in TABLES:
        rows, name = source.rows(table), f"empty.{table}"
        had = before.rows(table) if before else 0
        if rows == 0 and table == "pages":
            yield broken(name, table, "no pages at all: nothing was harvested", value=0)
        elif rows == 0 and had and table not in WORK_LISTS:
            message = f"no rows, and the last release had {had}"
            facts = {"acceptable": True, "relative": True}
            yield broken(name, table, message, value=0, bound="1 to any", **facts)
        else:
            yield passed(name, table, f"{rows} rows", value=rows)
