from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROFILE = """
[[site]]
name = "bed"
base = "http://127.0.0.1:2/"
allow_private = true
"""


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        pytest.param(
            ["crawl", "films", "--frontier", "redis://127.0.0.1:1"],
            2,
            "stands alone",
            id="a-spider",
        ),
        pytest.param(
            ["crawl", "--frontier", "redis://127.0.0.1:1"], 3, "nothing is lost", id="no-redis"
        ),
        pytest.param(["crawl", "--frontier", "localhost"], 2, "redis://", id="no-address"),
    ],
)
def test_what_cannot_work_is_one_line(
    tmp_path: Path, command: list[str], code: int, said: str
) -> None:
    profile = tmp_path / "bed.toml"
    profile.write_text(PROFILE)
    options = ["--site", str(profile), "--output", str(tmp_path / "output")]
    done = subprocess.run(
        [sys.executable, "-m", "harvester", *command, *options],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr.count("\n")) == (code, 1)
    assert said in done.stderr
