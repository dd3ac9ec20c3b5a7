"""What the archive knows of a site: the memory of an incremental night."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from harvester.archive.reader import Archive
from harvester.archive.ref import CaptureRef
from harvester.crawl.rest_listing import is_rest_url
from harvester.pages.addresses import AddressKind, address_kind, site_address
from harvester.pages.links import AnswerKind, FoundLinks, links
from harvester.pages.rest import RestEntry, statement_hash
from harvester.sites import Site


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page as the listings last named it: its spelling, its last change, when that was first said.

    ``redated`` where the date is all that spoke of a change: a sitemap's word, or a REST entry that says
    the same as before.
    """

    url: str
    changed: str | None
    said_at: datetime
    run: str
    redated: bool = False


@dataclass(slots=True)
class KnownSite:
    """A site's past. Keys are canonical addresses.

    ``listed``, ``entries`` and ``stated`` (the hash of what each entry says) come from listings since the
    last full crawl; ``answers`` are the newest lasting answers of page addresses, each under the address
    asked for.
    """

    listed: dict[str, KnownPage] = field(default_factory=dict)
    entries: dict[str, RestEntry] = field(default_factory=dict)
    stated: dict[str, str] = field(default_factory=dict)
    answers: dict[str, CaptureRef] = field(default_factory=dict)
    routes: tuple[str, ...] = ()
    rest_root: str = ""
    newest: str = ""  # the latest `modified` a REST listing stated, in the site's own time
    sitemaps: dict[str, CaptureRef] = field(default_factory=dict)
    feed: CaptureRef | None = None
    looks: int = 0  # full crawls so far

    @property
    def has_listing(self) -> bool:
        """Whether anything is stored that listed the site: a feed, REST or a sitemap."""
        return bool(self.listed or self.routes or self.sitemaps or self.feed)

    @property
    def owed(self) -> list[KnownPage]:
        """Pages that a listing named and nobody has fetched since, in the order of their keys."""
        return [page for key, page in sorted(self.listed.items()) if self._is_owed(key, page)]

    def is_due(self, key: str, page: KnownPage) -> bool:
        """Whether more than a date speaks for a page that is owed."""
        return not page.redated and self._is_owed(key, page)

    def _is_owed(self, key: str, page: KnownPage) -> bool:
        answer = self.answers.get(key)
        if answer is None:
            return True
        return answer.fetched_at < page.said_at and answer.run != page.run

    def waiting(self, key: str) -> tuple[float, str]:
        """What pages that wait for a look are sorted by: the one looked at longest ago comes first."""
        answer = self.answers.get(key)
        return (answer.fetched_at.timestamp() if answer is not None else 0.0, key)

    def live(self) -> list[tuple[str, CaptureRef]]:
        """Pages whose newest answer was a page, ordered by address."""
        return [(key, ref) for key, ref in sorted(self.answers.items()) if 200 <= ref.status < 300]


def known_site(
    archive: Archive,
    site: Site,
    since: datetime | None,
    before: datetime | None = None,
    *,
    entries: bool = True,
) -> KnownSite:
    """What is known of a site; listings before ``since`` (the last full crawl) are not read.

    ``before`` is when an interrupted run began: what followed from its feed may not have happened.
    Without ``entries`` only hashes of what they say are remembered: their bodies are a site's whole text.
    """
    known = KnownSite()
    listings: list[CaptureRef] = []
    feed = site.canonical(site_feed(site))
    for url in archive.urls():
        if not site.owns(url) or site.is_forgotten(url):
            continue
        ref = archive.latest_ref(url)
        if ref is None:
            continue
        if is_rest_url(url) or "xml" in ref.media_type.replace("xhtml", ""):
            if since is not None:
                listings.extend(_bodies(archive, url, since))
            if ref.status == 200 and site.canonical(url) == feed:
                known.feed = ref if before is None else _latest_before(archive, url, before)
            continue
        if url.endswith("/robots.txt") or address_kind(url) not in _PAGES:
            continue
        key = site.canonical(url)
        other = known.answers.get(key)
        if other is None or other.fetched_at < ref.fetched_at:
            known.answers[key] = ref
    for ref in sorted(listings, key=lambda r: (r.fetched_at, r.position)):
        _learn(known, archive, site, ref, entries=entries)
    return known


def site_feed(site: Site) -> str:
    """Where a WordPress has its feed."""
    return site.base + ("" if site.base.endswith("/") else "/") + "feed/"


_PAGES = (AddressKind.PAGE, AddressKind.ARCHIVE, AddressKind.PAGINATION)


def _latest_before(archive: Archive, url: str, before: datetime) -> CaptureRef | None:
    earlier = [ref for ref in archive.refs(url) if ref.fetched_at < before]
    return earlier[-1] if earlier else None


def _bodies(archive: Archive, url: str, since: datetime) -> list[CaptureRef]:
    """The answers of a listing since a time, one for each body: when it was first given."""
    first: dict[str, CaptureRef] = {}
    for ref in archive.refs(url, since=since):
        if ref.status == 200:
            first.setdefault(ref.digest, ref)
    return list(first.values())


def _learn(
    known: KnownSite, archive: Archive, site: Site, ref: CaptureRef, *, entries: bool
) -> None:
    capture = archive.read(ref.position)
    found = links(capture, site)
    if found.kind is AnswerKind.REST_TYPES:
        known.routes = tuple(item.route for item in found.types)
        known.rest_root = ref.url.partition("wp/v2/types")[0]
    same = frozenset[str]()
    if found.kind is AnswerKind.REST_LISTING:
        same = unchanged_entries(known, site, found)
        # A change dated in the future would hide all changes until then.
        latest = (ref.fetched_at + timedelta(days=1)).isoformat()[:19]
        for entry in found.entries:
            key = _key_of(site, entry)
            if entries:
                known.entries[key] = entry
            known.stated[key] = statement_hash(entry)
            if entry.modified_raw <= latest:
                known.newest = max(known.newest, entry.modified_raw)
    elif found.kind is AnswerKind.SITEMAP:
        known.sitemaps[ref.url] = archive.latest_ref(ref.url) or ref
        same = frozenset(known.listed)
    if found.kind in (AnswerKind.REST_LISTING, AnswerKind.SITEMAP):
        for listed in found.listed:
            key = site.canonical(listed.url)
            if site.is_forgotten(key):
                continue
            before = known.listed.get(key)
            if before is None or before.changed != listed.changed:
                redated = key in same and before is not None and not known.is_due(key, before)
                known.listed[key] = KnownPage(
                    listed.url, listed.changed, ref.fetched_at, ref.run, redated
                )


def unchanged_entries(known: KnownSite, site: Site, found: FoundLinks) -> frozenset[str]:
    """The pages of which a REST listing says the same as is known, whatever it says of their change."""
    same = set()
    for entry in found.entries:
        key = _key_of(site, entry)
        if known.stated.get(key) == statement_hash(entry):
            same.add(key)
    return frozenset(same)


def _key_of(site: Site, entry: RestEntry) -> str:
    return site.canonical(site_address(site, entry.url) or entry.url)
