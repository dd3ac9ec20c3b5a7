"""The content of the sample: complete, consistent, and invented."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from harvester.sample.content import SITE_FOLDER, STAGES, Site, load_sites
from harvester.sample.server import PROFILE

from .sites import SITE_IDS, SITES, get, readable

_YOUTUBE_ID = re.compile(
    r"(?:youtube(?:-nocookie)?\.com/(?:embed/|watch\?v=)|youtu\.be/)(?P<id>[^\"'?&<]*)"
)


@pytest.mark.parametrize(("stage", "site"), SITES, ids=SITE_IDS)
def test_ids_and_paths_are_unique(stage: int, site: Site) -> None:
    assert len({e.id for e in site.entries}) == len(site.entries)
    assert len({e.path for e in site.entries}) == len(site.entries)


@pytest.mark.parametrize(("stage", "site"), SITES, ids=SITE_IDS)
def test_every_moment_carries_the_offset_of_swedish_time(stage: int, site: Site) -> None:
    for entry in site.entries:
        for moment in (entry.date, entry.modified, *(c.date for c in entry.comments)):
            assert moment.utcoffset() == _swedish_offset(moment), (entry.path, moment)
        assert entry.modified >= entry.date or entry.status == "future", entry.path


@pytest.mark.parametrize(("stage", "site"), SITES, ids=SITE_IDS)
def test_youtube_ids_have_the_shape_of_ids(stage: int, site: Site) -> None:
    ids = [m["id"] for e in site.entries for m in _YOUTUBE_ID.finditer(e.body)]
    assert ids
    for video_id in ids:
        assert re.fullmatch(r"[A-Za-z0-9_-]{11}", video_id), video_id


def test_a_film_keeps_its_title_wherever_it_stands() -> None:
    titles: dict[str, set[str]] = defaultdict(set)
    for site in load_sites(2).values():
        for entry in site.entries:
            for frame in re.findall(r"<iframe[^>]*>", entry.body):
                found, title = _YOUTUBE_ID.search(frame), re.search(r' title="([^"]*)"', frame)
                if found and title:
                    titles[found["id"]].add(title[1])
    assert len(titles) >= 14
    assert {video_id: t for video_id, t in titles.items() if len(t) > 1} == {}


@pytest.mark.parametrize(
    ("pattern", "least"),
    [
        pytest.param(r"youtube\.com/embed/-", 2, id="id-begins-with-a-hyphen"),
        pytest.param(r"youtube\.com/embed/_", 1, id="id-begins-with-an-underscore"),
        pytest.param(r"youtube-nocookie\.com/embed/[^\"]+start=", 2, id="nocookie-with-start"),
        pytest.param(r"<iframe[^>]+ data-src=", 1, id="lazy-iframe"),
        pytest.param(r"rll-youtube-player", 1, id="lazy-facade"),
        pytest.param(r"player\.vimeo\.com/video/", 3, id="vimeo"),
        pytest.param(r"et_pb_video_box\"><video", 1, id="self-hosted-file"),
        pytest.param(r"section_video_bg", 2, id="background-film"),
        pytest.param(r"youtube\.com/playlist\?list=", 1, id="playlist-link"),
        pytest.param(r"youtube\.com/channel/UC[\w-]{22}\"", 1, id="channel-link"),
        pytest.param(r"<a href=\"https://youtu\.be/", 1, id="plain-link"),
        pytest.param(r"Klippet kommer senare", 1, id="announced-film"),
        pytest.param(r"Föreläsning Exempeldagarna \d", 3, id="lecture-line"),
        pytest.param(r"ORDFÖRANDE HAR ORDET \d", 2, id="column-kicker"),
        pytest.param(r"\.pdf\"", 4, id="documents"),
    ],
)
def test_the_forms_of_the_real_kind_of_site_are_there(pattern: str, least: int) -> None:
    bodies = "\n".join(e.body for site in load_sites().values() for e in readable(site))
    assert len(re.findall(pattern, bodies)) >= least


def test_three_editions_two_generations_and_about_forty_pages() -> None:
    entries = [e for site in load_sites().values() for e in readable(site)]
    assert 35 <= len(entries) <= 45
    assert {e.theme for e in entries} == {"old", "divi"}
    assert {e.date.year for e in entries} >= {2019, 2022, 2024}


@pytest.mark.parametrize(("stage", "site"), SITES, ids=SITE_IDS)
def test_every_page_says_that_it_is_an_example(stage: int, site: Site) -> None:
    for entry in readable(site):
        assert "påhittade" in get(site, entry.path).body.decode(), entry.path


def test_stage_two_is_a_later_night_of_the_same_sites() -> None:
    before = {e.path: e for site in load_sites(1).values() for e in site.published()}
    after = {e.path: e for site in load_sites(2).values() for e in site.published()}
    assert set(before) - set(after) == {"/news/grankoping-nasta/"}
    assert set(after) - set(before) == {"/sa-tyckte-deltagarna/"}
    changed = {path for path in before.keys() & after.keys() if before[path] != after[path]}
    assert changed == {
        "/dokumentation/filmklipp-2019/",
        "/torsdagen-i-bjorkhamn/",
        "/reflektioner-fran-arsmotet/",
    }
    assert after["/reflektioner-fran-arsmotet/"].password
    assert "_d4g19fuRvK" not in before["/dokumentation/filmklipp-2019/"].body
    assert "_d4g19fuRvK" in after["/dokumentation/filmklipp-2019/"].body


def test_an_unknown_stage_is_refused() -> None:
    with pytest.raises(ValueError, match="stages"):
        load_sites(3)


def test_the_profile_names_the_sites_that_are_served() -> None:
    profile = tomllib.loads(PROFILE.read_text(encoding="utf-8"))["site"]
    sites = load_sites()
    assert [row["base"] for row in profile] == [f"{site.base}/" for site in sites.values()]
    for row, site in zip(profile, sites.values(), strict=True):
        assert row["allow_private"] is True
        for seed in row["seeds"]:
            assert get(site, seed).status == 200, seed


def test_entry_files_are_all_used() -> None:
    used = sum(len(site.entries) for site in load_sites(1).values())
    files = list(SITE_FOLDER.glob("exempel*/*.html"))
    assert used == len(files)


@pytest.mark.parametrize(("stage", "site"), SITES, ids=SITE_IDS)
def test_the_readme_lists_every_page_and_archive(stage: int, site: Site) -> None:
    text = (SITE_FOLDER.parent / "README.md").read_text(encoding="utf-8")
    section = text.partition(f"## {site.host}\n")[2].partition("\n## ")[0]
    listed = set(re.findall(r"^\| `(/[^`]*)` \|", section, flags=re.MULTILINE))
    every = {e.path for number in STAGES for e in load_sites(number)[site.host].published()}
    assert listed == every
    assert set(re.findall(r"`/category/([^/`]+)/`", section)) == set(site.categories)


@pytest.mark.parametrize(("stage", "site"), SITES, ids=SITE_IDS)
def test_tags_are_balanced(stage: int, site: Site) -> None:
    for entry in site.entries:
        balance = _TagBalance()
        balance.feed(entry.body)
        balance.close()
        assert balance.open == [], entry.path


class _TagBalance(HTMLParser):
    """Fails on a closing tag that closes nothing; `open` keeps what is never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("br", "img", "source", "hr", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _swedish_offset(moment: datetime) -> timedelta:
    """One hour, two from the last Sunday of March to the last of October (01:00 UTC)."""

    def last_sunday(month: int) -> datetime:
        end = datetime(moment.year, month, 31, 1, tzinfo=UTC)
        return end - timedelta(days=(end.weekday() + 1) % 7)

    summer = last_sunday(3) <= moment < last_sunday(10)
    return timedelta(hours=2 if summer else 1)
