"""What a site's owner sees of us: who we are, how often we ask, what we keep to."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from harvester import settings
from harvester._version import __version__
from harvester.crawl.process import crawl
from harvester.crawl.retries import retry_after
from harvester.errors import ProfileError
from harvester.sites import load_profile, read_profile
from tests.crawl.crawling import QUICK, archived, failures, loopback_profile, run
from tests.crawl.faulty_site import FaultySite
from tests.crawl.quiet_site import QuietSite


def test_the_delay_is_a_floor() -> None:
    assert settings.DOWNLOAD_DELAY >= 1
    assert settings.DOWNLOAD_DELAY_JITTER == 0
    assert all(s.delay >= 1 and s.concurrency == 1 for s in load_profile("live").sites)
    with pytest.raises(ProfileError):
        read_profile(
            {"site": [{"name": "a", "base": "https://a.example/", "delay": 0.5}]}, name="a"
        )


def test_requests_are_apart_and_one_at_a_time(tmp_path: Path) -> None:
    with QuietSite(pages=5, answer_seconds=0.3) as site:
        run(loopback_profile(site.base, delay=0.2, concurrency=1), tmp_path)
        assert site.most_at_once == 1
        gaps = [b - a for a, b in itertools.pairwise(site.times)]
        assert min(gaps) >= 0.19


def test_crawl_delay_is_kept(tmp_path: Path) -> None:
    robots = "User-agent: *\nCrawl-delay: 0.4\n"
    with QuietSite(pages=3, robots=robots) as site:
        run(loopback_profile(site.base, delay=0, concurrency=4), tmp_path)
        gaps = [b - a for a, b in itertools.pairwise(site.times)]
        assert min(gaps[1:]) >= 0.35


def test_a_bound_on_requests_at_a_time_holds_without_a_delay(tmp_path: Path) -> None:
    with QuietSite(pages=20, answer_seconds=0.05) as site:
        run(loopback_profile(site.base, concurrency=3), tmp_path)
        assert 1 < site.most_at_once <= 3


def test_we_say_who_we_are(tmp_path: Path) -> None:
    with QuietSite(pages=1) as site:
        contact = "mailto:drift@exempel.example"
        run(loopback_profile(site.base), tmp_path, settings={"HARVESTER_CONTACT": contact})
        assert set(site.agents) == {f"harvester/{__version__} (+{contact})"}
        assert not any("cookie" in name.lower() for name in site.header_names)


def test_robots_that_fail_leave_the_site_alone(tmp_path: Path) -> None:
    with FaultySite(robots=503) as site:
        report = run(loopback_profile(site.base), tmp_path)
        assert {path for _, path in site.requests} == {"/robots.txt"}
    assert failures(tmp_path)["/robots.txt"] >= {"robots_unavailable"}
    assert report.sites[0].robots == "unavailable"


def test_a_stored_copy_of_robots_stands_in_for_a_day(tmp_path: Path) -> None:
    with FaultySite() as site:
        profile = loopback_profile(site.base, max_pages=2, discovery=["links"])
        run(profile, tmp_path)
        site.robots = 500
        report = run(profile, tmp_path, full=True)
        assert report.sites[0].robots == "stored"
        assert not any(path.startswith("/hemligt/") for _, path in site.requests)


def test_missing_robots_allow_everything(tmp_path: Path) -> None:
    with FaultySite(robots=404) as site:
        report = run(loopback_profile(site.base, max_pages=3, discovery=["links"]), tmp_path)
        assert report.sites[0].robots == "none" and report.sites[0].pages_seen


def test_a_name_that_leads_inside_is_never_connected_to(tmp_path: Path) -> None:
    with QuietSite(pages=1) as site:
        base = site.base.replace("127.0.0.1", "localhost")
        profile = read_profile({"site": [{"name": "lur", "base": base}]}, name="lur")
        report = crawl("lur", tmp_path, profile_override=profile, settings=QUICK)
        assert site.times == []
    assert not report.sites[0].reached
    assert "guard_private" in failures(tmp_path)["/robots.txt"]


def test_pages_of_a_run_are_bounded(tmp_path: Path) -> None:
    with QuietSite(pages=30) as site:
        run(loopback_profile(site.base, max_pages=7), tmp_path)
        assert sum(path.startswith("/sida") for path in site.paths) <= 7
    assert "guard_pages" in failures(tmp_path)["/"]


def test_validators_make_a_second_look_cheap(tmp_path: Path) -> None:
    with QuietSite(pages=4, validators=True) as site:
        profile = loopback_profile(site.base)
        run(profile, tmp_path)
        report = run(profile, tmp_path, full=True)
        assert report.sites[0].not_modified >= 4
        before = archived(tmp_path)
    assert all(before[f"/sida-{n}/"] == 200 for n in range(4)), "a 304 stands for the stored page"


NOW = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        pytest.param(b"120", 120, id="seconds"),
        pytest.param(format_datetime(NOW + timedelta(seconds=30)).encode(), 30, id="date"),
        pytest.param(format_datetime(NOW - timedelta(hours=1)).encode(), 0, id="past-date"),
        pytest.param(b"999999999999999999", 999999999, id="absurd"),
        pytest.param(b"-5", None, id="negative"),
        pytest.param(b"snart", None, id="no-time"),
        pytest.param(None, None, id="missing"),
    ],
)
def test_retry_after_is_read(header: bytes | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds
