"""A sample site as one function: request in, answer out, no socket and no clock.

Addresses follow WordPress: a missing slash, `?p=`, a former slug and a feed without its slash are
redirected; drafts, scheduled, private and deleted entries answer 404 like any unknown address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote

from harvester.sample.answer import Answer, conditional, page, redirect, with_validators
from harvester.sample.content import Entry, Site
from harvester.sample.feeds import comment_feed_answer, feed_answer, robots_answer, sitemap_answer
from harvester.sample.markup import archive_page, entry_page, not_found_page, shortlink
from harvester.sample.rest import rest_answer
from harvester.sample.uploads import upload_answer

_ARCHIVE = re.compile(r"/(category|author)/([a-z0-9-]+)/(?:page/([0-9]{1,4})/)?\Z")


def site_answer(site: Site, target: str, headers: Mapping[str, str]) -> Answer:
    """What a site answers to ``GET target``; ``headers`` of the request, names in lower case."""
    address, _, tail = target.partition("?")
    path, query = unquote(address), dict(parse_qsl(tail))
    if path == "/wp-json" or path.startswith("/wp-json/"):
        return rest_answer(site, path, query)
    if path == "/" and "rest_route" in query:
        return rest_answer(site, "/wp-json" + query.pop("rest_route"), query)
    found = _announcement(site, path) or _shortlink(site, path, query)
    found = found or _entry(site, path) or _archive(site, path) or _redirect(site, path)
    if found is None and path in site.plain_pages:
        found = page(site.plain_pages[path])
    return conditional(found or _not_found(site), headers)


def _announcement(site: Site, path: str) -> Answer | None:
    if path == "/robots.txt":
        return robots_answer(site)
    if path == "/feed/":
        return feed_answer(site)
    if path == "/comments/feed/":
        return comment_feed_answer(site)
    if path.startswith("/wp-sitemap"):
        return sitemap_answer(site, path.removeprefix("/"))
    if path in site.uploads:
        return upload_answer(path)
    return None


def _shortlink(site: Site, path: str, query: Mapping[str, str]) -> Answer | None:
    number = query.get("p") or query.get("page_id")
    if path != "/" or number is None:
        return None
    entry = site.entry_by_id(int(number)) if re.fullmatch(r"[0-9]{1,9}", number) else None
    if entry is None or not entry.public:
        return _not_found(site)
    return redirect(site.base + entry.path)


def _entry(site: Site, path: str) -> Answer | None:
    entry = site.entry_at(path)
    if entry is None:
        return None
    answer = page(entry_page(site, entry), headers=_entry_links(site, entry))
    return with_validators(answer, entry.modified)


def _entry_links(site: Site, entry: Entry) -> tuple[tuple[str, str], ...]:
    api = f"{site.base}/wp-json/"
    own = f"{api}wp/v2/{entry.type}s/{entry.id}"
    return (
        ("Link", f'<{api}>; rel="https://api.w.org/"'),
        ("Link", f'<{own}>; rel="alternate"; type="application/json"'),
        ("Link", f"<{shortlink(site, entry)}>; rel=shortlink"),
    )


def _archive(site: Site, path: str) -> Answer | None:
    match = _ARCHIVE.match(path)
    if match is None:
        return None
    kind, slug, number = match[1], match[2], int(match[3] or 1)
    if kind == "category" and slug in site.categories:
        category = site.categories[slug]
        posts, title, theme = site.posts_in(slug), category.name, category.theme
    elif kind == "author" and slug in site.authors:
        posts = [e for e in site.published("post") if e.author == slug]
        title, theme = site.authors[slug].name, "divi"
    else:
        return None
    if match[3] == "1":
        return redirect(f"{site.base}/{kind}/{slug}/")
    size = site.posts_per_page
    last = max(1, -(-len(posts) // size))
    shown = posts[(number - 1) * size : number * size]
    if not 1 <= number <= last:
        return None
    return page(
        archive_page(
            site,
            theme=theme,
            title=title,
            path=f"/{kind}/{slug}/",
            posts=shown,
            number=number,
            last=last,
        )
    )


def _redirect(site: Site, path: str) -> Answer | None:
    """Where WordPress sends an address that nearly exists."""
    for entry in site.entries:
        if entry.public and path.rstrip("/") in (old.rstrip("/") for old in entry.moved_from):
            return redirect(site.base + entry.path)
    slashed = path.rstrip("/") + "/"
    known = (
        slashed in ("/feed/", "/comments/feed/")
        or site.entry_at(slashed) is not None
        or _archive(site, slashed) is not None
    )
    return redirect(site.base + slashed) if known and slashed != path else None


def _not_found(site: Site) -> Answer:
    never_kept = (("Cache-Control", "no-cache, must-revalidate, max-age=0"),)
    return page(not_found_page(site), status=404, headers=never_kept)
