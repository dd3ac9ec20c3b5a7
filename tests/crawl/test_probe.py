"""A first look at a site: bounded, polite, and with a profile that can be used as it is."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest

from harvester.crawl.plain_client import AskFailed, PlainClient
from harvester.crawl.probe import MOST, probe
from harvester.errors import ProfileError, UnreachableError
from harvester.sites import read_profile
from tests.loopback import LoopbackSite

Answer = tuple[int, str, str]
Pages = Callable[[str], Answer]

POST = (
    "<html lang='sv'><head><meta name='generator' content='WordPress 6.4.2'><title>{0}</title></head>"
    "<body class='single-post postid-1'><link href='/wp-content/themes/hamnen/style.css'>"
    "<article class='post hentry'><h1 class='entry-title'>{0}</h1><div class='entry-content'><p>Text om {0}.</p>{1}</div></article></body></html>"
)


def html(title: str, more: str = "") -> Answer:
    return 200, "text/html; charset=utf-8", POST.format(title, more)


NOTHING: Answer = (404, "text/html", "<html><body class='error404'>Borta</body></html>")


@contextmanager
def served(pages: Pages) -> Iterator[tuple[str, list[str]]]:
    """A loopback site; yields its base address and the paths that were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, kind, text = pages(self.path)
            body = text.encode()
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", text)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with LoopbackSite(Handler) as site:
        yield site.base, asked


def no_wait(seconds: float) -> None:
    pass


def test_the_sample_site() -> None:
    found, profile, client = probe("http://exempeldagarna.example/", site="sample", wait=no_wait)
    assert client.requests <= MOST
    assert found.rest and found.sitemap and found.feed
    assert found.types == {"post": 14, "page": 16}
    assert {"headed_clips", "column_films", "film_post", "programme"} <= set(found.layouts)
    assert found.editions[2019] and found.players["youtube"]
    table = tomllib.loads(profile)
    assert table["site"][0]["discovery"] == ["rest", "sitemap", "links"]
    assert read_profile(table, name="ny").sites[0].base == "http://exempeldagarna.example/"


def test_a_site_with_closed_doors() -> None:
    """No REST, no sitemap, no feed: links lead on, and each closed door is said."""

    def pages(path: str) -> Answer:
        if path in ("/", "/ett/"):
            player = "<iframe src='https://player.okand.example/e/1'></iframe>"
            return html(path, f"<a href='/ett/'>ett</a><a href='/tva/'>två</a>{player}")
        return html("två") if path == "/tva/" else NOTHING

    with served(pages) as (base, asked):
        found, profile, client = probe(base, wait=no_wait)
    assert found.wordpress == "6.4.2" and found.theme == "hamnen"
    assert (found.rest, found.sitemap, found.feed) == (False, False, False)
    assert tomllib.loads(profile)["site"][0]["discovery"] == ["links"]
    said = " ".join(found.unknown)
    assert "REST" in said and "sitemap" in said and "player.okand.example" in said
    assert {"/ett/", "/tva/"} <= set(asked) and client.requests == len(asked)


def test_never_more_than_thirty_requests() -> None:
    def pages(path: str) -> Answer:
        if path == "/robots.txt":
            return NOTHING
        if "sitemap" in path:
            parts = "".join(
                f"<sitemap><loc>http://{{host}}/sitemap-{n}.xml</loc></sitemap>" for n in range(90)
            )
            return 200, "application/xml", f"<sitemapindex>{parts}</sitemapindex>"
        if path.startswith("/hopp"):
            return 302, "text/html", path + "o"
        return html("s", "".join(f"<a href='/hopp{n}/'>x</a>" for n in range(200)))

    with served(pages) as (base, asked):
        probe(base, wait=no_wait)
    assert len(asked) <= MOST


def test_robots_is_obeyed() -> None:
    def pages(path: str) -> Answer:
        if path == "/robots.txt":
            return 200, "text/plain", "User-agent: *\nCrawl-delay: 7\nDisallow: /hemligt/"
        return html("s", "<a href='/hemligt/film/'>f</a><a href='/oppet/'>o</a>")

    waits: list[float] = []
    with served(pages) as (base, asked):
        probe(base, wait=waits.append)
    assert "/hemligt/film/" not in asked and "/oppet/" in asked
    assert max(waits) > 6


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_failing_robots_leaves_the_site_alone(status: int) -> None:
    with (
        served(lambda path: (status, "text/html", "fel")) as (base, asked),
        pytest.raises(UnreachableError, match="robots"),
    ):
        probe(base, wait=no_wait)
    assert asked == ["/robots.txt"]


@pytest.mark.parametrize(
    ("url", "error"),
    [
        pytest.param("http://10.0.0.7/", UnreachableError, id="private-address"),
        pytest.param("http://169.254.169.254/latest/", UnreachableError, id="cloud-metadata"),
        pytest.param("http://[::ffff:10.0.0.7]/", UnreachableError, id="mapped-address"),
        pytest.param("ftp://exempel.example/", ProfileError, id="no-web-address"),
        pytest.param("http://", ProfileError, id="no-host"),
    ],
)
def test_addresses_that_are_not_asked(url: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        probe(url, wait=no_wait)


def test_a_redirect_to_an_inside_address_is_not_followed() -> None:
    profile = read_profile(
        {"site": [{"name": "test", "base": "http://127.0.0.1:1/", "allow_private": True}]},
        name="test",
    )
    client = PlainClient(profile, most=5, delay=0)
    with pytest.raises(AskFailed) as refused:
        client.get("http://127.0.0.2/")
    assert refused.value.code == "guard_host" and client.requests == 0
