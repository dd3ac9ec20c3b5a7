"""The conference's name in a text, in whatever case, and the years that stand with it."""

from __future__ import annotations

from datetime import date

import pytest

from harvester.pages.event_wordings import named_years, names_event
from harvester.pages.reading import read
from tests.pages.harvesting import content_of

NAMES = ("Exempelstämman", "ES")


def reading_of(text: str, names: tuple[str, ...] = NAMES):  # type: ignore[no-untyped-def]
    html = f"<body class='single-post'><h1>Rubrik</h1><div class='entry-content'><p>{text}</p></div></body>"
    return read(content_of(html), published=date(2024, 5, 1), edition=None)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("Välkommen till Exempelstämman 2024!", ["Exempelstämman 2024"], id="named"),
        pytest.param("EXEMPELSTÄMMAN 2024 och exempelstämmans 2025", ["EXEMPELSTÄMMAN 2024", "exempelstämmans 2025"], id="capitals-and-genitive"),
        pytest.param("Exempelstämman Exempelstämman 2024", ["Exempelstämman 2024"], id="twice-in-a-row"),
        pytest.param("Xexempelstämman 2024", [], id="inside-another-word"),
        pytest.param("Exempelſtämman 2024", ["Exempelſtämman 2024"], id="a-letter-that-folds"),
        pytest.param("İstanbul före Exempelstämman 2024", ["Exempelstämman 2024"], id="behind-a-letter-that-is-two-in-lower-case"),
        pytest.param("Exempelstämman 6 oktober 2016", ["Exempelstämman 6 oktober 2016"], id="before-its-day"),
        pytest.param("Exempelstämman i Orsa", [], id="without-a-year"),
    ],
)  # fmt: skip
def test_years_named_with_the_conference(text: str, named: list[str]) -> None:
    reading = reading_of(text)
    # A year is a date too: it may be named by both wordings.
    found = {reading.text.text[start:end] for _, start, end in named_years(reading, NAMES)}
    assert found == set(named)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Vi ses på exempelstämman.", True, id="in-lower-case"),
        pytest.param("Vi ses på stämman.", False, id="another-word"),
    ],
)
def test_whether_a_page_names_it(text: str, names: bool) -> None:
    assert names_event(reading_of(text), NAMES) is names
