"""Where a reference on a page leads: the text's links and its documents ask for the same ones."""

from __future__ import annotations

import functools
from urllib.parse import urljoin


@functools.lru_cache(maxsize=256)
def absolute(base: str, reference: str) -> str:
    """The address a reference on a page leads to. Raises ValueError where it cannot be read."""
    return urljoin(base, reference.strip())
