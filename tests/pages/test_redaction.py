"""Suppressed people: their names leave every text, and nothing else moves."""

from __future__ import annotations

import pytest

from harvester.harvest import harvest
from harvester.pages.redaction import MASK
from harvester.pages.rows.ids import person_id
from harvester.records import Page
from tests.pages import markup
from tests.pages.harvesting import KEY, context, html_capture
from tests.pages.markup import Entry, Film, Heading, Text

ENTRY = Entry(
    "/ellen-tallrot/",
    "Ellen Tallrot om lagen",
    [
        Text("Ellen Tallrot, jurist, talade. Sixten Lundevall, socialchef i Norrvik, lyssnade."),
        Text("Sedan sade Tallrot att Ellens bok finns <a href='/ellen-tallrot-bok/'>här</a>. Ellenor är en annan."),
        Heading("ELLEN TALLROT"),
        Film("aaaaaaaaa01", "Ellen Tallrot 2024"),
    ],
    author="Ellen Tallrot",
    categories=("Ellen Tallrot", "Lagar"),
)  # fmt: skip


def told(suppressed: frozenset[str]) -> tuple[str, Page]:
    capture = html_capture(markup.classic_page(ENTRY), "https://exempel.example/om-lagen/")
    page = harvest(capture, context(suppressed=suppressed)).pages[0]
    row = next(r for r in page.records if isinstance(r, Page))
    rest = [r for r in page.records if not isinstance(r, Page)]
    return repr((rest, page.films, page.people, page.editions)), row


def test_a_suppressed_person_is_named_nowhere() -> None:
    rest, row = told(frozenset({person_id("Ellen Tallrot", KEY)}))
    for text in (rest, row.text, row.title or "", row.author or "", " ".join(row.categories)):
        assert "tallrot" not in text.casefold()
        assert "Ellen " not in text and "ELLEN" not in text and "Ellens" not in text
    assert row.url is None  # the address holds the name too
    assert row.author is None and row.categories == ("Lagar",)


def test_redaction_keeps_lengths_and_everyone_else() -> None:
    rest, row = told(frozenset({person_id("Ellen Tallrot", KEY)}))
    _, plain = told(frozenset())
    assert len(row.text) == len(plain.text) and MASK in row.text
    assert "Ellenor" in row.text and "Sixten Lundevall" in rest


@pytest.mark.parametrize("other", [frozenset(), frozenset({person_id("Ada Ek", KEY)})])
def test_nobody_else_is_redacted(other: frozenset[str]) -> None:
    rest, row = told(other)
    assert MASK not in rest and MASK not in row.text and row.author == "Ellen Tallrot"
