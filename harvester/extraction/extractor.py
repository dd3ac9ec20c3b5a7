"""Extraction: whatever the archive holds and the store does not yet know is harvested."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from harvester.addresses import short_hash
from harvester.archive.capture import Capture
from harvester.archive.reader import Archive
from harvester.archive.ref import CaptureRef
from harvester.extraction.pools import LocalPools, Pools
from harvester.extraction.store import Body, ExtractStore, fingerprint, stamp
from harvester.extraction.work import PageTasks, Task, Work
from harvester.harvest import EXTRACTOR_VERSION, HarvestContext
from harvester.pages.links import links
from harvester.pages.rest import RestEntry, read_entries
from harvester.sites import Profile, Site

Progress = Callable[[int, int], None]

#: Bodies handed to a worker at a time: at most, for steps that follow each other for many pages are quick, and at
#: least. Fewer towards the end of what is to do, so that no worker waits long for another.
_LARGEST_BATCH, _SMALLEST_BATCH = 32, 8
_PAGES = ("text/html", "application/xhtml+xml", "")
_JSON = ("application/json",)
_XML = ("application/xml", "text/xml")


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """What a pass of extraction did."""

    indexed: int
    extracted: int
    kept: int


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
    pools: Pools | None = None,
    enough: Callable[[], bool] = lambda: False,
    more: Callable[[], bool] = lambda: False,
) -> ExtractReport:
    """Harvest every stored body that the store does not know by this version of code and context.

    The cost is that of what is new; memory is the same for any number of pages. ``pools`` gives the
    pools that work is handed to in place of ``workers`` local processes. When ``enough`` is true, what
    is under way is finished and the rest left. When all is handed out, ``more`` says whether it has
    found more to do, which is done while the last is under way. What ``progress`` raises ends the
    pass after the pages told. Safe to kill: what is done is kept, the same call goes on. Raises
    ArchiveError where a body cannot be read.
    """
    if pools is None and workers > 1:
        with LocalPools(workers) as own:
            return bring_up_to_date(
                archive, store, context, pools=own, progress=progress, enough=enough, more=more
            )
    indexed = index_archive(archive, store, context.profile)
    version = context_version(context)
    if store.state("version") != version:
        with store.transaction():
            store.want_all()
            store.set_state("version", version)
    total, done = store.count_pending(), 0
    work = Work(archive, context, pools)
    under_way: set[int] = set()
    workers = pools.workers if pools is not None else 1
    rounds = _rounds(store, context.profile, version, workers, under_way, more)
    for pages in work.extracted(takewhile(lambda _: not enough(), rounds)):
        with store.transaction():
            for page in pages:
                for task, extract in page.extracts:
                    store.add_extract(task.url, task.digest, task.fingerprint, version, extract)
            store.done(page.change for page in pages)
        under_way.difference_update(page.change for page in pages)
        done += sum(len(page.extracts) for page in pages)
        if progress is not None:
            progress(done, total)
    if store.state("dropped") != version and not enough():
        with store.transaction():
            store.drop_other_versions(version)
            store.set_state("dropped", version)
    return ExtractReport(indexed, done, store.count_bodies() - done)


def index_archive(archive: Archive, store: ExtractStore, profile: Profile) -> int:
    """Note what is new in the archive: pages' bodies, REST entries, listed addresses."""
    position = _known_position(archive, store)
    count = 0
    refs = archive.captures_since(position)
    while batch := list(islice(refs, 500)):
        with store.transaction():
            _index(archive, store, profile, batch)
            last = batch[-1]
            store.set_state("position", str(last.position))
            store.set_state("record", _mark(archive, last))
        count += len(batch)
    return count


def _known_position(archive: Archive, store: ExtractStore) -> int:
    """Where the last pass ended; from the beginning if the archive's index was made anew since.

    The same where answers were lost, pruned or set aside: bodies that are no longer stored must not
    be asked for.
    """
    position = int(store.state("position") or 0)
    if position:
        ref = archive.ref(position)
        if ref is None or _mark(archive, ref) != store.state("record"):
            with store.transaction():
                store.forget_sightings()
            return 0
    return position


def _mark(archive: Archive, ref: CaptureRef) -> str:
    """By what the last answer that was followed is known again, and all before it with it."""
    return f"{ref.warc_file}:{ref.warc_offset}:{archive.count_until(ref.position)}"


def _index(
    archive: Archive, store: ExtractStore, profile: Profile, refs: Iterable[CaptureRef]
) -> None:
    runs: dict[str, str] = {}
    bodies: list[Body] = []
    for ref in refs:
        seen = stamp(ref.fetched_at)
        runs[ref.run] = max(runs.get(ref.run, ""), seen)
        site = profile.site_of(ref.url)
        if site is None or ref.status != 200:
            continue
        if ref.media_type in _PAGES:
            page_id = site.page_id(ref.url)
            place = (ref.warc_file, ref.warc_offset)
            bodies.append(Body(ref.url, ref.digest, seen, seen, *place, page_id, ref.run))
        elif ref.media_type in _JSON:
            _index_rest(archive.read(ref.position), store, site, seen)
        elif ref.media_type in _XML:
            found = links(archive.read(ref.position), site)
            store.add_listed((link.url for link in found.pages), seen)
    for run, newest in runs.items():
        store.add_run(run, newest)
    store.add_bodies(bodies)


def _index_rest(capture: Capture, store: ExtractStore, site: Site, seen: str) -> None:
    found = [
        (site.canonical(entry.url), site.page_id(entry.url), entry)
        for entry in read_entries(capture)
        if site.owns(entry.url)
    ]
    store.add_entries(found, seen)
    store.add_listed((url for url, _, _ in found), seen)


def _rounds(
    store: ExtractStore,
    profile: Profile,
    version: str,
    workers: int,
    under_way: set[int],
    more: Callable[[], bool],
) -> Iterator[list[PageTasks]]:
    """The batches to extract, again and again for as long as there is more, without changes that are under way."""
    while True:
        yield from _batches(store, profile, version, workers, under_way)
        if not more():
            return


def _batches(
    store: ExtractStore, profile: Profile, version: str, workers: int, under_way: set[int]
) -> Iterator[list[PageTasks]]:
    """The pages to extract, some at a time, each with what of it is not known yet."""
    last, batch, size, left = "", [], 0, store.count_pending()
    while pending := store.pending(last):
        with store.one_look():
            pages = [
                PageTasks(change, _tasks(store, profile, page_id, version))
                for page_id, change in pending
                if change not in under_way
            ]
        for page in pages:
            batch.append(page)
            under_way.add(page.change)
            size += len(page.tasks)
            if size >= min(max(left // (2 * workers), _SMALLEST_BATCH), _LARGEST_BATCH):
                yield batch
                left -= size
                batch, size = [], 0
        last = pending[-1][0]
    if batch:
        yield batch


def _tasks(store: ExtractStore, profile: Profile, page_id: str, version: str) -> tuple[Task, ...]:
    """Every body of a page that is not known yet, with the REST entry it is read with."""
    tasks: list[Task] = []
    for body in store.bodies_of(page_id):
        site = profile.site_of(body.url)
        if site is None:
            continue
        entry = entry_for(store, site.canonical(body.url), body)
        print_ = fingerprint(entry)
        if not store.has_extract(body.url, body.digest, print_, version):
            tasks.append(Task(body.url, body.digest, entry, print_))
    return tuple(tasks)


def entry_for(store: ExtractStore, canonical: str, body: Body) -> RestEntry | None:
    """What REST said of a page by the end of the run that saw this body last.

    A later run that did not look at the page changes none of its rows, though its listing tells of
    it. An address that no run had listed by then takes the oldest word there is. An entry that has
    only another date since the body was first seen keeps the date it had.
    """
    known = store.some_entries(canonical, 2)
    if len(known) < 2:  # of most addresses one thing is said, ever
        return known[0] if known else None
    end = store.end_of_run(body.last_run) or body.last_seen
    entry = store.entry(canonical, until=end) or store.first_entry(canonical)
    return None if entry is None else store.dated_entry(canonical, entry, body.first_seen)
