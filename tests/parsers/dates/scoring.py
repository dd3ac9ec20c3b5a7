"""How well `find_dates` does on hand-labelled cases: value and span precision, recall and F1."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from harvester.parsers.dates import DateMention, find_dates

LABELS = Path(__file__).parents[2] / "labels" / "dates"


@dataclass(slots=True)
class Score:
    """Counts of right, found and labelled; the cases that failed, in words."""

    right: int = 0
    found: int = 0
    labelled: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def f1(self) -> float:
        total = self.found + self.labelled
        return 2 * self.right / total if total else 1.0


def load(path: Path) -> Iterator[dict[str, Any]]:
    """The labelled cases of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def read(case: dict[str, Any]) -> list[DateMention]:
    """What the reader finds in a case's text."""
    published = date.fromisoformat(case["published"]) if case["published"] else None
    return find_dates(case["text"], published=published, edition=case["edition"])


def score(cases: Iterable[dict[str, Any]], keys: tuple[str, ...] = ("first", "last")) -> Score:
    """Compare mentions by the given keys. Optional labels count neither way when unread."""
    result = Score()
    for case in cases:
        found = Counter(_key(_as_label(m), keys) for m in read(case))
        must = Counter(_key(m, keys) for m in case["mentions"] if not m.get("optional"))
        may = Counter(_key(m, keys) for m in case["mentions"] if m.get("optional"))
        found -= (found - must) & may
        right = (found & must).total()
        result.right += right
        result.found += found.total()
        result.labelled += must.total()
        if found != must:
            extra, missed = dict(found - must), dict(must - found)
            result.failures.append(f"{case['id']}: {case['text']!r} extra {extra} missed {missed}")
    return result


def _as_label(mention: DateMention) -> dict[str, Any]:
    return {
        "first": mention.first and mention.first.isoformat(),
        "last": mention.last and mention.last.isoformat(),
        "raw": mention.raw,
        "grain": mention.grain.value,
        "kind": mention.kind.value,
    }


def _key(label: dict[str, Any], keys: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(label[key] for key in keys)
