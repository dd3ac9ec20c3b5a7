"""A full crawl's listing of a site: the profile's ways in order, until one names every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from harvester.archive.capture import Capture
from harvester.crawl.fetch import Fetch, Purpose
from harvester.crawl.known import KnownSite, site_feed
from harvester.crawl.rest_listing import RestListing, usual_root
from harvester.crawl.sitemap_listing import SitemapListing
from harvester.pages.links import AnswerKind, FoundLinks
from harvester.sites import Site


class FullListing:
    """Asks REST, then the sitemap; pages gather for `take_pages`. The feed is asked for nights to come."""

    def __init__(
        self, site: Site, known: KnownSite, announced_sitemaps: Callable[[], Iterable[str]]
    ) -> None:
        self._site = site
        self._known = known
        self._announced_sitemaps = announced_sitemaps
        self._waiting = [way for way in site.discovery if way != "links"]
        self._usual_root = usual_root(site)
        self._roots = {self._usual_root}
        self._rest: RestListing | None = None
        self._sitemap: SitemapListing | None = None
        self._pages: dict[str, tuple[str, bool]] = {}
        #: Canonical addresses that a listing named.
        self.listed: set[str] = set()

    @property
    def complete(self) -> bool:
        """True where a listing was fetched and understood to its end."""
        rest, sitemap = self._rest, self._sitemap
        return bool(
            (rest and rest.usable and rest.complete)
            or (sitemap and sitemap.usable and sitemap.complete)
        )

    @property
    def ways(self) -> list[str]:
        """The ways that named pages; links, where none named them all."""
        used = [name for name, way in self._tried() if way.usable]
        if not self.complete and "links" in self._site.discovery:
            used.append("links")
        return used

    @property
    def faults(self) -> list[tuple[str, str]]:
        return [fault for _, way in self._tried() for fault in way.faults]

    @property
    def incomplete(self) -> bool:
        """A full listing has no fuller one to fall back to."""
        return False

    def first(self) -> Iterator[Fetch]:
        """The first questions."""
        yield Fetch(self._site.name, site_feed(self._site), Purpose.FEED)
        yield from self.next_way()

    def next_way(self) -> Iterator[Fetch]:
        """The next way, where those so far did not name every page."""
        while self._waiting and not self.complete:
            if self._waiting.pop(0) == "rest":
                yield self._listed_by_rest(self._usual_root)
                return
            self._sitemap = SitemapListing(
                self._site.name, self._site.base, self._announced_sitemaps()
            )
            first = self._sitemap.first()
            if first is not None:
                yield first
                return

    def answered(
        self, fetch: Fetch, capture: Capture | None, found: FoundLinks | None
    ) -> Iterable[Fetch]:
        """What to ask next. ``found`` is None where there was no good answer."""
        status = capture.status if capture is not None else 0
        if found is not None:
            self._take(found)
        if fetch.purpose is Purpose.FRONT:
            return self._front_answered(found)
        if fetch.purpose is Purpose.SITEMAP and self._sitemap is not None:
            return self._sitemap.answered(fetch, found, status)
        if fetch.purpose is Purpose.TYPES and (found is None or not found.types):
            # The front page says where the interface is, where it is not in the usual place.
            front = Fetch(self._site.name, self._site.base, Purpose.FRONT)
            return (front,) if len(self._roots) == 1 else ()
        if fetch.purpose in (Purpose.TYPES, Purpose.LISTING) and self._rest is not None:
            return self._rest.answered(fetch, found, status)
        return ()

    def take_pages(self) -> list[tuple[str, bool]]:
        """The pages named since the last call: address, and whether a 304 is believed."""
        pages, self._pages = self._pages, {}
        return list(pages.values())

    def take_redated(self) -> list[str]:
        """None: a full crawl looks at every page."""
        return []

    def _front_answered(self, found: FoundLinks | None) -> Iterator[Fetch]:
        root = found.rest_root if found is not None else None
        if root is not None and root not in self._roots:
            self._roots.add(root)
            yield self._listed_by_rest(root)

    def _listed_by_rest(self, root: str) -> Fetch:
        site = self._site
        self._rest = RestListing(site.name, root, at_once=site.concurrency)
        return self._rest.first()

    def _take(self, found: FoundLinks) -> None:
        if found.kind is AnswerKind.PAGE:
            return
        for listed in found.listed:
            key = self._site.canonical(listed.url)
            before = self._known.listed.get(key)
            believed = before is None or listed.changed is None or before.changed == listed.changed
            if found.kind is AnswerKind.FEED:
                self._pages.setdefault(key, (listed.url, True))
                continue
            self.listed.add(key)
            if self._pages.get(key, ("", True))[1]:
                self._pages[key] = (listed.url, believed)

    def _tried(self) -> Iterator[tuple[str, RestListing | SitemapListing]]:
        if self._rest is not None:
            yield "rest", self._rest
        if self._sitemap is not None:
            yield "sitemap", self._sitemap
