from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harvester.errors import UnwritableError
from harvester.profiling import join_parts, require_writable, sampled, speedscope


def burn(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        sum(range(1_000))


def test_a_part_says_where_the_time_went(tmp_path: Path) -> None:
    with sampled(tmp_path, "here"):
        burn(0.3)
    target = tmp_path / "profile.speedscope"
    join_parts(tmp_path, target)
    document = json.loads(target.read_text())
    frames = document["shared"]["frames"]
    (profile,) = document["profiles"]
    inside = sum(
        weight
        for stack, weight in zip(profile["samples"], profile["weights"], strict=True)
        if any(frames[n]["name"] == "burn" for n in stack)
    )
    assert profile["name"] == "here"
    assert inside == pytest.approx(0.3, abs=0.15)
    assert profile["endValue"] == pytest.approx(sum(profile["weights"]))
    assert not any(Path(frame["file"]).is_absolute() for frame in frames)


def test_without_a_folder_nothing_is_sampled(tmp_path: Path) -> None:
    with sampled(None, "here"):
        burn(0.01)
    assert list(tmp_path.iterdir()) == []


def test_parts_share_their_frames() -> None:
    stack = [["f", "a.py", 1], ["g", "a.py", 5]]
    parts = [{"name": name, "stacks": [[stack, 0.5]]} for name in ("one", "two")]
    document = speedscope(parts)
    assert [f["name"] for f in document["shared"]["frames"]] == ["f", "g"]
    assert [p["samples"] for p in document["profiles"]] == [[[0, 1]], [[0, 1]]]


def test_a_place_that_cannot_be_written_is_refused_first(tmp_path: Path) -> None:
    with pytest.raises(UnwritableError, match="--profile"):
        require_writable(tmp_path / "absent" / "profile.json")


def test_a_run_is_profiled_with_its_children(tmp_path: Path) -> None:
    target = tmp_path / "run.speedscope.json"
    command = [sys.executable, "-m", "harvester", "run", "--site", "sample", "--quiet"]
    command += ["--output", str(tmp_path / "output"), "--profile", str(target)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    names = {profile["name"] for profile in json.loads(target.read_text())["profiles"]}
    assert names == {"run", "crawl", "extract"}
