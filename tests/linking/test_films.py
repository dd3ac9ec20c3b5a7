from __future__ import annotations

from pathlib import Path

import pytest

from harvester.records import FilmKind, Missing, PageKind
from tests.linking.pages import PageOf, Shown, film_fact, linked

FILM = "youtube:abc"


def shown(title: str | None, rule: str = "film.iframe") -> list[Shown]:
    return [Shown(FILM, title=title, rule=rule)]


@pytest.mark.parametrize(
    ("pages", "title", "page"),
    [
        pytest.param([shown("Att leda")], "Att leda", "p1", id="one"),
        pytest.param([shown(None), shown("Att leda")], "Att leda", "p2", id="second-page-gives-it"),
        pytest.param(
            [shown("En länk", "film.link"), shown("Att leda")],
            "Att leda",
            "p2",
            id="player-before-link",
        ),
        pytest.param(
            [shown("Att leda"), shown("Data", "film.meta")],
            "Data",
            "p2",
            id="page-data-before-player",
        ),
        pytest.param(
            [shown("A"), shown("B"), shown("B")], "B", "p2", id="most-pages-within-one-source"
        ),
        pytest.param([shown("B"), shown("A")], "B", "p1", id="first-page-of-equals"),
        pytest.param([shown(None)], None, None, id="none"),
    ],
)
def test_title(
    tmp_path: Path, pages: list[list[Shown]], title: str | None, page: str | None
) -> None:
    tables = linked(tmp_path, [PageOf(f"p{n}", clips=c) for n, c in enumerate(pages, 1)])
    (film,) = tables["films"]
    (proof,) = [e for e in tables["evidence"] if e.table == "films"]
    assert film.title == title
    assert (proof.row_id, proof.field, proof.raw) == (FILM, "title", title)
    if title is None:
        assert proof.missing is Missing.NOT_STATED
    else:
        assert proof.digest == f"sha256:{page}"


def test_a_providers_title_comes_first(tmp_path: Path) -> None:
    facts = [film_fact(FILM, "Från spelaren", "film.oembed", "sha256:svar")]
    facts.append(film_fact("youtube:nowhere", "Står på ingen sida", "film.oembed"))
    tables = linked(tmp_path, [PageOf("a", clips=shown("Sidans"))], provider_facts=facts)
    assert [f.title for f in tables["films"]] == ["Från spelaren"]


@pytest.mark.parametrize(
    ("pages", "edition"),
    [
        pytest.param([(PageKind.FILM_PAGE, 2016)], 2016, id="one"),
        pytest.param([(PageKind.NEWS_POST, None)], None, id="unknown"),
        pytest.param(
            [(PageKind.NEWS_POST, 2017), (PageKind.FILM_PAGE, 2016)], 2016, id="film-page-first"
        ),
        pytest.param(
            [(PageKind.FILM_PAGE, None), (PageKind.NEWS_POST, 2017)], 2017, id="any-page-else"
        ),
        pytest.param(
            [(PageKind.NEWS_POST, 2016), (PageKind.NEWS_POST, 2017), (PageKind.NEWS_POST, 2017)],
            2017,
            id="most-pages",
        ),
        pytest.param(
            [(PageKind.NEWS_POST, 2018), (PageKind.NEWS_POST, 2017)], 2017, id="earliest-of-equals"
        ),
    ],
)
def test_edition(
    tmp_path: Path, pages: list[tuple[PageKind, int | None]], edition: int | None
) -> None:
    rows = [
        PageOf(f"p{n}", clips=shown("T"), kind=kind, edition=year)
        for n, (kind, year) in enumerate(pages, 1)
    ]
    (film,) = linked(tmp_path, rows)["films"]
    assert film.edition == edition
    assert film.page_ids == tuple(p.page_id for p in rows)


def test_one_row_a_film_by_id(tmp_path: Path) -> None:
    pages = [
        PageOf("b", clips=[Shown("youtube:b"), Shown("youtube:a"), Shown("youtube:b")]),
        PageOf("a", clips=[Shown("youtube:b"), Shown(None)]),
    ]
    films = linked(tmp_path, pages)["films"]
    assert [(f.film_id, f.page_ids, f.kind) for f in films] == [
        ("youtube:a", ("b",), FilmKind.VIDEO),
        ("youtube:b", ("a", "b"), FilmKind.VIDEO),
    ]
