"""Bare Scrapy on a served site: the pages one after the other, nothing parsed, nothing written.

    python -m benchmarks.bare BASE PAGES

prints how many pages a second it fetched, from its first answer to its last, and CPU seconds a page.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess

from benchmarks.pages import path

#: As the measured profile: 32 requests at once, no delay. All else is as Scrapy brings it.
SETTINGS = {
    "CONCURRENT_REQUESTS": 32,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "WARNING",
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
}


class BareSpider(Spider):  # type: ignore[misc]
    name = "bare"

    def __init__(self, base: str, pages: int, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._base = base
        self._pages = pages
        self.first = self.last = self.cpu = self._cpu = 0.0
        self.answers = 0

    async def start(self) -> AsyncIterator[Request]:
        for number in range(self._pages):
            yield Request(self._base + path(number))

    def parse(self, response: Any) -> None:
        self.last = time.perf_counter()
        self.first = self.first or self.last
        self._cpu = self._cpu or time.process_time()
        self.cpu = time.process_time() - self._cpu
        self.answers += 1


def main() -> None:
    spiders: list[BareSpider] = []

    class Watched(BareSpider):
        def __init__(self, **arguments: Any) -> None:
            super().__init__(**arguments)
            spiders.append(self)

    process = CrawlerProcess(SETTINGS)
    process.crawl(Watched, base=sys.argv[1], pages=int(sys.argv[2]))
    process.start()
    spider = spiders[0]
    if spider.answers != int(sys.argv[2]):
        raise SystemExit(f"{spider.answers} of {sys.argv[2]} pages")
    rate = (spider.answers - 1) / (spider.last - spider.first)
    print(json.dumps({"rate": rate, "cpu": spider.cpu / spider.answers}))


if __name__ == "__main__":
    main()
