"""Names for what goes wrong on the way to an answer."""

from __future__ import annotations

from collections.abc import Iterator

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet import error as net
from twisted.web import _newclient as http

from harvester.crawl.transport import HeaderTooLargeError

#: Failures that may pass: the fetch is tried again.
TRANSIENT = frozenset({"timeout", "refused", "reset", "truncated", "unreachable", "dns"})

#: Statuses that may pass, besides all of 500 and above.
TRANSIENT_STATUSES = frozenset({408, 425, 429})

#: How the archive's faults of a body are called as failures.
BODY_FAULTS = {
    "body_too_large": "too_large",
    "damaged_body": "bad_encoding",
    "not_encoded": "bad_encoding",
    "unsupported_encoding": "unsupported_encoding",
}


class FetchFailed(IgnoreRequest):
    """A fetch that gave nothing to read. ``code`` is the problem's stable name.

    ``recorded`` is True where the archive holds it already.
    """

    def __init__(self, code: str, message: str, *, recorded: bool = False) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.recorded = recorded


def is_transient(status: int) -> bool:
    """True for a status after which asking again makes sense."""
    return status >= 500 or status in TRANSIENT_STATUSES


def failure_of(error: BaseException) -> FetchFailed:
    """The named failure an exception of the download stands for."""
    if isinstance(error, FetchFailed):
        return error
    causes = list(_causes(error))
    for kind, code, message in _NAMES:
        if any(isinstance(cause, kind) for cause in causes):
            return FetchFailed(code, message)
    return FetchFailed("fetch_error", f"{type(error).__name__}: {error}"[:300])


# The most telling first: an exception and its causes often answer to several.
_NAMES: tuple[tuple[type | tuple[type, ...], str, str], ...] = (
    (HeaderTooLargeError, "header_too_large", "the answer's header is larger than any honest one"),
    (ResponseDataLossError, "truncated", "the answer broke off before its stated length"),
    (
        (DownloadTimeoutError, net.TimeoutError, net.TCPTimedOutError),
        "timeout",
        "no whole answer in the time allowed",
    ),
    ((CannotResolveHostError, net.DNSLookupError), "dns", "the name has no address"),
    (
        (DownloadConnectionRefusedError, net.ConnectionRefusedError),
        "refused",
        "nobody listens at the address",
    ),
    (DownloadCancelledError, "too_large", "the answer is larger than allowed"),
    (UnsupportedURLSchemeError, "guard_scheme", "only http and https are fetched"),
    (http.ParseError, "bad_response", "the answer is no HTTP"),
    (
        (net.NoRouteError, net.ConnectBindError, net.UnknownHostError),
        "unreachable",
        "no way to the host",
    ),
    (
        (net.ConnectionLost, net.ConnectionDone, net.ConnectionAborted, http.ResponseNeverReceived),
        "reset",
        "the connection was closed before an answer",
    ),
    (net.ConnectError, "unreachable", "no connection to the host"),
)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and what it wraps: Twisted lists reasons, Python chains causes."""
    seen: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting and len(seen) < 20:
        current = waiting.pop()
        if current is None or any(current is s for s in seen):
            continue
        seen.append(current)
        waiting.append(current.__cause__)
        for reason in getattr(current, "reasons", None) or ():
            waiting.append(getattr(reason, "value", None))
    return iter(seen)
