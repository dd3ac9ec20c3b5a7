"""Small harvests written by hand and large ones made by rule, for the tests of datasets."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from harvester.datasets.info import ReleaseInfo
from harvester.records import (
    Appearance,
    CaptureRow,
    Clip,
    Contribution,
    DateKind,
    Document,
    Edition,
    Evidence,
    Film,
    FilmKind,
    FilmState,
    FilmStateCode,
    Grain,
    Link,
    LinkKind,
    Page,
    PageKind,
    PageState,
    Person,
    PersonCandidate,
    Problem,
    RoleClass,
    Severity,
    StatedDate,
    TookPartAs,
)

SITE = "https://sample.example"
DIGEST = "sha256:" + "ab" * 32
CREATED = datetime(2026, 11, 20, 3, 15, tzinfo=UTC)

Tables = dict[str, Iterable[Any]]


def info(created: datetime = CREATED, **changes: Any) -> ReleaseInfo:
    base = ReleaseInfo(
        profile="sample",
        code_version="0123abcd",
        captures_digest=DIGEST,
        created=created,
        dependencies={"lxml": "6.1.3", "pyarrow": "26.0.1"},
    )
    return dataclasses.replace(base, **changes)


def page(n: int = 1, **changes: Any) -> Page:
    base = Page(
        page_id=f"sample:{n:08x}",
        url=f"{SITE}/dokumentation/sida-{n}/",
        site="sample",
        theme="divi",
        layout="headed_clips",
        kind=PageKind.FILM_PAGE,
        title=f"Filmklipp {2016 + n % 9}",
        published=date(2016 + n % 9, 10, 2),
        modified=None,
        edition=2016 + n % 9,
        author=None,
        categories=("Dokumentation", "Film"),
        language="sv",
        text="Åsa Ödmark berättar om ett ärende som aldrig tog slut.\n\nHär är filmen.",
        words=13,
        state=PageState.LIVE,
    )
    return dataclasses.replace(base, **changes)


def film(n: int = 1, **changes: Any) -> Film:
    base = Film(
        film_id=f"youtube:film{n:07d}",
        provider="youtube",
        video_id=f"film{n:07d}",
        kind=FilmKind.VIDEO,
        url=f"https://www.youtube.com/watch?v=film{n:07d}",
        title=f"Film nummer {n}",
        edition=2016 + n % 9,
        page_ids=(f"sample:{n:08x}",),
    )
    return dataclasses.replace(base, **changes)


def clip(n: int = 1, **changes: Any) -> Clip:
    base = Clip(
        clip_id=f"sample:{n:08x}:1",
        page_id=f"sample:{n:08x}",
        film_id=f"youtube:film{n:07d}",
        position=1,
        heading="ÅSA ÖDMARK",
        text="Enhetschefen om att leda i det lilla.",
        person_ids=(f"p{n:06d}",),
        start=None,
    )
    return dataclasses.replace(base, **changes)


def person(n: int = 1, **changes: Any) -> Person:
    base = Person(
        person_id=f"p{n:06d}",
        name=f"Åsa Ödmark {n}",
        sort_name=f"Ödmark {n}, Åsa",
        aliases=(),
        first_edition=2016 + n % 9,
        last_edition=2016 + n % 9,
        mentions=1,
    )
    return dataclasses.replace(base, **changes)


def contribution(n: int = 1, **changes: Any) -> Contribution:
    base = Contribution(
        contribution_id=f"sample:{n:08x}:1:p{n:06d}",
        person_id=f"p{n:06d}",
        page_id=f"sample:{n:08x}",
        clip_id=f"sample:{n:08x}:1",
        name_raw="ÅSA ÖDMARK",
        role="enhetschef",
        role_class=RoleClass.MANAGER,
        role_raw="Enhetschefen",
        organisation="Lillköpings kommun",
        took_part_as=TookPartAs.SPEAKER,
    )
    return dataclasses.replace(base, **changes)


def appearance(n: int = 1, **changes: Any) -> Appearance:
    base = Appearance(
        edition=2016 + n % 9,
        person=f"Åsa Ödmark {n}",
        role="enhetschef",
        role_raw="Enhetschefen",
        organisation="Lillköpings kommun",
        took_part_as=TookPartAs.SPEAKER,
        topic="ÅSA ÖDMARK",
        film_url=f"https://www.youtube.com/watch?v=film{n:07d}",
        page_url=f"{SITE}/dokumentation/sida-{n}/",
        published=date(2016 + n % 9, 10, 2),
        needs_review=False,
        person_id=f"p{n:06d}",
        clip_id=f"sample:{n:08x}:1",
        page_id=f"sample:{n:08x}",
    )
    return dataclasses.replace(base, **changes)


def stated_date(n: int = 1, **changes: Any) -> StatedDate:
    day = date(2016 + n % 9, 10, 2)
    base = StatedDate(
        date_id=f"sample:{n:08x}:d1",
        page_id=f"sample:{n:08x}",
        raw=f"2 oktober {day.year}",
        first=day,
        last=day,
        grain=Grain.DAY,
        edtf=day.isoformat(),
        time=None,
        kind=DateKind.EVENT,
        resolved_by="stated",
        flags=(),
    )
    return dataclasses.replace(base, **changes)


def edition(year: int) -> Edition:
    first, last = date(year, 10, 2), date(year, 10, 4)
    return Edition(year, "Lillköping", "Folkets hus", first, last, "Det goda samtalet", ())


def evidence(n: int = 1, **changes: Any) -> Evidence:
    base = Evidence(
        table="dates",
        row_id=f"sample:{n:08x}:d1",
        field="first",
        digest=DIGEST,
        locator="/html/body/p[1]",
        char_start=0,
        char_end=14,
        raw="2 oktober 2016",
        rule="day_month_year",
        missing=None,
    )
    return dataclasses.replace(base, **changes)


def harvest(size: int = 12) -> Tables:
    """A consistent harvest of that many film pages, each table a stream that is made on the way."""
    numbers = range(1, size + 1)
    years = sorted({2016 + n % 9 for n in numbers})

    def stream(make: Any) -> Iterator[Any]:
        return (make(n) for n in numbers)

    return {
        "appearances": stream(appearance),
        "pages": stream(page),
        "films": stream(film),
        "clips": stream(clip),
        "people": stream(person),
        "person_candidates": iter(
            [PersonCandidate("p000001", "p000002", "one_letter")] if size > 1 else []
        ),
        "contributions": stream(contribution),
        "dates": stream(stated_date),
        "documents": stream(_document),
        "editions": (edition(year) for year in years),
        "links": stream(_link),
        "captures": stream(_capture),
        "film_states": stream(_film_state),
        "evidence": stream(evidence),
        "problems": stream(_problem),
    }


def with_rows(size: int = 12, /, **replaced: Iterable[Any]) -> Tables:
    """A consistent harvest with some tables replaced."""
    return harvest(size) | replaced


def lists(tables: Tables) -> dict[str, list[Any]]:
    return {table: list(rows) for table, rows in tables.items()}


def _document(n: int) -> Document:
    page_id = f"sample:{n:08x}"
    return Document(
        f"{page_id}:doc", page_id, f"{SITE}/bilder-{n}.pdf", "Bilder", "application/pdf"
    )


def _link(n: int) -> Link:
    return Link(f"sample:{n:08x}", "https://www.example.org/kanal", "Kanalen", LinkKind.CHANNEL)


def _capture(n: int) -> CaptureRow:
    seen = CREATED - timedelta(minutes=n % 1000)
    return CaptureRow(
        f"cap{n:08x}", f"sample:{n:08x}", f"{SITE}/dokumentation/sida-{n}/", 200, DIGEST,
        seen, seen, "harvest-0001.warc.gz", n * 1000, "0123abcd",
    )  # fmt: skip


def _film_state(n: int) -> FilmState:
    return FilmState(f"youtube:film{n:07d}", CREATED, FilmStateCode.OK, 200)


def _problem(n: int) -> Problem:
    url = f"{SITE}/saknas-{n}/"
    return Problem("r1", None, url, Severity.WARNING, "http_404", "The page answered 404")
