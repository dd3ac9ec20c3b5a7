"""Where an answer leads: pages, archives, further parts of a listing; whatever the answer is.

`links` reads HTML pages, REST listings, sitemaps (indexes and parts, gzip too), RSS and Atom feeds and
robots.txt. Only addresses of the site are given, in the site's own spelling where it announces them
(REST, sitemap, feed) and in canonical spelling where a page merely links to them. What is never a
page of ours is left out here: administration, people's and comment pages, attachments, searches,
tag clouds, calendars.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from harvester.archive.capture import Capture
from harvester.pages.addresses import AddressKind, address_kind, site_address
from harvester.pages.announcements import announcements
from harvester.pages.document import parse_capture
from harvester.pages.listings import (
    ListedAddress,
    RestType,
    read_feed,
    read_rest_types,
    read_sitemap,
    xml_root,
)
from harvester.pages.rest import RestEntry, entries_in, is_rest
from harvester.sites import Site

_SITEMAP_LINE = re.compile(r"(?im)^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})")
# The address in a link's tag, as bytes, between its quotes, or a base; must not run on into another tag.
_HREF = re.compile(
    rb"<(?:a(?:rea)?\s[^<>]{0,600}?\bhref\s*=\s*([\"']?)\s*([^\"'\s<>]{1,2000})([\"']?)|(base)\b)",
    re.I,
)
_XML_START = re.compile(rb"\s*<(?:\?xml|rss|feed|urlset|sitemapindex|rdf:RDF)\b")
_LINK_LIMIT = 5_000


class AnswerKind(StrEnum):
    """What an answer was read as."""

    PAGE = "page"
    REST_LISTING = "rest_listing"
    REST_TYPES = "rest_types"
    SITEMAP = "sitemap"
    FEED = "feed"
    ROBOTS = "robots"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to what may be a page of the site, and the words it stands under."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class FoundLinks:
    """What one answer announces. ``understood`` is False where it is not what it claims to be.

    ``pages`` holds addresses that may be pages, in canonical spelling, whatever the answer is;
    ``listed`` those that a listing (REST, sitemap, feed) names, as it spells them. ``total`` and ``total_pages`` are a REST listing's own count.
    """

    kind: AnswerKind
    understood: bool = True
    pages: tuple[PageLink, ...] = ()
    archives: tuple[str, ...] = ()
    paginations: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    listed: tuple[ListedAddress, ...] = ()
    entries: tuple[RestEntry, ...] = ()
    types: tuple[RestType, ...] = ()
    sitemaps: tuple[ListedAddress, ...] = ()
    feeds: tuple[str, ...] = ()
    rest_root: str | None = None
    canonical: str | None = None
    shortlink: str | None = None
    total: int | None = None
    total_pages: int | None = None
    raw_count: int = 0  # entries of a REST answer, whatever their status


def links(capture: Capture, site: Site) -> FoundLinks:
    """What an answer leads to. Never raises: what is not understood says so and leads nowhere."""
    if urlsplit(capture.url).path == "/robots.txt":
        return _robots(capture, site)
    if is_rest(capture):
        return _rest(capture, site)
    if "xml" in capture.media_type.replace("xhtml", "") or _XML_START.match(capture.body[:200]):
        return _xml(capture, site)
    if capture.body[:2] == b"\x1f\x8b":
        return _xml(capture, site)
    if capture.media_type in ("", "text/html", "application/xhtml+xml"):
        return _html(capture, site)
    return FoundLinks(AnswerKind.OTHER, understood=False)


def raw_hrefs(capture: Capture) -> frozenset[bytes] | None:
    """The addresses of a page's links as its bytes spell them: a tenth of the cost of `links`.

    None where bytes do not tell: an encoding of two bytes a character, relative addresses, a base
    of the page's own, an address with a space in it.
    """
    if b"\x00" in capture.body:
        return None
    found = _HREF.findall(capture.body)
    if any(base or opened != closed for opened, _, closed, base in found):
        return None
    hrefs = frozenset(href for _, href, _, _ in found)
    absolute = all(href.startswith((b"http", b"/", b"#", b"mailto:", b"tel:")) for href in hrefs)
    return hrefs if absolute else None


def leads_to(href: bytes, capture: Capture, site: Site) -> tuple[AddressKind, str] | None:
    """What one of a page's `raw_hrefs` leads to, and its canonical spelling; None for nothing of the site's.

    Raises ValueError where only the parsed page tells: beyond ASCII.
    """
    return _classified(site, capture.url, html.unescape(href.decode("ascii")))


def _html(capture: Capture, site: Site) -> FoundLinks:
    root, _ = parse_capture(capture)
    said = announcements(root, capture, site)
    stated = next((b.get("href") for b in root.iter("base")), None)
    base = urljoin(capture.url, stated) if stated else capture.url
    pages: dict[str, str] = {}
    archives: dict[str, None] = {}
    paginations: dict[str, None] = {}
    documents: dict[str, None] = {}
    for element in _anchors(root):
        found = _classified(site, base, element.get("href") or "")
        if found is None:
            continue
        kind, url = found
        if kind is AddressKind.PAGE:
            text = " ".join("".join(element.itertext()).split())[:200]
            if not pages.get(url):
                pages[url] = text
        elif kind is AddressKind.ARCHIVE:
            archives[url] = None
        elif kind is AddressKind.PAGINATION:
            paginations[url] = None
        elif kind is AddressKind.DOCUMENT:
            documents[url] = None
    return FoundLinks(
        AnswerKind.PAGE,
        pages=tuple(PageLink(url, text) for url, text in pages.items()),
        archives=tuple(archives),
        paginations=tuple(paginations),
        documents=tuple(documents),
        feeds=said.feeds,
        rest_root=said.rest_root,
        canonical=said.canonical,
        shortlink=said.shortlink,
    )


def _anchors(root: HtmlElement) -> Iterator[HtmlElement]:
    """The links of a page, but those WordPress marks as leading to the page of one image."""
    for n, element in enumerate(root.iter("a", "area")):
        if n >= _LINK_LIMIT:
            return
        if element.get("href") and "attachment" not in (element.get("rel") or "").split():
            yield element


def _classified(site: Site, base: str, href: str) -> tuple[AddressKind, str] | None:
    href = href.strip()
    if not href or href[0] == "#" or len(href) > 2_000:
        return None
    if not href.startswith(("http://", "https://")):
        head = href.split(":", 1)[0]
        if ":" in href and head.isalpha():
            return None  # mailto:, tel:, javascript:
        href = urljoin(base, href)
    key = (site.name, site.base, site.hosts)
    return _classified_address(key, href)


@lru_cache(maxsize=65_536)
def _classified_address(
    key: tuple[str, str, tuple[str, ...]], href: str
) -> tuple[AddressKind, str] | None:
    """Navigation repeats on every page: an address is judged once."""
    site = Site(name=key[0], base=key[1], hosts=key[2])
    address = site_address(site, href)
    if address is None:
        return None
    try:
        url = site.canonical(address)
    except ValueError:
        return None
    kind = address_kind(url)
    return None if kind is AddressKind.NEVER else (kind, url)


def _rest(capture: Capture, site: Site) -> FoundLinks:
    try:
        data = json.loads(capture.body)
    except (ValueError, RecursionError):
        return FoundLinks(AnswerKind.REST_LISTING, understood=False)
    types = read_rest_types(data)
    if types:
        return FoundLinks(AnswerKind.REST_TYPES, types=types)
    if not isinstance(data, list) or (data and not isinstance(data[0], Mapping)):
        return FoundLinks(AnswerKind.REST_LISTING, understood=False)
    entries = []
    listed = []
    for entry in entries_in(data, capture.digest):
        url = site_address(site, entry.url)
        if url is not None and address_kind(site.canonical(url)) is not AddressKind.NEVER:
            entries.append(entry)
            listed.append(ListedAddress(url, entry.modified_raw or None, entry.title))
    return FoundLinks(
        AnswerKind.REST_LISTING,
        pages=_as_links(site, listed),
        listed=tuple(listed),
        entries=tuple(entries),
        total=_count(capture.header("X-WP-Total")),
        total_pages=_count(capture.header("X-WP-TotalPages")),
        raw_count=len(data),
    )


def _xml(capture: Capture, site: Site) -> FoundLinks:
    root = xml_root(capture.body)
    if root is None:
        return FoundLinks(AnswerKind.OTHER, understood=False)
    sitemap = read_sitemap(root)
    if sitemap is not None:
        parts, addresses = sitemap
        listed = tuple(_owned(site, addresses, capture.url, pages_only=True))
        return FoundLinks(
            AnswerKind.SITEMAP,
            pages=_as_links(site, listed),
            sitemaps=tuple(_owned(site, parts, capture.url)),
            listed=listed,
        )
    feed = read_feed(root)
    if feed is not None:
        listed = tuple(_owned(site, feed, capture.url, pages_only=True))
        return FoundLinks(AnswerKind.FEED, pages=_as_links(site, listed), listed=listed)
    return FoundLinks(AnswerKind.OTHER, understood=False)


def _robots(capture: Capture, site: Site) -> FoundLinks:
    text = capture.body[:500_000].decode("utf-8", "replace")
    named = (ListedAddress(url, None) for url in _SITEMAP_LINE.findall(text)[:100])
    return FoundLinks(AnswerKind.ROBOTS, sitemaps=tuple(_owned(site, named, capture.url)))


def _owned(
    site: Site, addresses: Iterable[ListedAddress], base: str, *, pages_only: bool = False
) -> Iterator[ListedAddress]:
    seen: set[str] = set()
    for address in addresses:
        url = site_address(site, address.url, base)
        if url is None or url in seen:
            continue
        if pages_only and address_kind(site.canonical(url)) is not AddressKind.PAGE:
            continue
        seen.add(url)
        yield ListedAddress(url, address.changed, address.title)


def _as_links(site: Site, listed: Iterable[ListedAddress]) -> tuple[PageLink, ...]:
    return tuple(PageLink(site.canonical(address.url), address.title) for address in listed)


def _count(header: str | None) -> int | None:
    text = (header or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
