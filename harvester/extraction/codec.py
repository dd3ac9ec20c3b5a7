"""Page harvests as bytes and back, for the store of extracts. Nothing but data passes."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from harvester.compression import packed, unpacked
from harvester.extraction.quick_json import as_json, from_json
from harvester.pages.content import Source
from harvester.pages.harvested import EditionFact, FilmFact, Harvest, PageHarvest, PersonFact
from harvester.records import TABLES, FilmKind, columns, table_of


def encode(harvest: Harvest) -> bytes:
    """A harvest as compressed JSON."""
    document = {
        "pages": [_page_values(page) for page in harvest.pages],
        "problems": [_row_values(p) for p in harvest.problems],
    }
    return packed(_as_json(document))


def decode(data: bytes) -> Harvest:
    """The harvest that `encode` stored. Raises ValueError for other bytes."""
    document = _from_json(unpacked(data))
    return Harvest(
        tuple(_page(values) for values in document["pages"]),
        tuple(_row(values) for values in document["problems"]),
    )


def _as_json(document: Any) -> bytes:
    """JSON in UTF-8; a page may hold half a character, which is written as it is.

    Rows hold no integer of more than 64 bits and no number that is none.
    """
    return as_json(document, _with_halves)


def _with_halves(document: Any) -> bytes:
    return _ENCODER.encode(document).encode("utf-8", "surrogatepass")


def _from_json(data: bytes) -> Any:
    return from_json(data, lambda data: json.loads(data.decode("utf-8", "surrogatepass")))


def _page_values(page: PageHarvest) -> list[Any]:
    return [
        page.page_id, page.url, page.site, int(page.source), page.edition, page.layout, page.digest,
        [_row_values(r) for r in page.records],
        [_fact_values(f) for f in page.films],
        [_fact_values(f) for f in page.people],
        [_fact_values(f) for f in page.editions],
        page.about_event,
    ]  # fmt: skip


def _page(values: list[Any]) -> PageHarvest:
    (
        page_id,
        url,
        site,
        source,
        edition,
        layout,
        digest,
        records,
        films,
        people,
        editions,
        about_event,
    ) = values
    return PageHarvest(
        page_id, url, site, Source(source), edition, layout, digest,
        tuple(_row(r) for r in records),
        tuple(_film_fact(f) for f in films),
        tuple(PersonFact(*f) for f in people),
        tuple(_edition_fact(f) for f in editions),
        about_event,
    )  # fmt: skip


def _film_fact(values: list[Any]) -> FilmFact:
    film_id, provider, video_id, kind, url, title, locator, digest, rule = values
    return FilmFact(film_id, provider, video_id, FilmKind(kind), url, title, locator, digest, rule)


def _edition_fact(values: list[Any]) -> EditionFact:
    edition, field, value, first, last, *rest = values
    return EditionFact(edition, field, value, _day(first), _day(last), *rest)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _fact_values(fact: Any) -> Any:
    return _fact_getter(fact.__class__)(fact)


def _row_values(record: Any) -> list[Any]:
    table = table_of(record)
    return [table, *_row_getter(table)(record)]


@functools.cache
def _fact_getter(kind: type) -> Callable[[Any], Any]:
    return attrgetter(*(f.name for f in fields(kind)))


@functools.cache
def _row_getter(table: str) -> Callable[[Any], Any]:
    return attrgetter(*(c.name for c in columns(table)))


def _day_or_time(value: Any) -> str:
    """What JSON has no form for. Raises TypeError for anything but days and times."""
    if isinstance(value, date):  # datetimes too
        return value.isoformat()
    raise TypeError(f"{value!r} is no value of a row")


def _row(values: list[Any]) -> Any:
    table = values[0]
    readers = _readers(table)
    return TABLES[table](
        *(read(v) if v is not None else None for read, v in zip(readers, values[1:], strict=True))
    )


@functools.cache
def _readers(table: str) -> tuple[Callable[[Any], Any], ...]:
    return tuple(_reader(c.value_type) for c in columns(table))


def _reader(kind: Any) -> Callable[[Any], Any]:
    if kind is date:
        return date.fromisoformat
    if kind is datetime:
        return datetime.fromisoformat
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    if kind is tuple:
        return tuple
    return _same


def _same(value: Any) -> Any:
    return value


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_day_or_time
)
