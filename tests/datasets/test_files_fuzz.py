"""Whatever text a page holds, every format gives it back as promised."""

from __future__ import annotations

import csv
import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import harvester
from harvester.datasets.cells import ACTING, FORMULA, guarded, inert, well_formed
from harvester.datasets.files import write_tables
from tests.datasets.harvests import info, page, with_rows

#: Any text, half surrogates included, with a liking for what has a meaning somewhere.
TEXTS = st.text() | st.text(
    st.sampled_from("=+-@＝'\";,|\t\r\n\x00\x1b\u2028\u202e\u2066\ud800\udc00_x0041<>&\\[]åÅ🎬 ")
)


@settings(max_examples=15, deadline=None)
@given(st.lists(TEXTS, min_size=40, max_size=40))
def test_any_text(texts: list[str]) -> None:
    _round_trip(texts)


@pytest.mark.long
@settings(max_examples=1000, deadline=None)
@given(st.lists(TEXTS, min_size=60, max_size=100))
def test_any_text_at_length(texts: list[str]) -> None:
    _round_trip(texts)


def _round_trip(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [page(n, title=t, categories=(t,)) for n, t in enumerate(texts, start=1)]
        write_tables(folder, with_rows(len(texts), pages=rows), info())
        exact = [well_formed(text) for text in texts]
        frame = harvester.load("pages", path=folder)
        assert frame["title"].tolist() == exact
        assert frame["categories"].tolist() == [[text] for text in exact]
        lines = (folder / "jsonl/pages.jsonl").read_text("utf-8").splitlines()
        assert [json.loads(line)["title"] for line in lines] == exact
        shown = [inert(text) for text in exact]
        with closing(sqlite3.connect(folder / "harvest.sqlite")) as db:
            query = "SELECT title FROM pages ORDER BY rowid"
            assert [title for (title,) in db.execute(query)] == shown
        with (folder / "csv/pages.csv").open(encoding="utf-8-sig", newline="") as file:
            cells = [row["title"] for row in csv.DictReader(file)]
        assert cells == [guarded(text) for text in shown]
        assert not any(FORMULA.match(cell) or ACTING.search(cell) for cell in cells)
