"""Suppressing somebody: from a name or id to every name they go by, as ids and hashed forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow.parquet as pq

from harvester.curation import Aliases, load_curation
from harvester.datasets.folders import RELEASES, parquet_path, release_versions
from harvester.errors import ProfileError
from harvester.linking.gathering import bearer_id
from harvester.pages.rows.ids import person_id
from harvester.parsers.people import normalise_name
from harvester.privacy import Suppressed, name_forms
from harvester.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SuppressedPerson:
    """What suppressing somebody came to. Holds no name."""

    person_id: str
    names: int  # how many names the person goes by
    known: bool  # a release names the person
    new: bool  # something was added to the file


def suppress(workspace: Workspace, person: str, why: str, today: date) -> SuppressedPerson:
    """Adds a person, by id or full name, to the suppression file, with all aliases.

    Aliases are those of the releases and of the curation. Of several people of one name all are
    suppressed: their pages name them alike. Raises ProfileError for an id that no release knows,
    and for a name of one word that none does.
    """
    key, old = workspace.person_key(), workspace.suppression()
    if person in old.ids:
        return SuppressedPerson(person, 0, known=False, new=False)
    aliases = load_curation(workspace.profile.name, workspace.output).aliases
    rows = [row for row in _people(workspace) if _is_meant(row, person)]
    bearers = {bearer_id(b, key): b.name for b in aliases.bearers}
    names = {name for row in rows for name in (row["name"], *row["aliases"])}
    names |= {bearers[person]} if person in bearers else set()
    if not names:
        names = {_as_name(person)}
    names = _with_listed(names, aliases)
    ids = {row["person_id"] for row in rows} | {i for i, n in bearers.items() if n in names}
    entries = [Suppressed(i, (), why, today) for i in sorted(ids)]
    entries += [_entry(name, key, why, today) for name in sorted(names)]
    new = old.extended(entries)
    if new != old:
        new.write(workspace.suppressed_file)
    first = next(iter(sorted(ids)), None) or entries[0].person_id
    return SuppressedPerson(first, len(names), known=bool(rows), new=new != old)


def suppress_joined(workspace: Workspace, names_of: Callable[[str], Sequence[str]]) -> bool:
    """Suppresses the names that linking joined to suppressed people's; True where there are any."""
    old, key = workspace.suppression(), workspace.person_key()
    entries = [
        _entry(name, key, entry.why, entry.when)
        for entry in old.entries
        for name in names_of(entry.person_id)
    ]
    new = old.extended(entries)
    if new == old:
        return False
    new.write(workspace.suppressed_file)
    return True


def _entry(name: str, key: bytes, why: str, today: date) -> Suppressed:
    return Suppressed(person_id(name, key), tuple(sorted(name_forms(name, key))), why, today)


def _people(workspace: Workspace) -> Iterator[Mapping[str, Any]]:
    """The people of all releases, newest first: an older one may know an id that is no more."""
    for version in reversed(release_versions(workspace.output)):
        path = parquet_path(workspace.output / RELEASES / version, "people")
        with pq.ParquetFile(path) as file:
            yield from file.read(["person_id", "name", "aliases"]).to_pylist()


def _is_meant(row: Mapping[str, Any], person: str) -> bool:
    if row["person_id"] == person:
        return True
    wanted = normalise_name(person)
    return any(normalise_name(name) == wanted for name in (row["name"], *row["aliases"]))


def _as_name(person: str) -> str:
    """A name that no release holds, as it was given."""
    if len(person.split()) < 2 or any(c.isdigit() for c in person):
        raise ProfileError(
            "no release holds this person: give the full name, or the id that `harvester people find` shows"
        )
    return " ".join(person.split())


def _with_listed(names: set[str], aliases: Aliases) -> set[str]:
    """The names with those that the curation lists as the same person's."""
    known = {normalise_name(name) for name in names}
    for same in aliases.same:
        if known & {normalise_name(name) for name in same.names}:
            names = names | set(same.names)
    return names
