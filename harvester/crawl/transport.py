"""HTTP as Scrapy speaks it, with a bound on the size of an answer's header.

Scrapy bounds the body alone; a header without an end would fill the memory until the time is up.
"""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)

#: The longest header of an answer, in bytes: far above what any server sends in earnest.
MAX_HEADER = 65_536


class HeaderTooLargeError(Exception):
    """An answer's header goes on beyond `MAX_HEADER`."""


class BoundedParser(_LenientHTTPClientParser):
    """Counts the header's bytes and gives up beyond the bound."""

    _header_size = 0

    def lineReceived(self, line: bytes) -> None:
        self._header_size += len(line) + 2
        if self._header_size > MAX_HEADER:
            raise HeaderTooLargeError(f"the answer's header has more than {MAX_HEADER} bytes")
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> Any:
        raise HeaderTooLargeError("a line of the answer's header is too long")


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        answer = super().request(request)
        # Scrapy chooses the parser's class in the same way; the bounded one has no other state.
        self._parser.__class__ = BoundedParser
        return answer


class BoundedFactory(_LenientHTTP11ClientFactory):
    noisy = False

    def buildProtocol(self, addr: Any) -> BoundedProtocol:
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler with the bounded protocol."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedFactory
        # Twisted would ask again at once, uncounted and unarchived; retries are ours to make.
        self._pool.retryAutomatically = False
