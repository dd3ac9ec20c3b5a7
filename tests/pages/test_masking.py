"""Stored pages as tests: other words and names, the same reading."""

from __future__ import annotations

import json

import pytest

from harvester.harvest import HarvestContext, harvest
from harvester.pages.masking import Mask, masked_entry, masked_page
from harvester.pages.summary import readable
from tests.pages.harvesting import KEY, html_capture, json_capture, profile
from tests.pages.recorded_pages import Recorded, recorded_pages

SITE = profile().sites[0]
EVENT = ("Exempeldagarna", "EXD")


def masked(page: Recorded) -> tuple[dict, str]:
    body = page.capture.body.decode()
    site = page.profile.sites[0]
    if page.capture.media_type == "application/json":
        data = json.loads(body)
        items = data if isinstance(data, list) else [data]
        entries = [masked_entry(item, site, EVENT) for item in items]
        text = json.dumps(entries, ensure_ascii=False)
        capture = json_capture(entries)
    else:
        text = masked_page(body, site, EVENT)
        capture = html_capture(text, Mask(site, body, EVENT).address(page.capture.url))
    result = harvest(capture, HarvestContext(page.profile, KEY))
    assert result.pages, result.problems
    return readable(result.pages[0], result), text


@pytest.mark.parametrize("page", recorded_pages(), ids=lambda p: p.name)
def test_a_masked_page_is_read_as_the_page_was(page: Recorded) -> None:
    found, text = masked(page)
    before = page.expected
    for field in ("layout", "theme", "kind", "published", "modified", "edition"):
        assert found[field] == before[field]
    assert [c["film"] is None for c in found["clips"]] == [
        c["film"] is None for c in before["clips"]
    ]
    assert [(d["first"], d["last"]) for d in found["dates"]] == [
        (d["first"], d["last"]) for d in before["dates"]
    ]
    assert len(found["text"]) == len(before["text"])
    assert [len(t) for t in found["text"]] == [len(t) for t in before["text"]]
    assert len(found["items"]) == len(before["items"])
    for person in before["people"]:
        *_, surname = person["name"].split()
        assert person["name"] not in text and surname not in text


@pytest.mark.parametrize("page", recorded_pages(), ids=lambda p: p.name)
def test_the_same_page_is_masked_the_same_way(page: Recorded) -> None:
    assert masked(page) == masked(page)


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        pytest.param("den 28 september 2023", True, id="date"),
        pytest.param("kl. 10.15–11.00", True, id="clock"),
        pytest.param("Exempeldagarna 2023", True, id="edition"),
        pytest.param("socialchef", True, id="role"),
        pytest.param("Ellen Tallrot", False, id="name"),
        pytest.param("gryningsljus", False, id="word"),
        pytest.param("070-1234567", False, id="telephone"),
    ],
)
def test_what_stays(text: str, stays: bool) -> None:
    result = Mask(SITE, text, EVENT).text(text)
    assert (result == text) is stays
    assert len(result) == len(text)


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        pytest.param("Gryningsljus", "Xx", id="capitalised"),
        pytest.param("GRYNINGSLJUS", "XX", id="capitals"),
        pytest.param("gryningsljus", "xx", id="small"),
    ],
)
def test_shape(word: str, shape: str) -> None:
    result = Mask(SITE, word).text(word)
    assert len(result) == len(word)
    assert ("X" if result[0].isupper() else "x") + ("X" if result[1].isupper() else "x") == shape


def test_one_name_for_one_name() -> None:
    text = "Ellen Tallrot, jurist, kom. Sedan talade Tallrot. Ellens tal var långt."
    first, later, genitive = (
        Mask(SITE, text).text(text).replace(",", "").replace(".", "").split(" ")[n]
        for n in (1, 6, 7)
    )
    assert first == later and first != "Tallrot"
    assert genitive.endswith("s") and genitive != "Ellens"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        pytest.param("https://www.youtube.com/embed/aaaaaaaaaaa", "https://www.youtube.com/embed/", id="youtube"),
        pytest.param("https://player.vimeo.com/video/410025251", "https://player.vimeo.com/video/4", id="vimeo"),
        pytest.param("https://exempel.example/wp-content/uploads/2023/10/tallrot.pdf", "https://exempel.example/wp-content/uploads/2023/10/", id="own-file"),
        pytest.param("https://www.hemligtforetag.se/om", "https://", id="other-host"),
        pytest.param("mailto:ellen.tallrot@norrvik.se", "mailto:info@exempel.example", id="mail"),
        pytest.param("javascript:alert(1)", "#", id="script"),
    ],
)  # fmt: skip
def test_addresses(url: str, kept: str) -> None:
    result = Mask(SITE, "Ellen Tallrot").address(url)
    assert result.startswith(kept)
    assert result != url and "tallrot" not in result and "hemlig" not in result


def test_scripts_comments_and_inline_styles_go() -> None:
    html = (
        "<body><script>var a='Ellen Tallrot'</script><!-- Ellen Tallrot --><style>p{}</style>"
        "<p style='x' onclick='y' title='Ellen Tallrot'>Ellen Tallrot</p>svans</body>"
    )
    result = masked_page(html, SITE, EVENT)
    assert "Tallrot" not in result and "<script" not in result and "style" not in result
    assert "onclick" not in result and "<p title=" in result
