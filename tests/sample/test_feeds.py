"""Feed and sitemap list exactly what is public."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import pytest
from lxml import etree

from harvester.sample.content import Site, load_sites

from .sites import SITE_IDS, SITES, get

_NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def _xml(site: Site, path: str) -> etree._Element:
    return etree.fromstring(get(site, path).body)


@pytest.mark.parametrize(("stage", "site"), SITES, ids=SITE_IDS)
def test_the_sitemap_lists_every_public_address_and_no_other(stage: int, site: Site) -> None:
    parts = _xml(site, "/wp-sitemap.xml").xpath("//s:loc/text()", namespaces=_NS)
    listed = {
        address
        for part in parts
        for address in _xml(site, part.removeprefix(site.base)).xpath(
            "//s:loc/text()", namespaces=_NS
        )
    }
    used = [c for c in site.categories if site.posts_in(c)]
    assert listed == (
        {site.base + e.path for e in site.published()}
        | {f"{site.base}/category/{slug}/" for slug in used}
        | {f"{site.base}/author/{slug}/" for slug in site.authors}
    )
    for address in listed:
        assert get(site, address.removeprefix(site.base)).status == 200, address


@pytest.mark.parametrize(
    ("host", "part", "states"),
    [
        pytest.param("exempeldagarna.example", "posts-post", True, id="posts-that-state-it"),
        pytest.param("exempeldagarna.example", "taxonomies-category", False, id="archives-never"),
        pytest.param("exempelchefer.example", "posts-post", False, id="site-without-lastmod"),
    ],
)
def test_one_site_states_when_its_entries_changed(host: str, part: str, states: bool) -> None:
    sitemap = _xml(load_sites()[host], f"/wp-sitemap-{part}-1.xml")
    addresses = sitemap.xpath("//s:loc", namespaces=_NS)
    assert addresses
    assert len(sitemap.xpath("//s:lastmod", namespaces=_NS)) == len(addresses) * states


@pytest.mark.parametrize(("stage", "site"), SITES, ids=SITE_IDS)
def test_the_feed_holds_the_newest_posts_in_full(stage: int, site: Site) -> None:
    feed = _xml(site, "/feed/")
    newest = site.published("post")[:10]
    assert feed.xpath("//item/link/text()") == [site.base + e.path for e in newest]
    bodies = feed.xpath("//item/*[local-name()='encoded']/text()")
    for entry, body, date in zip(newest, bodies, feed.xpath("//item/pubDate/text()"), strict=True):
        assert parsedate_to_datetime(date) == entry.date
        assert (body == entry.body) is not entry.password


def test_the_comment_feed_holds_the_spam() -> None:
    site = load_sites()["exempeldagarna.example"]
    assert "Billiga Lånsson" in get(site, "/comments/feed/").body.decode()


def test_an_unknown_sitemap_part_is_not_found() -> None:
    site = load_sites()["exempeldagarna.example"]
    assert get(site, "/wp-sitemap-posts-post-2.xml").status == 404
