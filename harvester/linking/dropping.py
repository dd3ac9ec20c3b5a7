"""Dropping: a page as it is without the rows that a maintainer has found to be none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from harvester.curation import DROPPABLE
from harvester.linking.corrections import Corrections
from harvester.pages.harvested import PageHarvest
from harvester.records import Clip, Contribution, Evidence, Page, primary_key, table_of


def without_dropped(harvest: PageHarvest, corrections: Corrections) -> PageHarvest | None:
    """The page without its dropped rows and what rests on them alone; None for a dropped page.

    A film goes with its last clip on the page, a person with the last contribution. What was said in
    a dropped clip stays, tied to the page alone.
    """
    if not corrections.drop_any:
        return harvest
    evidence = [r for r in harvest.records if isinstance(r, Evidence)]
    dropped = [
        record
        for record in harvest.records
        if (table := table_of(record)) in DROPPABLE
        and corrections.drops(table, record, evidence, harvest.digest)
    ]
    if not dropped:
        return harvest
    if any(isinstance(record, Page) for record in dropped):
        return None
    keys = {(t := table_of(r), str(getattr(r, str(primary_key(t))))) for r in dropped}
    rows = [r for r in harvest.records if not _is_of(r, keys)]
    contributions = [r for r in rows if isinstance(r, Contribution)]
    gone_people = _people(dropped) - _people(rows)
    gone_films = _films(dropped) - _films(rows)
    untied = {(r.clip_id, r.person_id) for r in dropped if isinstance(r, Contribution)}
    untied -= {(r.clip_id, r.person_id) for r in contributions}
    clips = {row_id for table, row_id in keys if table == "clips"}
    return replace(
        harvest,
        records=tuple(_fitted(r, clips, gone_people, untied) for r in rows),
        films=tuple(f for f in harvest.films if f.film_id not in gone_films),
        people=tuple(p for p in harvest.people if p.person_id not in gone_people),
    )


def _is_of(record: Any, keys: Collection[tuple[str, str]]) -> bool:
    """True for the rows themselves and for evidence of them."""
    if isinstance(record, Evidence):
        return (record.table, record.row_id) in keys
    table = table_of(record)
    key = primary_key(table)
    return key is not None and (table, str(getattr(record, key))) in keys


def _fitted(
    record: Any,
    clips: Collection[str],
    people: Collection[str],
    untied: Collection[tuple[str | None, str]],
) -> Any:
    """A row that stays, with no reference to what is gone."""
    if isinstance(record, Contribution) and record.clip_id in clips:
        return replace(record, clip_id=None)
    if isinstance(record, Clip):
        tied = tuple(
            p for p in record.person_ids if p not in people and (record.clip_id, p) not in untied
        )
        return record if tied == record.person_ids else replace(record, person_ids=tied)
    return record


def _people(rows: Collection[Any]) -> set[str]:
    return {r.person_id for r in rows if isinstance(r, Contribution)}


def _films(rows: Collection[Any]) -> set[str]:
    return {r.film_id for r in rows if isinstance(r, Clip) and r.film_id is not None}
