"""docs/schedule.md and the files in deploy/: they do what they say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from harvester.cli import build_parser
from harvester.errors import ExitCode
from tests.runs.running import ROOT, Runs, sample_runs

DEPLOY = ROOT / "deploy"
UNITS = DEPLOY / "systemd"
PAGE = (ROOT / "docs" / "schedule.md").read_text(encoding="utf-8")


def setting(unit: str, name: str) -> str:
    found = re.search(rf"^{name}=(.*)$", (UNITS / unit).read_text(), re.MULTILINE)
    assert found, f"{unit} has no {name}"
    return found[1]


def on_the_sample(command: str, runs: Runs) -> str:
    """A documented command with its program and place replaced by the ones here."""
    command = re.sub(r"\S*\.venv/bin/harvester", f"{sys.executable} -m harvester", command)
    command = command.replace("/srv/harvester", str(ROOT))
    scope = f"--site {runs.profile} --output {runs.output}"
    return command.replace("harvester run --quiet", f"harvester run --quiet {scope}")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
def test_systemd_finds_no_fault_in_the_units(tmp_path: Path) -> None:
    for unit in UNITS.iterdir():
        text = unit.read_text().replace("/srv/harvester/.venv/bin/harvester", "/bin/true")
        text = text.replace("/usr/bin/logger", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    units = [str(path) for path in sorted(tmp_path.iterdir())]
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False,
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )  # fmt: skip
    named = [line for line in checked.stderr.splitlines() if "harvester" in line]
    assert not named, checked.stderr


def test_units_and_exit_codes_fit_together() -> None:
    assert setting("harvester.service", "SuccessExitStatus") == str(ExitCode.PARTIAL)
    assert (UNITS / setting("harvester.service", "OnFailure")).is_file()
    stated = {int(code) for code in re.findall(r"\b\d+\b", _first_column(PAGE))}
    known = {v for k, v in vars(ExitCode).items() if k.isupper()}
    assert stated == known


def _first_column(page: str) -> str:
    table = page.partition("| exit code |")[2].partition("\n\n")[0]
    return " ".join(line.split("|")[1] for line in table.splitlines()[2:] if "|" in line)


@pytest.mark.long
def test_commands_of_systemd_cron_and_actions_harvest_the_sample(tmp_path: Path) -> None:
    yaml = pytest.importorskip("yaml")
    cron = next(
        line for line in (DEPLOY / "crontab").read_text().splitlines() if line[:1].isdigit()
    )
    minute, hour, *_, cron_command = cron.split(None, 5)
    assert minute.isdigit() and hour.isdigit()
    workflow: dict[Any, Any] = yaml.safe_load((DEPLOY / "github" / "harvest.yml").read_text())
    (job,) = workflow["jobs"].values()
    steps = {step.get("name", step.get("run", "")): step for step in job["steps"]}
    assert "make setup" in steps
    assert steps["Keep the archive, also of a night that failed"]["if"] == "always()"
    with sample_runs(tmp_path) as (_, runs):
        for command in (
            setting("harvester.service", "ExecStart"),
            cron_command.replace(">> output/harvest.log", f">> {tmp_path / 'harvest.log'}"),
            steps["Harvest"]["run"],
        ):
            shell = on_the_sample(command, runs)
            assert str(runs.output) in shell
            done = subprocess.run(
                ["bash", "-e", "-c", shell], cwd=ROOT, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
        lines = (tmp_path / "harvest.log").read_text().splitlines()
        assert len(lines) == 1 and lines[0].startswith("fine: nothing new")
        assert runs.last_run()["verdict"] == "unchanged"


def test_harvester_commands_on_the_page_are_understood() -> None:
    commands = re.findall(r"`harvester ((?:run|crawl|release|archive)[^`]*--[^`]*)`", PAGE)
    assert len(commands) >= 2
    for command in commands:
        build_parser().parse_args(command.split())


def test_files_that_the_page_names_are_there() -> None:
    for name in re.findall(r"deploy/[\w/.*-]+", PAGE):
        assert list(ROOT.glob(name)), name
