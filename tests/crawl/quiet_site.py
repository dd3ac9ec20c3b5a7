"""A well-behaved little site that notes how it is asked."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler

from tests.crawl.faulty_site import page
from tests.loopback import LoopbackSite


class QuietSite(LoopbackSite):
    """A front page that links to ``pages`` pages, on a free loopback port; a context manager."""

    def __init__(
        self,
        *,
        pages: int,
        answer_seconds: float = 0.0,
        robots: str = "User-agent: *\nAllow: /\n",
        validators: bool = False,
    ) -> None:
        self.pages = tuple(f"/sida-{n}/" for n in range(pages))
        self.answer_seconds = answer_seconds
        self.robots = robots
        self.validators = validators
        self.times: list[float] = []
        self.paths: list[str] = []
        self.agents: list[str] = []
        self.header_names: set[str] = set()
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        super().__init__(_handler(self))

    def enter(self, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self.times.append(time.monotonic())
            self.paths.append(handler.path)
            self.agents.append(handler.headers.get("User-Agent", ""))
            self.header_names.update(handler.headers.keys())
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)

    def leave(self) -> None:
        with self._lock:
            self._now -= 1


def _handler(site: QuietSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            return

        def do_GET(self) -> None:
            site.enter(self)
            time.sleep(site.answer_seconds)
            site.leave()  # before the answer: the next request may come at once
            if self.path == "/robots.txt":
                self._answer(site.robots.encode(), media_type="text/plain")
            elif self.path == "/":
                self._answer(page("Start", site.pages))
            elif self.path in site.pages:
                self._answer(page(self.path))
            else:
                self._answer(page("Saknas"), 404)

        def _answer(self, body: bytes, status: int = 200, media_type: str = "text/html") -> None:
            tag = f'"{len(body)}-{self.path}"'
            if site.validators and status == 200 and self.headers.get("If-None-Match") == tag:
                status, body = 304, b""
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            if site.validators:
                self.send_header("ETag", tag)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
