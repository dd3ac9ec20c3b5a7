"""`harvester probe`: what a person and a program read of a first look."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harvester.cli import main
from harvester.errors import ExitCode
from harvester.sites import load_profile

SAMPLE = ["probe", "http://exempeldagarna.example/", "--site", "sample"]


def test_a_person_reads_facts_layouts_and_a_profile(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ny.toml"
    assert main([*SAMPLE, "--write", str(file)]) == ExitCode.OK
    said = capsys.readouterr().out
    for fact in ("WordPress", "REST       open", "headed_clips", "youtube", "[[site]]", "requests"):
        assert fact in said
    assert load_profile(file).sites[0].name == "exempeldagarna"


def test_a_program_reads_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SAMPLE, "--json"]) == ExitCode.OK
    document = json.loads(capsys.readouterr().out)
    assert document["rest"] is True and document["requests"] <= 30
    assert document["discovery"] == ["rest", "sitemap", "links"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["http://10.1.2.3/"], ExitCode.UNREACHABLE, id="inside-address"),
        pytest.param(["gopher://exempel.example/"], ExitCode.USAGE, id="no-web-address"),
        pytest.param(["http://annan.example/", "--site", "sample"], ExitCode.USAGE, id="not-of-the-profile"),
        pytest.param(["http://127.0.0.1:1/"], ExitCode.UNREACHABLE, id="nobody-there"),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_at(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["probe", *arguments]) == code
    assert capsys.readouterr().err.count("\n") == 1


def test_a_profile_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*SAMPLE, "--write", str(tmp_path / "nej" / "ny.toml")]) == ExitCode.UNWRITABLE
    assert "ny.toml" in capsys.readouterr().err
