"""Selectors answered from a page's marks find what a search of the tree finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.cssselect import CSSSelector

from harvester.pages.class_paths import ClassPath
from harvester.pages.document import parse_html
from harvester.pages.themes import themes

PAGE = """<body class='single'><div id='ruta' class='post-meta first'><time class='entry-date published'>2024</time>
<p class='published'>igår</p><a rel='tag category' href='/a/'>A</a></div>
<a rel='category tag'>B</a><a rel='categoryx'>C</a><a rel>D</a><time class='published' datetime='2024'></time><div class='post-meta'><div class='post-meta'><b class='published'>x</b></div></div>
<p class='published\tny'>tab</p><p class='published\u00a0ny'>hårt blanksteg</p><p class='unpublished'>nej</p>
<section class='a'><div class='b'><section class='c'></section></div></section><time class='published'></time></body>"""


@pytest.mark.parametrize(
    "css",
    [
        ".published",
        "time.published",
        "time.entry-date.published",
        ".post-meta .published",
        ".post-meta time.published",
        ".post-meta .post-meta .published",
        "body .post-meta",
        "section .b section.c",
        "section section .c",
        ".ny",
        ".saknas",
        "time",
        ".post-meta p",
        "a[rel~='category']",
        "a[rel]",
        ".post-meta a[rel~='category']",
        "time.published[datetime]",
        "time[datetime='2024']",
        "time.published:not(.entry-date)",
        "p:not(.published)",
        "time:not(.saknas)[datetime]",
        ".post-meta time:not(.entry-date)",
    ],
)
def test_a_path_finds_what_the_selector_finds(css: str) -> None:
    root = parse_html(PAGE)
    path = ClassPath.read(css)
    assert path is not None
    assert path.elements(themes().marks(root)) == CSSSelector(css, translator="html")(root)


def test_a_part_of_the_page_is_searched() -> None:
    root = parse_html(PAGE)
    theme = themes().named("classic")
    box = root.get_element_by_id("ruta")
    found = list(theme.select("published", box, themes().marks(root)))
    assert found == list(theme.select("published", box))
    assert len(found) < len(list(theme.select("published", root)))


@pytest.mark.parametrize(
    "css",
    [
        pytest.param("[itemprop='headline']", id="attribute-alone"),
        pytest.param("a[rel='category tag']", id="several-words"),
        pytest.param("h1[title='']", id="empty-value"),
        pytest.param("a[rel^='cat']", id="beginning-of-an-attribute"),
        pytest.param("#main-content .et_pb_section", id="id"),
        pytest.param("time:not(.a):not(.b)", id="several-negations"),
        pytest.param("time:not([datetime])", id="negation-of-an-attribute"),
        pytest.param("p > .a", id="child"),
        pytest.param(".a, .b", id="several"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_selectors_are_no_paths(css: str) -> None:
    assert ClassPath.read(css) is None


_FIELDS = ("content", "title", "published", "modified", "author", "categories", "item_title", "item_content", "item_published")  # fmt: skip
# Words that themes' selectors ask for, others that look like them, and what may stand between two.
_CLASSES = st.sampled_from(
    ["entry-content", "published", "post-meta", "updated", "author", "Published", "entry", "et_pb_section", "fn", "x:y", "ä"]
)  # fmt: skip
_GAPS = st.sampled_from([" ", "  ", "\t", "&#10;", "&#12;", "&nbsp;", "&#x85;", "\u3000"])
_WORDS = st.lists(st.builds("{}{}".format, _CLASSES, _GAPS), max_size=3).map("".join)
_TAGS = st.sampled_from(["div", "p", "time", "TIME", "h1", "a", "article", "main", "span", "o:p"])
_OTHERS = st.sampled_from(
    ["", " datetime", " datetime=''", " rel='tag category'", " rel='Category'", " REL=author", " title='x'", " itemprop=datePublished", " id='content'"]
)  # fmt: skip
_MARKUP = st.one_of(
    st.builds("<{} class='{}'{}>".format, _TAGS, _WORDS, _OTHERS), st.builds("</{}>".format, _TAGS)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_MARKUP, max_size=30).map("".join))
def test_every_selector_of_every_theme_finds_on_any_markup_what_a_search_finds(html: str) -> None:
    root = parse_html(f"<body>{html}</body>")
    marks = themes().marks(root)
    for theme in themes().themes:
        for field in _FIELDS:
            assert list(theme.groups(field, root, marks)) == list(theme.groups(field, root))
