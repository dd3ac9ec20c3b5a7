"""The year pages: the timeline, and one page for each conference year."""

from __future__ import annotations

from collections import Counter

from harvester.explorer.gallery.evidence import drawer
from harvester.explorer.gallery.frame import page
from harvester.explorer.gallery.model import GalleryModel, Part, ShownFilm, swedish
from harvester.explorer.gallery.people_pages import (
    edition_link,
    film_link,
    person_link,
    role_line,
)
from harvester.explorer.markup import Html, joined, outward, tag
from harvester.explorer.tables import Row
from harvester.explorer.wording import word

_FACTS = ("city", "venue", "theme")


def years(model: GalleryModel) -> list[int | None]:
    """The years that have a page, newest first; None where something has no year."""
    named = {row["edition"] for row in model.editions}
    found = {film.row["edition"] for film in model.films} | set(model.parts_in)
    ordered: list[int | None] = sorted((y for y in named | found if y is not None), reverse=True)
    return [*ordered, None] if None in found else ordered


def timeline_page(model: GalleryModel) -> str:
    """The conference years, each with days, city and theme and a bar for its films."""
    counts = Counter(film.row["edition"] for film in model.films)
    most = max(counts.values(), default=1)
    rows = {row["edition"]: row for row in model.editions}
    entries = [
        _year(
            year,
            rows.get(year),
            counts[year],
            most,
            len({p.person_id for p in model.parts_in.get(year, ())}),
        )
        for year in years(model)
    ]
    return page(
        word("nav.timeline"),
        word("nav.timeline", element="h1"),
        word("timeline.lead", element="p", class_="lead"),
        tag("ol", *entries, class_="timeline") if entries else word("timeline.none", element="p"),
        here="timeline.html",
        fetched=model.fetched,
    )


def edition_page(model: GalleryModel, year: int | None) -> str:
    """One year: facts with their evidence, films, people and documents."""
    row = next((r for r in model.editions if r["edition"] == year), None)
    films = [film for film in model.films if film.row["edition"] == year]
    parts = model.parts_in.get(year, [])
    programme = model.programme_in.get(year, set())
    title = str(year) if year is not None else word("year.none")
    return page(
        title,
        tag("h1", title),
        joined(word("edition.facts", element="h2"), _facts(model, row)) if row else None,
        _section(
            "edition.programme", _people(model, [p for p in parts if p.person_id in programme])
        ),
        _section(
            "edition.people", _people(model, [p for p in parts if p.person_id not in programme])
        ),
        _section("edition.films", [_film(film) for film in films]),
        _section(
            "edition.documents", [_document(model, d) for d in model.documents_in.get(year, [])]
        ),
        depth=1,
        fetched=model.fetched,
    )


def days(row: Row) -> str | None:
    """The days of an edition as ISO dates, the second only where it differs."""
    first, last = row["first"], row["last"]
    if first is None:
        return None
    return str(first) if first == last or last is None else f"{first} – {last}"


def _year(year: int | None, row: Row | None, films: int, most: int, people: int) -> Html:
    said = " · ".join(str(x) for x in (days(row), row["city"]) if x) if row else ""
    width = round(100 * films / most)
    bar = tag(
        "svg",
        tag("rect", width=width, height=8, class_="bar"),
        viewBox="0 0 100 8", preserveAspectRatio="none", aria_hidden="true", class_="bars",
    )  # fmt: skip
    return tag(
        "li",
        tag("h2", edition_link(year)),
        tag("p", row["theme"], lang="sv", class_="theme", dir="auto")
        if row and row["theme"]
        else None,
        tag("p", said, class_="quiet", dir="auto") if said else None,
        bar,
        tag(
            "p",
            word("count.films", films),
            " · ",
            word("nav.people"),
            f": {people}",
            class_="quiet",
        ),
    )


def _facts(model: GalleryModel, row: Row) -> Html:
    shown = [("edition.days", days(row))] + [(f"field.{name}", row[name]) for name in _FACTS]
    lines = [
        tag(
            "tr",
            tag("th", word(key), scope="row"),
            tag("td", value, lang="sv", dir="auto")
            if value
            else tag("td", word("unknown", class_="quiet")),
        )
        for key, value in shown
    ]
    conflicts = (
        joined(
            word("edition.conflicts", element="h3"),
            tag("ul", *(tag("li", c) for c in row["conflicts"])),
        )
        if row["conflicts"]
        else None
    )
    return joined(
        tag("table", tag("tbody", *lines), class_="facts"),
        drawer(model.proofs.of("editions", row["edition"]), model.pages),
        conflicts,
    )


def _people(model: GalleryModel, parts: list[Part]) -> list[Html]:
    """One line a person: their first part of the year."""
    first: dict[str, Part] = {}
    for part in parts:
        known = first.setdefault(part.person_id, part)
        if known.row["role"] is None and part.row["role"] is not None:
            first[part.person_id] = part
    ordered = sorted(first.values(), key=lambda part: swedish(part.row["person"] or ""))
    return [
        tag(
            "li",
            tag("span", person_link(part.person_id, part.row["person"], up="../"), " – ", role_line(part)),
            drawer(
                model.proofs.of("contributions", part.contribution_id),
                model.pages,
            ),
        )
        for part in ordered
    ]  # fmt: skip


def _film(film: ShownFilm) -> Html:
    names = ", ".join(dict.fromkeys(part.row["person"] for part in film.parts))
    title = tag("span", film.title, lang="sv") if film.title else word("untitled")
    return tag(
        "li",
        film_link(film.row["film_id"], title, up="../"),
        tag("span", f" – {names}", class_="quiet", dir="auto") if names else None,
    )


def _document(model: GalleryModel, document: Row) -> Html:
    return tag(
        "li",
        outward(document["url"], document["title"] or document["url"]),
        drawer(model.proofs.of("documents", document["document_id"]), model.pages),
    )


def _section(key: str, items: list[Html]) -> Html:
    return joined(
        word(key, element="h2"),
        tag("ul", *items, class_="plain") if items else word("edition.none", element="p"),
    )
