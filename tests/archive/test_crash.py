"""A writer killed with SIGKILL at any moment loses nothing that it reported as stored."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from harvester.archive.reader import Archive
from harvester.archive.verify import verify
from tests.archive.conftest import check_with_warcio

WRITE = """
import random, sys
from pathlib import Path
from harvester.archive.writer import ArchiveWriter
from tests.archive.conftest import HTML, at, page

chosen = random.Random(int(sys.argv[2]))
with ArchiveWriter(Path(sys.argv[1]), run=sys.argv[2], max_file=60_000) as writer:
    number = 0
    while True:
        number += 1
        if chosen.random() < 0.1:
            position = writer.store_failure(f"https://exempel.se/{number}", at(number), "dns", "?")
        else:
            body = page(f"Sida {chosen.randrange(40)}", chosen.randrange(60_000))
            stored = writer.store(f"https://exempel.se/{number}", at(number), 200, HTML, body)
            position = stored.position
        print(position, f"https://exempel.se/{number}", flush=True)
"""


def killed_writer(folder: Path, seed: int, seconds: float) -> dict[int, str]:
    """What a writer said it had stored before it was killed: addresses by position."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITE, str(folder), str(seed)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        lines = [first, *writer.stdout.read().splitlines(keepends=True)]
    pairs = [line.split() for line in lines if line.endswith("\n")]
    return {int(position): url for position, url in pairs}


def check_kills(folder: Path, count: int) -> None:
    chosen = random.Random(count)
    said: dict[int, str] = {}
    for seed in range(count):
        said |= killed_writer(folder, seed, chosen.uniform(0.0, 0.25))
        with Archive(folder) as archive:
            # Cut short in a record, or between the making of a file and its first byte.
            assert {f.code for f in archive.repairs} <= {"truncated_record", "empty_file"}
            stored = {ref.position: ref.url for ref in archive.refs()}
            stored |= {failure.position: failure.url for failure in archive.failures()}
            assert said.items() <= stored.items()
            for ref in archive.refs(run=str(seed)):
                assert archive.read(ref.position).digest == ref.digest
        check_with_warcio(folder)
        assert list(verify(folder)) == []


def test_killed_writers_lose_nothing(tmp_path: Path) -> None:
    check_kills(tmp_path / "archive", 3)


@pytest.mark.long
def test_killed_writers_lose_nothing_at_many_moments(tmp_path: Path) -> None:
    check_kills(tmp_path / "archive", 30)
