"""Film pages: many films on one page, each under (or above) the heading that names its person."""

from __future__ import annotations

from collections.abc import Sequence

from harvester.pages.clips import (
    ClipPlace,
    announces_film,
    clips_by_column,
    clips_by_heading,
    empty_sections,
    films,
    is_heading,
)
from harvester.pages.content import PageContent
from harvester.pages.layouts.base import Layout, says_interview, title_of
from harvester.pages.reading import PlacedPerson, Reading
from harvester.records import PageKind, TookPartAs

_FILMS = ("filmer", "filmklipp", "alla filmer", "filmade")


def _in_columns(page: PageContent) -> bool:
    """True where most films stand in a column that also holds a heading of theirs or none at all."""
    placed = [page.blocks[n] for n in films(page.blocks)]
    return sum(bool(b.column) for b in placed) * 2 > len(placed)


class _FilmPage(Layout):
    kind = PageKind.FILM_PAGE
    tier = 4
    part = TookPartAs.SPEAKER

    def subjects(self, reading: Reading) -> Sequence[PlacedPerson]:
        return ()

    def part_of(self, reading: Reading, person: PlacedPerson) -> TookPartAs:
        """On a page of interviews whom a heading names was interviewed; others spoke on stage."""
        headed = person.place.block >= 0 and is_heading(reading.content.blocks[person.place.block])
        return TookPartAs.INTERVIEWEE if headed and says_interview(reading) else TookPartAs.SPEAKER


class HeadedClips(_FilmPage):
    """Headings (often ALL-CAPS names) with text and a film below each."""

    name = "headed_clips"

    def matches(self, page: PageContent) -> bool:
        return not _in_columns(page) and has_headed_clips(page)

    def clips(self, reading: Reading) -> Sequence[ClipPlace]:
        blocks = reading.content.blocks
        clips = clips_by_heading(blocks)
        for section in empty_sections(blocks):
            text = " ".join(blocks[n].text for n in section.text)
            named = bool(reading.people_in(section.heading if section.heading is not None else 0))
            if announces_film(text) or (named and section.text):
                clips.append(section)
        return sorted(clips, key=_order)


class ColumnFilms(_FilmPage):
    """Films in a page builder's columns: the pair is made within the column, heading above or below."""

    name = "column_films"

    def matches(self, page: PageContent) -> bool:
        return _in_columns(page) and len(films(page.blocks)) >= 2

    def clips(self, reading: Reading) -> Sequence[ClipPlace]:
        blocks = reading.content.blocks
        clips = clips_by_column(blocks)
        used = {clip.heading for clip in clips}
        for section in empty_sections(blocks):
            text = " ".join(blocks[n].text for n in section.text)
            if section.heading not in used and announces_film(text):
                clips.append(section)
        return sorted(clips, key=_order)


class FilmList(_FilmPage):
    """A page that is called films and holds several, without headings of their own."""

    name = "film_list"
    tier = 3

    def matches(self, page: PageContent) -> bool:
        return is_called_films(page) and has_film(page) and not has_headed_clips(page)


def _order(clip: ClipPlace) -> tuple[int, int]:
    first = clip.heading if clip.heading is not None and clip.heading >= 0 else clip.film or 0
    return (min(first, clip.film if clip.film is not None else first), clip.film or 0)


def has_film(page: PageContent) -> bool:
    """True where the content holds a film."""
    return bool(films(page.blocks))


def has_headed_clips(page: PageContent) -> bool:
    """True where several films stand below headings of their own."""
    return (
        len(films(page.blocks)) >= 2 and sum(c.headed for c in clips_by_heading(page.blocks)) >= 2
    )


def is_called_films(page: PageContent) -> bool:
    """True for a page, not a post, whose title calls it films."""
    return page.post_type != "post" and title_of(page).casefold().startswith(_FILMS)
