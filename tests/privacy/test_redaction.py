"""Pages without suppressed people: what is masked beside the name in full, and what stays."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from harvester.archive.capture import make_capture
from harvester.harvest import HarvestContext, harvest
from harvester.pages.rows.ids import person_id
from harvester.privacy import name_forms
from harvester.records import Contribution, Document, Link, Page, Problem
from harvester.sites import load_profile

KEY = b"a key of the tests"
BASE = "http://exempeldagarna.example"
NAME = "Ragna Hjortvall"


def records(
    body: str, *, path: str = "/news/en-dag/", title: str = "En dag", by_id: bool = True
) -> list[Any]:
    context = HarvestContext(
        load_profile("sample"),
        KEY,
        frozenset({person_id(NAME, KEY)} if by_id else ()),
        name_forms(NAME, KEY) if not by_id else frozenset(),
    )
    html = f"""<html lang="sv"><head><title>{title}</title></head><body class="single single-post">
      <main><article class="post type-post"><h1 class="entry-title">{title}</h1>
      <div class="entry-content">{body}</div></article></main></body></html>"""
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    headers = [("Content-Type", "text/html; charset=utf-8")]
    capture = make_capture(BASE + path, moment, 200, headers, html.encode())
    return [r for page in harvest(capture, context).pages for r in page.records]


def page(found: list[Any]) -> Page:
    return next(r for r in found if isinstance(r, Page))


@pytest.mark.parametrize(
    "by_id", [pytest.param(True, id="by-id"), pytest.param(False, id="by-form")]
)
@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param(
            "Ragna Hjortvall, rektor i Norrvik, talade. Sedan gick Hjortvall hem.",
            "█████ █████████, rektor i Norrvik, talade. Sedan gick █████████ hem.",
            id="surname-behind-the-name",
        ),
        pytest.param(
            "Ragna Hjortvall talade. Hjortvalls bok ligger kvar.",
            "█████ █████████ talade. ██████████ bok ligger kvar.",
            id="genitive",
        ),
        pytest.param(
            "Ragna Hjortvall och Erik Hjortvall talade med Ragna Lundevall.",
            "█████ █████████ och Erik Hjortvall talade med Ragna Lundevall.",
            id="others-keep-their-names",
        ),
        pytest.param("Hjortvall talade.", "Hjortvall talade.", id="surname-alone-points-to-nobody"),
    ],
)  # fmt: skip
def test_texts(text: str, left: str, by_id: bool) -> None:
    assert page(records(f"<p>{text}</p>", by_id=by_id)).text == left


def test_a_slug_alone_names_the_page() -> None:
    found = records("<p>Hjortvall talade.</p>", path="/news/ragna-hjortvall/", by_id=False)
    assert page(found).url is None
    assert page(found).text == "█████████ talade."
    assert page(found).page_id == page(records("<p>a</p>", path="/news/ragna-hjortvall/")).page_id


def test_links_and_documents_lose_addresses_and_titles() -> None:
    found = records(
        f'<p><a href="{BASE}/wp-content/uploads/ragna-hjortvall.pdf">Ragna Hjortvalls bilder</a></p>'
        '<p><a href="https://exempel.se/hjortvall/">Ragna Hjortvall</a> och '
        '<a href="https://exempel.se/annat/">annat</a></p>'
    )
    (document,) = [r for r in found if isinstance(r, Document)]
    assert (document.url, document.title) == (None, "█████ ██████████ bilder")
    links = {(r.url, r.title) for r in found if isinstance(r, Link)}
    assert links == {(None, "█████ █████████"), ("https://exempel.se/annat/", "annat")}


def test_rows_about_others_stay() -> None:
    found = records("<p>Ragna Hjortvall, rektor, och Erik Lundevall, socialchef, talade.</p>")
    (row,) = [r for r in found if isinstance(r, Contribution)]
    assert (row.name_raw, row.role) == ("Erik Lundevall", "socialchef")


def test_problems_name_the_page_by_id() -> None:
    text = "<p>Dagen var den 31 februari 2019.</p>"
    found = records(text, path="/news/ragna-hjortvall/", by_id=False)
    problems = [r for r in found if isinstance(r, Problem)]
    assert problems
    for problem in problems:
        assert problem.url is None
        assert "hjortvall" not in problem.message


def test_a_page_that_names_nobody_is_read_once() -> None:
    body = "<p>Erik Lundevall, socialchef, talade.</p>"
    known = [r for r in records(body) if not isinstance(r, Problem)]
    assert known == [r for r in records(body, by_id=False) if not isinstance(r, Problem)]
