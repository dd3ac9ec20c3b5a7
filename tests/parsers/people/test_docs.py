"""What the guide shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harvester.parsers.people import PersonMention
from harvester.parsers.people.roles import role_lexicon

GUIDE = Path(__file__).parents[3] / "docs" / "people.md"


def test_the_example_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    match = re.search(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert match
    code = match[1]
    exec(compile(code, str(GUIDE), "exec"), {})
    said = [line.removeprefix("# ") for line in code.splitlines() if line.startswith("# ")]
    assert capsys.readouterr().out.splitlines() == said


def test_every_field_is_explained() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    skipped = {"role_end", "organisation_start"}
    for name in PersonMention.__dataclass_fields__:
        assert f"`{name}`" in text or name in skipped, name


def test_roles_do_not_repeat() -> None:
    words = role_lexicon().words
    assert len(words) > 300
