"""Page content: what a theme, a REST body or an archive page gives a layout to work on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Generic, TypeVar

from harvester.pages.blocks import Block
from harvester.pages.hidden import HiddenNames
from harvester.quickly_made import quickly_made
from harvester.sites import Site

T = TypeVar("T")


class Source(IntEnum):
    """Where a page's content was read, best last: the best one a harvest has is a page's rows."""

    TEASER = 1  # an excerpt on an archive page
    ARCHIVE = 2  # a full post printed on an archive page
    REST = 3  # the body the REST interface gives
    OWN = 4  # the page at its own address


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value read from a page and its place: offsets count in the located text."""

    value: T
    raw: str
    locator: str
    rule: str
    char_start: int = 0
    char_end: int = 0
    digest: str | None = None  # of another body than the page's own: the REST answer


@quickly_made
@dataclass(frozen=True, slots=True)
class PageContent:
    """A page as its theme shows it, before any layout has looked at it."""

    site: Site
    url: str  # canonical
    digest: str
    source: Source
    theme: str
    title: Found[str] | None
    published: Found[date] | None
    modified: Found[date] | None
    author: Found[str] | None
    categories: tuple[Found[str], ...]
    language: str
    blocks: tuple[Block, ...]
    post_type: str = ""  # "post", "page", a custom type, or "" where nothing says it
    protected: bool = False
    archive: bool = False  # an archive of posts, not a post
    items: tuple[PageContent, ...] = ()  # the posts an archive page shows
    damaged: bool = False  # bytes did not fit their encoding
    footnotes: tuple[str, ...] = ()  # codes of what the reader should know (`generic_theme` …)
    hidden: HiddenNames | None = None  # names of suppressed people that stood on the page

    @property
    def page_id(self) -> str:
        return self.site.page_id(self.url)

    def shown(self, address: str) -> str | None:
        """An address of the page's rows; None where it holds a suppressed person's name."""
        return None if self.hidden is not None and self.hidden.in_address(address) else address

    @property
    def originals(self) -> Mapping[str, str]:
        """Titles and texts as they were, by what they are without suppressed people's names."""
        return self.hidden.originals if self.hidden is not None else {}

    @property
    def path(self) -> str:
        """The address below the site's base, for layouts that read it."""
        return self.url.split("/", 3)[3].partition("?")[0] if self.url.count("/") >= 3 else ""
