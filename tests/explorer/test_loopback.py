"""The explorer's server: loopback, its own names, read only, and clear words where it cannot start."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from harvester.errors import ExitCode, HarvesterError, MissingExtraError
from harvester.explorer.loopback import (
    HOST,
    App,
    PortError,
    explorer_app,
    listening,
)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of Datasette's own imports

needs_datasette = pytest.mark.skipif(
    importlib.util.find_spec("datasette") is None, reason="the extra [explore] is not installed"
)


def answer(
    app: App, path: str, host: str = "127.0.0.1:8001", method: str = "GET"
) -> tuple[int, str]:
    """Status and body of one request to the application."""
    raw, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
        "scheme": "http", "path": raw, "raw_path": raw.encode(), "query_string": query.encode(),
        "root_path": "", "headers": [(b"host", host.encode())], "client": (HOST, 1), "server": (HOST, 2),
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], body.decode()


@pytest.fixture(scope="module")
def app(rich: Path) -> App:
    return explorer_app(rich)


@needs_datasette
@pytest.mark.parametrize(
    ("host", "status"),
    [
        pytest.param("127.0.0.1:8001", 200, id="loopback"),
        pytest.param("localhost:8001", 200, id="localhost"),
        pytest.param("[::1]:8001", 200, id="six"),
        pytest.param("localhost", 200, id="no-port"),
        pytest.param("sample.example:8001", 421, id="a-foreign-name-pointed-here"),
        pytest.param("localhost.sample.example", 421, id="a-name-that-begins-like-ours"),
        pytest.param("", 421, id="none"),
    ],
)
def test_only_this_machine_s_names_are_answered(app: App, host: str, status: int) -> None:
    assert answer(app, "/", host)[0] == status


@needs_datasette
@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        pytest.param("/harvest/appearances.json?_shape=array&_search=ostbjork", 200, "Karl-Uno", id="search"),
        pytest.param("/harvest/films_per_year.json", 200, "2019", id="canned-query"),
        pytest.param("/harvest/people.csv", 200, "Yrsa Äppelqvist", id="csv"),
        pytest.param("/harvest.json?sql=select+1+as+ett", 200, "ett", id="sql"),
        pytest.param("/harvest.json?sql=delete+from+films", 400, "SELECT", id="nothing-is-written"),
        pytest.param("/gallery/index.html", 200, "gallery.css", id="gallery"),
        pytest.param("/gallery/../harvest.sqlite", 404, "", id="nothing-beside-the-gallery"),
        pytest.param("/saknas", 404, "", id="not-there"),
    ],
)  # fmt: skip
def test_answers(app: App, path: str, status: int, said: str, capsys: Any) -> None:
    found = answer(app, path)
    assert found[0] == status
    assert said in found[1]
    assert capsys.readouterr().err == ""


@needs_datasette
def test_columns_are_described(app: App) -> None:
    metadata = json.loads(answer(app, "/-/metadata.json")[1])
    described = metadata["databases"]["harvest"]["tables"]["people"]
    assert described["columns"]["name"] == "Full name in normal case"
    assert metadata["title"] == "Harvest of sample, release 2026.11.20-1"


def test_a_port_that_is_taken_is_said() -> None:
    with listening(0) as first:
        port = first.getsockname()[1]
        with pytest.raises(PortError, match=f"port {port} is taken.*--port") as raised:
            listening(port)
    assert raised.value.exit_code == ExitCode.USAGE


def test_it_listens_on_loopback_alone() -> None:
    with listening(0) as at:
        assert at.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("port", [70000, -1])
def test_a_port_that_is_none_is_said(port: int) -> None:
    with pytest.raises(PortError, match="cannot be used"):
        listening(port)


def test_without_datasette_the_extra_is_named(rich: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasette.app", None)
    with pytest.raises(MissingExtraError, match=r"'\.\[explore\]'"):
        explorer_app(rich)


@needs_datasette
def test_a_release_without_its_database_is_said(rich: Path, tmp_path: Path) -> None:
    shutil.copytree(rich / "parquet", tmp_path / "parquet")
    with pytest.raises(HarvesterError, match=r"lacks harvest\.sqlite"):
        explorer_app(tmp_path)
