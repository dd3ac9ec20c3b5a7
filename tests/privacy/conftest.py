from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def output(sample_output: Path, tmp_path: Path) -> Path:
    """A harvest of the sample site to write into."""
    return Path(shutil.copytree(sample_output, tmp_path / "output", symlinks=True))
