"""The questions of a night, on paper: which are asked, what answers make of them."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from harvester.archive.capture import make_capture
from harvester.archive.ref import CaptureRef
from harvester.crawl.known import KnownPage, KnownSite
from tests.crawl.paper_site import BASE, Answer, PaperSite, crawl, pages, sitemap

LAST = datetime(2026, 3, 31, 3, 0, tzinfo=UTC)
FEED = "<rss><channel><item><link>{}</link></item></channel></rss>"


def feed(path: str = "/post-0/") -> Answer:
    return 200, {"Content-Type": "application/rss+xml"}, FEED.format(BASE + path).encode()


def ref(path: str, answer: Answer = (200, {}, b""), status: int = 200) -> CaptureRef:
    digest = make_capture(BASE + path, LAST, answer[0], answer[1].items(), answer[2]).digest
    return CaptureRef(
        1, BASE + path, LAST, LAST, status, digest, "", None, None, "earlier", "f", 0, False
    )


def known(*, rest: bool = True, fed: bool = True, posts: int = 3) -> KnownSite:
    """A site of which three posts are known, listed and fetched on the night before."""
    past = KnownSite()
    for number in range(posts):
        url = f"{BASE}/post-{number}/"
        past.listed[url] = KnownPage(url, "2026-01-02T10:00:00", LAST, "earlier")
        past.answers[url] = ref(f"/post-{number}/")
    if rest:
        past.routes = ("wp/v2/posts", "wp/v2/pages", "wp/v2/projekt")
        past.rest_root, past.newest = f"{BASE}/wp-json/", "2026-03-01T20:00:00"
    if fed:
        past.feed = ref("/feed/", feed())
    return past


def test_changes_are_asked_for_in_the_sites_own_time_with_a_margin() -> None:
    paper = PaperSite(answers={"/feed/": feed()})
    crawl(paper, known())
    bounds = {
        parse_qs(urlsplit(target).query)["modified_after"][0]
        for target in paper.asked
        if "modified_after" in target
    }
    assert bounds == {"2026-03-01T18:00:00"}


def test_an_unchanged_feed_speaks_for_the_other_types() -> None:
    paper = PaperSite(answers={"/feed/": feed()})
    discovery = crawl(paper, known())
    assert len(paper.asked) == 3 and pages(paper) == []
    assert discovery.ways == ("feed", "rest") and not discovery.listing_complete


def test_a_changed_feed_asks_for_every_type() -> None:
    paper = PaperSite(answers={"/feed/": feed("/post-9/")})
    crawl(paper, known())
    assert any("/projekt?" in target for target in paper.asked)
    assert pages(paper) == ["/post-9/"]


def test_a_site_without_a_feed_is_asked_by_type() -> None:
    paper = PaperSite()
    crawl(paper, known(fed=False))
    assert sum("modified_after" in target for target in paper.asked) == 3
    assert pages(paper) == []


def test_new_entries_and_changed_ones_are_fetched_changed_ones_unconditionally() -> None:
    past = known(posts=2)
    changed = f"{BASE}/post-0/"
    past.listed[changed] = KnownPage(changed, "2025-12-24T10:00:00", LAST, "earlier")
    paper = PaperSite(answers={"/feed/": feed()})
    crawl(paper, past)
    assert sorted(pages(paper)) == ["/post-0/", "/post-2/"]


def test_a_rest_interface_that_closes_makes_the_night_a_full_one() -> None:
    answers = {"/feed/": feed(), "/wp-sitemap.xml": sitemap("urlset", "/post-0/", "/post-1/")}
    paper = PaperSite(rest="closed", answers=answers)
    discovery = crawl(paper, known())
    assert discovery.full and discovery.ways == ("sitemap",)
    assert {"night_incomplete"} <= {fault.code for fault in discovery.faults}


@pytest.mark.parametrize(
    ("index_changed", "asked"),
    [
        pytest.param(False, ["/feed/", "/karta.xml"], id="unchanged"),
        pytest.param(True, ["/del.xml", "/feed/", "/karta.xml", "/post-7/"], id="changed"),
    ],
)
def test_a_closed_site_is_asked_by_its_sitemap(index_changed: bool, asked: list[str]) -> None:
    index, part = sitemap("sitemapindex", "/del.xml"), sitemap("urlset", "/post-0/", "/post-7/")
    past = known(rest=False)
    past.sitemaps = {
        f"{BASE}/karta.xml": ref("/karta.xml", (200, {}, b"old") if index_changed else index),
        f"{BASE}/del.xml": ref("/del.xml", part),
    }
    paper = PaperSite(answers={"/feed/": feed(), "/karta.xml": index, "/del.xml": part})
    crawl(paper, past)
    assert sorted(paper.asked) == asked


def test_with_nothing_that_lists_every_known_page_is_looked_at() -> None:
    paper = PaperSite(rest="closed")
    discovery = crawl(paper, known(rest=False, fed=False))
    assert sorted(pages(paper)) == ["/post-0/", "/post-1/", "/post-2/"]
    assert discovery.ways == ("links",)
