"""Bounds: what a good harvest looks like in figures, read from `curation/checks.toml`.

A broken minimum stops the release, a broken maximum warns. Every bound carries its reason.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from importlib import resources
from pathlib import Path
from typing import Any

from harvester.datasets.check_results import CheckResult, Status
from harvester.datasets.measures import MEASURES, RELATIVE, Subject, measured
from harvester.datasets.table_source import TableSource
from harvester.errors import ProfileError
from harvester.records import TABLES, columns, primary_key

ACCEPTED_NAME = "accepted-checks.json"


@dataclass(frozen=True, slots=True)
class Bound:
    """One entry of `checks.toml`."""

    name: str
    table: str
    measure: str
    why: str
    profiles: tuple[str, ...] = ("*",)
    per: str | None = None  # group by this column, one result a group
    column: str | None = None  # what is measured
    where: Mapping[str, Any] | None = None  # only rows with these values
    window: tuple[int, int] | None = None  # years around the edition
    child: str | None = (
        None  # the table whose rows belong to this one's; `column` is then its column
    )
    slack: int = 0  # lost rows that are never too many
    min: float | None = None
    max: float | None = None

    @property
    def relative(self) -> bool:
        """True where it is measured against the last release."""
        return self.measure in RELATIVE


@dataclass(frozen=True, slots=True)
class Accepted:
    """A broken bound that a person accepted, with the value it may be broken to."""

    check: str
    value: float
    why: str
    base: str | None  # the release it was measured against; None where that does not matter


def load_bounds(profile: str, *files: Path) -> list[Bound]:
    """The bounds for a profile: those of every profile (`*`) and its own, then those of ``files``.

    Raises ProfileError naming the file and the bound that is malformed.
    """
    text = resources.files("harvester.curation").joinpath("checks.toml").read_text("utf-8")
    bounds = _parsed("checks.toml", text)
    for file in files:
        try:
            bounds += _parsed(str(file), file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise ProfileError(f"{file} cannot be read: {error}") from error
    return [bound for bound in bounds if "*" in bound.profiles or profile in bound.profiles]


def bound_results(
    source: TableSource, bounds: Iterable[Bound], previous: TableSource | None
) -> list[CheckResult]:
    """One result for each bound and group. Relative bounds need a previous release."""
    results = []
    for bound in bounds:
        if bound.relative and previous is None:
            continue
        subject = Subject(
            bound.table,
            bound.per,
            bound.column,
            bound.where,
            bound.window,
            bound.child,
            bound.slack,
        )
        for group, value in measured(bound.measure, source, previous, subject).items():
            name = f"{bound.name}[{group}]" if bound.per else bound.name
            results.append(_result(bound, name, value))
    return results


def read_accepted(output: Path) -> list[Accepted]:
    """What was accepted for this output folder; nothing where nothing was."""
    path = output / ACCEPTED_NAME
    if not path.is_file():
        return []
    try:
        return [Accepted(**row) for row in json.loads(path.read_text("utf-8"))]
    except (ValueError, TypeError) as error:
        raise ProfileError(f"{path} is damaged ({error}): mend or remove it") from error


def accept(
    output: Path, results: Sequence[CheckResult], check: str, why: str, base: str | None
) -> Accepted:
    """Puts on the record that a broken check may be broken as far as it is in ``results``.

    Raises ProfileError where there is no such broken check, where it cannot be accepted (broken keys
    and references are never good data), or without a reason.
    """
    if not why.strip():
        raise ProfileError("say why it may be so: --why TEXT")
    broken_now = [r for r in results if r.status in (Status.ERROR, Status.WARNING)]
    result = next((r for r in broken_now if r.check == check), None)
    if result is None:
        names = ", ".join(r.check for r in broken_now) or "none"
        raise ProfileError(f"no broken check {check!r}: broken are {names}")
    if not result.acceptable or result.value is None:
        raise ProfileError(f"{check} cannot be accepted: {result.message}")
    entry = Accepted(check, result.value, why.strip(), base if result.relative else None)
    kept = [a for a in read_accepted(output) if a.check != check]
    rows = [asdict(a) for a in (*kept, entry)]
    beside = output / f".{ACCEPTED_NAME}"
    beside.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    beside.replace(output / ACCEPTED_NAME)
    return entry


def with_accepted(
    results: Iterable[CheckResult], accepted: Sequence[Accepted], base: str | None
) -> list[CheckResult]:
    """The results, broken ones marked accepted where they are broken no further than accepted."""
    return [_judged(result, accepted, base) for result in results]


def _judged(result: CheckResult, accepted: Sequence[Accepted], base: str | None) -> CheckResult:
    if result.status not in (Status.ERROR, Status.WARNING) or not result.acceptable:
        return result
    for entry in accepted:
        if entry.check != result.check or result.value is None:
            continue
        if result.relative and entry.base != base:
            continue
        below = result.status is Status.ERROR
        if result.value >= entry.value if below else result.value <= entry.value:
            message = f"{result.message}; accepted: {entry.why}"
            return replace(result, status=Status.ACCEPTED, message=message)
    return result


def _result(bound: Bound, name: str, value: float) -> CheckResult:
    status, asked = Status.PASSED, f"{_figure(bound.min)} to {_figure(bound.max)}"
    message = f"{bound.measure} {_figure(value)}"
    if bound.max is not None and value > bound.max:
        status, message = Status.WARNING, f"{message} is above {_figure(bound.max)}"
    if bound.min is not None and value < bound.min:
        status, message = Status.ERROR, f"{message} is below {_figure(bound.min)}"
    return CheckResult(
        name, bound.table, status, message, value, asked, bound.why,
        acceptable=True, relative=bound.relative,
    )  # fmt: skip


def _figure(value: float | None) -> str:
    return "any" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")


def _parsed(file: str, text: str) -> list[Bound]:
    try:
        entries = tomllib.loads(text).get("bound", [])
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{file}: {error}") from error
    return [_bound(file, entry) for entry in entries]


def _bound(file: str, entry: Mapping[str, Any]) -> Bound:
    name = entry.get("name", "a bound without a name")
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    if unknown := set(values) - {field.name for field in fields(Bound)}:
        raise ProfileError(f"{file}, {name}: unknown keys {', '.join(sorted(unknown))}")
    try:
        bound = Bound(**values)
    except TypeError as error:
        raise ProfileError(f"{file}, {name}: {error}") from error
    if fault := _fault(bound):
        raise ProfileError(f"{file}, {name}: {fault}")
    return bound


def _fault(bound: Bound) -> str | None:
    if bound.table not in TABLES:
        return f"no table {bound.table!r}"
    if bound.measure not in MEASURES:
        return f"no measure {bound.measure!r}: there are {', '.join(MEASURES)}"
    if bound.child is not None and bound.child not in TABLES:
        return f"no table {bound.child!r}"
    measured_in = bound.child or bound.table
    for table, names in (
        (bound.table, {bound.per, *(bound.where or {})}),
        (measured_in, {bound.column, primary_key(bound.table) if bound.child else None}),
    ):
        if lost := names - {None} - {column.name for column in columns(table)}:
            return f"{table} has no column {', '.join(sorted(map(str, lost)))}"
    if bound.min is None and bound.max is None:
        return "neither min nor max"
    missing = [need for need in MEASURES[bound.measure].needs if getattr(bound, need) is None]
    if missing:
        return f"{bound.measure} needs {', '.join(missing)}"
    return None if bound.why.strip() else "no reason: fill in why"
