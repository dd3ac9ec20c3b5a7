"""Bad input: no exception, no film, bounded time."""

from __future__ import annotations

import base64
import html
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.parsers.videos import find_videos

URL = "https://www.example.se/dokumentation/"
FILM = '<iframe src="https://www.youtube.com/embed/H0stileFi-0"></iframe>'

#: Seconds; a machine under load needs a fraction of it for the slowest case here.
BOUND = 5.0


def nested(levels: int) -> str:
    markup = FILM
    for _ in range(levels):
        markup = f'<iframe srcdoc="{html.escape(markup, quote=True)}"></iframe>'
    return markup


def encoded(levels: int) -> str:
    value = FILM
    for _ in range(levels):
        value = base64.b64encode(value.encode()).decode()
    return f'<div data-content="{value}"></div>'


MEGABYTES = 5_000_000


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(f'<div data-x="{"a" * MEGABYTES}"></div>', id="attribute-of-letters"),
        pytest.param(f'<div data-x="{"/" * MEGABYTES}"></div>', id="attribute-of-slashes"),
        pytest.param(
            f'<div data-x="{"%3C" * (MEGABYTES // 3)}"></div>', id="attribute-of-percents"
        ),
        pytest.param(f'<div data-x="{"{" * 300_000}"></div>', id="attribute-of-braces"),
        pytest.param(f'<div data-x="{"[" * 300_000}"></div>', id="attribute-of-brackets"),
        pytest.param(
            f'<iframe src="https://youtu.be/{"a" * MEGABYTES}"></iframe>',
            id="address-of-five-megabytes",
        ),
        pytest.param(f"<p>{'[a ' * 500_000}</p>", id="text-of-opened-shortcodes"),
        pytest.param(f"<p>{'[video src=' * 200_000}</p>", id="text-of-broken-shortcodes"),
        pytest.param(f"<p>[video {'a=b ' * 400_000}]</p>", id="shortcode-with-endless-attributes"),
        pytest.param(f"<p>{'https://' * 500_000}</p>", id="text-of-schemes"),
        pytest.param(f"<p>{'a.' * 1_000_000}/</p>", id="text-of-dots"),
        pytest.param(f"<p>{'www.youtube.com/ ' * 100_000}</p>", id="text-of-hosts"),
        pytest.param("<div>" * 50_000, id="deep-nesting"),
        pytest.param("<p>" * 100_000, id="many-elements"),
        pytest.param("<script>" + "YT.Player('" * 100_000, id="script-of-quotes"),
        pytest.param("<script>YT.Player " + "'a:" * 130_000 + "</script>", id="script-of-keys"),
        pytest.param("<script>" + "<iframe " * 50_000 + "</script>", id="script-of-frames"),
        pytest.param(
            f'<script type="application/ld+json">{"[" * 100_000}</script>', id="json-ld-of-brackets"
        ),
        pytest.param(
            f'<script type="application/json">{json.dumps(["x/y"] * 100_000)}</script>',
            id="long-json",
        ),
        pytest.param(nested(6), id="srcdoc-six-deep"),
        pytest.param(encoded(6), id="base64-six-deep"),
        pytest.param('<div data-content="PGlmcmFtZSBzcmM9Imh0dHBz!!"></div>', id="broken-base64"),
        pytest.param('<div data-content="/////w=="></div>', id="base64-of-no-text"),
        pytest.param('<div data-settings=\'{"youtube_url": "https:\'></div>', id="broken-json"),
        pytest.param("", id="nothing"),
        pytest.param("   \n", id="white-space"),
        pytest.param("<!-- bara en kommentar -->", id="comment-only"),
        pytest.param("\x00\x00", id="null-characters"),
        pytest.param("\ud800 <p>\udfff</p>", id="lone-surrogates"),
        pytest.param('<?xml version="1.0" encoding="utf-16"?><p>x</p>', id="xml-declaration"),
        pytest.param("<![CDATA[https://youtu.be/", id="cut-cdata"),
        pytest.param('<iframe src="https://www.youtube.com/embed/H0sti', id="cut-in-an-attribute"),
    ],
)
def test_nothing_found_in_bounded_time(markup: str) -> None:
    before = time.perf_counter()
    assert find_videos(markup, url=URL) == []
    assert time.perf_counter() - before < BOUND


@pytest.mark.parametrize("levels", [0, 1, 2, 3])
def test_nested_frames_are_followed_three_deep(levels: int) -> None:
    assert [e.video.id for e in find_videos(nested(levels), url=URL)] == ["H0stileFi-0"]


def test_ten_thousand_films_are_cut_in_bounded_time() -> None:
    markup = "".join(f'<iframe src="https://youtu.be/{n:011d}"></iframe>' for n in range(10_000))
    before = time.perf_counter()
    assert len(find_videos(markup, url=URL)) == 2_000
    assert time.perf_counter() - before < BOUND


def test_ten_thousand_headings_and_films_in_columns() -> None:
    one = '<div class="et_pb_column"><h2>Rubrik</h2><iframe src="https://youtu.be/{:011d}"></iframe></div>'
    before = time.perf_counter()
    found = find_videos("".join(one.format(n) for n in range(3_000)), url=URL)
    assert {e.heading for e in found} == {"Rubrik"}
    assert time.perf_counter() - before < BOUND


def test_broken_characters_beside_a_film() -> None:
    found = find_videos(f"\x00<p>\ud800</p>{FILM}", url=URL)
    assert [e.video.id for e in found] == ["H0stileFi-0"]


@given(st.text(max_size=400))
@settings(max_examples=200)
def test_any_text_is_answered(markup: str) -> None:
    find_videos(markup, url=URL)


@given(
    st.lists(
        st.sampled_from(
            ["<div class='et_pb_column'>", "</div>", "<h2>", "</h2>", "<p>", FILM, "[embed]", "[/embed]", "<pre>", "<a href='//",
             "https://youtu.be/H0stileFi-0", "'>", "<!--", "-->", '<script type="application/json">', "{", "}", '"', "</script>",
             "<video>", "<source src='a.mp4'>", "&lt;iframe", "%3C", "<noscript>", "<template>", "<iframe srcdoc='", "[et_pb_video src=”"]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
@settings(max_examples=300)
def test_any_heap_of_markup_is_answered(markup: str) -> None:
    for embed in find_videos(markup, url=URL):
        assert embed.video.id
