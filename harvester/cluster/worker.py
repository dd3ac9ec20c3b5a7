"""One crawl worker, from its command to its end. Any number of them share a frontier by its name."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from redis.exceptions import RedisError
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings
from scrapy_redis.connection import get_redis

from harvester.cluster.frontier import Frontier
from harvester.cluster.spider import ClusterSpider
from harvester.crawl.locks import HostLocks
from harvester.crawl.runs import CrawlReport, read_report
from harvester.crawl.session import Session
from harvester.errors import HarvesterError, ProfileError, UnreachableError
from harvester.sites import Profile

#: Seconds that a silent worker keeps what it has taken.
LEASE = 60.0

_SETTINGS: dict[str, Any] = {
    "SCHEDULER": "harvester.cluster.queue.LeasedScheduler",
    "DUPEFILTER_CLASS": "scrapy_redis.dupefilter.RFPDupeFilter",
    "LOG_LEVEL": "WARNING",
}
_PACE = "harvester.cluster.pace.PaceMiddleware"


def work(
    profile: Profile,
    output: Path,
    frontier: str,
    *,
    lease: float = LEASE,
    settings: Mapping[str, Any] | None = None,
    progress: Callable[[dict[str, Any]], None] | None = None,
) -> CrawlReport:
    """Work on a shared crawl until nothing of it is left, and give this worker's report.

    ``frontier`` is Redis' address; its fragment names the crawl (today's date where it has none). A
    crawl that is finished stays so: the same command ends at once. Raises UnreachableError where
    Redis cannot be reached or written, at the start or later: nothing is lost, the same command
    goes on. Raises ProfileError for another kind of address.
    """
    url, name = _parts(frontier, profile)
    # Nobody waits for a dead server: a call that hangs would stop the whole worker.
    server = get_redis(url=url, socket_timeout=10, socket_connect_timeout=5)
    worker = f"{socket.gethostname()}-{os.getpid()}"
    sites = [site.name for site in profile.sites]
    try:
        server.ping()
    except (RedisError, OSError) as error:
        raise _unreachable(url, error) from None
    session = Session(profile, output, spider=ClusterSpider.name, progress=progress)
    hosts = (host for site in profile.sites for host in site.hosts)
    spiders: list[ClusterSpider] = []
    try:
        # Workers of one frontier share the hosts; a crawl without a frontier waits for them.
        session.locks = HostLocks(output / "locks", hosts, shared=True)
        session.locks.acquire()
        session.begin()
        shared = Frontier(server, name, sites, worker=worker, lease=lease)
        process = CrawlerProcess(_settings(url, name, session.folder, settings or {}))
        crawler = process.create_crawler(ClusterSpider)
        process.crawl(crawler, session=session, site=profile.name, frontier=shared, lease=lease)
        process.start()
        spiders += [crawler.spider] if isinstance(crawler.spider, ClusterSpider) else []
    finally:
        session.locks.release()
        session.release()
    if session.broken is not None:
        raise session.broken
    lost = spiders[0].frontier_error if spiders else None
    if lost is not None:
        raise _unreachable(url, lost)
    report = read_report(session.folder)
    if report is None:
        raise HarvesterError(f"the worker ended early; see {session.folder / 'crawl.log'}")
    return report


def _parts(frontier: str, profile: Profile) -> tuple[str, str]:
    """Redis' address, and the crawl's name in it."""
    parts = urlsplit(frontier)
    if parts.scheme not in ("redis", "rediss", "unix"):
        raise ProfileError(f"{frontier!r} is no frontier: redis://HOST:PORT/0#NAME is one")
    name = parts.fragment or f"{datetime.now(UTC):%Y-%m-%d}"
    return urlunsplit(parts._replace(fragment="")), f"{profile.name}:{name}"


def _settings(url: str, name: str, folder: Path, given: Mapping[str, Any]) -> Settings:
    settings = Settings()
    settings.setmodule("harvester.settings", priority="project")
    own = {**_SETTINGS, "REDIS_URL": url, "HARVESTER_CRAWL_NAME": name}
    for key, value in (*own.items(), ("LOG_FILE", str(folder / "crawl.log")), *given.items()):
        settings.set(key, value, priority="cmdline")
    middlewares = dict(settings.getdict("DOWNLOADER_MIDDLEWARES"))
    settings.set("DOWNLOADER_MIDDLEWARES", middlewares | {_PACE: 985}, priority="cmdline")
    return settings


def _unreachable(url: str, error: Exception) -> UnreachableError:
    shown = urlsplit(url)
    place = f"{shown.scheme}://{shown.hostname}:{shown.port or 6379}"  # never the password
    return UnreachableError(
        f"the frontier at {place} fails ({error}); nothing is lost: mend it, then the same command goes on"
    )
