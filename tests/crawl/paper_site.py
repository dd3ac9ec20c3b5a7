"""A WordPress on paper: answers for discovery, without a network."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from harvester.archive.capture import Capture, make_capture
from harvester.crawl.discovery import SiteDiscovery
from harvester.crawl.fetch import Fetch
from harvester.crawl.guard import Guard
from harvester.crawl.known import KnownSite
from harvester.sites import Profile, Site

BASE = "http://bed.example"
NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)

Answer = tuple[int, dict[str, str], bytes]


def html(*links: str, rest: str = "") -> Answer:
    head = f'<link rel="https://api.w.org/" href="{rest}">' if rest else ""
    body = f"<html><head>{head}</head><body>{''.join(f'<a href={link}>x</a>' for link in links)}</body></html>"
    return 200, {"Content-Type": "text/html"}, body.encode()


def sitemap(tag: str, *paths: str) -> Answer:
    child = "sitemap" if tag == "sitemapindex" else "url"
    items = "".join(f"<{child}><loc>{BASE}{path}</loc></{child}>" for path in paths)
    return 200, {"Content-Type": "application/xml"}, f"<{tag}>{items}</{tag}>".encode()


@dataclass
class PaperSite:
    """Posts in a REST interface that can be closed, moved or lie, and further answers by target."""

    posts: int = 3
    rest: str = "open"  # open, closed, plain, html
    total: int | None = None  # what X-WP-Total says, where it lies
    types: tuple[str, ...] = ("post",)
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answer(self, url: str) -> Capture:
        parts = urlsplit(url)
        target = parts.path + ("?" + parts.query if parts.query else "")
        self.asked.append(target)
        status, headers, body = self._answer(target)
        return make_capture(url, NOW, status, headers.items(), body)

    def _answer(self, target: str) -> Answer:
        if target in self.answers:
            return self.answers[target]
        if target.startswith("/wp-json/") or "rest_route=" in target:
            return self._rest(target)
        if target.startswith("/post-"):
            return html()
        return 404, {"Content-Type": "text/html"}, b"<html>Saknas</html>"

    def _rest(self, target: str) -> Answer:
        if self.rest == "closed":
            return 401, {"Content-Type": "application/json"}, b'{"code":"rest_forbidden"}'
        if self.rest == "html" or (self.rest == "plain" and target.startswith("/wp-json/")):
            return html()
        if target.split("?")[0].endswith("/types") or target.endswith("wp/v2/types"):
            types = {name: {"rest_base": name + "s"} for name in self.types}
            return 200, {"Content-Type": "application/json"}, json.dumps(types).encode()
        query = parse_qs(target.partition("?")[2])
        number, per_page = int(query["page"][0]), int(query["per_page"][0])
        chosen = range(self.posts)[(number - 1) * per_page : number * per_page]
        if not chosen and number > 1:
            return (
                400,
                {"Content-Type": "application/json"},
                b'{"code":"rest_post_invalid_page_number"}',
            )
        total = self.posts if self.total is None else self.total
        headers = {
            "Content-Type": "application/json",
            "X-WP-Total": str(total),
            "X-WP-TotalPages": str(-(-total // per_page)),
        }
        return 200, headers, json.dumps([entry(n) for n in chosen]).encode()


def entry(number: int) -> dict[str, object]:
    return {
        "id": number + 1, "type": "post", "link": f"{BASE}/post-{number}/", "status": "publish",
        "date": "2026-01-01T00:30:00", "modified": "2026-01-02T10:00:00",
        "title": {"rendered": f"Post {number}"}, "content": {"rendered": "", "protected": False},
    }  # fmt: skip


def crawl(
    paper: PaperSite,
    known: KnownSite | None = None,
    *,
    keep_entries: bool = True,
    next_answered: int = 0,
    **keys: object,
) -> SiteDiscovery:
    """The discovery of a site, followed to its end; of what is asked for, one by its index is answered next."""
    site = Site("bed", BASE + "/", ("bed.example", "www.bed.example"), **keys)  # type: ignore[arg-type]
    guard = Guard(Profile("p", (site,)))
    discovery = SiteDiscovery(
        site, guard, known or KnownSite(), full=known is None, keep_entries=keep_entries
    )
    waiting: list[Fetch] = discovery.start() or discovery.next_part()
    while waiting:
        fetch = waiting.pop(next_answered)
        waiting += discovery.answered(fetch, paper.answer(fetch.url))
        if not waiting:
            waiting += discovery.next_part()
    return discovery


def pages(paper: PaperSite) -> list[str]:
    """The page addresses asked for."""
    technical = ("/wp-json/", "/feed/", "/wp-sitemap", "/sitemap")
    return [t for t in paper.asked if not t.startswith(technical) and "rest_route" not in t]
