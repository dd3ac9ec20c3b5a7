"""Results of checks: what was looked at, what came out, and what follows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from harvester.errors import CheckFailedError, ProfileError

REPORT_NAME = "checks.json"


class Status(StrEnum):
    """What a check's outcome means for the release."""

    PASSED = "passed"
    WARNING = "warning"
    ERROR = "error"
    ACCEPTED = "accepted"  # broken, and a person put it on the record that it may be


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check's outcome; `value` is what was measured, `bound` what was asked."""

    check: str
    table: str
    status: Status
    message: str
    value: float | None = None
    bound: str = ""
    why: str = ""
    acceptable: bool = False  # may a person move the bound?
    relative: bool = False  # measured against the last release


def passed(check: str, table: str, message: str, **facts: Any) -> CheckResult:
    return CheckResult(check, table, Status.PASSED, message, **facts)


def broken(check: str, table: str, message: str, **facts: Any) -> CheckResult:
    return CheckResult(check, table, Status.ERROR, message, **facts)


def failures(results: Iterable[CheckResult]) -> list[CheckResult]:
    """The results that stop a release."""
    return [result for result in results if result.status is Status.ERROR]


def require_passed(results: Sequence[CheckResult]) -> None:
    """Raises CheckFailedError naming the first failures and how many there are."""
    failed = failures(results)
    if not failed:
        return
    named = "; ".join(f"{result.check}: {result.message}" for result in failed[:3])
    more = f"; and {len(failed) - 3} more" if len(failed) > 3 else ""
    raise CheckFailedError(f"{len(failed)} checks stop the release: {named}{more}")


def write_report(path: Path, results: Iterable[CheckResult]) -> None:
    """Writes the results as JSON, a line a result."""
    lines = [json.dumps(_as_json(result), ensure_ascii=False) for result in results]
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8", newline="\n")


def read_report(path: Path) -> list[CheckResult]:
    """The results that `write_report` wrote. Raises ProfileError for a damaged report."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [CheckResult(**(row | {"status": Status(row["status"])})) for row in rows]
    except (ValueError, TypeError, KeyError) as error:
        raise ProfileError(
            f"{path} is damaged ({error}): `harvester release` writes it anew"
        ) from None


def _as_json(result: CheckResult) -> dict[str, Any]:
    return {name: getattr(result, name) for name in CheckResult.__dataclass_fields__}
