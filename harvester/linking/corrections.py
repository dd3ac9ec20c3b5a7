"""Overrides at work: each sets its value right once, or is named as unused or stale."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from harvester.curation import Override
from harvester.records import Evidence, Problem, Severity, columns, primary_key

_RULE = "override"

#: The code of the problem that says which row an override has dropped.
DROPPED = "row_dropped"

_TOLD = {
    "override_unused": "no such row; remove the override or mend its row_id",
    "override_stale": "the page no longer says what was overridden; look again",
    DROPPED: "dropped by an override",
}


class Corrections:
    """The overrides of a profile, and what became of each."""

    def __init__(self, overrides: Iterable[Override]) -> None:
        self._by_row: dict[tuple[str, str], list[Override]] = defaultdict(list)
        self._drops: dict[tuple[str, str], Override] = {}
        self._fate: dict[tuple[str, str, str], str] = {}
        for override in overrides:
            self._fate[override.cell] = "override_unused"
            if override.drop:
                self._drops[override.row] = override
            else:
                self._by_row[override.row].append(override)

    @property
    def drop_any(self) -> bool:
        """True where some row is listed to be dropped."""
        return bool(self._drops)

    def drops(self, table: str, row: Any, evidence: Sequence[Evidence], digest: str | None) -> bool:
        """True where an override drops the row, and the row still says what it said then.

        ``evidence`` may hold other rows' too; ``digest`` is the stored body the row was read from.
        """
        row_id = str(getattr(row, str(primary_key(table))))
        override = self._drops.get((table, row_id))
        if override is None:
            return False
        said = {e.raw for e in evidence if (e.table, e.row_id) == override.row}
        said |= {
            str(value)
            for c in columns(table)
            if not c.primary and not c.references
            and (value := getattr(row, c.name)) is not None
        }  # fmt: skip
        holds = override.raw in said and override.digest in (None, digest)
        self._fate[override.cell] = DROPPED if holds else "override_stale"
        return holds

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
        """One row for each override that did nothing, and a note for each row that was dropped.

        No value is told: it may hold a name.
        """
        for cell, code in sorted(self._fate.items()):
            if code:
                severity = Severity.INFO if code == DROPPED else Severity.WARNING
                message = f"{' '.join(filter(None, cell))}: {_TOLD[code]}"
                yield Problem(run, None, None, severity, code, message)


def dropped_row(message: str) -> tuple[str, str]:
    """The table and row that a problem of the code `DROPPED` tells of."""
    table, _, row_id = message.removesuffix(f": {_TOLD[DROPPED]}").partition(" ")
    return table, row_id


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
