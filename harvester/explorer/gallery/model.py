"""What the gallery shows, joined from the tables of a release: films, people, editions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harvester.explorer.gallery.proofs import Proofs
from harvester.explorer.tables import Row, by, grouped, rows
from harvester.records import FilmStateCode, TookPartAs

#: What a provider's answer means for playing: the film is there no more.
_AWAY = frozenset({FilmStateCode.PRIVATE, FilmStateCode.GONE})


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part: an appearance with the contribution that proves it."""

    row: Row
    contribution: Row | None
    film_id: str | None

    @property
    def person_id(self) -> str:
        return str(self.row["person_id"])

    @property
    def role_class(self) -> str | None:
        return self.contribution["role_class"] if self.contribution else None

    @property
    def contribution_id(self) -> str | None:
        return self.contribution["contribution_id"] if self.contribution else None

    @property
    def said(self) -> str:
        """Role and organisation in the data's words; empty where neither is stated."""
        role = self.row["role"] or self.row["role_raw"]
        return ", ".join(x for x in (role, self.row["organisation"]) if x)


@dataclass(frozen=True, slots=True)
class ShownFilm:
    """A film with the people in it and its places on pages."""

    row: Row
    title: str | None
    parts: tuple[Part, ...]
    clips: tuple[Row, ...]
    away: bool


@dataclass(frozen=True, slots=True)
class GalleryModel:
    """Everything the pages are made of."""

    films: list[ShownFilm]
    people: list[Row]  # those who took part, by surname
    parts_of: dict[str, list[Part]]  # person_id -> parts, newest edition first
    parts_in: dict[int | None, list[Part]]  # edition -> parts
    editions: list[Row]  # newest first
    pages: dict[str, Row]
    documents_in: dict[int | None, list[Row]]
    proofs: Proofs
    fetched: str | None  # the day of the newest capture
    programme_in: dict[int | None, set[str]] = field(default_factory=dict)


def read_model(release: Path) -> GalleryModel:
    """The model of a release folder. A table that is missing or empty gives nothing to show."""
    pages = by("page_id", rows(release, "pages"))
    people = by("person_id", rows(release, "people"))
    clips = rows(release, "clips")
    films = rows(release, "films")
    no_mention = ("took_part_as", str(TookPartAs.MENTIONED))  # by far most of a large site's rows
    appearances, contributions = (
        rows(release, table, but=no_mention) for table in ("appearances", "contributions")
    )
    parts = list(_parts(appearances, contributions, clips, films))
    parts = [part for part in parts if part.person_id in people]
    took_part = {part.person_id for part in parts}
    states = {row["film_id"]: row["state"] for row in _by_time(rows(release, "film_states"))}
    fetched = max(
        (row["last_seen"] for row in rows(release, "captures", ["last_seen"])), default=None
    )
    return GalleryModel(
        films=_films(films, clips, parts, states),
        people=sorted(
            (person for person in people.values() if person["person_id"] in took_part),
            key=lambda person: (swedish(person["sort_name"]), person["person_id"]),
        ),
        parts_of=_grouped_parts(parts, lambda part: part.person_id),
        parts_in=_grouped_parts(parts, lambda part: part.row["edition"]),
        editions=sorted(rows(release, "editions"), key=lambda row: -row["edition"]),
        pages=pages,
        documents_in=_documents(rows(release, "documents"), pages),
        proofs=Proofs(release, pages),
        fetched=fetched.date().isoformat() if fetched else None,
        programme_in=_programmes(parts, pages),
    )


def swedish(text: str) -> tuple[tuple[int, str], ...]:
    """What Swedish text sorts by: å, ä, ö after z, other accents folded, case set aside."""
    order = {"å": (1, "a"), "ä": (1, "b"), "æ": (1, "b"), "ö": (1, "c"), "ø": (1, "c")}
    key = []
    for char in unicodedata.normalize("NFC", text.casefold()):
        plain = unicodedata.normalize("NFD", char)[0]
        key.append(order.get(char, (0, plain)))
    return tuple(key)


def _parts(
    appearances: list[Row], contributions: list[Row], clips: list[Row], films: list[Row]
) -> Iterable[Part]:
    """The appearances of people who took part, each with its contribution."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in contributions:
        place = (row["person_id"], row["page_id"], row["clip_id"])
        for key in ((*place, row["role_raw"]), place, place[:2]):
            found.setdefault(key, row)
    film_of = {clip["clip_id"]: clip["film_id"] for clip in clips}
    by_url = {film["url"]: film["film_id"] for film in films}
    for row in appearances:
        if row["person_id"] is None or row["took_part_as"] is None:
            continue
        place = (row["person_id"], row["page_id"], row["clip_id"])
        proven = next(
            (found[key] for key in ((*place, row["role_raw"]), place, place[:2]) if key in found),
            None,
        )
        film_id = film_of.get(row["clip_id"]) or by_url.get(row["film_url"])
        yield Part(row, proven, film_id)


def _films(
    films: list[Row], clips: list[Row], parts: list[Part], states: dict[str, str]
) -> list[ShownFilm]:
    clips_of = grouped("film_id", clips)
    parts_of: dict[str | None, list[Part]] = {}
    for part in parts:
        parts_of.setdefault(part.film_id, []).append(part)
    shown = []
    for film in films:
        own = tuple(clips_of.get(film["film_id"], ()))
        heading = next((clip["heading"] for clip in own if clip["heading"]), None)
        in_film = tuple(parts_of.get(film["film_id"], ()))
        away = states.get(film["film_id"]) in _AWAY
        shown.append(ShownFilm(film, film["title"] or heading, in_film, own, away))
    shown.sort(
        key=lambda f: (-(f.row["edition"] or 0), swedish(f.title or "\uffff"), f.row["film_id"])
    )
    return shown


def _grouped_parts(parts: list[Part], key: Any) -> dict[Any, list[Part]]:
    groups: dict[Any, list[Part]] = {}
    for part in sorted(parts, key=lambda part: -(part.row["edition"] or 0)):
        groups.setdefault(key(part), []).append(part)
    return groups


def _documents(documents: list[Row], pages: dict[str, Row]) -> dict[int | None, list[Row]]:
    found: dict[int | None, list[Row]] = {}
    for document in documents:
        page = pages.get(document["page_id"])
        found.setdefault(page["edition"] if page else None, []).append(document)
    return found


def _programmes(parts: list[Part], pages: dict[str, Row]) -> dict[int | None, set[str]]:
    """The people whom a programme page of the year names."""
    found: dict[int | None, set[str]] = {}
    for part in parts:
        page = pages.get(part.row["page_id"])
        if page and page["kind"] == "programme":
            found.setdefault(part.row["edition"], set()).add(part.person_id)
    return found


def _by_time(states: list[Row]) -> list[Row]:
    return sorted(states, key=lambda row: (row["checked_at"], row["film_id"]))
