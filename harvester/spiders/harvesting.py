"""Spiders that give rows: each answer goes through `harvest`, each page's rows come once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from harvester.archive.capture import Capture
from harvester.crawl.discovery import Candidate, SiteDiscovery
from harvester.crawl.fetch import Fetch, Purpose
from harvester.harvest import HarvestContext, harvest_or_quarantine
from harvester.pages.content import Source
from harvester.pages.harvested import PageHarvest
from harvester.pipelines.items import row_items
from harvester.records import Page, PageKind, Problem
from harvester.spiders.base import SiteSpider
from harvester.spiders.rules import Rules, rules_of
from harvester.workspace import Workspace


class HarvestingSpider(SiteSpider):
    """Yields the rows of the pages its rules cover.

    What a listing or archive shows of a page counts only where the page itself cannot be fetched.
    """

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._given_out: set[str] = set()
        self._unfetched: set[str] = set()
        self._second_best: dict[str, PageHarvest] = {}

    def wants(self, candidate: Candidate) -> bool:
        return candidate.seed or self.url is not None or self._rules.match(candidate)

    def harvested(
        self, fetch: Fetch, capture: Capture, discovery: SiteDiscovery
    ) -> Iterator[dict[str, Any]]:
        if fetch.purpose is not Purpose.PAGE:
            return
        entry = discovery.entries.get(fetch.key)
        found = harvest_or_quarantine(capture, self._context, entry)
        for problem in found.problems:
            if self._is_mine(fetch, discovery, None):
                yield from self._rows(problem.page_id or "", [problem])
        for page in found.pages:
            if page.source is Source.OWN or page.page_id == discovery.site.page_id(fetch.key):
                if self._is_mine(fetch, discovery, page):
                    yield from self._page(page)
            elif page.page_id in self._unfetched:
                yield from self._page(page)
            else:
                self._keep(page)

    def unfetched(self, fetch: Fetch, discovery: SiteDiscovery) -> Iterator[dict[str, Any]]:
        page_id = discovery.site.page_id(fetch.key)
        self._unfetched.add(page_id)
        entry = discovery.entries.get(fetch.key)
        if entry is not None:
            for ref in self.session.archive.by_digest(entry.digest)[:1]:
                for page in harvest_or_quarantine(
                    self.session.archive.read(ref.position), self._context
                ).pages:
                    if page.page_id == page_id:
                        self._keep(page)
        known = self._second_best.pop(page_id, None)
        if known is not None and self._is_mine(fetch, discovery, known):
            yield from self._page(known)

    @property
    def _rules(self) -> Rules:
        return rules_of(self.name)

    @cached_property
    def _context(self) -> HarvestContext:
        return Workspace(self.session.output, self.session.profile).context()

    def _is_mine(self, fetch: Fetch, discovery: SiteDiscovery, page: PageHarvest | None) -> bool:
        """Whether a page's rows belong to this spider, and to the edition that was asked for."""
        if self.url is not None:
            return True
        if self.edition is not None and (page is None or page.edition != self.edition):
            return discovery.site.edition_of_seed(fetch.key) == self.edition
        candidate = Candidate(fetch.key, entry=discovery.entries.get(fetch.key))
        return self._rules.match(candidate) or _kind_of(page) in self._rules.kinds

    def _keep(self, page: PageHarvest) -> None:
        known = self._second_best.get(page.page_id)
        if page.page_id not in self._given_out and (known is None or known.source < page.source):
            self._second_best[page.page_id] = page

    def _page(self, page: PageHarvest) -> Iterator[dict[str, Any]]:
        if page.page_id not in self._given_out:
            self._given_out.add(page.page_id)
            yield from self._rows(page.page_id, page.records)

    def _rows(self, page_id: str, records: Any) -> Iterator[dict[str, Any]]:
        run = self.session.run
        yield from row_items(
            page_id,
            (dataclasses.replace(r, run=run) if isinstance(r, Problem) else r for r in records),
        )


def _kind_of(page: PageHarvest | None) -> PageKind | None:
    rows = page.records if page is not None else ()
    return next((row.kind for row in rows if isinstance(row, Page)), None)
