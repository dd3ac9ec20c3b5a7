from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from harvester.records import Appearance, PageKind, TookPartAs
from tests.linking.pages import MENTIONED, In, PageOf, Shown, linked, pid

F1, F2 = "youtube:1", "youtube:2"


def rows(folder: Path, *pages: PageOf) -> list[Appearance]:
    return linked(folder, pages)["appearances"]


def seen(found: list[Appearance], *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(row, f) for f in fields) for row in found]


@pytest.mark.parametrize(
    ("part", "counts"),
    [
        (TookPartAs.SPEAKER, True),
        (TookPartAs.INTERVIEWEE, True),
        (TookPartAs.INTERVIEWER, True),
        (TookPartAs.MODERATOR, True),
        (TookPartAs.PERFORMER, True),
        (TookPartAs.PHOTOGRAPHER, False),
        (TookPartAs.AUTHOR, False),
        (TookPartAs.MENTIONED, False),
    ],
)
def test_who_took_part(tmp_path: Path, part: TookPartAs, counts: bool) -> None:
    found = rows(tmp_path, PageOf("a", [In("Siv Ek", part=part)]))
    assert [r.person for r in found] == (["Siv Ek"] if counts else [])


def test_all_columns(tmp_path: Path) -> None:
    someone = In("Siv Ek", 1, "rektor", "rektorn", "Vitby skola", TookPartAs.INTERVIEWEE)
    page = PageOf(
        "a", [someone], [Shown(F1, "Om skolans vardag")], 2019, published=date(2019, 10, 1)
    )
    assert rows(tmp_path, page) == [
        Appearance(
            2019, "Siv Ek", "rektor", "rektorn", "Vitby skola", TookPartAs.INTERVIEWEE,
            "Om skolans vardag", "https://film.example/1", page.url, date(2019, 10, 1), False,
            pid("Siv Ek"), "a.c1", "a",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "film_title", "topic"),
    [
        pytest.param("Om skolans vardag", "Filmens", "Om skolans vardag", id="heading"),
        pytest.param("SIV EK", "Filmens titel", "Filmens titel", id="name-alone"),
        pytest.param(
            "VITBY SKOLAS REKTOR SIV EK",
            "Filmens titel",
            "Filmens titel",
            id="role-organisation-name",
        ),
        pytest.param("Siv Ek, rektorn", "Filmens titel", "Filmens titel", id="name-and-raw-role"),
        pytest.param("Intervju med Siv Ek", "Filmens", "Intervju med Siv Ek", id="interview-with"),
        pytest.param("Siv Ek, Gråby", "Filmens titel", "Filmens titel", id="name-and-town"),
        pytest.param(
            "Siv Ek: Om skolan", "Filmens titel", "Siv Ek: Om skolan", id="name-and-lecture"
        ),
        pytest.param(
            "Siv Ek, hur styr man en skola?",
            "Filmens",
            "Siv Ek, hur styr man en skola?",
            id="long-remark",
        ),
        pytest.param(None, "Filmens titel", "Filmens titel", id="no-heading"),
        pytest.param("Siv Ek", None, "En sida", id="no-film-title"),
        pytest.param("Siv Ek", "Siv Ek – rektor", "En sida", id="film-title-is-the-name"),
        pytest.param("Siv Eks", "Siv Ek", "En sida", id="genitive"),
        pytest.param("", "…", "En sida", id="nothing-but-marks"),
    ],
)
def test_topic(tmp_path: Path, heading: str | None, film_title: str | None, topic: str) -> None:
    someone = In("Siv Ek", 1, "rektor", "rektorn", "Vitby skola")
    page = PageOf("a", [someone], [Shown(F1, heading, title=film_title)])
    assert seen(rows(tmp_path, page), "topic") == [(topic,)]


def test_a_title_of_other_names_of_the_page_is_no_topic(tmp_path: Path) -> None:
    people = [In("Siv Ek", 1), In("Bo Alm", part=MENTIONED)]
    page = PageOf("a", people, [Shown(F1, title="Siv Ek & Bo Alm")])
    assert seen(rows(tmp_path, page), "topic") == [("En sida",)]


def test_without_a_clip_the_page_is_the_topic(tmp_path: Path) -> None:
    assert seen(rows(tmp_path, PageOf("a", [In("Siv Ek")])), "topic", "film_url", "clip_id") == [
        ("En sida", None, None)
    ]


@pytest.mark.parametrize(
    ("people", "told"),
    [
        pytest.param(
            [In("Siv Ek", 1, "rektor"), In("Siv Ek", 1, "poet")], ("rektor", "rektor"), id="first-of-two"
        ),
        pytest.param(
            [In("Siv Ek", 1, None, "kantorn"), In("Siv Ek", 1, "poet")], ("poet", "poet"), id="understood-first"
        ),
        pytest.param(
            [In("Siv Ek", 1), In("Siv A. Ek", 1, None, "kantorn")], (None, "kantorn"), id="wording-before-nothing"
        ),
    ],
)  # fmt: skip
def test_role(tmp_path: Path, people: list[In], told: tuple[str | None, str]) -> None:
    page = PageOf("a", people, [Shown(F1)])
    assert seen(rows(tmp_path, page), "role", "role_raw") == [told]


FILM_PAGE = PageOf("z", [In("Siv Ek", 1)], [Shown(F1, "Siv Ek")], 2016, PageKind.FILM_PAGE)


@pytest.mark.parametrize(
    ("other", "told_on"),
    [
        pytest.param(PageOf("a", [In("Siv Ek", 1, "rektor")], [Shown(F1)], 2016), ["z"], id="post"),
        pytest.param(PageOf("a", [In("Siv Ek", 1)], [Shown(F1)]), ["z"], id="year-from-the-film"),
        pytest.param(
            PageOf("a", [In("Siv Ek", 1)], [Shown(F1)], 2016, PageKind.FILM_PAGE), ["z"], id="own-heading"
        ),
        pytest.param(
            PageOf("a", [In("Siv Ek", 1, "rektor")], [Shown(F1, "Siv Ek")], 2016, PageKind.FILM_PAGE),
            ["a"],
            id="stated-role",
        ),
        pytest.param(
            PageOf("a", [In("Siv Ek", 1)], [Shown(F1, "Siv Ek")], 2016, PageKind.FILM_PAGE), ["a"], id="first-page"
        ),
        pytest.param(PageOf("a", [In("Siv Ek", 1)], [Shown(F1)], 2017), ["a", "z"], id="other-year"),
        pytest.param(PageOf("a", [In("Siv Ek", 1)], [Shown(F2)], 2016), ["a", "z"], id="other-film"),
        pytest.param(PageOf("a", [In("Siv Ek")], (), 2016), ["a", "z"], id="no-film"),
        pytest.param(PageOf("a", [In("Siv Ek", 1)], [Shown(None)], 2016), ["a", "z"], id="announced"),
        pytest.param(PageOf("a", [In("Siv Ek", 1, part=MENTIONED)], [Shown(F1)], 2016), ["z"], id="mentioned"),
        pytest.param(PageOf("a", (), [Shown(F1)], 2016), ["z"], id="nobody-named"),
    ],
)  # fmt: skip
def test_one_person_in_one_film_of_a_year(
    tmp_path: Path, other: PageOf, told_on: list[str]
) -> None:
    assert sorted(r.page_id for r in rows(tmp_path, FILM_PAGE, other)) == told_on


@pytest.mark.parametrize(
    ("people", "clips", "expected"),
    [
        pytest.param([In("Siv Ek")], [Shown(None)], [("Siv Ek", None)], id="page-as-a-whole"),
        pytest.param([In("Siv Ek", 1), In("Siv Ek")], [Shown(F1)], [("Siv Ek", "a.c1")], id="clip-before-page"),
        pytest.param(
            [In("Siv Ek", 1), In("Siv Ek", part=TookPartAs.MODERATOR)], [Shown(F1)],
            [("Siv Ek", "a.c1")], id="another-part-on-the-page",
        ),
        pytest.param(
            [In("Siv Ek", 1, "rektor"), In("Siv Ek", 1, "poet")], [Shown(F1)],
            [("Siv Ek", "a.c1")], id="two-roles",
        ),
        pytest.param(
            [In("Siv Ek", 1), In("Siv A. Ek", 1, "rektor")], [Shown(F1)], [("Siv A. Ek", "a.c1")],
            id="two-names-of-one-person",
        ),
        pytest.param(
            [In("Siv Ek")], [Shown(F1, tied=("Siv Ek",)), Shown(F2, tied=("Siv Ek",))],
            [("Siv Ek", "a.c1"), ("Siv Ek", "a.c2")], id="tied-to-two-clips",
        ),
        pytest.param([In("Siv Ek", 1), In("Siv Ek", 2)], [Shown(F1), Shown(F1)], [("Siv Ek", "a.c1")], id="film-twice"),
        pytest.param(
            [In("Siv Ek", 1, "rektor"), In("Siv Ek", 2)], [Shown(F1), Shown(F1, "Siv Ek")], [("Siv Ek", "a.c2")],
            id="own-heading-though-the-role-stands-elsewhere",
        ),
        pytest.param([], [Shown(F1), Shown(None)], [(None, "a.c1")], id="film-without-a-person"),
        pytest.param(
            [In("Siv Ek", 1, part=TookPartAs.PHOTOGRAPHER)], [Shown(F1)], [(None, "a.c1")], id="only-a-photographer"
        ),
    ],
)  # fmt: skip
def test_places_of_one_page(
    tmp_path: Path, people: list[In], clips: list[Shown], expected: list[tuple[str, str]]
) -> None:
    found = rows(tmp_path, PageOf("a", people, clips))
    assert sorted(seen(found, "person", "clip_id"), key=repr) == sorted(expected, key=repr)


@pytest.mark.parametrize(
    ("someone", "others", "review"),
    [
        pytest.param(In("Siv Ek", 1, "rektor"), [], False, id="sure"),
        pytest.param(In("Siv Ek", 1, None, "snickrare"), [], True, id="role-not-understood"),
        pytest.param(In("Siv", 1), [], True, id="no-full-name"),
        pytest.param(In("Siv", 1, "drottning"), [], False, id="royal"),
        pytest.param(
            In("Siv Ek", 1), [PageOf("b", clips=[Shown(F1)], edition=2016)], False, id="same-year"
        ),
        pytest.param(
            In("Siv Ek", 1),
            [PageOf("b", clips=[Shown(F1)], edition=2017)],
            True,
            id="film-of-two-years",
        ),
        pytest.param(
            In("Karl Ek", 1), [PageOf("b", [In("Kalle Ek", part=MENTIONED)])], True, id="candidate"
        ),
    ],
)
def test_needs_review(tmp_path: Path, someone: In, others: list[PageOf], review: bool) -> None:
    page = PageOf("a", [someone], [Shown(F1)], 2016)
    assert [r.needs_review for r in rows(tmp_path, page, *others) if r.page_id == "a"] == [review]


def test_order(tmp_path: Path) -> None:
    found = rows(
        tmp_path,
        PageOf("a", [In("Siv Öberg"), In("Siv Ek")], (), 2016),
        PageOf(
            "b", [In("Bo Ek", 2), In("Bo Ek", 1)], [Shown(F1), Shown(F2), Shown("youtube:3")], 2017
        ),
        PageOf("c", [In("Siv Ek")]),
        PageOf("d", [In("Siv Ek"), In("Siv Åberg")], (), 2016),
    )
    assert seen(found, "edition", "person", "page_id", "clip_id") == [
        (2017, "Bo Ek", "b", "b.c1"),
        (2017, "Bo Ek", "b", "b.c2"),
        (2017, None, "b", "b.c3"),
        (2016, "Siv Ek", "a", None),
        (2016, "Siv Ek", "d", None),
        (2016, "Siv Åberg", "d", None),
        (2016, "Siv Öberg", "a", None),
        (None, "Siv Ek", "c", None),
    ]
