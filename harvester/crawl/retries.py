"""Trying again, a few times and not at once: after lost connections, 5xx, 429 and 408."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Any

from scrapy.http import Request, Response

from harvester.crawl.archiving import CAPTURE, FAILURE, SITE, SessionMiddleware
from harvester.crawl.clock import wall
from harvester.crawl.failures import TRANSIENT, is_transient
from harvester.crawl.session import Session


class PatientRetryMiddleware(SessionMiddleware):
    """Waits as long as Retry-After says, within bounds, else longer each time; then gives up."""

    def __init__(self, crawler: Any, session: Session) -> None:
        super().__init__(crawler, session)
        self._times = crawler.settings.getint("RETRY_TIMES")
        self._wait = crawler.settings.getfloat("HARVESTER_RETRY_WAIT")
        self._longest = crawler.settings.getfloat("HARVESTER_RETRY_AFTER_MAX")

    def process_response(
        self, request: Request, response: Response
    ) -> Response | Awaitable[Request | Response]:
        return self._retried(request, response) if is_transient(response.status) else response

    async def _retried(self, request: Request, response: Response) -> Request | Response:
        stated = retry_after(response.headers.get("Retry-After"), wall())
        return await self._again(request, stated) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        failure = request.meta.get(FAILURE)
        if failure is None or failure.code not in TRANSIENT:
            return None
        return await self._again(request, None)

    async def _again(self, request: Request, stated: float | None) -> Request | None:
        tried = request.meta.get("retry_times", 0)
        if tried >= self._times:
            return None
        wait = min(self._wait * 2**tried if stated is None else stated, self._longest)
        self._pause(request, wait)
        await asyncio.sleep(wait)
        meta = {k: v for k, v in request.meta.items() if k not in (CAPTURE, FAILURE)}
        return request.replace(dont_filter=True, meta=meta | {"retry_times": tried + 1})

    def _pause(self, request: Request, wait: float) -> None:
        """The whole site rests meanwhile: the next request of its slot starts no earlier."""
        slot = self.crawler.engine.downloader.slots.get(request.meta[SITE])
        if slot is not None and slot.delay:
            slot.lastseen = max(slot.lastseen, monotonic() + wait - slot.delay)


def retry_after(header: bytes | None, now: datetime) -> float | None:
    """Seconds a Retry-After header asks to wait (a number or a date), or None for none."""
    text = (header or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        return None
    return max(0.0, (moment - now).total_seconds())
