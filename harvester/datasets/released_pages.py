"""Released pages: what a release says of a page, put together again as the page was read.

A release is not a store of pages: its people, films and years are joined from all of them. What one page
said is known from the evidence, which names the body that each value was read from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from harvester.datasets.folders import parquet_path
from harvester.harvest import HarvestContext
from harvester.pages.content import Source
from harvester.pages.harvested import EditionFact, FilmFact, PageHarvest, PersonFact
from harvester.pages.rows.ids import person_id
from harvester.parsers.people import normalise_name, sort_name
from harvester.records import (
    PASSED_TABLES,
    TABLES,
    Clip,
    Contribution,
    Edition,
    Evidence,
    Film,
    Page,
    Person,
    columns,
    primary_key,
)

_EDITION_FIELDS = ("city", "venue", "theme")

#: The rule of a year that is known from the release alone.
_RULE = "capture_lost"


class ReleasedPages:
    """Some pages of a release, with what it says of their people, films and years."""

    def __init__(self, folder: Path, page_ids: Sequence[str]) -> None:
        wanted = pa.array(page_ids)
        self.rows: dict[str, dict[str, list[Any]]] = {page: defaultdict(list) for page in page_ids}
        for table in PASSED_TABLES:
            if table == "evidence":
                continue
            for row in released_records(
                folder, table, lambda data: pc.is_in(data["page_id"], wanted)
            ):
                self.rows[row.page_id][table].append(row)
        owners = {
            str(getattr(row, key)): page
            for page, tables in self.rows.items()
            for table, rows in tables.items()
            if (key := primary_key(table)) is not None
            for row in rows
        }
        self.editions: list[Edition] = list(released_records(folder, "editions"))
        films = {row.film_id for tables in self.rows.values() for row in tables["clips"]}
        years = (str(row.edition) for row in self.editions)
        ids = pa.array([*owners, *filter(None, films), *years])
        self.linked: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
        for proof in released_records(
            folder, "evidence", lambda data: pc.is_in(data["row_id"], ids)
        ):
            if proof.table in PASSED_TABLES and proof.row_id in owners:
                self.rows[owners[proof.row_id]]["evidence"].append(proof)
            else:
                self.linked[proof.table, proof.row_id].append(proof)
        self.people: dict[str, Person] = {
            p.person_id: p for p in released_records(folder, "people")
        }
        self.films: dict[str, Film] = {f.film_id: f for f in released_records(folder, "films")}

    def page(self, page: Page, newest: str, context: HarvestContext) -> PageHarvest:
        """A page as it was read from its newest body."""
        rows = self.rows[page.page_id]
        digests = {row.digest for row in rows["captures"]} | {newest}
        digests |= {proof.digest for proof in rows["evidence"] if proof.digest}
        people, renamed = _people(context, self, rows["contributions"])
        rows["contributions"] = [
            replace(row, person_id=renamed.get(row.person_id, row.person_id))
            for row in rows["contributions"]
        ]
        rows["clips"] = [
            replace(row, person_ids=tuple(renamed.get(one, one) for one in row.person_ids))
            for row in rows["clips"]
        ]
        return PageHarvest(
            page.page_id,
            page.url or "",
            page.site,
            Source.OWN,
            page.edition,
            page.layout,
            newest,
            tuple(row for table in PASSED_TABLES for row in rows[table]),
            tuple(_films(self, rows["clips"], digests)),
            people,
            tuple(_editions(self, page.edition, digests)),
        )


def released_records(
    folder: Path, table: str, mask: Callable[[pa.Table], pa.Array] | None = None
) -> Iterator[Any]:
    """The rows of a table as records, those of a mask alone; what no longer is a column is left out."""
    record, infos = TABLES[table], columns(table)
    with pq.ParquetFile(parquet_path(folder, table)) as file:
        for batch in file.iter_batches(batch_size=10_000, use_threads=False):
            data = pa.Table.from_batches([batch])
            if mask is not None:
                data = data.filter(mask(data))
            for row in data.to_pylist():
                yield record(*(_value(row.get(info.name), info) for info in infos))


def _value(value: Any, info: Any) -> Any:
    if info.is_list:
        return tuple(value or ())
    if value is not None and info.vocabulary is not None:
        return info.value_type(value)
    return value


def _people(
    context: HarvestContext, release: ReleasedPages, contributions: Iterable[Contribution]
) -> tuple[tuple[PersonFact, ...], dict[str, str]]:
    """The people as the page names them, and the ids of those it gives another name than the release.

    Linking joins the two again, and so the other name stays among the person's.
    """
    facts: dict[str, PersonFact] = {}
    renamed: dict[str, str] = {}
    for row in contributions:
        person = release.people.get(row.person_id)
        if person is None:
            continue
        said = normalise_name(row.name_raw)
        name = next((n for n in person.aliases if normalise_name(n) == said), person.name)
        if name != person.name and person.person_id == person_id(person.name, context.person_key):
            renamed[row.person_id] = person_id(name, context.person_key)
        one = renamed.get(row.person_id, row.person_id)
        facts.setdefault(one, PersonFact(one, name, sort_name(name)))
    return tuple(facts.values()), renamed


def _films(
    release: ReleasedPages, clips: Iterable[Clip], digests: Collection[str]
) -> Iterator[FilmFact]:
    """The page's films; a title only where the page gave it."""
    for film_id in dict.fromkeys(clip.film_id for clip in clips if clip.film_id):
        film = release.films.get(film_id)
        proof = next(iter(release.linked["films", film_id]), None)
        if film is None or proof is None:
            continue
        gave = proof.digest in digests and proof.locator is not None
        yield FilmFact(
            film_id, film.provider, film.video_id, film.kind, film.url,
            film.title if gave else None, proof.locator or "" if gave else "",
            proof.digest or "", proof.rule or "",
        )  # fmt: skip


def _editions(
    release: ReleasedPages, own: int | None, digests: Collection[str]
) -> Iterator[EditionFact]:
    """What the release has of conference years from this page, and that its own year is one."""
    for row in release.editions:
        proofs = {
            proof.field: proof
            for proof in release.linked["editions", str(row.edition)]
            if proof.digest in digests
        }
        for field in _EDITION_FIELDS:
            value = getattr(row, field)
            if field in proofs and value is not None:
                yield _edition_fact(row, field, value, proofs[field])
        if "first" in proofs:
            yield _edition_fact(row, "days", proofs["first"].raw or "", proofs["first"])
        if row.edition == own:
            yield EditionFact(
                row.edition, "named", str(own), None, None, str(own), "", "", 0, 0, _RULE
            )


def _edition_fact(row: Edition, field: str, value: str, proof: Evidence) -> EditionFact:
    first, last = (row.first, row.last) if field == "days" else (None, None)
    return EditionFact(
        row.edition, field, value, first, last, proof.raw or value, proof.locator or "",
        proof.digest or "", proof.char_start or 0, proof.char_end or 0, proof.rule or "",
    )  # fmt: skip
