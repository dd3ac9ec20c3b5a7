"""People: one row a person, with all the names and years of the pages they stand on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from harvester.linking.identity import Identity
from harvester.linking.names import swedish_key
from harvester.linking.scratch import Scratch, packed_values, unpacked_values
from harvester.parsers.people import sort_name
from harvester.records import Person


class _Member(NamedTuple):
    """One name of a person as the pages give it."""

    person_id: str
    name: str
    sort_name: str
    mentions: int
    first: int | None
    last: int | None


def build_people(scratch: Scratch, identity: Identity) -> None:
    """Fills the table of people from the names of all pages; the suppressed are left out."""
    for (name_id,) in scratch.run("SELECT person_id FROM form ORDER BY person_id"):
        if identity.is_hidden(name_id):
            continue
        person = identity.canonical(name_id)
        members = [m for i in identity.members(person) if (m := _member(scratch, i))]
        if members[0].person_id == name_id:  # else the person comes with another name
            scratch.run(
                "INSERT INTO human VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                *_row(person, members, identity),
            )


def people(scratch: Scratch) -> Iterator[Person]:
    """The people in Swedish alphabetical order of their sort names, then by id."""
    for person, name, sorted_as, aliases, first, last, mentions in scratch.run(
        """SELECT person_id, name, sort_name, aliases, first, last, mentions
           FROM human ORDER BY sort_key, person_id"""
    ):
        yield Person(person, name, sorted_as, unpacked_values(aliases), first, last, mentions)


def _member(scratch: Scratch, person: str) -> _Member | None:
    row = scratch.run(
        """SELECT person_id, name, sort_name, mentions, first, last
           FROM form JOIN person USING (person_id) WHERE person_id = ?""",
        person,
    ).fetchone()
    return _Member(*row) if row else None


def _row(
    person: str, members: list[_Member], identity: Identity
) -> tuple[str, str, str, str, bytes, int | None, int | None, int]:
    listed = identity.listed_name(person)
    name = listed or members[0].name
    sorted_as = sort_name(listed) if listed else members[0].sort_name
    aliases = {m.name for m in members} - {name}
    first = [m.first for m in members if m.first is not None]
    last = [m.last for m in members if m.last is not None]
    return (
        person,
        swedish_key(sorted_as),
        name,
        sorted_as,
        packed_values(tuple(sorted(aliases, key=swedish_key))),
        min(first, default=None),
        max(last, default=None),
        sum(m.mentions for m in members),
    )
