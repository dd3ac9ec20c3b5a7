"""Entries of a curation file: tables of a TOML document, each refused by name where it is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harvester.errors import ProfileError


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a file and its place there, for messages."""

    where: str
    values: Mapping[str, Any]

    def text(self, key: str) -> str:
        """A string that is not blank. Raises ProfileError."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise ProfileError(f"{self.where}: {key} must be a text that is not empty")
        return value.strip()

    def texts(self, key: str, *, least: int = 0) -> tuple[str, ...]:
        """A list of strings, at least so many. Raises ProfileError."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise ProfileError(f"{self.where}: {key} must be a list of texts")
        if len(value) < least:
            raise ProfileError(f"{self.where}: {key} needs at least {least}")
        return tuple(v.strip() for v in value)

    def refuse_unknown(self, known: Collection[str]) -> None:
        """Raises ProfileError for a key that nothing reads."""
        for key in self.values:
            if key not in known:
                names = ", ".join(sorted(known))
                raise ProfileError(f"{self.where}: unknown key {key!r}; known are: {names}")


def read_document(path: Path) -> Mapping[str, Any]:
    """A TOML file as a mapping; an absent file is an empty one. Raises ProfileError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path}: cannot be read ({error})") from None
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{path}: not valid TOML: {error}") from None


def entries(
    document: Mapping[str, Any], kinds: Collection[str], source: str
) -> Iterator[tuple[str, Entry]]:
    """The entries of a document with their kind, in the document's order. Raises ProfileError."""
    for kind, tables in document.items():
        if kind not in kinds:
            raise ProfileError(
                f"{source}: unknown [[{kind}]]; known are: {', '.join(sorted(kinds))}"
            )
        if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
            raise ProfileError(f"{source}: {kind} must be written as [[{kind}]]")
        for n, table in enumerate(tables, 1):
            yield kind, Entry(f"{source}, {kind} {n}", table)
