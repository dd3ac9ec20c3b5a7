"""The films as data files: a compact list for the filters, details in chunks loaded on demand.

A page that is opened from disk may not fetch files, so each file is a script that hands its value
to one function.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from harvester.explorer.gallery.model import GalleryModel, Part, ShownFilm
from harvester.explorer.gallery.proofs import Proof
from harvester.explorer.markup import is_web_address, shown

#: Films whose details share a file.
CHUNK = 100

#: Characters of a clip's text that the film's panel shows.
_EXCERPT = 400


def film_list(model: GalleryModel) -> str:
    """``films.js``: people and roles once each, a film as a short list that refers to them."""
    people = {person["person_id"]: n for n, person in enumerate(model.people)}
    roles = _Numbers()
    films = [
        [
            film.row["film_id"],
            film.title,
            film.row["edition"],
            [_cast(part, people, roles) for part in film.parts],
        ]
        for film in model.films
    ]
    return script(
        "films",
        {
            "chunk": CHUNK,
            "people": [[person["person_id"], person["name"]] for person in model.people],
            "roles": roles.values,
            "films": films,
        },
    )


def film_details(model: GalleryModel) -> Iterator[tuple[str, str]]:
    """Name and text of each ``details-<n>.js``: what the panel of a film shows."""
    for start in range(0, len(model.films), CHUNK):
        number = start // CHUNK
        details = [_details(model, film) for film in model.films[start : start + CHUNK]]
        yield f"details-{number}.js", script(f"details-{number}", details)


def script(name: str, value: Any) -> str:
    """A data file: the value handed to ``harvest``, unfit characters shown, never a closing tag."""
    text = json.dumps(_fit(value), ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("</", "<\\/")
    return f'harvest("{name}",{safe});\n'


class _Numbers:
    """Numbers for values in the order in which they are first met."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {}

    def of(self, value: Any) -> int:
        return self._known.setdefault(value, len(self._known))

    @property
    def values(self) -> list[Any]:
        return [list(value) for value in self._known]


def _cast(part: Part, people: dict[str, int], roles: _Numbers) -> list[int]:
    role = (part.row["role"] or part.row["role_raw"], part.role_class)
    return [people[part.person_id], roles.of(role) if role[0] else -1]


def _details(model: GalleryModel, film: ShownFilm) -> dict[str, Any]:
    row = film.row
    page_ids = dict.fromkeys([*row["page_ids"], *(clip["page_id"] for clip in film.clips)])
    return {
        "provider": row["provider"],
        "kind": row["kind"],
        "video": row["video_id"],
        "url": row["url"] if is_web_address(row["url"]) else None,
        "away": film.away,
        "start": next((clip["start"] for clip in film.clips if clip["start"]), 0),
        "text": next((_excerpt(clip["text"]) for clip in film.clips if clip["text"]), None),
        "cast": [
            [part.row["organisation"], part.row["took_part_as"], part.row["needs_review"]]
            for part in film.parts
        ],
        "pages": [_page(model, page_id) for page_id in page_ids if page_id in model.pages],
        "proofs": list(_proofs(model, film)),
    }


def _page(model: GalleryModel, page_id: str) -> list[str | None]:
    page = model.pages[page_id]
    return [page["title"] or page["url"], page["url"] if is_web_address(page["url"]) else None]


def _proofs(model: GalleryModel, film: ShownFilm) -> Iterator[list[str | None]]:
    """Every proof of the film's values once: title, places, people, year."""
    found: dict[Proof, None] = {}
    found.update(dict.fromkeys(model.proofs.of("films", film.row["film_id"])))
    for clip in film.clips:
        found.update(dict.fromkeys(model.proofs.of("clips", clip["clip_id"])))
    for part in film.parts:
        found.update(dict.fromkeys(model.proofs.of("contributions", part.contribution_id)))
    for page_id in film.row["page_ids"]:
        edition = (p for p in model.proofs.of("pages", page_id) if p.field == "edition")
        found.update(dict.fromkeys(edition))
    for proof in found:
        page = model.pages.get(proof.page_id or "")
        url = page["url"] if page and is_web_address(page["url"]) else None
        place = proof.snippet
        yield [proof.field, place.before, place.marked, place.after, url, proof.rule]


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[:_EXCERPT].rstrip() + " …"


def _fit(value: Any) -> Any:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list):
        return [_fit(item) for item in value]
    if isinstance(value, dict):
        return {key: _fit(item) for key, item in value.items()}
    return value
