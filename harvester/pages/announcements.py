"""What a page announces of itself and its site: in its head and in its Link headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from harvester.archive.capture import Capture
from harvester.pages.addresses import site_address
from harvester.sites import Site

_REST_ROOT = "https://api.w.org/"
# One member of a Link header; must not join two members.
_LINK_HEADER = re.compile(r"<([^<>]{1,2000})>\s*;([^<]{0,400})")
# rel="next" or rel=shortlink in such a member.
_REL = re.compile(r"\brel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.I)
# The relations by which a page tells of itself and its site; the rest are styles and icons.
_SINGLE = frozenset((_REST_ROOT, "shortlink", "canonical"))
_TELLING = _SINGLE | {"alternate"}
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")


@dataclass(frozen=True, slots=True)
class Announcements:
    """Addresses of the site, as announced; None or empty where the page does not say."""

    rest_root: str | None = None
    canonical: str | None = None
    shortlink: str | None = None
    feeds: tuple[str, ...] = ()


def announcements(root: HtmlElement, capture: Capture, site: Site) -> Announcements:
    """What a page announces; of several addresses for one purpose, the first."""
    found: dict[str, str] = {}
    feeds: dict[str, None] = {}
    for relations, href, media_type in (*_header_links(capture), *_link_elements(root)):
        if not _TELLING.intersection(relations) or ("alternate" in relations and not media_type):
            continue
        url = site_address(site, href, capture.url)
        if url is None:
            continue
        for relation in _SINGLE.intersection(relations):
            found.setdefault(relation, url)
        if "alternate" in relations and media_type in _FEED_TYPES and _is_main_feed(site, url):
            feeds[url] = None
    return Announcements(
        found.get(_REST_ROOT), found.get("canonical"), found.get("shortlink"), tuple(feeds)
    )


def _is_main_feed(site: Site, url: str) -> bool:
    """True for the site's own feed; pages and comments announce feeds of their own."""
    own, parts = urlsplit(site.base), urlsplit(url)
    below = parts.path.removeprefix(own.path).strip("/")
    return below in ("feed", "feed/atom") or (
        not below and parts.query in ("feed=rss2", "feed=atom")
    )


def _header_links(capture: Capture) -> Iterator[tuple[list[str], str, str]]:
    for name, value in capture.headers:
        if name.lower() == "link":
            for href, parameters in _LINK_HEADER.findall(value[:8_000]):
                rel = _REL.search(parameters)
                if rel:
                    yield (rel.group(1) or rel.group(2) or "").split(), href, ""


def _link_elements(root: HtmlElement) -> Iterator[tuple[list[str], str, str]]:
    for element in root.iter("link"):
        href = element.get("href")
        if href:
            media_type = (element.get("type") or "").lower()
            yield (element.get("rel") or "").split(), href, media_type
