from __future__ import annotations

import re
from pathlib import Path

import pytest

import harvester.archive
from harvester.archive.reader import Archive

DOCUMENT = Path(__file__).parents[2] / "docs" / "archive.md"
SOURCES = Path(harvester.archive.__file__).parent


def test_examples_run_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    examples = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert len(examples) == 3
    exec("\n".join(examples), {})
    with Archive(tmp_path / "archive") as archive:
        assert archive.runs() == ("2026-03-01",)


def test_every_finding_of_verification_is_documented() -> None:
    table = DOCUMENT.read_text("utf-8").partition("## Verification")[2].partition("\n## ")[0]
    documented = set(re.findall(r"`([a-z_]+)`", table))
    code = "".join(
        (SOURCES / name).read_text("utf-8")
        for name in ("verify.py", "faults.py", "members.py", "record.py")
    )
    raised = set(
        re.findall(r'(?:RecordError|Finding|_finding)\(\s*(?:path, member, )?"(\w+)"', code)
    )
    raised |= set(re.findall(r'yield \(?\s*"(\w+)", f?"', code))
    assert len(raised) > 20
    assert raised <= documented
