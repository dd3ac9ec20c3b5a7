"""The frontier as a queue of scrapy-redis: its scheduler takes requests from leases."""

from __future__ import annotations

from typing import Any

from redis.exceptions import RedisError
from scrapy.http import Request
from scrapy_redis.queue import Base
from scrapy_redis.scheduler import Scheduler

from harvester.cluster.frontier import MAX_DELIVERIES, Lease


class LeasedScheduler(Scheduler):  # type: ignore[misc]
    """`SCHEDULER` of the cluster's workers: scrapy-redis' own, over leases and without its filter."""

    def open(self, spider: Any) -> None:
        """Begin with a spider, which brings its frontier."""
        self.spider = spider
        self.queue = LeasedQueue(self.server, spider, self.queue_key, self.serializer)

    def close(self, reason: str) -> None:
        """The frontier outlives a worker."""

    def next_request(self) -> Request | None:
        return self.queue.pop()


class LeasedQueue(Base):  # type: ignore[misc]
    """The frontier as scrapy-redis sees a queue.

    Nothing is pushed through it: children go to the frontier together with the acknowledgement.
    """

    def pop(self, timeout: int = 0) -> Request | None:
        """The next request this worker may take, or None."""
        spider: Any = self.spider
        try:
            while (lease := spider.frontier.take(spider.open_sites())) is not None:
                if lease.deliveries <= MAX_DELIVERIES:
                    return self._request(lease)
                spider.give_up(lease)
        except RedisError as error:
            spider.lost(error)
        return None

    def push(self, request: Request) -> None:
        """Refused: a request outside a lease could be lost."""
        raise RuntimeError(f"{request.url}: requests enter the frontier as children of an answer")

    def __len__(self) -> int:
        spider: Any = self.spider
        try:
            return int(spider.frontier.outstanding())
        except RedisError as error:
            spider.lost(error)
            return 0

    def clear(self) -> None:
        """The frontier outlives a worker."""

    def _request(self, lease: Lease) -> Request:
        spider: Any = self.spider
        request: Request = spider.request_of(lease)
        return request
