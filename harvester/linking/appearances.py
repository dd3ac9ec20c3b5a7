"""Appearances: who took part, in which role, in which year, about what, and where the film is.

One person in one film of one year is one appearance, on however many pages the film stands: told
by the page nearest to the film (a film page before a post before a list), there by a clip whose
heading names the person, and where a role is stated. Without a film, each page is its own. A film
in which nobody takes part on any page is one row without a person.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from harvester.linking.films import ShownFilm, shown_film
from harvester.linking.identity import Identity
from harvester.linking.parts import Part
from harvester.linking.scratch import Scratch, packed, unpacked, unpacked_values
from harvester.linking.topics import topic_in, words_of
from harvester.linking.words import linking_words
from harvester.records import Appearance

_NO_YEAR = 9999  # sorts last where years sort from the latest
_NOBODY = "\U0010ffff"  # sorts after every name


class AppearanceTable:
    """Builds the table once parts, people and films stand in the scratch database."""

    def __init__(self, scratch: Scratch, identity: Identity) -> None:
        self._scratch = scratch
        self._identity = identity

    def build(self) -> None:
        """Fills the table: first each appearance's best place, then the rows told there."""
        self._mark_shown_films()
        self._choose_places()
        for _, group in itertools.groupby(self._parts(), key=lambda item: item[1].page_id):
            for part_id, part in self._told(list(group)):
                self._store(part_id, part)

    def rows(self) -> Iterator[Appearance]:
        """The appearances: latest year first, then by person, page and place."""
        for (row,) in self._scratch.run(
            "SELECT row FROM appearance ORDER BY year, sort_key, page_id, position, part_id"
        ):
            yield from unpacked("appearances", row)

    def _parts(self) -> Iterator[tuple[int, Part]]:
        """All parts, page by page, with the person behind the name and the film's year."""
        stored = self._scratch.run(
            """SELECT part_id, part.row, film.edition FROM part LEFT JOIN film USING (film_id)
               ORDER BY part_id"""
        )
        for part_id, row, film_edition in stored:
            part = Part._make(unpacked_values(row))
            if part.person_id and not self._identity.is_hidden(part.person_id):
                part = part._replace(person_id=self._identity.canonical(part.person_id))
            else:
                part = _without_person(part)
                if part.film_id is None:
                    continue
            yield part_id, part._replace(edition=part.edition or film_edition)

    def _mark_shown_films(self) -> None:
        for _, part in self._parts():
            if part.person_id and part.film_id:
                self._scratch.run("INSERT OR IGNORE INTO shown VALUES (?)", part.film_id)

    def _choose_places(self) -> None:
        for _, part in self._parts():
            if self._counts(part):
                self._scratch.run(
                    """INSERT INTO placement VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE
                       SET rank = excluded.rank, place = excluded.place
                       WHERE excluded.rank < placement.rank""",
                    _key(part),
                    f"{part.rank:03}|{part.page_id}|{part.position:06}",
                    _place(part),
                )

    def _counts(self, part: Part) -> bool:
        """False for a film without a person where some page does name one in it."""
        if part.person_id:
            return True
        return not self._scratch.one("SELECT 1 FROM shown WHERE film_id = ?", part.film_id)

    def _told(self, parts: list[tuple[int, Part]]) -> Iterator[tuple[int, Part]]:
        """The parts of one page that become rows: one for each person and place.

        Left out: what a better place tells, and a part on the page as a whole beside one in a
        clip of the page. Of several roles in one place the first that is understood counts.
        """
        in_clips = {p.person_id for _, p in parts if p.clip_id}
        chosen: dict[str, tuple[int, Part]] = {}
        for part_id, part in sorted(parts, key=lambda item: _unclear(item[1])):
            if part.clip_id is None and part.person_id in in_clips:
                continue
            key = _key(part)
            if key not in chosen and self._counts(part) and self._is_best_place(part):
                chosen[key] = part_id, part
        yield from chosen.values()

    def _is_best_place(self, part: Part) -> bool:
        place = self._scratch.one("SELECT place FROM placement WHERE key = ?", _key(part))
        return bool(place == _place(part))

    def _store(self, part_id: int, part: Part) -> None:
        person = self._scratch.run(
            "SELECT name, sort_key FROM human WHERE person_id = ?", part.person_id
        ).fetchone()
        name, sort_key = person or (None, _NOBODY)
        row = self._row(part, name)
        self._scratch.run(
            "INSERT INTO appearance VALUES (?, ?, ?, ?, ?, ?)",
            _NO_YEAR - (part.edition or 0),
            sort_key,
            part.page_id,
            part.position,
            part_id,
            packed("appearances", [row]),
        )

    def _row(self, part: Part, name: str | None) -> Appearance:
        film = shown_film(self._scratch, part.film_id)
        doubtful = self._scratch.one("SELECT 1 FROM doubtful WHERE person_id = ?", part.person_id)
        unread = part.role_raw is not None and part.role is None
        return Appearance(
            edition=part.edition,
            person=name,
            role=part.role,
            role_raw=part.role_raw,
            organisation=part.organisation,
            took_part_as=part.took_part_as,
            topic=_topic(part, film, name),
            film_url=film.url if film else None,
            page_url=part.page_url,
            published=part.published,
            needs_review=bool(
                (film and film.conflict) or doubtful or unread or _is_short(name, part.role)
            ),
            person_id=part.person_id,
            clip_id=part.clip_id,
            page_id=part.page_id,
        )


def _topic(part: Part, film: ShownFilm | None, name: str | None) -> str | None:
    """The clip's heading, else the film's title, else the page's; the first two only where they say one."""
    title = topic_in(film.title, part.known | words_of(name)) if film else None
    return part.heading or title or part.page_title


def _is_short(name: str | None, role: str | None) -> bool:
    """True for a name of one word, unless its bearer has no other: a queen, a prince."""
    if name is None or " " in name:
        return False
    return not linking_words().royal & words_of(role)


def _unclear(part: Part) -> int:
    """How little a part's role says: 0 understood, 1 a wording alone, 2 nothing."""
    if part.role is not None:
        return 0
    return 2 if part.role_raw is None else 1


def _key(part: Part) -> str:
    """What makes two parts one appearance."""
    if part.film_id:
        return f"{part.person_id}|{part.film_id}|{part.edition}"
    return f"{part.person_id}||{_place(part)}"


def _place(part: Part) -> str:
    return f"{part.page_id}|{part.clip_id or ''}"


def _without_person(part: Part) -> Part:
    return part._replace(
        person_id=None, role=None, role_raw=None, organisation=None, took_part_as=None
    )
