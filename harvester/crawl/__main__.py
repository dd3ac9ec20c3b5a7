"""``python -m harvester.crawl FD``: the crawling child of `process.crawl`, with its job on stdin."""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from harvester.crawl.session import Session
from harvester.crawl.whole import WholeSpider
from harvester.errors import HarvesterError, ProfileError
from harvester.profiling import sampled
from harvester.sites import Profile, load_profile, read_profile

#: Seconds between two tellings of fetched pages.
_TELL_EVERY = 0.1


def main(arguments: list[str]) -> int:
    """Crawl as the job says; the exit status of an error is its own."""
    tell = _Teller(int(arguments[0]))
    logging.raiseExceptions = False  # a log that cannot be written (a full disk) stops nothing
    job = json.loads(_first_line(sys.stdin.fileno()))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        with sampled(Path(job["samples"]) if job["samples"] else None, "crawl"):
            return _crawl(job, tell)
    except HarvesterError as error:
        tell({"event": "error", "kind": type(error).__name__, "message": str(error)})
        return error.exit_code
    finally:
        tell.flush()


def _crawl(job: dict[str, Any], tell: Callable[[dict[str, Any]], None]) -> int:
    profile = _profile(job)
    session = Session(
        profile,
        Path(job["output"]),
        spider=job["spider"],
        run=job["run"],
        full=job["full"],
        progress=tell,
    )
    try:
        session.locks.acquire()
        session.begin()
        process = CrawlerProcess(_settings(job, session.folder))
        chosen = WholeSpider if job["spider"] is None else job["spider"]
        process.crawl(
            chosen,
            session=session,
            site=job["profile"],
            url=job["url"],
            edition=str(job["edition"]) if job["edition"] is not None else None,
        )
        _collect_less()
        process.start()
    finally:
        session.release()
    if session.broken is not None:
        raise session.broken
    return 0


def _collect_less() -> None:
    """Leave what was loaded out of garbage collection, and collect less often: 2 % of a page."""
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


def _profile(job: dict[str, Any]) -> Profile:
    if job["document"] is None:
        return load_profile(job["profile"])
    return read_profile(job["document"], name=Path(job["profile"]).stem)


def _settings(job: dict[str, Any], folder: Path) -> Settings:
    settings = Settings()
    settings.setmodule("harvester.settings", priority="project")
    settings.set("LOG_FILE", str(folder / "crawl.log"), priority="cmdline")
    settings.set("LOG_LEVEL", "WARNING", priority="cmdline")
    # What Scrapy counts of each request nobody reads here: the run's report has its own counts.
    settings.set("STATS_CLASS", "scrapy.statscollectors.DummyStatsCollector", priority="project")
    for name in ("corestats.CoreStats", "logstats.LogStats"):
        settings["EXTENSIONS"][f"scrapy.extensions.{name}"] = None
    for name, value in job["settings"].items():
        settings.set(name, value, priority="cmdline")
    if job["spider"] is not None and job["spider"] not in _spiders(settings):
        raise ProfileError(
            f"no spider {job['spider']!r}: there are {', '.join(_spiders(settings))}"
        )
    return settings


def _spiders(settings: Settings) -> list[str]:
    from scrapy.spiderloader import get_spider_loader

    return sorted(get_spider_loader(settings).list())


class _Teller:
    """Writes events as lines to the parent; a parent that is gone hears nothing.

    Pages fetched in the same tenth of a second are told together: waking the parent for each of
    them would cost it as much as a page.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._waiting: list[bytes] = []
        self._told = 0.0

    def __call__(self, event: dict[str, Any]) -> None:
        self._waiting.append(json.dumps(event).encode() + b"\n")
        if event["event"] != "fetched" or time.monotonic() - self._told >= _TELL_EVERY:
            self.flush()

    def flush(self) -> None:
        """Tell what is waiting."""
        self._told = time.monotonic()
        lines = b"".join(self._waiting)
        self._waiting.clear()
        try:
            while lines:
                lines = lines[os.write(self._descriptor, lines) :]
        except OSError:
            return


def _end_with_parent() -> None:
    """End when standard input closes: the parent is gone. What is archived is safe at any moment."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(143)


def _first_line(descriptor: int) -> bytes:
    """One line, unbuffered: a buffered reader would be in the way at the process' end."""
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(descriptor, 65_536)
        if not piece:
            break
        line += piece
    return line


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
