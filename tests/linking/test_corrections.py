from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harvester.curation import Curation, Override
from harvester.records import Evidence, Missing, PageKind, TookPartAs
from tests.linking.pages import In, PageOf, Shown, edition_fact, linked

ROLE = Evidence(
    "contributions", "a.k1", "role", "sha256:a", "/html/p", 4, 11, "skolans rektor", "people.role", None
)  # fmt: skip
PAGE = PageOf(
    "a", [In("Siv Ek", 1, "rektor", "skolans rektor")], [Shown("youtube:1")], 2017, evidence=[ROLE]
)


def override(
    field: str,
    value: Any,
    raw: str,
    table: str = "contributions",
    row_id: str = "a.k1",
    **more: Any,
) -> Override:
    return Override(table, row_id, field, raw, value, "kontrollerat", **more)


def run(folder: Path, *overrides: Override, page: PageOf = PAGE) -> dict[str, list[Any]]:
    return linked(folder, [page], Curation(overrides=overrides))


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("skolans rektor", id="evidence"),
        pytest.param("rektor", id="value"),
    ],
)
def test_a_value_is_set_right(tmp_path: Path, raw: str) -> None:
    tables = run(tmp_path, override("role", "biträdande rektor", raw))
    assert tables["contributions"][0].role == "biträdande rektor"
    assert tables["appearances"][0].role == "biträdande rektor"
    assert tables["problems"] == []
    assert tables["evidence"][0] == replace(ROLE, rule="override")


def test_evidence_is_made_where_there_was_none(tmp_path: Path) -> None:
    tables = run(tmp_path, override("organisation", "Vitby skola", ""))
    assert tables["contributions"][0].organisation == "Vitby skola"
    (proof,) = [e for e in tables["evidence"] if e.field == "organisation"]
    assert (proof.rule, proof.raw, proof.digest, proof.missing) == (
        "override",
        None,
        "sha256:a",
        None,
    )


def test_a_value_may_be_set_to_none(tmp_path: Path) -> None:
    tables = run(tmp_path, override("role", None, "rektor", missing=Missing.NOT_STATED))
    assert tables["contributions"][0].role is None
    assert tables["evidence"][0] == replace(ROLE, rule="override", missing=Missing.NOT_STATED)


def test_two_fields_of_one_row(tmp_path: Path) -> None:
    tables = run(
        tmp_path,
        override("role", "lärare", "rektor"),
        override("took_part_as", TookPartAs.MENTIONED, "speaker"),
    )
    row = tables["contributions"][0]
    assert (row.role, row.took_part_as) == ("lärare", TookPartAs.MENTIONED)
    # Nobody takes part in the film any more.
    assert [a.person for a in tables["appearances"]] == [None]


def test_a_pages_year_reaches_everything_that_rests_on_it(tmp_path: Path) -> None:
    tables = run(tmp_path, override("edition", 2018, "2017", "pages", "a"))
    assert tables["pages"][0].edition == 2018
    assert tables["films"][0].edition == 2018
    assert tables["people"][0].first_edition == 2018
    assert tables["appearances"][0].edition == 2018


def test_linked_rows_can_be_set_right(tmp_path: Path) -> None:
    page = replace(PAGE, facts=[edition_fact(2017, "city", "Gråby")])
    tables = run(
        tmp_path,
        override("city", "Vitby", "Gråby", "editions", "2017"),
        override("title", "Rätt titel", "", "films", "youtube:1"),
        page=page,
    )
    assert tables["editions"][0].city == "Vitby"
    assert tables["films"][0].title == "Rätt titel"
    assert tables["appearances"][0].topic == "Rätt titel"
    proofs = [e for e in tables["evidence"] if e.table != "contributions" and not e.missing]
    rules = {(e.table, e.rule, e.raw) for e in proofs}
    assert rules == {("editions", "override", "Gråby"), ("films", "override", None)}
    assert tables["problems"] == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param(override("role", "lärare", "kantor"), "override_stale", id="page-says-something-else"),
        pytest.param(override("role", "lärare", ""), "override_stale", id="nothing-then-something-now"),
        pytest.param(
            override("role", "lärare", "rektor", digest="sha256:b"), "override_stale", id="other-body"
        ),
        pytest.param(override("role", "lärare", "rektor", row_id="a.k9"), "override_unused", id="no-such-row"),
        pytest.param(override("kind", PageKind.ARTICLE, "x", "pages", "b"), "override_unused", id="no-such-page"),
        pytest.param(override("city", "Vitby", "", "editions", "1999"), "override_unused", id="no-such-year"),
    ],
)  # fmt: skip
def test_what_does_nothing_is_a_problem(tmp_path: Path, given: Override, code: str) -> None:
    tables = run(tmp_path, given)
    (problem,) = tables["problems"]
    assert (problem.code, problem.run, problem.severity) == (code, "run-1", "warning")
    assert problem.message.startswith(f"{given.table} {given.row_id} {given.field}: ")
    assert "lärare" not in problem.message
    assert tables["contributions"][0].role == "rektor"
    assert tables["evidence"][0] == ROLE


def test_the_body_it_was_made_for(tmp_path: Path) -> None:
    tables = run(tmp_path, override("role", "lärare", "rektor", digest="sha256:a"))
    assert tables["contributions"][0].role == "lärare"
    assert tables["problems"] == []
