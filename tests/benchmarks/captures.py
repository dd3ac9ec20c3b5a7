"""Made pages as captures."""

from __future__ import annotations

from datetime import UTC, datetime

from benchmarks.pages import page, path
from harvester.archive.capture import Capture, body_digest

BASE = "http://127.0.0.1:8009"


def captured(number: int, pages: int = 100) -> Capture:
    """A page as a crawl stores it."""
    body = page(number, pages=pages, base=BASE).encode()
    headers = (("Content-Type", "text/html; charset=UTF-8"),)
    return Capture(
        BASE + path(number), datetime(2026, 1, 1, tzinfo=UTC), 200, headers, body, body_digest(body)
    )
