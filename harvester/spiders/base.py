"""What all crawls share: from fetches to requests, from answers to what follows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Self

import scrapy
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from harvester._version import __version__
from harvester.archive.capture import Capture
from harvester.crawl.archiving import CAPTURE, FAILURE, SITE
from harvester.crawl.conditional import UNCONDITIONAL
from harvester.crawl.discovery import Candidate, SiteDiscovery
from harvester.crawl.failures import failure_of, is_transient
from harvester.crawl.fetch import Fetch, Purpose
from harvester.crawl.known import KnownSite
from harvester.crawl.page_discovery import PageDiscovery
from harvester.crawl.resolver import install_guard
from harvester.crawl.runs import RunState
from harvester.crawl.session import Session
from harvester.errors import HarvesterError, ProfileError
from harvester.sites import Profile, Site, load_profile, require_edition

_LISTING_PRIORITY = 10


class SiteSpider(scrapy.Spider):
    """Crawls the sites of a profile: discovery says what to fetch, subclasses what an answer gives."""

    #: Whether this is the combined crawl of `harvester run`, which only archives.
    whole = False

    session: Session

    def __init__(
        self,
        *,
        site: str = "live",
        url: str | None = None,
        edition: str | None = None,
        full: bool = False,
        session: Session | None = None,
        **arguments: Any,
    ) -> None:
        super().__init__(**arguments)
        self.profile_name = site
        self.url = url
        self.edition = _year(edition) if edition else None
        self.full = full
        self._given = session
        self._discoveries: dict[str, SiteDiscovery] = {}
        self._faults: dict[str, int] = {}

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Self:
        try:
            spider: Self = super().from_crawler(crawler, *args, **kwargs)
            spider.session = spider._given or spider._opened(crawler.settings)
        except HarvesterError as error:
            # Scrapy would show a traceback and its exit code would say nothing.
            logging.getLogger(cls.name).error("%s", error)
            raise SystemExit(error.exit_code) from None
        spider._apply(crawler.settings, spider.session.profile)
        return spider

    def wants(self, candidate: Candidate) -> bool:
        """Whether this spider fetches a page."""
        return True

    def harvested(
        self, fetch: Fetch, capture: Capture, discovery: SiteDiscovery
    ) -> Iterator[dict[str, Any]]:
        """The items an answer gives."""
        yield from ()

    def unfetched(self, fetch: Fetch, discovery: SiteDiscovery) -> Iterator[dict[str, Any]]:
        """The items known of a page that could not be fetched."""
        yield from ()

    # Scrapy's side

    async def start(self) -> AsyncIterator[Any]:
        from twisted.internet import reactor

        self.session.inside_names = install_guard(reactor, self.session.guard).refused
        self.session.on_broken = self._stop
        if self._given is None:
            await self.session.locks.wait()
            self.session.begin()
        for site in self.session.profile.sites:
            try:
                discovery = self._discovery(site)
            except HarvesterError as error:  # the archive cannot be read
                self.session.broken = error
                self._stop()
                return
            if discovery is None:
                continue
            self._discoveries[site.name] = discovery
            for request in self._requests(discovery, discovery.start() or discovery.next_part()):
                yield request

    def parse(self, response: Response, *, fetch: Fetch) -> Iterator[Any]:
        discovery = self._discoveries[fetch.site]
        capture: Capture = response.meta[CAPTURE]
        if is_transient(capture.status):
            self.session.failure(capture.url, f"http_{capture.status}", "the server's own failure")
            yield from self._failed(discovery, fetch, f"http_{capture.status}")
            return
        following = discovery.answered(fetch, capture)
        yield from self._following(discovery, following)
        if capture.status == 200:
            yield from self.harvested(fetch, capture, discovery)
        elif fetch.purpose is Purpose.PAGE and capture.status >= 400:
            yield from self.unfetched(fetch, discovery)

    def errback(self, failure: Failure) -> Iterator[Any]:
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        named = request.meta.get(FAILURE) or failure_of(error or RuntimeError("no reason"))
        fetch: Fetch = request.cb_kwargs["fetch"]
        yield from self._failed(self._discoveries[fetch.site], fetch, named.code)

    def closed(self, reason: str) -> None:
        finished = reason == "finished" and self.session.broken is None
        state = RunState.FINISHED if finished else RunState.INTERRUPTED
        reports = {}
        for name, discovery in self._discoveries.items():
            if self.session.broken is None:
                self._record_faults(discovery)
            reports[name] = self.session.site_report(
                discovery.site,
                full=discovery.full and discovery.stopped in ("", "guard_pages"),
                ways=discovery.ways,
                listing_complete=discovery.listing_complete,
                pages_seen=discovery.pages_seen,
            )
        try:
            self.session.close(state, reports)
        except HarvesterError as error:
            self.logger.error("%s", error)

    # Helpers

    def _stop(self) -> None:
        """End the crawl: its archive cannot be written, or not be read."""
        self.logger.error("%s", self.session.broken)
        self._stopping = asyncio.ensure_future(
            self.crawler.engine.close_spider_async(reason="unwritable")
        )

    def _discovery(self, site: Site) -> SiteDiscovery | None:
        """A site's discovery; None where this crawl asks nothing of it."""
        entries = not self.whole
        known = self.session.known(site, entries=entries) if self.session.has_past else KnownSite()
        full = self.session.is_full(site) or self.session.has_lost_listing(site, known)
        if self.url is not None and not site.owns(self.url):
            return None
        if self.url is not None:
            return PageDiscovery(site, self.session.guard, known, self.url)
        return SiteDiscovery(
            site,
            self.session.guard,
            known,
            full=full,
            wants=self.wants,
            keep_entries=entries,
            announced_sitemaps=lambda: self.session.counts[site.name].robots_sitemaps,
        )

    def _failed(self, discovery: SiteDiscovery, fetch: Fetch, code: str) -> Iterator[Any]:
        self.session.counts[fetch.site].failed += 1
        yield from self._following(discovery, discovery.failed(fetch, code))
        if fetch.purpose is Purpose.PAGE:
            yield from self.unfetched(fetch, discovery)

    def _following(self, discovery: SiteDiscovery, fetches: list[Fetch]) -> Iterator[Request]:
        self._record_faults(discovery)
        yield from self._requests(discovery, fetches)
        if not discovery.busy:
            yield from self._requests(discovery, discovery.next_part())

    def _requests(self, discovery: SiteDiscovery, fetches: list[Fetch]) -> Iterator[Request]:
        for fetch in fetches:
            meta: dict[str, Any] = {SITE: fetch.site, "download_slot": fetch.site}
            if not fetch.conditional:
                meta[UNCONDITIONAL] = True
            yield Request(
                fetch.url,
                callback=self.parse,
                errback=self.errback,
                cb_kwargs={"fetch": fetch},
                meta=meta,
                priority=_LISTING_PRIORITY if fetch.purpose.is_listing else 0,
                dont_filter=True,  # discovery gives each address once
            )

    def _record_faults(self, discovery: SiteDiscovery) -> None:
        """Put what discovery met into the archive, each fault once."""
        done = self._faults.get(discovery.site.name, 0)
        for fault in discovery.faults[done:]:
            self.session.failure(fault.url, fault.code, fault.message)
        self._faults[discovery.site.name] = len(discovery.faults)

    def _opened(self, settings: Any) -> Session:
        # The combined crawl gets its session given and starts faster without the pure side's tables.
        from harvester.workspace import open_workspace

        profile = load_profile(self.profile_name)
        output = settings.get("HARVESTER_OUTPUT")
        workspace = open_workspace(profile, Path(output) if output else None)
        spider = None if self.whole else self.name
        return Session(profile, workspace.output, spider=spider, full=self.full)

    def _apply(self, settings: Any, profile: Profile) -> None:
        """The profile's politeness, one downloader slot a site, and who we say we are."""
        slots = {
            site.name: {"delay": site.delay, "concurrency": site.concurrency}
            for site in profile.sites
        }
        widest = max(site.concurrency for site in profile.sites)
        settings.set("DOWNLOAD_SLOTS", slots, priority="spider")
        settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", widest, priority="spider")
        contact = settings.get("HARVESTER_CONTACT")
        if contact:
            agent = f"harvester/{__version__} (+{contact})"
            settings.set("USER_AGENT", agent, priority="spider")


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ProfileError(f"edition={text}: a year is wanted, as in edition=2019")
    return require_edition(int(text[:9]))
