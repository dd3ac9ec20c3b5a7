"""Extraction: whatever the archive holds and the store does not yet know is harvested."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from harvester.archive.capture import Capture
from harvester.archive.reader import Archive
from harvester.archive.ref import CaptureRef
from harvester.errors import ArchiveError
from harvester.extraction.store import Body, Extract, ExtractStore, fingerprint, stamp
from harvester.harvest import EXTRACTOR_VERSION, HarvestContext, harvest
from harvester.pages.links import links
from harvester.pages.rest import RestEntry, read_entries
from harvester.sites import Profile, Site, short_hash

Progress = Callable[[int, int], None]

_BATCH = 16
_PAGES = ("text/html", "application/xhtml+xml", "")
_JSON = ("application/json",)
_XML = ("application/xml", "text/xml")


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """What a pass of extraction did."""

    indexed: int
    extracted: int
    kept: int


@dataclass(frozen=True, slots=True)
class _Task:
    url: str
    digest: str
    entry: RestEntry | None


def context_version(context: HarvestContext) -> str:
    """The version under which extracts are remembered: the extractor's and its context's.

    A changed profile, key or list of suppressed people changes rows as new code does.
    """
    profile = context.profile
    sites = [
        (s.name, s.base, s.hosts, s.timezone, sorted(s.editions.items())) for s in profile.sites
    ]
    hidden = (sorted(context.suppressed), sorted(context.suppressed_forms))
    text = repr((profile.event_names, sites, context.person_key, *hidden))
    return f"{EXTRACTOR_VERSION}-{short_hash(text)}"


def bring_up_to_date(
    archive: Archive,
    store: ExtractStore,
    context: HarvestContext,
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> ExtractReport:
    """Harvest every stored body that the store does not know by this version of code and context.

    Safe to kill: what is done is kept, the same call goes on. Raises ArchiveError where a body
    cannot be read.
    """
    indexed = index_archive(archive, store, context.profile)
    version = context_version(context)
    total = kept = 0
    tasks: list[_Task] = []
    for task in _tasks(store, context.profile):
        total += 1
        if store.has_extract(task.url, task.digest, fingerprint(task.entry), version):
            kept += 1
        else:
            tasks.append(task)
    done = 0
    for finished in _extracted(archive, tasks, context, workers):
        with store.transaction():
            for task, extract in finished:
                store.add_extract(task.url, task.digest, fingerprint(task.entry), version, extract)
        done += len(finished)
        if progress is not None:
            progress(kept + done, total)
    with store.transaction():
        store.drop_other_versions(version)
    return ExtractReport(indexed, done, kept)


def index_archive(archive: Archive, store: ExtractStore, profile: Profile) -> int:
    """Note what is new in the archive: pages' bodies, REST entries, listed addresses."""
    position = _known_position(archive, store)
    count = 0
    refs = archive.captures_since(position)
    while batch := list(islice(refs, 500)):
        with store.transaction():
            for ref in batch:
                _index(archive, store, profile, ref)
            last = batch[-1]
            store.set_state("position", str(last.position))
            store.set_state("record", f"{last.warc_file}:{last.warc_offset}")
        count += len(batch)
    return count


def _known_position(archive: Archive, store: ExtractStore) -> int:
    """Where the last pass ended; from the beginning if the archive's index was made anew since."""
    position = int(store.state("position") or 0)
    if position:
        ref = archive.ref(position)
        if ref is None or f"{ref.warc_file}:{ref.warc_offset}" != store.state("record"):
            with store.transaction():
                store.forget_sightings()
            return 0
    return position


def _index(archive: Archive, store: ExtractStore, profile: Profile, ref: CaptureRef) -> None:
    site = profile.site_of(ref.url)
    if site is None or ref.status != 200:
        return
    if ref.media_type in _PAGES:
        seen = stamp(ref.fetched_at)
        store.add_body(Body(ref.url, ref.digest, seen, seen, ref.warc_file, ref.warc_offset))
    elif ref.media_type in _JSON:
        _index_rest(archive.read(ref.position), store, site, stamp(ref.fetched_at))
    elif ref.media_type in _XML:
        found = links(archive.read(ref.position), site)
        store.add_listed((link.url for link in found.pages), stamp(ref.fetched_at))


def _index_rest(capture: Capture, store: ExtractStore, site: Site, seen: str) -> None:
    for entry in read_entries(capture):
        if site.owns(entry.url):
            url = site.canonical(entry.url)
            store.add_entry(url, site.page_id(url), entry, seen)
            store.add_listed((url,), seen)


def _tasks(store: ExtractStore, profile: Profile) -> Iterator[_Task]:
    """Every body of every address with the REST entry it is read with: the newest for the newest."""
    bodies: list[Body] = []
    for body in store.bodies():
        if bodies and bodies[0].url != body.url:
            yield from _of_address(store, profile, bodies)
            bodies = []
        bodies.append(body)
    if bodies:
        yield from _of_address(store, profile, bodies)


def _of_address(store: ExtractStore, profile: Profile, bodies: list[Body]) -> Iterator[_Task]:
    site = profile.site_of(bodies[0].url)
    if site is None:
        return
    canonical = site.canonical(bodies[0].url)
    newest = max(bodies, key=lambda b: (b.last_seen, b.first_seen, b.digest))
    for body in bodies:
        entry = (
            store.entry(canonical)
            if body is newest
            else store.entry(canonical, until=body.last_seen)
        )
        yield _Task(body.url, body.digest, entry)


def _extracted(
    archive: Archive, tasks: list[_Task], context: HarvestContext, workers: int
) -> Iterator[list[tuple[_Task, Extract]]]:
    batches = [tasks[n : n + _BATCH] for n in range(0, len(tasks), _BATCH)]
    if workers <= 1 or len(batches) <= 1:
        for batch in batches:
            yield list(
                zip(batch, (_extract(archive, task, context) for task in batch), strict=True)
            )
        return
    remaining = list(enumerate(batches))
    while remaining:
        done: set[int] = set()
        try:
            with ProcessPoolExecutor(
                workers, initializer=_open_archive, initargs=(archive.folder, context)
            ) as pool:
                results = pool.map(_extract_batch, (batch for _, batch in remaining))
                for (number, batch), extracts in zip(remaining, results, strict=True):
                    done.add(number)
                    yield list(zip(batch, extracts, strict=True))
        except BrokenProcessPool:
            # A worker was killed: what it had in hand is done again by new ones.
            if not done:
                workers = 1
        remaining = [(n, batch) for n, batch in remaining if n not in done]
        if workers == 1 and remaining:
            yield from _extracted(archive, [t for _, batch in remaining for t in batch], context, 1)
            return


_worker: tuple[Archive, HarvestContext] | None = None


def _open_archive(folder: Path, context: HarvestContext) -> None:
    global _worker  # a pool's workers are handed what they share once
    _worker = (Archive(folder), context)


def _extract_batch(batch: list[_Task]) -> list[Extract]:
    assert _worker is not None
    archive, context = _worker
    return [_extract(archive, task, context) for task in batch]


def _extract(archive: Archive, task: _Task, context: HarvestContext) -> Extract:
    return Extract.of(harvest(stored_capture(archive, task.url, task.digest), context, task.entry))


def stored_capture(archive: Archive, url: str, digest: str) -> Capture:
    """The oldest stored answer of an address with this body. Raises ArchiveError."""
    for ref in archive.by_digest(digest):
        if ref.url == url:
            return archive.read(ref.position)
    raise ArchiveError(
        f"{url}: its stored body {digest[:19]}… is missing from the archive; run `harvester archive verify`"
    )
