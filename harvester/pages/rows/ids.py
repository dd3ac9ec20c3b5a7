"""Ids of rows and people: stable when rows come and go, and without a name in them."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from harvester.parsers.people import normalise_name


@lru_cache(maxsize=1024)
def person_id(name: str, key: bytes) -> str:
    """The id of a person: a keyed hash of the normal name, `p` and 16 hex digits."""
    return "p" + keyed_hash(normalise_name(name), key, 16)


def keyed_hash(text: str, key: bytes, length: int = 10) -> str:
    """The first hex digits of HMAC-SHA256: nobody without the key can test a guess."""
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()[:length]


class RowIds:
    """Ids for one page's rows: page id and a keyed hash of what the row is about.

    A second row about the same thing gets `.2`, a third `.3`, in page order. ``originals`` gives
    redacted texts as they were, so that a row keeps its id when a name in its heading is masked.
    """

    def __init__(
        self, page_id: str, key: bytes, originals: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.page_id = page_id
        self._key = key
        self._originals = originals
        self._seen: dict[str, int] = {}

    def of(self, *about: str) -> str:
        if self._originals:
            about = tuple(self._originals.get(text, text) for text in about)
        stem = f"{self.page_id}.{keyed_hash(chr(31).join(about), self._key)}"
        seen = self._seen[stem] = self._seen.get(stem, 0) + 1
        return stem if seen == 1 else f"{stem}.{seen}"
