"""A harvest in the store of extracts is the harvest that was read, whichever library wrote it."""

from __future__ import annotations

import json
import zlib

import pytest

from harvester.extraction import codec, quick_json
from harvester.pages.harvested import Harvest
from tests.pages.harvesting import harvested, html_capture

PAGE = """<body class="single-post postid-7"><article id="post-7" class="post hentry"><h1>Ada Ekström – film</h1>
<time class="published" datetime="2024-10-06T00:30:00+02:00">6 oktober</time>
<div class="entry-content"><p>Ada Ekström, socialchef i Björkhamn, talar den 6 oktober 2024 kl. 10.15. {extra}</p>
<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe><p><a href="/bilder.pdf">Bilder</a></p></div></article></body>"""
HALF = "\ud83d"  # half of a character: no UTF-8 spells it


@pytest.fixture
def harvest() -> Harvest:
    return harvested(html_capture(PAGE.format(extra="Åhörarna – hundra.")))


def with_half_a_character(harvest: Harvest) -> Harvest:
    """As a site's JSON can give it: an escape that stands for half a character."""
    text = json.dumps(json.loads(zlib.decompress(codec.encode(harvest))))
    return codec.decode(zlib.compress(text.replace("hundra", "\\ud83d").encode()))


def test_decoded_as_encoded(harvest: Harvest) -> None:
    assert len(harvest.pages[0].records) > 10
    assert codec.decode(codec.encode(harvest)) == harvest


def test_half_a_character_passes(harvest: Harvest) -> None:
    damaged = with_half_a_character(harvest)
    assert HALF in repr(damaged) or "\\ud83d" in repr(damaged)
    assert codec.decode(codec.encode(damaged)) == damaged


def test_without_orjson_as_with_it(harvest: Harvest, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("orjson", reason="no build of orjson for this processor")
    damaged = with_half_a_character(harvest)
    quick = [codec.encode(h) for h in (harvest, damaged)]
    monkeypatch.setattr(quick_json, "_orjson", None)
    plain = [codec.encode(h) for h in (harvest, damaged)]
    assert quick == plain
    assert [codec.decode(data) for data in quick] == [harvest, damaged]
