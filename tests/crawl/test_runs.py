"""Reports of runs, and a profile on its way to the crawling process."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harvester.crawl.process import profile_document
from harvester.crawl.runs import (
    CrawlReport,
    RunState,
    SiteReport,
    new_run,
    past_reports,
    read_report,
    write_report,
)
from harvester.errors import UnwritableError
from harvester.sites import load_profile, read_profile

NOW = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
REPORT = CrawlReport(
    "20260504T030201Z-00aa",
    "live",
    None,
    NOW,
    NOW + timedelta(seconds=9),
    RunState.FINISHED,
    (
        SiteReport("scd", "https://a.example/", reached=True, ways=("rest",), problems={"dns": 1}),
        SiteReport("sc", "https://b.example/"),
    ),
)


def test_a_report_comes_back_as_it_was_written(tmp_path: Path) -> None:
    write_report(tmp_path / REPORT.run, REPORT)
    assert read_report(tmp_path / REPORT.run) == REPORT
    assert (REPORT.reached, REPORT.missed) == (("scd",), ("sc",))
    assert REPORT.site("okänd") == SiteReport("okänd", "")


def test_broken_reports_are_passed_over_newest_first(tmp_path: Path) -> None:
    for name, text in (("a", "{"), ("b", "[]"), ("c", '{"run": 1}')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "crawl.json").write_text(text)
    (tmp_path / "empty").mkdir()
    for hours in (1, 3, 2):
        run = new_run(NOW + timedelta(hours=hours))
        write_report(
            tmp_path / run, CrawlReport(run, "live", None, NOW, None, RunState.RUNNING, ())
        )
    assert [r.run[9:11] for r in past_reports(tmp_path)] == ["06", "05", "04"]


def test_a_report_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("no folder")
    with pytest.raises(UnwritableError, match="cannot write"):
        write_report(tmp_path / "runs" / "x", REPORT)


@pytest.mark.parametrize("name", ["live", "sample"])
def test_a_profile_survives_its_way_to_the_child(name: str) -> None:
    profile = load_profile(name)
    again = read_profile(profile_document(profile), name=profile.name, source=profile.source)
    assert again == profile
