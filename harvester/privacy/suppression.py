"""The suppression file: who must not appear. It holds ids, hashes and reasons, and no name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from harvester.archive.folder import writing
from harvester.errors import ProfileError
from harvester.privacy.forms import FormKind


@dataclass(frozen=True, slots=True)
class Suppressed:
    """One name of a person who must not appear: the id it gives, and its hashed forms."""

    person_id: str
    forms: tuple[str, ...]
    why: str
    when: date  # UTC


@dataclass(frozen=True, slots=True)
class Suppression:
    """Everybody who must not appear."""

    entries: tuple[Suppressed, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(e.person_id for e in self.entries)

    @property
    def forms(self) -> frozenset[str]:
        return frozenset(form for e in self.entries for form in e.forms)

    def extended(self, entries: Iterable[Suppressed]) -> Suppression:
        """With more names; of an id that stands already, only new forms are added."""
        known = {e.person_id: e for e in self.entries}
        for entry in entries:
            old = known.get(entry.person_id)
            if old is not None:
                forms = tuple(sorted({*old.forms, *entry.forms}))
                entry = old if forms == tuple(sorted(old.forms)) else replace(old, forms=forms)
            known[entry.person_id] = entry
        return Suppression(tuple(known.values()))

    def write(self, path: Path) -> None:
        """Writes the file beside and swaps it in, for its owner alone. Raises UnwritableError."""
        items = [{**asdict(e), "when": e.when.isoformat()} for e in self.entries]
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            beside = path.with_suffix(".new")
            beside.touch(mode=0o600)
            beside.write_text(
                json.dumps(items, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
            )
            beside.replace(path)


def read_suppression(path: Path) -> Suppression:
    """The file's entries; none without a file. Raises ProfileError for a broken one."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Suppression(tuple(_entry(item) for item in data))
    except FileNotFoundError:
        return Suppression()
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ProfileError(
            f"{path}: cannot be read ({error}); nothing is built until it is mended, so that nobody reappears"
        ) from None


def _entry(item: dict[str, Any]) -> Suppressed:
    forms = tuple(str(form) for form in item.get("forms", ()))
    for form in forms:
        shape, _, _ = form.split(".")
        FormKind(shape[0]), int(shape[1:])
    when = date.fromisoformat(item["when"]) if "when" in item else date.min
    return Suppressed(str(item["person_id"]), forms, str(item.get("why", "")), when)
