"""How a release and a run are summed up for a person and for a program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harvester.datasets.release import Built

_SHOWN = (
    "pages",
    "films",
    "clips",
    "people",
    "appearances",
    "dates",
    "documents",
    "editions",
    "problems",
)


def release_document(built: Built) -> dict[str, Any]:
    """A build as a JSON document."""
    return {
        "release": built.version,
        "new": built.new,
        "folder": shown_path(built.folder),
        "rows": dict(built.rows),
        "checks": [
            {"check": c.check, "status": str(c.status), "message": c.message}
            for c in built.checks
            if c.status != "passed"
        ],
    }


def release_lines(built: Built) -> Iterator[str]:
    """A build as lines, the last one saying it all."""
    if built.new:
        rows = built.rows
        yield ", ".join(f"{rows[t]} {t}" for t in _SHOWN if t in rows)
        yield f"release {built.version} in {shown_path(built.folder)}"
    else:
        yield f"no content changed: release {built.version} stays"


def shown_path(path: Path) -> str:
    """A path as a person would type it: relative to where they stand, where it lies below."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
