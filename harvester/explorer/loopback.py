"""The explorer's server: Datasette over a release, on loopback, for one reader."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from harvester.errors import HarvesterError, MissingExtraError
from harvester.explorer.metadata import DATABASE, explorer_metadata

HOST = "127.0.0.1"

#: Names by which a browser on this machine asks for us. Any other means that a foreign page has
#: pointed its own name here.
_OWN_NAMES = frozenset({HOST, "localhost", "[::1]"})

Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]


class PortError(HarvesterError):
    """The port cannot be listened on: the reader names another."""


def listening(port: int) -> socket.socket:
    """A socket that listens on loopback; port 0 takes any that is free.

    Raises PortError with one line where the port is taken or not allowed.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
        found.listen(128)
    except (OSError, OverflowError) as error:
        found.close()
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        reason = "is taken by another program" if taken else f"cannot be used ({error})"
        raise PortError(
            f"port {port} {reason}; name another with --port, or --port 0 for any"
        ) from None
    return found


def explorer_app(release: Path) -> App:
    """Datasette over a release folder, its gallery under ``/gallery``. Nothing in it can write.

    Raises MissingExtraError without Datasette, HarvesterError where the release has no database.
    """
    try:
        # The application first: it registers the other modules as its plugins.
        from datasette.app import Datasette  # type: ignore[import-untyped]

        from datasette import handle_exception  # type: ignore[import-untyped]  # isort: skip
    except ImportError:
        raise MissingExtraError(
            "the explorer needs Datasette; install it with `make setup`, or pip install -e '.[explore]'"
        ) from None
    # With rich about, Datasette prints a screen of local variables for every address not found.
    handle_exception.rich = None
    database = release / f"{DATABASE}.sqlite"
    if not database.is_file():
        raise HarvesterError(
            f"{release} lacks {database.name}: restore it, or run `harvester release --force`"
        )
    gallery = release / "gallery"
    explorer = Datasette(
        immutables=[str(database)],
        metadata=explorer_metadata(*_described(release)),
        static_mounts=[("gallery", str(gallery))] if gallery.is_dir() else [],
        settings={"allow_download": True, "default_page_size": 50, "sql_time_limit_ms": 3000},
        pdb=False,
    )
    asyncio.run(explorer.invoke_startup())
    return _own_names_only(explorer.app())


def serve(app: App, at: socket.socket) -> None:
    """Serves until interrupted, which is how it is meant to end."""
    import uvicorn

    config = uvicorn.Config(app, log_level="warning", lifespan="on", workers=1)
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[at])


def _described(release: Path) -> tuple[str, str]:
    try:
        package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
        return f"{package['title']}, release {package['version']}", str(package["description"])
    except (OSError, ValueError, KeyError, TypeError):
        return f"Release {release.name}", ""


def _own_names_only(app: App) -> App:
    """The app, answering only to this machine's own names; see `_OWN_NAMES`."""

    async def guarded(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
            if host.rpartition(":")[0] not in _OWN_NAMES and host not in _OWN_NAMES:
                await _refuse(send)
                return
        await app(scope, receive, send)

    return guarded


async def _refuse(send: Any) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": b"This server answers on loopback only.\n"})
