"""A capture: one stored answer of a site, and the only thing the pure side reads pages from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer of a site, its body decoded (content and transfer encoding undone).

    ``fetched_at`` is UTC. ``headers`` keep the order and spelling in which they came; use `header`.
    """

    url: str
    fetched_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    digest: str  # "sha256:<hex>" of `body`

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def media_type(self) -> str:
        """The media type without parameters, lower case; empty where the answer states none."""
        return (self.header("Content-Type") or "").split(";")[0].strip().lower()


def body_digest(body: bytes) -> str:
    """The digest a capture of this decoded body carries: ``sha256:<hex>``."""
    return "sha256:" + hashlib.sha256(body).hexdigest()


def make_capture(
    url: str, fetched_at: datetime, status: int, headers: Iterable[tuple[str, str]], body: bytes
) -> Capture:
    """A capture with its digest computed."""
    return Capture(url, fetched_at, status, tuple(headers), body, body_digest(body))
