"""A release's own accuracy: the same sample each time, read back as the reviewer meant it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from harvester.archive.reader import Archive
from harvester.datasets.accuracy import write_accuracy
from harvester.datasets.review import SHEET_COLUMNS, draw, keep_review, latest_review, read_sheet
from harvester.datasets.review_sheet import write_sheet
from harvester.errors import ProfileError
from tests.datasets.nights import opened

VERSION = "2026.11.20-1"


def sheet(*rows: dict[str, str], separator: str = ",") -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, SHEET_COLUMNS, delimiter=separator)
    writer.writeheader()
    for number, row in enumerate(rows, 1):
        base = dict.fromkeys(SHEET_COLUMNS, "") | {"release": VERSION, "number": str(number)}
        writer.writerow(base | {"table": "contributions", "field": "role"} | row)
    return out.getvalue()


RIGHT = {"value": "socialchef", "correct": "y"}
WRONG = {"value": "rektor", "correct": "n"}
EMPTY = {"missing": "not_stated", "correct": "y"}
LOST = {"missing": "not_stated", "correct": "n"}


@pytest.mark.parametrize(
    ("rows", "precision", "recall"),
    [
        pytest.param([RIGHT, RIGHT, WRONG], (2, 3), (2, 2), id="a-wrong-value"),
        pytest.param([RIGHT, RIGHT, LOST], (2, 2), (2, 3), id="a-value-held-to-be-missing"),
        pytest.param([RIGHT, EMPTY], (1, 1), (1, 1), id="nothing-was-stated"),
        pytest.param([EMPTY], (0, 0), (0, 0), id="only-empty"),
        pytest.param([RIGHT, {"value": "x", "correct": "?"}, {"value": "x"}], (1, 1), (1, 1), id="left-open"),
        pytest.param([{"value": "x", "correct": " Ja "}, {"value": "x", "correct": "NEJ"}], (1, 2), (1, 1), id="in-swedish"),
    ],
)  # fmt: skip
def test_sheets_are_counted(
    rows: list[dict[str, str]], precision: tuple[int, int], recall: tuple[int, int]
) -> None:
    figures = read_sheet(sheet(*rows))["fields"]["contributions.role"]
    for kind, (right, total) in (("precision", precision), ("recall", recall)):
        assert (figures[kind]["right"], figures[kind]["n"]) == (right, total)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_sheets_of_other_spreadsheets_are_read(separator: str) -> None:
    assert read_sheet("\ufeff" + sheet(RIGHT, separator=separator))["judged"] == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(sheet({"value": "x", "correct": "kanske"}), "line 2: 'kanske'", id="strange-mark"),
        pytest.param(sheet({"value": "x"}), "nothing is judged", id="not-filled-in"),
        pytest.param(sheet(RIGHT, {**RIGHT, "release": "2026.11.20-2"}), "one release", id="two-releases"),
        pytest.param("a,b\n1,2\n", "'release' is missing", id="another-file"),
        pytest.param("", "'release' is missing", id="empty"),
    ],
)  # fmt: skip
def test_sheets_are_refused(text: str, words: str) -> None:
    with pytest.raises(ProfileError, match=words):
        read_sheet(text)


def test_a_release_gives_the_same_sample(second_night: Path) -> None:
    first, second = sorted((second_night / "releases").glob("2*"))
    drawn = draw(second, 50)
    assert drawn == draw(second, 50) and len(drawn) == 50
    assert drawn[:20] == draw(second, 20)
    assert {(d.row_id, d.field) for d in drawn} != {(d.row_id, d.field) for d in draw(first, 50)}
    assert {d.table for d in drawn} >= {"pages", "contributions", "dates"}
    assert any(d.evidence["missing"] for d in drawn)


def test_a_sheet_shows_each_value_in_its_text(second_night: Path, tmp_path: Path) -> None:
    out = tmp_path / "granskning.csv"
    with Archive(opened(second_night).archive) as archive:
        assert write_sheet(second_night / "latest", archive, 80, out) == 80
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [r["number"] for r in rows] == [str(n) for n in range(1, 81)]
    for row in rows:
        assert row["missing"] or row["raw"] == "" or f"⟦{row['raw'].removeprefix(chr(39))}⟧" in row["context"]  # fmt: skip
        assert row["page_url"].startswith("http://") or row["table"] in ("films", "editions")
    page = out.with_suffix(".html").read_text("utf-8")
    assert page.count("<li>") == 80 and "<mark>" in page and "<script" not in page


def test_the_next_release_ships_the_review(tmp_path: Path) -> None:
    for version in ("2026.11.20-9", "2026.11.20-10"):
        review: dict[str, Any] = {**read_sheet(sheet(RIGHT, WRONG)), "release": version}
        keep_review(tmp_path, review)
    newest = latest_review(tmp_path)
    assert newest is not None and newest["release"] == "2026.11.20-10"
    write_accuracy(tmp_path, tmp_path)
    own = json.loads((tmp_path / "accuracy.json").read_text("utf-8"))["own"]
    assert own["release"] == "2026.11.20-10" and own["all"]["precision"]["share"] == 0.5
