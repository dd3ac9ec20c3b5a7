"""The sample's release equals the truth that a reader wrote from its pages, row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.truth.comparing import TABLES, differences


@pytest.mark.parametrize("table", TABLES)
def test_release_equals_truth(sample_release: Path, table: str) -> None:
    found = differences(sample_release, table)
    assert not found, "\n".join(found)
