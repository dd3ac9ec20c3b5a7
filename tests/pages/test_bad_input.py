"""Never silent emptiness: a page that cannot be read rightly is quarantined by name, or read rightly."""

from __future__ import annotations

import gzip
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.harvest import harvest
from harvester.pages.links import links
from harvester.pages.locating import located_text
from harvester.pages.rest import read_entries
from harvester.records import Evidence, Page
from tests.pages import markup
from tests.pages.harvesting import (
    context,
    harvested,
    html_capture,
    json_capture,
    only_page,
    profile,
    rows,
)
from tests.pages.markup import Entry, Film, Heading, Text
from tests.pages.test_same_content import FILMS, NEWS, PAGES

PLAYER = "<iframe src='https://www.youtube.com/embed/aaaaaaaaaaa'></iframe>"


def article(inner: str, body_class: str = "single-post postid-1") -> str:
    return (
        f"<html><head><title>Rubrik</title></head><body class='{body_class}'>{inner}</body></html>"
    )


def codes(html: str | bytes, **options: Any) -> list[str]:
    """The problems of a page, those of its content included."""
    result = harvested(html_capture(html, **options))
    own = [r for p in result.pages for r in p.records if type(r).__name__ == "Problem"]
    return [p.code for p in (*result.problems, *own)]


@pytest.mark.parametrize(
    ("html", "code"),
    [
        pytest.param("", "no_content_node", id="empty-body"),
        pytest.param("<html>", "no_content_node", id="only-an-opening"),
        pytest.param("<p>Ingen ram</p>", "no_content_node", id="nothing-says-where"),
        pytest.param(
            article("<div class='entry-content'><p>En</p></div><div class='entry-content'><p>Två</p></div>"),
            "two_content_nodes", id="two-content-nodes",
        ),
        pytest.param(article("<div class='entry-content'></div>"), "no_content_node", id="content-not-loaded"),
        pytest.param(
            article("<template><div class='entry-content'><p>Mall</p></div></template>"),
            "no_content_node", id="content-in-a-template",
        ),
        pytest.param(
            article("<div id='root'></div><noscript>Slå på JavaScript</noscript>"),
            "no_content_node", id="a-page-for-browsers-alone",
        ),
        pytest.param(article("<div class='entry-content'><p>Borta</p></div>", "error404"), "soft_404", id="not-found-as-success"),
        pytest.param(
            article("<div class='entry-content' hidden><p>Dold</p></div><main><h1>Rubrik</h1></main>"),
            "no_content_node", id="content-that-is-hidden",
        ),
        pytest.param(article("<article class='hentry'><nav>Meny</nav></article>"), "no_content_node", id="only-a-menu"),
    ],
)  # fmt: skip
def test_quarantined_by_name(html: str, code: str) -> None:
    assert code in codes(html)
    assert harvested(html_capture(html)).pages == ()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param(
            article("<div class='entry-content'><p>Avbrut"), "Avbrut", id="half-loaded",
        ),
        pytest.param(
            article("<div class='entry-content'><p>A<p>B<div>C</p></b></div>"), "A\n\nB\n\nC", id="unclosed-tags",
        ),
        pytest.param(
            article("<div class='entry-content'><p>Text</p></div><div class='entry-content'> </div>"),
            "Text", id="an-empty-node-beside-it",
        ),
        pytest.param(
            article("<div class='entry-content'><div class='entry-content'><p>Text</p></div></div>"),
            "Text", id="a-node-in-itself",
        ),
        pytest.param(
            article("<template><p>Mall</p></template><div class='entry-content'><p>Text</p></div>"),
            "Text", id="a-template-beside-it",
        ),
        pytest.param(
            article("<div class='entry-content'><p>Text</p><noscript><p>Slå på skript</p></noscript></div>"),
            "Text", id="noscript-in-it",
        ),
        pytest.param(
            article("<div class='type-post'>x</div><main><p>Synlig</p></main>"),
            "Synlig", id="marks-of-a-theme-that-is-built-otherwise",
        ),
        pytest.param("<?xml version='1.0' encoding='UTF-8'?>" + article("<div class='entry-content'><p>Åäö</p></div>"), "Åäö", id="xhtml"),
        pytest.param(article("<div class='entry-content'><p>a\x00b\x0bc</p></div>"), "a\ufffdb\ufffdc", id="control-characters"),
        pytest.param("\ufeff" + article("<div class='entry-content'><p>Åäö</p></div>"), "Åäö", id="byte-order-mark"),
    ],
)  # fmt: skip
def test_read_rightly(html: str, text: str) -> None:
    page = only_page(html_capture(html))
    assert next(r for r in page.records if isinstance(r, Page)).text == text


@pytest.mark.parametrize(
    ("encoding", "content_type", "declared"),
    [
        pytest.param("utf-8", "text/html; charset=UTF-8", "", id="header"),
        pytest.param("utf-8", "text/html", "utf-8", id="declaration"),
        pytest.param("utf-8", "text/html; charset=iso-8859-1", "utf-8", id="header-of-a-moved-site"),
        pytest.param("cp1252", "text/html; charset=iso-8859-1", "", id="latin-1-is-windows"),
        pytest.param("cp1252", "text/html", "", id="nothing-said"),
        pytest.param("utf-16", "text/html", "", id="utf-16-by-its-mark"),
        pytest.param("utf-8", "text/html; charset=klingon", "", id="unknown-name"),
    ],
)  # fmt: skip
def test_encodings(encoding: str, content_type: str, declared: str) -> None:
    head = f"<meta charset='{declared}'>" if declared else ""
    html = f"<html><head>{head}</head><body><div class='entry-content'><p>Åsa – ”Ödmark”</p></div></body></html>"
    body = html.encode(encoding)
    found = only_page(html_capture(body, content_type=content_type))
    text = next(r for r in found.records if isinstance(r, Page)).text
    # UTF-8 read as Latin-1 is the one fault no bytes betray; a declaration beats the header there.
    assert text == "Åsa – ”Ödmark”" or (encoding == "utf-8" and "iso-8859-1" in content_type)


def test_bytes_that_fit_no_encoding_are_told() -> None:
    html = article("<div class='entry-content'><p>Sm\u00e5tt</p></div>").encode() + b"\x81\xff\xfe"
    found = harvested(html_capture(html))
    assert found.pages and "undecodable_bytes" in codes(html)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(b"%PDF-1.4 ...", "text/html", id="a-pdf-that-says-html"),
        pytest.param(gzip.compress(b"<p>x</p>"), "application/gzip", id="packed"),
        pytest.param(b"\x89PNG\r\n", "image/png", id="picture"),
        pytest.param(b"<rss/>", "application/rss+xml", id="feed"),
    ],
)
def test_what_is_no_page_gives_nothing(body: bytes, content_type: str) -> None:
    assert harvested(html_capture(body, content_type=content_type)).pages == ()


@pytest.mark.parametrize("status", [201, 301, 403, 404, 410, 500, 503])
def test_only_a_success_is_a_page(status: int) -> None:
    html = markup.classic_page(NEWS)
    assert harvested(html_capture(html, NEWS.url, status=status)).pages == ()


def test_a_password_keeps_the_content() -> None:
    """A protected page is a row without text; nothing of its body, title mark or films is told."""
    form = "<form class='post-password-form' action='/wp-login.php?action=postpass'><input name='post_password'></form>"
    html = article(
        f"<h1 class='entry-title'>Skyddad: Styrelsen</h1><div class='entry-content'>{form}<p>Rest {PLAYER}</p></div>"
    )
    page = only_page(html_capture(html))
    row = next(r for r in page.records if isinstance(r, Page))
    assert (row.state, row.text, row.title) == ("protected", "", "Styrelsen")
    assert page.films == () and page.people == ()


@pytest.mark.parametrize("state", ["draft", "private", "future", "pending", "trash", "auto-draft"])
def test_rest_entries_that_are_not_published_never_appear(state: str) -> None:
    item = markup.rest_item(NEWS) | {"status": state}
    assert harvested(json_capture([item])).pages == ()


def test_a_protected_rest_entry_gives_no_text() -> None:
    item = markup.rest_item(NEWS)
    item["content"] = {"rendered": "<p>Hemligt</p>", "protected": True}
    assert "Hemligt" not in repr(only_page(json_capture([item])).records)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="cut-off"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param([1, None, "x", [], {}], id="no-entries"),
        pytest.param({"code": "rest_no_route"}, id="an-error"),
        pytest.param([{"id": "1", "link": "https://exempel.example/a/", "date": "x"}], id="id-is-text"),
        pytest.param([{"id": 1, "link": 7, "date": "2024"}], id="link-is-a-number"),
        pytest.param([{"id": 1, "link": "javascript:x", "date": "2024"}], id="link-is-a-script"),
        pytest.param([{"id": 1, "link": "https://annan.example/", "date": "2024-01-01", "title": "x"}], id="another-site"),
    ],
)  # fmt: skip
def test_rest_answers_that_hold_no_entries(data: Any) -> None:
    assert harvested(json_capture(data)).pages == ()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"title": None}, id="no-title"),
        pytest.param({"content": None}, id="no-content"),
        pytest.param({"date": "0000-00-00T00:00:00"}, id="zero-day"),
        pytest.param({"_embedded": {"wp:term": "x", "author": 3}}, id="embedded-nonsense"),
        pytest.param({"_embedded": {"wp:term": [None, [None, {"taxonomy": "category"}]]}}, id="terms-nonsense"),
        pytest.param({"type": None, "modified": 5}, id="wrong-types"),
    ],
)  # fmt: skip
def test_a_rest_entry_with_nonsense_is_read_as_far_as_it_goes(change: dict[str, Any]) -> None:
    page = only_page(json_capture([markup.rest_item(NEWS) | change]))
    assert page.url == NEWS.url


def test_a_rest_body_that_lies_about_a_page_does_not_hide_it() -> None:
    """REST gives an empty body (a builder's page): the page's own content counts."""
    item = markup.rest_item(FILMS, " ")
    item["content"] = {"rendered": "", "protected": False}
    (said,) = read_entries(json_capture([item]))
    page = only_page(html_capture(markup.divi_page(FILMS), FILMS.url), said)
    assert len(rows(page)["clips"]) == 3


def test_a_theme_switch_in_mid_crawl_changes_no_row() -> None:
    """One page before and after: the same ids and values, whatever theme showed it."""
    found = []
    for form in ("classic", "divi", "block"):
        page = only_page(html_capture(PAGES[form][0](FILMS), FILMS.url))
        found.append([(c["clip_id"], c["film_id"], c["people"]) for c in rows(page)["clips"]])
    assert found[0] == found[1] == found[2]


def test_an_archive_gives_each_post_once_and_itself_no_rows() -> None:
    posts = "".join(
        f"<article id='post-{n}' class='post hentry'><h2 class='entry-title'><a href='/p{n}/'>Inlägg {n}</a></h2>"
        f"<div class='entry-content'><p>Ada Ekström talade.</p>{PLAYER}</div></article>"
        for n in (1, 2, 2)
    )
    result = harvested(html_capture(article(f"<main>{posts}</main>", "archive category")))
    assert result.pages[0].layout == "listing"
    assert [p.url for p in result.pages[1:]] == [
        "https://exempel.example/p1/",
        "https://exempel.example/p2/",
    ]
    assert result.pages[0].films == () and result.pages[0].people == ()


LATEST = "".join(
    f"<article id='post-{n}' class='et_pb_post post hentry'><h2 class='entry-title'><a href='/p{n}/'>Inlägg {n}</a></h2>"
    f"<div class='post-content'><p>Torborg Sidoland talade.</p></div></article>"
    for n in (5, 6, 7)
)


@pytest.mark.parametrize(
    ("own", "layout"),
    [
        pytest.param(
            f"<h2>ADA EK</h2>{PLAYER}<h2>BO AHL</h2>{PLAYER.replace('aaa', 'bbb')}",
            "headed_clips",
            id="films-of-its-own",
        ),
        pytest.param(f"<p>{'Ord om saken. ' * 60}</p>", "article", id="text-of-its-own"),
        pytest.param("<p>Här är våra inlägg.</p>", "listing", id="nothing-but-the-posts"),
    ],
)
@pytest.mark.parametrize("framed", [False, True], ids=["bare", "in-its-article"])
def test_a_page_that_shows_the_latest_posts(own: str, layout: str, framed: bool) -> None:
    """Content beside a list of posts is not lost, and the posts do not become part of it."""
    inner = f"<div class='entry-content'>{own}<div class='et_pb_blog_0'>{LATEST}</div></div>"
    if framed:
        inner = f"<article id='post-3' class='page hentry'>{inner}</article>"
    page = harvested(html_capture(article(f"<main>{inner}</main>", "page-id-3"))).pages[0]
    assert page.layout == layout
    assert "Sidoland" not in repr(page.records)


UNSEEN = {
    "generatepress": "<div class='site-content'><main class='site-main'><article class='post hentry'><div class='inside-article'><header class='entry-header'><h1>T</h1></header><div class='entry-content'>{}</div></div></article></main></div>",
    "astra": "<div id='primary' class='content-area primary'><main class='site-main'><article class='post ast-article-single'><div class='ast-post-format- single-layout-1'><div class='entry-content clear' ast-blocks-layout='true'>{}</div></div></article></main></div>",
    "kadence": "<div id='inner-wrap'><div class='content-wrap'><article class='entry content-bg single-entry'><div class='entry-content-wrap'><div class='entry-content single-content'>{}</div></div></article></div></div>",
    "beaver-builder": "<div class='fl-page-content'><article class='fl-post'><div class='fl-post-content'><div class='fl-builder-content'><div class='fl-row'><div class='fl-module fl-module-rich-text'><div class='fl-module-content'>{}</div></div></div></div></div></article></div>",
    "wpbakery": "<article class='page hentry'><div class='entry-content'><div class='vc_row wpb_row'><div class='wpb_column vc_column_container'><div class='wpb_wrapper'>{}</div></div></div></div></article>",
    "bricks": "<main id='brx-content'><section class='brxe-section'><div class='brxe-container'><div class='brxe-text'>{}</div></div></section></main>",
    "avada": "<main id='main'><section id='content'><div class='post-content'><div class='fusion-fullwidth'><div class='fusion-text'>{}</div></div></div></section></main>",
    "hand-made": "<div role='main'><h1>T</h1>{}</div>",
    "html5": "<main><article><h1>T</h1><section>{}</section></article></main>",
    "old-tables": "<table><tr><td id='content'>{}</td></tr></table>",
}


@pytest.mark.parametrize("frame", UNSEEN.values(), ids=UNSEEN)
def test_themes_that_nobody_described(frame: str) -> None:
    """Films, people, days and documents of a page in a theme that themes.toml does not know."""
    inner = (
        "<p>Ada Ekström, socialchef i Falun, talade den 3 mars 2024.</p>"
        f"{PLAYER}<p><a href='/wp-content/uploads/bilder.pdf'>Bilder</a></p>"
    )
    html = article(f"<header>Topp</header>{frame.format(inner)}<footer>Sidoland</footer>")
    page = only_page(html_capture(html))
    found = rows(page)
    assert [c["film_id"] for c in found["clips"]] == ["youtube:aaaaaaaaaaa"]
    assert "Ada Ekström" in [c["person"] for c in found["contributions"]]
    assert [str(d["first"]) for d in found["dates"]] == ["2024-03-03"]
    assert [d["title"] for d in found["documents"]] == ["Bilder"]
    assert "Sidoland" not in repr(page.records) and "Topp" not in repr(page.records)


# Fuzz: nothing raises, and what is found stands where the evidence says.

_TAGS = st.sampled_from(
    [
        "p",
        "div",
        "h2",
        "h3",
        "ul",
        "li",
        "strong",
        "em",
        "a",
        "br",
        "figure",
        "iframe",
        "table",
        "tr",
        "td",
        "template",
        "noscript",
        "nav",
        "aside",
        "section",
        "article",
        "span",
        "blockquote",
    ]
)
_TEXT = st.sampled_from(
    [
        "Ada Ekström",
        "den 3 mars 2024",
        " ",
        "&nbsp;",
        "socialchef i Falun",
        "FILMKLIPP:",
        "[et_pb_video src=”",
        "”]",
        "<",
        "&amp;",
        "Åäö\u00ad",
    ]
)
_ATTRIBUTES = st.sampled_from(
    ["", " class='entry-content'", " class='et_pb_column'", " class='widget'", " href='/x.pdf'", " href='http://['", " hidden",
     " src='https://www.youtube.com/embed/aaaaaaaaaaa'", " class='post hentry' id='post-1'", " class='et_pb_module_header'"]
)  # fmt: skip
_PIECES = st.one_of(
    st.builds("<{}{}>".format, _TAGS, _ATTRIBUTES), st.builds("</{}>".format, _TAGS), _TEXT
)


def _sound(html: str) -> None:
    capture = html_capture(article(f"<div class='entry-content'>{html}"))
    result = harvest(capture, context())
    assert result.pages or result.problems
    links(capture, profile().sites[0])
    for row in (r for p in result.pages for r in p.records):
        if isinstance(row, Evidence) and row.locator and row.raw:
            text = located_text(capture, row.locator)
            assert text is not None and text[row.char_start : row.char_end] == row.raw


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_markup(html: str) -> None:
    _sound(html)


@pytest.mark.long
@settings(max_examples=5_000, deadline=None)
@given(st.lists(_PIECES, max_size=80).map("".join))
def test_any_markup_long(html: str) -> None:
    _sound(html)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(body: bytes) -> None:
    result = harvested(html_capture(body, content_type="text/html"))
    assert result.pages or result.problems or body[:5] == b"%PDF-"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("https://exempel.example/a/"),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["id", "link", "title", "rendered", "content", "date", "status", "type", "_embedded", "wp:term", "taxonomy", "name"]),
        inner,
        max_size=6,
    ),
    max_leaves=15,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(_JSON)
def test_any_json(data: Any) -> None:
    harvested(json_capture(data))


def test_hostile_sizes_take_linear_time() -> None:
    """Ten times the page, about ten times the time: no rule looks back over all that it has read."""

    def seconds(size: int) -> float:
        pieces = [Heading(f"Rubrik {n}") for n in range(size)]
        entry = Entry(
            "/stor/",
            "Stor",
            [p for h in pieces for p in (h, Text("Ord. " * 20), Film("aaaaaaaaaaa"))],
        )
        capture = html_capture(markup.classic_page(entry), entry.url)
        start = time.process_time()
        harvested(capture)
        return time.process_time() - start

    seconds(20)
    assert seconds(1000) < 40 * max(seconds(100), 0.02)


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("<div class='entry-content'><p>x</p></div>", id="content-nodes"),
        pytest.param("<article class='post hentry'><h2><a href='/{n}/'>x</a></h2></article>", id="posts"),
        pytest.param("<div class='entry-content'>", id="nested-nodes"),
        pytest.param("<nav><p>x</p></nav>", id="menus"),
        pytest.param("<h2>RUBRIK {n}</h2>", id="headings"),
        pytest.param("<div class='et_pb_column'><p>x</p></div>", id="columns"),
        pytest.param("<p>Ada Ek, socialchef</p>", id="people"),
    ],
)  # fmt: skip
def test_many_of_a_kind_take_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        inner = "".join(piece.replace("{n}", str(n)) for n in range(count))
        capture = html_capture(article(f"<div class='entry-content'>{inner}</div>", "archive"))
        start = time.process_time()
        harvested(capture)
        return time.process_time() - start

    seconds(20)
    assert seconds(2000) < 40 * max(seconds(200), 0.02)
