"""Real pages with hand-made truth, where they are at hand beside the project; skipped elsewhere."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from harvester.archive.capture import Capture, make_capture
from harvester.harvest import harvest
from harvester.sites import Profile, read_profile
from tests.pages.harvesting import WHEN, context, rows

SHARED = Path(__file__).parents[3] / "shared"
PAGES = SHARED / "real-wordpress"
BASE = "http://127.0.0.1:8731/"

pytestmark = pytest.mark.skipif(
    not PAGES.is_dir(), reason="the real pages (../shared/real-wordpress) are not here"
)

FORMS = {
    "classic": ("dokumentation-filmklipp-2016.html", "/dokumentation/filmklipp-2016/"),
    "divi": ("divi-like/dokumentation-filmklipp-2016.html", "/dokumentation/filmklipp-2016/"),
    "rest": ("rest-page-filmklipp-2016.json", "/wp-json/wp/v2/pages?slug=filmklipp-2016"),
}


def real_profile() -> Profile:
    site = {"name": "real", "base": BASE, "allow_private": True}
    return read_profile({"site": [site]}, name="real")


def stored(name: str, path: str) -> Capture:
    media = "application/json" if name.endswith("json") else "text/html; charset=UTF-8"
    body = (PAGES / name).read_bytes()
    return make_capture(BASE.rstrip("/") + path, WHEN, 200, [("Content-Type", media)], body)


@cache
def gold(name: str) -> Any:
    return json.loads((SHARED / "gold" / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=list(FORMS))
def film_page(request: pytest.FixtureRequest) -> dict[str, list[dict[str, Any]]]:
    result = harvest(stored(*FORMS[request.param]), context(real_profile()))
    assert len(result.pages) == 1, result.problems
    return rows(result.pages[0])


def test_twelve_clips_eleven_with_a_film(film_page: dict[str, list[dict[str, Any]]]) -> None:
    clips = film_page["clips"]
    assert len(clips) == 12
    assert sum(c["film_id"] is not None for c in clips) == 11
    assert all(c["heading"] for c in clips)


def test_each_clip_has_the_person_its_heading_names(
    film_page: dict[str, list[dict[str, Any]]],
) -> None:
    people = {p["canonical"] for p in gold("filmklipp-2016.json")["people"]}
    for clip in film_page["clips"]:
        named = [n for n in people if n.casefold() in clip["heading"].casefold()]
        if named:
            assert set(named) <= set(clip["people"]), clip["heading"]


def test_people_and_roles_as_in_the_truth(film_page: dict[str, list[dict[str, Any]]]) -> None:
    truth: dict[str, set[str]] = {}
    for person in gold("filmklipp-2016.json")["people"]:
        truth.setdefault(person["canonical"], set()).update(filter(None, [person["role"]]))
    found: dict[str, set[str]] = {}
    for row in film_page["contributions"]:
        found.setdefault(row["person"], set()).update(filter(None, [row["role"]]))
    assert len(truth.keys() & found.keys()) >= 0.9 * len(truth)
    assert len(found.keys() - truth.keys()) <= 0.1 * len(truth)
    same = [name for name in truth.keys() & found.keys() if truth[name] == found[name]]
    assert len(same) >= 0.8 * len(truth.keys() & found.keys())


@pytest.mark.parametrize(
    ("name", "path", "layout"),
    [
        pytest.param("dokumentation.html", "/dokumentation/", "documentation_index", id="index"),
        pytest.param("category-socialchefsdagarna.html", "/category/socialchefsdagarna/", "listing", id="archive"),
        pytest.param("divi-like/category-socialchefsdagarna.html", "/category/socialchefsdagarna/", "listing", id="archive-of-full-posts"),
        pytest.param("news-det-ar-tillsammans.html", "/news/det-ar-tillsammans-som-galler/", "chair_column", id="column"),
        pytest.param("divi-like/news-det-ar-tillsammans.html", "/news/det-ar-tillsammans-som-galler/", "chair_column", id="column-in-divi"),
    ],
)  # fmt: skip
def test_layouts(name: str, path: str, layout: str) -> None:
    result = harvest(stored(name, path), context(real_profile()))
    assert not result.problems
    assert result.pages[0].layout == layout


def test_posts_of_an_archive_are_the_posts_of_rest() -> None:
    archive = harvest(
        stored("divi-like/category-socialchefsdagarna.html", "/category/socialchefsdagarna/"),
        context(real_profile()),
    )
    rest = harvest(
        stored("rest-posts.json", "/wp-json/wp/v2/posts?per_page=10"), context(real_profile())
    )
    said = {p.url: rows(p)["pages"][0] for p in rest.pages}
    shown = {p.url: rows(p)["pages"][0] for p in archive.pages[1:]}
    shared = shown.keys() & said.keys()
    assert len(shared) >= 5
    for url, row in ((u, shown[u]) for u in shared):
        assert (row["title"], row["published"]) == (said[url]["title"], said[url]["published"])


def test_dates_as_in_the_truth() -> None:
    """Every day of the archive's texts stands on one of its posts."""
    rest = harvest(
        stored("rest-posts.json", "/wp-json/wp/v2/posts?per_page=10"), context(real_profile())
    )
    found = {
        (d["raw"].casefold(), str(d["first"]), str(d["last"]))
        for p in rest.pages
        for d in rows(p)["dates"]
    }
    truth = {
        (d["raw"].casefold(), d["first"], d["last"]) for d in gold("news-archive.json")["dates"]
    }
    assert truth <= found
