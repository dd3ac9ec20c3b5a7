"""Pages for linking tests: a few words each, rows and facts made of them. All people are invented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from harvester.curation import Curation
from harvester.linking import LinkContext, link
from harvester.pages.content import Source
from harvester.pages.harvested import EditionFact, FilmFact, PageHarvest, PersonFact
from harvester.pages.rows.ids import person_id
from harvester.parsers.people import sort_name
from harvester.records import (
    Clip,
    Contribution,
    Evidence,
    FilmKind,
    Page,
    PageKind,
    PageState,
    TookPartAs,
)

KEY = b"linking tests"
SPEAKER = TookPartAs.SPEAKER
MENTIONED = TookPartAs.MENTIONED


def pid(name: str) -> str:
    return person_id(name, KEY)


@dataclass(frozen=True)
class In:
    """Someone on a page: in the clip of that number (from 1), or on the page as a whole."""

    name: str
    clip: int = 0
    role: str | None = None
    role_raw: str | None = None
    organisation: str | None = None
    part: TookPartAs = SPEAKER


@dataclass(frozen=True)
class Shown:
    """A clip: its film (None where it is only announced), heading, and who is tied to it."""

    film: str | None
    heading: str | None = None
    tied: tuple[str, ...] = ()
    title: str | None = None
    rule: str = "film.iframe"


@dataclass
class PageOf:
    """One page; `harvest` gives what harvesting it would."""

    page_id: str
    people: Sequence[In] = ()
    clips: Sequence[Shown] = ()
    edition: int | None = None
    kind: PageKind = PageKind.NEWS_POST
    title: str | None = "En sida"
    source: Source = Source.OWN
    facts: Sequence[EditionFact] = ()
    extra: Sequence[Any] = ()
    published: date | None = None
    people_facts: bool = True
    evidence: Sequence[Evidence] = field(default=())
    state: PageState = PageState.LIVE

    @property
    def url(self) -> str:
        return f"https://exempel.example/{self.page_id}/"

    def harvest(self) -> PageHarvest:
        page = Page(
            self.page_id, self.url, "exempel", "block", "post", self.kind, self.title,
            self.published, None, self.edition, None, (), "sv", "Text.", 1, self.state,
        )  # fmt: skip
        clips = [
            Clip(
                f"{self.page_id}.c{n}", self.page_id, c.film, n, c.heading, None,
                tuple(pid(name) for name in c.tied), None,
            )
            for n, c in enumerate(self.clips, 1)
        ]  # fmt: skip
        rows = [
            Contribution(
                f"{self.page_id}.k{n}", pid(p.name), self.page_id,
                f"{self.page_id}.c{p.clip}" if p.clip else None, p.name, p.role, None,
                p.role_raw or p.role, p.organisation, p.part,
            )
            for n, p in enumerate(self.people, 1)
        ]  # fmt: skip
        names = dict.fromkeys(
            [p.name for p in self.people] + [n for c in self.clips for n in c.tied]
        )
        return PageHarvest(
            self.page_id, self.url, "exempel", self.source, self.edition, "post",
            f"sha256:{self.page_id}", (page, *clips, *rows, *self.evidence, *self.extra),
            tuple(
                film_fact(c.film, c.title, c.rule, f"sha256:{self.page_id}")
                for c in self.clips
                if c.film
            ),
            tuple(PersonFact(pid(n), n, sort_name(n)) for n in names) if self.people_facts else (),
            tuple(self.facts),
        )  # fmt: skip


def film_fact(
    film: str, title: str | None, rule: str = "film.iframe", digest: str = ""
) -> FilmFact:
    provider, _, video = film.partition(":")
    url = f"https://film.example/{video}"
    return FilmFact(film, provider, video, FilmKind.VIDEO, url, title, "/html", digest, rule)


def edition_fact(
    year: int,
    field: str,
    value: str,
    days: tuple[date | None, date | None] = (None, None),
    raw: str | None = None,
) -> EditionFact:
    raw = value if raw is None else raw
    return EditionFact(
        year, field, value, *days, raw, "/html/p", "sha256:0", 0, len(raw), "edition.stated"
    )


def linked(
    folder: Path,
    pages: Iterable[PageOf],
    curation: Curation | None = None,
    suppressed: Iterable[str] = (),
    provider_facts: Sequence[FilmFact] = (),
) -> dict[str, list[Any]]:
    """All linked tables of some pages, as lists."""
    context = LinkContext(
        folder, KEY, "run-1", curation or Curation(), frozenset(suppressed), provider_facts
    )
    with link([page.harvest() for page in pages], context) as result:
        tables = {table: list(rows) for table, rows in result.tables().items()}
        tables["aliases"] = list(result.aliases())
    return tables


def renamed(page: PageOf, page_id: str) -> PageOf:
    return replace(page, page_id=page_id)
