"""Origin: what made a release beside its captures, as its descriptor says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from harvester.datasets.folders import DamagedReleaseError

_DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Origin:
    """What made a release beside its captures, as its descriptor says."""

    program: str
    decisions: str
    created: datetime
    base: str | None
    public: bool

    @classmethod
    def of(cls, release: Path) -> Origin:
        """The origin of a release folder. Raises DamagedReleaseError."""
        try:
            package: Mapping[str, Any] = json.loads((release / _DESCRIPTOR).read_text("utf-8"))
            own = package["harvester"]
            return cls(
                own.get("program_digest", ""),
                own.get("decisions_digest", ""),
                datetime.fromisoformat(str(package["created"])),
                own["base_release"],
                own.get("public") is True,
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedReleaseError(
                f"{release / _DESCRIPTOR} is missing or damaged ({type(error).__name__}): restore it from "
                f"a copy, or remove the folder {release} and run `harvester release`"
            ) from None
