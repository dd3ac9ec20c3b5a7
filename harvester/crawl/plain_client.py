"""A small client for a first look at a site: few requests, one at a time, inside the guard's bounds.

A crawl fetches with Scrapy; this one serves commands that ask a handful of addresses and store
nothing. The same rules hold: the profile's hosts only, no inside address, bounded time and size.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from protego import Protego

from harvester.archive.capture import Capture, make_capture
from harvester.crawl.guard import MAX_REDIRECTS, REDIRECTS, Guard
from harvester.settings import DEFAULT_REQUEST_HEADERS, HARVESTER_CONTACT, USER_AGENT
from harvester.sites import Profile

#: Bytes of one answer that are read, packed and unpacked: a page of a conference is far smaller.
MAX_BODY = 5_000_000

#: Seconds one answer may take in all.
MAX_TIME = 30.0

_ROBOT = "harvester"
_CHUNK = 65_536


class AskFailed(Exception):
    """No answer to read; ``code`` names why (`guard_…`, `robots_forbidden`, `no_answer`, `budget`)."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class PlainClient:
    """Asks a profile's sites, at most ``most`` times, ``delay`` seconds apart, as robots.txt allows."""

    def __init__(
        self,
        profile: Profile,
        *,
        most: int,
        delay: float,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.requests = 0
        self.received = 0
        self.robots: dict[str, Capture] = {}
        self._guard = Guard(profile)
        self._most = most
        self._delay = delay
        self._wait = wait
        self._rules: dict[str, Protego] = {}
        self._last = 0.0

    @property
    def left(self) -> int:
        """Requests that may still be made."""
        return self._most - self.requests

    def get(self, url: str) -> Capture:
        """The answer at an address, redirects followed. Raises AskFailed."""
        for _ in range(MAX_REDIRECTS + 1):
            self._obey_robots(url)
            capture = self._ask(url)
            location = capture.header("Location")
            if capture.status not in REDIRECTS or not location:
                return capture
            url = urljoin(capture.url, location)
        raise AskFailed("too_many_redirects", f"{url}: more than {MAX_REDIRECTS} redirects")

    def _obey_robots(self, url: str) -> None:
        refusal = self._guard.refusal(url)
        if refusal is not None:
            raise AskFailed(refusal.code, f"{url}: {refusal.message}")
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            answer = self._ask(origin + "/robots.txt")
            if answer.status >= 500 or answer.status == 429:
                raise AskFailed(
                    "robots_unavailable",
                    f"{origin}/robots.txt answers {answer.status}: left alone, try again later",
                )
            found = answer.status == 200
            text = answer.body[:512_000].decode("utf-8", "replace") if found else ""
            self._rules[origin] = Protego.parse(text)
            self._delay = max(self._delay, self._rules[origin].crawl_delay(_ROBOT) or 0.0)
            if found:
                self.robots[origin] = answer
        if not self._rules[origin].can_fetch(url, _ROBOT):
            raise AskFailed("robots_forbidden", f"{url}: robots.txt asks not to fetch this")

    def _ask(self, url: str) -> Capture:
        if self.left <= 0:
            raise AskFailed("budget", f"{url}: {self._most} requests are made")
        pause = self._last + self._delay - time.monotonic()
        if self.requests and pause > 0:
            self._wait(pause)
        self.requests += 1
        try:
            return self._exchange(url)
        except (OSError, http.client.HTTPException, zlib.error) as error:
            raise AskFailed("no_answer", f"{url}: {error or type(error).__name__}") from None
        finally:
            self._last = time.monotonic()

    def _exchange(self, url: str) -> Capture:
        parts = urlsplit(url)
        host = parts.hostname or ""
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        deadline = time.monotonic() + MAX_TIME
        sock = self._connected(host, port)
        try:
            if secure:
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
            connection = (
                http.client.HTTPSConnection(host, port)
                if secure
                else http.client.HTTPConnection(host, port)
            )
            connection.sock = sock
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", target, headers=_headers())
            answer = connection.getresponse()
            body = _body(answer, deadline)
            self.received += len(body)
            headers = [
                (k, v) for k, v in answer.getheaders() if k.lower() not in ("content-encoding",)
            ]
            packed = (answer.getheader("Content-Encoding") or "").strip().lower()
            return make_capture(
                url, datetime.now(UTC), answer.status, headers, _unpacked(body, packed)
            )
        finally:
            sock.close()

    def _connected(self, host: str, port: int) -> socket.socket:
        """A connection to an address the guard lets through: what was judged is what is reached."""
        fixed = self._guard.target_of(host, port)
        if fixed is not None:
            return socket.create_connection(fixed, timeout=MAX_TIME / 2)
        refused = ""
        for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            where = str(address[0])
            if self._guard.may_connect(host, ipaddress.ip_address(where.partition("%")[0])):
                return socket.create_connection((where, port), timeout=MAX_TIME / 2)
            refused = where
        raise AskFailed("guard_private", f"{host} is an inside address ({refused})")


def _headers() -> dict[str, str]:
    agent = f"{USER_AGENT} (+{HARVESTER_CONTACT})" if HARVESTER_CONTACT else USER_AGENT
    return {**DEFAULT_REQUEST_HEADERS, "User-Agent": agent, "Connection": "close"}


def _body(answer: http.client.HTTPResponse, deadline: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_BODY:
            raise AskFailed("too_large", f"more than {MAX_BODY:,} bytes")
        if time.monotonic() > deadline:
            raise AskFailed("no_answer", f"no whole answer within {MAX_TIME:.0f} seconds")
    return b"".join(pieces)


def _unpacked(body: bytes, packed: str) -> bytes:
    if packed not in ("gzip", "deflate"):
        return body
    widths: Iterable[int] = (31,) if packed == "gzip" else (15, -15)
    for width in widths:
        decoder = zlib.decompressobj(wbits=width)
        try:
            plain = decoder.decompress(body, MAX_BODY + 1)
        except zlib.error:
            continue
        if len(plain) > MAX_BODY:
            raise AskFailed("too_large", f"more than {MAX_BODY:,} bytes unpacked")
        return plain
    raise AskFailed("no_answer", f"a body that is not {packed} as it says")
