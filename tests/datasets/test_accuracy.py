"""Accuracy figures: counted as they should be, true of today's code, and never quietly worse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harvester.datasets.accuracy import drops, measure, packaged, with_best, write_accuracy
from harvester.datasets.identity import READING_PARTS, code_digest
from harvester.datasets.labelled import score_dates, score_people
from harvester.datasets.proportion import proportion, wilson

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        # Values of the closed form, as in Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        pytest.param(81, 263, 0.2553, 0.3662, id="newcombe-81-of-263"),
        pytest.param(15, 148, 0.0624, 0.1605, id="newcombe-15-of-148"),
        pytest.param(0, 20, 0.0, 0.1611, id="newcombe-none-of-20"),
        pytest.param(1, 29, 0.0061, 0.1718, id="newcombe-1-of-29"),
        pytest.param(20, 20, 0.8389, 1.0, id="all"),
        pytest.param(0, 0, 0.0, 1.0, id="nothing-counted"),
    ],
)
def test_intervals(right: int, total: int, low: float, high: float) -> None:
    assert wilson(right, total) == pytest.approx((low, high), abs=5e-5)


def test_nothing_counted_has_no_share() -> None:
    assert proportion(0, 0) == {"right": 0, "n": 0, "share": None, "low": 0.0, "high": 1.0}


DATE = {"raw": "3 maj 2024", "first": "2024-05-03", "last": "2024-05-03"}


@pytest.mark.parametrize(
    ("text", "mentions", "expected"),
    [
        pytest.param("Mötet är 3 maj 2024.", [DATE], (1, 1, 1), id="right"),
        pytest.param("Mötet är 3 maj 2024.", [{**DATE, "first": "2024-05-04"}], (1, 1, 0), id="other-day"),
        pytest.param("Mötet är i Orsa.", [DATE], (1, 0, 0), id="missed"),
        pytest.param("Mötet är 3 maj 2024.", [], (0, 1, 0), id="invented"),
        pytest.param("Mötet är 3 maj 2024.", [{**DATE, "optional": True}], (0, 0, 0), id="optional"),
        pytest.param("Mötet är i Orsa.", [{**DATE, "first": None}], (0, 0, 0), id="no-day-known"),
    ],
)  # fmt: skip
def test_dates_are_counted(text: str, mentions: Any, expected: tuple[int, int, int]) -> None:
    tally = score_dates([{"text": text, "published": None, "edition": None, "mentions": mentions}])["dates.first"]  # fmt: skip
    assert (tally.labelled, tally.found, tally.right) == expected


def test_a_role_of_somebody_else_is_wrong() -> None:
    text = "Åsa Lindqvist, socialchef i Orsa, och Karin Ekberg, rektor, talade."
    name, other = text.index("Åsa"), text.index("Karin")
    person = dict.fromkeys(("role_class", "role_raw", "organisation"))
    labels = [
        {"char_start": name, "raw": "Åsa Lindqvist", "name": "Åsa Lindqvist", "role": "rektor", **person},
        {"char_start": other, "raw": "Karin Ekberg", "name": "Karin Ekberg", "role": "socialchef", **person},
    ]  # fmt: skip
    tallies = score_people([{"text": text, "mentions": labels}])
    assert tallies["people.name"].right == 2
    assert tallies["contributions.role"].right == 0


def figures(f1: float, digest: str = "a") -> dict[str, Any]:
    fields = {"dates.first": {"f1": f1}}
    return {"label_sets": {"dates/dev": {"digest": digest, "fields": fields}}}


@pytest.mark.parametrize(
    ("before", "now", "fallen"),
    [
        pytest.param(figures(0.9), figures(0.9), [], id="the-same"),
        pytest.param(figures(0.9), figures(0.95), [], id="better"),
        pytest.param(figures(0.9), figures(0.85), ["dates/dev dates.first 0.9000 → 0.8500"], id="worse"),
        pytest.param(figures(0.9), figures(0.85, "b"), [], id="other-labels"),
    ],
)  # fmt: skip
def test_a_drop_is_named(before: Any, now: Any, fallen: list[str]) -> None:
    assert drops(with_best(now, with_best(before, {}))) == fallen


def test_a_drop_stays_named_until_it_is_made_good() -> None:
    worse = with_best(figures(0.8), with_best(figures(0.9), {}))
    assert drops(with_best(figures(0.85), worse)) == ["dates/dev dates.first 0.9000 → 0.8500"]
    assert drops(with_best(figures(0.9), worse)) == []


class TestPackaged:
    def test_the_figures_are_of_todays_code(self) -> None:
        assert packaged()["code_digest"] == code_digest(READING_PARTS), "run `make accuracy`"

    def test_the_figures_are_what_the_labels_give(self) -> None:
        measured = measure(ROOT / "tests" / "labels")["label_sets"]
        told = packaged()["label_sets"]
        assert measured and {name: told.get(name) for name in measured} == measured

    def test_every_drop_has_its_line_in_the_changelog(self) -> None:
        changelog = ROOT / "CHANGELOG.md"
        text = changelog.read_text("utf-8") if changelog.is_file() else ""
        untold = [drop for drop in drops(packaged()) if drop not in text]
        assert untold == [], "accuracy fell: give the reason in CHANGELOG.md, with these words"


def test_a_release_says_where_its_figures_come_from(tmp_path: Path) -> None:
    write_accuracy(tmp_path, tmp_path)
    document = json.loads((tmp_path / "accuracy.json").read_text("utf-8"))
    assert document["measured_with_this_code"] is True
    assert document["sampled_from_this_release"] is False
    assert "not sampled from this release" in document["note"]
    assert document["own"] is None and "best_f1" not in document
    field = document["label_sets"]["dates/dev-b"]["fields"]["dates.first"]
    assert field["recall"]["n"] > 200 and field["precision"]["low"] < field["precision"]["share"]
