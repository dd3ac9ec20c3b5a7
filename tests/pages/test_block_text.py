"""Where links stand in a block's normalised text, against the plain definition of their places."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.pages.block_text import LinkPlace, links_in, normalise
from harvester.pages.document import parse_html
from tests.pages.test_blocks import URL, blocks

_LETTERS = st.text(st.sampled_from("ab å\n\t\u00a0\u00ad\u200b\u2003K\u1100"), max_size=20)
_MARKS = st.text(st.sampled_from("ae \n\u0301\u0308\u0323\u00ad\u1100\u1161\u11a8"), max_size=20)


def _placed(raw: str, cuts: list[int]) -> list[LinkPlace]:
    """Links from each cut of a text to the next but one: side by side, empty ones among them."""
    places = sorted(cut % (len(raw) + 1) for cut in cuts)
    return [
        (start, end, f"/{n}/")
        for n, (start, end) in enumerate(zip(places[::2], places[1::2], strict=False))
    ]


@settings(max_examples=300, deadline=None)
@given(_LETTERS, st.lists(st.integers(0, 20), max_size=8))
def test_places_are_those_of_the_texts_before_and_inside(raw: str, cuts: list[int]) -> None:
    text, places = normalise(raw), _placed(raw, cuts)
    for (start, end, _), link in zip(places, links_in(raw, text, places, URL), strict=True):
        # The text before the link, normalised with a mark so that its closing space counts.
        before = len(normalise(raw[:start] + "\x01")) - 1
        label = normalise(raw[start:end])
        assert link.text == label
        assert link.char_start == (text.index(label, before) if label else min(before, len(text)))


@settings(max_examples=300, deadline=None)
@given(_MARKS, st.lists(st.integers(0, 20), max_size=8))
def test_letters_composed_across_an_edge_move_no_other_link(raw: str, cuts: list[int]) -> None:
    text, reached = normalise(raw), 0
    for link in links_in(raw, text, _placed(raw, cuts), URL):
        assert text[link.char_start : link.char_end] == link.text
        assert reached <= link.char_end <= len(text)
        reached = link.char_start


@pytest.mark.parametrize(
    ("html", "labels"),
    [
        pytest.param("<p>e<a href='/1/'>\u0301t</a> <a href='/2/'>två</a></p>", ["t", "två"], id="mark-first"),
        pytest.param("<p><a href='/1/'>e</a>\u0301t <a href='/2/'>två</a></p>", ["é", "två"], id="mark-behind"),
        pytest.param("<p><a href='/1/'>ett <b><a href='/2/'>två</a></b> tre</a></p>", ["ett", "två"], id="link-in-link"),
        pytest.param("<p><a href='/1/'>ett <i><a name='x'>två</a></i> tre</a></p>", ["ett två tre"], id="anchor-in-link"),
    ],
)  # fmt: skip
def test_links_of_odd_markup(html: str, labels: list[str]) -> None:
    (block,) = blocks(html)
    shown = [k.text for k in block.links]
    if "name=" in html and len(parse_html(html).findall(".//a//a")) == 0:
        labels = ["ett"]  # a parser that ends a link where any other begins
    assert shown == labels
    assert all(block.text[k.char_start : k.char_end] == k.text for k in block.links)


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("ord <a href='/x/'>länk</a>", id="links-of-one-paragraph"),
        pytest.param("e<a href='/x/'>\u0301x</a>", id="letters-across-an-edge"),
        pytest.param("<a href='/x/'>x</a><a name='x'>y</a>", id="anchors-among-links"),
        pytest.param("<i>x</i><p>y</p>z", id="runs-of-one-owner"),
    ],
)
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(count: int) -> float:
        html = piece * count
        start = time.process_time()
        blocks(f"<div>{'<i></i>' * count}{html}</div>")
        return time.process_time() - start

    few = min(seconds(1_000) for _ in range(3))
    assert min(seconds(8_000) for _ in range(2)) < 8 * 3 * max(few, 0.01)
