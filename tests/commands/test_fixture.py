"""`harvester fixture`: a stored page becomes a recorded one."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from harvester.archive.writer import ArchiveWriter
from harvester.cli import main
from harvester.errors import ExitCode
from harvester.sites import load_profile
from harvester.workspace import open_workspace
from tests.pages.harvesting import WHEN
from tests.pages.markup import classic_page
from tests.pages.recorded_pages import Recorded
from tests.pages.test_same_content import FILMS

PROFILE = """
event = "Exempeldagarna"
tags = ["EXD"]
[[site]]
name = "min"
base = "https://exempel.example/"
"""


@pytest.fixture
def stored(tmp_path: Path) -> tuple[list[str], str]:
    """The arguments that name a profile and its output, and the digest of the page stored there."""
    (tmp_path / "min.toml").write_text(PROFILE, encoding="utf-8")
    output = tmp_path / "output"
    open_workspace(load_profile(tmp_path / "min.toml"), output, create=True)
    with ArchiveWriter(output / "archive", run="run-1") as writer:
        headers = [("Content-Type", "text/html; charset=UTF-8")]
        body = classic_page(FILMS).encode()
        answer = writer.store(FILMS.url, WHEN, 200, headers, body)
        writer.store("https://exempel.example/borta/", WHEN, 404, headers, b"<p>Borta</p>")
    arguments = ["--site", str(tmp_path / "min.toml"), "--output", str(output), "--to"]
    return [*arguments, str(tmp_path / "recorded")], answer.capture.digest


@pytest.mark.parametrize("by_digest", [False, True], ids=["by-address", "by-digest"])
def test_a_page_is_recorded_with_a_draft(
    stored: tuple[list[str], str],
    by_digest: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments, digest = stored
    page = digest.removeprefix("sha256:")[:16] if by_digest else FILMS.url
    assert main(["fixture", page, *arguments, "--json"]) == ExitCode.OK
    said = json.loads(capsys.readouterr().out)
    assert (said["layout"], said["changed_by_mask"]) == ("headed_clips", [])
    recorded = Recorded(Path(said["folder"]))
    assert tomllib.loads((recorded.folder / "meta.toml").read_text())["reviewed"] is False
    assert recorded.found == recorded.expected
    assert [c["film"] is None for c in recorded.expected["clips"]] == [False, False, True]
    assert "Lundevall" not in recorded.capture.body.decode()


@pytest.mark.parametrize(
    ("page", "message"),
    [
        pytest.param("https://exempel.example/okand/", "not stored", id="never-fetched"),
        pytest.param("https://exempel.example/borta/", "not stored", id="no-page"),
        pytest.param("0123456789abcdef", "no stored answer", id="unknown-digest"),
    ],
)
def test_what_is_no_stored_page(
    stored: tuple[list[str], str], page: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fixture", page, *stored[0]]) == ExitCode.USAGE
    assert message in capsys.readouterr().err


def test_a_recorded_page_is_never_overwritten(
    stored: tuple[list[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["fixture", FILMS.url, *stored[0]]
    assert main(arguments) == ExitCode.OK
    assert main(arguments) == ExitCode.USAGE
    assert "stands already" in capsys.readouterr().err
