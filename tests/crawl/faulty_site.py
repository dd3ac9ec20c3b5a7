"""A WordPress-like site on loopback with faults, each at an address of its own.

`FAULTS` says which problem each must end as. The good pages between them must all be fetched.
"""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.loopback import LoopbackSite

GOOD_PAGES = tuple(f"/sida-{n}/" for n in range(1, 13))

#: Address of each fault and the code of the problem it must end as.
FAULTS = {
    "/fel/stum/": "timeout",
    "/fel/droppar/": "timeout",
    "/fel/avbruten/": "truncated",
    "/fel/fel-langd/": "truncated",
    "/fel/stangd/": "reset",
    "/fel/aterstalld/": "reset",
    "/fel/skrap/": "bad_response",
    "/fel/gzipbomb/": "too_large",
    "/fel/jatte/": "too_large",
    "/fel/trasig-gzip/": "bad_encoding",
    "/fel/okand-kodning/": "unsupported_encoding",
    "/fel/jattehuvud/": "header_too_large",
    "/fel/lang-rad/": "header_too_large",
    "/fel/serverfel/": "http_500",
    "/fel/vanta/": "http_503",
    "/fel/for-manga/": "http_429",
    "/fel/slinga/": "too_many_redirects",
    "/fel/till-insidan/": "guard_host",
    "/fel/till-annan/": "guard_host",
    "/fel/till-fil/": "guard_scheme",
    "/fel/ingenstans/": "bad_redirect",
    "/fel/tom/": "empty_body",
    "/fel/pdf-som-html/": "pdf_as_html",
    "/fel/html-som-pdf/": "html_as_pdf",
    "/fel/ej-andrad/": "unexpected_304",
}
#: Faults without a problem of their own at this level: the answer is archived as it came.
KEPT = ("/fel/fel-teckenkod/", "/fel/ogiltiga-byte/", "/fel/mjuk-404/", "/fel/dubblett/")


def page(title: str, links: tuple[str, ...] = (), text: str = "Ett stycke text.") -> bytes:
    items = "".join(f'<li><a href="{link}">{link}</a></li>' for link in links)
    return (
        f'<!doctype html><html lang="sv"><head><title>{title}</title></head><body class="page">'
        f"<main><article><h1>{title}</h1><p>{text}</p><ul>{items}</ul></article></main></body></html>"
    ).encode()


class FaultySite(LoopbackSite):
    """Serves on a free loopback port; a context manager. ``requests`` holds (time, target)."""

    def __init__(self, *, robots: int = 200, slow: float = 30.0) -> None:
        self.requests: list[tuple[float, str]] = []
        self.robots = robots
        self.slow = slow
        self._stopping = threading.Event()
        super().__init__(_handler(self))
        self._server.handle_error = lambda request, address: None  # type: ignore[method-assign]

    def wait(self, seconds: float) -> bool:
        """Be slow; True where the site is being stopped."""
        return self._stopping.wait(seconds)

    def __exit__(self, *error: Any) -> None:
        self._stopping.set()
        super().__exit__(*error)


def _handler(site: FaultySite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            return

        def do_GET(self) -> None:
            site.requests.append((time.monotonic(), self.path))
            fault = _FAULTY.get(self.path.partition("?")[0])
            if fault is not None:
                fault(self)
            elif self.path == "/robots.txt":
                self.answer(b"User-agent: *\nDisallow: /hemligt/\n", site.robots, "text/plain")
            elif self.path == "/":
                self.answer(page("Start", (*GOOD_PAGES, *FAULTS, *KEPT, "/arkiv/", "/hemligt/a/")))
            elif self.path in GOOD_PAGES:
                self.answer(page(f"Sida {self.path}", ("/", GOOD_PAGES[0])))
            elif self.path.startswith("/arkiv/"):
                self.endless()
            elif self.path.startswith("/kalender/"):
                self.calendar()
            elif self.path.startswith("/dag-"):
                number = int(self.path.strip("/").removeprefix("dag-"))
                self.answer(page("Dag", (f"/dag-{number + 1}/",)))
            else:
                self.answer(page("Saknas"), 404)

        def answer(
            self,
            body: bytes,
            status: int = 200,
            media_type: str = "text/html; charset=utf-8",
            **headers: str,
        ) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def endless(self) -> None:
            """A listing whose every part names the same posts and a further part."""
            number = int(self.path.strip("/").rpartition("/")[2]) if "page" in self.path else 1
            following = f"/arkiv/page/{number + 1}/"
            self.answer(
                page(
                    "Arkiv",
                    (*GOOD_PAGES[:3], following, "/kalender/2024/01/", "/kalender/1/", "/dag-1/"),
                )
            )

        def calendar(self) -> None:
            """A page that leads to two deeper ones for ever."""
            deeper = f"{self.path}{self.path.count('/')}/"
            self.answer(page("Kalender", (deeper, "samma/")))

        @property
        def slow(self) -> float:
            return site.slow

        def pause(self, seconds: float) -> bool:
            return site.wait(seconds)

        def start_raw(self, *lines: str) -> None:
            self.wfile.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
            self.wfile.flush()
            self.close_connection = True

    return Handler


# One function a fault. `h` is the handler of the request.


def _silent(h: BaseHTTPRequestHandler) -> None:
    h.pause(h.slow)
    h.close_connection = True


def _drip(h: BaseHTTPRequestHandler) -> None:
    h.start_raw("HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Length: 100000")
    end = time.monotonic() + h.slow
    while time.monotonic() < end:
        h.wfile.write(b"<p>")
        h.wfile.flush()
        if h.pause(0.1):
            return


def _cut(h: BaseHTTPRequestHandler) -> None:
    h.start_raw("HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Length: 5000")
    h.wfile.write(b"<html><p>" + b"x" * 1000)


def _chunks_cut(h: BaseHTTPRequestHandler) -> None:
    h.start_raw("HTTP/1.1 200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked")
    h.wfile.write(b"400\r\n<html>")


def _closed(h: BaseHTTPRequestHandler) -> None:
    h.close_connection = True


def _reset(h: BaseHTTPRequestHandler) -> None:
    h.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    h.connection.close()
    h.close_connection = True
    h.wfile = open("/dev/null", "wb")  # noqa: SIM115, PTH123


def _garbage(h: BaseHTTPRequestHandler) -> None:
    h.wfile.write(b"\x00\x01\x02 detta \xff ingenting\r\n\r\n")
    h.close_connection = True


def _bomb(h: BaseHTTPRequestHandler) -> None:
    h.answer(_BOMB, Content_Encoding="gzip")


def _giant(h: BaseHTTPRequestHandler) -> None:
    h.start_raw("HTTP/1.1 200 OK", "Content-Type: text/html")
    try:
        for _ in range(400):
            h.wfile.write(b"x" * 100_000)
    except OSError:
        return


def _header_flood(h: BaseHTTPRequestHandler) -> None:
    h.wfile.write(b"HTTP/1.1 200 OK\r\n")
    try:
        for n in range(20_000):
            h.wfile.write(f"X-Fyllnad-{n}: {'y' * 100}\r\n".encode())
    except OSError:
        return
    h.close_connection = True


def _long_line(h: BaseHTTPRequestHandler) -> None:
    h.wfile.write(b"HTTP/1.1 200 OK\r\nX-Lang: " + b"z" * 200_000 + b"\r\n\r\n")
    h.close_connection = True


def _redirect(location: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(h: BaseHTTPRequestHandler) -> None:
        headers = {"Location": location} if location else {}
        h.answer(b"", 302, **headers)

    return answer


def _loop(h: BaseHTTPRequestHandler) -> None:
    number = int(h.path.rpartition("?p=")[2] or 0) if "?p=" in h.path else 0
    h.answer(b"", 302, Location=f"/fel/slinga/?p={number + 1}")


def _answer(
    body: bytes, status: int = 200, media_type: str = "text/html; charset=utf-8", **headers: str
) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda h: h.answer(body, status, media_type, **headers)


_BOMB = gzip.compress(b"<p>" + b"0" * 60_000_000, 9)

_FAULTY: dict[str, Callable[..., None]] = {
    "/fel/stum/": _silent,
    "/fel/droppar/": _drip,
    "/fel/avbruten/": _chunks_cut,
    "/fel/fel-langd/": _cut,
    "/fel/stangd/": _closed,
    "/fel/aterstalld/": _reset,
    "/fel/skrap/": _garbage,
    "/fel/gzipbomb/": _bomb,
    "/fel/jatte/": _giant,
    "/fel/trasig-gzip/": _answer(b"\x1f\x8b\x08\x00trasigt", Content_Encoding="gzip"),
    "/fel/okand-kodning/": _answer(b"abc", Content_Encoding="x-egen"),
    "/fel/jattehuvud/": _header_flood,
    "/fel/lang-rad/": _long_line,
    "/fel/serverfel/": _answer(page("Fel"), 500),
    "/fel/vanta/": _answer(page("Strax"), 503, Retry_After="1"),
    "/fel/for-manga/": _answer(page("Lugn"), 429, Retry_After="100000"),
    "/fel/slinga/": _loop,
    "/fel/till-insidan/": _redirect("http://169.254.169.254/latest/meta-data/"),
    "/fel/till-annan/": _redirect("http://annan.example/sida/"),
    "/fel/till-fil/": _redirect("file:///etc/passwd"),
    "/fel/ingenstans/": _redirect(""),
    "/fel/tom/": _answer(b""),
    "/fel/pdf-som-html/": _answer(b"%PDF-1.7 inte html"),
    "/fel/html-som-pdf/": _answer(page("Ingen PDF"), media_type="application/pdf"),
    "/fel/ej-andrad/": _answer(b"", 304),
    "/fel/fel-teckenkod/": _answer(
        "<p>åäö</p>".encode("cp1252"), media_type="text/html; charset=utf-8"
    ),
    "/fel/ogiltiga-byte/": _answer(b"<p>\xff\xfe\x00\x81 text</p>"),
    "/fel/mjuk-404/": _answer(page("Sidan kunde inte hittas", text="404")),
    "/fel/dubblett/": _answer(page("Sida /sida-1/", ("/", GOOD_PAGES[0]))),
}
