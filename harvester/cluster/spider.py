"""A crawl worker: takes fetches from the shared frontier, archives answers, gives back what follows."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

from redis.exceptions import RedisError
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from harvester.archive.capture import Capture
from harvester.cluster.expansion import first_fetches, following
from harvester.cluster.frontier import MAX_DELIVERIES, CrawlState, Frontier, Lease
from harvester.crawl.archiving import CAPTURE, SITE
from harvester.crawl.failures import is_transient
from harvester.crawl.fetch import Fetch, Purpose
from harvester.crawl.resolver import install_guard
from harvester.crawl.runs import RunState
from harvester.errors import HarvesterError
from harvester.spiders.base import SiteSpider

_LEASE = "lease"
# Seconds between two looks at the frontier while this worker has nothing to do.
_PAUSE = 0.2


class ClusterSpider(SiteSpider):
    """Works until nothing is outstanding, its own or others': a killed worker's fetches become free."""

    name = "cluster"
    whole = True

    def __init__(self, *, frontier: Frontier, lease: float, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.frontier = frontier
        #: What ended the crawl early: the frontier cannot be reached.
        self.frontier_error: Exception | None = None
        self._lease = lease
        self._leases: dict[str, Lease] = {}
        self._under_way: Counter[str] = Counter()
        self._turn = 0
        self._pages: Counter[str] = Counter()

    async def start(self) -> AsyncIterator[Any]:
        from twisted.internet import reactor

        self.session.inside_names = install_guard(reactor, self.session.guard).refused
        self.session.on_broken = self._stop
        renewed = asyncio.get_running_loop().time()
        try:
            first = [f for site in self.session.profile.sites for f in first_fetches(site)]
            state = self.frontier.begin(first)
            while state is CrawlState.RUNNING and not self.frontier.finish():
                # The engine asks the scheduler when an answer comes; other workers' children and
                # free leases come without one.
                slot: Any = self.crawler.engine._slot
                slot.nextcall.schedule()
                await asyncio.sleep(min(_PAUSE, self._lease / 4))
                if asyncio.get_running_loop().time() - renewed > self._lease / 3:
                    self.frontier.renew(self._leases.values())
                    renewed = asyncio.get_running_loop().time()
        except RedisError as error:
            self.lost(error)
        return
        yield  # an async generator that gives nothing: requests come from the frontier

    # What the queue asks

    def open_sites(self) -> list[str]:
        """The sites this worker has room for, a different one first each time."""
        if self.frontier_error is not None or self.session.broken is not None:
            return []
        sites = self.session.profile.sites
        self._turn = (self._turn + 1) % len(sites)
        turned = (*sites[self._turn :], *sites[: self._turn])
        return [s.name for s in turned if self._under_way[s.name] < s.concurrency]

    def request_of(self, lease: Lease) -> Request:
        """The request of a fetch on lease."""
        fetch = lease.fetch
        self._leases[lease.entry] = lease
        self._under_way[fetch.site] += 1
        return Request(
            fetch.url,
            callback=self.parse,
            errback=self.errback,
            cb_kwargs={"fetch": fetch},
            meta={SITE: fetch.site, "download_slot": fetch.site, _LEASE: lease},
            dont_filter=True,  # the frontier holds each address once
        )

    def give_up(self, lease: Lease) -> None:
        """Settle a fetch that was lent too often; it is a problem row."""
        message = f"given up after {MAX_DELIVERIES} workers were lost with it"
        self.session.failure(lease.fetch.url, "redelivered_too_often", message)
        self.frontier.settle(lease)

    def lost(self, error: Exception) -> None:
        """End this worker: the frontier cannot be reached or written. Leases run out by themselves."""
        if self.frontier_error is None:
            self.frontier_error = error
            self.logger.error("the frontier is lost: %s", error)
            self._stopping = asyncio.ensure_future(
                self.crawler.engine.close_spider_async(reason="frontier_lost")
            )

    # Scrapy's side

    def parse(self, response: Response, *, fetch: Fetch) -> Iterator[Any]:
        capture: Capture = response.meta[CAPTURE]
        children: Iterable[Fetch] = ()
        site = self.session.profile.site(fetch.site)
        if is_transient(capture.status):
            self.session.counts[fetch.site].failed += 1
            self.session.failure(capture.url, f"http_{capture.status}", "the server's own failure")
        else:
            children, refusal = following(site, self.session.guard, fetch, capture)
            if refusal is not None:
                self.session.failure(fetch.asked_for, refusal.code, refusal.message)
        if fetch.purpose is Purpose.PAGE and capture.status == 200:
            self._pages[fetch.site] += 1
        self._settle(response.meta[_LEASE], children)
        yield from ()

    def errback(self, failure: Failure) -> Iterator[Any]:
        request: Request = failure.request  # type: ignore[attr-defined]
        if self.frontier_error is None and self.session.broken is None:
            self.session.counts[request.meta[SITE]].failed += 1
            self._settle(request.meta[_LEASE], ())
        yield from ()

    def closed(self, reason: str) -> None:
        finished = reason == "finished" and self.session.broken is None
        reports = {
            site.name: self.session.site_report(
                site, ways=("cluster",), pages_seen=self._pages[site.name]
            )
            for site in self.session.profile.sites
        }
        try:
            self.session.close(RunState.FINISHED if finished else RunState.INTERRUPTED, reports)
        except HarvesterError as error:
            self.logger.error("%s", error)

    def _settle(self, lease: Lease, children: Iterable[Fetch]) -> None:
        """The answer is archived: hand in what follows and give the entry back for good."""
        self._leases.pop(lease.entry, None)
        self._under_way[lease.fetch.site] -= 1
        try:
            self.frontier.settle(lease, children)
        except RedisError as error:
            self.lost(error)
