"""Releases that the tests of the explorer read, each built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.explorer.releases import built, hostile_tables, rich_tables


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with people, films and years worth looking at."""
    return built(tmp_path_factory.mktemp("rich") / "sample", rich_tables())


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release whose texts try to run."""
    return built(tmp_path_factory.mktemp("hostile") / "sample", hostile_tables())
