"""What a run refuses: one clear line on standard error and the exit code of its kind, nothing touched."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest

from harvester.cli import main
from harvester.crawl.locks import HostLocks
from tests.runs.running import ROOT, sample_runs

_SITE = '[[site]]\nname = "bed"\nbase = "http://127.0.0.1:9/"\nallow_private = true\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(None, "no such file", id="no-profile"),
        pytest.param("[[site]\n", "", id="no-toml"),
        pytest.param("\xff", "", id="control-bytes"),
        pytest.param("", "site", id="empty"),
        pytest.param('[[site]]\nname = "bed"\n', "base is missing", id="no-base"),
        pytest.param('[[site]]\nname = "bed"\nbase = "ftp://x/"\n', "http", id="other-scheme"),
        pytest.param(_SITE + "speed = 9\n", "unknown key 'speed'", id="unknown-key"),
        pytest.param(_SITE + "delay = -1\n", "delay must be a number", id="negative-delay"),
        pytest.param(
            _SITE.replace("allow_private = true\n", "delay = 0\n"), "once a second", id="impolite"
        ),
        pytest.param("keep_runs = 0\n" + _SITE, "keep_runs must be a number", id="no-runs-kept"),
    ],
)
def test_broken_profile_is_exit_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None, said: str
) -> None:
    profile = tmp_path / "bed.toml"
    if text is not None:
        profile.write_bytes(text.encode("latin-1"))
    code = main(["run", "--site", str(profile), "--output", str(tmp_path / "out")])
    error = capsys.readouterr().err
    assert code == 2
    assert len(error.splitlines()) == 1 and error.startswith("harvester: ") and said in error
    assert not (tmp_path / "out").exists()


def _file_in_the_way(output: Path) -> None:
    output.write_text("no folder")


def _other_profile(output: Path) -> None:
    output.mkdir()
    (output / "profile.json").write_text(json.dumps({"profile": "live", "sites": ["fss"]}))


def _nobody_s(output: Path) -> None:
    output.mkdir()
    (output / "archive").mkdir()


def _broken_owner(output: Path) -> None:
    output.mkdir()
    (output / "profile.json").write_text("{")


@pytest.mark.parametrize(
    ("prepare", "code", "said"),
    [
        pytest.param(_file_in_the_way, 5, "out", id="file-in-the-way"),
        pytest.param(_other_profile, 2, "belongs to profile 'live'", id="another-profile-s"),
        pytest.param(_nobody_s, 2, "holds a harvest but no profile.json", id="no-owner"),
        pytest.param(_broken_owner, 5, "profile.json", id="broken-owner"),
    ],
)
@pytest.mark.parametrize("verb", ["run", "crawl", "release"])
def test_unfit_output_is_one_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    verb: str,
    prepare: Callable[[Path], None],
    code: int,
    said: str,
) -> None:
    (tmp_path / "bed.toml").write_text(_SITE)
    prepare(tmp_path / "out")
    got = main([verb, "--site", str(tmp_path / "bed.toml"), "--output", str(tmp_path / "out")])
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1 and error.startswith("harvester: ")
    if verb != "release" or prepare not in (_file_in_the_way, _nobody_s):
        assert got == code and said in error
    assert got in (2, 5)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder that cannot be written, not even by root."""
    folder = tmp_path / "out"
    folder.mkdir(mode=0o555)
    if os.geteuid() != 0:
        yield folder
        return
    mount = ["mount", "-t", "tmpfs", "-o", "ro,size=64k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("root may write anywhere, and nothing can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("below", [".", "new"], ids=["there", "to-be-made"])
def test_output_that_may_not_be_written_is_exit_five(
    tmp_path: Path, read_only: Path, below: str
) -> None:
    (tmp_path / "bed.toml").write_text(_SITE)
    done = subprocess.run(
        [
            sys.executable, "-m", "harvester", "run", "--site", str(tmp_path / "bed.toml"),
            "--output", str(read_only / below),
        ],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 5, done.stderr
    assert re.fullmatch(r"harvester: [^\n]+\n", done.stderr)


@contextmanager
def releasing(output: Path) -> Iterator[None]:
    """Hold the lock of a build."""
    (output / "releases").mkdir(exist_ok=True)
    with (output / "releases" / ".lock").open("a+") as lock:
        flock(lock, LOCK_EX)
        lock.truncate(0)
        lock.write(json.dumps({"pid": os.getpid(), "started": "2026-11-22T03:15:00+00:00"}))
        lock.flush()
        yield


def test_second_run_is_exit_four_and_names_the_first(tmp_path: Path) -> None:
    with sample_runs(tmp_path) as (server, runs):
        hosts = [host for host, _ in server.resolve().items()]
        with HostLocks(runs.output / "locks", hosts):
            done = runs.do("run")
            assert done.returncode == 4
            last = done.stderr.splitlines()[-1]
            assert re.search(rf"process {os.getpid()} since 20\d\d-\d\d-\d\dT", last)
            assert server.requests == []
            assert not list(runs.output.glob("runs/*")), "a run that was refused is no run"
        runs.run()
        with releasing(runs.output):
            for words in (("release", "--force"), ("releases", "--rollback"), ("run",)):
                done = runs.do(*words)
                assert done.returncode == 4, (words, done.stderr)
                assert f"process {os.getpid()} since 2026-11-22" in done.stderr
        assert runs.do("release", "--force").returncode == 0


def test_refused_scrapy_crawl_is_one_line_and_no_success(tmp_path: Path) -> None:
    (tmp_path / "bed.toml").write_text(_SITE)
    _other_profile(tmp_path / "out")
    done = subprocess.run(
        [
            sys.executable, "-m", "scrapy", "crawl", "films", "-a", f"site={tmp_path / 'bed.toml'}",
            "-s", f"HARVESTER_OUTPUT={tmp_path / 'out'}", "-s", "LOG_LEVEL=ERROR",
        ],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "belongs to profile 'live'" in line


def test_live_profile_without_a_contact_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from harvester.commands.crawling import missing_contact
    from harvester.sites import load_profile

    monkeypatch.delenv("HARVESTER_CONTACT", raising=False)
    assert "HARVESTER_CONTACT" in (missing_contact(load_profile("live")) or "")
    assert missing_contact(load_profile("sample")) is None
    monkeypatch.setenv("HARVESTER_CONTACT", "skord@exempel.se")
    assert missing_contact(load_profile("live")) is None


@pytest.mark.parametrize("year", ["0", "-5", "20", "1899", "2100", "20190", "99999999999999999999"])
def test_edition_of_no_conference_is_exit_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], year: str
) -> None:
    (tmp_path / "bed.toml").write_text(_SITE)
    scope = ["--site", str(tmp_path / "bed.toml"), "--output", str(tmp_path / "out")]
    assert main(["crawl", "films", f"--edition={year}", *scope]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "1900 to 2099" in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("year", ["0", "2100", "nu"])
def test_edition_of_no_conference_is_refused_by_scrapy_crawl(tmp_path: Path, year: str) -> None:
    (tmp_path / "bed.toml").write_text(_SITE)
    done = subprocess.run(
        [
            sys.executable, "-m", "scrapy", "crawl", "films", "-a", f"site={tmp_path / 'bed.toml'}",
            "-a", f"edition={year}", "-s", f"HARVESTER_OUTPUT={tmp_path / 'out'}", "-s", "LOG_LEVEL=ERROR",
        ],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert f"edition {year}" in line or f"edition={year}" in line
