"""Role wordings: from what the page says to the normal wording and its class.

The wordings stand in `roles.toml`. Swedish inflection is undone by rule (socialchefen, socialcheferna ->
socialchef), compounds by their tail (varumärkesforskare -> forskare).
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources

from harvester.records import RoleClass

#: Endings of definite and plural nouns, with what the indefinite singular has in their place.
_INFLECTIONS = (
    ("arnas", "are"), ("ernas", ""), ("arna", "are"), ("erna", ""), ("orna", "a"), ("arna", ""),
    ("erna", "e"), ("värdar", "värd"), ("värdarna", "värd"), ("kockar", "kock"), ("kockarna", "kock"), ("mannen", "man"), ("männen", "man"), ("ens", ""), ("ers", ""), ("en", ""), ("et", ""), ("er", ""), ("an", "a"), ("or", "a"),
    ("iga", "ig"), ("ige", "ig"), ("ns", ""), ("ts", ""), ("n", ""), ("t", ""), ("na", ""), ("s", ""),
)  # fmt: skip


#: Roles that say no more than that somebody stands on the stage; any other statement is better.
WEAK_ROLES = frozenset(
    {
        "talare",
        "föreläsare",
        "storföreläsare",
        "huvudtalare",
        "deltagare",
        "gäst",
        "keynote",
        "paneldeltagare",
        "panelist",
        "pristagare",
        "stipendiat",
    }
)


@dataclass(frozen=True, slots=True)
class RoleLexicon:
    """`roles.toml` as mappings; `tail_lengths` are those of `tails`, longest first."""

    words: dict[str, RoleClass]
    tails: dict[str, RoleClass]
    tail_lengths: tuple[int, ...]
    forms: dict[str, str]
    modifiers: dict[str, str]
    by_organisation: dict[RoleClass, tuple[str, ...]]
    not_roles: frozenset[str]
    officers: frozenset[str]


@functools.cache
def role_lexicon() -> RoleLexicon:
    """The role lists, read on first use."""
    source = resources.files(__package__).joinpath("roles.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    words: dict[str, RoleClass] = {}
    tails: dict[str, RoleClass] = {}
    for name, entry in data["class"].items():
        for word in (*entry["tails"], *entry["words"]):
            words[word] = RoleClass(name)
        for tail in entry["tails"]:
            tails.setdefault(tail, RoleClass(name))
    return RoleLexicon(
        words=words,
        tails=tails,
        tail_lengths=tuple(sorted({len(tail) for tail in tails}, reverse=True)),
        forms=data["forms"],
        modifiers=data["modifiers"],
        by_organisation={RoleClass(k): tuple(v) for k, v in data["by_organisation"].items()},
        not_roles=frozenset(data["not_roles"]["words"]),
        officers=frozenset(data["officers"]["words"]),
    )


@functools.lru_cache(maxsize=50_000)
def indefinite(word: str) -> str | None:
    """The indefinite singular of a lower-case role noun, or None where it is no known role noun."""
    if not _may_be_role(word):
        return None
    lists = role_lexicon()
    if word in lists.not_roles:
        return None
    if word in lists.forms:
        return lists.forms[word] or None
    if _is_noun(word):
        return word
    for ending, replacement in _INFLECTIONS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)] + replacement
            if stem in lists.forms:
                # `avd.chefen`
                return lists.forms[stem] or None
            if _is_noun(stem) and stem not in lists.not_roles:
                return stem
    return None


@functools.cache
def _endings() -> frozenset[str]:
    """The last five letters of every form of every role noun, a shorter form as it is: six of seven words have none."""
    lists = role_lexicon()
    nouns = {*lists.words, *lists.tails, *lists.forms}
    inflected = {
        noun.removesuffix(replacement) + ending
        for noun in nouns
        for ending, replacement in _INFLECTIONS
        if noun.endswith(replacement)
    }
    return frozenset(form[-5:] for form in nouns | inflected)


def _may_be_role(word: str) -> bool:
    endings = _endings()
    return word[-5:] in endings or word[-4:] in endings or word[-3:] in endings


def is_role_word(word: str) -> bool:
    """Whether a lower-case word is a role noun in any form."""
    return _may_be_role(word) and indefinite(word) is not None


@functools.lru_cache(maxsize=20_000)
def role_class(role: str, organisation: str | None) -> RoleClass | None:
    """The class of a normal wording; a chair or member of a political body is a politician."""
    lists = role_lexicon()
    hanging = "- och " in role
    head = role if hanging or role in lists.words else role.split(" och ")[0]
    head = head.split(",")[0].strip()
    found = lists.words.get(head)
    if found is None:
        last = head.split()
        found = lists.words.get(" ".join(last[-2:])) or (_noun_class(last[-1]) if last else None)
        if found is None and last:
            found = next((_noun_class(w) for w in last if _noun_class(w)), None)
    if found is RoleClass.OTHER and "politisk tales" in head:
        return RoleClass.POLITICIAN
    if head in lists.officers and _is_association(organisation, lists):
        return RoleClass.ASSOCIATION_OFFICER
    if found is RoleClass.ASSOCIATION_OFFICER:
        return _class_of_officer(role, organisation, lists)
    return found


def _is_association(organisation: str | None, lists: RoleLexicon) -> bool:
    """Whether an organisation is a union, an association or a voluntary body by its last word."""
    endings = lists.by_organisation[RoleClass.ASSOCIATION_OFFICER]
    return organisation is not None and organisation.lower().endswith(endings)


def _class_of_officer(role: str, organisation: str | None, lists: RoleLexicon) -> RoleClass:
    where = f"{role} {organisation or ''}".lower().replace(",", " ").split()
    political = lists.by_organisation[RoleClass.POLITICIAN]
    if any(word.endswith(political) for word in where if word != role):
        return RoleClass.POLITICIAN
    return RoleClass.ASSOCIATION_OFFICER


@functools.lru_cache(maxsize=50_000)
def _noun_class(word: str) -> RoleClass | None:
    lists = role_lexicon()
    if word in lists.words:
        return lists.words[word]
    for length in lists.tail_lengths:
        if len(word) >= length + 2 and (name := lists.tails.get(word[-length:])):
            return name
    return None


def _is_noun(word: str) -> bool:
    return _noun_class(word) is not None and word not in role_lexicon().not_roles
