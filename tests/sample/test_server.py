"""The loopback server: hosts, stages, bytes and the log of requests."""

from __future__ import annotations

import gzip
import http.client
import socket

import pytest

from harvester.sample import SampleServer
from harvester.sample.__main__ import banner, main
from harvester.sample.content import load_sites

from .sites import everything

DAYS = "exempeldagarna.example"


def _ask(
    server: SampleServer, host: str, target: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        names = {"Host": host} | {k.replace("_", "-"): v for k, v in headers.items()}
        connection.request(method, target, headers=names)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


def test_two_servers_give_the_same_bytes() -> None:
    with SampleServer() as one, SampleServer() as other:
        assert one.port != other.port
        for host, site in load_sites().items():
            for target in everything(site):
                first, second = _ask(one, host, target), _ask(other, host, target)
                assert (first[0], first[2]) == (second[0], second[2]), target
                assert first[1].get("ETag") == second[1].get("ETag")


def test_the_pages_never_name_the_port() -> None:
    with SampleServer() as server:
        for host, site in load_sites().items():
            for target in everything(site):
                assert str(server.port).encode() not in _ask(server, host, target)[2]


def test_requests_are_logged_in_order() -> None:
    with SampleServer() as server:
        _ask(server, DAYS, "/robots.txt")
        _ask(server, f"{DAYS}:80", "/program/")
        assert server.requests == [(DAYS, "/robots.txt"), (DAYS, "/program/")]


def test_resolve_names_every_host() -> None:
    with SampleServer() as server:
        assert server.resolve() == dict.fromkeys(load_sites(), f"127.0.0.1:{server.port}")


def test_the_stage_can_be_changed_while_it_serves() -> None:
    with SampleServer() as server:
        assert _ask(server, DAYS, "/sa-tyckte-deltagarna/")[0] == 404
        server.stage = 2
        assert _ask(server, DAYS, "/sa-tyckte-deltagarna/")[0] == 200
        with pytest.raises(ValueError, match="stages"):
            server.stage = 3


def test_head_gives_the_length_without_the_body() -> None:
    with SampleServer() as server:
        body = _ask(server, DAYS, "/program/")[2]
        status, headers, nothing = _ask(server, DAYS, "/program/", "HEAD")
        assert (status, nothing) == (200, b"")
        assert int(headers["Content-Length"]) == len(body)


def test_long_text_is_packed_for_those_who_accept_it() -> None:
    with SampleServer() as server:
        plain = _ask(server, DAYS, "/program/")
        _, headers, packed = _ask(server, DAYS, "/program/", Accept_Encoding="gzip, deflate")
        assert headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed) == plain[2]
        assert "Content-Encoding" not in plain[1]
        film = "/wp-content/uploads/2024/10/per-ivar-holmdal-2024.mp4"
        assert "Content-Encoding" not in _ask(server, DAYS, film, Accept_Encoding="gzip")[1]


def test_a_304_has_no_body() -> None:
    with SampleServer() as server:
        etag = _ask(server, DAYS, "/feed/")[1]["ETag"]
        status, headers, body = _ask(server, DAYS, "/feed/", If_None_Match=etag)
        assert (status, body, headers["ETag"]) == (304, b"", etag)


@pytest.mark.parametrize(
    ("host", "status", "holds"),
    [
        pytest.param("exempelchefer.example", 200, b"FEC", id="second-site"),
        pytest.param("EXEMPELDAGARNA.example", 200, b"Exempeldagarna", id="case"),
        pytest.param("okand.example", 421, b"okand.example", id="unknown-host"),
        pytest.param("localhost:1", 200, b"Sample sites", id="front-door"),
        pytest.param(
            "exempeldagarna.localhost:1",
            200,
            b"http://exempeldagarna.localhost:1/program/",
            id="browser",
        ),
    ],
)
def test_hosts(host: str, status: int, holds: bytes) -> None:
    with SampleServer() as server:
        answer = _ask(server, host, "/")
        assert answer[0] == status
        assert holds in answer[2]


def test_a_browser_stays_on_loopback() -> None:
    with SampleServer() as server:
        host = f"exempeldagarna.localhost:{server.port}"
        body = _ask(server, host, "/wp-json/wp/v2/posts?per_page=1&_fields=link")[2]
        assert host.encode() in body
        location = _ask(server, host, "/program")[1]["Location"]
        assert location == f"http://{host}/program/"


def test_a_client_that_hangs_up_does_not_disturb_the_next(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with SampleServer() as server:
        for _ in range(3):
            hasty = socket.create_connection(("127.0.0.1", server.port))
            hasty.sendall(f"GET / HTTP/1.1\r\nHost: {DAYS}\r\n\r\n".encode())
            hasty.close()
        assert _ask(server, DAYS, "/")[0] == 200
    assert "Traceback" not in capfd.readouterr().err


def test_a_stopped_server_frees_its_port() -> None:
    server = SampleServer()
    port = server.start()
    assert server.start() == port
    server.stop()
    server.stop()
    with pytest.raises(RuntimeError, match="not running"):
        _ = server.port
    with SampleServer(port) as again:
        assert again.port == port


def test_a_taken_port_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    with SampleServer() as server:
        assert main(["--port", str(server.port)]) == 2
    assert main(["--port", "70000"]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 2
    assert all("--port 0" in line for line in errors)


def test_the_banner_says_where_to_look() -> None:
    text = banner(8741, 1)
    assert "http://exempeldagarna.localhost:8741/" in text
    assert "invented" in text
