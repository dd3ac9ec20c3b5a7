"""HTTP as Scrapy speaks it, with a bound on the size of an answer's header.

Scrapy bounds the body alone; a header without an end would fill the memory until the time is up. And it
makes for each request anew what is the same for all of an origin.
"""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _BindAddressAgent,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
    _ScrapyAgent,
)
from scrapy.http import Request, Response
from scrapy.utils._download_handlers import normalize_bind_address, wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future

#: The longest header of an answer, in bytes: far above what any server sends in earnest.
MAX_HEADER = 65_536

#: Origins whose endpoints are remembered; a profile names a few.
_MOST_ORIGINS = 100


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


class OriginAgent(_BindAddressAgent):
    """Remembers the endpoint of each origin: to make one is to encode and judge the host's name."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._endpoints: dict[tuple[bytes, bytes, int], Any] = {}

    def _getEndpoint(self, uri: Any) -> Any:
        key = (uri.scheme, uri.host, uri.port)
        endpoint = self._endpoints.get(key)
        if endpoint is None:
            if len(self._endpoints) >= _MOST_ORIGINS:
                self._endpoints.clear()
            endpoint = self._endpoints[key] = super()._getEndpoint(uri)  # type: ignore[no-untyped-call]
        return endpoint


class OneFetch(_ScrapyAgent):
    """One request under way, by an agent that all share."""

    def __init__(self, agent: OriginAgent, **named: Any) -> None:
        super().__init__(**named)
        self._agent = agent

    def _get_agent(self, request: Request, timeout: float) -> OriginAgent:
        return self._agent


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler with the bounded protocol; a whole answer has `DOWNLOAD_TIMEOUT` seconds.

    No proxy, no other address to send from and no other time is taken from a request.
    """

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedFactory
        # Twisted would ask again at once, uncounted and unarchived; retries are ours to make.
        self._pool.retryAutomatically = False
        from twisted.internet import reactor

        timeout = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        sender = normalize_bind_address(self._bind_address)
        self._agent = OriginAgent(reactor, self._contextFactory, timeout, sender, self._pool)
        self._of_all: dict[str, Any] = {
            "contextFactory": self._contextFactory,
            "connectTimeout": timeout,
            "pool": self._pool,
            "maxsize": self._default_maxsize,
            "warnsize": self._default_warnsize,
            "fail_on_dataloss": self._fail_on_dataloss,
            "crawler": crawler,
        }

    async def download_request(self, request: Request) -> Response:
        with wrap_twisted_exceptions():
            fetch = OneFetch(self._agent, **self._of_all)
            return await maybe_deferred_to_future(fetch.download_request(request))
