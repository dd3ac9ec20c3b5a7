"""The three spiders as a Scrapy user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from harvester.crawl.discovery import Candidate
from harvester.crawl.runs import past_reports
from harvester.pages.rest import RestEntry
from harvester.sample import SampleServer
from harvester.sample import server as server_module
from harvester.sample.answer import Answer
from harvester.sample.wordpress import site_answer
from harvester.spiders.rules import rules_of

ROOT = Path(__file__).parent.parent.parent


def scrapy(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments], cwd=ROOT, capture_output=True, text=True
    )


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


class Feed:
    """A spider's feed on the sample."""

    def __init__(self, folder: Path, spider: str, *arguments: str) -> None:
        self.output = folder / "output"
        self.file = folder / f"{spider}.jsonl"
        done = scrapy(
            "crawl", spider, "-a", "site=sample", *arguments,
            "-O", str(self.file), "-s", f"HARVESTER_OUTPUT={self.output}",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        self.log = done.stderr
        self.rows = rows_of(self.file)

    @property
    def pages(self) -> list[str]:
        return [row["url"].split(".example", 1)[1] for row in self.rows if row["table"] == "pages"]


def test_list_names_exactly_three() -> None:
    assert scrapy("list").stdout.split() == ["documentation", "films", "news"]


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Feed:
    return Feed(tmp_path_factory.mktemp("films"), "films")


def test_films_gives_film_pages_and_film_posts(films: Feed) -> None:
    assert {
        "/dokumentation/filmklipp-2019/",
        "/dokumentation/filmer-2024/",
        "/nar-tva-varldar-mots-film/",
    } <= set(films.pages)
    assert "/om-foreningen/" not in films.pages
    assert sum(row["table"] == "clips" for row in films.rows) >= 20


def test_no_row_is_invalid_or_comes_twice(films: Feed) -> None:
    assert "invalid_row" not in films.log
    assert max(Counter(films.pages).values()) == 1
    assert len({json.dumps(row) for row in films.rows}) == len(films.rows)


def test_rows_are_staged_as_they_are_fed(films: Feed) -> None:
    (folder,) = (films.output / "runs").iterdir()
    counts = Counter(row["table"] for row in films.rows)
    for table, count in counts.items():
        assert len(rows_of(folder / "staged" / f"{table}.jsonl")) == count


def test_a_run_reports_itself(films: Feed) -> None:
    (report,) = past_reports(films.output / "runs")
    assert report.spider == "films" and report.missed == ()


def test_a_second_run_gives_the_same_feed(films: Feed, tmp_path: Path) -> None:
    before = sorted(films.file.read_text("utf-8").splitlines())
    again = Feed(films.output.parent, "films")
    lines = sorted(again.file.read_text("utf-8").splitlines())
    assert [x for x in lines if '"problems"' not in x] == [
        x for x in before if '"problems"' not in x
    ]


def test_documentation_and_news(tmp_path: Path) -> None:
    documentation = Feed(tmp_path, "documentation")
    assert {"/dokumentation/", "/dokumentation/presentationer-2022/"} <= set(documentation.pages)
    assert not any(path.startswith("/news/ordforande") for path in documentation.pages)
    news = Feed(tmp_path, "news")
    assert "/news/ordforande-har-ordet-12-september-2019/" in news.pages
    assert "/category/ordforande-har-ordet/" in news.pages
    assert "/dokumentation/filmklipp-2019/" not in news.pages


def test_an_edition_alone(tmp_path: Path) -> None:
    feed = Feed(tmp_path, "films", "-a", "edition=2019")
    editions = {row["edition"] for row in feed.rows if row["table"] == "pages"}
    assert editions == {2019}


def test_a_page_alone(tmp_path: Path) -> None:
    url = "http://exempeldagarna.example/dokumentation/filmklipp-2019/"
    feed = Feed(tmp_path, "films", "-a", f"url={url}")
    assert feed.pages == ["/dokumentation/filmklipp-2019/"]
    (report,) = past_reports(feed.output / "runs")
    assert sum(site.requests for site in report.sites) <= 4


def test_another_profiles_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "profile.json").write_text('{"profile": "live", "sites": ["scd", "sc"]}')
    done = scrapy("crawl", "films", "-a", "site=sample", "-s", f"HARVESTER_OUTPUT={tmp_path}")
    assert "belongs to profile 'live'" in done.stderr
    assert not (tmp_path / "archive").exists()


def test_a_post_whose_page_fails_comes_from_the_listing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = "/news/att-leda-i-motvind/"

    def failing(site: Any, target: str, headers: Any) -> Answer:
        if target == broken:
            return Answer(500, "text/html", b"<html>Fel</html>")
        return site_answer(site, target, headers)

    monkeypatch.setattr(server_module, "site_answer", failing)
    profile = tmp_path / "p.toml"
    with SampleServer() as server:
        profile.write_text(
            '[[site]]\nname = "exempeldagarna"\nbase = "http://exempeldagarna.example/"\n'
            "allow_private = true\ndelay = 0\nconcurrency = 4\n"
            f'[resolve]\n"exempeldagarna.example" = "127.0.0.1:{server.port}"\n'
        )
        done = scrapy(
            "crawl", "news", "-a", f"site={profile}", "-O", str(tmp_path / "n.jsonl"),
            "-s", f"HARVESTER_OUTPUT={tmp_path / 'output'}", "-s", "HARVESTER_RETRY_WAIT=0.05",
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    pages = [row for row in rows_of(tmp_path / "n.jsonl") if row["table"] == "pages"]
    (post,) = [row for row in pages if row["url"].endswith(broken)]
    assert post["theme"] == "rest" and post["words"] > 20


def entry(**values: Any) -> RestEntry:
    fields = {
        "wordpress_id": 1, "type": "page", "url": "", "title": "", "content": "",
        "published": None, "published_raw": "", "modified": None, "modified_raw": "",
        "categories": (), "author": None, "protected": False, "status": "publish",
        "pointer": "/0", "digest": "",
    } | values  # fmt: skip
    return RestEntry(**fields)


@pytest.mark.parametrize(
    ("spider", "path", "fields", "wanted"),
    [
        pytest.param("documentation", "/dokumentation/gd-panelen/", {}, True, id="by-folder"),
        pytest.param("documentation", "/x/", {"categories": ("TALARE",)}, True, id="by-category"),
        pytest.param("documentation", "/x/", {"title": "Föreläsning om mod"}, True, id="by-title"),
        pytest.param("documentation", "/press/", {}, False, id="another-page"),
        pytest.param("films", "/mod-att-motas-film/", {}, True, id="by-slug"),
        pytest.param("films", "/x/", {"title": "Intervju med Ann Ek"}, True, id="interview"),
        pytest.param("films", "/x/", {"content": "<video src=a>"}, True, id="by-its-body"),
        pytest.param("films", "/mikrofilm/", {}, False, id="inside-a-word"),
        pytest.param("news", "/x/", {"type": "post"}, True, id="a-post"),
        pytest.param("news", "/news/x/", {}, True, id="by-news-folder"),
        pytest.param("news", "/category/talare/", {}, True, id="an-archive"),
        pytest.param("news", "/om-oss/", {}, False, id="a-page"),
    ],
)
def test_rules(spider: str, path: str, fields: dict[str, Any], wanted: bool) -> None:
    candidate = Candidate(f"http://bed.example{path}", entry=entry(**fields) if fields else None)
    assert rules_of(spider).match(candidate) is wanted


def test_spiders_side_by_side_wait_for_each_other(tmp_path: Path) -> None:
    with SampleServer() as server:
        profile = tmp_path / "p.toml"
        profile.write_text(
            '[[site]]\nname = "exempelchefer"\nbase = "http://exempelchefer.example/"\n'
            "allow_private = true\ndelay = 0\nconcurrency = 2\n"
            f'[resolve]\n"exempelchefer.example" = "127.0.0.1:{server.port}"\n'
        )
        running = [
            subprocess.Popen(
                [
                    sys.executable, "-m", "scrapy", "crawl", spider, "-a", f"site={profile}",
                    "-O", str(tmp_path / f"{spider}.jsonl"),
                    "-s", f"HARVESTER_OUTPUT={tmp_path / 'output'}", "-s", "LOG_LEVEL=ERROR",
                ],
                cwd=ROOT,
            )
            for spider in ("films", "news", "documentation")
        ]  # fmt: skip
        assert [process.wait(60) for process in running] == [0, 0, 0]
    reports = sorted(past_reports(tmp_path / "output" / "runs"), key=lambda r: r.spider or "")
    assert [report.spider for report in reports] == ["documentation", "films", "news"]
    assert all(report.state == "finished" and not report.missed for report in reports)
    assert rows_of(tmp_path / "films.jsonl") and rows_of(tmp_path / "news.jsonl")
