"""Stored pages with places marked: the right letters, and nothing that runs."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from harvester.archive.capture import Capture, make_capture
from harvester.datasets.marked_page import marked_page
from harvester.datasets.marking import Marked

WHEN = datetime(2026, 11, 20, tzinfo=UTC)


def stored(body: str, kind: str = "text/html; charset=utf-8") -> Capture:
    return make_capture("http://sida.example/", WHEN, 200, [("Content-Type", kind)], body.encode())


def shown(body: str, *places: Marked, kind: str = "text/html; charset=utf-8") -> str:
    page = marked_page(stored(body, kind), places, [("Page", "http://sida.example/")])
    return page.partition("<body>")[2]


@pytest.mark.parametrize(
    ("body", "place", "marked"),
    [
        pytest.param(
            "<p>Åsa Lind, socialchef</p>", Marked("/html/body/p", "socialchef", "Åsa Lind, "),
            "<p>Åsa Lind, <mark>socialchef</mark></p>", id="letters-of-a-paragraph",
        ),
        pytest.param(
            "<p>Lind och Lind</p>", Marked("/html/body/p", "Lind", "Lind och "),
            "<p>Lind och <mark>Lind</mark></p>", id="the-same-occurrence",
        ),
        pytest.param(
            "<p>Åsa\n   <b>Li</b>nd talar</p>", Marked("/html/body/p", "Åsa Lind", ""),
            "<mark>Åsa\n   </mark><b><mark>Li</mark></b><mark>nd</mark> talar", id="across-elements",
        ),
        pytest.param(
            "<p>A\u030asa Li\xadnd</p>", Marked("/html/body/p", "Åsa Lind", ""),
            "<mark>A\u030asa Li\xadnd</mark>", id="parted-accents-and-soft-hyphens",
        ),
        pytest.param(
            "<p>Åsa Lind<br>Orsa</p>", Marked("/html/body/p", "Lind\nOrsa", "Åsa "),
            "Åsa <mark>Lind</mark><br><mark>Orsa</mark>", id="across-a-line-break",
        ),
        pytest.param(
            "<div>Före<p>i</p>Åsa Lind<p>Åsa</p></div>",
            Marked("/html/body/div/p[1]/following-sibling::text()[1]", "Åsa", ""),
            "</p><mark>Åsa</mark> Lind", id="text-beside-elements",
        ),
        pytest.param(
            '<p><iframe src="https://www.youtube.com/embed/x"></iframe></p>',
            Marked("/html/body/p/iframe", "", ""),
            '<mark><span class="thing">iframe: https://www.youtube.com/embed/x</span></mark>', id="a-player",
        ),
        pytest.param(
            '<head><meta name="d" content="3 maj 2024"></head><body></body>',
            Marked("/html/head/meta/@content", "3 maj", ""),
            "<dd><mark>3 maj</mark> 2024</dd>", id="an-attribute-is-quoted",
        ),
        pytest.param(
            "<p>text</p>", Marked("/html/body/h1", "borta", ""), "<dd>borta</dd>", id="a-lost-place-is-quoted",
        ),
        pytest.param(
            "<p>text</p>", Marked("/html[", "borta", ""), "<dd>borta</dd>", id="a-broken-locator-is-quoted",
        ),
    ],
)  # fmt: skip
def test_places_are_marked(body: str, place: Marked, marked: str) -> None:
    assert marked in shown(body, place)


@pytest.mark.parametrize(
    ("place", "marked"),
    [
        pytest.param(
            Marked("/0/title/rendered", "2019", "Filmklipp "), "<pre>Filmklipp <mark>2019</mark></pre>", id="text",
        ),
        pytest.param(
            Marked("/0/content/rendered#/html/body/p", "Lind", "Åsa "), "<p>Åsa <mark>Lind</mark></p>", id="html",
        ),
        pytest.param(
            Marked("/0/content/rendered#/html/body/h1", "Lind", ""), "<dt><code>/0/content/rendered#/html/body/h1",
            id="lost-in-html",
        ),
        pytest.param(Marked("/0/_embedded/wp:term", "Film", ""), "<dd>Film</dd>", id="no-text"),
    ],
)  # fmt: skip
def test_places_in_rest_answers(place: Marked, marked: str) -> None:
    answer = [{"title": {"rendered": "Filmklipp 2019"}, "content": {"rendered": "<p>Åsa Lind</p>"}}]
    assert marked in shown(json.dumps(answer), place, kind="application/json")


HOSTILE = (
    "<script>alert(1)</script><p onclick='alert(1)' style='background:url(//ond.example)'>Åsa</p>"
    "<a href='javascript:alert(1)'>länk</a><img src=x onerror=alert(1)><base href='//ond.example'>"
    "<form action='//ond.example'><input></form><svg onload=alert(1)><p>i svg</p></svg>"
    "<meta http-equiv=refresh content='0;url=//ond.example'><p>&lt;script&gt;alert(2)&lt;/script&gt;</p>"
    "<!-- <script>alert(3)</script> --><style>@import '//ond.example'</style><p>slut</p>"
)


def test_nothing_runs_loads_or_leads_away() -> None:
    page = marked_page(stored(HOSTILE), [Marked("/html/body/p[1]", "Åsa", "")], [("<b>", "<i>")])
    assert "<mark>Åsa</mark>" in page and "slut" in page
    body = page.partition("<body>")[2]
    for tag in ("script", "img", "base", "form", "input", "svg", "meta", "style", "a", "b", "i"):
        assert not re.search(rf"<{tag}[\s>]", body), tag
    assert not re.search(r"<[^>]*\s(?:on\w+|style|href|src)=", body)
    assert "default-src 'none'" in page and "noindex" in page


def test_deep_pages_are_shown() -> None:
    body = "<div>" * 200 + "<p>Åsa</p>"
    assert "Åsa" in shown(body, Marked("/html/body", "", ""))
