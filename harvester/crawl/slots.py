"""No more requests at a time to a site than its profile says.

Scrapy 2.19 counts a request as under way one turn of the event loop after it was let go, so that
requests which become ready together pass its bound together; this one counts at once.
"""

from __future__ import annotations

from asyncio import Semaphore
from typing import Any

from scrapy import signals
from scrapy.http import Request

from harvester.crawl.archiving import SITE, SessionMiddleware
from harvester.crawl.session import Session


class SlotMiddleware(SessionMiddleware):
    """A request waits here until the site has room for it, and makes room when it is answered."""

    def __init__(self, crawler: Any, session: Session) -> None:
        super().__init__(crawler, session)
        self._room = {s.name: Semaphore(s.concurrency) for s in session.profile.sites}
        crawler.signals.connect(self._left, signal=signals.request_left_downloader)

    async def process_request(self, request: Request) -> None:
        await self._room[request.meta[SITE]].acquire()

    def _left(self, request: Request) -> None:
        self._room[request.meta[SITE]].release()
