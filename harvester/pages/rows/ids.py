"""Ids of rows and people: stable when rows come and go, and without a name in them."""

from __future__ import annotations

import hashlib
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
    begun, closing = _begun(key)
    inner, outer = begun.copy(), closing.copy()
    inner.update(text.encode("utf-8", "surrogatepass"))
    outer.update(inner.digest())
    return outer.hexdigest()[:length]


_BLOCK_SIZE = 64  # bytes that SHA-256 takes in at a time


@lru_cache(maxsize=4)
def _begun(key: bytes) -> tuple[hashlib._Hash, hashlib._Hash]:
    """The two hashes of HMAC (RFC 2104) with what the key begins them with.

    A page has some thirty rows, each with an id: to begin with the key anew took two thirds of each.
    """
    if len(key) > _BLOCK_SIZE:
        key = hashlib.sha256(key).digest()
    padded = key.ljust(_BLOCK_SIZE, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in padded) for pad in (0x36, 0x5C))
    return hashlib.sha256(inner), hashlib.sha256(outer)


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
