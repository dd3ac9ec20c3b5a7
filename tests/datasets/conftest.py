"""A small release that tests read but never change."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.datasets.release import Releases
from tests.datasets.harvests import harvest, info
from tests.datasets.nights import copied, crawled, released


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release of twelve film pages."""
    output = tmp_path_factory.mktemp("output") / "sample"
    return Releases(output).build(harvest(12), info()).folder


@pytest.fixture(scope="session")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder of the sample after its first night, crawled and released. Copy it to change it."""
    output = tmp_path_factory.mktemp("nights") / "first"
    released(crawled(output))
    return output


@pytest.fixture(scope="session")
def second_night(first_night: Path) -> Path:
    """The same a night later: two releases."""
    output = first_night.parent / "second"
    copied(first_night, output)
    released(crawled(output, stage=2))
    return output
