"""Drift between two releases: what is told, and what is no drift."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from harvester.datasets.drift import QUARANTINED, drift_problems
from harvester.records import PageState, Problem, Severity
from tests.datasets import harvests

Tables = dict[str, list[Any]]


def tables(count: int = 10, problems: Sequence[Problem] = (), **changes: Any) -> Tables:
    pages = [harvests.page(n, **changes) for n in range(count)]
    return {
        "pages": pages,
        "clips": [harvests.clip(n) for n in range(count)],
        "contributions": [harvests.contribution(n) for n in range(count)],
        "problems": list(problems),
    }


def partly(count: int, **changes: Any) -> Tables:
    """Ten pages, the first ``count`` of them read otherwise."""
    found = tables()
    found["pages"] = [
        harvests.page(n, **(changes if n < count else {})) for n in range(len(found["pages"]))
    ]
    return found


def quarantined(count: int, code: str = "no_content_node") -> list[Problem]:
    return [
        Problem("r", f"sample-{n}", f"https://exempel.example/{n}/", Severity.ERROR, code, "…")
        for n in range(count)
    ]


def codes(now: Tables, before: Tables | None, **options: Any) -> list[str]:
    return [p.code for p in drift_problems(now, before, **options)]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        pytest.param(tables(), [], id="unchanged"),
        pytest.param(tables(30), [], id="new-pages"),
        pytest.param(tables(5), [], id="pages-the-source-took-away"),
        pytest.param(partly(2, layout="article"), [], id="single-pages-rewritten"),
        pytest.param(partly(3, layout="article"), ["layout_drop"], id="layout-lost"),
        pytest.param(partly(10, layout="article"), ["layout_drop"], id="layout-lost-everywhere"),
        pytest.param(partly(1, theme="generic"), ["theme_unknown"], id="theme-lost"),
        pytest.param(partly(1, theme="rest"), ["theme_unknown"], id="read-from-rest-instead"),
        pytest.param(partly(10, theme="block"), [], id="another-known-theme"),
        pytest.param(partly(4, published=None), ["field_fill_drop"], id="days-lost"),
        pytest.param(partly(4, title=None), ["field_fill_drop"], id="titles-lost"),
        pytest.param(partly(4, text=""), ["field_fill_drop"], id="text-lost"),
        pytest.param(partly(2, published=None), [], id="two-days-lost"),
        pytest.param(partly(10, author="Ada Ek"), [], id="more-than-before"),
        pytest.param(partly(4, state=PageState.GONE), [], id="gone-is-no-drift"),
        pytest.param(tables() | {"clips": []}, ["field_fill_drop"] * 3, id="clips-lost"),
        pytest.param(tables() | {"contributions": []}, ["field_fill_drop"], id="people-lost"),
        pytest.param(tables(problems=quarantined(QUARANTINED)), ["quarantine_rise"], id="more-quarantined"),
        pytest.param(tables(problems=quarantined(QUARANTINED - 1)), [], id="told-page-by-page"),
    ],
)  # fmt: skip
def test_against_the_last_release(now: Tables, told: list[str]) -> None:
    assert codes(now, tables()) == told


def test_few_pages_say_nothing() -> None:
    before = tables(4)
    now = tables(4, layout="article")
    assert codes(now, before) == []


def test_the_same_quarantine_is_no_rise() -> None:
    many = tables(problems=quarantined(20))
    assert codes(many, many) == []


@pytest.mark.parametrize(
    ("registered", "told"),
    [
        pytest.param({"sample": {2016, 2017}}, ["edition_unknown"], id="a-year-nobody-registered"),
        pytest.param({"sample": {2016, 2018}}, [], id="registered"),
        pytest.param({"sample": {2016}, "annan": {2018}}, [], id="registered-at-another-site"),
        pytest.param({"sample": set()}, [], id="a-site-without-registrations"),
        pytest.param({}, [], id="no-registrations"),
    ],
)
def test_editions(registered: dict[str, set[int]], told: list[str]) -> None:
    pages = [harvests.page(1, edition=2018, published=date(2018, 10, 2))]
    assert codes({"pages": pages}, None, registered=registered) == told


def test_an_example_whose_address_is_withheld() -> None:
    (row,) = drift_problems(partly(5, layout="article", url=None), tables())
    assert row.url is None and row.page_id and row.page_id in row.message


def test_a_row_names_an_example_and_what_to_do() -> None:
    (row,) = drift_problems(partly(5, layout="article"), tables())
    assert row.url and row.url in row.message and row.page_id
    assert "5 of 10" in row.message and "docs/layouts.md" in row.message
    assert row.severity is Severity.WARNING and row.run == ""
