from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow
import pytest

from harvester.datasets.files.checksums import broken_files
from harvester.datasets.files.datapackage import table_schema
from harvester.datasets.files.readme import data_dictionary
from harvester.datasets.info import DEPENDENCIES, dependency_versions
from harvester.records import SCHEMA_VERSION, TABLES, columns

needs_frictionless = pytest.mark.skipif(
    importlib.util.find_spec("frictionless") is None,
    reason="frictionless is not installed: pip install frictionless",
)


@needs_frictionless
class TestFrictionless:
    def test_a_release_is_valid(self, release: Path) -> None:
        report = _validated(release)
        assert report["valid"], report["tasks"]
        assert {task["name"] for task in report["tasks"]} >= set(TABLES)

    def test_a_changed_file_is_not(self, release: Path, tmp_path: Path) -> None:
        copy = _copy(release, tmp_path)
        path = copy / "csv/films.csv"
        path.write_bytes(path.read_bytes().replace(b"youtube:film0000003", b"youtube:film0000004"))
        tasks = {task["name"]: task["errors"] for task in _validated(copy)["tasks"]}
        assert {error["type"] for error in tasks["films"]} >= {"hash-count"}
        assert all(not errors for name, errors in tasks.items() if name in ("pages", "people"))


def test_every_file_is_described(release: Path) -> None:
    package = json.loads((release / "datapackage.json").read_text("utf-8"))
    described = {resource["path"] for resource in package["resources"]}
    there = {p.relative_to(release).as_posix() for p in release.rglob("*") if p.is_file()}
    assert described == there - {"datapackage.json", "SHA256SUMS"}
    assert all(r["bytes"] == (release / r["path"]).stat().st_size for r in package["resources"])


def test_the_descriptor_says_where_the_release_comes_from(release: Path) -> None:
    package = json.loads((release / "datapackage.json").read_text("utf-8"))
    assert (package["version"], package["created"]) == ("2026.11.20-1", "2026-11-20T03:15:00Z")
    origin = package["harvester"]
    assert origin["schema_version"] == SCHEMA_VERSION
    assert origin["dependencies"]["lxml"] == "6.1.3"
    assert origin["base_release"] is None
    assert "licence does not cover this data" in package["description"].replace(
        "That licence", "licence"
    )


def test_dependencies_are_those_installed() -> None:
    versions = dependency_versions()
    assert set(versions) <= set(DEPENDENCIES)
    assert versions["pyarrow"] == pyarrow.__version__


@pytest.mark.parametrize("table", TABLES)
def test_schemas_follow_the_records(table: str) -> None:
    schema = table_schema(table)
    assert [field["name"] for field in schema["fields"]] == [c.name for c in columns(table)]
    for field, column in zip(schema["fields"], columns(table), strict=True):
        constraints = field.get("constraints", {})
        assert constraints.get("required", False) is not column.nullable
        assert constraints.get("enum") == (list(column.vocabulary) if column.vocabulary else None)
        assert constraints.get("unique", False) is column.primary
    foreign = {key["fields"][0] for key in schema.get("foreignKeys", [])}
    assert foreign == {c.name for c in columns(table) if c.references and not c.is_list}


def test_checksums_cover_every_file(release: Path, tmp_path: Path) -> None:
    lines = (release / "SHA256SUMS").read_text("utf-8").splitlines()
    paths = [line.split("  ", 1)[1] for line in lines]
    there = {p.relative_to(release).as_posix() for p in release.rglob("*") if p.is_file()}
    assert paths == sorted(there - {"SHA256SUMS"})
    assert broken_files(release) == []
    copy = _copy(release, tmp_path)
    (copy / "README.md").write_text("x", encoding="utf-8")
    (copy / "csv/links.csv").unlink()
    assert broken_files(copy) == ["README.md: changed", "csv/links.csv: missing"]


def test_the_readme_holds_the_whole_dictionary(release: Path) -> None:
    readme = (release / "README.md").read_text("utf-8")
    assert "\n".join(data_dictionary()) in readme
    for table in TABLES:
        assert f"### {table}\n" in readme
        for column in columns(table):
            assert f"| `{column.name}` |" in readme
    assert "gallery" not in readme


def _copy(release: Path, target: Path) -> Path:
    """A copy that may be changed."""
    copy = target / "copy"
    shutil.copytree(release, copy, copy_function=shutil.copyfile)
    return copy


def _validated(release: Path) -> Any:
    command = [sys.executable, "-m", "frictionless", "validate", "--json", "datapackage.json"]
    done = subprocess.run(command, cwd=release, capture_output=True, text=True, check=False)
    return json.loads(done.stdout)
