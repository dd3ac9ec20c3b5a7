"""Themes: which one a page bears, and what is never content whatever the theme."""

from __future__ import annotations

import re

import pytest

from harvester.errors import NoContentNodeError
from harvester.pages.document import parse_html
from harvester.pages.themes import SimpleSelectors, read_themes, themes
from tests.pages.harvesting import content_of

BODY = "<div class='entry-content'><p>Före.</p>{}<p>Efter.</p></div>"


@pytest.mark.parametrize(
    ("html", "theme"),
    [
        pytest.param("<body class='et_divi_theme'><div class='entry-content'>x</div>", "divi", id="divi"),
        pytest.param("<body><div class='et_pb_section'><p>x</p></div>", "divi", id="divi-builder-in-another-theme"),
        pytest.param("<body class='elementor-kit-9 hentry'><div class='e-con'>x</div>", "elementor", id="elementor"),
        pytest.param("<body><div class='wp-site-blocks'><main class='hentry'>x</main></div>", "block", id="block-theme"),
        pytest.param("<body class='hentry'><div class='fusion-builder-row'>x</div>", "avada", id="avada"),
        pytest.param("<body><div class='mfn-builder-content hentry'>x</div>", "betheme", id="betheme"),
        pytest.param("<body class='bricks-is-frontend'><main>x</main>", "bricks", id="bricks"),
        pytest.param("<body class='oxygen-body'><div>x</div>", "oxygen", id="oxygen"),
        pytest.param("<body><div class='fl-builder-content hentry'>x</div>", "beaver", id="beaver"),
        pytest.param("<body><article class='hentry'>x</article>", "classic", id="classic"),
        pytest.param("<body><div class='newspost'>x</div>", "news", id="old-news-theme"),
        pytest.param("<body><main>x</main>", "generic", id="none-of-them"),
        pytest.param("<body class='not_et_divi_theme'><main>x</main>", "generic", id="a-class-that-ends-alike"),
    ],
)  # fmt: skip
def test_theme_of_a_page(html: str, theme: str) -> None:
    known = themes()
    assert known.of(known.marks(parse_html(html))).name == theme


NEVER = {
    "menu": "<nav><a href='/'>BORT</a></nav>",
    "sidebar": "<aside id='secondary'>BORT</aside>",
    "widget": "<div class='widget widget_text'>BORT</div>",
    "footer": "<footer>BORT</footer>",
    "breadcrumbs": "<div class='breadcrumbs'>BORT</div>",
    "comments": "<div id='comments'><p>BORT skriver:</p></div>",
    "comment-form": "<div id='respond' class='comment-respond'>BORT</div>",
    "divi-comments": "<div class='et_pb_comments_module'>BORT</div>",
    "related": "<div class='jp-relatedposts'>BORT</div>",
    "yarpp": "<div class='yarpp yarpp-related'>BORT</div>",
    "latest": "<ul class='wp-block-latest-posts__list wp-block-latest-posts'><li>BORT</li></ul>",
    "related-by-a-class-of-the-theme": "<div class='ast-single-related-posts-container'>BORT</div>",
    "related-named-the-other-way": "<section class='section-post-related'><h4>BORT</h4></section>",
    "related-of-kadence": "<div class='entry-related alignfull'>BORT</div>",
    "recent-posts-module": "<div class='fusion-recent-posts'>BORT</div>",
    "neighbour": "<div class='x'><a rel='prev' href='/foerra/'>BORT</a> <a rel='next nofollow' href='/nasta/'>BORT</a></div>",
    "comments-of-a-builder": "<div class='fl-comments'>BORT</div>",
    "byline-of-avada": "<div class='fusion-meta-info'>Av BORT</div>",
    "post-navigation": "<div class='post-navigation'>BORT</div>",
    "pagination": "<div class='wp-pagenavi'>BORT</div>",
    "share": "<div class='sharedaddy sd-sharing-enabled'>BORT</div>",
    "share-in-swedish": "<div class='dela'>Dela gärna BORT</div>",
    "addtoany": "<div class='addtoany_share_save_container'>BORT</div>",
    "elementor-share": "<div class='elementor-widget-share-buttons'>BORT</div>",
    "cookie-banner": "<div id='cookie-law-info-bar'>BORT</div>",
    "cookiebot": "<div id='CybotCookiebotDialog'>BORT</div>",
    "complianz": "<div class='cmplz-cookiebanner cmplz-hidden'>BORT</div>",
    "skip-link": "<a class='skip-link screen-reader-text' href='#x'>BORT</a>",
    "byline": "<p class='post-meta'>sep 28, 2023 | BORT</p>",
    "author-box": "<div class='author-box'>BORT</div>",
    "author-box-of-any-theme": "<div class='ast-author-box'>BORT</div>",
    "subscription": "<form class='mc4wp-form'>BORT</form>",
    "hidden": "<p hidden>BORT</p>",
    "off-screen": "<div style='position:absolute; left:-9999px'><a href='https://kasino.example/'>BORT</a></div>",
    "off-screen-text": "<p style='text-indent: -1000em'>BORT</p>",
    "template": "<template><p>BORT</p></template>",
    "admin-bar": "<div id='wpadminbar'>BORT</div>",
}


@pytest.mark.parametrize("html", NEVER.values(), ids=NEVER)
@pytest.mark.parametrize(
    "frame",
    ["<body class='single-post'>{}", "<body class='et_divi_theme'>{}", "<body><div class='wp-site-blocks'>{}</div>"],
    ids=["classic", "divi", "block"],
)  # fmt: skip
def test_never_content(html: str, frame: str) -> None:
    page = content_of(frame.format(BODY.format(html)))
    assert [b.text for b in page.blocks] == ["Före.", "Efter."]


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div class='sharepoint-lista'>KVAR</div>", id="a-class-that-begins-alike"),
        pytest.param("<div class='wp-block-cover'>KVAR</div>", id="cover"),
        pytest.param("<div class='et_pb_toggle_close'>KVAR</div>", id="closed-toggle"),
        pytest.param("<div class='delar'>KVAR</div>", id="a-word-alike"),
        pytest.param("<div style='display:none'>KVAR</div>", id="opened-by-a-script"),
        pytest.param("<div style='left:-12px; margin-left:-50px'>KVAR</div>", id="a-small-shift"),
        pytest.param("<details><p>KVAR</p></details>", id="details"),
        pytest.param("<div id='footnotes'>KVAR</div>", id="footnotes"),
    ],
)
def test_content_that_only_looks_like_a_frame(html: str) -> None:
    page = content_of("<body class='single-post'>" + BODY.format(html))
    assert "KVAR" in [b.text for b in page.blocks]


@pytest.mark.parametrize(
    ("html", "published"),
    [
        pytest.param("<div class='widget'><span class='post-date'>1 maj 2009</span></div>", None, id="sidebar"),
        pytest.param("<div class='comments-area'><time datetime='2009-05-01'>x</time></div>", None, id="comment"),
        pytest.param(
            "<article class='post hentry' id='post-8'><time class='entry-date published' datetime='2009-05-01'>x</time></article>",
            None, id="another-post",
        ),
        pytest.param(
            "<article class='post hentry' id='post-7'><time class='entry-date published' datetime='2023-05-01'>x</time></article>",
            "2023-05-01", id="its-own",
        ),
    ],
)  # fmt: skip
def test_days_of_others_are_not_the_page_s(html: str, published: str | None) -> None:
    page = content_of(f"<body class='single-post postid-7'>{html}{BODY.format('')}")
    assert (str(page.published.value) if page.published else None) == published


@pytest.mark.parametrize(
    ("selectors", "tag", "identity", "classes", "expected"),
    [
        pytest.param(["nav"], "nav", None, [], True, id="tag"),
        pytest.param([".x"], "div", None, ["y", "x"], True, id="class"),
        pytest.param(["#x"], "div", "x", [], True, id="id"),
        pytest.param(["div.x"], "p", None, ["x"], False, id="another-tag"),
        pytest.param([".x-*"], "p", None, ["x-1"], True, id="prefix"),
        pytest.param([".x-*"], "p", None, ["ax-1"], False, id="prefix-within"),
        pytest.param([".x-*"], "p", None, ["y", "x-"], True, id="prefix-of-the-second"),
        pytest.param(["#x*"], "p", "xy", [], True, id="id-prefix"),
        pytest.param(["#x*"], "p", "yx", ["xy"], False, id="id-prefix-within"),
        pytest.param([".*x-y*"], "p", None, ["ax-yb"], True, id="part"),
        pytest.param([".*x-y*"], "p", None, ["ax", "-yb"], False, id="part-of-two"),
        pytest.param([], "p", "x", ["x"], False, id="none"),
    ],
)
def test_simple_selectors(
    selectors: list[str], tag: str, identity: str | None, classes: list[str], expected: bool
) -> None:
    assert SimpleSelectors(selectors).match(tag, identity, classes) is expected


@pytest.mark.parametrize("selector", ["div > p", "a[href]", ".a .b", "", ".a,.b", "div*"])
def test_other_selectors_are_refused_by_name(selector: str) -> None:
    with pytest.raises(ValueError, match=re.escape("themes.toml")):
        SimpleSelectors([selector])


def test_a_theme_by_name() -> None:
    assert themes().named("divi").name == "divi"
    with pytest.raises(KeyError):
        themes().named("okänt")


def test_the_last_theme_fits_any_page() -> None:
    last = themes().themes[-1]
    assert (last.name, last.when.everything) == ("generic", True)
    with pytest.raises(KeyError):
        read_themes({"theme": []})


PARAGRAPH = (
    "<p>Socialnämnden i Bredvik beslutade i går om ett nytt sätt att möta familjer i kris.</p>"
)
UNKNOWN_FRAME = f"<div class='q1'>Meny</div><div class='q2'><h1>Rubrik</h1><div class='q3'>{PARAGRAPH * 3}</div></div><div class='q4'><p>Om oss.</p></div>"


def test_the_densest_node_where_no_selector_knows_one() -> None:
    page = content_of(f"<body class='single-post postid-4'>{UNKNOWN_FRAME}")
    assert [b.text for b in page.blocks] == [re.sub("<.*?>", "", PARAGRAPH)] * 3
    assert (page.theme, page.footnotes) == ("generic", ("generic_theme",))


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(f"<body>{UNKNOWN_FRAME}", id="no-post-of-wordpress"),
        pytest.param("<body class='postid-4'><div><h1>Rubrik</h1><p>Hämtar sidan.</p></div>", id="too-few-words"),
        pytest.param(f"<body class='postid-4'><main></main>{UNKNOWN_FRAME}", id="a-content-node-that-is-empty"),
        pytest.param(f"<body class='postid-4'><footer>{PARAGRAPH * 3}</footer>", id="words-of-the-frame"),
    ],
)  # fmt: skip
def test_no_node_is_guessed(html: str) -> None:
    with pytest.raises(NoContentNodeError):
        content_of(html)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<article id='post-4'><p>Egen.</p></article><article id='post-5'><p>Annan.</p></article>", id="own-article-by-number"),
        pytest.param("<div class='post-5 post'><p>Annan.</p></div><div class='post-4 post'><p>Egen.</p></div>", id="another-number"),
        pytest.param("<div class='post-5 post'><p>Annan.</p></div><div class='content'><p>Egen.</p></div>", id="only-another-bears-a-number"),
    ],
)  # fmt: skip
def test_the_post_the_body_names(html: str) -> None:
    page = content_of(f"<body class='single-post postid-4'>{html}")
    assert [b.text for b in page.blocks] == ["Egen."]
