"""What a text states of its people, as tests write it."""

from __future__ import annotations

from harvester.parsers.people import find_people


def found(text: str) -> list[tuple[str, str | None, str | None]]:
    """Each mention's name, role and organisation."""
    return [(m.name, m.role, m.organisation) for m in find_people(text)]
