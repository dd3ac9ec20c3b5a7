"""Every check passes on a good harvest and is tripped once by a bad one."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from harvester.datasets import table_schemas
from harvester.datasets.check_results import (
    CheckResult,
    Status,
    failures,
    read_report,
    require_passed,
    write_report,
)
from harvester.datasets.checks import run_checks
from harvester.errors import CheckFailedError
from harvester.records import TABLES, CaptureRow, Document, Link, LinkKind
from tests.datasets.harvests import (
    CREATED,
    DIGEST,
    appearance,
    clip,
    contribution,
    evidence,
    film,
    harvest,
    page,
    person,
    stated_date,
    with_rows,
)

pytest.importorskip("pandera", reason="pandera is not installed: make setup")


def capture(**changes: Any) -> CaptureRow:
    values = {
        "capture_id": "c1", "page_id": page().page_id, "url": page().url, "status": 200,
        "digest": DIGEST, "fetched_at": CREATED, "last_seen": CREATED, "warc_file": "a.warc.gz",
        "warc_offset": 0, "code_version": "0",
    }  # fmt: skip
    return CaptureRow(**(values | changes))


def test_a_good_harvest_passes_every_check(release: Path) -> None:
    for results in (run_checks(release), run_checks(harvest(12))):
        assert {result.status for result in results} == {Status.PASSED}
        names = [result.check for result in results]
        assert len(names) == len(set(names))
        assert {f"schema.{table}" for table in TABLES} <= set(names)


@pytest.mark.parametrize(
    ("rows", "check", "message"),
    [
        pytest.param({"pages": []}, "empty.pages", "no pages at all", id="no-pages"),
        pytest.param({"pages": [page(), page()]}, "unique.pages.page_id", "1 keys stand twice", id="key-twice"),
        pytest.param({"clips": [clip(film_id="youtube:x")]}, "reference.clips.film_id", "'youtube:x'", id="reference"),
        pytest.param({"films": [film(page_ids=("sample:x",))]}, "reference.films.page_ids", "'sample:x'", id="list-reference"),
        pytest.param({"pages": [page(kind="podd")]}, "schema.pages", "kind: isin", id="vocabulary"),
        pytest.param({"pages": [page(site=None)]}, "schema.pages", "site: not_nullable", id="null"),
        pytest.param({"pages": [page(words=None)]}, "schema.pages", "words: ", id="null-number"),
        pytest.param({"clips": [clip(person_ids=None)]}, "schema.clips", "person_ids: ", id="null-list"),
        pytest.param({"pages": [page(url="javascript:alert(1)")]}, "url.pages.url", "'javascript:", id="address-scheme"),
        pytest.param({"appearances": [appearance(page_url="https://x.se/a b")]}, "url.appearances.page_url", "1 values", id="address-blank"),
        pytest.param({"films": [film(url="/film")]}, "url.films.url", "'/film'", id="address-relative"),
        pytest.param({"captures": [capture(digest="sha1:ab")]}, "digest.captures.digest", "'sha1:ab'", id="digest"),
        pytest.param({"evidence": [evidence(digest="x")]}, "digest.evidence.digest", "'x'", id="evidence-digest"),
        pytest.param({"dates": [stated_date(last=date(2000, 1, 1))]}, "order.dates.first", "1 rows with first after last", id="days-order"),
        pytest.param({"people": [person(first_edition=2020, last_edition=2016)]}, "order.people.first_edition", "after", id="editions-order"),
        pytest.param({"captures": [capture(last_seen=CREATED - timedelta(1))]}, "order.captures.fetched_at", "after", id="moments-order"),
        pytest.param({"evidence": [evidence(char_start=20)]}, "order.evidence.char_start", "after char_end", id="offsets-order"),
        pytest.param({"evidence": [evidence(char_end=None)]}, "order.evidence.char_start", "alone", id="half-an-offset"),
        pytest.param({"evidence": [evidence(char_start=-1)]}, "least.evidence.char_start", "below 0", id="offset-negative"),
        pytest.param({"clips": [clip(position=0)]}, "least.clips.position", "below 1", id="position"),
        pytest.param({"clips": [clip(start=-5)]}, "least.clips.start", "below 0", id="start"),
        pytest.param({"pages": [page(words=-1)]}, "least.pages.words", "below 0", id="words"),
        pytest.param({"evidence": [evidence(table="filmer")]}, "reference.evidence.row_id", "'filmer' that does not exist", id="evidence-table"),
        pytest.param({"evidence": [evidence(field="år")]}, "reference.evidence.row_id", "no column 'år'", id="evidence-field"),
        pytest.param({"evidence": [evidence(row_id="x")]}, "reference.evidence.row_id", "'x'", id="evidence-row"),
        pytest.param({"contributions": [contribution(role_class="chef")]}, "schema.contributions", "role_class: isin", id="role-class"),
    ],
)  # fmt: skip
def test_each_check_is_tripped(rows: dict[str, Any], check: str, message: str) -> None:
    found = {result.check: result for result in run_checks(with_rows(1, **rows))}
    assert found[check].status is Status.ERROR
    assert message in found[check].message


@pytest.mark.parametrize(
    ("rows", "check"),
    [
        pytest.param(
            {"documents": [Document("d1", page().page_id, "ftp://x.se/a.pdf", None, None)]},
            "url.documents.url",
            id="document",
        ),
        pytest.param(
            {"links": [Link(page().page_id, "http://", None, LinkKind.SITE)]},
            "url.links.url",
            id="link",
        ),
    ],
)
def test_addresses_that_pages_write_freely_only_warn(rows: dict[str, Any], check: str) -> None:
    results = run_checks(with_rows(1, **rows))
    assert [r.check for r in results if r.status is Status.WARNING] == [check]


def test_a_table_that_was_emptied_stops(release: Path) -> None:
    results = run_checks(with_rows(12, documents=[]), previous=release)
    assert [(r.check, r.message) for r in failures(results)] == [
        ("empty.documents", "no rows, and the last release had 12")
    ]
    assert not failures(run_checks(with_rows(12, documents=[])))


def test_work_that_is_done_does_not_stop(release: Path) -> None:
    done = with_rows(12, problems=[], person_candidates=[])
    assert not failures(run_checks(done, previous=release))


def test_a_value_of_the_wrong_type_is_named() -> None:
    with pytest.raises(CheckFailedError, match=r"pages.words: a value of the wrong type"):
        run_checks(with_rows(1, pages=[page(words="tretton")]))


def test_without_pandera_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandera.pandas", None)
    table_schemas._pandera.cache_clear()
    table_schemas.pandera_schema.cache_clear()
    try:
        warned = [r for r in run_checks(harvest(1)) if r.status is not Status.PASSED]
        assert [(r.check, r.status) for r in warned] == [("schema", Status.WARNING)]
        assert "make setup" in warned[0].message
        with pytest.raises(ImportError, match="pandera is missing"):
            table_schemas.pandera_schema("pages")
    finally:
        table_schemas._pandera.cache_clear()


def test_failures_are_one_line() -> None:
    results = [CheckResult(f"c{n}", "pages", Status.ERROR, "fel") for n in range(5)]
    with pytest.raises(CheckFailedError) as raised:
        require_passed(results)
    assert str(raised.value) == "5 checks stop the release: c0: fel; c1: fel; c2: fel; and 2 more"
    require_passed([CheckResult("c", "pages", Status.WARNING, "fel")])


def test_a_report_is_read_back(tmp_path: Path) -> None:
    results = run_checks(with_rows(2, pages=[]))
    write_report(tmp_path / "checks.json", results)
    assert read_report(tmp_path / "checks.json") == results
