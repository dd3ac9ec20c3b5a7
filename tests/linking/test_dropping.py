"""Rows that an override drops: gone with what rests on them alone, and said so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harvester.curation import Curation, Override
from harvester.linking.corrections import dropped_row
from harvester.records import DateKind, Document, Evidence, Grain, StatedDate
from tests.linking.pages import In, PageOf, Shown, edition_fact, linked

NAME = Evidence(
    "contributions", "a.k1", "name_raw", "sha256:a", "/html/p", 0, 6, "Siv Eks", "people", None
)  # fmt: skip
DATE = StatedDate(
    "a.d1", "a", "5 maj", None, None, Grain.DAY, "XXXX-05-05", None, DateKind.MENTION, "stated", ()
)  # fmt: skip
DOCUMENT = Document("a.f1", "a", "https://exempel.example/bilder.pdf", "Bilder", "application/pdf")
PAGE = PageOf(
    "a",
    [In("Siv Ek", 1), In("Alva Berg", 1), In("Alva Berg"), In("Bo Lund", 2)],
    [Shown("youtube:1", "Siv Ek", ("Siv Ek", "Alva Berg")), Shown("youtube:2", "Bo Lund")],
    2017,
    evidence=[NAME],
    extra=[DATE, DOCUMENT],
)
OTHER = PageOf("b", [In("Disa Holm", 1)], [Shown("youtube:2")], 2018)
YEAR = PageOf("c", facts=[edition_fact(2017, "city", "Gråby")])


def drop(table: str, row_id: str, raw: str, **more: Any) -> Override:
    return Override(table, row_id, "", raw, None, "kontrollerat", drop=True, **more)


def run(folder: Path, *overrides: Override) -> dict[str, list[Any]]:
    return linked(folder, [PAGE, OTHER, YEAR], Curation(overrides=overrides))


@pytest.mark.parametrize(
    "raw",
    [pytest.param("Siv Ek", id="its-value"), pytest.param("Siv Eks", id="its-evidence")],
)
def test_a_person_goes_with_the_last_contribution(tmp_path: Path, raw: str) -> None:
    tables = run(tmp_path, drop("contributions", "a.k1", raw))
    assert {p.name for p in tables["people"]} == {"Alva Berg", "Bo Lund", "Disa Holm"}
    assert "a.k1" not in {r.contribution_id for r in tables["contributions"]}
    assert {a.person for a in tables["appearances"]} == {"Alva Berg", "Bo Lund", "Disa Holm"}
    assert len(tables["clips"][0].person_ids) == 1
    assert NAME not in tables["evidence"]


def test_one_who_stands_elsewhere_on_the_page_is_untied_alone(tmp_path: Path) -> None:
    tables = run(tmp_path, drop("contributions", "a.k2", "Alva Berg"))
    assert "Alva Berg" in {p.name for p in tables["people"]}
    (left,) = [r for r in tables["contributions"] if r.name_raw == "Alva Berg"]
    assert left.clip_id is None and left.person_id not in tables["clips"][0].person_ids


def test_a_film_goes_with_its_last_clip(tmp_path: Path) -> None:
    tables = run(tmp_path, drop("clips", "a.c1", "Siv Ek"), drop("clips", "a.c2", "Bo Lund"))
    assert [(f.film_id, f.page_ids) for f in tables["films"]] == [("youtube:2", ("b",))]
    assert [c.clip_id for c in tables["clips"]] == ["b.c1"]
    said = {r.name_raw: r.clip_id for r in tables["contributions"]}
    assert said == {"Siv Ek": None, "Alva Berg": None, "Bo Lund": None, "Disa Holm": "b.c1"}


def test_a_page_goes_with_all_it_says(tmp_path: Path) -> None:
    tables = run(tmp_path, drop("pages", "a", "En sida"))
    assert [p.page_id for p in tables["pages"]] == ["b", "c"]
    assert {p.name for p in tables["people"]} == {"Disa Holm"}
    assert [(f.film_id, f.edition) for f in tables["films"]] == [("youtube:2", 2018)]
    assert tables["dates"] == tables["documents"] == []


@pytest.mark.parametrize(
    ("given", "table"),
    [
        pytest.param(drop("dates", "a.d1", "5 maj"), "dates", id="date"),
        pytest.param(drop("documents", "a.f1", "Bilder"), "documents", id="document"),
        pytest.param(drop("editions", "2017", "Gråby"), "editions", id="year"),
    ],
)
def test_other_rows(tmp_path: Path, given: Override, table: str) -> None:
    tables = run(tmp_path, given)
    assert tables[table] == []
    assert [e for e in tables["evidence"] if e.table == table] == []
    (note,) = tables["problems"]
    assert (note.code, note.severity, note.run) == ("row_dropped", "info", "run-1")
    assert dropped_row(note.message) == (given.table, given.row_id)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param(drop("contributions", "a.k1", "Bo Lund"), "override_stale", id="names-another"),
        pytest.param(drop("contributions", "a.k1", "a"), "override_stale", id="a-key-says-nothing"),
        pytest.param(drop("contributions", "a.k1", "Siv Ek", digest="sha256:b"), "override_stale", id="other-body"),
        pytest.param(drop("contributions", "a.k9", "Siv Ek"), "override_unused", id="no-such-row"),
        pytest.param(drop("pages", "d", "En sida"), "override_unused", id="no-such-page"),
        pytest.param(drop("editions", "1999", "Gråby"), "override_unused", id="no-such-year"),
    ],
)  # fmt: skip
def test_a_drop_that_does_nothing_is_a_problem(tmp_path: Path, given: Override, code: str) -> None:
    tables = run(tmp_path, given)
    (problem,) = tables["problems"]
    assert (problem.code, problem.severity) == (code, "warning")
    assert problem.message.startswith(f"{given.table} {given.row_id}: ")
    assert tables | {"problems": []} == run(tmp_path)
