"""A page's rows as a reader writes them down: people by name, days as text, no ids.

Recorded pages state what they hold in this form; `harvester fixture` drafts it.
"""

from __future__ import annotations

from typing import Any

from harvester.pages.harvested import Harvest, PageHarvest
from harvester.records import Clip, Contribution, Document, Link, Page, StatedDate


def readable(page: PageHarvest, harvest: Harvest) -> dict[str, Any]:
    """What a page gave, and under ``items`` the other pages that its answer lists."""
    names = {person.person_id: person.name for person in page.people}
    rows = page.records
    own = next(r for r in rows if isinstance(r, Page))
    return {
        "layout": own.layout,
        "theme": own.theme,
        "kind": str(own.kind),
        "title": own.title,
        "published": _day(own.published),
        "modified": _day(own.modified),
        "author": own.author,
        "categories": list(own.categories),
        "edition": own.edition,
        "text": own.text.split("\n\n") if own.text else [],
        "clips": [
            {
                "film": c.film_id,
                "heading": c.heading,
                "people": [names.get(p) for p in c.person_ids],
            }
            for c in rows
            if isinstance(c, Clip)
        ],
        "people": _people([r for r in rows if isinstance(r, Contribution)], names),
        "dates": [
            {"raw": d.raw, "first": _day(d.first), "last": _day(d.last), "kind": str(d.kind)}
            for d in rows
            if isinstance(d, StatedDate)
        ],
        "documents": [{"url": d.url, "title": d.title} for d in rows if isinstance(d, Document)],
        "links": [
            {"url": r.url, "title": r.title, "kind": str(r.kind)}
            for r in rows
            if isinstance(r, Link)
        ],
        "items": [_item(other) for other in harvest.pages if other is not page],
    }


def _people(rows: list[Contribution], names: dict[str, str]) -> list[dict[str, Any]]:
    """Who took part, in order of mention; a person named in several places once for each part."""
    found: list[dict[str, Any]] = []
    for row in rows:
        person = {
            "name": names.get(row.person_id),
            "role": row.role,
            "organisation": row.organisation,
            "took_part_as": str(row.took_part_as),
        }
        if person not in found:
            found.append(person)
    return found


def _item(page: PageHarvest) -> dict[str, Any]:
    row = next(r for r in page.records if isinstance(r, Page))
    return {
        "url": page.url,
        "title": row.title,
        "published": _day(row.published),
        "source": page.source.name,
    }


def _day(value: object) -> str | None:
    return None if value is None else str(value)
