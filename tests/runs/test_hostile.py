"""A hostile site through the whole of `harvester run`: it ends by itself, and each fault is named in the release."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from harvester.archive.verify import verify
from tests.crawl.faulty_site import FAULTS, GOOD_PAGES, FaultySite
from tests.runs.running import Runs

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


class Story:
    """The faulty site, harvested once."""

    def __init__(self, folder: Path) -> None:
        began = time.monotonic()
        with FaultySite() as site:
            profile = folder / "bed.toml"
            profile.write_text(
                f'[[site]]\nname = "bed"\nbase = {json.dumps(site.base)}\nallow_private = true\n'
                f'delay = 0\nconcurrency = 16\nseeds = ["/"]\n'
            )
            self.runs = Runs(profile, folder / "output")
            self.done = self.runs.do("run", timeout=800)  # a Retry-After is waited for
            self.asked = [target for _, target in site.requests]
        self.seconds = time.monotonic() - began


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    yield Story(tmp_path_factory.mktemp("hostile"))


def test_run_ends_by_itself_with_a_release(story: Story) -> None:
    assert story.done.returncode == 0, story.done.stdout + story.done.stderr
    assert "Traceback" not in story.done.stderr
    assert story.runs.last_run()["verdict"] == "released"


@pytest.mark.parametrize(("path", "code"), FAULTS.items(), ids=lambda v: v.strip("/"))
def test_fault_is_a_row_of_problems_in_the_release(story: Story, path: str, code: str) -> None:
    told = {(urlsplit(row["url"] or "").path, row["code"]) for row in story.runs.rows("problems")}
    assert (path, code) in told


def test_all_good_pages_are_released(story: Story) -> None:
    pages = {urlsplit(row["url"]).path for row in story.runs.rows("pages")}
    assert set(GOOD_PAGES) <= pages


def test_lists_of_users_and_comments_are_not_asked_for(story: Story) -> None:
    assert not [path for path in story.asked if "/users" in path or "/comments" in path]


def test_archive_is_whole(story: Story) -> None:
    assert list(verify(story.runs.output / "archive")) == []
