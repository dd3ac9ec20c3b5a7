"""Shaping: what of the linked tables a release may show, whoever is suppressed and whoever may read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from harvester.datasets.public import mentioned_only, public_rows
from harvester.datasets.withholding import withheld_rows
from harvester.harvest import HarvestContext
from harvester.linking import Linked
from harvester.privacy import NameFinder


def shaped_tables(
    tables: Mapping[str, Iterable[Any]], linked: Linked, context: HarvestContext, *, public: bool
) -> dict[str, Iterable[Any]]:
    """The tables without suppressed names; a public release's without full texts and the merely mentioned."""
    finder = NameFinder(context.suppressed_forms, context.person_key)
    if finder:
        tables = {name: withheld_rows(name, rows, finder) for name, rows in tables.items()}
    if public:
        left_out = mentioned_only(linked.rows("contributions"))
        tables = {name: public_rows(name, rows, left_out) for name, rows in tables.items()}
    return dict(tables)
