"""Kept rows: pages whose stored answers the archive has lost keep what the last release says of them.

A WARC file may be deleted, or altered so that its records can no longer be trusted. What stood in it is
fetched again where the source still has it; where it has not, the last release is the only memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from harvester.archive.reader import Archive
from harvester.datasets.folders import parquet_path
from harvester.datasets.released_pages import ReleasedPages, released_records
from harvester.datasets.table_source import stored_rows
from harvester.extraction.selection import with_source_state
from harvester.extraction.store import ExtractStore
from harvester.harvest import HarvestContext
from harvester.pages.content import Source
from harvester.pages.harvested import PageHarvest
from harvester.records import (
    CaptureRow,
    Page,
    Problem,
    Severity,
)

#: The problem of a page whose rows are kept, and of one whose rows must not be.
LOST = "capture_lost"

_CAPTURES = ("page_id", "url", "digest", "fetched_at", "last_seen")
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
        if not _is_less(page, lost.get(page.page_id), ground):
            met.add(page.page_id)
            yield page
    yield from _kept(ground, lost, met)


@dataclass(frozen=True, slots=True)
class _Lost:
    """What the archive lost of a page.

    ``older`` are the bodies that it still has from before the newest, where that is lost; all that others
    (REST, an archive page) said of the page until ``known`` is then less, for the release knew it.
    """

    newest: str
    known: datetime | None
    older: frozenset[str]
    stated: bool  # by REST too, and that is lost


def _is_less(page: PageHarvest, lost: _Lost | None, ground: Ground) -> bool:
    """Whether a page is read from less than the release had, and nothing new."""
    if lost is None:
        return False
    if page.digest in lost.older:
        return True
    if lost.known is not None and page.source is not Source.OWN:
        answers = ground.archive.by_digest(page.digest)
        return all(answer.fetched_at <= lost.known for answer in answers)
    if page.digest != lost.newest or not lost.stated:
        return False
    captures = (row for row in page.records if isinstance(row, CaptureRow))
    return all(_is_own(ground.context, page.page_id, row.url) for row in captures)


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
    known: datetime | None = None
    for page_id, url, digest, fetched_at, last_seen in stored_rows(path, _CAPTURES):
        known = last_seen if known is None else max(known, last_seen)
        if page_id in pages and _is_own(ground.context, page_id, url):
            own[page_id].append((last_seen, fetched_at, digest))
        elif (page_id, digest) in gone:
            stated.add(page_id)
    found = {}
    for page_id in pages:
        newest = max(own[page_id], default=(None, None, ""))[2]
        if newest and (page_id, newest) not in gone:
            found[page_id] = _Lost(newest, None, frozenset(), page_id in stated)
            continue
        older = {d for *_, d in own[page_id] if d != newest and (page_id, d) not in gone}
        found[page_id] = _Lost(newest, known, frozenset(older), page_id in stated)
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
        for page in released_records(
            ground.release, "pages", lambda data: _begins(data, "page_id", lost)
        )
        if page.page_id not in met and page.page_id.partition("~")[0] in lost and page.site in sites
    ]
    if not wanted:
        return
    release = ReleasedPages(ground.release, [page.page_id for page in wanted])
    for page in wanted:
        yield _kept_page(ground, release, page, lost[page.page_id.partition("~")[0]].newest)


def _kept_page(ground: Ground, release: ReleasedPages, page: Page, newest: str) -> PageHarvest:
    rows = release.rows[page.page_id]
    rows["problems"] = [row for row in rows["problems"] if row.code != LOST]
    harvest = release.page(page, newest, ground.context)
    if ground.redact is not None and _names_suppressed(harvest, ground):
        return _without_rows(harvest)
    if page.url is not None and "~" not in page.page_id:
        site = ground.context.profile.site(page.site)
        harvest = with_source_state(ground.archive, ground.store, harvest, site)
    return replace(harvest, records=(*harvest.records, _problem(page, _FROM_RELEASE)))


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
