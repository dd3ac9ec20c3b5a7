from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from harvester.addresses import short_hash
from harvester.archive.capture import Capture, make_capture
from harvester.pages.bodies import BodyRedaction
from harvester.pages.rows.ids import person_id
from harvester.privacy import NameFinder, name_forms
from harvester.sites import read_profile

KEY = b"a key of the tests"
NAME = "Åsa Broman"
REDACTION = BodyRedaction(
    frozenset({person_id(NAME, KEY)}),
    NameFinder(name_forms(NAME, KEY), KEY),
    KEY,
    read_profile({"site": [{"name": "exempel", "base": "https://exempel.se/"}]}, name="exempel"),
    naming=frozenset({"https://exempel.se/broman/"}),
)
#: The id of the page at `/asa-broman/` is all that is left of its address.
GONE = "https://exempel.se/%E2%96%88" + short_hash("/asa-broman/") + "/"


def capture(body: bytes, media: str = "text/html; charset=utf-8", url: str = "") -> Capture:
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    return make_capture(
        url or "https://exempel.se/a/", moment, 200, [("Content-Type", media)], body
    )


@pytest.mark.parametrize(
    ("html", "left"),
    [
        pytest.param("<p>Åsa Broman</p>", "<p>███ ██████</p>", id="text"),
        pytest.param("<p>&Aring;sa&nbsp;Broman</p>", "<p>███&nbsp;██████</p>", id="entities"),
        pytest.param("<p>&#197;sa Broman</p>", "<p>███ ██████</p>", id="numeric-entity"),
        pytest.param("<b>Åsa</b> <i>Broman</i>", "<b>███</b> <i>██████</i>", id="over-tags"),
        pytest.param(
            '<a href="/%C3%85sa-Broman/">hit</a>', '<a href="/███-██████/">hit</a>', id="percent"
        ),
        pytest.param(
            '<img alt="ÅSA BROMAN" src="asa-broman.jpg">',
            '<img alt="███ ██████" src="███-██████.jpg">',
            id="attributes",
        ),
        pytest.param(
            '<p>Åsa Broman. Broman log.</p><a href="/broman-1/">a</a>',
            '<p>███ ██████. ██████ log.</p><a href="/██████-1/">a</a>',
            id="parts-of-a-name-that-stands-in-full",
        ),
        pytest.param("<p>Broman log.</p>", None, id="surname-alone"),
        pytest.param("<p>Åsa</p><p>och Per Broman</p>", None, id="another-person"),
        pytest.param("<p>Ett & flera < tal; 100 %</p>", None, id="loose-signs"),
    ],
)
def test_bodies(html: str, left: str | None) -> None:
    found = REDACTION.body(capture(html.encode())).decode()
    assert found == (html if left is None else left)


def test_an_encoding_without_the_mask_gets_an_entity() -> None:
    body = "<p>Åsa Broman är här</p>".encode("cp1252")
    found = REDACTION.body(capture(body, "text/html; charset=windows-1252"))
    assert found == b"<p>" + b"&#9608;" * 3 + b" " + b"&#9608;" * 6 + b" \xe4r h\xe4r</p>"


def test_posts_of_a_rest_answer_are_masked_one_by_one() -> None:
    posts = [
        {"link": "https://exempel.se/asa-broman/", "content": {"rendered": "<p>Broman log.</p>"}},
        {"link": "https://exempel.se/annat/", "content": {"rendered": "<p>Broman log.</p>"}},
    ]
    body = json.dumps(posts).encode()
    first, second = json.loads(REDACTION.body(capture(body, "application/json")))
    assert first == {
        "link": GONE,
        "content": {"rendered": "<p>██████ log.</p>"},
    }
    assert second == posts[1]


def test_other_bodies_stay_as_they_are() -> None:
    body = "Åsa Broman".encode()
    assert REDACTION.body(capture(body, "application/pdf")) == body
    untouched = b'{"a": "Ingen",   "b": 1}'
    assert REDACTION.body(capture(untouched, "application/json")) == untouched


def test_headers_are_masked_in_plain_letters() -> None:
    line = "Location: https://exempel.se/asa-broman/"
    assert REDACTION.header(line) == "Location: https://exempel.se/xxx-xxxxxx/"


@pytest.mark.parametrize(
    ("url", "body", "named"),
    [
        pytest.param("https://exempel.se/asa-broman/", "", True, id="name-in-the-address"),
        pytest.param("https://exempel.se/broman/", "<p>Åsa Broman</p>", True, id="surname-and-name"),
        pytest.param("https://exempel.se/broman/", "<p>Per Broman</p>", False, id="surname-alone"),
    ],
)  # fmt: skip
def test_addresses_that_name_somebody(url: str, body: str, named: bool) -> None:
    assert REDACTION.names_person(capture(body.encode(), url=url)) is named


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<" * 200_000, id="open-tags"),
        pytest.param("&" * 200_000, id="ampersands"),
        pytest.param("%C3" * 100_000, id="broken-percent-encoding"),
        pytest.param("<a " * 60_000, id="tags-that-never-end"),
    ],
)
def test_time_is_bounded(text: str) -> None:
    begun = time.perf_counter()
    REDACTION.body(capture(text.encode()))
    assert time.perf_counter() - begun < 20


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        pytest.param("https://exempel.se/asa-broman/", GONE, id="a-page"),
        pytest.param("http://exempel.se/asa-broman", GONE, id="another-spelling-of-it"),
        pytest.param("https://exempel.se/anna-broman/", "https://exempel.se/anna-broman/", id="somebody-else"),
        pytest.param(GONE, GONE, id="forgotten-already"),
        pytest.param("https://exempel.se/wp-json/wp/v2/posts?slug=asa-broman", None, id="no-page"),
        pytest.param("https://video.example/asa-broman", None, id="another-site"),
        pytest.param("https://exempel.se/broman/", REDACTION.profile.sites[0].forgotten("https://exempel.se/broman/"), id="by-what-its-page-says"),
    ],
)  # fmt: skip
def test_addresses_that_answers_are_kept_under(url: str, kept: str | None) -> None:
    assert REDACTION.address(url) == kept


def test_a_forgotten_address_keeps_its_pages_id() -> None:
    site = REDACTION.profile.sites[0]
    assert site.page_id(GONE) == site.page_id("https://exempel.se/asa-broman/")
    assert site.page_id("https://exempel.se/%E2%96%88%E2%96%88/") != site.page_id(GONE)


@pytest.mark.parametrize(
    ("html", "left"),
    [
        pytest.param('<link rel="canonical" href="https://exempel.se/asa-broman/">', f'<link rel="canonical" href="{GONE}">', id="attribute"),
        pytest.param("<a href='https://exempel.se/asa-broman/?utm_source=x&amp;fbclid=1'>hit</a>", f"<a href='{GONE}'>hit</a>", id="with-entities"),
        pytest.param('<script>{"url":"https:\\/\\/exempel.se\\/asa-broman\\/"}</script>', f'<script>{{"url":"{GONE}"}}</script>', id="escaped-slashes"),
        pytest.param("<p>https://exempel.se/asa-broman/</p>", "<p>https://exempel.se/███-██████/</p>", id="running-text-keeps-its-length"),
        pytest.param('<a href="https://annan.se/asa-broman/">', '<a href="https://annan.se/███-██████/">', id="another-site"),
        pytest.param('<a href="https://exempel.se/b/">b</a>', '<a href="https://exempel.se/b/">b</a>', id="names-nobody"),
    ],
)  # fmt: skip
def test_addresses_within_a_body(html: str, left: str) -> None:
    assert REDACTION.body(capture(html.encode())).decode() == left


def test_a_rest_answers_link_is_readdressed() -> None:
    post = {"link": "https://exempel.se/asa-broman/", "slug": "asa-broman", "id": 7}
    body = REDACTION.body(capture(json.dumps([post]).encode(), "application/json"))
    assert json.loads(body) == [{"link": GONE, "slug": "███-██████", "id": 7}]
