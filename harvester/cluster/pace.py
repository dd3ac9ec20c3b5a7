"""Politeness over all workers together: who may ask a site now is decided in Redis, by its clock."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

from redis.asyncio import Redis as AsyncRedis
from redis.exceptions import RedisError
from scrapy import signals
from scrapy.http import Request

from harvester.crawl.archiving import SITE, SessionMiddleware
from harvester.crawl.failures import FetchFailed
from harvester.crawl.session import Session

_TOKEN = "pace_token"
# Seconds between two questions while a site is busy with other workers' requests.
_BUSY = 0.02

# KEYS: next moment, holders. ARGV: token, delay and hold in microseconds, concurrency.
# Gives 0 where the site may be asked now, else the microseconds to wait, or -1 where it is busy.
_ASK = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[4]) then return -1 end
local next_moment = tonumber(redis.call('GET', KEYS[1]) or '0')
if next_moment > now then return next_moment - now end
redis.call('SET', KEYS[1], string.format('%.0f', now + tonumber(ARGV[2])), 'EX', 86400)
redis.call('ZADD', KEYS[2], string.format('%.0f', now + tonumber(ARGV[3])), ARGV[1])
return 0
"""


class PaceMiddleware(SessionMiddleware):
    """A request waits here for its site's turn. Stands next to the network, below retries.

    A killed worker's place is free again after the longest time a download may take.
    """

    def __init__(self, crawler: Any, session: Session) -> None:
        super().__init__(crawler, session)
        self._server: AsyncRedis = AsyncRedis.from_url(crawler.settings["REDIS_URL"])
        self._ask = self._server.register_script(_ASK)
        self._name = crawler.settings["HARVESTER_CRAWL_NAME"]
        self._hold = int((crawler.settings.getfloat("DOWNLOAD_TIMEOUT") + 5) * 1e6)
        self._leaving: set[asyncio.Task[None]] = set()
        crawler.signals.connect(self._left, signal=signals.request_left_downloader)
        crawler.signals.connect(self._closed, signal=signals.spider_closed)

    async def process_request(self, request: Request) -> None:
        site = self.session.profile.site(request.meta[SITE])
        settings = self.crawler.engine.downloader.per_slot_settings.get(site.name, {})
        delay = max(site.delay, float(settings.get("delay", 0.0)))  # a longer Crawl-delay holds
        concurrency = min(site.concurrency, int(settings.get("concurrency", site.concurrency)))
        token = uuid4().hex
        arguments: list[str | int] = [token, int(delay * 1e6), self._hold, concurrency]
        while True:
            try:
                wait = int(await self._ask(self._keys(site.name), arguments))
            except (RedisError, OSError) as error:
                self.crawler.spider.lost(error)
                raise FetchFailed("frontier_lost", str(error), recorded=True) from error
            if wait == 0:
                request.meta[_TOKEN] = token
                return
            await asyncio.sleep(_BUSY if wait < 0 else wait / 1e6)

    def _left(self, request: Request) -> None:
        token = request.meta.pop(_TOKEN, None)
        if token is not None:
            task = asyncio.ensure_future(self._free(request.meta[SITE], token))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    async def _free(self, site: str, token: str) -> None:
        try:
            await self._server.zrem(self._keys(site)[1], token)
        except (RedisError, OSError) as error:
            self.crawler.spider.lost(error)

    async def _closed(self) -> None:
        if self._leaving:
            await asyncio.wait(self._leaving)
        await self._server.aclose()

    def _keys(self, site: str) -> list[str]:
        start = f"harvester:{{{self._name}}}:pace:{site}"
        return [start + ":next", start + ":holders"]
