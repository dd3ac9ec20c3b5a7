"""Clocks that jump: answers stay in the order they came, no page is taken for older than it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harvester.archive.reader import Archive
from harvester.crawl.clock import Clock
from harvester.crawl.runs import CrawlReport, RunState, new_run, next_run
from tests.runs.running import ROOT, Runs
from tests.runs.small_wordpress import SmallWordPress, posts, wordpress_runs

HOUR, DAY = 3_600, 86_400

# Read by Python at its start: the one place that asks for the time answers with another one.
_MOVED = """
from datetime import datetime, timedelta
from pathlib import Path
from harvester.crawl import clock
true, file = clock.wall, Path({file!r})
clock.wall = lambda: true() + timedelta(seconds=float(file.read_text()))
"""


class MovedClock:
    """The clock of the commands that run with its environment."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._file = folder / "seconds"
        (folder / "sitecustomize.py").write_text(_MOVED.format(file=str(self._file)))
        self.environment = {"PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))}
        self.set(0)

    def set(self, seconds: float) -> None:
        """Move it by so many seconds from the true time."""
        beside = self._file.with_suffix(".new")
        beside.write_text(str(seconds))
        beside.replace(self._file)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[SmallWordPress, Runs, MovedClock]]:
    with wordpress_runs(tmp_path, SmallWordPress(posts=posts(6)), full_every=3) as (site, runs):
        yield site, runs, MovedClock(tmp_path / "clock")


def harvested(runs: Runs, clock: MovedClock) -> tuple[str, dict[str, object]]:
    """A run by a moved clock: its last line and its record."""
    done = runs.do("run", environment=clock.environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout.splitlines()[-1], runs.last_run()


def texts(runs: Runs) -> dict[str, str]:
    return {row["url"]: row["text"] for row in runs.rows("pages")}


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        pytest.param(-HOUR, "60 minutes behind", id="back-by-an-hour"),
        pytest.param(-DAY, "24 hours behind", id="back-by-a-day"),
    ],
)
def test_change_is_seen_after_the_clock_went_back(
    served: tuple[SmallWordPress, Runs, MovedClock], seconds: int, said: str
) -> None:
    site, runs, clock = served
    harvested(runs, clock)
    before = texts(runs)
    clock.set(seconds)
    site.posts[2].text, site.posts[2].modified = "Nu i Ekvik.", "2026-03-02T09:00:00"
    line, run = harvested(runs, clock)
    assert said in line and run["verdict"] == "released"
    assert run["seconds"]["all"] >= run["seconds"]["crawl"] > 0  # type: ignore[index]
    after = texts(runs)
    assert after.keys() == before.keys()
    assert "Nu i Ekvik." in after[f"{site.base}inlagg-3/"]
    assert {row["code"] for row in runs.rows("problems")} == {"clock_went_back"}
    with Archive(runs.output / "archive") as archive:
        order = [ref.run for ref in archive.refs()]
        assert order == sorted(order), "the archive's times tell the order of the runs"
    clock.set(0)
    del site.requests[:]
    line, run = harvested(runs, clock)
    assert run["verdict"] == "unchanged" and len(site.requests) <= 4
    assert "clock" not in line


def test_a_year_ahead_and_back_again(served: tuple[SmallWordPress, Runs, MovedClock]) -> None:
    site, runs, clock = served
    full = []
    for night, moved in enumerate((0, 365 * DAY, 0, 0, 0)):
        clock.set(moved)
        if night in (2, 4):
            site.posts[0].text = f"Natt {night}."
            site.posts[0].modified = f"2026-03-{10 + night}T09:00:00"
        line, run = harvested(runs, clock)
        full.append(run["crawl"]["sites"][0]["full"])  # type: ignore[index]
        assert ("behind the newest answer" in line) == (night >= 2)
    assert full == [True, False, False, True, False]
    assert "Natt 4." in texts(runs)[f"{site.base}inlagg-1/"]
    assert len(texts(runs)) == 6
    names = [path.name for path in sorted((runs.output / "runs").iterdir())]
    assert len(names) == len(set(names)) == 5


def test_clock_that_goes_back_during_a_run(
    served: tuple[SmallWordPress, Runs, MovedClock],
) -> None:
    site, runs, clock = served
    answer = site.modified

    def meanwhile(post: object) -> str:  # asked while REST is listed
        clock.set(-DAY)
        return answer(post)  # type: ignore[arg-type]

    site.modified = meanwhile  # type: ignore[method-assign]
    line, run = harvested(runs, clock)
    assert "the clock was moved back by 24 hours meanwhile" in line
    crawl = run["crawl"]
    assert crawl["finished"] >= crawl["started"]  # type: ignore[index]
    with Archive(runs.output / "archive") as archive:
        times = [ref.fetched_at for ref in archive.captures_since(0)]
    assert times == sorted(times) and times[-1] - times[0] < timedelta(hours=1)
    assert len(texts(runs)) == 6


def test_clock_begins_after_the_newest_answer() -> None:
    now = datetime.now(UTC)
    assert Clock(now - timedelta(days=1)).ahead == timedelta(0)
    clock = Clock(now + timedelta(hours=2))
    assert clock.now() > now + timedelta(hours=2)
    assert timedelta(hours=1, minutes=59) < clock.ahead <= timedelta(hours=2, microseconds=1)
    assert abs(clock.jump()) < timedelta(seconds=5)


def test_run_s_name_sorts_after_all_there_are(tmp_path: Path) -> None:
    ahead = new_run(datetime.now(UTC) + timedelta(days=365))
    for name in (ahead, new_run(datetime.now(UTC)), "lost+found"):
        (tmp_path / name).mkdir()
    assert next_run(tmp_path) > ahead
    assert next_run(tmp_path / "none") < ahead


@pytest.mark.parametrize(
    ("ahead", "jump", "said"),
    [
        pytest.param(0.0, 0.4, None, id="fine"),
        pytest.param(59.0, -59.0, None, id="mended-by-seconds"),
        pytest.param(7_300.0, 0.0, "2 hours behind the newest answer", id="back-since"),
        pytest.param(0.0, 31_536_000.0, "forward by 365 days", id="forward-meanwhile"),
    ],
)
def test_clock_s_fault_is_told(ahead: float, jump: float, said: str | None) -> None:
    now = datetime.now(UTC)
    report = CrawlReport("r", "bed", None, now, now, RunState.FINISHED, (), ahead=ahead, jump=jump)
    assert (report.clock_fault is None) if said is None else said in (report.clock_fault or "")


def test_only_one_place_asks_for_the_time() -> None:
    """What is stamped otherwise would not follow the archive's order."""
    allowed = {"clock.py", "locks.py", "plain_client.py"}  # who holds a lock; a first look
    for path in (ROOT / "harvester" / "crawl").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert path.name in allowed or ("datetime.now" not in text and "time.time" not in text), (
            path
        )
