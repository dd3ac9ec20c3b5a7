"""The guard in the crawl: every request is judged before anything is sent."""

from __future__ import annotations

from typing import Any

from scrapy.http import Request

from harvester.crawl.archiving import SessionMiddleware
from harvester.crawl.failures import FetchFailed
from harvester.crawl.guard import MAX_URL
from harvester.crawl.session import Session

#: Spellings of origins that are remembered; a profile names a few.
_MOST_ORIGINS = 100


class GuardMiddleware(SessionMiddleware):
    """Refuses what the profile does not cover; the refusal is a named failure in the archive.

    An origin is judged once: of what follows it only the length counts.
    """

    def __init__(self, crawler: Any, session: Session) -> None:
        super().__init__(crawler, session)
        self._allowed: set[str] = set()

    def process_request(self, request: Request) -> None:
        url = request.url
        origin = origin_of(url)
        if origin in self._allowed and len(url) <= MAX_URL:
            return
        refusal = self.session.guard.refusal(url)
        if refusal is not None:
            raise FetchFailed(refusal.code, refusal.message)
        if origin is not None and len(self._allowed) < _MOST_ORIGINS:
            self._allowed.add(origin)


def origin_of(url: str) -> str | None:
    """Scheme and host of an address with a path, as it spells them; None where it has none."""
    scheme, colon, rest = url.partition("://")
    host, slash, _ = rest.partition("/")
    if not slash or "?" in host or "#" in host:
        return None
    return f"{scheme}{colon}{host}"
