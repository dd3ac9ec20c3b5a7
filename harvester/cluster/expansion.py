"""What an answer leads to, told from the answer alone: any worker can say it for any other.

The single crawl's `SiteDiscovery` remembers a whole site; here what is remembered is the frontier's
set of addresses, and everything else travels with the fetch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from harvester.archive.capture import Capture
from harvester.crawl.discovery import LISTED_DEPTH, MAX_DEPTH
from harvester.crawl.fetch import Fetch, Purpose
from harvester.crawl.guard import REDIRECTS, Guard, Refusal
from harvester.crawl.known import site_feed
from harvester.crawl.redirects import redirect_of
from harvester.crawl.rest_listing import MAX_PARTS, PER_PAGE, listing_url, types_url, usual_root
from harvester.crawl.sitemap_listing import SitemapListing
from harvester.pages.links import AnswerKind, FoundLinks, links
from harvester.sites import Site


def first_fetches(site: Site) -> Iterator[Fetch]:
    """Where the crawl of a site begins: what lists its pages, its seeds, its front page."""
    if "rest" in site.discovery:
        yield Fetch(site.name, types_url(usual_root(site)), Purpose.TYPES)
    if "sitemap" in site.discovery:
        first = SitemapListing(site.name, site.base).first()
        if first is not None:
            yield first
    yield Fetch(site.name, site_feed(site), Purpose.FEED)
    for url in (*site.seeds, *(u for year in sorted(site.editions) for u in site.editions[year])):
        yield page_fetch(site, url)
    yield page_fetch(site, site.base)


def following(
    site: Site, guard: Guard, fetch: Fetch, capture: Capture
) -> tuple[list[Fetch], Refusal | None]:
    """The fetches an answer leads to, and why a redirect is not followed."""
    if capture.status in REDIRECTS:
        target = redirect_of(fetch, capture, site, guard)
        if isinstance(target, Refusal):
            return [], target
        if fetch.purpose is Purpose.PAGE and not target.is_page:
            return [], None
        trail = (*fetch.trail, site.canonical(fetch.url))
        return [replace(fetch, url=target.url, trail=trail)], None
    if capture.status != 200:
        return [], None
    return list(_led_to(site, fetch, links(capture, site))), None


def identity(fetch: Fetch) -> str:
    """The name under which a fetch is asked for once; each step of a redirect is one of its own."""
    target = fetch.url if fetch.trail or fetch.purpose is not Purpose.PAGE else fetch.key
    return f"{fetch.site} {len(fetch.trail)} {target}"


def page_fetch(site: Site, url: str, depth: int = 0) -> Fetch:
    """The fetch of a page."""
    return Fetch(site.name, url, Purpose.PAGE, key=site.canonical(url), depth=depth)


def _led_to(site: Site, fetch: Fetch, found: FoundLinks) -> Iterator[Fetch]:
    match found.kind:
        case AnswerKind.REST_TYPES:
            for item in found.types:
                yield _part(site, item.route, 1)
        case AnswerKind.REST_LISTING:
            yield from _parts(site, fetch, found)
        case AnswerKind.SITEMAP:
            for part in found.sitemaps:
                yield Fetch(site.name, part.url, Purpose.SITEMAP)
        case AnswerKind.PAGE:
            yield from _linked(site, fetch, found)
    for listed in found.listed:
        yield page_fetch(site, listed.url)


def _parts(site: Site, fetch: Fetch, found: FoundLinks) -> Iterator[Fetch]:
    """The other parts of a listing: all that the first one counts, or the next where none counts."""
    if fetch.number == 1 and found.total_pages:
        for number in range(2, min(found.total_pages, MAX_PARTS) + 1):
            yield _part(site, fetch.route, number)
    elif not found.total_pages and found.raw_count >= PER_PAGE and fetch.number < MAX_PARTS:
        yield _part(site, fetch.route, fetch.number + 1)


def _linked(site: Site, fetch: Fetch, found: FoundLinks) -> Iterator[Fetch]:
    bound = MAX_DEPTH if site.discovery == ("links",) else LISTED_DEPTH
    if fetch.depth >= bound:
        return
    urls = [link.url for link in found.pages]
    if "links" in site.discovery:
        urls += [*found.archives, *found.paginations]
    for url in urls:
        yield page_fetch(site, url, fetch.depth + 1)


def _part(site: Site, route: str, number: int) -> Fetch:
    url = listing_url(usual_root(site), route, number)
    return Fetch(site.name, url, Purpose.LISTING, route=route, number=number)
