"""An incremental night: what changed on a site since its last full crawl, for a handful of questions.

At most four requests where nothing changed: robots.txt, the feed, and the REST listings of posts and
pages by change (or the sitemap's index where REST is closed). WordPress dates its feed by the newest
change of any public type, so an unchanged feed speaks for the other types.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from harvester.archive.capture import Capture
from harvester.crawl.fetch import Fetch, Purpose
from harvester.crawl.known import KnownSite, unchanged_entries
from harvester.crawl.rest_listing import MAIN_ROUTES, PER_PAGE, listing_url
from harvester.pages.links import AnswerKind, FoundLinks
from harvester.sites import Site

#: How far before the newest known change is asked: clocks are moved, and in autumn an hour of the
#: site's own time comes twice. What is known is not fetched again, so a wide margin costs nothing.
MARGIN = timedelta(hours=2)

#: Pages a night looks at on the word of a date alone, at least; beyond it a quarter of those listed.
#: There are sites that date every page anew each night.
REDATED = 25


class Night:
    """Asks what changed and gathers the pages to look at. ``incomplete`` where an answer was missing.

    A page whose entry in a listing says the same as before under another date is looked at with few others:
    the rest of them wait for nights to come, or for the next full crawl.
    """

    def __init__(self, site: Site, known: KnownSite) -> None:
        self._site = site
        self._known = known
        self._pages: dict[str, tuple[str, bool]] = {}
        self._redated = {site.canonical(page.url): page.url for page in known.owed if page.redated}
        self._has_feed = known.feed is not None
        self._feed_is_same = False
        self.incomplete = False
        self.complete = False  # a night never lists everything
        self.ways: list[str] = []
        self.faults: list[tuple[str, str]] = []
        self.listed: set[str] = set()

    def first(self) -> Iterator[Fetch]:
        """The first questions."""
        if self._known.feed is not None:
            self.ways.append("feed")
            yield Fetch(self._site.name, self._known.feed.url, Purpose.FEED)
        routes = [r for r in self._known.routes if r in MAIN_ROUTES or not self._has_feed]
        if routes and self._known.newest:
            self.ways.append("rest")
            for route in routes:
                yield self._listing(route, 1)
        elif self._known.sitemaps:
            self.ways.append("sitemap")
            if not self._has_feed:
                yield self._sitemap_first()
        elif not self._has_feed:
            self.ways.append("links")
            self._look_at_all()

    def take_pages(self) -> list[tuple[str, bool]]:
        """The pages to look at found since the last call: address, and whether a 304 is believed."""
        pages, self._pages = self._pages, {}
        return list(pages.values())

    def take_redated(self) -> list[str]:
        """The pages to look at on the word of a date alone, the one looked at longest ago first."""
        waiting = sorted(self._redated, key=self._known.waiting)
        bound = max(REDATED, len(self._known.listed) // 4)
        if len(waiting) > bound:
            message = f"{len(waiting)} pages have another date and say the same: {bound} of them are looked at"
            self.faults.append(("dates_doubted", message))
        return [self._redated[key] for key in waiting[:bound]]

    def next_way(self) -> Iterable[Fetch]:
        """A night has one way."""
        return ()

    def answered(
        self, fetch: Fetch, capture: Capture | None, found: FoundLinks | None
    ) -> Iterable[Fetch]:
        """What follows from a listing. ``found`` is None where there was no good answer."""
        match fetch.purpose:
            case Purpose.FEED:
                return self._feed_answered(capture, found)
            case Purpose.LISTING:
                return self._listing_answered(fetch, found)
            case Purpose.SITEMAP:
                return self._sitemap_answered(fetch, capture, found)
            case _:
                return ()

    def _feed_answered(self, capture: Capture | None, found: FoundLinks | None) -> Iterator[Fetch]:
        before = self._known.feed
        same = capture is not None and before is not None and capture.digest == before.digest
        self._feed_is_same = same
        if "sitemap" in self.ways:
            yield self._sitemap_first()
        if same:
            return
        if found is not None and found.kind is AnswerKind.FEED:
            for listed in found.listed:
                if self._site.canonical(listed.url) not in self._known.answers:
                    self._add(listed.url, believed=True)
        if "rest" in self.ways:
            for route in self._known.routes:
                if route not in MAIN_ROUTES:
                    yield self._listing(route, 1)
        elif "sitemap" not in self.ways:
            self.ways.append("links")
            self._look_at_all()

    def _listing_answered(self, fetch: Fetch, found: FoundLinks | None) -> Iterator[Fetch]:
        if found is None or found.kind is not AnswerKind.REST_LISTING or not found.understood:
            self.incomplete = True
            return
        bound = self._modified_after()
        beyond = False
        same = unchanged_entries(self._known, self._site, found)
        for listed in found.listed:
            key = self._site.canonical(listed.url)
            before = self._known.listed.get(key)
            if before is None or before.changed != listed.changed:
                if before is not None and key in same and not self._known.is_due(key, before):
                    self._redated[key] = listed.url
                else:
                    self._add(listed.url, believed=before is None)
            beyond = beyond or (listed.changed or "") < bound
        # An interface that ignores the bound lists everything: what is older is known already.
        if found.raw_count >= PER_PAGE and not beyond:
            yield self._listing(fetch.route, fetch.number + 1)

    def _sitemap_first(self) -> Fetch:
        """The sitemap that was found first: the index, where there is one."""
        return Fetch(self._site.name, next(iter(self._known.sitemaps)), Purpose.SITEMAP)

    def _sitemap_answered(
        self, fetch: Fetch, capture: Capture | None, found: FoundLinks | None
    ) -> Iterator[Fetch]:
        if capture is None or found is None or found.kind is not AnswerKind.SITEMAP:
            self.incomplete = True
            return
        before = self._known.sitemaps.get(fetch.url)
        same = before is not None and before.digest == capture.digest
        # Parts that carry dates in an index that is the same have not changed.
        dated = any(part.changed for part in found.sitemaps)
        if found.sitemaps and same and (dated or self._feed_is_same):
            return
        for part in found.sitemaps:
            if part.url in self._known.sitemaps:
                yield Fetch(self._site.name, part.url, Purpose.SITEMAP)
        for listed in found.listed:
            known = self._known.listed.get(self._site.canonical(listed.url))
            if known is None:
                self._add(listed.url, believed=True)
            elif listed.changed is not None and listed.changed != known.changed:
                self._redated[self._site.canonical(listed.url)] = listed.url
            elif listed.changed is None and not self._feed_is_same:
                self._add(listed.url, believed=True)

    def _look_at_all(self) -> None:
        for _, ref in self._known.live():
            self._add(ref.url, believed=True)

    def _add(self, url: str, *, believed: bool) -> None:
        self._pages[self._site.canonical(url)] = (url, believed)

    def _listing(self, route: str, number: int) -> Fetch:
        url = listing_url(
            self._known.rest_root, route, number, modified_after=self._modified_after()
        )
        return Fetch(self._site.name, url, Purpose.LISTING, route=route, number=number)

    def _modified_after(self) -> str:
        """The bound asked for, in the site's own time as `modified` is, without an offset."""
        try:
            newest = datetime.fromisoformat(self._known.newest)
        except ValueError:
            return "1970-01-01T00:00:00"
        return (newest.replace(tzinfo=None) - MARGIN).isoformat(timespec="seconds")
