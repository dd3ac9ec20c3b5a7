"""robots.txt as RFC 9309 says, where Scrapy 2.19 does otherwise.

A robots.txt that fails (5xx, no answer) allows nothing: a stored copy of at most 24 hours stands in,
else the host is left alone. Crawl-delay is kept. One that is not there (4xx) allows everything.
"""

from __future__ import annotations

from asyncio import Event
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy.http import Request
from scrapy.http.request import NO_CALLBACK

from harvester.archive.capture import Capture
from harvester.crawl.archiving import CAPTURE, FAILURE, SITE, SessionMiddleware
from harvester.crawl.clock import wall
from harvester.crawl.failures import FetchFailed, is_transient
from harvester.crawl.guard import MAX_REDIRECTS, REDIRECTS
from harvester.crawl.guarding import origin_of
from harvester.crawl.session import Session
from harvester.pages.links import links
from harvester.sites import Site

#: How old a stored copy may be that stands in for one that fails.
STORED_FOR = timedelta(hours=24)

#: Bytes of a robots.txt that are read: the bound RFC 9309 gives.
MAX_SIZE = 512_000

_OWN = "robots"
_AGENT = "harvester"


class RobotsMiddleware(SessionMiddleware):
    """Asks each origin for its robots.txt before anything else, and keeps to it."""

    def __init__(self, crawler: Any, session: Session) -> None:
        super().__init__(crawler, session)
        self._rules: dict[str, Protego | FetchFailed] = {}
        self._asked: dict[str, Event] = {}

    def process_request(self, request: Request) -> Awaitable[None] | None:
        if request.meta.get(_OWN):
            return None
        rules = self._rules.get(_origin(request.url))
        if rules is None:
            return self._judged_later(request)
        _require(rules, request)
        return None

    async def _judged_later(self, request: Request) -> None:
        _require(await self._rules_for(request), request)

    async def _rules_for(self, request: Request) -> Protego | FetchFailed:
        origin = _origin(request.url)
        rules = self._rules.get(origin)
        if rules is not None:
            return rules
        if origin in self._asked:
            await self._asked[origin].wait()
            return self._rules[origin]
        asked = self._asked[origin] = Event()
        try:
            self._rules[origin] = await self._fetched(origin, request.meta[SITE])
        except Exception as error:
            self._rules[origin] = FetchFailed("robots_unavailable", str(error)[:200])
            raise
        finally:
            asked.set()
        return self._rules[origin]

    async def _fetched(self, origin: str, name: str) -> Protego | FetchFailed:
        site = self.session.profile.site(name)
        count = self.session.counts[name]
        url = origin + "/robots.txt"
        capture = await self._capture(url, site)
        if isinstance(capture, FetchFailed) or is_transient(capture.status):
            said = capture.code if isinstance(capture, FetchFailed) else f"http_{capture.status}"
            stored = self._stored(url)
            if stored is None:
                message = (
                    f"robots.txt gives {said}, no copy of the last day: left alone for this run"
                )
                self.session.failure(url, "robots_unavailable", message)
                count.robots = "unavailable"
                return FetchFailed("robots_unavailable", message, recorded=True)
            capture, count.robots = stored, "stored"
        elif capture.status == 200:
            count.robots = "obeyed"
        else:
            count.robots = "none"
            return Protego.parse("")
        rules = Protego.parse(capture.body[:MAX_SIZE].decode("utf-8", "replace"))
        count.robots_sitemaps += [part.url for part in links(capture, site).sitemaps]
        self._keep_delay(name, rules.crawl_delay(_AGENT))
        return rules

    async def _capture(self, url: str, site: Site) -> Capture | FetchFailed:
        """The answer behind at most five redirects; a redirect out of the site counts as none there."""
        for _ in range(MAX_REDIRECTS + 1):
            request = Request(
                url,
                callback=NO_CALLBACK,
                meta={_OWN: True, SITE: site.name, "download_slot": site.name},
            )
            try:
                response = await self.crawler.engine.download_async(request)
            except Exception as error:
                failure = request.meta.get(FAILURE) or getattr(error, "code", None)
                return failure if isinstance(failure, FetchFailed) else _as_failure(error)
            capture: Capture = response.request.meta[CAPTURE]
            if capture.status not in REDIRECTS:
                return capture
            url = urljoin(capture.url, capture.header("Location") or "")
            if self.session.guard.refusal(url) is not None:
                return capture
        return capture

    def _stored(self, url: str) -> Capture | None:
        """The last good copy, where it is young enough: one from the future is of unknown age."""
        ref = self.session.archive.latest_ref(url, successful=True)
        if ref is None or abs(wall() - ref.last_seen) > STORED_FOR:
            return None
        return self.session.archive.read(ref.position)

    def _keep_delay(self, name: str, delay: float | None) -> None:
        """A Crawl-delay longer than the profile's own delay holds for the whole site."""
        downloader = self.crawler.engine.downloader
        settings = downloader.per_slot_settings.setdefault(name, {})
        if delay is not None and delay > settings.get("delay", 0.0):
            settings["delay"] = float(delay)
            settings["concurrency"] = 1
            slot = downloader.slots.get(name)
            if slot is not None:
                slot.delay, slot.concurrency = float(delay), 1


def _require(rules: Protego | FetchFailed, request: Request) -> None:
    """Raises FetchFailed where a request is forbidden, or it is not known whether it is."""
    if isinstance(rules, FetchFailed):
        raise rules
    if not rules.can_fetch(request.url, _AGENT):
        raise FetchFailed("robots_forbidden", "robots.txt asks not to fetch this")


def _origin(url: str) -> str:
    origin = origin_of(url)
    if origin is None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
    return origin


def _as_failure(error: Exception) -> FetchFailed:
    return error if isinstance(error, FetchFailed) else FetchFailed("fetch_error", str(error)[:200])
