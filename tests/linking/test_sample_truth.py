"""The sample's true page rows, linked, are its true films and appearances.

The truth was written from the rendered pages (tests/truth/sample/README.md), so this holds the
rules of linking to a reader's judgement, whatever the parsers do.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from harvester.addresses import short_hash
from harvester.linking import LinkContext, link
from harvester.pages.content import Source
from harvester.pages.harvested import FilmFact, PageHarvest, PersonFact
from harvester.parsers.people import sort_name
from harvester.records import Clip, Contribution, FilmKind, Page, PageKind, PageState, TookPartAs
from tests.linking.pages import KEY, pid

TRUTH = Path(__file__).parent.parent / "truth" / "sample"
JUDGED = ("role", "organisation", "took_part_as", "topic")


def truth(table: str) -> list[dict[str, Any]]:
    lines = (TRUTH / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def by_page(table: str) -> dict[str, list[dict[str, Any]]]:
    grouped = defaultdict(list)
    for row in truth(table):
        grouped[row["page_url"]].append(row)
    return grouped


def harvests() -> list[PageHarvest]:
    clips, contributions = by_page("clips"), by_page("contributions")
    films = truth("films")
    return [
        _harvest(page, clips[page["url"]], contributions[page["url"]], films)
        for page in truth("pages")
    ]


def _harvest(
    page: dict[str, Any],
    clips: list[dict[str, Any]],
    contributions: list[dict[str, Any]],
    films: list[dict[str, Any]],
) -> PageHarvest:
    page_id = short_hash(page["url"])
    published = date.fromisoformat(page["published"]) if page["published"] else None
    row = Page(
        page_id, page["url"], page["site"], "block", "post", PageKind(page["kind"]), page["title"],
        published, None, page["edition"], None, (), "sv", "", 0, PageState.LIVE,
    )  # fmt: skip
    clip_ids = {c["position"]: f"{page_id}.{c['position']}" for c in clips}
    clip_rows = [
        Clip(
            clip_ids[c["position"]], page_id, c["film"], c["position"], c["heading"], None,
            tuple(map(pid, c["people"])), c["start"],
        )
        for c in clips
    ]  # fmt: skip
    contribution_rows = [
        Contribution(
            f"{page_id}.k{n}", pid(c["person"]), page_id, clip_ids.get(c["clip"]), c["person"],
            c["role"], None, c["role_raw"], c["organisation"], TookPartAs(c["took_part_as"]),
        )
        for n, c in enumerate(contributions, 1)
    ]  # fmt: skip
    names = dict.fromkeys(
        [c["person"] for c in contributions] + [n for c in clips for n in c["people"]]
    )
    return PageHarvest(
        page_id, page["url"], page["site"], Source.OWN, page["edition"], "post", "sha256:0",
        (row, *clip_rows, *contribution_rows),
        tuple(
            FilmFact(
                _film_id(f), f["provider"], f["video_id"], FilmKind(f["kind"]), f["url"], f["title"],
                "/html", "sha256:0", "film.iframe",
            )
            for f in films
            if page["url"] in f["page_urls"]
        ),
        tuple(PersonFact(pid(n), n, sort_name(n)) for n in names),
        (),
    )  # fmt: skip


def _film_id(film: dict[str, Any]) -> str:
    shown = film["url"] if film["provider"] == "file" else film["video_id"]
    return f"{film['provider']}:{shown}"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    context = LinkContext(tmp_path_factory.mktemp("scratch"), KEY)
    with link(harvests(), context) as linked:
        return {table: list(rows) for table, rows in linked.tables().items()}


def test_films(tables: dict[str, list[Any]]) -> None:
    found = {f.film_id: (f.title, f.edition, len(f.page_ids)) for f in tables["films"]}
    expected = {
        _film_id(f): (f["title"], f["edition"], len(f["page_urls"])) for f in truth("films")
    }
    assert found == expected


def test_appearances(tables: dict[str, list[Any]]) -> None:
    film_of = {f["url"]: _film_id(f) for f in truth("films")}
    found = {}
    for row in tables["appearances"]:
        key = (row.edition, row.person, row.film_url and film_of[row.film_url], row.page_url)
        assert key not in found
        found[key] = row
    expected = {
        (a["edition"], a["person"], a["film"], a["page_url"]): a for a in truth("appearances")
    }
    required = {key for key, a in expected.items() if not a.get("optional")}
    assert required - found.keys() == set()
    extra = found.keys() - expected.keys()
    wrong = {
        (key, field): (getattr(found[key], field), expected[key][field])
        for key in required
        for field in JUDGED
        if field not in expected[key].get("open", ())
        and getattr(found[key], field) != expected[key][field]
    }
    assert (wrong, extra) == ({}, set())
