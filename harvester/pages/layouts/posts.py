"""Posts: a film with a few words, a speaker's announcement, the chair's column, news."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harvester.pages.clips import TITLE, films
from harvester.pages.content import PageContent
from harvester.pages.layouts.base import Layout, category_names, kicker, says_interview, title_of
from harvester.pages.layouts.film_pages import has_film, has_headed_clips, is_called_films
from harvester.pages.reading import PlacedPerson, Reading
from harvester.parsers.people import find_people
from harvester.records import PageKind, TookPartAs

_FILM_TITLE = re.compile(
    r"[–-]\s*film(klipp)?\s*$|^intervju med\b|^filmat\b|^film(klipp)?[ :–-]|\bfilmklipp\b", re.I
)
_COLUMN = re.compile(r"ordförande(n)? har ordet|ordförandens? (krönika|blogg)", re.I)
_INTERVIEW = re.compile(r"deltagarintervju", re.I)
# Categories of posts about the conference.
_CONFERENCE = frozenset(("talare", "föreläsare", "dokumentation", "film", "filmer"))
_SPEAKER_ROLES = re.compile(r"\b(stor)?föreläsare|talare|keynote", re.I)


class ChairColumn(Layout):
    """The chair's column: kicker "ORDFÖRANDE HAR ORDET …:", a signature at the end."""

    name = "chair_column"
    kind = PageKind.CHAIR_COLUMN
    tier = 4
    promises = ("title", "published")

    def matches(self, page: PageContent) -> bool:
        if len(films(page.blocks)) >= 2:
            return False
        own = title_of(page) + " " + kicker(page)
        return bool(_COLUMN.search(own)) or any(_COLUMN.search(c) for c in category_names(page))


class FilmPost(Layout):
    """A post about one film: "– FILM" in the title, "Intervju med …", a kicker FILMKLIPP."""

    name = "film_post"
    kind = PageKind.FILM_POST
    tier = 3
    whole_page_is_clip = True
    promises = ("title", "published")

    def matches(self, page: PageContent) -> bool:
        if not has_film(page) or has_headed_clips(page):
            return False
        if is_called_films(page):
            return False
        title = title_of(page)
        if _INTERVIEW.match(title):
            return False
        if _FILM_TITLE.search(title) or "FILM" in kicker(page):
            return True
        return (
            page.post_type not in ("page", "")
            and not category_names(page).isdisjoint(_CONFERENCE)
            and sum(len(b.text.split()) for b in page.blocks) < 80
            and bool(find_people(title))
        )

    def part_of(self, reading: Reading, person: PlacedPerson) -> TookPartAs:
        return TookPartAs.INTERVIEWEE if says_interview(reading) else TookPartAs.SPEAKER


class SpeakerPost(Layout):
    """A post that presents a coming speaker (category TALARE, no write-up yet)."""

    name = "speaker_post"
    kind = PageKind.SPEAKER_POST
    tier = 2
    promises = ("title", "published")
    part = TookPartAs.SPEAKER

    def matches(self, page: PageContent) -> bool:
        names = category_names(page)
        return bool(names & {"talare", "föreläsare"}) and "dokumentation" not in names

    def subjects(self, reading: Reading) -> Sequence[PlacedPerson]:
        return titled_or_first_named(reading)


class NewsPost(Layout):
    """A news post: a kicker or an ingress, text, now and then a film."""

    name = "news_post"
    kind = PageKind.NEWS_POST
    tier = 1
    promises = ("title", "published")

    def matches(self, page: PageContent) -> bool:
        return page.post_type not in ("page", "") or "/news/" in "/" + page.path

    def subjects(self, reading: Reading) -> Sequence[PlacedPerson]:
        """Nobody but those the text itself calls lecturers."""
        return [
            p for p in reading.people if p.mention.role and _SPEAKER_ROLES.search(p.mention.role)
        ]

    def part_of(self, reading: Reading, person: PlacedPerson) -> TookPartAs:
        return (
            TookPartAs.INTERVIEWEE
            if title_of(reading.content).casefold().startswith("intervju")
            else TookPartAs.SPEAKER
        )


def first_named(reading: Reading) -> list[PlacedPerson]:
    """The first person the opening paragraphs name, photographers and authors left aside."""
    for person in reading.people:
        if person.place.block > 3:
            break
        if person.mention.took_part_as is None:
            return [person]
    return []


def titled_or_first_named(reading: Reading) -> Sequence[PlacedPerson]:
    """Whom the title names, or else the first person of the opening paragraphs."""
    return reading.people_in(TITLE) or first_named(reading)


__all__ = [
    "ChairColumn",
    "FilmPost",
    "NewsPost",
    "SpeakerPost",
    "first_named",
    "titled_or_first_named",
]
