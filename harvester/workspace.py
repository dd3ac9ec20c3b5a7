"""An output folder: whose it is, where its parts lie, who is suppressed in it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harvester.archive.folder import person_key
from harvester.errors import OutputMismatchError, ProfileError, UnwritableError
from harvester.harvest import HarvestContext
from harvester.privacy import Suppression, read_suppression
from harvester.sites import Profile

_OWNER = "profile.json"
_SUPPRESSED = "suppressed.json"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The output folder of one profile."""

    output: Path
    profile: Profile

    @property
    def archive(self) -> Path:
        return self.output / "archive"

    @property
    def archive_index(self) -> Path:
        return self.archive / "index.sqlite"

    @property
    def extracts(self) -> Path:
        return self.output / "extracts.sqlite"

    @property
    def runs(self) -> Path:
        return self.output / "runs"

    @property
    def suppressed_file(self) -> Path:
        return self.archive / _SUPPRESSED

    def person_key(self) -> bytes:
        """The key of person ids here, made where there is none. Raises UnwritableError."""
        fixed = self.profile.person_key
        return person_key(self.archive, fixed=fixed.encode() if fixed else None)

    def context(self) -> HarvestContext:
        """What rows depend on here. Raises UnwritableError where the key cannot be made."""
        suppression = self.suppression()
        return HarvestContext(self.profile, self.person_key(), suppression.ids, suppression.forms)

    def forget_extracts(self) -> None:
        """Removes what was read from the archive: the next build reads all of it anew."""
        for ending in ("", "-wal", "-shm", "-journal"):
            self.extracts.with_name(self.extracts.name + ending).unlink(missing_ok=True)

    def suppression(self) -> Suppression:
        """The people who must not appear. Raises ProfileError for a broken file."""
        return read_suppression(self.suppressed_file)


def open_workspace(
    profile: Profile, output: Path | None = None, *, create: bool = True
) -> Workspace:
    """The output folder of a profile, claimed for it when it is new.

    Raises OutputMismatchError where the folder belongs to another profile, UnwritableError where
    it cannot be written, ProfileError where it does not exist and may not be created.
    """
    output = output or Path("output") / profile.name
    owner = output / _OWNER
    own = _identity(profile)
    if not owner.exists():
        if not create:
            raise ProfileError(
                f"{output}: no harvest here yet; run `harvester run --site {profile.name}` first"
            )
        _claim(output, owner, own)
    try:
        there: Any = json.loads(owner.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnwritableError(
            f"{owner}: cannot be read ({error}); restore it from a copy, or write it anew: {json.dumps(own)}"
        ) from None
    if (
        not isinstance(there, dict)
        or there.get("profile") != own["profile"]
        or there.get("sites") != own["sites"]
    ):
        name = there.get("profile") if isinstance(there, dict) else "?"
        raise OutputMismatchError(
            f"{output}: belongs to profile {name!r}, not to {profile.name!r}; name another folder with --output"
        )
    if create and not os.access(output, os.W_OK):
        raise UnwritableError(
            f"{output}: no permission to write; change its owner or name another folder with --output"
        )
    return Workspace(output, profile)


def _identity(profile: Profile) -> dict[str, Any]:
    return {"profile": profile.name, "sites": [site.name for site in profile.sites]}


def _claim(output: Path, owner: Path, own: dict[str, Any]) -> None:
    try:
        output.mkdir(parents=True, exist_ok=True)
        if any(e.name in ("archive", "releases") for e in output.iterdir()):
            if owner.exists():
                return  # claimed by a process that began at the same time
            raise OutputMismatchError(
                f"{output}: holds a harvest but no {_OWNER}; name another folder with --output"
            )
        beside = owner.with_suffix(f".{os.getpid()}.new")
        beside.write_text(json.dumps(own, indent=1) + "\n", encoding="utf-8")
        beside.replace(owner)
    except OSError as error:
        raise UnwritableError(
            f"{output}: cannot be written ({error.strerror or error}); name another folder with --output"
        ) from None
