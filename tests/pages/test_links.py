"""Where answers lead: pages, listings, sitemaps, feeds, robots.txt, and what is never followed."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest

from harvester.archive.capture import Capture, make_capture
from harvester.pages.addresses import AddressKind, address_kind, site_address
from harvester.pages.links import AnswerKind, FoundLinks, leads_to, links, raw_hrefs
from harvester.sites import Site

SITE = Site("bed", "http://bed.example:8741/", ("bed.example:8741", "www.bed.example"))
BASE = "http://bed.example:8741"


def answer(
    body: str | bytes, media_type: str = "text/html", path: str = "/sida/", **headers: str
) -> Capture:
    pairs = [("Content-Type", media_type), *((k.replace("_", "-"), v) for k, v in headers.items())]
    raw = body.encode() if isinstance(body, str) else body
    return make_capture(BASE + path, datetime(2026, 1, 1, tzinfo=UTC), 200, pairs, raw)


def found(body: str | bytes, media_type: str = "text/html", **arguments: str) -> FoundLinks:
    return links(answer(body, media_type, **arguments), SITE)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", AddressKind.PAGE),
        ("/dokumentation/filmklipp-2016/", AddressKind.PAGE),
        ("/2022/05/rubriken/", AddressKind.PAGE),
        ("/author-aterkommer/", AddressKind.PAGE),
        ("/taggtrad/", AddressKind.PAGE),
        ("/om.html", AddressKind.PAGE),
        ("/?p=7", AddressKind.PAGE),
        ("/category/talare/", AddressKind.ARCHIVE),
        ("/kategori/talare/", AddressKind.ARCHIVE),
        ("/category/talare/page/2/", AddressKind.PAGINATION),
        ("/page/3/", AddressKind.PAGINATION),
        ("/?paged=3", AddressKind.PAGINATION),
        ("/wp-content/uploads/2019/bilder.pdf", AddressKind.DOCUMENT),
        ("/program.docx", AddressKind.DOCUMENT),
        ("/wp-admin/", AddressKind.NEVER),
        ("/wp-login.php", AddressKind.NEVER),
        ("/wp-json/wp/v2/users", AddressKind.NEVER),
        ("/author/redaktionen/", AddressKind.NEVER),
        ("/author/redaktionen/page/16/", AddressKind.NEVER),
        ("/en-post/feed/", AddressKind.NEVER),
        ("/comments/feed/", AddressKind.NEVER),
        ("/en-post/comment-page-2/", AddressKind.NEVER),
        ("/en-post/attachment/bild/", AddressKind.NEVER),
        ("/tag/film/", AddressKind.NEVER),
        ("/?s=film", AddressKind.NEVER),
        ("/?m=202405", AddressKind.NEVER),
        ("/?attachment_id=9", AddressKind.NEVER),
        ("/2022/05/", AddressKind.NEVER),
        ("/2022/", AddressKind.NEVER),
        ("/kalender/2031/05/", AddressKind.NEVER),
        ("/kalender/2031-05/", AddressKind.NEVER),
        ("/bild.jpg", AddressKind.NEVER),
        ("/a/bilder/bilder/bilder/", AddressKind.NEVER),
        ("/1/2/3/4/5/6/7/8/9/", AddressKind.NEVER),
    ],
)
def test_addresses_are_for_something(path: str, kind: AddressKind) -> None:
    assert address_kind(BASE + path) is kind


def test_page_links_are_canonical_and_once() -> None:
    page = found(
        '<a href="/a">Läs <b>mer</b></a><a href="http://www.bed.example/a/?utm_source=x#y">Igen</a>'
        '<a href="https://annan.example/">ut</a><a href="mailto:x@y.example">post</a>'
        '<a href="javascript:void(0)">js</a><a href="#topp">upp</a><a href="/wp-admin/">in</a>'
        '<a href="/en-post/?replytocom=7#respond">svara</a><a href="/bilder.pdf">Bilder</a>'
        '<a href="/category/talare/">T</a><a href="/category/talare/page/2/">Äldre</a>'
    )
    assert [(link.url, link.text) for link in page.pages] == [
        (BASE + "/a/", "Läs mer"),
        (BASE + "/en-post/", "svara"),
    ]
    assert page.documents == (BASE + "/bilder.pdf",)
    assert page.archives == (BASE + "/category/talare/",)
    assert page.paginations == (BASE + "/category/talare/page/2/",)


def test_pages_of_single_images_are_not_followed() -> None:
    body = "<a rel='attachment wp-att-7' href='/rapport/bild/'><img src='b.jpg'></a><a rel='bookmark' href='/rapport/'>Rapport</a>"
    assert [link.url for link in found(body).pages] == [f"{BASE}/rapport/"]


def test_page_announces_itself_and_its_site() -> None:
    page = found(
        '<link rel="canonical" href="/sida/"><link rel="shortlink" href="/?p=4">'
        '<link rel="alternate" type="application/rss+xml" href="/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="/sida/feed/">',
        Link=f'<{BASE}/wp-json/>; rel="https://api.w.org/"',
    )
    assert page.canonical == BASE + "/sida/" and page.shortlink == BASE + "/?p=4"
    assert page.rest_root == BASE + "/wp-json/"
    assert page.feeds == (BASE + "/feed/",)


def entry(number: int, path: str, **values: object) -> dict[str, object]:
    return {
        "id": number, "type": "post", "link": BASE + path, "status": "publish",
        "date": "2026-01-01T00:30:00", "modified": "2026-01-02T10:00:00",
        "title": {"rendered": "T"}, "content": {"rendered": "", "protected": False},
    } | values  # fmt: skip


def test_rest_listing_names_public_entries_only() -> None:
    body = json.dumps(
        [
            entry(1, "/a/"),
            entry(2, "/b/", status="draft"),
            entry(3, "/c/", status="future"),
            entry(4, "/d/", link="https://annan.example/d/"),
        ]
    )
    listing = found(body, "application/json", X_WP_Total="4", X_WP_TotalPages="1")
    assert listing.kind is AnswerKind.REST_LISTING
    assert [(a.url, a.changed) for a in listing.listed] == [(BASE + "/a/", "2026-01-02T10:00:00")]
    assert (listing.total, listing.total_pages, listing.raw_count) == (4, 1, 4)


def test_rest_types_leave_technical_ones_out() -> None:
    types = {
        "post": {"rest_base": "posts", "rest_namespace": "wp/v2"},
        "project": {"rest_base": "project"},
        "attachment": {"rest_base": "media"},
        "wp_block": {"rest_base": "blocks"},
        "elementor_library": {"rest_base": "elementor_library"},
        "lurig": {"rest_base": "../users"},
    }
    listing = found(json.dumps(types), "application/json")
    assert [t.route for t in listing.types] == ["wp/v2/posts", "wp/v2/project"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('{"code":"rest_no_route","message":"x","data":{"status":404}}', id="error"),
        pytest.param("<html>inte json</html>", id="html"),
        pytest.param("[" * 100_000, id="nested"),
        pytest.param('["a", "b"]', id="strings"),
    ],
)
def test_what_is_no_listing_is_not_understood(body: str) -> None:
    assert not found(body, "application/json").understood


SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(tag: str, *items: str) -> str:
    return f'<?xml version="1.0"?><{tag} xmlns="{SITEMAP}">{"".join(items)}</{tag}>'


def test_sitemap_index_and_parts() -> None:
    index = found(
        sitemap(
            "sitemapindex",
            f"<sitemap><loc>{BASE}/del-1.xml</loc><lastmod>2026-01-01</lastmod></sitemap>",
        ),
        "application/xml",
    )
    assert [(p.url, p.changed) for p in index.sitemaps] == [(BASE + "/del-1.xml", "2026-01-01")]
    part = sitemap(
        "urlset",
        f"<url><loc> {BASE}/a/ </loc></url><url><loc>{BASE}/author/x/</loc></url>",
        "<url><loc>https://annan.example/</loc></url><url></url>",
    )
    assert [p.url for p in found(part, "text/xml").listed] == [BASE + "/a/"]
    packed = links(answer(gzip.compress(part.encode()), "application/gzip"), SITE)
    assert [p.url for p in packed.listed] == [BASE + "/a/"]
    assert [p.url for p in packed.pages] == [BASE + "/a/"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>',
            id="entities",
        ),
        pytest.param("<urlset", id="cut"),
        pytest.param("", id="empty"),
        pytest.param("<html><p>Sidan finns inte", id="html-called-xml"),
    ],
)
def test_unsound_xml_leads_nowhere(body: str) -> None:
    unsound = found(body, "application/xml")
    assert not unsound.listed and not unsound.sitemaps


def test_a_sitemap_bomb_is_not_unpacked_whole() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000)
    assert not links(answer(bomb, "application/gzip"), SITE).understood


def test_feeds_that_lose_the_port() -> None:
    feed = found(
        "<rss><channel><link>x</link><item><title>T</title><link>http://bed.example/en-post/</link>"
        "<guid isPermaLink='false'>http://bed.example/?p=4</guid></item></channel></rss>",
        "application/rss+xml",
    )
    assert feed.kind is AnswerKind.FEED
    assert [(a.url, a.title) for a in feed.listed] == [(BASE + "/en-post/", "T")]


def test_atom_feed() -> None:
    feed = found(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title>'
        f'<link rel="edit" href="{BASE}/wp-admin/"/><link href="{BASE}/a/"/><updated>2026</updated></entry></feed>',
        "application/atom+xml",
    )
    assert [(a.url, a.changed) for a in feed.listed] == [(BASE + "/a/", "2026")]


def test_robots_name_sitemaps() -> None:
    robots = found(
        f"User-agent: *\nDisallow: /x\nSITEMAP:{BASE}/karta.xml\nSitemap: https://annan.example/s.xml",
        "text/plain",
        path="/robots.txt",
    )
    assert [p.url for p in robots.sitemaps] == [BASE + "/karta.xml"]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("/a/#x", BASE + "/a/"),
        ("http://bed.example/a/", BASE + "/a/"),
        ("http://www.bed.example/a/", "http://www.bed.example/a/"),
        ("http://bed.example:9/a/", None),
        ("http://u:p@bed.example:8741/", None),
        ("ftp://bed.example:8741/", None),
        ("http://[::1/", None),
        ("//annan.example/", None),
    ],
)
def test_own_addresses(url: str, address: str | None) -> None:
    assert site_address(SITE, url) == address


def test_raw_hrefs_tell_of_every_link_or_of_nothing() -> None:
    page = answer(
        "<a class='x'\nhref='/a/'>1</a><A HREF=/b/>2</A><area href=\"http://c.example/\">"
    )
    assert raw_hrefs(page) == {b"/a/", b"/b/", b"http://c.example/"}
    assert raw_hrefs(answer('<a href="bilder/">')) is None
    assert raw_hrefs(answer('<a href="/å/">'.encode("utf-16"))) is None
    assert raw_hrefs(answer('<a href="/en bild/">')) is None
    assert raw_hrefs(answer('<Base href="/gammalt/"><a href="/sida/">')) is None


@pytest.mark.parametrize(
    ("href", "kind"),
    [
        pytest.param("/dokumentation/", AddressKind.PAGE, id="page"),
        pytest.param(BASE + "/dokumentation", AddressKind.PAGE, id="with-host"),
        pytest.param("/?page_id=7&amp;post_type=page", AddressKind.PAGE, id="entity"),
        pytest.param("/category/talare/", AddressKind.ARCHIVE, id="archive"),
        pytest.param("/wp-content/uploads/bilder.pdf", AddressKind.DOCUMENT, id="document"),
        pytest.param("https://annan.example/", None, id="other-site"),
        pytest.param("mailto:kansli@bed.example", None, id="no-address"),
        pytest.param("/wp-admin/", None, id="never"),
    ],
)
def test_a_raw_href_leads_where_its_link_leads(href: str, kind: AddressKind | None) -> None:
    page = answer(f'<a href="{href}">x</a>')
    (raw,) = raw_hrefs(page) or ()
    led = leads_to(raw, page, SITE)
    assert (led[0] if led else None) is kind
    parsed = links(page, SITE)
    met = [*(p.url for p in parsed.pages), *parsed.archives, *parsed.documents]
    assert met == ([led[1]] if led else [])


def test_what_is_beyond_ascii_only_the_parsed_page_tells() -> None:
    page = answer('<a href="/förening/">')
    (raw,) = raw_hrefs(page) or ()
    with pytest.raises(ValueError):
        leads_to(raw, page, SITE)


def test_hostile_pages_take_linear_time() -> None:
    for body in ("<a " * 200_000, '<a href="' * 100_000, "<a href='/x/'>" * 100_000, "<" * 500_000):
        raw_hrefs(answer(body))
        found(body)
