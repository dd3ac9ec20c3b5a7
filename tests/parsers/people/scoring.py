"""Score `find_people` against labelled texts: spans, names, roles, organisations, traps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harvester.parsers.people import find_people


@dataclass(slots=True)
class Score:
    """Counts over a set of labelled texts; the figures are shares between 0 and 1."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    names: int = 0
    roles: int = 0
    roles_right: int = 0
    classes_right: int = 0
    raws_right: int = 0
    roles_invented: int = 0
    organisations: int = 0
    organisations_right: int = 0
    traps: int = 0
    traps_passed: int = 0
    errors: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        return {
            "span_f1": 2 * self.right / max(self.wanted + self.found, 1),
            "name": self.names / max(self.wanted, 1),
            "role": self.roles_right / max(self.roles, 1),
            "role_class": self.classes_right / max(self.roles, 1),
            "role_raw": self.raws_right / max(self.roles, 1),
            "organisation": self.organisations_right / max(self.organisations, 1),
            "traps": self.traps_passed / max(self.traps, 1),
        }


def labelled(path: Path) -> Iterator[dict[str, Any]]:
    """The labelled texts of a JSON Lines file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def score(texts: Iterable[dict[str, Any]]) -> Score:
    """The score over labelled texts; `errors` has a line for each thing that is wrong."""
    total = Score()
    for text in texts:
        _score_text(text, total)
    return total


def _score_text(text: dict[str, Any], total: Score) -> None:
    found = {(m.char_start, m.raw): m for m in find_people(text["text"])}
    wanted = {(m["char_start"], m["raw"]): m for m in text["mentions"]}
    total.wanted += len(wanted)
    total.found += len(found)
    total.right += len(found.keys() & wanted.keys())
    if not wanted:
        total.traps += 1
        total.traps_passed += not found
    for key in found.keys() - wanted.keys():
        total.errors.append(f"{text['id']} extra {key[1]!r} ({found[key].rule})")
    for key, label in wanted.items():
        mention = found.get(key)
        total.roles += label["role"] is not None
        total.organisations += label["organisation"] is not None
        if mention is None:
            total.errors.append(f"{text['id']} missed {key[1]!r}")
            continue
        total.names += mention.name == label["name"]
        if mention.name != label["name"]:
            total.errors.append(f"{text['id']} name {mention.name!r} for {label['name']!r}")
        if label["role"] is not None:
            total.roles_right += mention.role == label["role"]
            total.classes_right += mention.role_class == label["role_class"]
            total.raws_right += mention.role_raw == label["role_raw"]
        elif mention.role is not None:
            total.roles_invented += 1
        if mention.role != label["role"]:
            total.errors.append(
                f"{text['id']} {key[1]}: role {mention.role!r} for {label['role']!r}"
            )
        elif mention.role_class != label["role_class"]:
            total.errors.append(
                f"{text['id']} {key[1]}: class {mention.role_class} for {label['role_class']}"
            )
        elif mention.role_raw != label["role_raw"]:
            total.errors.append(
                f"{text['id']} {key[1]}: raw {mention.role_raw!r} for {label['role_raw']!r}"
            )
        if label["organisation"] is not None:
            total.organisations_right += mention.organisation == label["organisation"]
        if mention.organisation != label["organisation"]:
            total.errors.append(
                f"{text['id']} {key[1]}: organisation {mention.organisation!r} for {label['organisation']!r}"
            )
