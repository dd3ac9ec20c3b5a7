"""`harvester doctor` names a release that is not what was written, and what to do about it."""

from __future__ import annotations

import importlib.metadata
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from harvester.cli import main
from harvester.errors import ExitCode


@pytest.fixture
def output(first_night: Path, tmp_path: Path) -> Path:
    """One night of the sample, to be changed."""
    return shutil.copytree(first_night, tmp_path / "output", symlinks=True)


def _without_a_table(output: Path) -> None:
    folder = output / "latest" / "parquet"
    folder.chmod(0o755)
    (folder / "people.parquet").unlink()


def _with_another_cell(output: Path) -> None:
    table = output / "latest" / "appearances.csv"
    table.chmod(0o644)
    table.write_bytes(table.read_bytes().replace(b"a", b"b", 1))


def _without_sums(output: Path) -> None:
    (output / "latest").resolve().chmod(0o755)
    (output / "latest" / "SHA256SUMS").unlink()


def _copied_without_links(output: Path) -> None:
    release = (output / "latest").resolve()
    (output / "latest").unlink()
    shutil.copytree(release, output / "latest")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(_without_a_table, "parquet/people.parquet: missing; restore it", id="lost-file"),
        pytest.param(_with_another_cell, "appearances.csv: changed; restore it", id="changed-file"),
        pytest.param(_without_sums, "SHA256SUMS: missing; restore it", id="no-sums"),
        pytest.param(lambda o: (o / "latest").unlink(), "latest points nowhere; `harvester release`", id="lost-link"),
        pytest.param(_copied_without_links, "latest is no link to a release: remove", id="folder-for-a-link"),
    ],
)  # fmt: skip
def test_a_release_that_is_not_whole(
    output: Path, change: Callable[[Path], None], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    scope = ["--site", "sample", "--output", str(output)]
    assert main(["doctor", *scope]) == ExitCode.OK
    assert ", whole\n" in capsys.readouterr().out
    change(output)
    assert main(["doctor", *scope]) == ExitCode.USAGE
    (fault,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("fault")]
    assert told in fault


def test_what_doctor_says_of_a_lost_link_helps(
    output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No second release of the same rows is made for it."""
    scope = ["--site", "sample", "--output", str(output)]
    target = (output / "latest").readlink()
    (output / "latest").unlink()
    assert main(["release", *scope]) == ExitCode.OK
    assert (output / "latest").readlink() == target
    assert [p.name for p in (output / "releases").glob("2*")] == [target.name]
    assert main(["doctor", *scope]) == ExitCode.OK


def test_a_library_that_only_makes_it_faster_is_no_fault(
    output: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if name == "isal":
            raise importlib.metadata.PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(importlib.metadata, "version", version)
    assert main(["doctor", "--site", "sample", "--output", str(output)]) == ExitCode.OK
    assert "note  isal: is not installed: archives are packed by zlib" in capsys.readouterr().out
