"""A site full of faults: each ends as a named problem, the good pages are all there."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from harvester.crawl.runs import CrawlReport, RunState
from tests.crawl.crawling import ChildMemory, archived, failures, loopback_profile, run
from tests.crawl.faulty_site import FAULTS, GOOD_PAGES, KEPT, FaultySite


class Crawled:
    """The faulty site, crawled once for all tests here."""

    def __init__(self, folder: Path) -> None:
        began = time.monotonic()
        with FaultySite() as site, ChildMemory() as memory:
            profile = loopback_profile(site.base, concurrency=16)
            self.report: CrawlReport = run(profile, folder)
            self.asked = [path for _, path in site.requests]
        self.kilobytes = memory.peak
        self.seconds = time.monotonic() - began
        self.archived = archived(folder)
        self.failures = failures(folder)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return Crawled(tmp_path_factory.mktemp("faulty"))


@pytest.mark.parametrize(("path", "code"), FAULTS.items(), ids=lambda v: v.strip("/") or "start")
def test_each_fault_is_a_named_problem(crawled: Crawled, path: str, code: str) -> None:
    assert code in crawled.failures.get(path, set())


@pytest.mark.parametrize("path", GOOD_PAGES)
def test_good_pages_between_the_faults_are_archived(crawled: Crawled, path: str) -> None:
    assert crawled.archived[path] == 200


@pytest.mark.parametrize("path", KEPT)
def test_odd_answers_are_archived_as_they_came(crawled: Crawled, path: str) -> None:
    assert crawled.archived[path] == 200


def test_endless_parts_and_calendars_come_to_an_end(crawled: Crawled) -> None:
    assert sum(path.startswith("/arkiv/page/") for path in crawled.asked) <= 5
    assert sum(path.startswith("/kalender/") for path in crawled.asked) <= 300
    assert sum(path.startswith("/dag-") for path in crawled.asked) <= 21
    assert not any(path.startswith("/kalender/2024/") for path in crawled.asked)
    codes = set().union(*crawled.failures.values())
    assert {"pagination_stopped", "guard_depth"} <= codes


def test_robots_are_obeyed(crawled: Crawled) -> None:
    assert not any(path.startswith("/hemligt/") for path in crawled.asked)
    assert crawled.failures["/hemligt/a/"] == {"robots_forbidden"}


def test_the_run_ends_by_itself_within_its_bounds(crawled: Crawled) -> None:
    assert crawled.report.state is RunState.FINISHED
    assert crawled.seconds < 45
    assert 20_000 < crawled.kilobytes < 300_000


def test_report_counts_what_was_sent(crawled: Crawled) -> None:
    (site,) = crawled.report.sites
    assert site.requests == len(crawled.asked)
    assert site.reached and site.ways == ("links",) and not site.listing_complete
    assert site.problems["too_large"] == 2
