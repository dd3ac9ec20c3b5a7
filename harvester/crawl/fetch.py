"""One thing to ask a site for, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    TYPES = "types"  # which content types the REST interface has
    LISTING = "listing"  # a REST listing of one type
    SITEMAP = "sitemap"
    FEED = "feed"
    FRONT = "front"  # the front page, asked where its REST interface is announced
    PAGE = "page"

    @property
    def is_listing(self) -> bool:
        """True for everything that tells of pages and is none."""
        return self is not Purpose.PAGE


@dataclass(frozen=True, slots=True)
class Fetch:
    """An address to fetch. ``depth`` counts links from a listed page or seed.

    ``conditional`` is False where the site said that the page has changed: then a 304 is no answer.
    ``key`` is the canonical address the fetch was made for, the same through all its redirects.
    """

    site: str
    url: str
    purpose: Purpose
    key: str = ""
    depth: int = 0
    trail: tuple[str, ...] = ()  # canonical addresses of the redirects so far
    conditional: bool = True
    route: str = ""
    number: int = 1  # of the listing's parts

    @property
    def asked_for(self) -> str:
        """The address that began it: a problem on the way is that address' problem."""
        return self.trail[0] if self.trail else self.url
