"""The documents about loading say what is true."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from harvester.datasets.release import Releases
from harvester.records import TABLES
from tests.datasets.harvests import harvest, info

ROOT = Path(__file__).parents[2]
LOADING = (ROOT / "docs" / "loading.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", LOADING, re.DOTALL)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which what the document reads is there."""
    for site in ("live", "sample"):
        Releases(tmp_path / "output" / site).build(harvest(3), info(profile=site))
    (tmp_path / "copied-release").symlink_to("output/live/latest")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_python_examples_run(work: Path) -> None:
    names: dict[str, object] = {}
    for block in blocks("python"):
        exec(block, names)
    assert len(names["people"]) == 3  # type: ignore[arg-type]


def test_search_example_runs(work: Path) -> None:
    query = next(block for block in blocks("sql") if "_fts" in block)
    with closing(sqlite3.connect(work / "output/live/latest/harvest.sqlite")) as db:
        assert db.execute(query.replace("aldre", "arende")).fetchall()


def test_files_that_are_named_exist(work: Path) -> None:
    for path in re.findall(r"output/live/latest/[\w./]+", LOADING):
        assert (work / path).exists(), path


def test_tables_that_are_loaded_exist() -> None:
    loaded = set(re.findall(r'load\("(\w+)"', LOADING))
    assert loaded and loaded <= set(TABLES)
