"""Every code of a problem that pages and drift can name is documented with what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = ("harvester/errors.py", "harvester/pages/reader.py", "harvester/datasets/drift.py")
TEXT = (ROOT / "docs" / "first-contact.md").read_text(encoding="utf-8")
#: What is told of a page's text rather than of how it is read: see the report.
OF_THE_TEXT = {"unknown_role", "impossible_date", "weekday_conflict"}


def named() -> set[str]:
    codes: set[str] = set()
    for source in SOURCES:
        text = (ROOT / source).read_text(encoding="utf-8")
        codes |= set(
            re.findall(r"(?:PageError|_problem|__init__)\(\s*\"([a-z]+_[a-z0-9_]+)\"", text)
        )
    rows = (ROOT / "harvester/pages/rows/page_rows.py").read_text(encoding="utf-8")
    return codes | set(re.findall(r"Severity\.\w+,\s*\"([a-z_]+)\"", rows))


@pytest.mark.parametrize("code", sorted(named() - OF_THE_TEXT))
def test_code_is_documented(code: str) -> None:
    assert f"| `{code}` |" in TEXT


def test_nothing_is_documented_that_is_never_told() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", TEXT, re.M)) <= named()
