"""`modified_after` in the site's own time: at midnight, on the nights of change to and from summer time."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from harvester.crawl.runs import CrawlReport
from tests.crawl.crawling import archived, loopback_profile
from tests.crawl.crawling import run as crawl
from tests.runs.small_wordpress import SmallWordPress, posts
from tests.runs.test_clocks import MovedClock

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class Site(SmallWordPress):
    """Six posts on a site in Stockholm, crawled at times that a test names."""

    def at(self, moment: datetime, output: Path, clock: MovedClock) -> CrawlReport:
        del self.requests[:]
        clock.set((moment - datetime.now(UTC)).total_seconds())
        before = os.environ.get("PYTHONPATH")
        os.environ["PYTHONPATH"] = clock.environment["PYTHONPATH"]
        try:
            return crawl(loopback_profile(self.base), output)
        finally:
            os.environ.pop("PYTHONPATH")
            if before is not None:
                os.environ["PYTHONPATH"] = before


def local(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM, fold=fold)


@pytest.mark.parametrize(
    ("last", "first_run", "changed", "second_run"),
    [
        pytest.param(
            "2027-05-03T23:59:00", local("2027-05-04T00:30:00"),
            "2027-05-04T00:10:00", local("2027-05-05T00:30:00"),
            id="just-after-midnight-where-utc-is-on-the-day-before",
        ),
        pytest.param(
            "2027-05-03T10:00:00", local("2027-05-04T00:30:00"),
            "2027-05-04T00:30:00", local("2027-05-05T00:30:00"),
            id="in-the-minute-of-the-last-run",
        ),
        pytest.param(
            "2027-05-04T00:30:00", local("2027-05-04T00:30:20"),
            "2027-05-04T00:30:00", local("2027-05-05T00:30:00"),
            id="in-the-very-second-of-the-newest-known-change",
        ),
        pytest.param(
            "2027-10-31T02:50:00", local("2027-10-31T02:55:00"),
            "2027-10-31T02:10:00", local("2027-10-31T02:30:00", fold=1),
            id="in-the-doubled-hour-before-what-is-known",
        ),
        pytest.param(
            "2027-10-31T02:59:59", local("2027-10-31T02:59:59"),
            "2027-10-31T02:00:00", local("2027-11-01T00:30:00"),
            id="at-the-moment-the-hour-begins-again",
        ),
        pytest.param(
            "2027-03-28T01:59:00", local("2027-03-28T01:59:30"),
            "2027-03-28T03:00:00", local("2027-03-28T03:30:00"),
            id="over-the-hour-that-is-left-out",
        ),
    ],
)  # fmt: skip
def test_change_is_fetched_and_nothing_else(
    tmp_path: Path, last: str, first_run: datetime, changed: str, second_run: datetime
) -> None:
    clock = MovedClock(tmp_path / "clock")
    with Site(posts=posts(6)) as site:
        site.posts[0].modified = last
        site.at(first_run, tmp_path, clock)
        post = site.posts[4]
        post.modified, post.text = changed, "Nu i Ekvik."
        report = site.at(second_run, tmp_path, clock)
        assert site.pages_asked() == [post.path]
        assert archived(tmp_path, report.run)[post.path] == 200
        assert site.at(second_run, tmp_path, clock).sites[0].requests <= 4
        assert site.pages_asked() == []


def test_bound_is_the_site_s_newest_change_less_two_hours(tmp_path: Path) -> None:
    with Site(posts=posts(3)) as site:
        site.posts[1].modified = "2026-03-02T00:20:00"
        crawl(loopback_profile(site.base), tmp_path)
        del site.requests[:]
        crawl(loopback_profile(site.base), tmp_path)
        bounds = {b for r in site.requests for b in re.findall(r"modified_after=([^&]+)", r)}
    assert bounds == {"2026-03-01T22:20:00"}
