"""A WordPress nobody described, given as a base address alone: everything public is found, nothing else."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.runs.running import Runs
from tests.unseen.content import HIDDEN_FILM, HIDDEN_PERSON, Entry
from tests.unseen.frames import FRAME_FILM, FRAME_PERSON, SPAM_FILM
from tests.unseen.site import UnseenSite

#: The most a first crawl may cost.
REQUESTS_A_PAGE = 1.5


@dataclass(frozen=True, slots=True)
class Harvested:
    """The site, and the rows of the release, those of a page by its path."""

    site: UnseenSite
    requests: int
    pages: dict[str, dict[str, Any]]
    films: dict[str, set[str]]
    people: dict[str, set[str]]
    documents: dict[str, set[str]]
    problems: list[dict[str, Any]]


VARIANTS = {"rest-open": True, "rest-closed-with-a-sitemap": False}


@pytest.fixture(scope="module")
def all_harvested(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Harvested]:
    """Both variants, harvested side by side."""
    folder = tmp_path_factory.mktemp("unseen")
    with ThreadPoolExecutor(len(VARIANTS)) as pool:
        found = pool.map(lambda v: _run(folder / v, rest=VARIANTS[v]), VARIANTS)
        return dict(zip(VARIANTS, found, strict=True))


@pytest.fixture(params=VARIANTS)
def harvested(request: pytest.FixtureRequest, all_harvested: dict[str, Harvested]) -> Harvested:
    return all_harvested[request.param]


def _run(folder: Path, *, rest: bool) -> Harvested:
    folder.mkdir()
    with UnseenSite(rest=rest) as site:
        profile = folder / "bed.toml"
        profile.write_text(
            f'[[site]]\nname = "bed"\nbase = "{site.base}"\nallow_private = true\ndelay = 0\nconcurrency = 8\n'
        )
        runs = Runs(profile, folder / "output")
        runs.run()
        return _harvested(site, runs)


def _harvested(site: UnseenSite, runs: Runs) -> Harvested:
    def path(url: str) -> str:
        return url.removeprefix(site.origin)

    pages = {path(p["url"]): p for p in runs.rows("pages")}
    paths = {p["page_id"]: at for at, p in pages.items()}
    names = {p["person_id"]: p["name"] for p in runs.rows("people")}
    known = {
        f["film_id"]: path(f["url"]) if f["provider"] == "file" else f["film_id"]
        for f in runs.rows("films")
    }
    films, people, documents = (defaultdict[str, set[str]](set) for _ in range(3))
    for clip in runs.rows("clips"):
        if clip["film_id"]:
            films[paths[clip["page_id"]]].add(known[clip["film_id"]])
    for contribution in runs.rows("contributions"):
        people[paths[contribution["page_id"]]].add(names[contribution["person_id"]])
    for document in runs.rows("documents"):
        documents[paths[document["page_id"]]].add(path(document["url"]))
    return Harvested(site, len(site.paths), pages, films, people, documents, runs.rows("problems"))


def test_every_public_page_is_there_with_its_title(harvested: Harvested) -> None:
    titles = {path: page["title"] for path, page in harvested.pages.items()}
    public = harvested.site.public
    assert {e.path: titles.get(e.path) for e in public} == {e.path: e.title for e in public}


def test_every_post_has_its_day(harvested: Harvested) -> None:
    posts = [e for e in harvested.site.public if e.type == "post"]
    days = {e.path: harvested.pages[e.path]["published"] for e in posts}
    assert days == {e.path: e.day for e in posts}


@pytest.mark.parametrize("what", ["films", "people", "documents"])
def test_every_page_has_its_own_and_no_others(harvested: Harvested, what: str) -> None:
    found: dict[str, set[str]] = getattr(harvested, what)
    assert {path: rows for path, rows in found.items() if rows} == _true(
        harvested.site.public, what
    )


def test_nothing_that_is_not_public_or_not_content(harvested: Harvested) -> None:
    never = (
        HIDDEN_FILM,
        HIDDEN_PERSON,
        FRAME_FILM,
        SPAM_FILM,
        FRAME_PERSON,
        "Ännu inte: draft",
        "Ännu inte: private",
    )
    tables = (harvested.films, harvested.people, harvested.pages)
    assert [word for word in never if any(word in str(table) for table in tables)] == []
    hidden = [e.path for e in harvested.site.entries if e.state in ("draft", "future", "private")]
    assert [p for p in hidden if p in harvested.pages or p in harvested.site.paths] == []
    protected = [p for path, p in harvested.pages.items() if path.endswith("/protected/")]
    assert all(p["state"] == "protected" and not p["text"] for p in protected)


def test_one_page_is_one_page(harvested: Harvested) -> None:
    paths = {e.path for e in harvested.site.public}
    others = [p for p in harvested.pages if p not in paths and "/bild-" not in p]
    assert set(others) <= {"/", "/2023/05/protected/"}


def test_a_first_crawl_is_cheap(harvested: Harvested) -> None:
    assert harvested.requests <= REQUESTS_A_PAGE * len(harvested.site.public)


def test_no_page_is_given_up(harvested: Harvested) -> None:
    assert {p["code"] for p in harvested.problems} <= {"unlisted_links", "dead_link"}


def _true(entries: tuple[Entry, ...], what: str) -> dict[str, set[str]]:
    return {e.path: set(getattr(e, what)) for e in entries if getattr(e, what)}
