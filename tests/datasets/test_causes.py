"""Who changed a value: the source, the program, a decision, or several at once."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import harvester.harvest
from harvester.archive.reader import Archive
from harvester.curation import load_curation
from harvester.datasets import build, causes
from harvester.datasets.causes import CauseOf, Ground, cause_finder
from harvester.datasets.diff import Cause, diff, table_rows
from harvester.datasets.info import CONTENT_TABLES, ReleaseInfo
from harvester.datasets.load import load
from harvester.datasets.origin import Origin
from harvester.datasets.recorded import recorded_causes
from harvester.datasets.release import Releases
from harvester.errors import AmbiguousLayoutError
from harvester.extraction import extractor, selection
from harvester.extraction.store import ExtractStore
from harvester.records import Page
from harvester.workspace import Workspace
from tests.datasets.nights import copied, crawled, opened, released

FURUVIK = "Filmklipp 2019"
THURSDAY = "Torsdagen i Björkhamn"


@pytest.fixture
def workspace(first_night: Path, tmp_path: Path) -> Workspace:
    return copied(first_night, tmp_path / "output")


@contextmanager
def other_code(change: Callable[[Page], Page]) -> Iterator[None]:
    """Within the block the program reads pages otherwise, and says that it is another."""
    real = harvester.harvest.page_row
    with pytest.MonkeyPatch.context() as patch:

        def page_row(*arguments: Any) -> Page:
            return change(real(*arguments))

        patch.setattr(harvester.harvest, "page_row", page_row)
        for module in (extractor, selection):
            version = module.context_version
            patch.setattr(module, "context_version", lambda c, v=version: "other-" + v(c))
        patch.setattr(build, "context_version", extractor.context_version)
        patch.setattr(build, "program_digest", lambda *_: "sha256:other")
        yield


def recorded(release: Path) -> dict[tuple[str, str, str], str]:
    with (release / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
        return {(r["table"], r["row_id"], r["column"]): r["cause"] for r in csv.DictReader(file)}


def causes_of(release: Path, table: str, column: str) -> set[str]:
    return {c for (t, _, name), c in recorded(release).items() if (t, name) == (table, column)}


def shouted(row: Page) -> Page:
    return dataclasses.replace(row, title=row.title.upper() if row.title else None)


def miscounted(row: Page) -> Page:
    return dataclasses.replace(row, words=row.words + 1000)


def test_a_release_made_again_is_the_release(second_night: Path) -> None:
    """Also when the archive has gone on since: its later captures are not looked at."""
    workspace = opened(second_night)
    first, second = sorted((second_night / "releases").glob("2*"))
    for release in (first, second):
        with causes_now(workspace, release) as cause_of:
            for table in CONTENT_TABLES:
                for change in diff(release, release, cause_of, (table,)):
                    pytest.fail(f"{change}")
        with made_again(workspace, release) as rows:
            for table, row_id, values in stored(release):
                assert rows.row(table, row_id) == values, (table, row_id)


def test_the_source_changes_values(second_night: Path) -> None:
    release = second_night / "latest"
    found = recorded(release)
    assert found and set(found.values()) == {"source"}


def test_the_program_changes_values(workspace: Workspace) -> None:
    with other_code(shouted):
        older = released(workspace)
    newer = released(workspace)
    assert older.new and newer.new
    assert causes_of(newer.folder, "pages", "title") == {"code"}
    assert set(recorded(newer.folder).values()) == {"code"}


def test_source_and_program_are_told_apart(workspace: Workspace) -> None:
    """Where the text changed at the source the words differ for two reasons, elsewhere for one."""
    with other_code(miscounted):
        older = released(workspace).folder
    crawled(workspace.output, stage=2)
    newer = released(workspace).folder
    before, after = (load("pages", path=r).set_index("page_id")["text"] for r in (older, newer))
    rewritten = {page for page in before.index if before[page] != after[page]}
    words = {
        row: cause
        for (table, row, column), cause in recorded(newer).items()
        if (table, column) == ("pages", "words")
    }
    assert rewritten and len(words) == len(before)
    assert {row for row, cause in words.items() if cause == "both"} == rewritten
    assert {cause for row, cause in words.items() if row not in rewritten} == {"code"}
    assert causes_of(newer, "pages", "modified") == {"source"}
    assert causes_of(newer, "films", "") == {"source"}


def test_a_page_that_only_todays_code_reads_comes_by_code(workspace: Workspace) -> None:
    """The other program quarantines it, as its own page and as the REST interface gives it."""
    real = harvester.harvest.choose_layout

    def fails(page: Any) -> Any:
        if page.title and page.title.value == THURSDAY:
            raise AmbiguousLayoutError(f"{page.url}: two layouts")
        return real(page)

    with other_code(lambda row: row), pytest.MonkeyPatch.context() as patch:
        patch.setattr(harvester.harvest, "choose_layout", fails)
        released(workspace, force=True)
    newer = released(workspace)
    assert causes_of(newer.folder, "pages", "") == {"code"}
    assert set(recorded(newer.folder).values()) == {"code"}


def test_an_override_changes_values(workspace: Workspace) -> None:
    page = load("pages", path=workspace.output).query("title == @FURUVIK").iloc[0]
    override(workspace, page["page_id"], "title", page["title"], "Filmklipp från 2019")
    newer = released(workspace)
    assert recorded(newer.folder)["pages", page["page_id"], "title"] == "override"
    assert set(recorded(newer.folder).values()) == {"override"}
    (workspace.output / "curation" / "overrides.toml").unlink()
    gone = released(workspace)
    assert recorded(gone.folder)["pages", page["page_id"], "title"] == "override"


def test_an_override_beside_new_code_is_still_named(workspace: Workspace) -> None:
    with other_code(shouted):
        released(workspace)
    page = load("pages", path=workspace.output).query("title == @FURUVIK.upper()").iloc[0]
    override(workspace, page["page_id"], "title", FURUVIK, "Filmklipp från 2019")
    newer = released(workspace)
    found = {k: v for k, v in recorded(newer.folder).items() if k[0] == "pages"}
    assert found.pop(("pages", page["page_id"], "title")) == "override"
    assert set(found.values()) == {"code"}


def test_a_dropped_row_goes_and_comes_back_by_override(workspace: Workspace) -> None:
    """Named beside new code too, for the rows of a dropped page as for the page itself."""
    page = load("pages", path=workspace.output).query("title == @THURSDAY").iloc[0]["page_id"]
    folder = workspace.output / "curation"
    folder.mkdir(exist_ok=True)
    (folder / "overrides.toml").write_text(
        f'[[override]]\ntable = "pages"\nrow_id = "{page}"\ndrop = true\nraw = "{THURSDAY.upper()}"\nwhy = "En provsida"\n',
        encoding="utf-8",
    )
    with other_code(shouted):
        newer = released(workspace)
    went = {key: cause for key, cause in recorded(newer.folder).items() if not key[2]}
    assert went["pages", page, ""] == "override"
    of_page = {cause for (_, row, _), cause in went.items() if row.startswith(f"{page}.")}
    assert of_page == {"override"}
    assert page not in set(load("pages", path=newer.folder)["page_id"])
    assert load("problems", path=newer.folder)["code"].tolist().count("row_dropped") == 1
    (folder / "overrides.toml").unlink()
    back = released(workspace)
    assert recorded(back.folder)["pages", page, ""] == "override"


def test_causes_of_a_longer_stretch_are_joined(second_night: Path, tmp_path: Path) -> None:
    workspace = copied(second_night, tmp_path / "output")
    with other_code(miscounted):
        third = released(workspace).folder
    first, second = sorted((workspace.output / "releases").glob("2*"))[:2]
    cause_of = recorded_causes(first, third)
    assert cause_of is not None
    changes = list(diff(first, third, cause_of))
    assert {c.cause for c in changes if c.column == "modified"} == {Cause.SOURCE}
    assert {c.cause for c in changes if c.column == "words"} == {Cause.CODE, Cause.BOTH}
    assert recorded_causes(second, first) is None


def test_without_the_captures_the_cause_is_unknown(workspace: Workspace) -> None:
    with other_code(shouted):
        older = released(workspace).folder
    newer = released(workspace).folder
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Archive, "by_digest", lambda *_: [])
        with causes_now(workspace, older) as cause_of:
            found = {c.cause for c in diff(older, newer, cause_of) if c.table == "pages"}
    assert found == {None}


# Helpers


def override(workspace: Workspace, row_id: str, field: str, raw: str, value: str) -> None:
    folder = workspace.output / "curation"
    folder.mkdir(exist_ok=True)
    (folder / "overrides.toml").write_text(
        f'[[override]]\ntable = "pages"\nrow_id = "{row_id}"\nfield = "{field}"\n'
        f'raw = "{raw}"\nvalue = "{value}"\nwhy = "Rubriken är förkortad på sidan"\n',
        encoding="utf-8",
    )


@contextmanager
def ground(workspace: Workspace) -> Iterator[Ground]:
    with Archive(workspace.archive) as archive:
        store = ExtractStore(workspace.extracts)
        try:
            curation = load_curation(workspace.profile.name, workspace.output)
            yield Ground(archive, store, workspace.context(), curation, workspace.output)
        finally:
            store.close()


@contextmanager
def causes_now(workspace: Workspace, release: Path) -> Iterator[CauseOf]:
    info = ReleaseInfo("sample", "", "", Origin.of(release).created, program_digest="sha256:now")
    with ground(workspace) as found, cause_finder(release, info, found) as cause_of:
        yield cause_of


@contextmanager
def made_again(workspace: Workspace, release: Path) -> Iterator[causes.Rows]:
    with ground(workspace) as found, causes.release_again(release, found) as (rows, lost):
        assert not lost
        yield rows


def stored(release: Path) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    for table in CONTENT_TABLES:
        for row in table_rows(release, table):
            yield table, row.row_id, row.values


def test_latest_is_left_alone(workspace: Workspace) -> None:
    before = Releases(workspace.output).latest
    assert not released(workspace).new and Releases(workspace.output).latest == before
