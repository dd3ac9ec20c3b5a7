"""Every form in which a film stands on a page, and pages that only look as if they had one."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from harvester.parsers.videos import VideoEmbed, find_videos, find_videos_in

PAGES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("embeds.toml").read_text(encoding="utf-8")
)["page"]

URL = "https://www.example.se/dokumentation/"


@pytest.mark.parametrize("page", [pytest.param(p, id=p["id"]) for p in PAGES])
def test_films_of_a_page(page: dict[str, Any]) -> None:
    found = find_videos(page["html"], url=URL)
    assert [
        _described(embed, film) for embed, film in zip(found, page["films"], strict=False)
    ] == page["films"]
    assert [f"{e.video.provider}:{e.video.id}" for e in found[len(page["films"]) :]] == []


@pytest.mark.parametrize("page", [pytest.param(p, id=p["id"]) for p in PAGES])
def test_locator_leads_to_the_element(page: dict[str, Any]) -> None:
    tree = lxml.html.document_fromstring(page["html"]).getroottree()
    for embed in find_videos(page["html"], url=URL):
        assert len(tree.xpath(embed.locator)) == 1


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(p, id=p["id"])
        for p in PAGES
        if "<html" not in p["html"] and not any(f.get("form") == "meta" for f in p["films"])
    ],
)
def test_search_in_a_node_finds_what_the_page_has(page: dict[str, Any]) -> None:
    node = lxml.html.document_fromstring(
        f"<html><body><div class='entry-content'>{page['html']}</div></body></html>"
    )
    placed = find_videos_in(node.find(".//div"), url=URL, page=node)
    films = [_described(p.embed, film) for p, film in zip(placed, page["films"], strict=False)]
    assert films == page["films"]
    assert len(placed) == len(films)
    untied = [p.embed for p in find_videos_in(node.find(".//div"), url=URL, page=node, tied=False)]
    assert untied == [replace(p.embed, heading=None, person=None) for p in placed]
    for one in placed:
        assert one.element.getroottree().xpath(one.embed.locator) == [one.element]


def test_suite_is_as_large_as_promised() -> None:
    assert sum(bool(p["films"]) for p in PAGES) >= 70
    assert sum(not p["films"] for p in PAGES) >= 15
    assert len({p["id"] for p in PAGES}) == len(PAGES)


def _described(embed: VideoEmbed, film: dict[str, Any]) -> dict[str, Any]:
    """What is known of an embed, cut to what the row states."""
    known = {
        "film": f"{embed.video.provider}:{embed.video.id}",
        "provider": embed.video.provider,
        "kind": embed.video.kind,
        "url": embed.video.url,
        "start": embed.video.start,
        "list_id": embed.video.list_id,
        "title": embed.title,
        "heading": embed.heading,
        "form": embed.form,
        "purpose": embed.purpose,
    }
    return {name: known[name] for name in film}
