"""A small release that tests read but never change."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.datasets.release import Releases
from tests.datasets.harvests import harvest, info


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release of twelve film pages."""
    output = tmp_path_factory.mktemp("output") / "sample"
    return Releases(output).build(harvest(12), info()).folder
