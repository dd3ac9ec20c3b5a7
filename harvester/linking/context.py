"""What linking needs beside the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harvester.curation import Curation
from harvester.pages.harvested import FilmFact


@dataclass(frozen=True, slots=True)
class LinkContext:
    """Where linking may write, and what is decided outside the pages.

    ``scratch`` is a folder for one temporary file. ``person_key`` is the key person ids are made
    with. ``run`` names the run in rows of `problems`. Of ``suppressed`` people no row is
    given, under whatever names the pages join to theirs; the ids of all their known names are
    wanted, since a name that is redacted on the pages joins nothing any more. ``provider_facts`` are films as their providers describe them.
    """

    scratch: Path
    person_key: bytes
    run: str = ""
    curation: Curation = field(default_factory=Curation)
    suppressed: frozenset[str] = frozenset()
    provider_facts: Sequence[FilmFact] = ()
