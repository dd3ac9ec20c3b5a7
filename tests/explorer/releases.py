"""Releases for the tests of the explorer: one that is rich, one that is hostile, one that is empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from harvester.datasets.release import Releases
from harvester.explorer.gallery import write_gallery
from harvester.records import (
    Edition,
    Evidence,
    FilmKind,
    FilmStateCode,
    PageKind,
    Person,
    RoleClass,
    TookPartAs,
)
from tests.datasets.harvests import (
    CREATED,
    FilmState,
    Tables,
    appearance,
    clip,
    contribution,
    evidence,
    film,
    info,
    page,
    person,
    with_rows,
)

#: What must be shown as text, whoever puts it into a title or a name.
HOSTILE = (
    '<script>alert("x")</script>',
    "</script><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" data-x=\'',
    "Åsa & 'Öde' <b>fet</b> \U0001f469\u200d\U0001f692 نصيحة עברית",
    "\u202egnissäl kändes\u202c fel väg",
    "x" * 5000,
)


def built(output: Path, tables: Tables, **changes: object) -> Path:
    """The folder of a release with its gallery."""
    made = Releases(output).build(tables, info(**changes), add_files=write_gallery, force=True)
    return made.folder


def rich_tables() -> Tables:
    """Twelve film pages; three people with stories of their own, each value with its evidence."""
    text = (
        "Filmer från Lillköping 2019.\n\n"
        "Yrsa Äppelqvist, förbundsordförande i Vårdförbundet Exempel, talar om tillit. "
        "Samtalet leds av Karl-Uno Östbjörk.\n\nHär är filmen."
    )
    return with_rows(
        12,
        pages=[
            page(1, text=text, edition=2019, kind=PageKind.FILM_PAGE),
            page(2, kind=PageKind.PROGRAMME, edition=2019),
            *(page(n) for n in range(3, 13)),
        ],
        people=[
            *(person(n) for n in range(1, 10)),
            Person("p000010", "Yrsa Äppelqvist", "Äppelqvist, Yrsa", ("Yrsa Ä.",), 2017, 2019, 3),
            Person("p000011", "Karl-Uno Östbjörk", "Östbjörk, Karl-Uno", (), 2019, 2019, 1),
            Person("p000012", "Enda Omnämnd", "Omnämnd, Enda", (), None, None, 1),
        ],
        contributions=[*_contributions()],
        appearances=[*_appearances()],
        films=[
            film(1, title="Tillit i vardagen", edition=2019),
            film(2, provider="vimeo", film_id="vimeo:9990001", video_id="9990001",
                 url="https://vimeo.com/9990001", title="Äldreomsorg på längden"),
            film(3, provider="file", film_id="file:abc", video_id="abc",
                 url="https://sample.example/film.mp4", title=None),
            film(4, title="Borttagen film"),
            film(5, kind=FilmKind.PLAYLIST, title="Spellista"),
            *(film(n) for n in range(6, 13)),
        ],
        clips=[
            clip(1, person_ids=("p000010", "p000011"), start=75, heading="YRSA ÄPPELQVIST"),
            clip(2, film_id="vimeo:9990001"), clip(3, film_id="file:abc", heading=None),
            *(clip(n) for n in range(4, 10)),
            *(clip(n, person_ids=()) for n in range(10, 13)),
        ],
        film_states=[FilmState("youtube:film0000004", CREATED, FilmStateCode.GONE, 404)],
        editions=[
            Edition(2019, "Lillköping", "Folkets hus", date(2019, 9, 25), date(2019, 9, 27),
                    "Tillit", ("city: Storköping (sample:00000002)",)),
            Edition(2017, None, None, None, None, None, ()),
        ],
        evidence=[*_evidence(text)],
    )  # fmt: skip


def hostile_tables() -> Tables:
    """A harvest whose every text tries to be something else."""
    size = len(HOSTILE)
    numbers = range(1, size + 1)

    def said(n: int) -> str:
        return HOSTILE[n - 1]

    return with_rows(
        size,
        pages=[page(n, title=said(n), text=f"{said(n)}\n\nMer.") for n in numbers],
        films=[film(n, title=said(n)) for n in numbers],
        clips=[clip(n, heading=said(n), text=said(n)) for n in numbers],
        people=[person(n, name=said(n), sort_name=said(n), aliases=(said(n),)) for n in numbers],
        contributions=[
            contribution(n, name_raw=said(n), role=said(n), role_raw=said(n), organisation=said(n))
            for n in numbers
        ],
        appearances=[
            appearance(
                n, person=said(n), role=said(n), role_raw=said(n), organisation=said(n), topic=said(n)
            )
            for n in numbers
        ],
        editions=[Edition(2016 + n, said(n), said(n), None, None, said(n), (said(n),)) for n in numbers],
        evidence=[
            evidence(
                n, table="contributions", row_id=f"sample:{n:08x}:1:p{n:06d}", field="name_raw",
                raw=said(n), char_start=0, char_end=len(said(n)),
            )
            for n in numbers
        ],
    )  # fmt: skip


def empty_tables() -> Tables:
    """A harvest without a row, which is never released and must still be shown."""
    return {name: [] for name in with_rows(1)}


def _contributions() -> Iterator[object]:
    yield contribution(
        10, contribution_id="c-yrsa", page_id="sample:00000001", clip_id="sample:00000001:1",
        name_raw="Yrsa Äppelqvist", role="förbundsordförande", role_raw="förbundsordförande",
        role_class=RoleClass.ASSOCIATION_OFFICER, organisation="Vårdförbundet Exempel",
    )  # fmt: skip
    yield contribution(
        11, contribution_id="c-karl", page_id="sample:00000001", clip_id="sample:00000001:1",
        name_raw="Karl-Uno Östbjörk", role=None, role_raw=None, role_class=None, organisation=None,
        took_part_as=TookPartAs.INTERVIEWER,
    )  # fmt: skip
    yield contribution(
        12, contribution_id="c-enda", page_id="sample:00000001", clip_id=None,
        name_raw="Enda Omnämnd", took_part_as=TookPartAs.MENTIONED,
    )  # fmt: skip
    yield from (contribution(n) for n in range(2, 10))


def _appearances() -> Iterator[object]:
    at = {
        "page_id": "sample:00000001", "clip_id": "sample:00000001:1", "edition": 2019,
        "page_url": page(1).url, "film_url": film(1).url, "topic": "Tillit i vardagen",
    }  # fmt: skip
    yield appearance(
        10, **at, person="Yrsa Äppelqvist", role="förbundsordförande",
        role_raw="förbundsordförande", organisation="Vårdförbundet Exempel",
    )  # fmt: skip
    yield appearance(
        10, person="Yrsa Äppelqvist", role="ordförande", role_raw="Ordföranden", edition=2019,
        organisation=None, page_id="sample:00000002", clip_id=None, film_url=None, topic="Program",
    )  # fmt: skip
    yield appearance(
        11, **at, person="Karl-Uno Östbjörk", role=None, role_raw=None, organisation=None,
        took_part_as=TookPartAs.INTERVIEWER,
    )  # fmt: skip
    yield from (appearance(n) for n in range(2, 10))
    for n in range(10, 13):
        yield appearance(
            n, person=None, person_id=None, role=None, role_raw=None, took_part_as=None
        )


def _evidence(text: str) -> Iterator[Evidence]:
    block = text.split("\n\n")[1]

    def place(row_id: str, field: str, raw: str, rule: str = "model") -> Evidence:
        start = block.index(raw)
        return evidence(
            1, table="contributions", row_id=row_id, field=field, raw=raw, rule=rule,
            locator="/html/body/p[2]", char_start=start, char_end=start + len(raw),
        )  # fmt: skip

    yield place("c-yrsa", "name_raw", "Yrsa Äppelqvist")
    yield place("c-yrsa", "role_raw", "förbundsordförande")
    yield place("c-yrsa", "organisation", "Vårdförbundet Exempel")
    yield place("c-karl", "name_raw", "Karl-Uno Östbjörk")
    yield evidence(
        1, table="pages", row_id="sample:00000001", field="edition", raw="Lillköping 2019",
        locator="/html/body/p[1]", char_start=12, char_end=27, rule="edition.text",
    )  # fmt: skip
    yield evidence(
        1, table="editions", row_id="2019", field="city", raw="Lillköping", rule="edition.city",
        locator="/html/body/p[1]", char_start=12, char_end=22,
    )  # fmt: skip
    yield evidence(
        1, table="contributions", row_id="c-karl", field="role", raw=None, rule="role",
        locator=None, char_start=None, char_end=None, digest=None, missing="not_stated",
    )  # fmt: skip
