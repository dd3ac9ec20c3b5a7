"""``harvester serve`` and ``harvester report`` as a person runs them."""

from __future__ import annotations

import importlib.util
import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from harvester.cli import main
from harvester.commands.report import run_of
from harvester.errors import ExitCode
from harvester.explorer.loopback import listening
from harvester.sites import load_profile
from harvester.workspace import open_workspace
from tests.explorer.releases import built, rich_tables

needs_datasette = pytest.mark.skipif(
    importlib.util.find_spec("datasette") is None, reason="the extra [explore] is not installed"
)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder of the sample's profile with one release."""
    folder = tmp_path_factory.mktemp("commands") / "sample"
    open_workspace(load_profile("sample"), folder)
    built(folder, rich_tables())
    return folder


def run(output: Path, *arguments: str) -> int:
    return main([*arguments, "--site", "sample", "--output", str(output)])


def test_report_writes_one_file(output: Path, capsys: Any) -> None:
    pytest.importorskip("altair")
    assert run(output, "report") == ExitCode.OK
    assert "report on release 2026.11.20-1" in capsys.readouterr().out
    assert (output / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert not list(output.glob("*.new"))


def test_report_goes_where_it_is_told(output: Path, tmp_path: Path, capsys: Any) -> None:
    pytest.importorskip("altair")
    target = tmp_path / "rapport.html"
    assert run(output, "report", "--json", "--to", str(target)) == ExitCode.OK
    assert json.loads(capsys.readouterr().out)["report"] == str(target)
    assert target.is_file()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(("report", "--release", "2020.01.01-1"), ExitCode.USAGE, "no release", id="no-such-release"),
        pytest.param(("serve", "--release", "2020.01.01-1"), ExitCode.USAGE, "no release", id="serve-no-such-release"),
        pytest.param(("report", "--to", "/dev/null/x.html"), ExitCode.UNWRITABLE, "cannot be written", id="no-place-to-write"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line(
    output: Path, capsys: Any, arguments: tuple[str, ...], code: int, said: str
) -> None:
    assert run(output, *arguments) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


@needs_datasette
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_port_that_is_taken_is_one_line(output: Path, capsys: Any) -> None:
    with listening(0) as taken:
        port = taken.getsockname()[1]
        assert run(output, "serve", "--no-browser", "--port", str(port)) == ExitCode.USAGE
    assert f"port {port} is taken" in capsys.readouterr().err


@needs_datasette
def test_serve_says_its_address_answers_and_ends(output: Path) -> None:
    command = [
        sys.executable, "-m", "harvester", "serve", "--site", "sample", "--output", str(output),
        "--port", "0", "--no-browser", "--json",
    ]  # fmt: skip
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        lines = []
        while not lines or lines[-1] != "}\n":
            lines.append(process.stdout.readline())
            assert lines[-1], "it ended early"
        said = json.loads("".join(lines))
        with urllib.request.urlopen(said["explorer"], timeout=10) as answer:
            assert b"harvest" in answer.read()
        with urllib.request.urlopen(said["gallery"], timeout=10) as answer:
            assert b"gallery.css" in answer.read()
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=20)
    assert (process.returncode, error) == (ExitCode.OK, "")


@pytest.mark.parametrize(
    ("summaries", "version", "run"),
    [
        pytest.param({}, "2026.11.20-1", None, id="no-runs"),
        pytest.param(
            {"a": {"release": {"release": "2026.11.20-1", "new": True}}, "b": {"release": None}},
            "2026.11.20-1", "a", id="the-one-that-made-it",
        ),
        pytest.param(
            {"a": {"release": {"release": "2026.11.20-1", "new": False}}, "b": {"release": None}},
            "2026.11.20-1", "b", id="else-the-newest",
        ),
        pytest.param({"a": {}, "b": None}, "2026.11.20-1", "a", id="damaged-is-passed-over"),
    ],
)  # fmt: skip
def test_which_run_a_report_tells_of(
    tmp_path: Path, summaries: dict[str, Any], version: str, run: str | None
) -> None:
    for name, summary in summaries.items():
        (tmp_path / name).mkdir()
        text = "{" if summary is None else json.dumps({"run": name, **summary})
        (tmp_path / name / "run.json").write_text(text, encoding="utf-8")
    found = run_of(tmp_path, version)
    assert (found or {}).get("run") == run


def test_a_run_leaves_a_gallery_and_a_report(tmp_path: Path) -> None:
    pytest.importorskip("altair")
    command = [
        sys.executable,
        "-m",
        "harvester",
        "run",
        "--site",
        "sample",
        "--output",
        str(tmp_path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "report in " in done.stdout
    assert done.stdout.splitlines()[-1].startswith("fine: ")
    assert (tmp_path / "latest/gallery/index.html").is_file()
    (report,) = tmp_path.glob("runs/*/report.html")
    assert report.parent.name in report.read_text(encoding="utf-8")
