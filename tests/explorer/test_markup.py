"""Markup: nothing a source says becomes a tag, an attribute or a script."""

from __future__ import annotations

import lxml.html
import pytest

from harvester.explorer.markup import escaped, is_web_address, joined, outward, raw, tag
from tests.explorer.releases import HOSTILE


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_stays_text(text: str) -> None:
    node = lxml.html.fragment_fromstring(tag("p", text, title=text))
    assert len(node) == 0
    assert set(node.attrib) == {"title"}
    assert node.text_content() == node.get("title")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#x27;", id="markup"),
        pytest.param("a\ud800b", "a\ufffdb", id="lone-surrogate"),
        pytest.param("a\x00b", "a␀b", id="null"),
        pytest.param("a\u202eb", "a[U+202E]b", id="direction-override"),
        pytest.param("rad 1\nrad 2", "rad 1\nrad 2", id="line-break-stays"),
    ],
)
def test_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param(tag("p", "a", class_="b"), '<p class="b">a</p>', id="class"),
        pytest.param(tag("p", hidden=True), "<p hidden></p>", id="true-has-no-value"),
        pytest.param(tag("p", lang=None, id=False), "<p></p>", id="none-and-false-are-left-out"),
        pytest.param(tag("p", aria_label="x"), '<p aria-label="x"></p>', id="dashes"),
        pytest.param(tag("meta", name="a"), '<meta name="a">', id="void"),
        pytest.param(tag("p", tag("b", "<")), "<p><b>&lt;</b></p>", id="nested-once"),
        pytest.param(joined("<", None, 3, raw("<i>")), "&lt;3<i>", id="joined"),
    ],
)
def test_tag(markup: str, expected: str) -> None:
    assert markup == expected


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        pytest.param("https://sample.example/a", True, id="https"),
        pytest.param("http://sample.example", True, id="http"),
        pytest.param("javascript:alert(1)", False, id="script"),
        pytest.param("data:text/html,x", False, id="data"),
        pytest.param("//sample.example/a", False, id="no-scheme"),
        pytest.param("https:", False, id="no-host"),
        pytest.param("http://[", False, id="broken"),
        pytest.param(None, False, id="none"),
    ],
)
def test_only_web_addresses_become_links(url: str | None, taken: bool) -> None:
    assert is_web_address(url) is taken
    assert outward(url, "Sidan").startswith("<a " if taken else "<span>")
