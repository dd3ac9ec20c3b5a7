"""Organisations by name: the listed ones, and the key that the forms of one share."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from importlib import resources

from harvester.parsers.people import lexicon as lex

_GENITIVE_MUNICIPALITY = re.compile(r"^(?P<place>.+?)s? (?P<kind>kommun|stad|län)$")

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class OrganisationLexicon:
    """`organisations.toml`: whole names by first word, names that are words, short forms by key."""

    names: dict[str, tuple[tuple[str, ...], ...]]
    known: frozenset[str]
    aliases: dict[str, str]
    written: frozenset[str]


@functools.cache
def organisation_lexicon() -> OrganisationLexicon:
    """The list of organisations, read on first use."""
    source = resources.files(__package__).joinpath("organisations.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    names: dict[str, list[tuple[str, ...]]] = {}
    for name in data["names"]:
        parts = tuple(name.replace("-", " - ").split())
        names.setdefault(parts[0], []).append(parts)
    aliases = {key.casefold(): name.casefold() for key, name in data["aliases"].items()}
    return OrganisationLexicon(
        {first: tuple(found) for first, found in names.items()},
        frozenset(data["known"]),
        aliases,
        frozenset(k for k in data["aliases"] if k.isupper()),
    )


def organisation_key(text: str) -> str:
    """The key that forms of one organisation share: `Karlstads kommun`, `Karlstad kommun`, `Karlstad`.

    A municipality is its place, an authority or association its name, casefolded, without a genitive -s
    on the last word and without a leading article.
    """
    key = _SPACE.sub(" ", unicodedata.normalize("NFC", text).replace("\u00ad", "")).strip(" .,")
    match = _GENITIVE_MUNICIPALITY.match(key)
    if match:
        place, places = match["place"], lex.lexicon().places
        key = f"{place}s" if place not in places and f"{place}s" in places else place
    key = key.casefold()
    for article in ("det ", "den ", "the "):
        key = key.removeprefix(article)
    return organisation_lexicon().aliases.get(key, key)


def without_genitive(raw: str) -> str:
    word = raw.split(" ")[-1]
    if not word.endswith(("s", "S")) or len(word) < 4:
        return raw
    places = lex.lexicon().places
    if word in places or word.isupper():
        return raw
    if word.endswith(("ås", "näs")) and word[:-1] not in places:
        return raw
    return raw[:-1]
