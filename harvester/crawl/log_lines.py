"""What Scrapy logs of a crawl."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.http import Request, Response
from scrapy.logformatter import LogFormatter


class QuietFormatter(LogFormatter):
    """Makes no line of an answer where the log would leave it out: that is a percent of a page."""

    @classmethod
    def from_crawler(cls, crawler: Any) -> LogFormatter:  # type: ignore[override]
        level = crawler.settings["LOG_LEVEL"]
        number = level if isinstance(level, int) else logging.getLevelNamesMapping()[level]
        return cls() if number > logging.DEBUG else LogFormatter()

    def crawled(  # type: ignore[override]  # None is what makes no line
        self, request: Request, response: Response, spider: Any
    ) -> None:
        return None
