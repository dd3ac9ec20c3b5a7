"""`harvester parse`: one page's rows as JSON, each in its own table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harvester.cli import main
from harvester.errors import ExitCode
from harvester.records import PAGE_TABLES, columns
from tests.pages import markup
from tests.pages.test_same_content import FILMS


@pytest.mark.parametrize("form", ["html", "json"])
def test_rows_stand_in_their_tables_with_their_columns(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"page.{form}"
    text = markup.divi_page(FILMS) if form == "html" else json.dumps([markup.rest_item(FILMS)])
    file.write_text(text, encoding="utf-8")
    assert main(["parse", str(file), "--url", FILMS.url]) == ExitCode.OK
    document = json.loads(capsys.readouterr().out)
    assert set(document) == set(PAGE_TABLES)
    assert [p["title"] for p in document["pages"]] == [FILMS.title]
    assert len(document["clips"]) == 3 and document["evidence"]
    for table, rows in document.items():
        names = [c.name for c in columns(table)]
        assert all(list(row) == names for row in rows), table
