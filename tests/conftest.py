"""What several tests need: one harvest of the sample site, made once a session by the command line."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from tests import COMPILED
from tests.datasets.nights import copied, crawled, released

ROOT = Path(__file__).parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items if COMPILED else ():
        if item.get_closest_marker("from_source"):
            item.add_marker(
                pytest.mark.skip(reason="replaces what compiled modules do not look up")
            )


def pytest_collection_finish() -> None:
    """Thousands of collected cases are no garbage: walking them made every measured time ten times as long."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def sample_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder after `harvester run --site sample`. Read it, never write into it."""
    output = tmp_path_factory.mktemp("sample") / "output"
    command = [
        sys.executable,
        "-m",
        "harvester",
        "run",
        "--site",
        "sample",
        "--output",
        str(output),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, timeout=240, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return output


@pytest.fixture(scope="session")
def sample_release(sample_output: Path) -> Path:
    """The latest release of that folder."""
    return (sample_output / "latest").resolve()


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
