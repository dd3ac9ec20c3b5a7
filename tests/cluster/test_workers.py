from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from redis import Redis

from benchmarks.site import served
from harvester.archive.reader import Archive
from harvester.cluster.expansion import first_fetches
from harvester.cluster.frontier import MAX_DELIVERIES, Frontier
from harvester.datasets.build import build_release
from harvester.sites import read_profile
from harvester.workspace import open_workspace
from tests.cluster.conftest import RedisServer
from tests.cluster.working import archived_pages, ended, site, worker

PAGES = 150


def wait_for(output: Path, pages: int) -> None:
    """Wait until the archive holds so many records."""
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        if (output / "archive" / "index.sqlite").exists():
            with Archive(output / "archive") as archive:
                if archive.last_position() >= pages:
                    return
        time.sleep(0.05)
    raise AssertionError("the workers archive nothing")


@pytest.mark.long
@pytest.mark.parametrize("after", [pytest.param(n, id=f"after-{n}") for n in (5, 40, 120)])
def test_a_killed_worker_loses_and_doubles_nothing(
    tmp_path: Path, redis_server: RedisServer, after: int
) -> None:
    output = tmp_path / "output"
    with served(PAGES) as base:
        bed = site(base)
        made = read_profile({"site": [bed], "event": "Exempelstämman"}, name="bed")
        workspace = open_workspace(made, output)
        killed, other = (worker(output, redis_server.url + "#night", bed) for _ in range(2))
        wait_for(output, after)
        killed.kill()
        assert ended(other) == (0, "")
        killed.communicate()
        pages = archived_pages(output)
        assert len(pages) == PAGES
        built = build_release(workspace, workers=1).built
    assert built.rows["pages"] == PAGES


@pytest.mark.long
def test_workers_write_files_of_their_own(tmp_path: Path, redis_server: RedisServer) -> None:
    output = tmp_path / "output"
    with served(60) as base:
        bed = site(base, delay=0.15)  # nine seconds of work: whoever starts late finds some left
        workers = [worker(output, redis_server.url + "#night", bed) for _ in range(2)]
        assert [ended(w) for w in workers] == [(0, ""), (0, "")]
        assert [ended(worker(output, redis_server.url + "#night", bed))[0]] == [0]
    assert set(archived_pages(output)) == {f"/nyheter/sida-{n}/" for n in range(60)}
    with Archive(output / "archive") as archive:
        files = {(ref.run, ref.warc_file) for ref in archive.refs()}
    assert len({run for run, _ in files}) == len(files) == 2  # the third found all done


@pytest.mark.long
def test_a_site_is_asked_no_faster_by_more_workers(
    tmp_path: Path, redis_server: RedisServer
) -> None:
    output, delay = tmp_path / "output", 0.25
    with served(12) as base:
        slow = site(base, delay=delay, concurrency=1, discovery=["sitemap"])
        workers = [worker(output, redis_server.url + "#night", slow) for _ in range(3)]
        assert [ended(w)[0] for w in workers] == [0, 0, 0]
    with Archive(output / "archive") as archive:
        moments = [ref.fetched_at for ref in archive.refs()]
    gaps = [(after - before).total_seconds() for before, after in pairwise(moments)]
    assert len(moments) >= 12
    # What is measured is when answers were stored, some milliseconds after they were asked for.
    assert sum(gaps) / len(gaps) >= delay * 0.95
    assert min(gaps) >= delay * 0.6


@pytest.mark.long
@pytest.mark.parametrize("fault", ["down", "full", "emptied"])
def test_a_frontier_lost_in_mid_run_is_said_and_mended(
    tmp_path: Path, redis_server: RedisServer, fault: str
) -> None:
    output = tmp_path / "output"
    with served(PAGES) as base:
        bed = site(base, delay=0.01, concurrency=1)
        running = worker(output, redis_server.url + "#night", bed)
        wait_for(output, 20)
        server = Redis.from_url(redis_server.url)
        match fault:
            case "down":
                redis_server.stop()
            case "full":
                server.config_set("maxmemory", "1")
            case "emptied":
                server.flushall()
        code, said = ended(running)
        assert code == 3
        assert "nothing is lost" in said and len(said.splitlines()) == 1
        assert len(archived_pages(output)) < PAGES
        if fault == "down":
            redis_server.start()
        server.config_set("maxmemory", "0")
        assert ended(worker(output, redis_server.url + "#night", bed)) == (0, "")
    pages = archived_pages(output)
    assert len(pages) == PAGES and max(pages.values()) == 1


def test_no_redis_is_one_line_and_exit_3(tmp_path: Path) -> None:
    code, said = ended(
        worker(tmp_path / "o", "redis://:secret@127.0.0.1:1/0", site("http://127.0.0.1:2"))
    )
    assert code == 3
    assert "secret" not in said and "nothing is lost" in said and said.count("\n") == 1


def test_a_fetch_that_kills_workers_is_given_up(tmp_path: Path, redis_server: RedisServer) -> None:
    output = tmp_path / "output"
    with served(3) as base:
        bed = site(base, discovery=["sitemap"])

        made = read_profile({"site": [bed]}, name="bed").sites[0]
        frontier = Frontier(
            Redis.from_url(redis_server.url), "bed:night", ["bench"], worker="dead", lease=0.001
        )
        frontier.begin(list(first_fetches(made))[:1])
        for _ in range(MAX_DELIVERIES):
            assert frontier.take(["bench"]) is not None
            time.sleep(0.01)
        code, said = ended(worker(output, redis_server.url + "#night", bed, lease=0.1))
        assert (code, said) == (0, "")
    with Archive(output / "archive") as archive:
        assert [f.code for f in archive.failures()] == ["redelivered_too_often"]
    report = json.loads(next((output / "runs").glob("*/crawl.json")).read_text())
    assert report["state"] == "finished"
