"""Nights of `harvester run`: cheap where nothing changed, honest where something did."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from harvester.commands.run_record import remove_old_runs
from harvester.sample import SampleServer
from harvester.sites import load_profile
from harvester.workspace import open_workspace
from tests.runs.running import Runs, sample_runs

NEW = "http://exempeldagarna.example/sa-tyckte-deltagarna/"
CHANGED = "http://exempeldagarna.example/torsdagen-i-bjorkhamn/"
PROTECTED = "http://exempelchefer.example/reflektioner-fran-arsmotet/"
DELETED = "http://exempeldagarna.example/news/grankoping-nasta/"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    with sample_runs(tmp_path_factory.mktemp("nights")) as (server, runs):
        yield Story(server, runs)


class Story:
    """Four nights, told once: the first, an unchanged one, a changed one, a full one."""

    def __init__(self, server: SampleServer, runs: Runs) -> None:
        self.runs = runs
        self.first = runs.run()
        self.files = runs.file_times()
        del server.requests[:]
        self.unchanged = runs.run()
        self.unchanged_asked = Counter(host for host, _ in server.requests)
        self.unchanged_files = runs.file_times()
        server.stage = 2
        before = self.pages()
        self.changed = runs.run()
        self.after_change = self.pages()
        self.before_change = before
        self.full = runs.run("--full")
        self.after_full = self.pages()
        self.captures = runs.rows("captures")

    def pages(self) -> dict[str, dict[str, object]]:
        return {str(row["url"]): row for row in self.runs.rows("pages")}


def test_unchanged_night_asks_four_times_a_site_at_most(story: Story) -> None:
    assert story.unchanged_asked and max(story.unchanged_asked.values()) <= 4
    assert all(site["requests"] <= 4 for site in story.unchanged["crawl"]["sites"])


def test_unchanged_night_makes_no_release_and_touches_no_file(story: Story) -> None:
    assert story.unchanged["verdict"] == "unchanged" and not story.unchanged["release"]["new"]
    assert story.unchanged_files == story.files


def test_changed_night_shows_what_is_new_and_what_changed(story: Story) -> None:
    assert story.changed["verdict"] == "released"
    assert NEW in story.after_change and NEW not in story.before_change
    assert story.after_change[CHANGED]["text"] != story.before_change[CHANGED]["text"]


def test_protected_page_keeps_its_rows_with_its_state(story: Story) -> None:
    assert story.before_change[PROTECTED]["state"] == "live"
    assert story.after_change[PROTECTED]["state"] == "protected"
    assert story.after_change[PROTECTED]["title"] == story.before_change[PROTECTED]["title"]


def test_deleted_page_is_gone_only_on_the_word_of_a_full_listing(story: Story) -> None:
    assert story.after_change[DELETED]["state"] == "live"
    assert story.after_full[DELETED]["state"] == "gone"
    assert story.after_full[DELETED]["text"] == story.before_change[DELETED]["text"]


def test_nothing_is_deleted_silently(story: Story) -> None:
    assert set(story.before_change) <= set(story.after_change) <= set(story.after_full)


def test_last_seen_stands_still_for_what_is_gone(story: Story) -> None:
    last_seen = {row["url"]: row["last_seen"] for row in story.captures}
    assert last_seen[DELETED] < last_seen[NEW]


def test_each_run_tells_its_figures(story: Story) -> None:
    for run in (story.first, story.unchanged, story.changed, story.full):
        assert run["requests"] == sum(site["requests"] for site in run["crawl"]["sites"]) > 0
        assert run["bytes"] > 0 and run["archive_bytes"] > 0
        assert run["seconds"]["all"] >= run["seconds"]["crawl"] > 0
        assert set(run["versions"]) == {"harvester", "python"}
    assert story.first["problems"]["robots_forbidden"] == 1


def test_runs_hold_no_names_of_people(story: Story) -> None:
    names = {str(row["name"]) for row in story.runs.rows("people")}
    slugs = {str(url).strip("/").rsplit("/", 1)[-1] for url in story.after_full}
    slugs = {slug for slug in slugs if "-" in slug}  # the others are the sites themselves
    assert len(names) > 20
    for path in (story.runs.output / "runs").rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not [name for name in names if name in text]
            assert not [slug for slug in slugs if f"/{slug}/" in text]


def test_problem_that_stays_is_one_row(story: Story) -> None:
    problems = story.runs.rows("problems")
    told = Counter((row["url"], row["code"]) for row in problems)
    assert max(told.values()) == 1


def test_log_for_programs_is_json_lines_without_names(story: Story) -> None:
    done = story.runs.do("run", "--log-json", "--quiet")
    assert done.returncode == 0
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert events[0]["event"] == "run_started" and events[-1]["event"] == "run_ended"
    assert events[-1]["verdict"] == "unchanged" and events[-1]["code"] == 0
    assert {event["run"] for event in events} == {story.runs.last_run()["run"]}
    assert any(event["event"] == "fetched" for event in events)
    assert not any(str(row["name"]) in done.stderr for row in story.runs.rows("people"))
    assert len(done.stdout.splitlines()) == 1 and done.stdout.startswith("fine: nothing new")


def test_old_runs_are_removed_as_the_profile_says(tmp_path: Path) -> None:
    text = '[[site]]\nname = "bed"\nbase = "http://127.0.0.1:9/"\nfull_every = 2\nallow_private = true\n'
    (tmp_path / "bed.toml").write_text("keep_runs = 5\n" + text)
    workspace = open_workspace(load_profile(str(tmp_path / "bed.toml")), tmp_path / "output")
    for night in range(1, 9):
        (workspace.runs / f"202611{night:02}T030000Z-0000").mkdir(parents=True)
    assert remove_old_runs(workspace) == 3
    assert min(path.name for path in workspace.runs.iterdir()).startswith("20261104")
