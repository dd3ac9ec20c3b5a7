"""`harvester check` tells of the release and of a newer build that was stopped; hints name the same output."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from harvester.cli import main
from harvester.datasets.check_results import REPORT_NAME, Status, read_report, write_report
from harvester.errors import ExitCode


@pytest.fixture
def output(first_night: Path, tmp_path: Path) -> Path:
    """One night of the sample, to be changed."""
    return shutil.copytree(first_night, tmp_path / "output", symlinks=True)


def scope(output: Path) -> list[str]:
    return ["--site", "sample", "--output", str(output)]


def stopped(output: Path) -> None:
    """Leave the report of a build that a check stopped."""
    report = output / REPORT_NAME
    first, *others = read_report(report)
    broken = replace(
        first, check="kept.pages", status=Status.ERROR, message="kept 0.5 is below 0.8"
    )
    write_report(report, [broken, *others])


def test_check_tells_what_stopped_a_newer_build(
    output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stopped(output)
    assert main(["check", *scope(output)]) == ExitCode.OK
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2] == "stopped a newer build: kept.pages: kept 0.5 is below 0.8"


@pytest.mark.parametrize(
    "release",
    [pytest.param([], id="nothing-was-stopped"), pytest.param(["named"], id="named-release-alone")],
)
def test_check_tells_of_nothing_else(
    output: Path, release: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    if release:
        stopped(output)
        release = [(output / "latest").resolve().name]
    assert main(["check", *release, *scope(output)]) == ExitCode.OK
    assert "stopped" not in capsys.readouterr().out


def test_review_names_the_command_that_reads_the_sheet_back(
    output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = output.parent / "min granskning.csv"
    assert main(["review", "--sample", "5", "--out", str(sheet), *scope(output)]) == ExitCode.OK
    hint = capsys.readouterr().out.splitlines()[-1]
    assert hint.endswith(f"harvester review --read '{sheet}' --site sample --output {output}")


def test_doctor_asks_for_a_contact_where_sites_are_real(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HARVESTER_CONTACT", raising=False)
    main(["doctor", "--output", str(tmp_path / "none")])
    assert "HARVESTER_CONTACT is not set" in capsys.readouterr().out
    main(["doctor", "--site", "sample", "--output", str(tmp_path / "none")])
    assert "HARVESTER_CONTACT" not in capsys.readouterr().out
