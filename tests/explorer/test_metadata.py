"""The explorer's labels and questions: as the records say, and every query runs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from harvester.explorer.metadata import DATABASE, explorer_metadata, queries
from harvester.records import TABLES, columns

TABLES_OF = explorer_metadata("Titel", "")["databases"][DATABASE]["tables"]
VALUES = {"name": "ost\"björk' OR", "word": "lillkoping", "row_id": "c-yrsa"}


@pytest.mark.parametrize("table", TABLES)
def test_every_table_and_column_is_described(table: str) -> None:
    described = TABLES_OF[table]
    assert described["description"]
    assert described["columns"] == {column.name: column.doc for column in columns(table)}
    named = {
        *described.get("facets", ()),
        described.get("label_column"),
        described.get("sort_desc"),
    }
    assert named - {None} <= set(described["columns"])


def test_every_described_table_is_in_the_database(rich: Path) -> None:
    with sqlite3.connect(rich / "harvest.sqlite") as database:
        there = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    database.close()
    assert set(TABLES_OF) <= there


@pytest.mark.parametrize("name", queries())
def test_every_query_runs(rich: Path, name: str) -> None:
    database = sqlite3.connect(f"file:{rich / 'harvest.sqlite'}?mode=ro", uri=True)
    try:
        database.execute(queries()[name]["sql"], VALUES).fetchall()
    finally:
        database.close()


@pytest.mark.parametrize(
    ("name", "values", "first"),
    [
        pytest.param("person", {"name": "appelq"}, "Yrsa Äppelqvist", id="part-of-a-name-accents-folded"),
        pytest.param("person", {"name": "Karl-Uno Ost"}, "Karl-Uno Östbjörk", id="hyphen-and-blank"),
        pytest.param("person", {"name": '" OR person:*'}, None, id="no-syntax-gets-in"),
        pytest.param("search_pages", {"word": "tillit"}, "Filmklipp 2017", id="word-of-a-text"),
    ],
)  # fmt: skip
def test_what_a_query_finds(
    rich: Path, name: str, values: dict[str, str], first: str | None
) -> None:
    database = sqlite3.connect(rich / "harvest.sqlite")
    try:
        rows = database.execute(queries()[name]["sql"], values).fetchall()
    finally:
        database.close()
    assert (rows[0][1] if rows else None) == first
