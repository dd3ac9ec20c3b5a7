"""Simple selectors (tag, .class, #id …) matched without XPath, one set or several at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from harvester.memory import Memory

_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#])?([\w-]*)(\*)?")
_PART = re.compile(r"\.\*([\w-]+)\*")
#: Ids and class attributes whose answers are remembered, of each so many.
_REMEMBERED = 512
#: Longer ones are not remembered.
_LONGEST_REMEMBERED = 400


class SimpleSelectors:
    """A set of ``tag``, ``.class``, ``#id``, ``tag.class`` selectors (a trailing ``*`` is a prefix).

    ``.*word*`` selects what bears a class with that word in it.

    Matching an element costs a few set look-ups, however many selectors there are.
    """

    def __init__(self, selectors: Sequence[str]) -> None:
        self.everything = "*" in selectors
        self.tags: set[str] = set()
        self._ids: set[str] = set()
        self._classes: set[str] = set()
        self.pairs: set[tuple[str, str]] = set()
        id_prefixes: list[str] = []
        self._class_pieces: list[str] = []  # of classes with a space before each: " begin", "part"
        for selector in selectors:
            if selector == "*":
                continue
            part = _PART.fullmatch(selector)
            if part is not None:
                self._class_pieces.append(part.group(1))
                continue
            match = _SIMPLE.fullmatch(selector)
            if match is None or not selector or (match[4] and not match[2]):
                raise ValueError(
                    f"themes.toml: {selector!r} is no simple selector (tag, .class, #id, prefix*, .*part*)"
                )
            tag, mark, name, prefix = match.groups()
            if prefix and mark == "#":
                id_prefixes.append(name)
            elif prefix:
                self._class_pieces.append(f" {name}")
            elif mark == "#":
                self._ids.add(name)
            elif mark == "." and tag:
                self.pairs.add((tag, name))
            elif mark == ".":
                self._classes.add(name)
            else:
                self.tags.add(tag or name)
        self._id_prefixes = tuple(id_prefixes)

    def match(self, tag: str, identity: str | None, classes: Sequence[str]) -> bool:
        """True where an element of that tag, id and classes is selected."""
        if tag in self.tags or (identity and identity in self._ids):
            return True
        for name in classes:
            if name in self._classes or (tag, name) in self.pairs:
                return True
        if identity and identity.startswith(self._id_prefixes):
            return True
        return self._has_class_like(classes)

    def match_any(self, ids: AbstractSet[str], classes: AbstractSet[str]) -> bool:
        """True where an element of a page that bears these ids and classes is selected for one of them."""
        if self.everything:
            return True
        if not self._classes.isdisjoint(classes) or not self._ids.isdisjoint(ids):
            return True
        if self._id_prefixes and any(name.startswith(self._id_prefixes) for name in ids):
            return True
        return self._has_class_like(classes)

    def _has_class_like(self, classes: Iterable[str]) -> bool:
        """True where a class begins or goes on as a selector says; no class holds a space."""
        if not self._class_pieces:
            return False
        spaced = f" {' '.join(classes)}"
        return any(piece in spaced for piece in self._class_pieces)


class ClassNames(NamedTuple):
    """What a class attribute says: its names, and the bits of the sets that select its bearer for one."""

    names: frozenset[str]
    said: int
    paired: tuple[str, ...]  # names that some sets select on some tags only


class SelectorSets:
    """Several sets of simple selectors asked at once: the bits of those that select an element.

    What they say of an id or a class attribute is found out once: the pages of a site share most of
    theirs. A class that is selected on some tags only (`paired`) is asked about with its tag too.
    """

    def __init__(self, sets: Mapping[int, SimpleSelectors]) -> None:
        self._sets = tuple(sets.items())
        self.of_tag: dict[str, int] = {}
        self.of_pair: dict[tuple[str, str], int] = {}
        for bit, selectors in self._sets:
            for tag in selectors.tags:
                self.of_tag[tag] = self.of_tag.get(tag, 0) | bit
            for pair in selectors.pairs:
                self.of_pair[pair] = self.of_pair.get(pair, 0) | bit
        self._paired = frozenset(name for _, name in self.of_pair)
        self.of_id = Memory(
            lambda identity: self._said(identity, ()), most=_REMEMBERED, longest=_LONGEST_REMEMBERED
        )
        self.of_classes = Memory(self._of_classes, most=_REMEMBERED, longest=_LONGEST_REMEMBERED)

    def _of_classes(self, attribute: str) -> ClassNames:
        names = attribute.split()
        paired = tuple(name for name in names if name in self._paired)
        return ClassNames(frozenset(names), self._said(None, names), paired)

    def _said(self, identity: str | None, classes: Sequence[str]) -> int:
        return sum(bit for bit, selectors in self._sets if selectors.match("", identity, classes))
