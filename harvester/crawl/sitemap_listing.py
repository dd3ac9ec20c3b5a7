"""Listing a site through its sitemap: the index, then every part that can name pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from harvester.crawl.fetch import Fetch, Purpose
from harvester.pages.links import AnswerKind, FoundLinks

_USUAL = ("wp-sitemap.xml", "sitemap_index.xml", "sitemap.xml")
# Parts that name people's pages, tags, categories or images, as core, Yoast, Rank Math and others
# call them; must not match "post-sitemap.xml" or "wp-sitemap-posts-page-1.xml".
_NO_PAGES = re.compile(
    r"/(?:wp-sitemap-(?:users|taxonomies)-|(?:author|post_tag|category|attachment|image|video|news"
    r"|post_format)-?sitemap)"
)
MAX_PARTS = 500


class SitemapListing:
    """Reads the first sitemap that is understood. ``complete`` where all its parts were."""

    def __init__(self, site: str, base: str, announced: Iterable[str] = ()) -> None:
        self._site = site
        usual = (urljoin(base, name) for name in _USUAL)
        self._waiting = list(dict.fromkeys([*announced, *usual]))
        self._seen: set[str] = set()
        self.usable = False
        self._broken = False
        self.faults: list[tuple[str, str]] = []

    @property
    def complete(self) -> bool:
        return self.usable and not self._broken

    def first(self) -> Fetch | None:
        """The next place to look for a sitemap, or None."""
        while self._waiting:
            url = self._waiting.pop(0)
            if url not in self._seen:
                self._seen.add(url)
                return Fetch(self._site, url, Purpose.SITEMAP)
        return None

    def answered(self, fetch: Fetch, found: FoundLinks | None, status: int) -> Iterator[Fetch]:
        """What to ask next: the parts an index names, or the next place to look."""
        if found is None or found.kind is not AnswerKind.SITEMAP:
            if self.usable:
                self._broken = True
                self.faults.append(("listing_incomplete", f"{fetch.url} was not read"))
            else:
                following = self.first()
                if following is not None:
                    yield following
            return
        self.usable = True
        for part in found.sitemaps:
            if part.url in self._seen or _NO_PAGES.search(part.url):
                continue
            if len(self._seen) >= MAX_PARTS:
                self._broken = True
                self.faults.append(("listing_incomplete", f"more than {MAX_PARTS} sitemaps"))
                return
            self._seen.add(part.url)
            yield Fetch(self._site, part.url, Purpose.SITEMAP)
