"""The loopback server of the sample: one port for both sites, told apart by the Host header.

The pages name the invented hosts, never a port, so that their bytes are the same in every run. A
crawler reaches them through `SampleServer.resolve`; a browser through ``<site>.localhost``, for
which addresses are rewritten on the way out.
"""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import cast

from harvester.sample.answer import Answer, page
from harvester.sample.content import STAGES, Site, load_sites
from harvester.sample.wordpress import site_answer

#: The profile of the sample; a run adds `SampleServer.resolve` to it.
PROFILE = Path(__file__).parent / "profile.toml"

_LOOPBACK = "127.0.0.1"
_IDLE_SECONDS = 30  # after which a silent connection is closed
_STOP_SECONDS = 0.05  # how long `stop` may wait for the listening loop to notice


class SampleServer:
    """Serves both sample sites on 127.0.0.1; a context manager, or `start` and `stop`.

    ``port`` 0 takes a free one. ``stage`` 2 is a later night of the same sites and may be set
    while the server runs. ``requests`` holds (host, target) of everything asked, in order.
    """

    def __init__(self, port: int = 0, *, stage: int = 1) -> None:
        self.requests: list[tuple[str, str]] = []
        self.stage = stage
        self._wanted_port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def stage(self) -> int:
        """Which of the sample's stages is served. Setting an unknown one raises ValueError."""
        return self._stage

    @stage.setter
    def stage(self, stage: int) -> None:
        if stage not in STAGES:
            raise ValueError(f"the sample knows the stages {STAGES}, not {stage}")
        self._stage = stage

    @property
    def port(self) -> int:
        """The port that is served. Raises RuntimeError where the server is not running."""
        if self._server is None:
            raise RuntimeError("the sample server is not running")
        return int(self._server.server_address[1])

    def start(self) -> int:
        """Begin to serve and give the port. Raises OSError where the port is taken."""
        if self._server is None:
            self._server = _Server((_LOOPBACK, self._wanted_port), _Handler)
            self._server.sample = self
            self._thread = threading.Thread(
                target=self._server.serve_forever, args=(_STOP_SECONDS,), daemon=True
            )
            self._thread.start()
        return self.port

    def stop(self) -> None:
        """End serving and free the port; does nothing where it has ended."""
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = self._thread = None

    def resolve(self) -> dict[str, str]:
        """Where each invented host is reached: host to ``address:port``."""
        return dict.fromkeys(load_sites(), f"{_LOOPBACK}:{self.port}")

    def __enter__(self) -> SampleServer:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    sample: SampleServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Report what is ours; a client that hangs up is none of our errors."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "exempel"
    sys_version = ""
    timeout = _IDLE_SECONDS
    wbufsize = -1  # head and body leave together: two writes cost 40 ms of delayed ACK
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._reply(with_body=True)

    def do_HEAD(self) -> None:
        self._reply(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: `SampleServer.requests` is the log."""

    def _reply(self, *, with_body: bool) -> None:
        sample = cast(_Server, self.server).sample
        host = self.headers.get("Host", "").lower()
        sample.requests.append((host.partition(":")[0], self.path))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = _answer(load_sites(sample.stage), host, self.path, headers)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        for name, value in answer.headers:
            self.send_header(name, value)
        body = answer.body
        if _worth_packing(answer) and "gzip" in headers.get("accept-encoding", ""):
            body = gzip.compress(body, mtime=0)  # no clock in the bytes
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        if answer.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)


def _worth_packing(answer: Answer) -> bool:
    """Whether an answer is long text, which servers send compressed to those who accept it."""
    text = answer.media_type.startswith(("text/", "application/json", "application/xml"))
    return len(answer.body) > 1000 and (text or "rss" in answer.media_type)


def _answer(
    sites: Mapping[str, Site], host: str, target: str, headers: Mapping[str, str]
) -> Answer:
    name, _, port = host.partition(":")
    if name in sites:
        return site_answer(sites[name], target, headers)
    canonical = name.removesuffix(".localhost") + ".example"
    if name.endswith(".localhost") and canonical in sites:
        return _for_browser(site_answer(sites[canonical], target, headers), sites, port)
    if name in ("localhost", _LOOPBACK):
        return page(_front_door(sites, port))
    return Answer(
        421, "text/plain; charset=utf-8", f"No sample site is called {name!r}.\n".encode()
    )


def _browser_base(site: Site, port: str) -> str:
    name = site.host.removesuffix(".example") + ".localhost"
    return f"http://{name}:{port}" if port else f"http://{name}"


def _for_browser(answer: Answer, sites: Mapping[str, Site], port: str) -> Answer:
    """The answer with the invented hosts replaced by names that a browser finds on loopback."""
    body, headers = answer.body, answer.headers
    for site in sites.values():
        old, new = site.base, _browser_base(site, port)
        body = body.replace(old.encode(), new.encode())
        body = body.replace(_escaped(old), _escaped(new))
        headers = tuple((name, value.replace(old, new)) for name, value in headers)
    return Answer(answer.status, answer.media_type, body, headers)


def _escaped(address: str) -> bytes:
    """An address as JSON writes it, with its slashes escaped."""
    return address.replace("/", "\\/").encode()


def _front_door(sites: Mapping[str, Site], port: str) -> str:
    links = "".join(
        f'<li><a href="{_browser_base(s, port)}/">{s.name}</a>: {s.tagline}</li>'
        for s in sites.values()
    )
    return (
        '<!doctype html><html lang="en"><title>Sample sites</title>'
        f"<h1>Sample sites</h1><ul>{links}</ul></html>"
    )
