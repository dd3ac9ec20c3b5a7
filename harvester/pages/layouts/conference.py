"""Conference pages: lecture write-ups, participant interviews, the programme."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harvester.pages.clips import TITLE, films, is_heading
from harvester.pages.content import PageContent
from harvester.pages.layouts.base import Layout, category_names, title_of
from harvester.pages.layouts.film_pages import has_headed_clips
from harvester.pages.layouts.posts import first_named, titled_or_first_named
from harvester.pages.reading import PlacedPerson, Reading
from harvester.parsers.people import find_people
from harvester.records import PageKind, TookPartAs

_LECTURE_LINE = re.compile(
    r"\b(stor)?föreläsning(en|ar)?\b|\bseminari(um|et|eledare)\b|\bvälkomsthälsning\b", re.I
)
_LECTURE_PATH = re.compile(
    r"dokumentation/.*(forelasning|seminari|invigning|referat|lecture)", re.I
)
_INTERVIEWS = re.compile(r"^deltagarintervju|^intervjuer\b|\bdeltagare om\b", re.I)
_NAME_TOWN = re.compile(r"[^\W\d_][\w.'’-]+(?: [^\W\d_][\w.'’-]+){1,3}, [^\W\d_][\w -]{2,40}")
_PROGRAMME = re.compile(
    r"^(preliminärt )?program(met)?\b|^programöversikt|\bprogram(met)? \d{4}\b", re.I
)
_CLOCK_LINE = re.compile(r"(?:kl\.? ?)?\d{1,2}[.:]\d{2}\b")
_PERFORMS = re.compile(
    r"\b(sjunger|spelar|uppträder|konsert|musik av|framträdande|underhållning|dans(ar|grupp))\b",
    re.I,
)


class Lecture(Layout):
    """A write-up of a lecture or seminar: the lecturer in the title or in the opening lines."""

    name = "lecture"
    kind = PageKind.LECTURE
    tier = 2
    part = TookPartAs.SPEAKER

    def matches(self, page: PageContent) -> bool:
        names = category_names(page)
        if "dokumentation" in names and not names & {"deltagare"}:
            # A day report bears the same categories; a write-up names its lecturer.
            return bool(find_people(title_of(page))) or _opens_as_lecture(page)
        if names & {"talare", "föreläsare", "deltagare"}:
            return False
        if _LECTURE_PATH.search(page.path):
            return True
        return (
            page.post_type in ("page", "")
            and "/news/" not in "/" + page.path
            and _opens_as_lecture(page)
        )

    def subjects(self, reading: Reading) -> Sequence[PlacedPerson]:
        return titled_or_first_named(reading)


def _opens_as_lecture(page: PageContent) -> bool:
    """True where the title or a short opening line calls the page a lecture or a seminar."""
    head = [title_of(page), *(b.text for b in page.blocks[:2] if len(b.text) < 160)]
    return any(_LECTURE_LINE.search(text) for text in head)


class Interviews(Layout):
    """Interviews with participants: headings "Name, Town", or a post about one of them."""

    name = "interviews"
    kind = PageKind.INTERVIEWS
    tier = 3
    part = TookPartAs.INTERVIEWEE

    def matches(self, page: PageContent) -> bool:
        if has_headed_clips(page):
            return False
        if _INTERVIEWS.search(title_of(page)) or (
            "deltagare" in category_names(page) and not films(page.blocks)
        ):
            return True
        headings = [b for b in page.blocks if is_heading(b)]
        return sum(bool(_NAME_TOWN.fullmatch(b.text)) for b in headings) >= 2 and not films(
            page.blocks
        )

    def subjects(self, reading: Reading) -> Sequence[PlacedPerson]:
        blocks = reading.content.blocks
        headed = [
            p for p in reading.people if p.place.block == TITLE or is_heading(blocks[p.place.block])
        ]
        return headed or first_named(reading)


class Programme(Layout):
    """The programme: clock times, sessions, who speaks and who moderates."""

    name = "programme"
    kind = PageKind.PROGRAMME
    tier = 3
    part = TookPartAs.SPEAKER

    def matches(self, page: PageContent) -> bool:
        if films(page.blocks) or page.post_type not in ("page", ""):
            return False
        return (
            _PROGRAMME.search(title_of(page)) is not None
            or page.path.startswith("program/")
            or sum(_CLOCK_LINE.match(b.text) is not None for b in page.blocks) >= 5
        )

    def subjects(self, reading: Reading) -> Sequence[PlacedPerson]:
        return [p for p in reading.people if p.mention.took_part_as is None]

    def part_of(self, reading: Reading, person: PlacedPerson) -> TookPartAs:
        if person.place.block >= 0 and _PERFORMS.search(
            reading.content.blocks[person.place.block].text
        ):
            return TookPartAs.PERFORMER
        return TookPartAs.SPEAKER
