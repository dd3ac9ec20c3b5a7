"""Sites that lie about what changed: what it costs stays bounded, changes are seen, nothing is released for nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harvester.archive.reader import Archive
from harvester.crawl.night import REDATED
from harvester.crawl.runs import CrawlReport
from tests.crawl.crawling import archived, failures, loopback_profile
from tests.crawl.crawling import run as crawl
from tests.crawl.quiet_site import QuietSite
from tests.runs.small_wordpress import Lies, SmallWordPress, posts, wordpress_runs

FUTURE = "Fri, 01 Jan 2044 00:00:00 GMT"


class Nights:
    """A lying site, crawled night after night."""

    def __init__(self, site: SmallWordPress, output: Path) -> None:
        self.site = site
        self.output = output

    def __call__(self, **arguments: Any) -> CrawlReport:
        del self.site.requests[:], self.site.conditional[:]
        return crawl(loopback_profile(self.site.base), self.output, **arguments)


def dated_anew(site: SmallWordPress, night: int) -> None:
    site.lies.modified = f"2026-03-{10 + night:02}T03:00:00"


@pytest.mark.parametrize("rest", [True, False], ids=["rest", "sitemap"])
def test_dates_that_change_each_night_cost_a_bounded_number_of_requests(
    tmp_path: Path, rest: bool
) -> None:
    with SmallWordPress(posts=posts(60), rest=rest) as site:
        night = Nights(site, tmp_path)
        night()
        seen = set()
        for number in range(3):
            dated_anew(site, number)
            report = night()
            assert not report.sites[0].full
            assert len(site.pages_asked()) == REDATED
            assert len(site.requests) <= REDATED + 4
            assert report.sites[0].problems["dates_doubted"] == 1
            seen |= set(site.pages_asked())
        assert len(seen) == 60, "the page looked at longest ago comes first"


def test_a_change_is_fetched_among_pages_that_are_only_dated_anew(tmp_path: Path) -> None:
    with SmallWordPress(posts=posts(60)) as site:
        night = Nights(site, tmp_path)
        night()
        for number in range(2):
            dated_anew(site, number)
            for post in site.posts[number::20]:
                post.text += f" Ändrat natt {number}."
            night()
            asked = site.pages_asked()
            assert {post.path for post in site.posts[number::20]} <= set(asked)
            assert len(asked) <= REDATED + 3


def test_what_a_night_left_is_looked_at_by_the_next(tmp_path: Path) -> None:
    with SmallWordPress(posts=posts(40)) as site:
        night = Nights(site, tmp_path)
        night()
        dated_anew(site, 1)  # once: an honest change of all pages at once
        first = (night(), site.pages_asked())[1]
        second = (night(), site.pages_asked())[1]
        third = (night(), site.pages_asked())[1]
    assert len(first) == REDATED and len(second) == 40 - REDATED and third == []
    assert not set(first) & set(second)


@pytest.mark.parametrize(
    "lies",
    [
        pytest.param(Lies(), id="date-stands-still"),
        pytest.param(Lies(etag='"samma"'), id="one-etag-for-all"),
        pytest.param(Lies(last_modified=FUTURE), id="last-modified-in-the-future"),
    ],
)
@pytest.mark.parametrize("rest", [True, False], ids=["rest", "sitemap"])
def test_silent_change_is_seen_by_the_full_look(tmp_path: Path, lies: Lies, rest: bool) -> None:
    with SmallWordPress(posts=posts(4), rest=rest, lies=lies) as site:
        night = Nights(site, tmp_path)
        night()
        site.posts[2].aside = "Nytt i marginalen."
        night()
        assert site.pages_asked() == []
        report = night(full=True)
        assert sorted(site.pages_asked()) == sorted(post.path for post in site.posts)
        assert new_bodies(tmp_path, report.run) == ["/inlagg-3/"]


def new_bodies(output: Path, run: str) -> list[str]:
    """Paths that gave a body in a run which the archive did not hold."""
    with Archive(output / "archive") as archive:
        return [
            ref.url.partition("/inlagg")[1] + ref.url.partition("/inlagg")[2]
            for ref in archive.refs(run=run)
            if "/inlagg" in ref.url and "wp-json" not in ref.url and not ref.revisit
        ]


def test_where_nothing_lists_the_pages_two_full_looks_see_what_etags_hide(tmp_path: Path) -> None:
    with QuietSite(pages=6, validators=True) as site:
        profile = loopback_profile(site.base)
        crawl(profile, tmp_path)
        unbelieved = []
        for _ in range(2):
            report = crawl(profile, tmp_path, full=True)
            assert report.sites[0].not_modified >= 3
            unbelieved.append(report.sites[0].fetched)
        assert all(count >= 3 for count in unbelieved)


def test_last_modified_in_the_future_is_no_condition(tmp_path: Path) -> None:
    with SmallWordPress(posts=posts(3), rest=False, lies=Lies(last_modified=FUTURE)) as site:
        night = Nights(site, tmp_path)
        night()
        night(url=site.origin + "/inlagg-1/")
        assert "/inlagg-1/" in site.requests and "/inlagg-1/" not in site.conditional
        site.lies.last_modified = "Sun, 01 Mar 2026 00:00:00 GMT"
        night(url=site.origin + "/inlagg-2/")
        night(url=site.origin + "/inlagg-2/")
        assert "/inlagg-2/" in site.conditional


def test_304_to_a_question_without_condition_is_no_answer(tmp_path: Path) -> None:
    with SmallWordPress(posts=posts(3)) as site:
        night = Nights(site, tmp_path)
        night()
        site.posts[1].text, site.posts[1].modified = "Nu i Ekvik.", "2026-03-09T10:00:00"
        site.lies.always_304 = True
        night()
        assert failures(tmp_path)["/inlagg-2/"] == {"unexpected_304"}
        site.lies.always_304 = False
        report = night()
        assert site.pages_asked() == ["/inlagg-2/"], "the page is owed until it answers"
        assert archived(tmp_path, report.run)["/inlagg-2/"] == 200


def test_etag_that_changes_each_time_stores_no_body_twice(tmp_path: Path) -> None:
    with SmallWordPress(posts=posts(4), lies=Lies(etag='"{n}"')) as site:
        night = Nights(site, tmp_path)
        night()
        report = night(full=True)
        assert new_bodies(tmp_path, report.run) == []


@pytest.mark.parametrize(
    ("rest", "lies"),
    [
        pytest.param(True, Lies(etag='"{n}"'), id="rest-dates-and-etags"),
        pytest.param(False, Lies(etag='"{n}"'), id="sitemap-of-today"),
    ],
)
def test_no_release_is_made_of_unchanged_pages(tmp_path: Path, rest: bool, lies: Lies) -> None:
    with wordpress_runs(tmp_path, SmallWordPress(posts=posts(5), rest=rest, lies=lies)) as (
        site,
        runs,
    ):
        runs.run()
        files = runs.file_times()
        for night, words in enumerate(((), ("--full",))):
            dated_anew(site, night)
            assert runs.run(*words)["verdict"] == "unchanged"
        assert runs.file_times() == files
        site.posts[3].text = "Nu i Ekvik."
        dated_anew(site, 5)
        assert runs.run()["verdict"] == "released"
        rows = {row["url"]: row for row in runs.rows("pages")}
        changed = rows[site.origin + site.posts[3].path]
        assert "Nu i Ekvik." in changed["text"]
        if rest:
            assert str(changed["modified"]) == "2026-03-15"
            others = {str(row["modified"]) for row in rows.values() if row is not changed}
            assert others == {"2026-03-01"}
