"""An address where no scheduler is: told in one line within seconds, whatever answers there."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest

pytest.importorskip("distributed")

from harvester.cluster import dask_pool
from harvester.errors import UnreachableError


@contextlib.contextmanager
def speaking(said: bytes) -> Iterator[int]:
    """The port of a server that answers every connection with the same bytes, and keeps it open."""
    ended = threading.Event()
    with contextlib.ExitStack() as kept, socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)

        def serve() -> None:
            while not ended.is_set():
                with contextlib.suppress(OSError):
                    connection, _ = server.accept()
                    kept.enter_context(connection)
                    connection.sendall(said)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            ended.set()
            thread.join()


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"", id="silence"),
        pytest.param(b"HTTP/1.1 400 Bad Request\r\n\r\n", id="http"),
        pytest.param(bytes(64), id="zeros"),
    ],
)
def test_what_is_no_scheduler_is_given_up(monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    monkeypatch.setattr(dask_pool, "_HANDSHAKE", 0.5)
    begun = time.monotonic()
    with speaking(said) as port, pytest.raises(UnreachableError, match="nothing is lost"):
        dask_pool.pools(f"tcp://127.0.0.1:{port}")
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:1", "tcp://finns.invalid:1", "tcp://127.0.0.1", "", "ftp://x:1"]
)
def test_address_without_a_listener_is_given_up(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(dask_pool, "_HANDSHAKE", 0.5)
    with pytest.raises(UnreachableError):
        dask_pool.pools(address)


def test_all_waiting_together_is_ten_seconds_at_most() -> None:
    assert dask_pool._HANDSHAKE + 1 <= 10 and dask_pool._CONNECT <= 10
