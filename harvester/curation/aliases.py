"""Aliases: spellings that are one person, look-alikes that are two, and one name that two people bear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from harvester.curation.entries import Entry, entries
from harvester.errors import ProfileError
from harvester.parsers.people import normalise_name

# A tag goes into an id, so it is kept short and plain.
_TAG = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


@dataclass(frozen=True, slots=True)
class SameName:
    """Names of one person, the one to show first."""

    names: tuple[str, ...]
    why: str

    @property
    def canonical(self) -> str:
        return self.names[0]


@dataclass(frozen=True, slots=True)
class DifferentNames:
    """Names that look alike and are different people: never joined, never proposed."""

    names: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """One of several people of one name, known by pages or organisations.

    The bearer's id is made from the name and ``tag``, so the tag must stay once it is chosen.
    What no bearer's entry fits stays with the plain name.
    """

    name: str
    tag: str
    pages: frozenset[str]  # page ids or canonical addresses
    organisations: frozenset[str]  # case folded
    why: str

    def fits(self, page_id: str, url: str, organisations: Iterable[str]) -> bool:
        """True where a page, or an organisation stated for the name there, is this bearer's."""
        if page_id in self.pages or url in self.pages:
            return True
        return any(_folded(o) in self.organisations for o in organisations)


@dataclass(frozen=True, slots=True)
class Aliases:
    """All that is listed about names."""

    same: tuple[SameName, ...] = ()
    different: tuple[DifferentNames, ...] = ()
    bearers: tuple[Bearer, ...] = ()

    def __add__(self, other: Aliases) -> Aliases:
        """Both lists together. Raises ProfileError where they contradict each other."""
        joined = Aliases(
            self.same + other.same, self.different + other.different, self.bearers + other.bearers
        )
        _refuse_contradictions(joined, "aliases")
        return joined


def read_aliases(document: Mapping[str, Any], source: str) -> Aliases:
    """The aliases a parsed TOML document lists. Raises ProfileError naming the entry."""
    same: list[SameName] = []
    different: list[DifferentNames] = []
    bearers: list[Bearer] = []
    for kind, entry in entries(document, ("same", "different"), source):
        if kind == "same":
            entry.refuse_unknown({"names", "why"})
            same.append(SameName(entry.texts("names", least=2), entry.text("why")))
        elif "names" in entry.values:
            entry.refuse_unknown({"names", "why"})
            different.append(DifferentNames(entry.texts("names", least=2), entry.text("why")))
        else:
            bearers.append(_bearer(entry))
    aliases = Aliases(tuple(same), tuple(different), tuple(bearers))
    _refuse_contradictions(aliases, source)
    return aliases


def _bearer(entry: Entry) -> Bearer:
    entry.refuse_unknown({"name", "tag", "pages", "organisations", "why"})
    tag = entry.text("tag")
    if not _TAG.fullmatch(tag):
        raise ProfileError(f"{entry.where}: tag {tag!r} must be lower-case letters, digits and -")
    pages, organisations = entry.texts("pages"), entry.texts("organisations")
    if not pages and not organisations:
        raise ProfileError(f"{entry.where}: needs pages or organisations to know the bearer by")
    return Bearer(
        entry.text("name"),
        tag,
        frozenset(pages),
        frozenset(_folded(o) for o in organisations),
        entry.text("why"),
    )


def _refuse_contradictions(aliases: Aliases, source: str) -> None:
    group: dict[str, int] = {}
    for n, same in enumerate(aliases.same):
        for name in same.names:
            if group.setdefault(normalise_name(name), n) != n:
                raise ProfileError(f"{source}: {name!r} stands in two [[same]] entries")
    for different in aliases.different:
        groups = [group.get(normalise_name(name)) for name in different.names]
        listed = [g for g in groups if g is not None]
        if len(listed) != len(set(listed)):
            raise ProfileError(
                f"{source}: {different.names[0]!r} is listed both same and different"
            )
        if len({normalise_name(name) for name in different.names}) != len(different.names):
            raise ProfileError(
                f"{source}: {different.names[0]!r} is one name: tell its bearers apart with name and tag"
            )
    tags = [(normalise_name(b.name), b.tag) for b in aliases.bearers]
    for bearer, tag in zip(aliases.bearers, tags, strict=True):
        if tags.count(tag) > 1:
            raise ProfileError(f"{source}: {bearer.name!r} has the tag {bearer.tag!r} twice")
        if tag[0] in group:
            raise ProfileError(f"{source}: {bearer.name!r} is listed both same and different")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
