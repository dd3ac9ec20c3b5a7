from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import QUOTED, as_table, figures_of, main, quotation, results
from benchmarks.figure import Figure
from benchmarks.frontier import Plan, largest_site, play, scaled, sizes


@pytest.mark.parametrize(
    ("figure", "ratio", "met"),
    [
        pytest.param(Figure("f", 8, "ms", "floor", 2, at_most=8), 4, True, id="below-its-most"),
        pytest.param(Figure("f", 20, "ms", "floor", 2, at_most=8), 10, False, id="above-its-most"),
        pytest.param(Figure("f", 1, "x", "bare", 2, at_least=0.8), 0.5, False, id="below-its-least"),
        pytest.param(Figure("f", 1, "x", "bare", 2), 0.5, None, id="no-target"),
        pytest.param(Figure("f", 1, "x", "words"), None, None, id="no-baseline"),
    ],
)  # fmt: skip
def test_ratio_and_target(figure: Figure, ratio: float | None, met: bool | None) -> None:
    assert (figure.ratio, figure.met) == (ratio, met)


def test_the_table_says_what_is_not_reached() -> None:
    table = as_table(results([Figure("crawl/line", 100, "pages/s", "bare", 200, at_least=0.8)]))
    assert "| crawl/line | 100 pages/s | bare (200) | 0.5 × | ≥ 0.8 not reached |" in table


def test_readme_quotes_the_results() -> None:
    root = Path(__file__).parents[2]
    document = json.loads((root / "benchmarks" / "results.json").read_text(encoding="utf-8"))
    assert (root / "benchmarks" / "results.md").read_text(encoding="utf-8") == as_table(document)
    quoted = quotation(document)
    assert quoted.count("\n") == len(QUOTED) + 2
    assert quoted in (root / "README.md").read_text(encoding="utf-8")


@pytest.mark.long
@pytest.mark.parametrize("part", ["crawl", "extract", "datasets", "archive", "frontier"])
def test_every_part_gives_figures(part: str) -> None:
    found = figures_of(part, quick=True)
    assert found
    assert all(figure.value > 0 for figure in found)


def test_results_are_written(tmp_path: Path) -> None:
    assert main(["--quick", "--only", "archive", "--output", str(tmp_path)]) == 0
    document = json.loads((tmp_path / "results.json").read_text())
    assert {f["name"] for f in document["figures"]} >= {"archive/write", "archive/read"}
    assert (tmp_path / "results.md").read_text().count("\n| ") == len(document["figures"]) + 1


def test_committed_results_agree_with_their_table() -> None:
    folder = Path(__file__).parents[2] / "benchmarks"
    document = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    assert (folder / "results.md").read_text(encoding="utf-8") == as_table(document)


def test_sites_share_the_pages() -> None:
    assert sizes(4, 400, 0.0) == [100] * 4
    assert sizes(3, 600, 1.0) == sorted(sizes(3, 600, 1.0), reverse=True)


def test_one_site_takes_its_own_time_whatever_the_workers() -> None:
    one, many = (play(Plan(1, 100, workers)).seconds for workers in (1, 10))
    assert one == many == pytest.approx(largest_site(Plan(1, 100, 1)), rel=0.02)


def test_many_sites_keep_workers_busy() -> None:
    plan = Plan(sites=5_000, pages=20_000, workers=1, delay=0.1, skew=0.0)
    assert play(plan).busy > 0.8


def test_large_plans_are_played_small() -> None:
    small, factor = scaled(Plan(1_000_000, 1_000_000_000, 500))
    assert factor == 1_000
    assert (small.sites, small.pages) == (1_000, 1_000_000)
    assert small.workers * small.rate * factor == pytest.approx(500 * 300)
