"""Kills, signals, locks and dead sites: nothing is lost, nothing is asked twice, errors are named."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harvester.crawl.locks import HostLocks
from harvester.crawl.process import crawl, profile_document
from harvester.crawl.runs import CrawlReport, RunState
from harvester.errors import LockedError, UnwritableError
from harvester.sample import SampleServer
from harvester.sites import Profile, load_profile
from tests.crawl.crawling import archived_urls, loopback_profile, run
from tests.crawl.faulty_site import FaultySite
from tests.crawl.quiet_site import QuietSite

_PARENT = """
import json, sys
from pathlib import Path
from harvester.crawl.process import crawl, profile_document
from harvester.sites import read_profile
document, output = json.loads(sys.argv[1]), Path(sys.argv[2])
report = crawl("sample", output, profile_override=read_profile(document, name="sample"),
               progress=lambda event: print(event["event"], flush=True))
print(report.state, report.signal, flush=True)
"""


def sample_profile(server: SampleServer, **keys: Any) -> Profile:
    profile = load_profile("sample")
    sites = tuple(replace(site, **keys) for site in profile.sites)
    return replace(profile, sites=sites, resolve=server.resolve())


def start(profile: Profile, output: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _PARENT, json.dumps(profile_document(profile)), str(output)],
        stdout=subprocess.PIPE,
        text=True,
    )


def wait_for_fetches(process: subprocess.Popen[str], count: int) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        count -= line.startswith("fetched")
        if count <= 0:
            return


def finished_after_kills(output: Path, kills: int, seed: int) -> tuple[Counter[Any], Path]:
    """Kill the crawling process tree's parent at random points, then let it finish."""
    chance = random.Random(seed)
    with SampleServer() as server:
        # Slow enough that every kill falls into the crawl: fetches are told in bursts.
        profile = sample_profile(server, concurrency=2, delay=0.05)
        for _ in range(kills):
            process = start(profile, output)
            wait_for_fetches(process, chance.randint(1, 14))
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
            time.sleep(0.3)  # the child notices that its parent is gone
        report = run(profile, output)
        assert report.state is RunState.FINISHED
        return Counter(server.requests), output


def test_killed_crawl_is_finished_without_asking_twice(tmp_path: Path) -> None:
    asked, output = finished_after_kills(tmp_path / "killed", 3, seed=1)
    with SampleServer() as server:
        run(sample_profile(server), tmp_path / "whole")
    assert archived_urls(output) == archived_urls(tmp_path / "whole")
    # What was on the wire at a kill is asked again; nothing that was archived is.
    assert sum(count - 1 for count in asked.values()) <= 3 * 2 * 2


@pytest.mark.long
@pytest.mark.parametrize("seed", range(9))
def test_many_kills(tmp_path: Path, seed: int) -> None:
    _, output = finished_after_kills(tmp_path / "killed", 3, seed=seed)
    with SampleServer() as server:
        run(sample_profile(server), tmp_path / "whole")
    assert archived_urls(output) == archived_urls(tmp_path / "whole")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda n: n.name)
def test_a_signal_ends_the_crawl_and_keeps_what_came(
    tmp_path: Path, number: signal.Signals
) -> None:
    with SampleServer() as server:
        process = start(sample_profile(server, concurrency=1, delay=0.1), tmp_path)
        wait_for_fetches(process, 5)
        process.send_signal(number)
        out, _ = process.communicate(timeout=30)
        assert out.splitlines()[-1] == f"interrupted {int(number)}"
        before = len(server.requests)
        kept = archived_urls(tmp_path)
        assert len(kept) >= 5
        report = run(sample_profile(server), tmp_path)
        again = Counter(server.requests[before:])
    assert report.state is RunState.FINISHED
    assert sum(site.resumed for site in report.sites) >= 5
    assert not any(f"http://{host}{path}" in kept for host, path in again)


def test_second_crawl_of_a_host_is_refused_by_name(tmp_path: Path) -> None:
    with FaultySite() as site, HostLocks(tmp_path / "locks", [site.base.split("/")[2]]):
        with pytest.raises(LockedError, match=r"process \d+ since 20"):
            run(loopback_profile(site.base), tmp_path)
        assert site.requests == []


def test_locks_are_all_or_none_and_freed(tmp_path: Path) -> None:
    with HostLocks(tmp_path, ["b.example"]):
        both = HostLocks(tmp_path, ["a.example", "b.example"])
        with pytest.raises(LockedError):
            both.acquire()
        HostLocks(tmp_path, ["a.example"]).acquire()
    with HostLocks(tmp_path, ["b.example"]):
        pass


def test_dead_site_is_left_alone_soon(tmp_path: Path) -> None:
    profile = loopback_profile("http://127.0.0.1:9/", seeds=[f"/sida-{n}/" for n in range(40)])
    report = run(profile, tmp_path)
    (site,) = report.sites
    assert report.missed == ("bed",) and not site.reached
    assert site.requests <= 12
    assert "robots_unavailable" in site.problems


def test_unwritable_output_is_one_named_error(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("no folder")
    with pytest.raises(UnwritableError):
        run(loopback_profile("http://127.0.0.1:9/"), tmp_path)


def test_progress_tells_each_answer(tmp_path: Path) -> None:
    events: list[Mapping[str, Any]] = []
    with SampleServer() as server:
        report = run(sample_profile(server), tmp_path, progress=events.append)
        fetched = [event for event in events if event["event"] == "fetched"]
        assert len(fetched) == len(server.requests) == sum(s.requests for s in report.sites)


def test_crawl_works_outside_the_main_thread(tmp_path: Path) -> None:
    reports: list[CrawlReport] = []
    thread = threading.Thread(target=lambda: reports.append(crawl("sample", tmp_path)))
    thread.start()
    thread.join(60)
    assert [report.state for report in reports] == [RunState.FINISHED]


def test_full_disk_ends_the_crawl_with_one_named_error(tmp_path: Path) -> None:
    with SampleServer() as server:
        document = json.dumps(profile_document(sample_profile(server)))
        done = subprocess.run(
            [sys.executable, "-c", _PARENT, document, str(tmp_path)],
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000)),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.stderr.count("Traceback") == 1  # of the little program, not of the crawl
        assert "errors.UnwritableError: cannot write" in done.stderr.splitlines()[-1]
        report = run(sample_profile(server), tmp_path)
    assert report.state is RunState.FINISHED


def test_a_child_killed_alone_is_an_interruption(tmp_path: Path) -> None:
    with QuietSite(pages=30, answer_seconds=0.1) as site:
        profile = loopback_profile(site.base, concurrency=1)
        fetched = 0

        def kill_the_child(event: Mapping[str, Any]) -> None:
            nonlocal fetched
            fetched += event["event"] == "fetched"
            if fetched == 5:
                (child,) = children()
                os.kill(child, signal.SIGKILL)

        report = run(profile, tmp_path, progress=kill_the_child)
        assert (report.state, report.signal) == (RunState.INTERRUPTED, signal.SIGKILL)
        assert run(profile, tmp_path).state is RunState.FINISHED


def children() -> list[int]:
    """The crawling processes this one has started and not yet seen the end of."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            command = stat.with_name("cmdline").read_bytes()
            if int(fields[1]) == os.getpid() and b"harvester.crawl" in command:
                found.append(int(stat.parent.name))
    return found
