"""Clip rows and film facts: each film at its place, tied to heading, text and people."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from harvester.addresses import short_hash
from harvester.pages.block_kinds import BlockKind
from harvester.pages.blocks import Block
from harvester.pages.clips import TITLE, ClipPlace
from harvester.pages.harvested import FilmFact
from harvester.pages.layouts import Layout
from harvester.pages.reading import PlacedPerson, Reading
from harvester.pages.rows.evidence import EvidenceLog
from harvester.pages.rows.ids import RowIds, person_id
from harvester.pages.rows.parts import StatedParts
from harvester.parsers.people import find_people
from harvester.parsers.videos import Form, Video
from harvester.records import Clip, FilmKind, Missing, TookPartAs

_NOT_SHOWN = (
    TookPartAs.INTERVIEWER,
    TookPartAs.MODERATOR,
    TookPartAs.PHOTOGRAPHER,
    TookPartAs.AUTHOR,
)


@dataclass(frozen=True, slots=True)
class TiedClip:
    """A clip's row, its place and its people."""

    row: Clip
    place: ClipPlace
    people: tuple[str, ...]

    def own_text(self, blocks: Sequence[Block]) -> tuple[int, ...]:
        """The text that speaks of the film: its section's, or the paragraph right before it."""
        if self.place.headed or self.place.film is None:
            return self.place.text
        before = [n for n in self.place.text if n < self.place.film]
        if blocks[self.place.film].kind is BlockKind.FILM and before:
            return (before[-1],)
        return ()


def film_id(video: Video) -> str:
    """The id of a film: ``provider:id``; a self-hosted file is known by its address."""
    if video.provider == "file":
        return f"file:{short_hash(video.url, 16)}"
    return f"{video.provider}:{video.id}"


def clip_rows(
    reading: Reading,
    layout: Layout,
    parts: StatedParts,
    ids: RowIds,
    key: bytes,
    log: EvidenceLog,
) -> tuple[list[TiedClip], list[FilmFact]]:
    """The clips of a page and the films they show."""
    clips: list[TiedClip] = []
    films: list[FilmFact] = []
    blocks = reading.content.blocks
    places = layout.clips(reading)
    for place in places:
        embed = blocks[place.film].film if place.film is not None else None
        film = film_id(embed.video) if embed else None
        heading = _heading(reading, place)
        text = "\n\n".join(blocks[n].text for n in place.text) or None
        clip_id = ids.of("clip", heading if place.headed and heading else film or heading or "")
        playlist = embed is not None and embed.video.kind is FilmKind.PLAYLIST
        people = (
            []
            if playlist
            else tied_people(reading, layout, place, key, embed.title if embed else None, parts)
        )
        if not people and len(places) == 1 and not place.headed and not playlist:
            people = _only_subject(reading, layout, key)
        row = Clip(
            clip_id=clip_id,
            page_id=ids.page_id,
            film_id=film,
            position=len(clips) + 1,
            heading=heading,
            text=text,
            person_ids=tuple(people),
            start=embed.video.start if embed else None,
        )
        clips.append(TiedClip(row, place, tuple(people)))
        if embed and film and place.film is not None:
            films.append(_film_fact(reading, film, place.film))
        _evidence(row, place, log, tied=bool(people))
    return clips, films


def tied_people(
    reading: Reading,
    layout: Layout,
    place: ClipPlace,
    key: bytes,
    film_title: str | None,
    parts: StatedParts,
) -> list[str]:
    """The people a clip is about: named in its heading, in the film's title, in its own text.

    The text counts under a heading of the clip's own and where the whole page is the clip: an
    article's film is not about everybody the article names.
    """
    people = reading.people_in(place.heading) if place.heading is not None else []
    if not people:
        people = _named_in_film(reading, film_title)
        if layout.whole_page_is_clip:
            people = [*people, *_told_of(reading, place, parts)]
        elif not people and place.headed:
            people = _told_of(reading, place, parts)
    return list(dict.fromkeys(person_id(p.mention.name, key) for p in people))


def _told_of(reading: Reading, place: ClipPlace, parts: StatedParts) -> list[PlacedPerson]:
    """Whom a clip's own text tells of, those behind the camera and the microphone left out."""
    written = [p for n in place.text for p in reading.people_in(n)]
    return [p for p in written if parts.of(p) not in _NOT_SHOWN]


def _only_subject(reading: Reading, layout: Layout, key: bytes) -> list[str]:
    """The one person a page with a single film is about; nobody where there are several."""
    subjects = list(dict.fromkeys(person_id(p.mention.name, key) for p in layout.subjects(reading)))
    return subjects if len(subjects) == 1 else []


def _named_in_film(reading: Reading, title: str | None) -> list[PlacedPerson]:
    """People of the page whom the player's title names."""
    if not title or not _may_name(title, reading.people):
        return []
    named = {m.name for m in find_people(title)}
    return [p for p in reading.people if p.mention.name in named]


def _may_name(title: str, people: Sequence[PlacedPerson]) -> bool:
    """False only for a title that holds no word of any of these people's names."""
    if not title.isprintable() or not unicodedata.is_normalized("NFC", title):
        return True  # what hides in a word hides from this test
    folded = title.casefold()
    words = {word for p in people for word in p.mention.name.split()}
    return any(word.casefold() in folded for word in words)


def _heading(reading: Reading, place: ClipPlace) -> str | None:
    if place.heading is None:
        return None
    if place.heading == TITLE:
        return reading.content.title.value if reading.content.title else None
    return reading.content.blocks[place.heading].text


def _film_fact(reading: Reading, film: str, block: int) -> FilmFact:
    shown = reading.content.blocks[block]
    assert shown.film is not None  # the caller chose a film block
    video = shown.film.video
    return FilmFact(
        film_id=film,
        provider=video.provider,
        video_id=video.id,
        kind=FilmKind(video.kind),
        url=reading.content.shown(video.url),
        # A link's text tells of the link; a film's own title stands in its player.
        title=None if shown.film.form in (Form.LINK, Form.TEXT) else shown.film.title,
        locator=shown.film_title_at or shown.locator,
        digest=reading.content.digest,
        rule=f"film.{shown.film.form}",
    )


def _evidence(row: Clip, place: ClipPlace, log: EvidenceLog, *, tied: bool) -> None:
    if place.film is not None:
        log.block(
            "clips",
            row.clip_id,
            "film_id",
            place.film,
            f"clip.{'headed' if place.headed else 'title'}",
        )
    else:
        log.missing("clips", row.clip_id, "film_id", Missing.NOT_STATED, "clip.announced")
    if row.heading is not None and place.heading is not None:
        log.block("clips", row.clip_id, "heading", place.heading, "clip.heading")
    if not tied:
        log.missing("clips", row.clip_id, "person_ids", Missing.NOT_STATED, "clip.people")
