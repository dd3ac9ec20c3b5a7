"""A site of N made pages with REST, sitemap and feed, served on loopback by a process of its own.

    python -m benchmarks.site PAGES

prints its address and serves until standard input closes. It answers ten thousand requests a second,
so that a crawl's pace is the crawl's.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import cast
from urllib.parse import parse_qs, urlsplit

from benchmarks.pages import content, page, path, published, title
from harvester.sites import Profile, read_profile

_LISTED = 2_000  # addresses in a part of the sitemap
_KEPT = 5_000  # pages, of 30 kB each
_HTML, _JSON, _XML = "text/html; charset=UTF-8", "application/json; charset=UTF-8", "text/xml"

Answer = tuple[int, str, dict[str, str], bytes]


@contextmanager
def served(pages: int) -> Iterator[str]:
    """The address of a running site of that many pages."""
    command = [sys.executable, "-m", "benchmarks.site", str(pages)]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdin is not None and server.stdout is not None
    try:
        yield server.stdout.readline().strip()
    finally:
        server.stdin.close()
        server.wait()
        server.stdout.close()


def profile(base: str) -> Profile:
    """The profile of a served site: no delay, 32 requests at once."""
    site = {
        "name": "bench", "base": base + "/", "allow_private": True, "delay": 0, "concurrency": 32,
        "max_pages": 10_000_000,
    }  # fmt: skip
    return read_profile({"site": [site], "event": "Exempelstämman"}, name="bench")


class MadeSite:
    """Answers any path of the site."""

    def __init__(self, pages: int, base: str) -> None:
        self._pages = pages
        self._base = base
        self._made: dict[int, bytes] = {}

    def answer(self, target: str) -> Answer:
        """Status, media type, further headers and body."""
        if target.startswith("/nyheter/sida-"):
            number = target[14:].rstrip("/")
            if number.isdigit() and int(number) < self._pages:
                return 200, _HTML, {}, self._page(int(number))
        parts = urlsplit(target)
        match parts.path.strip("/").split("/"):
            case [""]:
                return 200, _HTML, {}, page(0, pages=self._pages, base=self._base).encode()
            case ["robots.txt"]:
                text = (
                    f"User-agent: *\nDisallow: /wp-admin/\nSitemap: {self._base}/wp-sitemap.xml\n"
                )
                return 200, "text/plain", {}, text.encode()
            case ["feed"]:
                return 200, "application/rss+xml", {}, _feed(self._base).encode()
            case ["wp-json", "wp", "v2", "types"]:
                return _json({"post": {"slug": "post", "rest_base": "posts", "taxonomies": []}})
            case ["wp-json", "wp", "v2", "posts"]:
                return self._posts(parse_qs(parts.query))
            case ["wp-sitemap.xml"]:
                return 200, _XML, {}, self._sitemap_index().encode()
            case [name] if name.startswith("wp-sitemap-"):
                return 200, _XML, {}, self._sitemap(int(name.rpartition("-")[2][:-4])).encode()
        return 404, _HTML, {}, b"<!DOCTYPE html><title>Sidan finns inte</title><p>404</p>"

    def _page(self, number: int) -> bytes:
        """A page's body, kept for the next crawl: the cores are for what is measured."""
        made = self._made.get(number)
        if made is None:
            made = page(number, pages=self._pages, base=self._base).encode()
            if len(self._made) < _KEPT:
                self._made[number] = made
        return made

    def _posts(self, query: dict[str, list[str]]) -> Answer:
        size, number = int(query.get("per_page", ["10"])[0]), int(query.get("page", ["1"])[0])
        changed_after = query.get("modified_after", [""])[0]
        total = 0 if changed_after > "2026" else self._pages
        first, last = (number - 1) * size, min(number * size, total)
        if first >= max(total, 1):
            return 400, _JSON, {}, b'{"code":"rest_post_invalid_page_number"}'
        headers = {"X-WP-Total": str(total), "X-WP-TotalPages": str(-(-total // size))}
        return _json([self._entry(n) for n in range(first, last)], headers)

    def _entry(self, number: int) -> dict[str, object]:
        day = f"{published(number)}T09:00:00"
        return {
            "id": number + 1, "date": day, "date_gmt": day, "modified": day, "modified_gmt": day,
            "slug": f"sida-{number}", "status": "publish", "type": "post",
            "link": self._base + path(number), "title": {"rendered": title(number)},
            "content": {"rendered": content(number), "protected": False}, "categories": [1],
            "_embedded": {"wp:term": [[{"taxonomy": "category", "name": "Nyheter"}]]},
        }  # fmt: skip

    def _sitemap_index(self) -> str:
        parts = range(1, -(-self._pages // _LISTED) + 1)
        places = (
            f"<sitemap><loc>{self._base}/wp-sitemap-posts-post-{n}.xml</loc></sitemap>"
            for n in parts
        )
        return f'<?xml version="1.0"?>\n<sitemapindex xmlns="{_NAMESPACE}">{"".join(places)}</sitemapindex>'

    def _sitemap(self, part: int) -> str:
        numbers = range((part - 1) * _LISTED, min(part * _LISTED, self._pages))
        places = (f"<url><loc>{self._base}{path(n)}</loc></url>" for n in numbers)
        return f'<?xml version="1.0"?>\n<urlset xmlns="{_NAMESPACE}">{"".join(places)}</urlset>'


_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _json(value: object, headers: dict[str, str] | None = None) -> Answer:
    return 200, _JSON, headers or {}, json.dumps(value).encode()


@cache
def _feed(base: str) -> str:
    items = "".join(f"<item><link>{base}{path(n)}</link></item>" for n in range(10))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><link>{base}</link>{items}</channel></rss>'


class _Connection(asyncio.Protocol):
    """HTTP/1.1 with connections kept open; only GET is spoken."""

    def __init__(self, site: MadeSite) -> None:
        self._site = site
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            target = head.split(b" ", 2)[1].decode("latin-1")
            status, media_type, headers, body = self._site.answer(target)
            more = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            start = f"HTTP/1.1 {status} OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
            self._transport.write(start.encode() + body)


async def _serve(pages: int) -> None:
    loop = asyncio.get_running_loop()
    site = MadeSite(pages, "")
    server = await loop.create_server(lambda: _Connection(site), "127.0.0.1", 0)
    site._base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    print(site._base, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    try:
        from uvloop import run
    except ImportError:
        from asyncio import run  # type: ignore[assignment]
    run(_serve(int(sys.argv[1])))
