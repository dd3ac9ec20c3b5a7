"""Asking only for what is new: conditional requests, and answers an interrupted run got already."""

from __future__ import annotations

from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime

from scrapy.http import Request, Response

from harvester.archive.ref import CaptureRef
from harvester.crawl.archiving import CAPTURE, SITE, SessionMiddleware

# How far a site's clock may be ahead of ours.
_SKEW = timedelta(hours=1)

#: A request carries this where a 304 would be no answer: the site says that the page changed.
UNCONDITIONAL = "unconditional"


class ConditionalMiddleware(SessionMiddleware):
    """Adds the stored answer's validators; the archive turns a 304 back into that answer.

    What an interrupted run fetched is handed out again without a request.
    """

    def process_request(self, request: Request) -> Response | None:
        if not self.session.has_past or request.meta.get("retry_times"):
            return None
        ref = self.session.resumable(request.url)
        if ref is not None:
            return self._stored(request, ref)
        if not request.meta.get(UNCONDITIONAL):
            validators = self.session.archive.validators(request.url)
            if validators.etag is not None:
                request.headers["If-None-Match"] = validators.etag
            if validators.last_modified is not None and self._is_past(validators.last_modified):
                request.headers["If-Modified-Since"] = validators.last_modified
        return None

    def _is_past(self, stated: str) -> bool:
        """Whether a Last-Modified can be true: by one in the future a page would never change again."""
        try:
            moment = parsedate_to_datetime(stated)
        except ValueError:
            return True  # no date: the source's own mark, which it compares as it is
        if moment.tzinfo is None:  # "-0000": a time without a zone
            moment = moment.replace(tzinfo=UTC)
        return moment <= self.session.clock.now() + _SKEW

    def _stored(self, request: Request, ref: CaptureRef) -> Response:
        request.meta[CAPTURE] = self.session.archive.read(ref.position)
        self.session.counts[request.meta[SITE]].resumed += 1
        self.session.counts[request.meta[SITE]].reached = True
        return Response(request.url, status=ref.status)
