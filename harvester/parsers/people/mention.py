"""What the reader of people gives back: mentions with their evidence, and what it did not understand."""

from __future__ import annotations

from dataclasses import dataclass

from harvester.quickly_made import quickly_made
from harvester.records import RoleClass, TookPartAs


@quickly_made
@dataclass(frozen=True, slots=True)
class PersonMention:
    """One place in a text where a person is named.

    Offsets are Python string indices into the text as given, ends exclusive. `role` is the normal
    wording (lower case, indefinite), `role_raw` and `organisation` what the text says about this person
    anywhere on the page; their spans are None when the value was carried here from another place.
    """

    raw: str
    char_start: int
    char_end: int
    name: str
    role: str | None = None
    role_class: RoleClass | None = None
    role_raw: str | None = None
    organisation: str | None = None
    role_start: int | None = None
    role_end: int | None = None
    organisation_start: int | None = None
    organisation_end: int | None = None
    rule: str = "model"
    took_part_as: TookPartAs | None = None


@dataclass(frozen=True, slots=True)
class UnknownRole:
    """A wording that stands where a role stands and is in no list: for a maintainer of `roles.toml`."""

    raw: str
    char_start: int
    char_end: int
    name: str


@dataclass(frozen=True, slots=True)
class PeopleReading:
    """Everything one text says about people."""

    mentions: tuple[PersonMention, ...]
    unknown_roles: tuple[UnknownRole, ...]
