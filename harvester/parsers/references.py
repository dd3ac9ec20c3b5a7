"""Where a reference on a page leads: the text's links and its documents ask for the same ones."""

from __future__ import annotations

import functools
from urllib.parse import urljoin

#: Longer ones are data and not remembered.
_LONGEST_REMEMBERED = 2_000


def absolute(base: str, reference: str) -> str:
    """The address a reference on a page leads to. Raises ValueError where it cannot be read."""
    joined = _joined if len(reference) <= _LONGEST_REMEMBERED else urljoin
    return joined(base, reference.strip())


_joined = functools.lru_cache(maxsize=256)(urljoin)
