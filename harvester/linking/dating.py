"""The conference year of pages that name none: from the conference's days and from shared films.

"An edition's pages are those whose title, data or dates say so." A page whose own words name no
year is put aside until the others have told when each conference was held and which films are its.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from harvester.linking.corrections import Corrections
from harvester.linking.editions import editions
from harvester.linking.scratch import Scratch
from harvester.pages.harvested import PageHarvest
from harvester.records import DateKind, Evidence, Grain, Page, PageKind, StatedDate

Days = Mapping[int, tuple[date, date]]


def is_undated(harvest: PageHarvest) -> bool:
    """True for a page without a conference year that may get one."""
    page = next((r for r in harvest.records if isinstance(r, Page)), None)
    return page is not None and page.edition is None and page.kind is not PageKind.LISTING


def put_aside(scratch: Scratch, harvest: PageHarvest) -> None:
    """Keep a page until the others are gathered. Raises ValueError for a page given twice."""
    stored = pickle.dumps(harvest, protocol=pickle.HIGHEST_PROTOCOL)
    query = "INSERT OR IGNORE INTO undated VALUES (?, ?)"
    if scratch.run(query, harvest.page_id, stored).rowcount != 1:
        raise ValueError(f"page {harvest.page_id} is given twice")


def dated(scratch: Scratch) -> Iterator[PageHarvest]:
    """The pages put aside, by page id, with the conference year the others give them."""
    days = {
        row.edition: (row.first, row.last)
        for row, _ in editions(scratch, Corrections(()))
        if row.first and row.last
    }
    # What a page put aside states must not date another one: decide on all before any is gathered.
    decided = [
        (page_id, _year(scratch, pickle.loads(stored), days))
        for page_id, stored in scratch.run("SELECT page_id, harvest FROM undated ORDER BY page_id")
    ]
    for page_id, year in decided:
        stored = scratch.one("SELECT harvest FROM undated WHERE page_id = ?", page_id)
        harvest: PageHarvest = pickle.loads(stored)
        yield harvest if year is None else _with_edition(harvest, *year)


def _year(scratch: Scratch, harvest: PageHarvest, days: Days) -> tuple[int, str] | None:
    """The one year a page's days or films give, and the rule; None where they give none or two."""
    held = {
        year
        for first, last in _event_days(harvest)
        for year, (opening, closing) in days.items()
        if harvest.about_event and opening <= first and last <= closing
    }
    if len(held) == 1:
        return held.pop(), "edition.days"
    shown = {
        year
        for film in harvest.films
        for (year,) in scratch.run(
            """SELECT edition FROM film_fact JOIN page USING (page_id)
               WHERE film_id = ? AND edition IS NOT NULL""",
            film.film_id,
        )
    }
    if not held and len(shown) == 1:
        return shown.pop(), "edition.film"
    return None


def _event_days(harvest: PageHarvest) -> Iterator[tuple[date, date]]:
    """The days a page says something was held, and the day it was published."""
    for record in harvest.records:
        if not isinstance(record, StatedDate) or record.grain is not Grain.DAY:
            continue
        if record.first and record.last and record.kind in (DateKind.EVENT, DateKind.PUBLISHED):
            yield record.first, record.last


def _with_edition(harvest: PageHarvest, year: int, rule: str) -> PageHarvest:
    records = [replace(r, edition=year) if isinstance(r, Page) else r for r in harvest.records]
    proof = Evidence(
        "pages", harvest.page_id, "edition", harvest.digest, None, None, None, None, rule, None
    )
    return replace(harvest, edition=year, records=(*records, proof))
