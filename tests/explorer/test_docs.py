"""docs/explorer.md says what is true: its commands parse, its files and pages exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from harvester.cli import build_parser

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "explorer.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^harvester .+$", TEXT, re.MULTILINE)
FILES = re.findall(r"`((?:harvester|notebooks|tests)/[\w./]+)`", TEXT)
OPTIONS = sorted(set(re.findall(r"`(--[a-z-]+)`", TEXT)))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_understood(command: str) -> None:
    assert build_parser().parse_args(shlex.split(command)[1:]).module in ("serve", "report")


@pytest.mark.parametrize("name", [name for name in FILES if name != "tests/.artifacts/"])
def test_every_file_exists(name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_exists(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("serve", "report"):
        with pytest.raises(SystemExit):
            build_parser().parse_args([verb, "--help"])
    assert option in capsys.readouterr().out


def test_there_is_something_to_test() -> None:
    assert len(COMMANDS) == 2
    assert len(FILES) >= 5
    assert len(OPTIONS) >= 4
