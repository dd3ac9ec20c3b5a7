"""Regular expressions that are compiled when they are first used.

The grammar has about a hundred patterns and most texts need a dozen of them: a run over one page, or
a command that reads one date, does not pay for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

_METHODS = ("match", "search", "fullmatch", "finditer", "findall")


class Pattern:
    """A pattern with the methods of `re.Pattern`, which take their place at the first call of one."""

    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[..., list[str]]

    def __init__(self, source: str) -> None:
        self._source = source
        for method in _METHODS:
            setattr(self, method, partial(self._compiled, method))

    def _compiled(self, method: str, *place: Any) -> Any:
        """The first call of any method; later ones go straight to the compiled pattern."""
        compiled = re.compile(self._source)
        for name in _METHODS:
            setattr(self, name, getattr(compiled, name))
        return getattr(compiled, method)(*place)
