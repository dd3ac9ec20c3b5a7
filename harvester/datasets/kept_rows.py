"""Kept rows: pages whose stored answers the archive has lost keep what the last release says of them.

A WARC file may be deleted, or altered so that its records can no longer be trusted. What stood in it is
fetched again where the source still has it; where it has not, the last release is the only memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from harvester.archive.reader import Archive
from harvester.datasets.folders import parquet_path
from harvester.datasets.table_source import stored_rows
from harvester.extraction.selection import with_source_state
from harvester.extraction.store import ExtractStore
from harvester.harvest import HarvestContext
from harvester.pages.content import Source
from harvester.pages.harvested import EditionFact, FilmFact, PageHarvest, PersonFact
from harvester.pages.rows.ids import person_id
from harvester.parsers.people import normalise_name, sort_name
from harvester.records import (
    PASSED_TABLES,
    TABLES,
    CaptureRow,
    Clip,
    Contribution,
    Edition,
    Evidence,
    Film,
    Page,
    Person,
    Problem,
    Severity,
    columns,
    primary_key,
)

#: The problem of a page whose rows are kept, and of one whose rows must not be.
LOST = "capture_lost"

_CAPTURES = ("page_id", "url", "digest", "fetched_at", "last_seen")
_EDITION_FIELDS = ("city", "venue", "theme")
_FROM_RELEASE = "its rows are the last release's"
_NAMES_SUPPRESSED = "its rows name somebody who is suppressed since, and go"


@dataclass(frozen=True, slots=True)
class Ground:
    """What is kept from: the last release, and what the archive and its extracts still hold."""

    release: Path
    archive: Archive
    store: ExtractStore
    context: HarvestContext
    redact: Callable[[str], str] | None  # masks who is suppressed now


def with_kept_rows(pages: Iterable[PageHarvest], ground: Ground) -> Iterator[PageHarvest]:
    """The pages, and those of the last release that they lack because what they stood on is lost.

    A page of which less is left than the release knew (an older body, or the same one without what REST
    said of it) keeps the release's rows as well. Where every file that the release names is whole, nothing
    is lost and nothing is looked up.
    """
    lost = _lost_captures(ground)
    if not lost:
        yield from pages
        return
    met: set[str] = set()
    for page in pages:
        if not _is_less(page, lost.get(page.page_id), ground.context):
            met.add(page.page_id)
            yield page
    yield from _kept(ground, lost, met)


@dataclass(frozen=True, slots=True)
class _Lost:
    """What the archive lost of a page: ``older`` are bodies it still has from before the newest."""

    newest: str
    older: frozenset[str]
    stated: bool  # by REST too, and that is lost


def _is_less(page: PageHarvest, lost: _Lost | None, context: HarvestContext) -> bool:
    """Whether a page is read from less than the release had, and nothing new."""
    if lost is None:
        return False
    if page.digest in lost.older:
        return True
    if page.digest != lost.newest or not lost.stated:
        return False
    captures = (row for row in page.records if isinstance(row, CaptureRow))
    return all(_is_own(context, page.page_id, row.url) for row in captures)


def _lost_captures(ground: Ground) -> dict[str, _Lost]:
    """The pages that the archive has lost an answer of, by their ids."""
    own: dict[str, list[tuple[datetime, datetime, str]]] = defaultdict(list)
    gone: set[tuple[str, str]] = set()
    path = parquet_path(ground.release, "captures")
    whole = ground.archive.whole_files()
    places = stored_rows(path, ("warc_file", "warc_offset"))
    if all(offset < whole.get(file, 0) for file, offset in places):
        return {}
    for page_id, url, digest, _, _ in stored_rows(path, _CAPTURES):
        if not ground.archive.holds(digest, url):
            gone.add((page_id, digest))
    if not gone:
        return {}
    pages = {page_id for page_id, _ in gone}
    stated: set[str] = set()
    for page_id, url, digest, fetched_at, last_seen in stored_rows(path, _CAPTURES):
        if page_id in pages and _is_own(ground.context, page_id, url):
            own[page_id].append((last_seen, fetched_at, digest))
        elif (page_id, digest) in gone:
            stated.add(page_id)
    found = {}
    for page_id in pages:
        newest = max(own[page_id], default=(None, None, ""))[2]
        older = {d for *_, d in own[page_id] if d != newest and (page_id, d) not in gone}
        newest_lost = not newest or (page_id, newest) in gone
        found[page_id] = _Lost(newest, frozenset(older if newest_lost else ()), page_id in stated)
    return found


def _is_own(context: HarvestContext, page_id: str, url: str | None) -> bool:
    """Whether an answer is the page's own, not a REST answer or an archive that shows it."""
    site = context.profile.site_of(url) if url else None
    return url is None or (site is not None and site.page_id(url) == page_id)


def _kept(ground: Ground, lost: Mapping[str, _Lost], met: Collection[str]) -> Iterator[PageHarvest]:
    """The pages that are missing, as the release has them."""
    sites = {site.name for site in ground.context.profile.sites}
    wanted = [
        page
        for page in _records(ground.release, "pages", lambda data: _begins(data, "page_id", lost))
        if page.page_id not in met and page.page_id.partition("~")[0] in lost and page.site in sites
    ]
    if not wanted:
        return
    release = _Release(ground.release, [page.page_id for page in wanted])
    for page in wanted:
        yield _kept_page(ground, release, page, lost[page.page_id.partition("~")[0]].newest)


class _Release:
    """The rows of some pages of a release, and what it says of their people, films and years."""

    def __init__(self, folder: Path, page_ids: Sequence[str]) -> None:
        wanted = pa.array(page_ids)
        self.rows: dict[str, dict[str, list[Any]]] = {page: defaultdict(list) for page in page_ids}
        for table in PASSED_TABLES:
            if table == "evidence":
                continue
            for row in _records(folder, table, lambda data: pc.is_in(data["page_id"], wanted)):
                self.rows[row.page_id][table].append(row)
        owners = {
            str(getattr(row, key)): page
            for page, tables in self.rows.items()
            for table, rows in tables.items()
            if (key := primary_key(table)) is not None
            for row in rows
        }
        self.editions: list[Edition] = list(_records(folder, "editions"))
        films = {row.film_id for tables in self.rows.values() for row in tables["clips"]}
        years = (str(row.edition) for row in self.editions)
        ids = pa.array([*owners, *filter(None, films), *years])
        self.linked: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
        for proof in _records(folder, "evidence", lambda data: pc.is_in(data["row_id"], ids)):
            if proof.table in PASSED_TABLES and proof.row_id in owners:
                self.rows[owners[proof.row_id]]["evidence"].append(proof)
            else:
                self.linked[proof.table, proof.row_id].append(proof)
        self.people: dict[str, Person] = {p.person_id: p for p in _records(folder, "people")}
        self.films: dict[str, Film] = {f.film_id: f for f in _records(folder, "films")}


def _kept_page(ground: Ground, release: _Release, page: Page, newest: str) -> PageHarvest:
    rows = release.rows[page.page_id]
    digests = {row.digest for row in rows["captures"]} | {newest}
    digests |= {proof.digest for proof in rows["evidence"] if proof.digest}
    rows["problems"] = [row for row in rows["problems"] if row.code != LOST]
    people, renamed = _people(ground.context, release, rows["contributions"])
    rows["contributions"] = [
        replace(row, person_id=renamed.get(row.person_id, row.person_id))
        for row in rows["contributions"]
    ]
    rows["clips"] = [
        replace(row, person_ids=tuple(renamed.get(one, one) for one in row.person_ids))
        for row in rows["clips"]
    ]
    harvest = PageHarvest(
        page.page_id,
        page.url or "",
        page.site,
        Source.OWN,
        page.edition,
        page.layout,
        newest,
        tuple(row for table in PASSED_TABLES for row in rows[table]),
        tuple(_films(release, rows["clips"], digests)),
        people,
        tuple(_editions(release, page.edition, digests)),
    )
    if ground.redact is not None and _names_suppressed(harvest, ground):
        return _without_rows(harvest)
    if page.url is not None and "~" not in page.page_id:
        site = ground.context.profile.site(page.site)
        harvest = with_source_state(ground.archive, ground.store, harvest, site)
    return replace(harvest, records=(*harvest.records, _problem(page, _FROM_RELEASE)))


def _people(
    context: HarvestContext, release: _Release, contributions: Iterable[Contribution]
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
    release: _Release, clips: Iterable[Clip], digests: Collection[str]
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
    release: _Release, own: int | None, digests: Collection[str]
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
                row.edition, "named", str(own), None, None, str(own), "", "", 0, 0, LOST
            )


def _edition_fact(row: Edition, field: str, value: str, proof: Evidence) -> EditionFact:
    first, last = (row.first, row.last) if field == "days" else (None, None)
    return EditionFact(
        row.edition, field, value, first, last, proof.raw or value, proof.locator or "",
        proof.digest or "", proof.char_start or 0, proof.char_end or 0, proof.rule or "",
    )  # fmt: skip


def _names_suppressed(harvest: PageHarvest, ground: Ground) -> bool:
    """Whether any text of a page's rows names somebody who is suppressed: it cannot be read anew."""
    assert ground.redact is not None
    hidden = ground.context.suppressed
    for record in harvest.records:
        for field in fields(record):
            value = getattr(record, field.name)
            for text in value if isinstance(value, tuple) else (value,):
                if text in hidden or (
                    isinstance(text, str)
                    and not isinstance(text, StrEnum)
                    and not field.name.endswith("_id")
                    and ground.redact(text) != text
                ):
                    return True
    return False


def _without_rows(harvest: PageHarvest) -> PageHarvest:
    page = next(row for row in harvest.records if isinstance(row, Page))
    problem = replace(_problem(page, _NAMES_SUPPRESSED), url=None)
    message = problem.message.replace(page.url or page.page_id, page.page_id)
    return replace(
        harvest, records=(replace(problem, message=message),), films=(), people=(), editions=()
    )


def _problem(page: Page, what: str) -> Problem:
    message = f"{page.url or page.page_id}: the archive has lost what it was read from; {what}"
    return Problem("", page.page_id, page.url, Severity.WARNING, LOST, message)


def _begins(data: pa.Table, column: str, ids: Iterable[str]) -> pa.Array:
    """Whether a page id, its edition left out, is one of these."""
    bare = pc.replace_substring_regex(data[column], pattern="~.*$", replacement="")
    return pc.is_in(bare, pa.array(list(ids)))


def _records(
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
