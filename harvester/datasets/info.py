"""What a release says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata

from harvester.records import SCHEMA_VERSION, TABLES, TECHNICAL_TABLES

#: Tables in which nothing changes unless the source, the code or an override does.
CONTENT_TABLES = tuple(table for table in TABLES if table not in TECHNICAL_TABLES)


#: Packages whose version can show in a release's bytes.
DEPENDENCIES = (
    "beautifulsoup4",
    "dateparser",
    "lxml",
    "pandas",
    "pyarrow",
    "python-crfsuite",
    "warcio",
    "XlsxWriter",
)


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    """Where a release comes from. `Releases.build` sets `version` and `base`."""

    profile: str
    code_version: str
    captures_digest: str  # digest of the captures it rests on, "sha256:…"
    created: datetime  # fetch time of the newest capture (UTC), never the clock
    dependencies: Mapping[str, str] = field(default_factory=dict)  # package → version
    program_digest: str = ""  # of the code, libraries and profile that made the rows
    decisions_digest: str = ""  # of aliases, overrides and suppressions
    schema_version: str = SCHEMA_VERSION
    version: str = ""
    base: str | None = None  # version of the release that rows of failed parts were kept from
    public: bool = False  # without full texts and people who are only mentioned
    without: tuple[str, ...] = ()  # a keyed mark for each suppressed name it was made without

    @property
    def created_utc(self) -> datetime:
        """`created` in UTC without a zone, as file properties want it."""
        moment = self.created
        return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


def dependency_versions() -> dict[str, str]:
    """The installed version of each package in `DEPENDENCIES`; one that is missing is left out."""
    versions = {}
    for name in DEPENDENCIES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return versions
