"""The words that linking knows, from words.toml."""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).parent / "words.toml"


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists, case folded. The pair lists hold each pair in both directions."""

    no_topic: frozenset[str]
    royal: frozenset[str]
    given_names: Mapping[str, frozenset[str]]  # a given name and those it may stand for
    surnames: Mapping[str, frozenset[str]]  # a surname and its other spellings


@functools.cache
def linking_words() -> Words:
    """The lists, read once."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Words(
        frozenset(data["no_topic"]),
        frozenset(data["royal"]),
        _both_ways(data["short_forms"]),
        _both_ways(data["surnames"]),
    )


def _both_ways(table: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    pairs: dict[str, set[str]] = defaultdict(set)
    for word, others in table.items():
        for other in others:
            pairs[word].add(other)
            pairs[other].add(word)
    return {word: frozenset(others) for word, others in pairs.items()}
