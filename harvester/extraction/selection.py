"""Selection: of all harvests of a page, the ones that are its rows, and what state it is in."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from harvester.addresses import short_hash
from harvester.archive.reader import Archive
from harvester.archive.ref import CaptureRef, FailureRef
from harvester.errors import PageError, ProgramDefectError
from harvester.extraction.extractor import context_version, entry_for
from harvester.extraction.store import ExtractStore, Version, fingerprint, stamp
from harvester.harvest import HarvestContext, harvest_page, quarantined
from harvester.pages.content import Source
from harvester.pages.harvested import PageHarvest
from harvester.pages.reader import read_entry
from harvester.pages.rest import RestEntry
from harvester.records import CaptureRow, Page, PageState, Problem, Severity
from harvester.sites import Site

_GONE = (404, 410)
_MOVED = (301, 302, 303, 307, 308)
_REFUSED = (401, 403)


def selected_pages(
    archive: Archive, store: ExtractStore, context: HarvestContext
) -> Iterator[PageHarvest]:
    """One harvest for each page, in order of page id, its `captures` rows among its records.

    A page's own newest body counts; else the REST body, else a full post in an archive, else a
    teaser. A reused address (`/program/`) keeps its earlier editions as pages of their own, named
    `<page id>~<edition>`. The page's state is what the source last said of its address.
    """
    version = context_version(context)
    for page_id in store.page_ids():
        versions = store.versions(page_id, version)
        site = context.profile.site(page_id.rsplit("-", 1)[0])
        chosen, entry = _current(store, versions, site)
        if chosen is None:
            page = _from_entry(archive, store, page_id, site, context, version)
            if page is not None:
                yield page
            continue
        page = store.harvest(chosen.extract_id).pages[chosen.number]
        older = [] if page.layout == "listing" else _older_editions(versions, chosen)
        stated = None
        if entry is not None:
            stated = (entry, *store.entry_seen(site.canonical(chosen.url), entry))
        captures = _capture_rows(archive, page, versions, version, stated)
        state, problem = _state(archive, store, page, site)
        yield _with_state(page, state, captures, problem)
        for past in older:
            earlier = store.harvest(past.extract_id).pages[past.number]
            yield as_edition(_with_state(earlier, PageState.MOVED, [], None), past.edition or 0)


def with_source_state(
    archive: Archive, store: ExtractStore, page: PageHarvest, site: Site
) -> PageHarvest:
    """A page in the state that the source last gave its address; as it is where that says nothing."""
    state, problem = _state(archive, store, page, site)
    return _with_state(page, state, [], problem)


def archive_problems(
    archive: Archive, store: ExtractStore, context: HarvestContext
) -> Iterator[Problem]:
    """Problems of no page's rows: what was quarantined, and addresses that gave no page."""
    version = context_version(context)
    for harvest in store.troubled(version):
        yield from harvest.problems
    for failure in _newest_failures(archive):
        site = context.profile.site_of(failure.url)
        answered = archive.latest_ref(failure.url)
        if site is None or (answered is not None and answered.last_seen >= failure.failed_at):
            continue
        yield Problem(
            failure.run, site.page_id(failure.url), failure.url, Severity.WARNING, failure.code,
            f"{failure.url}: {failure.message}",
        )  # fmt: skip
    for ref in archive.latest_refs():
        site = context.profile.site_of(ref.url)
        if site is None or ref.status not in _GONE:
            continue
        page_id = site.page_id(ref.url)
        if not store.versions(page_id, version):
            yield Problem(
                ref.run, page_id, ref.url, Severity.INFO, "dead_link",
                f"{ref.url}: answers {ref.status}; a page of the site links to it",
            )  # fmt: skip


def _newest_failures(archive: Archive) -> list[FailureRef]:
    """Each failure of an address once, as it was last met."""
    return list({(f.url, f.code): f for f in archive.failures()}.values())


def _current(
    store: ExtractStore, versions: list[Version], site: Site
) -> tuple[Version | None, RestEntry | None]:
    """The best and newest harvest, and the REST entry of that time that an own body is read with.

    A teaser yields to a REST body.
    """
    own = [v for v in versions if v.source is Source.OWN]
    if own:
        newest = max(own, key=lambda v: (v.last_seen, v.first_seen, v.digest))
        same = [v for v in own if v.url == newest.url and v.digest == newest.digest]
        entry = _entry_of(store, newest, site)
        wanted = fingerprint(entry)
        return next((v for v in same if v.fingerprint == wanted), same[-1]), entry
    if versions and store.entry_of_page(versions[0].page_id) is not None:
        return None, None
    best = max(
        versions,
        key=lambda v: (v.source, v.last_seen, v.first_seen, v.digest, v.fingerprint),
        default=None,
    )
    return best, None


def _entry_of(store: ExtractStore, version: Version, site: Site) -> RestEntry | None:
    body = store.body(version.url, version.digest)
    return None if body is None else entry_for(store, site.canonical(version.url), body)


def _from_entry(
    archive: Archive,
    store: ExtractStore,
    page_id: str,
    site: Site,
    context: HarvestContext,
    version: str,
) -> PageHarvest | None:
    """A page that only the REST interface shows: its own address gave no page.

    What no layout reads is quarantined here as everywhere: a problem and no rows.
    """
    stated = store.entry_of_page(page_id)
    if stated is None:
        return None
    entry = store.dated_entry(site.canonical(stated[0].url), stated[0], until="")
    content = read_entry(entry, site)
    try:
        with quarantined():
            page = harvest_page(content, context)
    except PageError as error:
        is_defect = isinstance(error, ProgramDefectError)
        if not is_defect and store.newest_body(content.url) is not None:
            return None  # the page's own body has the same problem and tells it
        told = Problem("", page_id, content.url, Severity.ERROR, error.code, str(error))
        return PageHarvest(
            page_id, content.url, site.name, Source.REST, None, "", content.digest,
            (told,), (), (), (),
        )  # fmt: skip
    _, first_seen, last_seen = stated
    rows = [
        _capture_row(page.page_id, ref, ref.status, version, first_seen, last_seen)
        for ref in archive.by_digest(entry.digest)[:1]
    ]
    state, problem = _state(archive, store, page, site)
    return _with_state(page, state, rows, problem)


def _older_editions(versions: list[Version], current: Version) -> list[Version]:
    """The last harvest of each other edition that a reused address showed before, by edition.

    Before is by the last sight: an address that shows an older edition again loses none.
    """
    latest: dict[int, Version] = {}
    if current.edition is None:
        return []
    for version in sorted(versions, key=lambda v: (v.last_seen, v.first_seen, v.digest)):
        if (
            version.source is Source.OWN
            and version.edition not in (None, current.edition)
            and version.last_seen < current.last_seen
        ):
            latest[version.edition or 0] = version
    return [latest[edition] for edition in sorted(latest)]


def _state(
    archive: Archive, store: ExtractStore, page: PageHarvest, site: Site
) -> tuple[PageState | None, Problem | None]:
    """What the source last said of a page's address; None where its content says it.

    A page is gone where its address says so and the listing of that time, which was understood,
    no longer names it; without such a listing it stays, with a problem.
    """
    ref = archive.latest_ref(page.url)
    if ref is None or ref.status in (200, 304):
        return None, None
    if ref.status in _MOVED:
        target = archive.read(ref.position).header("Location")
        if target and _leads_elsewhere(site, page.url, target):
            return PageState.MOVED, None
    if ref.status in _REFUSED:
        return PageState.PROTECTED, None
    if ref.status in _GONE and page.source is Source.OWN:
        answered = stamp(ref.last_seen)
        named = store.last_listed(page.url)
        understood = store.newest_listing(site.base)
        if (
            understood is not None
            and (named is None or named < understood)
            and (named is None or named < answered)
        ):
            return PageState.GONE, None
        message = f"{page.url}: answers {ref.status}, but no listing of the site confirms that it is gone; its rows stay"
        return None, Problem(
            "", page.page_id, page.url, Severity.WARNING, "gone_unconfirmed", message
        )
    if ref.status in _GONE:
        message = (
            f"{page.url}: listed by the site, answers {ref.status}; its rows come from the listing"
        )
        return None, Problem("", page.page_id, page.url, Severity.WARNING, "not_obtained", message)
    return None, None


def _leads_elsewhere(site: Site, url: str, target: str) -> bool:
    try:
        return site.canonical(urljoin(url, target)) != url
    except ValueError:
        return True


def _with_state(
    page: PageHarvest, state: PageState | None, captures: list[CaptureRow], problem: Problem | None
) -> PageHarvest:
    records: list[Any] = [
        replace(r, state=state) if state is not None and isinstance(r, Page) else r
        for r in page.records
    ]
    records.extend(captures)
    if problem is not None:
        records.append(problem)
    if any(isinstance(r, Page) and r.url is None for r in records):
        records = [_without_address(r, page.url) for r in records]
    return replace(page, records=tuple(records))


def _without_address(record: Any, url: str) -> Any:
    """A row about a page whose address names a suppressed person, without that address."""
    if isinstance(record, CaptureRow):
        return replace(record, url=None)
    if isinstance(record, Problem):
        return replace(record, url=None, message=record.message.replace(url, record.page_id or ""))
    return record


def _capture_rows(
    archive: Archive,
    page: PageHarvest,
    versions: list[Version],
    code: str,
    stated: tuple[RestEntry, str, str] | None,
) -> list[CaptureRow]:
    """The stored answers behind a page: each body of its own, and the REST answer it leans on."""
    rows: dict[tuple[str, str], CaptureRow] = {}
    for version in versions:
        if version.source is page.source:
            rows[version.url, version.digest] = _capture_row(
                page.page_id, version, 200, code, version.first_seen, version.last_seen
            )
    if stated is not None:
        entry, first_seen, last_seen = stated
        for ref in archive.by_digest(entry.digest)[:1]:
            rows[ref.url, ref.digest] = _capture_row(
                page.page_id, ref, ref.status, code, first_seen, last_seen
            )
    return [rows[key] for key in sorted(rows)]


def _capture_row(
    page_id: str,
    body: CaptureRef | Version,
    status: int,
    code: str,
    first_seen: str,
    last_seen: str,
) -> CaptureRow:
    return CaptureRow(
        capture_id=short_hash(f"{page_id} {body.url} {body.digest}", 16),
        page_id=page_id,
        url=body.url,
        status=status,
        digest=body.digest,
        fetched_at=datetime.fromisoformat(first_seen),
        last_seen=datetime.fromisoformat(last_seen),
        warc_file=body.warc_file,
        warc_offset=body.warc_offset,
        code_version=code,
    )


def as_edition(page: PageHarvest, edition: int) -> PageHarvest:
    """An earlier edition under the same address, every id of its rows renamed with it."""
    old, new = page.page_id, f"{page.page_id}~{edition}"

    def renamed(value: Any) -> Any:
        if isinstance(value, str) and (value == old or value.startswith(old + ".")):
            return new + value[len(old) :]
        return value

    records = tuple(
        replace(
            r,
            **{
                f.name: renamed(getattr(r, f.name))
                for f in dataclasses.fields(r)
                if f.name.endswith("_id")
            },
        )
        for r in page.records
    )
    return replace(page, page_id=new, records=records)
