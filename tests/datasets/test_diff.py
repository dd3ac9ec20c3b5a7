from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from harvester.datasets.cells import ACTING
from harvester.datasets.changes import EXCERPT, LISTED, write_changes
from harvester.datasets.diff import Cause, Change, ChangeKind, diff
from harvester.datasets.files import write_tables
from harvester.records import Link, LinkKind, TookPartAs
from tests.datasets.harvests import appearance, film, info, page, with_rows


@pytest.fixture
def between(tmp_path: Path) -> Any:
    """The function that gives the changes from one harvest to another."""

    def changes(old: Any, new: Any, **options: Any) -> list[Change]:
        for name, tables in (("old", old), ("new", new)):
            (tmp_path / name).mkdir()
            write_tables(tmp_path / name, tables, info())
        return list(diff(tmp_path / "old", tmp_path / "new", **options))

    return changes


def pages(*rows: Any) -> Any:
    return with_rows(1, pages=rows)


def shown(changes: Iterable[Change]) -> list[tuple[Any, ...]]:
    return [(c.table, c.row_id, c.column, str(c.kind), c.old, c.new) for c in changes]


ID = page().page_id
ID2 = page(2).page_id


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(pages(page()), pages(page()), [], id="equal"),
        pytest.param(
            pages(page()), pages(page(), page(2)), [("pages", ID2, "", "added", None, None)], id="added"
        ),
        pytest.param(
            pages(page(), page(2)), pages(page(2)), [("pages", ID, "", "gone", None, None)], id="gone"
        ),
        pytest.param(
            pages(page(title="Då", words=1)), pages(page(title="Nu", words=2)),
            [("pages", ID, "title", "changed", "Då", "Nu"), ("pages", ID, "words", "changed", 1, 2)],
            id="values",
        ),
        pytest.param(
            pages(page(title=None)), pages(page(title="")),
            [("pages", ID, "title", "changed", None, "")], id="null-is-not-empty",
        ),
        pytest.param(
            pages(page(modified=None)), pages(page(modified=date(2020, 1, 2))),
            [("pages", ID, "modified", "changed", None, date(2020, 1, 2))], id="day",
        ),
        pytest.param(
            pages(page(categories=("a", "b"))), pages(page(categories=("b", "a"))),
            [("pages", ID, "categories", "changed", ["a", "b"], ["b", "a"])], id="list",
        ),
        pytest.param(
            pages(page(title="a\x00b")), pages(page(title="a\x00c")),
            [("pages", ID, "title", "changed", "a\x00b", "a\x00c")], id="exact-text",
        ),
        pytest.param(
            pages(page(2), page(1)), pages(page(1), page(2)), [], id="order-of-rows-is-no-change"
        ),
        pytest.param(
            pages(page(3), page(1), page(2)), pages(page(2), page(1)),
            [("pages", page(3).page_id, "", "gone", None, None)], id="unsorted",
        ),
    ],
)  # fmt: skip
def test_changes(between: Any, old: Any, new: Any, expected: list[Any]) -> None:
    assert shown(between(old, new)) == expected


def test_rows_without_a_key_are_known_by_their_columns(between: Any) -> None:
    old = appearance()
    twice = [appearance(role="ordförande"), appearance(role="rektor")]
    found = between(
        with_rows(1, appearances=[old, *twice]),
        with_rows(1, appearances=[old, twice[0], appearance(took_part_as=TookPartAs.MODERATOR)]),
    )
    start = f"{old.page_id} {old.clip_id} {old.person_id}"
    assert [(c.row_id, str(c.kind)) for c in found] == [
        (f"{start} moderator", "added"),
        (f"{start} speaker#3", "gone"),
    ]


def test_more_than_nine_rows_of_one_key(between: Any) -> None:
    links = [Link(ID, "https://x.se", f"Länk {n:02}", LinkKind.SITE) for n in range(12)]
    found = between(with_rows(1, links=links), with_rows(1, links=links[:11]))
    assert [c.row_id for c in found] == [f"{ID} https://x.se#12"]


def test_technical_tables_are_left_out_unless_asked(between: Any, tmp_path: Path) -> None:
    assert between(with_rows(2), with_rows(2, captures=[])) == []
    found = diff(tmp_path / "old", tmp_path / "new", tables=["captures"])
    assert [str(c.kind) for c in found] == ["gone", "gone"]


def test_the_cause_comes_from_whom_is_asked(between: Any) -> None:
    asked: list[Any] = []

    def cause_of(*change: Any) -> Cause | None:
        asked.append(change)
        return Cause.CODE if change[2] == "title" else None

    found = between(
        pages(page(title="Då", words=1)), pages(page(title="Nu", words=2)), cause_of=cause_of
    )
    assert [c.cause for c in found] == [Cause.CODE, None]
    assert asked == [("pages", ID, "title", "Då", "Nu"), ("pages", ID, "words", 1, 2)]


def test_a_release_of_an_older_shape_lacks_columns_and_tables(between: Any, tmp_path: Path) -> None:
    between(pages(page()), pages(page()))
    (tmp_path / "old/parquet/films.parquet").unlink()
    found = diff(tmp_path / "old", tmp_path / "new")
    assert shown(found) == [("films", film().film_id, "", "added", None, None)]


class TestFiles:
    def test_both_files_are_inert_and_complete(self, tmp_path: Path) -> None:
        nasty = '=1+1 <script>\x1b\u202e | [x](javascript:a) "'
        changes = [
            Change("pages", ID, "title", ChangeKind.CHANGED, nasty, None, Cause.SOURCE, nasty),
            Change("pages", ID2, "", ChangeKind.ADDED, None, None, Cause.BOTH, "Ny"),
        ]
        counts = write_changes(tmp_path, changes, version="v2", base="v1")
        assert counts == {("pages", "changed"): 1, ("pages", "added"): 1}
        with (tmp_path / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [r["cause"] for r in rows] == ["source", "both"]
        assert rows[0]["old"].startswith("'=1+1") and rows[0]["new"] == ""
        readable = (tmp_path / "changes.md").read_text("utf-8")
        assert "<script>" not in readable and "[x](" not in readable
        assert "| pages | 1 | 1 | 0 |" in readable
        assert "Causes: both 1, source 1." in readable
        assert not ACTING.search(readable + str(rows))

    def test_long_values_show_the_difference(self, tmp_path: Path) -> None:
        old, new = "a" * 5000 + "gammalt" + "z" * 5000, "a" * 5000 + "nytt" + "z" * 5000
        change = Change("pages", ID, "text", ChangeKind.CHANGED, old, new, None, "")
        write_changes(tmp_path, [change], version="v2", base="v1")
        with (tmp_path / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
            row = next(csv.DictReader(file))
        assert "agammaltz" in row["old"] and "anyttz" in row["new"]
        assert row["old"][0] == row["old"][-1] == "…"
        assert len(row["old"]) == EXCERPT + 2

    def test_many_changes_are_counted(self, tmp_path: Path) -> None:
        changes = (
            Change("pages", f"p{n}", "", ChangeKind.GONE, None, None, None, "") for n in range(100)
        )
        write_changes(tmp_path, changes, version="v2", base="v1")
        readable = (tmp_path / "changes.md").read_text("utf-8")
        assert f"- … and {100 - LISTED} more in `changes.csv`" in readable

    @pytest.mark.parametrize(
        ("base", "words"),
        [
            pytest.param(None, "This is the first release", id="first"),
            pytest.param("v1", "Nothing changed since release v1.", id="nothing"),
        ],
    )
    def test_nothing_to_tell(self, tmp_path: Path, base: str | None, words: str) -> None:
        write_changes(tmp_path, [], version="v2", base=base)
        assert words in (tmp_path / "changes.md").read_text("utf-8")
