"""What a release's rows come from beside the captures, as digests: the program, and what is decided by hand.

Two releases with equal digests differ by their source alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from harvester.curation import Curation
from harvester.harvest import HarvestContext
from harvester.sites import Profile

_PACKAGE = Path(__file__).parent.parent

#: The parts of the program that decide what a row holds.
ROW_PARTS = (
    "parsers", "pages", "linking", "curation", "extraction",
    "harvest.py", "records.py", "sites.py", "addresses.py",
)  # fmt: skip

#: The parts that the labels measure: what is found in a text.
READING_PARTS = ("parsers",)

#: Endings of files that are code or what code knows; anything else is no part of the program.
_ENDINGS = (".py", ".toml", ".txt", ".json", ".crfsuite")


def code_digest(parts: Iterable[str] = ROW_PARTS, package: Path = _PACKAGE) -> str:
    """One digest of the program files in the named parts (folders or files of the package)."""
    whole = hashlib.sha256()
    for part in parts:
        place = package / part
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for file in files:
            if file.suffix in _ENDINGS and file.is_file() and not _is_curated(file):
                # A checkout may end lines otherwise; that changes no row.
                data = file.read_bytes()
                text = data.replace(b"\r\n", b"\n") if file.suffix != ".crfsuite" else data
                name = file.relative_to(package).as_posix()
                whole.update(f"{name} {hashlib.sha256(text).hexdigest()}\n".encode())
    return f"sha256:{whole.hexdigest()}"


def program_digest(profile: Profile, dependencies: Mapping[str, str]) -> str:
    """The digest of all that makes rows out of captures: code, libraries and the profile's facts."""
    sites = [
        (s.name, s.base, s.hosts, s.timezone, sorted(s.editions.items())) for s in profile.sites
    ]
    text = repr((code_digest(), sorted(dependencies.items()), profile.event_names, sites))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def decisions_digest(curation: Curation, context: HarvestContext) -> str:
    """The digest of what people decided: aliases, overrides, who is suppressed."""
    text = repr((curation.aliases, curation.overrides, sorted(context.suppressed)))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _is_curated(file: Path) -> bool:
    """True for the lists of `curation`: they are decisions, not code."""
    return file.parent.name == "curation" and file.suffix == ".toml"
