"""Where a reference on a page leads: the text's links and its documents ask for the same ones."""

from __future__ import annotations

import functools
import re
from urllib.parse import urljoin

# A whole address in its plainest spelling, which no page's own changes; most references are one.
# None with a query, a fragment or parameters, which may be empty and then are left out.
_WHOLE = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]+)?/[A-Za-z0-9_./-]*")
# A path on the page's own site, and what comes before it; no "..", "." or empty step in it.
_OWN_PATH = re.compile(r"(?:/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)+/?")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]+)?(?=/|\Z)")

#: Longer ones are data and not remembered.
_LONGEST_REMEMBERED = 2_000


def absolute(base: str, reference: str) -> str:
    """The address a reference on a page leads to. Raises ValueError where it cannot be read."""
    reference = reference.strip()
    if _WHOLE.fullmatch(reference) is not None:
        return reference
    if _OWN_PATH.fullmatch(reference) is not None and (origin := _ORIGIN.match(base)) is not None:
        return origin[0] + reference
    joined = _joined if len(reference) <= _LONGEST_REMEMBERED else urljoin
    return joined(base, reference)


_joined = functools.lru_cache(maxsize=256)(urljoin)
