"""Scoring: what the readers find in hand-labelled texts, field by field (tests/labels/README.md)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from harvester.parsers.dates import DateMention, find_dates
from harvester.parsers.people import find_people


@dataclass(slots=True)
class Tally:
    """Values that are labelled, that were found, and that are both."""

    labelled: int = 0
    found: int = 0
    right: int = 0

    def count(self, found: Counter[Any], wanted: Counter[Any], allowed: Counter[Any]) -> None:
        """Adds the values of one text; ``allowed`` ones count neither way."""
        found = found - ((found - wanted) & allowed)
        self.labelled += wanted.total()
        self.found += found.total()
        self.right += (found & wanted).total()

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there was nothing to find."""
        total = self.labelled + self.found
        return 2 * self.right / total if total else 1.0


Tallies = dict[str, Tally]

#: Columns of a release by what a label tells of a date or of a mention of a person.
DATE_FIELDS = {"dates.raw": "raw", "dates.first": "first", "dates.last": "last"}
PERSON_FIELDS = {
    "people.name": "name",
    "contributions.role": "role",
    "contributions.role_class": "role_class",
    "contributions.role_raw": "role_raw",
    "contributions.organisation": "organisation",
}


def labelled_texts(path: Path) -> Iterator[dict[str, Any]]:
    """The labelled texts of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def score_dates(texts: Iterable[Mapping[str, Any]]) -> Tallies:
    """Tallies of dates: as text, and by their first and last day."""
    tallies = {field: Tally() for field in DATE_FIELDS}
    for text in texts:
        published = date.fromisoformat(text["published"]) if text["published"] else None
        found = [
            _date_label(m)
            for m in find_dates(text["text"], published=published, edition=text["edition"])
        ]
        must = [m for m in text["mentions"] if not m.get("optional")]
        may = [m for m in text["mentions"] if m.get("optional")]
        for field, key in DATE_FIELDS.items():
            tallies[field].count(_values(found, key), _values(must, key), _values(may, key))
    return tallies


def score_people(texts: Iterable[Mapping[str, Any]]) -> Tallies:
    """Tallies of mentions by place and text, and of what is said of each person there."""
    tallies = {field: Tally() for field in ("contributions.name_raw", *PERSON_FIELDS)}
    for text in texts:
        found = [
            {"char_start": m.char_start, "raw": m.raw}
            | {key: getattr(m, key) for key in PERSON_FIELDS.values()}
            for m in find_people(text["text"])
        ]
        for field, key in (("contributions.name_raw", "raw"), *PERSON_FIELDS.items()):
            tallies[field].count(_placed(found, key), _placed(text["mentions"], key), Counter())
    return tallies


def _date_label(mention: DateMention) -> dict[str, Any]:
    return {
        "raw": mention.raw,
        "first": mention.first and mention.first.isoformat(),
        "last": mention.last and mention.last.isoformat(),
    }


def _values(labels: Iterable[Mapping[str, Any]], key: str) -> Counter[Any]:
    return Counter(label[key] for label in labels if label[key] is not None)


def _placed(labels: Iterable[Mapping[str, Any]], key: str) -> Counter[Any]:
    """Values with the place of their mention: the right role of somebody else is wrong."""
    return Counter(
        (label["char_start"], label["raw"], str(label[key]))
        for label in labels
        if label[key] is not None
    )
