"""SQLite and xlsx written by a second process: the same bytes, whatever becomes of it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from harvester.datasets.files import books, write_tables
from harvester.datasets.files.books import Books
from harvester.errors import CheckFailedError
from tests.datasets.harvests import harvest, info, page, with_rows

NAMES = ("harvest.sqlite", "harvest.xlsx")


@pytest.fixture(autouse=True)
def a_process_for_any_number_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "_WORTH_A_PROCESS", 1)


def written(folder: Path, beside: Callable[[Books], None] = lambda books: None) -> list[bytes]:
    """The bytes of the books, after something happened to the second process."""
    folder.mkdir()
    with Books(folder, info(), second_process=True) as made:
        write_tables(folder, harvest(40), info(), made)
        assert made._process is not None
        beside(made)
        made.finish()
    return [(folder / name).read_bytes() for name in NAMES]


def alone(folder: Path) -> list[bytes]:
    folder.mkdir()
    write_tables(folder, harvest(40), info())
    return [(folder / name).read_bytes() for name in NAMES]


def killed(made: Books) -> None:
    assert made._process is not None
    made._process.kill()


def ended(made: Books) -> None:
    killed(made)
    assert made._process is not None and made._process.wait() != 0


@pytest.mark.parametrize(
    "beside",
    [
        pytest.param(lambda made: None, id="left-alone"),
        pytest.param(killed, id="killed"),
        pytest.param(ended, id="gone-before-it-is-told"),
    ],
)
def test_the_bytes_are_those_of_one_process(
    tmp_path: Path, beside: Callable[[Books], None]
) -> None:
    assert written(tmp_path / "two", beside) == alone(tmp_path / "one")


def test_a_process_does_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def here(*_: object) -> None:
        raise AssertionError("written in this process")

    monkeypatch.setattr(books, "write_books", here)
    assert all(written(tmp_path / "two"))


def test_no_process_where_none_can_be_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books.sys, "executable", str(tmp_path / "missing"))
    with Books(tmp_path, info(), second_process=True) as made:
        write_tables(tmp_path, harvest(40), info(), made)
        made.finish()
    assert all((tmp_path / name).stat().st_size for name in NAMES)


def test_unfinished_books_leave_no_process(tmp_path: Path) -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        Books(tmp_path, info(), second_process=True) as made,
    ):
        write_tables(tmp_path, harvest(40), info(), made)
        assert made._process is not None
        process = made._process.pid
        raise KeyboardInterrupt
    with pytest.raises(ProcessLookupError):
        os.kill(process, signal.SIGTERM)


def test_a_row_that_sqlite_refuses_is_told_here(tmp_path: Path) -> None:
    with Books(tmp_path, info(), second_process=True) as made:
        write_tables(tmp_path, with_rows(1, pages=[page(), page()]), info(), made)
        with pytest.raises(CheckFailedError, match=r"table pages: .*UNIQUE"):
            made.finish()
