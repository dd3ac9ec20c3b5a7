"""Every format gives back what went in, and nothing in it runs."""

from __future__ import annotations

import csv
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from openpyxl.utils.escape import unescape

import harvester
from harvester.datasets.cells import ACTING, guarded, inert
from harvester.datasets.files import FORMATS, write_tables
from harvester.datasets.files.sqlite import link_tables
from harvester.datasets.files.xlsx import XlsxFile
from harvester.datasets.info import CONTENT_TABLES
from harvester.datasets.schema import batches
from harvester.errors import CheckFailedError
from harvester.records import TABLES, columns
from tests.datasets.harvests import clip, film, info, lists, page, person, with_rows

NASTY = {
    "formula": '=HYPERLINK("https://example.org","klicka")',
    "plus": "+46 70 000 00 00",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd",
    "blanks-before-formula": "  =1+1",
    "full-width-formula": "＝1+1",
    "tab-first": "\t=1+1",
    "return-first": "\r=1+1",
    "line-breaks": "rad ett\nrad två\r\nrad tre",
    "direction-override": "bild\u202egpj.exe",
    "isolate": "\u2067vänster\u2069",
    "control-characters": "\x1b[31mröd\x07\x08\x0b\x7f\x85slut",
    "nul": "före\x00efter",
    "non-characters": "a\ufffeb\uffffc",
    "emoji": "👩\u200d💻 🎬 🇸🇪",
    "decomposed": "A\u030asa O\u0308dmark",
    "right-to-left": "שלום עולם \u200f",
    "long": "åäö 🎬" * 8000,
    "script": "</script><script>alert(1)</script>",
    "sql": "'); DROP TABLE pages; --",
    "markdown": "[klicka](javascript:alert(1)) | `x`",
    "quotes": 'Hon sa "hej", och gick; sedan\tkom hon',
    "excel-escape": "_x0041_ och _x000D_",
    "address": "https://example.org/=1",
    "number-like": "007",
    "date-like": "2-3",
    "null-like": "NULL",
    "nan-like": "nan",
    "apostrophe": "'=1+1",
    "blank": "   ",
    "empty": "",
}


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release folder in which every page's title and text, and each list, is nasty."""
    folder = tmp_path_factory.mktemp("nasty")
    texts = list(NASTY.values())
    pages = [
        page(n, title=text, text=text, categories=(text, "å"))
        for n, text in enumerate(texts, start=1)
    ]
    write_tables(folder, with_rows(len(texts), pages=pages), info())
    return folder


@pytest.fixture(scope="module")
def sheet(nasty: Path) -> list[tuple[Any, ...]]:
    with closing(openpyxl.load_workbook(nasty / "harvest.xlsx", read_only=True)) as book:
        return list(book["pages"].iter_rows())


@pytest.mark.parametrize(("place", "name"), list(enumerate(NASTY)), ids=list(NASTY))
class TestNastyTexts:
    def test_load_gives_the_original(self, nasty: Path, place: int, name: str) -> None:
        row = harvester.load("pages", path=nasty).iloc[place]
        assert row["title"] == row["text"] == NASTY[name]
        assert row["categories"] == [NASTY[name], "å"]

    def test_json_lines_give_the_original(self, nasty: Path, place: int, name: str) -> None:
        lines = (nasty / "jsonl/pages.jsonl").read_text("utf-8").split("\n")
        row = json.loads(lines[place])
        assert row["title"] == row["text"] == NASTY[name]
        assert row["categories"] == [NASTY[name], "å"]

    def test_csv_shows_it_and_runs_nothing(self, nasty: Path, place: int, name: str) -> None:
        with (nasty / "csv/pages.csv").open(encoding="utf-8-sig", newline="") as file:
            row = list(csv.DictReader(file))[place]
        assert row["title"] == row["text"] == guarded(inert(NASTY[name]))
        assert json.loads(row["categories"]) == [NASTY[name], "å"]

    def test_sqlite_shows_it(self, nasty: Path, place: int, name: str) -> None:
        with closing(sqlite3.connect(nasty / "harvest.sqlite")) as db:
            query = "SELECT title, text, categories FROM pages WHERE rowid = ?"
            title, text, categories = db.execute(query, (place + 1,)).fetchone()
        assert title == text == inert(NASTY[name])
        assert json.loads(categories) == [NASTY[name], "å"]

    def test_xlsx_shows_it_as_text(self, sheet: Any, place: int, name: str) -> None:
        names = [cell.value for cell in sheet[0]]
        cell = sheet[place + 1][names.index("title")]
        text = inert(NASTY[name]).replace("\r\n", "\n").replace("\r", "\n")
        shown = text.encode("utf-16-le")[: 32_767 * 2].decode("utf-16-le", "ignore")
        assert unescape(cell.value or "") == shown
        assert cell.data_type != "f"


def test_nothing_in_a_text_file_acts(nasty: Path) -> None:
    for path in [*nasty.rglob("*.csv"), *nasty.rglob("*.jsonl")]:
        assert not ACTING.search(path.read_text("utf-8-sig")), path.name


def test_no_cell_of_the_workbook_is_a_formula_or_link(nasty: Path) -> None:
    with zipfile.ZipFile(nasty / "harvest.xlsx") as book:
        for name in book.namelist():
            xml = book.read(name)
            assert b"<f>" not in xml and b"<f " not in xml, name
            assert b"hyperlink" not in xml, name


def test_workbook_layout(nasty: Path) -> None:
    with closing(openpyxl.load_workbook(nasty / "harvest.xlsx")) as book:
        assert book.sheetnames == [*CONTENT_TABLES, "notes"]
        first = book.worksheets[0]
        assert first.title == "appearances"
        assert [c.value for c in first[1]] == [c.name for c in columns("appearances")]
        assert (first.freeze_panes, first.auto_filter.ref) == ("A2", f"A1:N{len(NASTY) + 1}")
        row = {c.name: cell for c, cell in zip(columns("appearances"), first[2], strict=True)}
        assert row["published"].value.date() == date(2017, 10, 2)
        assert row["published"].is_date
        assert (row["edition"].value, row["needs_review"].value) == (2017, False)


def test_workbook_says_what_it_cut(nasty: Path) -> None:
    with closing(openpyxl.load_workbook(nasty / "harvest.xlsx")) as book:
        notes = [tuple(cell.value for cell in row) for row in book["notes"]]
    cut = "1 cells of text cut at 32767 characters. The full text stands in csv/pages.csv"
    assert ("pages", cut) in notes


def test_workbook_leaves_out_rows_beyond_its_limit(tmp_path: Path) -> None:
    book_file = XlsxFile(tmp_path, info(), max_rows=4)
    book_file.begin("people")
    for batch in batches("people", (person(n) for n in range(1, 8)), rows=2):
        book_file.write(batch)
    book_file.end()
    book_file.finish()
    with closing(openpyxl.load_workbook(tmp_path / "harvest.xlsx")) as book:
        assert book["people"].max_row == 4
        notes = [row[1].value for row in book["notes"]]
    assert "4 rows left out: a sheet holds 4. All rows stand in csv/people.csv" in notes


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        pytest.param(date(1899, 12, 31), "1899-12-31", id="before-the-calendar"),
        pytest.param(date(1900, 2, 28), "1900-02-28", id="before-the-day-that-never-was"),
    ],
)
def test_days_that_excel_cannot_hold_are_text(tmp_path: Path, day: date, shown: str) -> None:
    write_tables(tmp_path, with_rows(1, pages=[page(published=day)]), info())
    with closing(openpyxl.load_workbook(tmp_path / "harvest.xlsx")) as book:
        place = [c.name for c in columns("pages")].index("published")
        assert book["pages"][2][place].value == shown


def test_csv_opens_in_excel_with_swedish_letters(release: Path) -> None:
    data = (release / "appearances.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfedition,person,")
    assert "Åsa Ödmark".encode() in data
    lines = data.split(b"\r\n")
    assert len(lines) == 14 and lines[-1] == b""
    assert data == (release / "csv/appearances.csv").read_bytes()


def test_csv_keeps_ids_raw(tmp_path: Path) -> None:
    row = film(1, video_id="-dQw4w9", film_id="youtube:-dQw4w9")
    write_tables(tmp_path, with_rows(1, films=[row], clips=[clip(film_id=row.film_id)]), info())
    with (tmp_path / "csv/films.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["video_id"] == "-dQw4w9"


def test_json_lines_hold_arrays_and_nulls(release: Path) -> None:
    first = json.loads((release / "jsonl/clips.jsonl").read_text("utf-8").splitlines()[0])
    assert first["person_ids"] == ["p000001"]
    assert first["start"] is None
    assert list(first) == [column.name for column in columns("clips")]


class TestSqlite:
    def test_foreign_keys_hold(self, release: Path) -> None:
        with closing(sqlite3.connect(release / "harvest.sqlite")) as db:
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    @pytest.mark.parametrize("table", TABLES)
    def test_every_reference_is_declared(self, release: Path, table: str) -> None:
        with closing(sqlite3.connect(release / "harvest.sqlite")) as db:
            rows = db.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
        declared = {(row[3], f"{row[2]}.{row[4]}") for row in rows}
        wanted = {(c.name, c.references) for c in columns(table) if c.references and not c.is_list}
        assert declared == wanted

    def test_link_tables_are_the_lists(self, release: Path) -> None:
        assert {link.name for link in link_tables()} == {"clip_people", "film_pages"}
        with closing(sqlite3.connect(release / "harvest.sqlite")) as db:
            rows = db.execute("SELECT * FROM clip_people ORDER BY clip_id").fetchall()
            assert rows[0] == ("sample:00000001:1", "p000001", 1)
            assert len(rows) == 12
            assert db.execute("SELECT count(*) FROM film_pages").fetchone() == (12,)

    @pytest.mark.parametrize(
        ("table", "words", "found"),
        [
            pytest.param("pages", "ärende", 12, id="as-written"),
            pytest.param("pages", "arende", 12, id="accents-folded"),
            pytest.param("clips", "odmark", 12, id="heading"),
            pytest.param("appearances", "lillkopings", 12, id="organisation"),
            pytest.param("pages", "saknas", 0, id="absent"),
        ],
    )
    def test_search(self, release: Path, table: str, words: str, found: int) -> None:
        query = f"SELECT count(*) FROM {table} JOIN {table}_fts ON {table}.rowid = {table}_fts.rowid WHERE {table}_fts MATCH ?"
        with closing(sqlite3.connect(release / "harvest.sqlite")) as db:
            assert db.execute(query, (words,)).fetchone() == (found,)

    def test_a_vocabulary_is_closed(self, release: Path, tmp_path: Path) -> None:
        copy = tmp_path / "copy.sqlite"
        copy.write_bytes((release / "harvest.sqlite").read_bytes())
        with (
            closing(sqlite3.connect(copy)) as db,
            pytest.raises(sqlite3.IntegrityError, match="CHECK"),
        ):
            db.execute("UPDATE pages SET kind = 'something'")


def test_parquet_carries_the_dictionary(release: Path) -> None:
    for table in TABLES:
        schema = pq.read_schema(release / f"parquet/{table}.parquet")
        docs = {f.name: (f.metadata[b"doc"].decode(), f.nullable) for f in schema}
        assert docs == {c.name: (c.doc, c.nullable) for c in columns(table)}


def test_lone_surrogates_become_replacement_signs(tmp_path: Path) -> None:
    write_tables(
        tmp_path, with_rows(1, pages=[page(title="a\ud800b", categories=("\ud83d\udc4d",))]), info()
    )
    row = harvester.load("pages", path=tmp_path).iloc[0]
    assert (row["title"], row["categories"]) == ("a\ufffdb", ["👍"])


def test_batches_are_bounded_by_text() -> None:
    long = "x" * 3_000_000
    sizes = [len(batch) for batch in batches("pages", (page(n, text=long) for n in range(7)))]
    assert sizes == [3, 3, 1]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param({"pages": [page(), page()]}, "table pages: .*UNIQUE", id="key-twice"),
        pytest.param({"pages": [page(site=None)]}, "pages.site: null", id="null"),
        pytest.param({"pages": [page(words="tretton")]}, "pages.words: .*wrong type", id="type"),
        pytest.param({"pages": [page(words=2**70)]}, "pages.words: .*wrong type", id="too-large"),
        pytest.param({"pages": [page(kind="okänd")]}, "table pages: .*CHECK", id="vocabulary"),
        pytest.param({"pages": [film()]}, "a Film is no row", id="other-record"),
        pytest.param({"films": [film(page_ids=None)]}, "films.page_ids: null", id="null-list"),
    ],
)
def test_rows_that_no_file_can_hold(tmp_path: Path, rows: Any, message: str) -> None:
    with pytest.raises(CheckFailedError, match=message):
        write_tables(tmp_path, with_rows(1, **rows), info())


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="no such table: filmer"):
        write_tables(tmp_path, {"filmer": []}, info())


def test_an_empty_harvest_is_written(tmp_path: Path) -> None:
    assert set(write_tables(tmp_path, {}, info()).values()) == {0}
    assert harvester.load("pages", path=tmp_path).empty
    assert harvester.load("pages", path=tmp_path)["published"].dtype.kind == "M"


def test_tables_are_read_once_and_in_order(tmp_path: Path) -> None:
    tables = lists(with_rows(3))
    rows = write_tables(tmp_path, {name: iter(tables[name]) for name in reversed(tables)}, info())
    assert rows == {name: len(tables[name]) for name in TABLES}
    assert len(FORMATS) == 5
