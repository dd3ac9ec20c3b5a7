"""Replay: the pages of an earlier release, read once more by today's code from the captures it had."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from harvester.archive.reader import Archive
from harvester.errors import ArchiveError, PageError
from harvester.extraction.extractor import context_version, entry_for
from harvester.extraction.selection import as_edition
from harvester.extraction.store import ExtractStore, fingerprint, stamp
from harvester.extraction.work import stored_capture
from harvester.harvest import (
    Harvest,
    HarvestContext,
    harvest_or_quarantine,
    harvest_page,
    quarantined,
)
from harvester.pages.harvested import PageHarvest
from harvester.pages.reader import read_entry
from harvester.pages.rest import RestEntry, read_entries
from harvester.records import Page, PageState

_CAPTURE_COLUMNS = ["page_id", "url", "digest", "fetched_at", "last_seen"]
_PAGE_COLUMNS = ["page_id", "state"]

#: REST answers kept parsed: one tells of a hundred pages.
_KEPT_ANSWERS = 8


@dataclass(slots=True)
class Replay:
    """An earlier release's pages as today's code reads them.

    ``created`` is when the release's newest capture was made at the latest. After `pages` has run, ``lost`` names
    the pages whose captures the archive no longer holds.
    """

    release: Path
    created: datetime
    archive: Archive
    store: ExtractStore
    context: HarvestContext
    lost: set[str] = field(default_factory=set)
    _answers: OrderedDict[str, dict[str, RestEntry] | None] = field(default_factory=OrderedDict)

    def pages(self) -> Iterator[PageHarvest]:
        """Each page once: those of the release, then those its captures held and it could not read."""
        captures = self._captures()
        states = self._states()
        for page_id, state in states.items():
            base, _, year = page_id.partition("~")
            try:
                page = self._page(base, captures.get(base, []), int(year) if year else None)
            except ArchiveError:
                page = None
                self.lost.add(page_id)
            except PageError:
                page = None  # quarantined: no rows, by today's code
            if page is not None:
                yield _in_state(page, state)
        yield from self._unread(states)

    def _page(
        self, page_id: str, captures: list[dict[str, Any]], edition: int | None
    ) -> PageHarvest | None:
        """One page from its captures, the newest own one first; a reused address by its edition."""
        stated = self._stated(page_id, captures)
        own = [c for c in captures if self._answer(c["digest"]) is None]
        own.sort(key=lambda c: (c["last_seen"], c["fetched_at"], c["digest"]), reverse=True)
        for capture in own:
            entry = stated if capture is own[0] else self._entry_until(capture)
            page = self._from_body(page_id, capture, entry)
            if page is None or (edition is not None and page.edition != edition):
                if edition is None:
                    break  # the newest body is no such page any more: so today's code decides
                continue
            return page if edition is None else as_edition(page, edition)
        if edition is None and not own and stated is not None:
            site = self.context.profile.site(page_id.rsplit("-", 1)[0])
            with quarantined():
                return harvest_page(read_entry(stated, site), self.context)
        return None

    def _from_body(
        self, page_id: str, capture: Mapping[str, Any], entry: RestEntry | None
    ) -> PageHarvest | None:
        url, digest = capture["url"], capture["digest"]
        site = self.context.profile.site_of(url)
        if site is None or site.page_id(url) != page_id:
            entry = None  # an archive page that shows the post: its own entry is another
        return _page_of(self._harvested(url, digest, entry), page_id)

    def _harvested(self, url: str, digest: str, entry: RestEntry | None) -> Harvest:
        known = self.store.extract(url, digest, fingerprint(entry), context_version(self.context))
        if known is not None:
            return known
        return harvest_or_quarantine(stored_capture(self.archive, url, digest), self.context, entry)

    def _entry_until(self, capture: Mapping[str, Any]) -> RestEntry | None:
        site = self.context.profile.site_of(capture["url"])
        if site is None:
            return None
        body = self.store.body(capture["url"], capture["digest"])
        return entry_for(self.store, site.canonical(capture["url"]), body) if body else None

    def _stated(self, page_id: str, captures: list[dict[str, Any]]) -> RestEntry | None:
        """What REST said of the page when the release was made."""
        for capture in captures:
            answer = self._answer(capture["digest"])
            if answer is not None and page_id in answer:
                return answer[page_id]
        return None

    def _answer(self, digest: str) -> dict[str, RestEntry] | None:
        """The entries of a REST answer by page; None for any other body. Raises ArchiveError."""
        if digest in self._answers:
            self._answers.move_to_end(digest)
            return self._answers[digest]
        refs = self.archive.by_digest(digest)
        if not refs:
            raise ArchiveError(f"{digest}: no longer in the archive")
        answer: dict[str, RestEntry] | None = None
        if refs[0].media_type == "application/json":
            answer = {}
            for entry in read_entries(self.archive.read(refs[0].position)):
                site = self.context.profile.site_of(entry.url)
                if site is not None:
                    answer[site.page_id(entry.url)] = entry
            self._answers[digest] = answer
            if len(self._answers) > _KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return answer

    def _unread(self, known: Mapping[str, PageState]) -> Iterator[PageHarvest]:
        """Pages that the captures of that time give today and did not give then."""
        version = context_version(self.context)
        until = stamp(self.created)
        for page_id in self.store.page_ids():
            if page_id in known:
                continue
            then = [v for v in self.store.versions(page_id, version) if v.first_seen <= until]
            if then:
                best = max(then, key=lambda v: (v.source, v.first_seen, v.digest, v.fingerprint))
                yield self.store.harvest(best.extract_id).pages[best.number]

    def _captures(self) -> dict[str, list[dict[str, Any]]]:
        rows = pq.read_table(
            self.release / "parquet" / "captures.parquet", columns=_CAPTURE_COLUMNS
        )
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for batch in rows.to_batches(max_chunksize=10_000):
            for row in batch.to_pylist():
                found[row["page_id"]].append(row)
        return found

    def _states(self) -> dict[str, PageState]:
        rows = pq.read_table(self.release / "parquet" / "pages.parquet", columns=_PAGE_COLUMNS)
        ids, states = rows["page_id"].to_pylist(), rows["state"].to_pylist()
        return {page: PageState(state) for page, state in zip(ids, states, strict=True)}


def _page_of(found: Harvest, page_id: str) -> PageHarvest | None:
    pages = [p for p in found.pages if p.page_id == page_id]
    return max(pages, key=lambda p: p.source) if pages else None


def _in_state(page: PageHarvest, state: PageState) -> PageHarvest:
    """The page in the state the release gave it: what the source said then, whoever reads it."""
    records = tuple(replace(r, state=state) if isinstance(r, Page) else r for r in page.records)
    return replace(page, records=records)
