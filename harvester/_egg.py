"""A package inside a zipped egg, unpacked for this process: word lists and models are read as files."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path


def unpacked(places: Iterable[str]) -> list[str]:
    """The places of a package, those inside a zip file in a temporary folder that goes with the process."""
    return [_on_disk(Path(place)) for place in places]


def _on_disk(place: Path) -> str:
    egg = next((p for p in place.parents if p.is_file()), None)
    if egg is None:
        return str(place)
    folder = tempfile.mkdtemp(prefix="harvester-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with zipfile.ZipFile(egg) as archive:
        inside = f"{place.relative_to(egg).as_posix()}/"
        archive.extractall(folder, [n for n in archive.namelist() if n.startswith(inside)])
    return str(Path(folder) / place.relative_to(egg))
