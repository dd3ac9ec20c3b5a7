"""Every answer and every failed fetch into the archive, before anything else sees them."""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response

from harvester.archive.capture import Capture
from harvester.archive.encoding import EncodingError
from harvester.crawl.failures import BODY_FAULTS, FetchFailed, failure_of
from harvester.crawl.session import Session
from harvester.errors import HarvesterError

#: Where a response carries its capture, and a request the name of its site.
CAPTURE = "capture"
SITE = "site"
#: Where a request whose fetch failed carries the named failure.
FAILURE = "failure"

M = TypeVar("M", bound="SessionMiddleware")


class SessionMiddleware:
    """A middleware of crawls that have a session: ours; Scrapy's own spiders run without it."""

    def __init__(self, crawler: Any, session: Session) -> None:
        self.crawler = crawler
        self.session = session

    @classmethod
    def from_crawler(cls: type[M], crawler: Any) -> M:
        session = getattr(crawler.spider, "session", None)
        if session is None:
            raise NotConfigured
        return cls(crawler, session)


class ArchiveMiddleware(SessionMiddleware):
    """Stands nearest to the network: sees bodies as sent, redirects and errors too.

    An answer is stored as soon as it is whole, before its slot sends the next request: a kill loses
    no more than what is on the wire.
    """

    def __init__(self, crawler: Any, session: Session) -> None:
        super().__init__(crawler, session)
        crawler.signals.connect(self.store, signal=signals.response_downloaded)

    def process_request(self, request: Request) -> None:
        self.session.counts[request.meta[SITE]].requests += 1

    def store(self, response: Response, request: Request) -> None:
        """Archive an answer; what makes it unreadable becomes the request's named failure."""
        if response.status == 304 and not is_conditional(request):
            message = "not modified, though nothing was said of what is stored"
            self._fail(request, FetchFailed("unexpected_304", message))
            return
        try:
            capture = self.session.store(
                request.meta[SITE],
                response.url,
                response.status,
                header_pairs(response),
                response.body,
                request=header_pairs(request),
                ip_address=str(response.ip_address) if response.ip_address else None,
            )
        except HarvesterError as error:  # the session ends the crawl
            request.meta[FAILURE] = FetchFailed("unwritable", str(error), recorded=True)
            return
        except EncodingError as error:
            code = BODY_FAULTS.get(error.code, error.code)
            self._fail(request, FetchFailed(code, str(error)))
            return
        fault = body_fault(capture)
        if fault is not None:
            self._fail(request, FetchFailed(*fault))
            return
        request.meta[CAPTURE] = capture

    def process_response(self, request: Request, response: Response) -> Response:
        if CAPTURE not in request.meta:
            raise request.meta.get(FAILURE) or FetchFailed("not_archived", "see the log")
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        failure = failure_of(exception)
        if failure.code == "dns" and host_of(request.url) in self.session.inside_names:
            failure = FetchFailed("guard_private", "the name leads to an inside address")
        self._fail(request, failure)

    def _fail(self, request: Request, failure: FetchFailed) -> None:
        if not failure.recorded:
            self.session.failure(request.url, failure.code, failure.message)
            failure.recorded = True
        request.meta[FAILURE] = failure


def body_fault(capture: Capture) -> tuple[str, str] | None:
    """What makes a good answer unreadable: no body, or another kind of body than it says."""
    if capture.status == 304:
        return "unexpected_304", "not modified, yet nothing is stored"
    if capture.status != 200:
        return None
    if not capture.body.strip():
        return "empty_body", "the answer is empty"
    is_pdf = capture.body[:5] == b"%PDF-"
    if is_pdf and capture.media_type in ("text/html", "application/xhtml+xml"):
        return "pdf_as_html", "a PDF that calls itself HTML"
    if not is_pdf and capture.media_type == "application/pdf":
        return "html_as_pdf", "calls itself a PDF and is none"
    return None


def is_conditional(request: Request) -> bool:
    """Whether a request names what is stored, so that a 304 may answer it."""
    return "If-None-Match" in request.headers or "If-Modified-Since" in request.headers


def header_pairs(message: Request | Response) -> tuple[tuple[str, str], ...]:
    """Headers as they came, one pair for each line."""
    lines = dict.items(message.headers)  # Scrapy's own `items` looks each name up once more
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in lines
        for value in values
    )


def host_of(url: str) -> str:
    """The host name of an address, without its port."""
    return urlsplit(url).hostname or ""
