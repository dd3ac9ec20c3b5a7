"""The readers compiled to C: the same modules, a quarter quicker, where there are some that fit their sources.

`python -m harvester.compiled` compiles them with mypyc into the folder `built`. As with Python's own
`__pycache__`, what was compiled from other sources is not used: whoever edits one module runs all of
them from source until they are compiled again. Modules compiled together call each other directly, so
it is all of them or none. The rows are the same to the byte either way.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Set to "no", every module runs from source, as a profile or a debugger wants it.
SWITCH = "HARVESTER_COMPILED"

#: The module that holds the code of all; those of their own names only hand it out.
LIBRARY = "harvester__mypyc"

PACKAGE = Path(__file__).parent.parent
BUILT = PACKAGE / "compiled" / "built"
#: What tells compiled modules of one Python and kind of machine from those of another.
TAG = EXTENSION_SUFFIXES[0].split(".")[1]


def state() -> str:
    """How it stands: "in use", "switched off", "none" compiled, or compiled from "other sources"."""
    if any(isinstance(finder, _Compiled) for finder in sys.meta_path):
        return "in use"
    if not listed().is_file():
        return "none"
    return "other sources" if _places() is None else "switched off"


def use() -> None:
    """Let imports find compiled modules where they fit their sources; else nothing happens."""
    if os.environ.get(SWITCH, "").lower() in ("no", "0", "off"):
        return
    places = _places()
    if places is not None:
        sys.meta_path.insert(0, _Compiled(places))


def leave_out(*, children: bool = True) -> None:
    """Run from source what this process, and if wanted its children, have not imported yet."""
    if children:
        os.environ[SWITCH] = "no"
    sys.meta_path[:] = [f for f in sys.meta_path if not isinstance(f, _Compiled)]


def listed() -> Path:
    """The list of what is compiled for this Python: a folder, then a line for each source.

    A line has the source's path, size, time in nanoseconds and SHA-256.
    """
    return BUILT / f"{TAG}.list"


def listed_sources() -> list[str]:
    """The sources on it. Raises OSError where nothing is compiled."""
    return [line.split(" ")[0] for line in _read_list()[1]]


def line_of(source: str) -> str:
    """A source's line of the list, its path given relative to the package. Raises OSError."""
    found = (PACKAGE / source).stat()
    return f"{source} {found.st_size} {found.st_mtime_ns} {_digest(source)}"


def _places() -> Mapping[str, str] | None:
    """Where each compiled module lies; None where they fit other sources, or there are none."""
    try:
        folder, lines = _read_list()
        if not all(map(_fits, lines)):
            return None
        return {file.name.removesuffix(".so"): file.path for file in os.scandir(BUILT / folder)}
    except (OSError, ValueError):  # none compiled here, or a source is gone
        return None


def _read_list() -> tuple[str, list[str]]:
    folder, *lines = listed().read_text(encoding="utf-8").splitlines()
    return folder, lines


def _fits(line: str) -> bool:
    """True where a source is as its line says. A file written anew with the same text is the same."""
    source, size, nanoseconds, digest = line.split(" ")
    found = (PACKAGE / source).stat()
    if found.st_size != int(size):
        return False
    return found.st_mtime_ns == int(nanoseconds) or _digest(source) == digest


def _digest(source: str) -> str:
    import hashlib

    return hashlib.sha256((PACKAGE / source).read_bytes()).hexdigest()


class _Compiled:
    """Finds the modules that are compiled, before Python finds their sources."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = places

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        place = self._places.get(fullname)
        if place is None:
            return None
        return ModuleSpec(fullname, _Loader(fullname, place), origin=place)


class _Loader(ExtensionFileLoader):
    """Loads a compiled module whose file is said to lie beside its source, where its data are."""

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = f"{PACKAGE.parent}/{self.name.replace('.', '/')}.so"
        super().exec_module(module)
