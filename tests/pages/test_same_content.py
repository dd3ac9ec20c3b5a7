"""The same content in the markup of every theme gives the same rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from harvester.pages.rest import read_entries
from tests.pages import markup
from tests.pages.harvesting import harvested, html_capture, json_capture, only_page, rows
from tests.pages.markup import Bullets, Entry, Film, Heading, Text

FILMS = Entry(
    "/filmade-samtal/",
    "Filmade samtal från torget",
    [
        Text(
            "Under Exempeldagarna 2023 spelade vi in samtal på torget. Fler finns på <a href='https://www.youtube.com/@exempeldagarna'>vår kanal</a>."
        ),
        Heading("SIXTEN LUNDEVALL"),
        Text(
            "Sixten Lundevall, socialchef i Norrviks kommun, berättar om ett år med tillit. Samtalet spelades in den 27 september."
        ),
        Film("aaaaaaaaa01", "Sixten Lundevall om tillit"),
        Heading("Greta Ahlmyr, Björkhamn"),
        Text("Vad tar du med dig hem? <strong>Modet</strong>, svarar Greta."),
        Film("aaaaaaaaa02"),
        Heading("YLVA STERNBRINK"),
        Text(
            "Ylva Sternbrink är professor vid Högskolan i Granköping. Klippet läggs ut inom kort."
        ),
        Heading("Bildspel"),
        Bullets(('<a href="/wp-content/uploads/2023/10/tillit.pdf">Om tillit</a>',)),
    ],
    author="Stina Rydmark",
    categories=("EXD2023", "DOKUMENTATION"),
)
NEWS = Entry(
    "/sa-gick-dagen/",
    "Så gick dagen & kvällen",
    [
        Text(
            "Ordföranden Alvar Stenmo öppnade kl. 9.00 den 28 september 2023 i Norrvik.<br>Salen var full."
        ),
        Heading("Två röster", 3),
        Text(
            "– Jag stannar gärna en dag till, sade Gun-Britt Lejonklo, generaldirektör för Välfärdsverket."
        ),
        Bullets(
            ("Anmäl dig senast 1 mars 2024", "Läs mer på <a href='/program/'>programsidan</a>")
        ),
        Film("aaaaaaaaa03", "Dag två"),
        Text("Vi ses 25–27 september 2024!"),
    ],
    author="Stina Rydmark",
    categories=("EXD2023",),
)
ENTRIES = {"films": FILMS, "news": NEWS}

Form = Callable[[Entry], Any]
PAGES: dict[str, tuple[Form, str]] = {
    "classic": (markup.classic_page, "classic"),
    "block": (markup.block_page, "block"),
    "divi": (markup.divi_page, "divi"),
    "divi-theme-builder": (markup.divi_builder_page, "divi"),
    "elementor": (markup.elementor_page, "elementor"),
    "news": (markup.news_page, "news"),
    "generic": (markup.generic_page, "generic"),
}
# What a theme cannot show, or what names the theme, is no part of the comparison.
TECHNICAL = {"theme", "layout", "locator", "digest"}


def comparable(entry: Entry, found: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    tables = ("clips", "contributions", "dates", "documents", "links")
    page = {k: v for k, v in found["pages"][0].items() if k not in TECHNICAL}
    return {"pages": [page]} | {t: [_row(r) for r in found[t]] for t in tables}


def _row(row: dict[str, Any]) -> dict[str, Any]:
    if row.get("kind") == "published":
        row = row | {"raw": ""}  # a theme writes the day in its own way
    return row


def from_rest(entry: Entry, body: str | None = None) -> dict[str, Any]:
    item = markup.rest_item(entry, body)
    return comparable(entry, rows(only_page(json_capture([item]))))


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize(("page", "theme"), PAGES.values(), ids=PAGES)
def test_page_gives_the_rows_of_its_rest_body(page: Form, theme: str, entry: Entry) -> None:
    capture = html_capture(page(entry), entry.url)
    (said,) = read_entries(json_capture([markup.rest_item(entry)]))
    harvest = only_page(capture, said if theme != "generic" else None)
    found = rows(harvest)
    assert found["pages"][0]["theme"] == theme
    expected = from_rest(entry)
    shown = comparable(entry, found)
    shown["pages"][0]["language"] = expected["pages"][0]["language"]
    if theme == "generic":  # nothing there states author, categories or year
        for key in ("author", "categories", "edition"):
            shown["pages"][0][key] = expected["pages"][0][key]
        for row in [*shown["dates"], *expected["dates"]]:
            row["resolved_by"] = row["flags"] = ""
    assert shown == expected


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_raw_shortcodes_in_a_rest_body_give_the_same_rows(entry: Entry) -> None:
    shown = from_rest(entry, markup.shortcodes(entry.pieces))
    assert shown == from_rest(entry)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_raw_shortcodes_on_a_page_give_the_same_rows(entry: Entry) -> None:
    html = markup.classic_page(entry, markup.shortcodes(entry.pieces))
    shown = comparable(entry, rows(only_page(html_capture(html, entry.url))))
    shown["pages"][0]["language"] = "sv"
    assert shown == from_rest(entry)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize(("page", "theme"), PAGES.values(), ids=PAGES)
def test_nothing_of_the_frame_is_content(page: Form, theme: str, entry: Entry) -> None:
    harvest = only_page(html_capture(page(entry), entry.url))
    text = repr(harvest.records) + repr(harvest.films) + repr(harvest.people)
    assert markup.FRAME_PERSON not in text and markup.FRAME_FILM not in text
    assert "maj 2009" not in text and "arkiv.pdf" not in text and "facebook" not in text


@pytest.mark.parametrize(("page", "theme"), PAGES.values(), ids=PAGES)
def test_pages_state_their_own_metadata(page: Form, theme: str) -> None:
    """Without REST: the day is the local one even where the post appeared after midnight."""
    row = rows(only_page(html_capture(page(NEWS), NEWS.url)))["pages"][0]
    assert (row["title"], str(row["published"]), str(row["modified"])) == (
        "Så gick dagen & kvällen",
        "2023-09-28",
        "2023-10-03",
    )
    if theme not in ("generic",):
        assert row["categories"] == ("EXD2023",)
        assert row["edition"] == 2023


def test_what_the_page_holds() -> None:
    """The comparison compares something: these are the rows of the film page."""
    found = from_rest(FILMS)
    assert [(c["film_id"], c["people"]) for c in found["clips"]] == [
        ("youtube:aaaaaaaaa01", ["Sixten Lundevall"]),
        ("youtube:aaaaaaaaa02", ["Greta Ahlmyr"]),
        (None, ["Ylva Sternbrink"]),
    ]
    roles = {c["person"]: (c["role"], c["organisation"]) for c in found["contributions"]}
    assert roles["Sixten Lundevall"] == ("socialchef", "Norrviks kommun")
    assert roles["Ylva Sternbrink"] == ("professor", "Högskolan i Granköping")
    assert [d["title"] for d in found["documents"]] == ["Om tillit"]


def test_rest_alone_understands_nothing_else() -> None:
    assert harvested(json_capture({"code": "rest_forbidden", "message": "Nej"})).pages == ()
