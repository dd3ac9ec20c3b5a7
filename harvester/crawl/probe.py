"""A first look at a site: at most 30 requests, then what it is and a profile to begin with."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from urllib.parse import urlsplit

from harvester.archive.capture import Capture
from harvester.crawl.findings import Findings, judge
from harvester.crawl.guard import literal_address
from harvester.crawl.plain_client import AskFailed, PlainClient
from harvester.crawl.rest_listing import types_url
from harvester.errors import ProfileError, UnreachableError
from harvester.pages.links import FoundLinks, links
from harvester.sample import SampleServer
from harvester.sites import Profile, Site, load_profile, read_profile

#: Requests a first look makes at most.
MOST = 30

_PAGES = 10  # pages fetched at their own address
_TYPES = 4  # content types whose newest entries are listed
_LISTED = 50
_FIELDS = "id,type,link,status,date,modified,title,content,_links,_embedded"
_TELLING = re.compile(r"film|dokumentation|program|intervju|talare|news|nyhet|arkiv|blogg", re.I)


def probe(
    url: str, *, site: str | None = None, wait: Callable[[float], None] = time.sleep
) -> tuple[Findings, str, PlainClient]:
    """What a site is, a profile for it as TOML, and the client that asked.

    Raises ProfileError for an address that is none, UnreachableError where nobody answers.
    """
    with ExitStack() as resources:
        profile, own = _profile(url, site, resources)
        client = PlainClient(profile, most=MOST, delay=max(own.delay, 0.0), wait=wait)
        failures: list[str] = []
        captures = list(_answers(client, own, failures))
        if not any(capture.status == 200 for capture in captures):
            why = failures[0] if failures else f"status {captures[0].status}"
            raise UnreachableError(f"{own.base} gives nothing to look at: {why}")
        found = judge(captures, profile, own)
    found.unknown += [f for f in failures if f not in found.unknown]
    return found, profile_text(found, own, captures), client


def profile_text(found: Findings, site: Site, captures: list[Capture]) -> str:
    """A profile that harvests the site: what was found, everything else by default."""
    seeds = [
        urlsplit(u).path
        for layout in (
            "documentation_index",
            "headed_clips",
            "column_films",
            "film_list",
            "programme",
        )
        for u in found.layouts.get(layout, ())
    ]
    hosts = sorted({urlsplit(c.url).netloc for c in captures} - {urlsplit(site.base).netloc})
    lines = [
        f"description = {json.dumps(f'{urlsplit(site.base).netloc}, made by harvester probe', ensure_ascii=False)}",
        '# event = "…"   the conference as pages write it, for years and days of its editions',
        "",
        "[[site]]",
        f'name = "{site.name}"',
        f'base = "{site.base}"',
    ]
    if hosts:
        lines.append(f"hosts = {json.dumps(hosts)}")
    if seeds:
        lines.append(f"seeds = {json.dumps(seeds[:10], ensure_ascii=False)}")
    lines.append(f"discovery = {json.dumps(found.discovery)}")
    if site.allow_private:
        lines.append("allow_private = true   # test sites only")
    return "\n".join(lines) + "\n"


def _profile(url: str, named: str | None, resources: ExitStack) -> tuple[Profile, Site]:
    """The named profile's site at an address, or a site made for the address alone."""
    if named is not None:
        profile = load_profile(named)
        if profile.name == "sample" and not profile.resolve:
            profile = replace(profile, resolve=resources.enter_context(SampleServer()).resolve())
        own = profile.site_of(url)
        if own is None:
            raise ProfileError(f"{url}: no site of profile {profile.name}")
        return profile, own
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
    except ValueError:
        raise ProfileError(f"{url!r}: not an http(s) address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ProfileError(f"{url!r}: not an http(s) address")
    name = re.sub(r"[^a-z0-9]+", "-", parts.hostname.removeprefix("www.").partition(".")[0])
    other = (
        parts.netloc.removeprefix("www.")
        if parts.netloc.startswith("www.")
        else f"www.{parts.netloc}"
    )
    private = _is_loopback(parts.hostname)
    table = {
        "name": name.strip("-")[:32] if name[:1].isalpha() else "site",
        "base": f"{parts.scheme}://{parts.netloc}/",
        "hosts": [] if literal_address(parts.hostname) or private else [other],
        "allow_private": private,
        **({"delay": 0} if private else {}),
    }
    profile = read_profile({"site": [table]}, name="probe")
    return profile, profile.sites[0]


def _is_loopback(host: str) -> bool:
    """True for this machine itself, which only a person who types it can mean."""
    address = literal_address(host)
    if address is not None:
        return address.is_loopback
    return host == "localhost" or host.endswith(".localhost")


def _answers(client: PlainClient, site: Site, failures: list[str]) -> Iterator[Capture]:
    """The answers a first look is made from, the most telling first."""

    def ask(url: str) -> Capture | None:
        try:
            return client.get(url)
        except AskFailed as error:
            if error.code != "budget":
                failures.append(str(error))
            return None

    front = ask(site.base)
    if front is None:
        return
    yield front
    found = links(front, site)
    leads = [link.url for link in found.pages]
    for capture in _listings(ask, client, site, found):
        yield capture
        leads += [link.url for link in links(capture, site).pages]
    leads = list(dict.fromkeys(leads))
    leads.sort(key=lambda u: not _TELLING.search(urlsplit(u).path))
    for url in _spread(leads)[: min(_PAGES, client.left)]:
        capture_or_none = ask(url)
        if capture_or_none is not None:
            yield capture_or_none


def _listings(
    ask: Callable[[str], Capture | None], client: PlainClient, site: Site, front: FoundLinks
) -> Iterator[Capture]:
    root = front.rest_root or site.base + "wp-json/"
    types = ask(types_url(root))
    if types is not None:
        yield types
        for item in links(types, site).types[:_TYPES] if types.status == 200 else ():
            answer = ask(f"{root}{item.route}?per_page={_LISTED}&_embed=wp:term&_fields={_FIELDS}")
            if answer is not None:
                yield answer
        categories = ask(f"{root}wp/v2/categories?per_page=100&_fields=name,count,taxonomy")
        if categories is not None:
            yield categories
    announced = [
        part.url for answer in client.robots.values() for part in links(answer, site).sitemaps
    ]
    for url in [*announced[:1], site.base + "wp-sitemap.xml", site.base + "sitemap_index.xml"][:3]:
        sitemap = ask(url)
        if sitemap is None or sitemap.status != 200:
            continue
        yield sitemap
        for part in links(sitemap, site).sitemaps[:2]:
            answer = ask(part.url)
            if answer is not None:
                yield answer
        break
    feed = ask(next(iter(front.feeds), site.base + "feed/"))
    if feed is not None:
        yield feed


def _spread(urls: list[str]) -> list[str]:
    """The addresses, taking one folder after the other, so that unlike pages come first."""
    folders: dict[str, list[str]] = {}
    for url in urls:
        folders.setdefault(urlsplit(url).path.strip("/").partition("/")[0][:12], []).append(url)
    spread: list[str] = []
    while folders:
        for name in list(folders):
            spread.append(folders[name].pop(0))
            if not folders[name]:
                del folders[name]
    return spread
