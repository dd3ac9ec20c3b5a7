"""How the pages of a site are found, and what is asked when an interface is closed, moved or lies."""

from __future__ import annotations

import re

import pytest

from harvester.crawl.discovery import MAX_DEPTH, SiteDiscovery
from harvester.crawl.fetch import Fetch, Purpose
from harvester.crawl.patience import MAX_DEAD, MAX_FAILURES, Patience
from harvester.crawl.rest_listing import listing_url
from tests.crawl.paper_site import BASE, PaperSite, crawl, html, pages, sitemap


def codes(discovery: SiteDiscovery) -> set[str]:
    return {fault.code for fault in discovery.faults}


def test_rest_lists_every_post_once() -> None:
    paper = PaperSite(posts=230)
    discovery = crawl(paper)
    assert discovery.ways == ("rest",) and discovery.listing_complete
    assert sorted(pages(paper)) == sorted(f"/post-{n}/" for n in range(230))
    assert len(paper.asked) <= 230 + 6
    assert discovery.entries[f"{BASE}/post-7/"].title == "Post 7"


def test_a_crawl_that_only_archives_keeps_no_texts_of_rest() -> None:
    paper = PaperSite(posts=230)
    discovery = crawl(paper, keep_entries=False)
    assert sorted(pages(paper)) == sorted(f"/post-{n}/" for n in range(230))
    assert discovery.entries == {}


def test_custom_types_are_found_by_asking() -> None:
    paper = PaperSite(types=("post", "page", "projekt", "wp_block", "attachment"))
    crawl(paper)
    listed = {target.split("?")[0] for target in paper.asked if "page=" in target}
    assert listed == {f"/wp-json/wp/v2/{base}" for base in ("posts", "pages", "projekts")}


def test_plain_addresses_are_found_on_the_front_page() -> None:
    paper = PaperSite(rest="plain", answers={"/": html(rest="/index.php?rest_route=/")})
    discovery = crawl(paper)
    assert discovery.ways == ("rest",) and discovery.listing_complete
    assert set(pages(paper)) >= {"/post-0/", "/post-1/", "/post-2/"}


@pytest.mark.parametrize(
    ("posts", "total"),
    [
        pytest.param(150, 500, id="says-more"),
        pytest.param(80, 3, id="says-fewer"),
        pytest.param(150, 0, id="says-none"),
    ],
)
def test_totals_are_not_trusted(posts: int, total: int) -> None:
    paper = PaperSite(posts=posts, total=total)
    discovery = crawl(paper)
    assert len([p for p in pages(paper) if p.startswith("/post-")]) == posts
    assert "rest_total_mismatch" in codes(discovery) and not discovery.listing_complete
    assert "/wp-sitemap.xml" in paper.asked, "the next way is tried"


def parts(paper: PaperSite) -> list[int]:
    """The parts of the listing that were asked for."""
    found = (re.search(r"[?&]page=(\d+)", target) for target in paper.asked)
    return [int(match[1]) for match in found if match]


@pytest.mark.parametrize("next_answered", [0, -1], ids=["oldest first", "newest first"])
def test_parts_of_a_listing_are_asked_for_side_by_side(next_answered: int) -> None:
    paper = PaperSite(posts=1_130)
    discovery = crawl(paper, concurrency=4, next_answered=next_answered)
    assert discovery.ways == ("rest",) and discovery.listing_complete
    assert sorted(parts(paper)) == list(range(1, 13))
    assert len([p for p in pages(paper) if p.startswith("/post-")]) == 1_130


@pytest.mark.parametrize(("at_once", "asked"), [(1, 3), (4, 6)])
def test_a_total_that_lies_costs_no_more_than_what_is_asked_at_once(
    at_once: int, asked: int
) -> None:
    paper = PaperSite(posts=150, total=90_000)
    discovery = crawl(paper, concurrency=at_once)
    assert max(parts(paper)) <= asked
    assert "rest_total_mismatch" in codes(discovery)


def test_a_part_that_fails_amid_others_leaves_the_listing_incomplete() -> None:
    paper = PaperSite(posts=1_130)
    target = listing_url(f"{BASE}/wp-json/", "wp/v2/posts", 5).removeprefix(BASE)
    paper.answers[target] = 500, {"Content-Type": "text/html"}, b"<html>Fel</html>"
    discovery = crawl(paper, concurrency=4)
    assert "listing_incomplete" in codes(discovery) and not discovery.listing_complete
    assert len([f for f in discovery.faults if f.url == BASE + "/"]) == 1


def test_a_listing_that_repeats_itself_ends() -> None:
    one = PaperSite(posts=100)
    first = one.answer(f"{BASE}/wp-json/wp/v2/posts?per_page=100&page=1")
    paper = PaperSite(posts=100)
    paper._rest = lambda target: (  # type: ignore[method-assign]
        PaperSite._rest(paper, target)
        if "types" in target
        else (200, dict(first.headers), first.body)
    )
    discovery = crawl(paper)
    assert "rest_total_mismatch" in codes(discovery)
    assert len(paper.asked) < 120


@pytest.mark.parametrize("rest", ["closed", "html"])
def test_closed_rest_gives_way_to_the_sitemap(rest: str) -> None:
    answers = {
        "/wp-sitemap.xml": sitemap("sitemapindex", "/del-1.xml", "/wp-sitemap-users-1.xml"),
        "/del-1.xml": sitemap("urlset", "/post-0/", "/post-1/"),
    }
    paper = PaperSite(rest=rest, answers=answers)
    discovery = crawl(paper)
    assert discovery.ways == ("sitemap",) and discovery.listing_complete
    assert {"/post-0/", "/post-1/"} <= set(pages(paper))
    assert "/wp-sitemap-users-1.xml" not in paper.asked


def test_with_neither_links_are_followed_from_seeds_and_front_page() -> None:
    answers = {
        "/": html("/post-0/", "/category/nytt/"),
        "/category/nytt/": html("/post-1/", "/category/nytt/page/2/"),
        "/category/nytt/page/2/": html("/post-2/", "/category/nytt/page/3/"),
        "/category/nytt/page/3/": html("/post-2/", "/category/nytt/page/4/"),
        "/gomd/": html(),
    }
    paper = PaperSite(rest="closed", answers=answers)
    discovery = crawl(paper, seeds=(f"{BASE}/gomd/",))
    assert discovery.ways == ("links",) and not discovery.listing_complete
    assert {"/post-0/", "/post-1/", "/post-2/", "/gomd/"} <= set(pages(paper))
    assert "/category/nytt/page/4/" not in paper.asked
    assert "pagination_stopped" in codes(discovery)


def test_archives_are_read_where_a_listed_page_gives_nothing() -> None:
    answers = {
        "/wp-sitemap.xml": sitemap("urlset", "/post-0/", "/borta/"),
        "/post-0/": html("/category/nytt/"),
        "/category/nytt/": html("/borta/", "/post-5/", "/category/nytt/page/2/"),
        "/category/nytt/page/2/": html("/post-6/"),
    }
    paper = PaperSite(rest="closed", answers=answers)
    crawl(paper)
    assert {"/category/nytt/", "/category/nytt/page/2/", "/post-6/"} <= set(pages(paper))
    answers["/borta/"] = html()
    whole = PaperSite(rest="closed", answers=answers)
    crawl(whole)
    assert "/category/nytt/" not in whole.asked


def test_links_have_a_depth() -> None:
    answers = {f"/steg-{n}/": html(f"/steg-{n + 1}/") for n in range(60)} | {"/": html("/steg-0/")}
    paper = PaperSite(rest="closed", answers=answers)
    assert "guard_depth" in codes(crawl(paper))
    assert len(pages(paper)) <= MAX_DEPTH + 2


def test_archives_are_not_fetched_where_rest_lists_everything() -> None:
    link = html("/category/nytt/", "/2026/01/", "/post-1/", "/?p=2", "/olistad/", "/post-0/#x")
    paper = PaperSite(answers={"/post-0/": link, "/olistad/": html("/post-0/")})
    crawl(paper)
    assert sorted(pages(paper)) == ["/olistad/", "/post-0/", "/post-1/", "/post-2/"]


@pytest.mark.parametrize(
    ("link", "asked"),
    [
        pytest.param("/bilder.pdf", [], id="document"),
        pytest.param("/bilder.PDF", [], id="document-in-capitals"),
        pytest.param("/sida/?bilder.pdf", [], id="document-in-a-query"),
        pytest.param("/sida/#bilder.pdf", ["/sida/"], id="document-in-a-fragment"),
        pytest.param("/sida/&#35;bilder.pdf", ["/sida/"], id="document-behind-a-reference"),
        pytest.param("/sida.pdf/mer/", ["/sida.pdf/mer/"], id="document-in-the-middle"),
    ],
)
def test_a_link_to_a_document_hides_no_page(link: str, asked: list[str]) -> None:
    paper = PaperSite(posts=1, answers={"/post-0/": html(link)})
    crawl(paper)
    assert sorted(pages(paper)) == ["/post-0/", *asked]


def test_pages_that_no_listing_names_are_few() -> None:
    paper = PaperSite(answers={"/post-0/": html(*(f"/olistad-{n}/" for n in range(200)))})
    discovery = crawl(paper)
    assert len(pages(paper)) <= 3 + 25
    assert "unlisted_links" in codes(discovery)


@pytest.mark.parametrize(
    ("location", "code", "asked"),
    [
        pytest.param("/post-1/", None, [], id="to-a-known-page"),
        pytest.param("/ny/", None, ["/ny/"], id="to-a-new-page"),
        pytest.param("http://www.bed.example/post-0/", None, ["/post-0/"], id="to-its-other-name"),
        pytest.param("https://annan.example/", "guard_host", [], id="out-of-the-site"),
        pytest.param("file:///etc/passwd", "guard_scheme", [], id="to-a-file"),
        pytest.param("", "bad_redirect", [], id="to-nowhere"),
        pytest.param("http://[::1/", "bad_redirect", [], id="to-no-address"),
        pytest.param("/wp-login.php", None, [], id="to-the-door"),
    ],
)
def test_redirects(location: str, code: str | None, asked: list[str]) -> None:
    redirect = (301, {"Location": location}, b"")
    paper = PaperSite(posts=2, answers={"/post-0/": redirect, "/ny/": html()})
    if "www" in location:
        paper.answers.clear()
        moved = paper.answer
        paper.answer = lambda url: (  # type: ignore[method-assign]
            paper_redirect(moved(url), location) if url == f"{BASE}/post-0/" else moved(url)
        )
    discovery = crawl(paper)
    assert (code in codes(discovery)) if code else not discovery.faults
    assert [p for p in pages(paper) if p not in ("/post-0/", "/post-1/")] == [
        p for p in asked if p != "/post-0/"
    ]


def paper_redirect(capture: object, location: str) -> object:
    from harvester.archive.capture import make_capture
    from tests.crawl.paper_site import NOW

    return make_capture(f"{BASE}/post-0/", NOW, 301, [("Location", location)], b"")


def test_redirect_loops_are_named_by_the_address_that_began_them() -> None:
    loop = {
        "/post-0/": (302, {"Location": "/b/"}, b""),
        "/b/": (302, {"Location": "/c/"}, b""),
        "/c/": (302, {"Location": "/b/"}, b""),
    }
    discovery = crawl(PaperSite(posts=1, answers=loop))
    (fault,) = discovery.faults
    assert (fault.code, fault.url) == ("too_many_redirects", f"{BASE}/post-0/")


def test_nobody_at_home_is_noticed_soon() -> None:
    discovery = crawl(PaperSite(posts=1))
    fetch = Fetch("bed", f"{BASE}/x/", Purpose.PAGE, key=f"{BASE}/x/")
    for _ in range(MAX_DEAD):
        discovery.failed(fetch, "refused")
    assert discovery.stopped == "site_stopped"
    assert "site_stopped" in codes(discovery)


def test_pages_of_a_run_are_bounded() -> None:
    paper = PaperSite(posts=50)
    discovery = crawl(paper, max_pages=10)
    assert len(pages(paper)) == 10
    assert discovery.stopped == "guard_pages"


def test_patience_ends_after_failures_in_a_row() -> None:
    patience = Patience()
    for _ in range(MAX_FAILURES - 1):
        assert patience.failed("timeout") is None
    patience.answered()
    for _ in range(MAX_FAILURES - 1):
        assert patience.failed("timeout") is None
    assert patience.failed("http_500") == MAX_FAILURES


def test_our_own_refusals_say_nothing_of_the_site() -> None:
    patience = Patience()
    assert {patience.failed(code) for code in ("robots_forbidden", "guard_host") * 50} == {None}
