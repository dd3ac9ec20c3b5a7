"""Titles of films: what players, links and page data say, and what says nothing."""

from __future__ import annotations

import pytest

from harvester.parsers.videos.titles import clean_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("Tillit i vardagen", "Tillit i vardagen", id="plain"),
        pytest.param("  Tillit \n i  vardagen ", "Tillit i vardagen", id="white-space"),
        pytest.param("Spela: Tillit i vardagen", "Tillit i vardagen", id="swedish-label"),
        pytest.param("Play video \"Tillit\"", "Tillit", id="quoted-after-a-label"),
        pytest.param("Spelet om makten", "Spelet om makten", id="word-that-begins-like-a-label"),
        pytest.param("Tillit i vardagen - YouTube", "Tillit i vardagen", id="providers-own-suffix"),
        pytest.param("Spela upp videon: Tillit", "Tillit", id="longest-label-first"),
        pytest.param("YouTube video player", None, id="youtube-default"),
        pytest.param("Videospelare", None, id="swedish-default"),
        pytest.param("https://youtu.be/Titl3sAre-0", None, id="address"),
        pytest.param("x" * 400, None, id="over-long"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="none"),
    ],
)  # fmt: skip
def test_clean_title(text: str | None, title: str | None) -> None:
    assert clean_title(text) == title
