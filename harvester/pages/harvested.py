"""What one page gives: its rows, and the facts that linking joins across pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from harvester.pages.content import Source
from harvester.records import FilmKind, Problem


@dataclass(frozen=True, slots=True)
class FilmFact:
    """A film as one page shows it."""

    film_id: str
    provider: str
    video_id: str
    kind: FilmKind
    url: str | None  # None where the address names a suppressed person
    title: str | None
    locator: str
    digest: str
    rule: str


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A person as one page names them."""

    person_id: str
    name: str
    sort_name: str


@dataclass(frozen=True, slots=True)
class EditionFact:
    """What a page states about a conference year: its city, venue, days or theme."""

    edition: int
    field: str  # "city", "venue", "days", "theme", "named"
    value: str
    first: date | None
    last: date | None
    raw: str
    locator: str
    digest: str
    char_start: int
    char_end: int
    rule: str


@dataclass(frozen=True, slots=True)
class PageHarvest:
    """A page's rows in page order, and its facts.

    ``source`` says how good the content was: of several harvests of one page the best counts.
    """

    page_id: str
    url: str
    site: str
    source: Source
    edition: int | None
    layout: str
    digest: str
    records: tuple[Any, ...]
    films: tuple[FilmFact, ...]
    people: tuple[PersonFact, ...]
    editions: tuple[EditionFact, ...]
    about_event: bool = False  # the conference's own site, or a page that names the conference


@dataclass(frozen=True, slots=True)
class Harvest:
    """All that one stored answer gives: the page itself, or the posts it lists, and its problems."""

    pages: tuple[PageHarvest, ...] = ()
    problems: tuple[Problem, ...] = ()
