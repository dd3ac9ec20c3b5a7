"""A site of a test's own on a free loopback port."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


class _IPv6Server(ThreadingHTTPServer):
    address_family = socket.AF_INET6


class LoopbackSite:
    """Serves with a handler while its block lasts; the port is taken from the beginning."""

    def __init__(self, handler: type[BaseHTTPRequestHandler], *, host: str = "127.0.0.1") -> None:
        kind = _IPv6Server if ":" in host else ThreadingHTTPServer
        self._name = f"[{host}]" if ":" in host else host
        self._server = kind((host, 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True
        )

    @property
    def origin(self) -> str:
        """Scheme, address and port."""
        return f"http://{self._name}:{self._server.server_port}"

    @property
    def base(self) -> str:
        """The front page's address."""
        return f"{self.origin}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
