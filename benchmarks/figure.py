"""A figure of the benchmarks: a value, what it is held against, and the ratio between the two."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value beside a baseline measured in the same run.

    ``at_least`` and ``at_most`` are the targets of the ratio value ÷ baseline.
    """

    name: str
    value: float
    unit: str
    baseline: str = ""
    baseline_value: float | None = None
    at_least: float | None = None
    at_most: float | None = None

    @property
    def ratio(self) -> float | None:
        """Value ÷ baseline, or None where there is no baseline."""
        return self.value / self.baseline_value if self.baseline_value else None

    @property
    def target(self) -> str:
        if self.at_least is not None:
            return f"≥ {self.at_least:g}"
        return f"≤ {self.at_most:g}" if self.at_most is not None else ""

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.ratio is None or not self.target:
            return None
        return (self.at_least is None or self.ratio >= self.at_least) and (
            self.at_most is None or self.ratio <= self.at_most
        )

    def document(self) -> dict[str, Any]:
        """The figure as JSON holds it."""
        return {
            "name": self.name, "value": round(self.value, 4), "unit": self.unit, "baseline": self.baseline,
            "baseline_value": None if self.baseline_value is None else round(self.baseline_value, 4),
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "target": self.target, "met": self.met,
        }  # fmt: skip


def in_a_process(module: str, *arguments: str) -> dict[str, float]:
    """The figures a module prints as JSON, run in a process of its own: its peak memory is its own."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    printed: dict[str, float] = json.loads(done.stdout)
    return printed
