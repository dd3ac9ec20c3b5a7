"""What a clumsy or hostile person types, and damaged files: one line, the right code, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from harvester.cli import main
from tests.conftest import ROOT

USAGE, UNWRITABLE = 2, 5


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """The exit code and the one line on standard error."""
    try:
        code = main(words)
    except SystemExit as stopped:  # argparse
        code = int(stopped.code or 0)
    shown = capsys.readouterr().err
    assert shown.startswith("harvester: ") and shown.count("\n") == 1, shown
    return code, shown


@pytest.fixture
def output(sample_output: Path, tmp_path: Path) -> Path:
    """A harvest that a test may damage."""
    return Path(shutil.copytree(sample_output, tmp_path / "output", symlinks=True))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(["frobnicate"], "invalid choice", id="unknown-verb"),
        pytest.param(["extract", "--workers", "-3"], "'-3'", id="negative-workers"),
        pytest.param(["review", "--sample", "many"], "invalid int", id="sample-in-words"),
        pytest.param(["crawl", "wrong"], "no spider", id="unknown-spider"),
        pytest.param(["crawl", "--url", "nonsense"], "no address of profile", id="no-address"),
        pytest.param(["crawl", "--url", "http://["], "no address of profile", id="broken-address"),
        pytest.param(
            ["crawl", "--url", "https://other.example/"], "no address of", id="other-host"
        ),
        pytest.param(["crawl", "--frontier", "nonsense"], "redis://", id="no-frontier"),
        pytest.param(["releases", "--rollback", "../.."], "no release", id="rollback-out"),
        pytest.param(["check", "no-such"], "no release", id="check-nothing"),
        pytest.param(["people", "find", "Ingen Alls"], "nobody", id="nobody"),
        pytest.param(["people", "find", " "], "a name is wanted", id="no-name"),
        pytest.param(
            ["archive", "verify", "--nonsense"],
            "harvester archive verify --help",
            id="unknown-option",
        ),
        pytest.param(["fixture", "http://["], "not stored", id="fixture-broken-address"),
    ],
)
def test_wrong_arguments(
    sample_output: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    code, line = refused(capsys, *words, "--site", "sample", "--output", str(sample_output))
    assert code == USAGE and told in line


def test_probe_refuses_a_broken_address(capsys: pytest.CaptureFixture[str]) -> None:
    code, line = refused(capsys, "probe", "http://[")
    assert code == USAGE and "not an http(s) address" in line


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(["report", "--to"], UNWRITABLE, id="report"),
        pytest.param(["review", "--out"], UNWRITABLE, id="review"),
        pytest.param(["review", "--read"], USAGE, id="review-read"),
        pytest.param(["archive", "export", "--wacz"], UNWRITABLE, id="export"),
        pytest.param(["archive", "import"], USAGE, id="import"),
    ],
)
def test_a_folder_for_a_file(
    sample_output: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    code: int,
) -> None:
    folder = tmp_path / "mapp med åäö"
    folder.mkdir()
    told, line = refused(
        capsys, *words, str(folder), "--site", "sample", "--output", str(sample_output)
    )
    assert told == code and folder.name in line
    assert [entry.name for entry in tmp_path.iterdir()] == [folder.name]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        pytest.param(b'{"link": "http://[bad"}', "its own address", id="broken-own-address"),
        pytest.param(b'{"link": "ftp://x/"}', "its own address", id="no-web-address"),
        pytest.param(b"\0" * 20_000_001, "more than 20,000,000 bytes", id="endless"),
    ],
)
def test_parse_refuses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: bytes, told: str
) -> None:
    file = tmp_path / "page"
    file.write_bytes(body)
    code, line = refused(capsys, "parse", str(file))
    assert code == USAGE and told in line


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"[" * 20_000, id="deep-json"),
        pytest.param(b'[1, "a", null, {"link": 5}]', id="json-of-junk"),
        pytest.param(b'{"id": ' + b"9" * 6_000 + b"}", id="number-too-long"),
        pytest.param(
            rb'{"id": 1, "type": "post", "link": "https://socialchefsdagarna.se/x/",'
            rb' "title": {"rendered": "\ud800"}, "content": {"rendered": "<p>\udfff</p>"}}',
            id="lone-surrogates",
        ),
        pytest.param(b"\0" * 5_000 + b"<p>Hej</p>", id="nuls"),
        pytest.param("<p>Den 3 maj 2021</p>".encode("utf-16"), id="utf-16"),
        pytest.param(b'<meta charset="utf-99"><p>\xe5\xe4\xf6</p>', id="charset-that-is-none"),
        pytest.param(b"<div>" * 50_000, id="deep-html"),
    ],
)
def test_parse_reads_anything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], body: bytes
) -> None:
    file = tmp_path / "page"
    file.write_bytes(body)
    assert main(["parse", str(file)]) == 0
    assert "problems" in json.loads(capsys.readouterr().out)


def test_a_surrogate_in_an_address_is_no_address(capsys: pytest.CaptureFixture[str]) -> None:
    from harvester.sites import load_profile

    assert load_profile("live").site_of("https://socialchefsdagarna.se/\ud800/") is None


def _junk(pattern: str) -> Callable[[Path], None]:
    def damage(output: Path) -> None:
        for path in output.glob(pattern):
            path.chmod(0o644)
            path.write_bytes(b"skr\xe4p\x00" * 100)

    return damage


@pytest.mark.parametrize(
    ("damage", "words", "code", "told"),
    [
        pytest.param(_junk("latest/parquet/*"), ["check"], UNWRITABLE, "damaged", id="check"),
        pytest.param(
            _junk("latest/parquet/*"), ["explain", "x"], UNWRITABLE, "damaged", id="explain"
        ),
        pytest.param(
            _junk("latest/parquet/*"), ["people", "find", "x"], UNWRITABLE, "damaged", id="find"
        ),
        pytest.param(_junk("latest/parquet/*"), ["report"], UNWRITABLE, "damaged", id="report"),
        pytest.param(
            _junk("latest/datapackage.json"), ["release"], UNWRITABLE, "damaged", id="descriptor"
        ),
        pytest.param(_junk("profile.json"), ["check"], UNWRITABLE, "write it anew: {", id="owner"),
        pytest.param(
            _junk("checks.json"), ["check", "--accept", "a", "--why", "b"], USAGE, "damaged", id="accept"
        ),
    ],
)  # fmt: skip
def test_damaged_files(
    output: Path,
    capsys: pytest.CaptureFixture[str],
    damage: Callable[[Path], None],
    words: list[str],
    code: int,
    told: str,
) -> None:
    damage(output)
    before = sorted(path.name for path in (output / "releases").iterdir())
    found, line = refused(capsys, *words, "--site", "sample", "--output", str(output))
    assert found == code and told in line
    assert sorted(path.name for path in (output / "releases").iterdir()) == before


@pytest.mark.parametrize("file", ["extracts.sqlite", "archive/index.sqlite"])
def test_a_damaged_cache_is_made_anew(
    output: Path, capsys: pytest.CaptureFixture[str], file: str
) -> None:
    _junk(file)(output)
    assert main(["extract", "--site", "sample", "--output", str(output), "--workers", "1"]) == 0
    assert (output / file).read_bytes().startswith(b"SQLite format 3")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which Linux has")
def test_standard_output_is_full(sample_output: Path) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = _run("releases", "--site", "sample", "--output", str(sample_output), stdout=full)
    assert done.returncode == UNWRITABLE and done.stderr.count("\n") == 1


def test_a_reader_that_has_gone(sample_output: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = _run("releases", "--site", "sample", "--output", str(sample_output), stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def _run(*words: str, stdout: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "harvester", *words],
        stdout=stdout, stderr=subprocess.PIPE, text=True, cwd=ROOT, timeout=60, check=False,
    )  # fmt: skip
