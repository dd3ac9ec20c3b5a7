"""The guard in the crawl: every request is judged before anything is sent."""

from __future__ import annotations

from scrapy.http import Request

from harvester.crawl.archiving import SessionMiddleware
from harvester.crawl.failures import FetchFailed


class GuardMiddleware(SessionMiddleware):
    """Refuses what the profile does not cover; the refusal is a named failure in the archive."""

    def process_request(self, request: Request) -> None:
        refusal = self.session.guard.refusal(request.url)
        if refusal is not None:
            raise FetchFailed(refusal.code, refusal.message)
