"""The headers that every request of a crawl carries."""

from __future__ import annotations

from typing import Any, Self

from scrapy.http import Request
from scrapy.http.headers import Headers


class HeadersMiddleware:
    """Gives a request the headers of the settings that it does not have, who we say we are the last.

    As Scrapy's own two do, which spell each header anew for each request.
    """

    def __init__(self, headers: Headers) -> None:
        self._lines: tuple[tuple[bytes, list[bytes]], ...] = tuple(dict.items(headers))

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        stated = crawler.settings["DEFAULT_REQUEST_HEADERS"].items()
        headers = Headers({name: value for name, value in stated if value is not None})
        if crawler.settings["USER_AGENT"]:
            headers.setdefault("User-Agent", crawler.settings["USER_AGENT"])
        return cls(headers)

    def process_request(self, request: Request) -> None:
        for name, values in self._lines:
            dict.setdefault(request.headers, name, list(values))
