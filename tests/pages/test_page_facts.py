"""What a page says of conference years, and what its dates date."""

from __future__ import annotations

from datetime import date

import pytest

from tests.pages.harvesting import html_capture, only_page, rows


def page(text: str, title: str = "En sida", kind: str = "page-id-1", path: str = "/sida/") -> str:
    body = "".join(f"<p>{t}</p>" for t in text.split("|"))
    return (
        f"<html><head><link rel='canonical' href='https://exempel.example{path}'>"
        f"<meta property='article:published_time' content='2021-12-02T10:00:00+01:00'></head>"
        f"<body class='{kind}'><h1 class='entry-title'>{title}</h1><div class='entry-content'>{body}</div></body></html>"
    )


@pytest.mark.parametrize(
    ("text", "title", "path", "edition"),
    [
        pytest.param("x", "Filmklipp 2016", "/f/", 2016, id="title-of-the-documentation"),
        pytest.param("x", "Exempeldagarna 2021: tack!", "/f/", 2021, id="title-names-it"),
        pytest.param("x", "EXD2021 i korthet", "/f/", 2021, id="title-with-the-tag"),
        pytest.param("x", "Ny socialtjänstlag 2024", "/f/", None, id="a-law-s-year"),
        pytest.param("x", "En föreläsning", "/dokumentation/storforelasningar-2023/a/", None, id="a-folder-is-no-evidence"),
        pytest.param("Föreläsning Exempeldagarna 6 oktober 2021.", "Ada Ek", "/f/", 2021, id="name-before-a-day"),
        pytest.param("Exempeldagarna 2021 var fina. Exempeldagarna 2021 var roliga. Förr: Exempeldagarna 2016.", "A", "/f/", 2021, id="named-far-more-often"),
        pytest.param("Exempeldagarna 2021 och Exempeldagarna 2022.", "A", "/f/", None, id="two-named-alike"),
        pytest.param("Vi ses den 3 mars 2021.", "A", "/f/", None, id="a-day-names-no-edition"),
    ],
)  # fmt: skip
def test_edition(text: str, title: str, path: str, edition: int | None) -> None:
    assert (
        rows(only_page(html_capture(page(text, title, path=path))))["pages"][0]["edition"]
        == edition
    )


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        pytest.param("Exempeldagarna 2021 hålls i Malmö den 24–26 november 2021.", ("days", date(2021, 11, 24)), id="days"),
        pytest.param("Exempeldagarna 2021 hålls i Malmö den 24–26 november 2021.", ("city", "Malmö"), id="city"),
        pytest.param("Exempeldagarna 2021 hålls på Malmömässan 24–26 november 2021.", ("venue", "Malmömässan"), id="venue"),
        pytest.param("Temat för Exempeldagarna 2021 är ”Våga visa vägen”.", ("theme", "Våga visa vägen"), id="theme"),
    ],
)  # fmt: skip
def test_edition_facts(text: str, fact: tuple[str, object]) -> None:
    facts = only_page(html_capture(page(text))).editions
    own = {(f.field, f.first if f.field == "days" else f.value) for f in facts if f.edition == 2021}
    assert fact in own


@pytest.mark.parametrize(
    ("text", "raw", "kind"),
    [
        pytest.param("Konferensen öppnar 3 mars 2022.", "3 mars 2022", "event", id="conference"),
        pytest.param(
            "Vi ses 24–26 november 2022.", "24–26 november 2022", "event", id="several-days"
        ),
        pytest.param("Möt oss 3 mars 2022 kl. 9.00.", "3 mars 2022", "event", id="with-a-clock"),
        pytest.param("Anmäl dig senast 3 mars 2022.", "3 mars 2022", "deadline", id="register-by"),
        pytest.param(
            "Sista dag för avbokning är 3 mars 2022.", "3 mars 2022", "deadline", id="last-day"
        ),
        pytest.param("Hon föddes den 3 mars 1962.", "3 mars 1962", "mention", id="mention"),
        pytest.param(
            "Så var det på Exempeldagarna 2021.", "Exempeldagarna 2021", "edition", id="edition"
        ),
        pytest.param(
            "Filmen finns till och med 3 mars 2022. Sedan tas den bort.",
            "3 mars 2022",
            "deadline",
            id="until",
        ),
    ],
)
def test_date_kinds(text: str, raw: str, kind: str) -> None:
    found = rows(only_page(html_capture(page(text))))["dates"]
    assert [str(d["kind"]) for d in found if d["raw"] == raw] == [kind]


def test_the_day_of_publication_comes_first() -> None:
    first = rows(only_page(html_capture(page("Den 3 mars 2022."))))["dates"][0]
    assert (str(first["kind"]), first["first"]) == ("published", date(2021, 12, 2))
