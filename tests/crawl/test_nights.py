"""Incremental nights on the sample: what is asked, what is found, what a night may cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from harvester.crawl.runs import CrawlReport
from harvester.sample import SampleServer
from harvester.sites import Profile, load_profile
from tests.crawl.crawling import archived, run


class Nights:
    """The sample's sites, crawled night after night."""

    def __init__(self, server: SampleServer, output: Path) -> None:
        self.server = server
        self.output = output
        self.profile: Profile = replace(load_profile("sample"), resolve=server.resolve())

    def crawl(self, **arguments: object) -> CrawlReport:
        del self.server.requests[:]
        return run(self.profile, self.output, **arguments)

    @property
    def asked(self) -> Counter[str]:
        return Counter(host for host, _ in self.server.requests)


@pytest.fixture
def nights(tmp_path: Path) -> Iterator[Nights]:
    with SampleServer() as server:
        yield Nights(server, tmp_path)


def test_first_crawl_costs_little_more_than_its_pages(nights: Nights) -> None:
    report = nights.crawl()
    for site in report.sites:
        assert site.full and site.listing_complete and site.ways == ("rest",)
        assert site.requests <= 1.5 * site.pages_seen


def test_unchanged_night_costs_four_requests_a_site(nights: Nights) -> None:
    nights.crawl()
    for _ in range(3):
        report = nights.crawl()
        assert all(count <= 4 for count in nights.asked.values())
        assert all(site.reached and not site.full for site in report.sites)


def test_changed_night_fetches_what_changed_and_nothing_else(nights: Nights) -> None:
    nights.crawl()
    before = archived(nights.output)
    nights.server.stage = 2
    report = nights.crawl()
    pages = {p for p in archived(nights.output, report.run) if p.endswith("/")} - {"/feed/"}
    assert "/dokumentation/filmklipp-2019/" in pages, "the late film has come"
    assert pages - set(before), "the new post"
    assert len(pages) <= 5


def test_full_run_sees_silent_changes_and_deletions(nights: Nights) -> None:
    nights.crawl()
    gone_before = {p for p, status in archived(nights.output).items() if status in (404, 410)}
    nights.server.stage = 2
    report = nights.crawl(full=True)
    gone = {p for p, s in archived(nights.output, report.run).items() if s in (404, 410)}
    assert gone - gone_before, "the deleted page was asked for its state"
    assert all(site.full and site.listing_complete for site in report.sites)


def test_every_so_many_runs_look_at_everything(nights: Nights) -> None:
    sites = tuple(replace(site, full_every=3) for site in nights.profile.sites)
    nights.profile = replace(nights.profile, sites=sites)
    full = [all(site.full for site in nights.crawl().sites) for _ in range(5)]
    assert full == [True, False, False, True, False]
