"""One page alone: what REST says of it, then the page."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from harvester.archive.capture import Capture
from harvester.crawl.discovery import SiteDiscovery
from harvester.crawl.fetch import Fetch, Purpose
from harvester.crawl.guard import Guard
from harvester.crawl.known import KnownSite
from harvester.crawl.rest_listing import MAIN_ROUTES, listing_url, usual_root
from harvester.pages.links import FoundLinks
from harvester.sites import Site


class PageDiscovery(SiteDiscovery):
    """Fetches one address; what the archive does not know of it is asked of the REST interface."""

    def __init__(self, site: Site, guard: Guard, known: KnownSite, url: str) -> None:
        super().__init__(site, guard, known, full=False)
        self._url = url

    def start(self) -> list[Fetch]:
        """Two questions to REST by the page's slug, or none where its entry is known."""
        slug = urlsplit(self._url).path.strip("/").rpartition("/")[2]
        if not slug or self.site.canonical(self._url) in self.known.stated:
            return []
        root = usual_root(self.site)
        urls = (listing_url(root, route, 1) + f"&slug={quote(slug)}" for route in MAIN_ROUTES)
        return self._sent(Fetch(self.site.name, url, Purpose.LISTING) for url in urls)

    def _listed(
        self, fetch: Fetch, capture: Capture | None, found: FoundLinks | None
    ) -> list[Fetch]:
        self._learn(found)
        return []

    def _pages(self) -> Iterator[Fetch]:
        yield self.page(self._url)

    def _followed(self, fetch: Fetch, found: FoundLinks) -> Iterator[Fetch]:
        yield from ()
