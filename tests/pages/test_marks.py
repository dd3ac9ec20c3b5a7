"""What one look at a page gathers, and that nothing of the page stays when it is done."""

from __future__ import annotations

import gc

import pytest
from lxml.html import HtmlElement

from harvester.harvest import HarvestContext, harvest
from harvester.pages.document import parse_html
from harvester.pages.themes import themes
from tests.pages.harvesting import KEY, harvested, html_capture
from tests.pages.recorded_pages import recorded_pages


@pytest.mark.parametrize(
    ("markup", "removed", "elsewhere"),
    [
        pytest.param("<nav id='x'>", True, True, id="frame-by-tag"),
        pytest.param("<div class='sidebar' id='x'>", True, True, id="frame-by-class"),
        pytest.param("<div id='sidebar'>", True, True, id="frame-by-id"),
        pytest.param("<div class='my-related-posts-list' id='x'>", True, True, id="part-of-class"),
        pytest.param("<div class='post-meta' id='x'>", True, False, id="byline"),
        pytest.param("<div class='addtoany_list' id='x'>", True, False, id="prefix"),
        pytest.param("<template id='x'>", True, False, id="template"),
        pytest.param("<p hidden id='x'>", True, False, id="hidden"),
        pytest.param("<iframe hidden id='x'>", False, False, id="hidden-player"),
        pytest.param("<p style='left:-9999px' id='x'>", True, False, id="off-screen"),
        pytest.param("<p style='left:-12px' id='x'>", False, False, id="shifted"),
        pytest.param("<a rel='nofollow prev' id='x'>", True, True, id="neighbour"),
        pytest.param("<link rel='prev' id='x'>", False, False, id="neighbour-in-head"),
        pytest.param("<aside class='wp-block-cover' id='x'>", False, False, id="kept"),
        pytest.param("<main class='sidebar' id='x'>", False, False, id="frame-of-everything"),
        pytest.param("<div class='textruta' id='x'>", False, False, id="content"),
    ],
)  # fmt: skip
def test_nodes_that_are_never_content(markup: str, removed: bool, elsewhere: bool) -> None:
    root = parse_html(f"<body>{markup}text</body>")
    (node,) = root.xpath("//*[@id]")
    marks = themes().marks(root)
    assert (node in marks.removed, node in marks.elsewhere) == (removed, elsewhere)


def test_ids_classes_and_items() -> None:
    root = parse_html(
        "<body class='blog'><article id='b' class='post hentry'></article><div id='' class='post'></div>"
        "<p class='blog kort'></p><article class='entry'></article></body>"
    )
    marks = themes().marks(root)
    assert marks.ids == {"b"}
    assert set(marks.classes) == {"blog", "post", "hentry", "kort", "entry"}
    assert [e.tag for e in marks.bearing("blog")] == ["body", "p"]
    assert [e.get("class") for e in marks.items] == ["post hentry", "entry"]
    assert marks.has_tag({"article", "nav"})
    assert not marks.has_tag({"nav"})


def test_nothing_of_a_page_is_kept() -> None:
    def read(number: int) -> None:
        body = f"<body class='single-post postid-{number}'><article id='post-{number}' class='post hentry'>"
        words = f"<div class='entry-content'><p id='rad-{number}' class='r-{number}'>Ord</p></div>"
        assert harvested(html_capture(f"{body}<h1>Rubrik</h1>{words}</article></body>")).pages

    read(0)
    gc.collect()
    before = sum(isinstance(o, HtmlElement) for o in gc.get_objects())
    for number in range(1, 20):
        read(number)
    gc.collect()
    assert sum(isinstance(o, HtmlElement) for o in gc.get_objects()) <= before


def test_no_page_waits_for_the_garbage_collector() -> None:
    """Extraction looks for garbage between batches alone: what a page leaves must not lie in cycles."""
    pages = [(page.capture, HarvestContext(page.profile, KEY)) for page in recorded_pages()]
    for capture, context in pages:  # word lists are loaded
        harvest(capture, context)
    gc.collect()
    gc.disable()
    try:
        before = sum(isinstance(o, HtmlElement) for o in gc.get_objects())
        for capture, context in pages:
            assert harvest(capture, context).pages
        assert sum(isinstance(o, HtmlElement) for o in gc.get_objects()) <= before
    finally:
        gc.enable()
