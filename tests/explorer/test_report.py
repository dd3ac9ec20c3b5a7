"""The report: figures counted right, one file that needs nothing else, and empty tables said to be."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import lxml.html
import pytest

from harvester.datasets.files import write_tables
from harvester.errors import MissingExtraError
from harvester.explorer.report import report_html
from harvester.explorer.report.coverage import text_coverage
from harvester.explorer.report.figures import (
    YearFigures,
    actor_of,
    fill_rates,
    missing_values,
    parts_by_year,
    problem_groups,
    year_figures,
)
from tests.datasets.harvests import clip, evidence, info, page, with_rows
from tests.explorer.releases import empty_tables

RUN = {
    "run": "20261120T031500Z-1f3a",
    "crawl": {
        "run": "20261120T031500Z-1f3a",
        "started": "2026-11-20T03:15:00+00:00",
        "finished": "2026-11-20T03:16:40+00:00",
        "sites": [
            {"name": "sample", "requests": 50, "bytes": 1234567, "fetched": 48, "not_modified": 1,
             "failed": 1, "robots": "obeyed"},
        ],
    },
}  # fmt: skip


def text_of(markup: str) -> str:
    return " ".join(lxml.html.document_fromstring(markup).text_content().split())


def test_a_year_s_figures(rich: Path) -> None:
    found = {figures.year: figures for figures in year_figures(rich)}
    assert found[2019] == YearFigures(2019, films=3, people=3, pages=4, documents=4)
    assert list(found) == sorted(y for y in found if y is not None)


def test_parts_are_counted_by_year_and_kind(rich: Path) -> None:
    counts = parts_by_year(rich)
    assert counts[2019, "interviewer"] == 1
    assert sum(counts.values()) == 11


def test_fill_rates(rich: Path) -> None:
    rates = {(rate.year, rate.column): (rate.filled, rate.rows) for rate in fill_rates(rich)}
    assert rates[2019, "role"] == (3, 5)
    assert rates[2019, "film_url"] == (4, 5)
    assert rates[2019, "person"] == (4, 5)


def test_missing_values_say_why(rich: Path) -> None:
    assert missing_values(rich) == [("contributions", "role", "not_stated", 1)]


@pytest.mark.parametrize(
    ("code", "actor"),
    [
        pytest.param("robots_forbidden", "nobody", id="a-rule-we-obey"),
        pytest.param("guard_private", "nobody", id="our-own-guard"),
        pytest.param("dead_link", "publisher", id="the-site-s-editors"),
        pytest.param("http_404", "publisher", id="not-found"),
        pytest.param("http_503", "operator", id="down"),
        pytest.param("timeout", "operator", id="run-again"),
        pytest.param("no_content_node", "maintainer", id="a-theme-is-missing"),
        pytest.param("a_new_code", "maintainer", id="unknown"),
    ],
)
def test_who_must_act(code: str, actor: str) -> None:
    assert actor_of(code) == actor


def test_problems_begin_with_those_to_act_on() -> None:
    def problem(severity: str, code: str) -> dict[str, str]:
        return {"severity": severity, "code": code, "message": code}

    groups = problem_groups(
        [
            problem("info", "dead_link"),
            problem("warning", "robots_forbidden"),
            problem("warning", "no_text"),
            problem("error", "no_content_node"),
            problem("info", "dead_link"),
        ]
    )
    assert [(g.actor, g.code, g.times) for g in groups] == [
        ("maintainer", "no_content_node", 1),
        ("maintainer", "no_text", 1),
        ("publisher", "dead_link", 2),
        ("nobody", "robots_forbidden", 1),
    ]


def test_coverage_counts_each_character_once(tmp_path: Path) -> None:
    text = "ABC kalvdans\n\nKlippets text.\n\nBortglömd kalvdans."
    tables = with_rows(
        4,
        pages=[page(n, text=text, layout="lecture") for n in range(1, 5)],
        clips=[clip(n, heading=None, text="Klippets text.") for n in range(1, 5)],
        evidence=[
            evidence(n, field="raw", raw="ABC", char_start=0, char_end=3) for n in range(1, 5)
        ]
        + [evidence(1, field="first", raw="ABC", char_start=0, char_end=3)],
    )
    write_tables(tmp_path, tables, info())
    found = text_coverage(tmp_path)
    (layout,) = found.layouts
    assert (layout.layout, layout.pages) == ("lecture", 4)
    assert (layout.characters, layout.read, layout.in_clips) == (4 * len(text), 12, 4 * 14)
    # A word on every page is an ordinary one of this site.
    assert found.words == []


def test_words_that_recur_are_named(tmp_path: Path) -> None:
    texts = ["Om kalvdans och mer.", "Kalvdans igen.", "Ny kalvdans!", *["Annat här."] * 5]
    pages = [page(n, text=text) for n, text in enumerate(texts, start=1)]
    write_tables(tmp_path, with_rows(8, pages=pages, clips=[], evidence=[]), info())
    assert text_coverage(tmp_path).words == [("kalvdans", 3)]


def test_the_report_needs_nothing_else(rich: Path) -> None:
    markup = report_html(rich, run=RUN)
    root = lxml.html.document_fromstring(markup)
    assert not root.xpath("//script[@src] | //link | //img | //iframe | //@onclick")
    policy = root.xpath("//meta[@http-equiv]/@content")[0]
    assert "default-src 'none'" in policy
    assert not re.search(r"url\((?!#)", markup.partition("</style>")[2])
    assert root.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"]


def test_the_report_tells_the_run_s_story(rich: Path) -> None:
    said = text_of(report_html(rich, run=RUN))
    for value in ("20261120T031500Z-1f3a", "1 234 567", "obeyed", "2.00", "http_404", "12"):
        assert value in said
    assert "Det finns bara en utgåva" in said


def test_the_same_release_gives_the_same_report(rich: Path) -> None:
    assert report_html(rich, run=RUN) == report_html(rich, run=RUN)


def test_accuracy_is_told_where_it_is_measured(rich: Path, tmp_path: Path) -> None:
    release = tmp_path / "release"
    shutil.copytree(rich / "parquet", release / "parquet")
    assert "ingen accuracy.json" in text_of(report_html(release))
    scores = {
        "people": [
            {
                "field": "name",
                "n": 200,
                "precision": 0.975,
                "recall": 0.94,
                "interval": [0.94, 0.99],
            }
        ]
    }
    (release / "accuracy.json").write_text(json.dumps(scores), encoding="utf-8")
    assert "name2000.9750.9400.940–0.990" in text_of(report_html(release)).replace(" ", "")


@pytest.mark.parametrize("damaged", ["", "{", "[]", '"text"'])
def test_damaged_files_beside_the_tables_stop_nothing(
    rich: Path, tmp_path: Path, damaged: str
) -> None:
    shutil.copytree(rich / "parquet", tmp_path / "parquet")
    for name in ("accuracy.json", "datapackage.json"):
        (tmp_path / name).write_text(damaged, encoding="utf-8")
    assert report_html(tmp_path, run={"crawl": None})


def test_an_empty_release_is_reported(tmp_path: Path) -> None:
    write_tables(tmp_path, empty_tables(), info())
    assert "Inga problem." in text_of(report_html(tmp_path))


def test_hostile_texts_do_not_run(hostile: Path) -> None:
    root = lxml.html.document_fromstring(report_html(hostile))
    assert len(root.xpath("//script")) == 1
    assert not root.xpath("//img | //@onmouseover | //@onerror")


def test_without_altair_the_extra_is_named(rich: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "harvester.explorer.report.plots", raising=False)
    monkeypatch.delattr("harvester.explorer.report.plots", raising=False)
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(MissingExtraError, match=r"'\.\[report\]'"):
        report_html(rich)
