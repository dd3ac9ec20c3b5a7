"""The unseen WordPress, served on loopback as such sites are: twice over, moved, spammed, half closed."""

from __future__ import annotations

import json
from html import escape
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from tests.loopback import LoopbackSite
from tests.unseen.content import Entry, entries
from tests.unseen.frames import FRAMES, Shown

_PER_PART = 10
_PROTECTED = '<form action="/wp-login.php?action=postpass" class="post-password-form" method="post"><p>Skyddat innehåll.</p><input name="post_password" type="password"></form>'

Answer = tuple[int, dict[str, str], str]


class UnseenSite(LoopbackSite):
    """One of two sites: ``rest`` open, or closed with the sitemap of an SEO plugin."""

    def __init__(self, *, rest: bool) -> None:
        self.rest = rest
        self.paths: list[str] = []
        self.entries = entries()
        self.public = tuple(e for e in self.entries if e.state == "publish")
        self._by_path = {e.path: e for e in self.entries}
        super().__init__(_handler(self))

    def answer(self, target: str) -> Answer:
        """Status, headers and body for a request."""
        parts = urlsplit(target)
        path, query = parts.path, parse_qs(parts.query)
        if path == "/robots.txt":
            return _text(
                "User-agent: *\nDisallow: /wp-admin/\n"
                + ("" if self.rest else f"Sitemap: {self.origin}/sitemap_index.xml\n")
            )
        if path.startswith("/wp-json/"):
            return self._rest(path.removeprefix("/wp-json/"), query)
        if path.endswith(".xml"):
            return self._sitemap(path)
        if path == "/rss" or path.endswith("/feed/"):
            return (
                200,
                {"Content-Type": "application/rss+xml"},
                "<rss version='2.0'><channel><title>Bredvik</title></channel></rss>",
            )
        if "p" in query or "page_id" in query:
            return self._shortlink((query.get("p") or query["page_id"])[0])
        return self._page(path)

    def _shortlink(self, number: str) -> Answer:
        entry = next((e for e in self.public if str(e.number) == number), None)
        return _moved(self.origin + entry.path) if entry else self._missing()

    def _page(self, path: str) -> Answer:
        if path.startswith("/gammal/rapport-"):  # moved when the addresses got years
            number = path.strip("/").rpartition("-")[2]
            return self._shortlink(str(100 + int(number))) if number.isdigit() else self._missing()
        if path + "/" in self._by_path:
            return _moved(self.origin + path + "/")
        entry = self._by_path.get(path)
        if entry is not None and entry.state in ("publish", "protected"):
            return _html(self._shown(entry))
        attached = path.rpartition("/bild-")
        if attached[1] and attached[0] + "/" in self._by_path:
            return _html(
                self._framed(
                    _Frame(
                        "Bild",
                        f"<p class='attachment'><a href='/wp-content/uploads/{attached[2].strip('/')}.jpg'>bild</a></p>",
                    ),
                    path,
                    "attachment",
                )
            )
        archive, _, part = path.partition("page/")
        if archive in ("/", "/category/nyheter/", "/tag/ledning/", "/author/redaktionen/"):
            return self._archive(
                archive, int(part.strip("/") or 1) if part.strip("/").isdigit() or not part else 0
            )
        return self._missing()

    def _archive(self, path: str, part: int) -> Answer:
        posts = sorted(
            (e for e in self.public if e.type == "post"), key=lambda e: e.when, reverse=True
        )
        chosen = posts[(part - 1) * _PER_PART : part * _PER_PART] if part > 0 else []
        if not chosen:
            return self._missing()
        teasers = "".join(
            f'<article class="post-{e.number} post type-post status-publish hentry"><header class="entry-header"><h2 class="entry-title"><a href="{e.path}" rel="bookmark">{escape(e.title)}</a></h2>'
            f'<time class="entry-date published" datetime="{e.when.isoformat()}">{e.day_text}</time></header><div class="entry-summary"><p>Kort om dagen. <a class="more-link" href="{e.path}">Läs mer</a></p></div></article>'
            for e in chosen
        )
        head = (
            f"<!doctype html><html lang='sv-SE'><head><title>Nyheter</title>{self._head()}</head>"
        )
        pages = "".join(
            f"<a href='{path}page/{n}/'>{n}</a>" for n in range(2, -(-len(posts) // _PER_PART) + 1)
        )
        links = "".join(
            f"<a href='{e.path}'>{escape(e.title)}</a> " for e in self.public if e.type == "page"
        )
        name = "home blog" if path == "/" else "archive category"
        return _html(
            f"{head}<body class='{name}'><div id='page'><nav class='menu'>{links}</nav><main id='main'><h1 class='page-title'>Nyheter</h1>{teasers}<nav class='navigation pagination'>{pages}</nav></main></div></body></html>"
        )

    def _shown(self, entry: Entry) -> str:
        if entry.state == "protected":
            entry = Entry(
                entry.number,
                entry.type,
                entry.path,
                "Skyddad: " + entry.title,
                entry.when,
                _PROTECTED,
                state="protected",
            )
        seo = ""
        if not self.rest and entry.number % 2:
            graph = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "@id": self.origin + entry.path, "url": self.origin + entry.path, "name": entry.title + " - Bredvik",
                     "datePublished": entry.when.isoformat(), "dateModified": "2024-05-05T08:00:00+00:00", "inLanguage": "sv-SE"}]}  # fmt: skip
            seo = f'<meta property="article:published_time" content="{entry.when.isoformat()}"><script type="application/ld+json" class="yoast-schema-graph">{json.dumps(graph)}</script>'
        frame = FRAMES[entry.number % len(FRAMES)]
        near = self.public[entry.number % 60]
        related = f"<a href='{near.path.rstrip('/')}' rel='prev'>{escape(near.title)}</a> <a href='/gammal/rapport-{entry.number % 7}/'>Äldre</a>"
        body = frame(
            Shown(
                entry.number,
                entry.type,
                escape(entry.title),
                entry.when.isoformat(),
                entry.day_text,
                entry.body,
                related,
            )
        )
        scheme = "https" if entry.number % 6 == 0 else "http"
        canonical = f'<link rel="canonical" href="{scheme}{self.origin[4:]}{entry.path}"><link rel="shortlink" href="{self.origin}/?p={entry.number}">'
        return f"<!doctype html><html lang='sv-SE'><head><title>{escape(entry.title)} - Bredvik</title>{canonical}{seo}{self._head()}</head>{body}</body></html>"

    def _framed(self, shown: _Frame, path: str, type_: str) -> str:
        body = FRAMES[0](
            Shown(
                8000, type_, shown.title, "2020-01-01T10:00:00+02:00", "1 januari 2020", shown.body
            )
        )
        return f"<!doctype html><html lang='sv-SE'><head><title>{shown.title}</title>{self._head()}</head>{body}</body></html>"

    def _head(self) -> str:
        api = f'<link rel="https://api.w.org/" href="{self.origin}/wp-json/">' if self.rest else ""
        return f'{api}<link rel="alternate" type="application/rss+xml" href="{self.origin}/feed/"><link rel="alternate" type="application/rss+xml" href="{self.origin}/comments/feed/"><meta name="generator" content="WordPress 6.7.1">'

    def _missing(self) -> Answer:
        return (
            404,
            {"Content-Type": "text/html; charset=UTF-8"},
            "<html><body class='error404'><main><h1>Sidan finns inte</h1></main></body></html>",
        )

    def _rest(self, route: str, query: dict[str, list[str]]) -> Answer:
        if not self.rest:
            return (
                401,
                {"Content-Type": "application/json"},
                '{"code":"rest_not_logged_in","message":"Inloggning krävs.","data":{"status":401}}',
            )
        if route.strip("/") == "wp/v2/types":
            types = {"post": {"slug": "post", "rest_base": "posts", "name": "Inlägg"}, "page": {"slug": "page", "rest_base": "pages", "name": "Sidor"},
                     "attachment": {"slug": "attachment", "rest_base": "media", "name": "Media"}, "nav_menu_item": {"slug": "nav_menu_item", "rest_base": "menu-items", "name": "Meny"}}  # fmt: skip
            return _json(types)
        kind = {"wp/v2/posts": "post", "wp/v2/pages": "page"}.get(route.strip("/"))
        if kind is None:
            return (
                404,
                {"Content-Type": "application/json"},
                '{"code":"rest_no_route","data":{"status":404}}',
            )
        # A protected entry is listed without its body; a plugin lists a scheduled one as well.
        listed = [
            e
            for e in self.entries
            if e.type == kind and e.state in ("publish", "protected", "future")
        ]
        number, size = int(query.get("page", ["1"])[0]), int(query.get("per_page", ["10"])[0])
        chosen = listed[(number - 1) * size : number * size]
        if not chosen and number > 1:
            return (
                400,
                {"Content-Type": "application/json"},
                '{"code":"rest_post_invalid_page_number"}',
            )
        return _json(
            [self._rest_entry(e) for e in chosen],
            {"X-WP-Total": str(len(listed)), "X-WP-TotalPages": str(-(-len(listed) // size))},
        )

    def _rest_entry(self, e: Entry) -> dict[str, object]:
        protected = e.state == "protected"
        return {
            "id": e.number, "type": e.type, "link": self.origin + e.path, "slug": e.path.strip("/").rpartition("/")[2],
            "status": "future" if e.state == "future" else "publish", "date": e.when.replace(tzinfo=None).isoformat(), "modified": "2024-05-05T10:00:00",
            "title": {"rendered": ("Skyddad: " if protected else "") + escape(e.title)},
            "content": {"rendered": "" if protected else e.body, "protected": protected},
        }  # fmt: skip

    def _sitemap(self, path: str) -> Answer:
        if self.rest:
            return self._missing()
        parts = {"/post-sitemap.xml": "post", "/page-sitemap.xml": "page"}
        if path == "/sitemap_index.xml":
            inner = "".join(
                f"<sitemap><loc>{self.origin}{p}</loc><lastmod>2024-05-05T08:00:00+00:00</lastmod></sitemap>"
                for p in (*parts, "/category-sitemap.xml", "/author-sitemap.xml")
            )
            return _xml(
                f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{inner}</sitemapindex>"
            )
        if path in parts:
            front = f"<url><loc>{self.origin}/</loc></url>" if path == "/page-sitemap.xml" else ""
            inner = front + "".join(
                f"<url><loc>{self.origin}{e.path}</loc><lastmod>2024-05-05T08:00:00+00:00</lastmod></url>"
                for e in self.public
                if e.type == parts[path]
            )
        elif path in ("/category-sitemap.xml", "/author-sitemap.xml"):
            inner = f"<url><loc>{self.origin}/{'category/nyheter' if 'cat' in path else 'author/redaktionen'}/</loc></url>"
        elif path in ("/wp-sitemap.xml", "/sitemap.xml"):
            return _moved(self.origin + "/sitemap_index.xml")
        else:
            return self._missing()
        return _xml(f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{inner}</urlset>")


class _Frame:
    def __init__(self, title: str, body: str) -> None:
        self.title, self.body = title, body


def _html(body: str) -> Answer:
    return 200, {"Content-Type": "text/html; charset=UTF-8"}, body


def _xml(body: str) -> Answer:
    return (
        200,
        {"Content-Type": "text/xml; charset=UTF-8"},
        "<?xml version='1.0' encoding='UTF-8'?>" + body,
    )


def _text(body: str) -> Answer:
    return 200, {"Content-Type": "text/plain; charset=utf-8"}, body


def _json(value: object, headers: dict[str, str] | None = None) -> Answer:
    return (
        200,
        {"Content-Type": "application/json; charset=UTF-8"} | (headers or {}),
        json.dumps(value),
    )


def _moved(url: str) -> Answer:
    return 301, {"Location": url, "Content-Type": "text/html"}, ""


def _handler(site: UnseenSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.paths.append(self.path)
            status, headers, text = site.answer(self.path)
            body = text.encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
