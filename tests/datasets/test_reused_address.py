"""One address, another conference's page later: both stay, each with its year, its id and its evidence."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

import harvester
from harvester.archive.reader import Archive
from harvester.archive.writer import ArchiveWriter
from harvester.datasets.build import build_release
from harvester.datasets.evidence import explain
from harvester.datasets.release import Built
from harvester.sites import read_profile
from harvester.workspace import Workspace, open_workspace

URL = "https://bed.example/filmer/"
PROFILE = read_profile(
    {"site": [{"name": "bed", "base": "https://bed.example/"}], "event": "Exempeldagarna"},
    name="bed",
)
PAGE = PROFILE.sites[0].page_id(URL)
PEOPLE = {2018: "Siv Ekdal", 2019: "Bo Lundkvist"}


def body(year: int) -> bytes:
    return f"""<!DOCTYPE html><html lang="sv"><head><title>Filmer {year}</title></head><body class="page page-id-7">
<main><article class="page"><h1 class="entry-title">Filmer från Exempeldagarna {year}</h1><div class="entry-content">
<h3>{PEOPLE[year]}, socialchef i Vitby</h3><iframe src="https://www.youtube.com/embed/film{year}aaa" title="Film {year}"></iframe>
</div></article></main></body></html>""".encode()


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(PROFILE, tmp_path / "output")


def shown(workspace: Workspace, month: int, year: int) -> Built:
    """The release after the address has shown the page of that year."""
    headers = [("Content-Type", "text/html; charset=utf-8")]
    with ArchiveWriter(workspace.archive, run=f"r{month}") as writer:
        writer.store(URL, datetime(2026, month, 1, tzinfo=UTC), 200, headers, body(year))
    return build_release(workspace, workers=1).built


def pages(built: Built) -> dict[str, tuple[int, str]]:
    rows = harvester.load("pages", path=built.folder)
    years, states = rows["edition"].tolist(), rows["state"].tolist()
    return dict(zip(rows["page_id"], zip(years, states, strict=True), strict=True))


def test_the_earlier_page_stays_beside_the_later_one(workspace: Workspace) -> None:
    assert pages(shown(workspace, 3, 2018)) == {PAGE: (2018, "live")}
    built = shown(workspace, 4, 2019)
    assert pages(built) == {PAGE: (2019, "live"), f"{PAGE}~2018": (2018, "moved")}
    films = harvester.load("films", path=built.folder)
    assert dict(zip(films["film_id"], films["edition"], strict=True)) == {
        "youtube:film2018aaa": 2018,
        "youtube:film2019aaa": 2019,
    }
    people = harvester.load("appearances", path=built.folder)[["person", "edition", "page_id"]]
    assert sorted(people.itertuples(index=False, name=None)) == [
        ("Bo Lundkvist", 2019, PAGE),
        ("Siv Ekdal", 2018, f"{PAGE}~2018"),
    ]


def test_an_address_that_shows_an_older_page_again_loses_none(workspace: Workspace) -> None:
    shown(workspace, 3, 2018)
    shown(workspace, 4, 2019)
    built = shown(workspace, 5, 2018)
    assert pages(built) == {PAGE: (2018, "live"), f"{PAGE}~2019": (2019, "moved")}
    again = shown(workspace, 6, 2019)
    assert pages(again) == {PAGE: (2019, "live"), f"{PAGE}~2018": (2018, "moved")}


def test_each_value_is_explained_by_its_own_body(workspace: Workspace) -> None:
    shown(workspace, 3, 2018)
    built = shown(workspace, 4, 2019)
    rows = harvester.load("contributions", path=built.folder)
    with Archive(workspace.archive) as archive:
        digests = [ref.digest for ref in archive.refs(URL)]
        for row_id, page_id in zip(rows["contribution_id"], rows["page_id"], strict=True):
            (value,) = explain(built.folder, archive, row_id, "name_raw")
            assert value.ref is not None and value.evidence is not None and value.found is not None
            start, end = value.evidence["char_start"], value.evidence["char_end"]
            assert value.found[start:end] == value.value
            assert value.ref.digest == digests[0 if page_id.endswith("~2018") else 1]
            assert value.changed == (built.version, "source")


def test_the_release_made_again_has_the_same_rows(workspace: Workspace) -> None:
    """What a decision changes is its doing; the rows of both pages are found in the captures of then."""
    for month, year in ((3, 2018), (4, 2019), (5, 2018)):
        shown(workspace, month, year)
    folder = workspace.output / "curation"
    folder.mkdir()
    (folder / "overrides.toml").write_text(
        f'[[override]]\ntable = "pages"\nrow_id = "{PAGE}~2019"\nfield = "title"\n'
        'raw = "Filmer från Exempeldagarna 2019"\nvalue = "Filmer 2019"\nwhy = "Kortare"\n',
        encoding="utf-8",
    )
    built = build_release(workspace, workers=1).built
    with (built.folder / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
        changes = [(r["table"], r["row_id"], r["column"], r["cause"]) for r in csv.DictReader(file)]
    assert changes == [("pages", f"{PAGE}~2019", "title", "override")]
