"""A small WordPress on loopback whose answers can be made to lie about what changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.loopback import LoopbackSite
from tests.runs.running import Runs


@dataclass
class Post:
    """A post as the site keeps it; ``modified`` is in the site's own time."""

    number: int
    text: str
    modified: str = "2026-03-01T12:00:00"
    aside: str = ""  # stands on the page alone, not in its REST body

    @property
    def path(self) -> str:
        return f"/inlagg-{self.number}/"


@dataclass
class Lies:
    """What the site claims against the facts."""

    etag: str | None = None  # one for whatever is asked; "{n}" is another one each time
    always_304: bool = False  # pages answer 304, whether they were asked conditionally or not
    last_modified: str | None = None
    modified: str | None = None  # of all posts, in REST and in the sitemap


@dataclass
class SmallWordPress(LoopbackSite):
    """Posts with REST (or, without it, a sitemap), a feed and conditional answers."""

    posts: list[Post] = field(default_factory=list)
    rest: bool = True
    lies: Lies = field(default_factory=Lies)
    requests: list[str] = field(default_factory=list)
    conditional: list[str] = field(default_factory=list)  # paths asked with a validator
    host: str = "127.0.0.1"

    def __post_init__(self) -> None:
        super().__init__(_handler(self), host=self.host)

    def modified(self, post: Post) -> str:
        return self.lies.modified or post.modified

    def pages_asked(self) -> list[str]:
        """The posts' addresses asked for since the log was last cleared."""
        return [target for target in self.requests if target.startswith("/inlagg-")]


def posts(count: int) -> list[Post]:
    """Invented posts."""
    return [Post(n, f"Inlägg {n} berättar om mötet i Norrvik.") for n in range(1, count + 1)]


@contextmanager
def wordpress_runs(
    folder: Path, site: SmallWordPress, **keys: object
) -> Iterator[tuple[SmallWordPress, Runs]]:
    """The served site, a profile of it and an empty output folder."""
    with site:
        more = "".join(f"{name} = {json.dumps(value)}\n" for name, value in keys.items())
        profile = folder / "bed.toml"
        profile.write_text(
            f'[[site]]\nname = "bed"\nbase = {json.dumps(site.base)}\nallow_private = true\n'
            f"delay = 0\nconcurrency = 4\n{more}"
        )
        yield site, Runs(profile, folder / "output")


def _handler(site: SmallWordPress) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            return

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            site.requests.append(self.path)
            if self.headers.get("If-None-Match") or self.headers.get("If-Modified-Since"):
                site.conditional.append(self.path)
            post = next((p for p in site.posts if p.path == parts.path), None)
            if post is not None:
                self._page(post)
            elif parts.path == "/":
                self._send(_page("Start", "Välkommen till Norrvik."))
            elif parts.path == "/robots.txt":
                self._send(b"User-agent: *\nAllow: /\n", "text/plain")
            elif parts.path == "/feed/":
                self._send(_feed(site), "application/rss+xml", etag=_tag(_feed(site)))
            elif site.rest and parts.path.startswith("/wp-json/wp/v2/"):
                self._rest(parts.path.rpartition("/")[2], parse_qs(parts.query))
            elif not site.rest and parts.path == "/wp-sitemap.xml":
                self._send(_sitemap(site), "application/xml")
            else:
                self._send(_page("Saknas", ""), status=404)

        def _page(self, post: Post) -> None:
            body, lies = _page(f"Inlägg {post.number}", post.text, post.aside), site.lies
            etag = lies.etag or _tag(body)
            same = self.headers.get("If-None-Match") == etag.format(n=len(site.requests))
            since = self.headers.get("If-Modified-Since")
            if lies.last_modified is not None:
                same = since is not None and since == lies.last_modified
                self._send(
                    body, status=304 if same else 200, last_modified=lies.last_modified, etag=None
                )
            elif same or lies.always_304:
                self._send(b"", status=304)
            else:
                self._send(body, etag=etag.format(n=len(site.requests)))

        def _rest(self, name: str, query: dict[str, list[str]]) -> None:
            if name == "types":
                types = {"post": {"rest_base": "posts"}, "page": {"rest_base": "pages"}}
                self._json(types)
                return
            after = query.get("modified_after", [""])[0]
            found = [p for p in site.posts if name == "posts" and site.modified(p) > after]
            self._json([_row(site, p) for p in found], total=len(found))

        def _json(self, value: object, total: int = 0) -> None:
            self._send(json.dumps(value).encode(), "application/json", total=total)

        def _send(
            self,
            body: bytes,
            media: str = "text/html; charset=utf-8",
            *,
            status: int = 200,
            etag: str | None = None,
            last_modified: str | None = None,
            total: int | None = None,
        ) -> None:
            if etag is not None and self.headers.get("If-None-Match") == etag:
                status = 304
            self.send_response(status)
            self.send_header("Content-Type", media)
            for name, value in (("ETag", etag), ("Last-Modified", last_modified)):
                if value is not None:
                    self.send_header(name, value)
            if total is not None:
                self.send_header("X-WP-Total", str(total))
                self.send_header("X-WP-TotalPages", "1")
            if status == 304:
                body = b""
            else:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


def _page(title: str, text: str, aside: str = "") -> bytes:
    return (
        f'<!doctype html><html lang="sv"><head><title>{title}</title></head><body class="single-post">'
        f"<main><article><h1>{title}</h1><div class='entry-content'><p>{text}</p><p>{aside}</p></div>"
        "</article></main></body></html>"
    ).encode()


def _row(site: SmallWordPress, post: Post) -> dict[str, object]:
    return {
        "id": post.number,
        "type": "post",
        "link": site.origin + post.path,
        "slug": post.path.strip("/"),
        "status": "publish",
        "date": "2026-02-01T10:00:00",
        "modified": site.modified(post),
        "title": {"rendered": f"Inlägg {post.number}"},
        "content": {"rendered": f"<p>{post.text}</p>", "protected": False},
        "categories": [],
    }


def _feed(site: SmallWordPress) -> bytes:
    items = "".join(f"<item><link>{site.origin}{p.path}</link></item>" for p in site.posts[-10:])
    return f"<rss version='2.0'><channel><title>Norrvik</title>{items}</channel></rss>".encode()


def _sitemap(site: SmallWordPress) -> bytes:
    urls = "".join(
        f"<url><loc>{site.origin}{p.path}</loc><lastmod>{site.modified(p)}+01:00</lastmod></url>"
        for p in site.posts
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><urlset xmlns="{space}">{urls}</urlset>'.encode()


def _tag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:12]}"'
