"""Overrides at work: each sets its value right once, or is named as unused or stale."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from harvester.curation import Override
from harvester.records import Evidence, Problem, Severity, primary_key

_RULE = "override"


class Corrections:
    """The overrides of a profile, and what became of each."""

    def __init__(self, overrides: Iterable[Override]) -> None:
        self._by_row: dict[tuple[str, str], list[Override]] = defaultdict(list)
        for override in overrides:
            self._by_row[override.table, override.row_id].append(override)
        self._fate = {o.cell: "override_unused" for group in self._by_row.values() for o in group}

    def corrected(
        self, table: str, records: Sequence[Any], evidence: Sequence[Evidence], digest: str | None
    ) -> tuple[list[Any], list[Evidence]]:
        """Rows of one table with their values set right, and the evidence that says so.

        ``digest`` is the stored body the rows were read from, for overrides tied to one.
        """
        rows, proofs = list(records), list(evidence)
        key = primary_key(table)
        if key is None or not self._by_row:
            return rows, proofs
        for n, row in enumerate(rows):
            for override in self._by_row.get((table, str(getattr(row, key))), ()):
                if not _still_says(override, row, proofs, digest):
                    self._fate[override.cell] = "override_stale"
                    continue
                self._fate[override.cell] = ""
                rows[n] = row = dataclasses.replace(row, **{override.field: override.value})
                proofs = _with_proof(override, proofs, digest)
        return rows, proofs

    def problems(self, run: str) -> Iterator[Problem]:
        """One row for each override that did nothing. No value is told: it may hold a name."""
        for (table, row_id, field), code in sorted(self._fate.items()):
            if code:
                told = (
                    "no such row; remove the override or mend its row_id"
                    if code == "override_unused"
                    else "the page no longer says what was overridden; look again"
                )
                message = f"{table} {row_id} {field}: {told}"
                yield Problem(run, None, None, Severity.WARNING, code, message)


def _still_says(
    override: Override, row: Any, evidence: Sequence[Evidence], digest: str | None
) -> bool:
    if override.digest is not None and override.digest != digest:
        return False
    value = getattr(row, override.field)
    said = {"" if value is None else str(value)}
    said |= {e.raw for e in evidence if _proves(e, override) and e.raw is not None}
    # Where a value is null, its wording stands in the column beside it.
    for column in (f"{override.field}_raw", "raw"):
        if wording := getattr(row, column, None):
            said.add(wording)
    return override.raw in said


def _with_proof(
    override: Override, evidence: Sequence[Evidence], digest: str | None
) -> list[Evidence]:
    """The evidence with the override's rule in it; the raw text and its place stay."""
    found = False
    proofs = []
    for proof in evidence:
        if _proves(proof, override):
            found = True
            proof = dataclasses.replace(
                proof, rule=_RULE, raw=proof.raw or override.raw or None, missing=override.missing
            )
        proofs.append(proof)
    if not found:
        raw = override.raw or None
        proofs.append(
            Evidence(*override.cell, digest, None, None, None, raw, _RULE, override.missing)
        )
    return proofs


def _proves(evidence: Evidence, override: Override) -> bool:
    return (evidence.table, evidence.row_id, evidence.field) == override.cell
