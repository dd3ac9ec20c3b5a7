"""Reruns merge: what was looked at again is replaced, all else stays to the byte, nothing is deleted."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harvester.archive.reader import Archive
from harvester.datasets.load import load
from harvester.records import PAGE_TABLES, TABLES, columns
from harvester.workspace import Workspace
from tests.datasets.nights import copied, crawled, opened, released


def page_rows(release: Path) -> dict[str, dict[str, list[str]]]:
    """The stored lines of every page table, by page, in their order."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for table in PAGE_TABLES:
        if table in ("problems", "evidence"):
            continue
        for line in (release / "jsonl" / f"{table}.jsonl").read_text("utf-8").splitlines():
            found[json.loads(line)["page_id"]][table].append(line)
    for line in (release / "jsonl" / "evidence.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["table"] not in ("films", "editions"):
            found[row["row_id"].partition(".")[0]]["evidence"].append(line)
    return found


def changed_pages(before: Path, after: Path, *, content: bool = False) -> set[str]:
    """The pages of a release that the next one gives other rows; evidence aside if for content.

    A page that was fetched again has the new body in its evidence, whatever it says.
    """
    old, new = page_rows(before), page_rows(after)
    if content:
        for rows in (*old.values(), *new.values()):
            rows.pop("evidence", None)
    return {page for page in old if old[page] != new.get(page)}


def visited(workspace: Workspace) -> set[str]:
    """The pages that the last run fetched."""
    with Archive(workspace.archive) as archive:
        refs = list(archive.refs(run=archive.runs()[-1]))
    sites = [(workspace.profile.site_of(ref.url), ref.url) for ref in refs]
    return {site.page_id(url) for site, url in sites if site is not None}


def editions_of(release: Path, pages: set[str]) -> set[Any]:
    table = load("pages", path=release)
    return set(table.loc[table["page_id"].isin(pages), "edition"].tolist())


@pytest.mark.parametrize(("spider", "edition"), [pytest.param("films", 2019, id="films-of-a-year")])
def test_a_rerun_replaces_its_pages_alone(
    first_night: Path, tmp_path: Path, spider: str, edition: int
) -> None:
    workspace = copied(first_night, tmp_path / "output")
    before = (workspace.output / "latest").resolve()
    crawled(workspace.output, stage=2, spider=spider, edition=edition)
    after = released(workspace)
    assert after.new
    changed = changed_pages(before, after.folder, content=True)
    assert changed and editions_of(after.folder, changed) == {edition}
    assert changed_pages(before, after.folder) <= visited(workspace)
    # Linked tables follow: the film that was announced is there, and so is its appearance.
    assert len(load("films", path=after.folder)) == len(load("films", path=before)) + 1
    gone = set(page_rows(before)) - set(page_rows(after.folder))
    assert gone == set()


def test_a_partial_crawl_never_deletes(second_night: Path, tmp_path: Path) -> None:
    """What it does not visit stays; what has gone meanwhile keeps its rows and says so."""
    workspace = copied(second_night, tmp_path / "output")
    before = (workspace.output / "latest").resolve()
    crawled(workspace.output, stage=2, spider="news", edition=2022)
    after = released(workspace, force=True).folder
    states = load("pages", path=after).set_index("page_id")["state"]
    changed = changed_pages(before, after, content=True)
    assert {states[page] for page in changed} <= {"gone"}
    assert changed_pages(before, after) <= visited(workspace)
    assert set(page_rows(before)) <= set(page_rows(after))


def test_an_unchanged_site_makes_no_release(second_night: Path, tmp_path: Path) -> None:
    workspace = copied(second_night, tmp_path / "output")
    crawled(workspace.output, stage=2)
    assert not released(workspace).new


class TestReproducible:
    """The same archive, code, configuration and base release: the same bytes."""

    @pytest.fixture
    def twins(self, second_night: Path, tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
        yield tuple(_without_extracts(copied(second_night, tmp_path / name)) for name in ("one", "other/place"))  # type: ignore[misc] # fmt: skip

    def test_one_worker_or_four_in_two_folders(self, twins: tuple[Workspace, Workspace]) -> None:
        one, other = twins
        first = released(one, workers=1, force=True)
        second = released(other, workers=4, force=True)
        assert first.version == second.version
        assert digests(first.folder) == digests(second.folder)

    def test_every_format_is_compared(self, second_night: Path) -> None:
        kinds = {Path(name).suffix for name in digests(second_night / "latest")}
        assert kinds >= {".parquet", ".csv", ".jsonl", ".sqlite", ".xlsx", ".json", ".md"}

    def test_a_release_carries_where_it_comes_from(self, second_night: Path) -> None:
        package = json.loads((second_night / "latest" / "datapackage.json").read_text("utf-8"))
        origin = package["harvester"]
        for key in ("program_digest", "decisions_digest", "captures_digest", "content_digest"):
            assert origin[key].startswith("sha256:")
        assert origin["site_profile"] == "sample" and origin["dependencies"]["lxml"]


def _without_extracts(workspace: Workspace) -> Workspace:
    for path in workspace.output.glob("extracts.sqlite*"):
        path.unlink()
    return workspace


def digests(release: Path) -> dict[str, str]:
    folder = release.resolve()
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


SHAPE = Path(__file__).with_name("schema_shape.json")


def test_a_change_of_columns_raises_the_schema_version() -> None:
    """Another shape under the same version fails: raise SCHEMA_VERSION, say it first in CHANGELOG.md,
    and store the new shape here."""
    from harvester.records import SCHEMA_VERSION

    assert json.loads(SHAPE.read_text("utf-8")) == {"version": SCHEMA_VERSION, "shape": shape()}


def shape() -> str:
    told = [
        (t, c.name, str(c.annotation), c.primary, c.references, c.vocabulary)
        for t in TABLES
        for c in columns(t)
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()


class TestOverrides:
    """From the file to the release: used once, or named as unused or stale."""

    def test_end_to_end(self, first_night: Path, tmp_path: Path) -> None:
        workspace = copied(first_night, tmp_path / "output")
        rows = load("contributions", path=workspace.output)
        row = rows[rows["role"].notna()].iloc[0]
        folder = workspace.output / "curation"
        folder.mkdir()
        (folder / "overrides.toml").write_text(
            _override(row["contribution_id"], row["role_raw"], "provchef")
            + _override("exempeldagarna-0000000000.0000000000", "chef", "provchef")
            + _override(
                rows[rows["role"].notna()].iloc[1]["contribution_id"], "står inte där", "x"
            ),
            encoding="utf-8",
        )
        release = released(workspace).folder
        now = load("contributions", path=release).set_index("contribution_id")
        assert now.loc[row["contribution_id"], "role"] == "provchef"
        proofs = load("evidence", path=release)
        own = proofs[(proofs["row_id"] == row["contribution_id"]) & (proofs["field"] == "role")]
        assert own["rule"].tolist() == ["override"] and own["raw"].notna().all()
        codes = load("problems", path=release)["code"].tolist()
        assert codes.count("override_unused") == 1 and codes.count("override_stale") == 1
        with sqlite3.connect(release.resolve() / "harvest.sqlite") as db:
            query = "SELECT count(*) FROM contributions WHERE role = 'provchef'"
            assert db.execute(query).fetchone() == (1,)
        db.close()


def _override(row_id: str, raw: str, value: str) -> str:
    return (
        f'[[override]]\ntable = "contributions"\nrow_id = "{row_id}"\nfield = "role"\n'
        f'raw = "{raw}"\nvalue = "{value}"\nwhy = "Prov"\n'
    )


def test_releases_stay_as_they_were(second_night: Path) -> None:
    workspace = opened(second_night)
    before = digests(workspace.output / "latest")
    assert not released(workspace).new
    assert digests(workspace.output / "latest") == before
