"""Every null that a layout promises has its reason: not stated, not understood, not obtained."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from harvester.archive.capture import make_capture
from harvester.datasets.check_results import Status
from harvester.datasets.promises import PROMISED, promise_results, promised_by_layouts
from harvester.datasets.table_source import table_source
from harvester.harvest import HarvestContext, harvest
from harvester.records import Evidence, Missing, columns
from harvester.sites import load_profile
from tests.datasets.harvests import clip, evidence, page, with_rows


def test_a_real_release_keeps_them(second_night: Path) -> None:
    results = list(promise_results(table_source((second_night / "latest").resolve())))
    assert len(results) == sum(map(len, PROMISED.values())) + len(promised_by_layouts())
    assert [r.check for r in results if r.status is not Status.PASSED] == []
    assert sum(int(r.message.split()[0]) for r in results) > 100


@pytest.mark.parametrize(
    ("tables", "broken"),
    [
        pytest.param({"clips": [clip(film_id=None)]}, ["missing.clips.film_id"], id="no-reason"),
        pytest.param(
            {"clips": [clip(film_id=None)], "evidence": [evidence(table="clips", row_id=clip().clip_id, field="film_id", missing=Missing.NOT_STATED)]},
            [], id="a-reason",
        ),
        pytest.param(
            {"clips": [clip(film_id=None)], "evidence": [evidence(table="clips", row_id=clip().clip_id, field="film_id")]},
            ["missing.clips.film_id"], id="a-place-is-no-reason",
        ),
        pytest.param({"pages": [page(title=None)]}, ["missing.pages.title"], id="a-layouts-promise"),
        pytest.param({"pages": [page(published=None)]}, [], id="not-promised-by-this-layout"),
        pytest.param({"pages": [page(published=None, layout="news_post")]}, ["missing.pages.published"], id="promised-by-that"),
    ],
)  # fmt: skip
def test_a_null_without_a_reason_is_named(tables: Any, broken: list[str]) -> None:
    results = promise_results(table_source(with_rows(1, **tables)))
    assert [r.check for r in results if r.status is not Status.PASSED] == broken


def test_promised_fields_are_columns_that_may_be_null() -> None:
    for table, fields in PROMISED.items():
        known = {c.name: c.nullable for c in columns(table)}
        assert all(known[field] for field in fields)


PROTECTED = """<!DOCTYPE html><html lang="sv"><head><title>Skyddad</title></head><body class="single single-post">
<main><article class="post"><h1 class="entry-title">Skyddad: Ordföranden har ordet</h1><div class="entry-content">
<form class="post-password-form" action="/wp-login.php?action=postpass" method="post"><p>Lösenord</p></form>
</div></article></main></body></html>"""

NO_ROLE = """<!DOCTYPE html><html lang="sv"><body class="single single-post"><main><article class="post">
<h1 class="entry-title">Nytt från Orsa</h1><div class="entry-content"><p>Mötet leddes av Åsa Lindqvist.</p>
</div></article></main></body></html>"""

IMPOSSIBLE = NO_ROLE.replace("Mötet leddes", "Den 31 februari 2024 leddes mötet")


def reasons(body: str) -> dict[tuple[str, str], Missing]:
    profile = load_profile("sample")
    headers = [("Content-Type", "text/html; charset=utf-8")]
    url = profile.sites[0].base + "2024/10/04/ordforanden-har-ordet/"
    capture = make_capture(url, datetime(2026, 11, 20, tzinfo=UTC), 200, headers, body.encode())
    found = harvest(capture, HarvestContext(profile, b"key"))
    rows = [r for p in found.pages for r in p.records if isinstance(r, Evidence)]
    return {(r.table, r.field): r.missing for r in rows if r.missing}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(PROTECTED, {("pages", "published"): Missing.NOT_OBTAINED}, id="behind-a-password"),
        pytest.param(NO_ROLE, {("contributions", "role"): Missing.NOT_STATED, ("pages", "published"): Missing.NOT_STATED}, id="not-stated"),
        pytest.param(IMPOSSIBLE, {("dates", "first"): Missing.NOT_UNDERSTOOD}, id="not-understood"),
    ],
)  # fmt: skip
def test_kinds_of_missing(body: str, expected: dict[tuple[str, str], Missing]) -> None:
    found = reasons(body)
    assert {key: found.get(key) for key in expected} == expected
