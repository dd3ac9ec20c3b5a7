from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from harvester.pages.content import Source
from harvester.pages.harvested import EditionFact
from harvester.records import Missing, PageState
from tests.linking.pages import PageOf, edition_fact, linked


def day(d: int, month: int = 9) -> date:
    return date(2019, month, d)


def city(name: str, raw: str | None = None) -> EditionFact:
    return edition_fact(2019, "city", name, raw=raw)


def days(first: date | None, last: date | None) -> EditionFact:
    return edition_fact(2019, "days", "dagarna", (first, last))


@pytest.mark.parametrize(
    ("pages", "chosen", "conflicts"),
    [
        pytest.param([[city("Vitby")]], "Vitby", [], id="one"),
        pytest.param(
            [[city("Gråby")], [city("Vitby")], [city("Vitby")]], "Vitby", ["city: Gråby (p1)"], id="majority"
        ),
        pytest.param([[city("Vitby")], [city("VITBY ")]], "Vitby", [], id="case-is-no-conflict"),
        pytest.param(
            [[city("Gråby")], [city("Vitby", "i Vitby 2019")]], "Vitby", ["city: Gråby (p1)"], id="names-the-year"
        ),
        pytest.param(
            [[city("Gråby", "12019")], [city("Vitby")]], "Gråby", ["city: Vitby (p2)"], id="longer-number-is-no-year"
        ),
        pytest.param([[city("B")], [city("A")]], "B", ["city: A (p2)"], id="first-page-of-equals"),
        pytest.param(
            [[city("A"), city("A"), city("A")], [city("B")], [city("B")]], "B", ["city: A (p1)"], id="a-page-counts-once"
        ),
    ],
)  # fmt: skip
def test_most_pages_decide(
    tmp_path: Path, pages: list[list[EditionFact]], chosen: str, conflicts: list[str]
) -> None:
    tables = linked(tmp_path, [PageOf(f"p{n}", facts=f) for n, f in enumerate(pages, 1)])
    (row,) = tables["editions"]
    assert row.city == chosen
    assert list(row.conflicts) == conflicts
    (proof,) = [e for e in tables["evidence"] if e.table == "editions" and not e.missing]
    assert (proof.row_id, proof.field) == ("2019", "city")
    assert chosen in (proof.raw, "Gråby") or proof.raw == "i Vitby 2019"


@pytest.mark.parametrize(
    ("facts", "chosen", "conflicts"),
    [
        pytest.param([days(day(25), day(27))], (day(25), day(27)), [], id="three-days"),
        pytest.param([days(day(1), day(10))], (day(1), day(10)), [], id="ten-days"),
        pytest.param([days(day(1), day(11))], (None, None), ["days: 2019-09-01/2019-09-11 (p1)"], id="eleven-days"),
        pytest.param([days(day(27), day(25))], (None, None), ["days: 2019-09-27/2019-09-25 (p1)"], id="backwards"),
        pytest.param([days(None, day(25))], (None, None), ["days: None/2019-09-25 (p1)"], id="half"),
        pytest.param(
            [days(day(1), day(30)), days(day(25), day(27))],
            (day(25), day(27)),
            ["days: 2019-09-01/2019-09-30 (p1)"],
            id="what-cannot-be-gives-way",
        ),
    ],
)  # fmt: skip
def test_days(
    tmp_path: Path, facts: list[EditionFact], chosen: Sequence[date | None], conflicts: list[str]
) -> None:
    tables = linked(tmp_path, [PageOf(f"p{n}", facts=[f]) for n, f in enumerate(facts, 1)])
    (row,) = tables["editions"]
    assert (row.first, row.last) == tuple(chosen)
    assert list(row.conflicts) == conflicts
    why = {e.field: e.missing for e in tables["evidence"] if e.table == "editions"}
    misread = None if chosen[0] else Missing.NOT_UNDERSTOOD
    unstated = dict.fromkeys(("city", "venue", "theme"), Missing.NOT_STATED)
    assert why == {"first": misread, "last": misread, **unstated}


@pytest.mark.parametrize(
    ("pages", "missing"),
    [
        pytest.param([PageOf("p1", facts=[city("Vitby")])], Missing.NOT_STATED, id="no-page-says-it"),
        pytest.param([PageOf("p1", facts=[city("Vitby")]), PageOf("p2", edition=2019, state=PageState.PROTECTED)], Missing.NOT_OBTAINED, id="a-page-of-the-year-is-kept-back"),
        pytest.param([PageOf("p1", facts=[city("Vitby")]), PageOf("p2", edition=2018, state=PageState.PROTECTED)], Missing.NOT_STATED, id="a-page-of-another-year-is"),
        pytest.param([PageOf("p1", facts=[city("Vitby")]), PageOf("p2", edition=2019, state=PageState.GONE)], Missing.NOT_STATED, id="a-page-that-is-gone-was-had"),
    ],
)  # fmt: skip
def test_why_a_theme_is_null(tmp_path: Path, pages: list[PageOf], missing: Missing) -> None:
    tables = linked(tmp_path, pages)
    (why,) = [e for e in tables["evidence"] if (e.table, e.field) == ("editions", "theme")]
    assert (why.row_id, why.rule, why.missing, why.raw) == ("2019", "edition.theme", missing, None)


def test_days_that_no_conference_has_keep_their_place(tmp_path: Path) -> None:
    tables = linked(tmp_path, [PageOf("p1", facts=[days(day(27), day(25))])])
    proofs = [e for e in tables["evidence"] if e.field in ("first", "last")]
    assert {(e.raw, e.locator, e.missing) for e in proofs} == {
        ("dagarna", "/html/p", Missing.NOT_UNDERSTOOD)
    }


@pytest.mark.parametrize(
    ("first", "second", "chosen"),
    [
        pytest.param({"edition": None}, {"edition": 2019}, "B", id="page-of-that-year"),
        pytest.param({"source": Source.TEASER}, {"source": Source.OWN}, "B", id="better-source"),
        pytest.param({"source": Source.OWN}, {"edition": 2018}, "A", id="another-years-page"),
    ],
)
def test_ties(tmp_path: Path, first: dict[str, int], second: dict[str, int], chosen: str) -> None:
    pages = [PageOf("p1", facts=[city("A")], **first), PageOf("p2", facts=[city("B")], **second)]
    assert linked(tmp_path, pages)["editions"][0].city == chosen


def test_years_with_a_fact_alone_are_rows(tmp_path: Path) -> None:
    facts = [
        edition_fact(2021, "named", "Exempeldagarna 2021"),
        edition_fact(2017, "theme", "”Mod”"),
    ]
    rows = linked(tmp_path, [PageOf("a", facts=facts, edition=2015)])["editions"]
    assert [(r.edition, r.theme, r.city, r.conflicts) for r in rows] == [
        (2017, "”Mod”", None, ()),
        (2021, None, None, ()),
    ]
