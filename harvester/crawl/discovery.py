"""Which addresses of one site to ask for, in which order; knows neither Scrapy nor the network.

A crawl has two parts: first what lists pages (`FullListing`, or `Night` for what changed), then the
pages. The caller fetches what it is given and brings each answer back; when nothing is under way,
`next_part` says what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property

from harvester.archive.capture import Capture
from harvester.crawl.fetch import Fetch, Purpose
from harvester.crawl.full_listing import FullListing
from harvester.crawl.guard import REDIRECTS, Guard
from harvester.crawl.known import KnownSite
from harvester.crawl.night import Night
from harvester.crawl.patience import Patience
from harvester.crawl.redirects import Redirected, redirect_of
from harvester.pages.addresses import DOCUMENTS, AddressKind, address_kind, site_address
from harvester.pages.links import FoundLinks, leads_to, links, raw_hrefs
from harvester.pages.rest import RestEntry
from harvester.sites import Site

#: Links followed from a seed or listed page, where nothing lists the pages.
MAX_DEPTH = 20

#: Links followed where a listing was complete: what it left out is rare and near.
LISTED_DEPTH = 3

#: Pages that no listing names, fetched at least; beyond it a quarter of what is listed.
UNLISTED = 25

_DOCUMENT_ENDINGS = tuple(f".{name}".encode() for name in sorted(DOCUMENTS))
# What begins something after an address' path, as it is or as a reference ("&amp;").
_BEYOND_PATH = (b"?", b"#", b"&")

# Problems that meet page after page: the first is told.
_ONCE = frozenset({"guard_depth", "unlisted_links", "pagination_stopped"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a page before it is fetched: enough for a spider's rules."""

    url: str
    text: str = ""
    entry: RestEntry | None = None
    seed: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem that discovery met."""

    url: str
    code: str
    message: str


class _Part(Enum):
    LISTING = auto()
    PAGES = auto()
    ARCHIVES = auto()
    MISSING = auto()
    DONE = auto()


def _everything(candidate: Candidate) -> bool:
    return True


def _nothing() -> Iterable[str]:
    return ()


class SiteDiscovery:
    """The addresses of one site, each page once."""

    def __init__(
        self,
        site: Site,
        guard: Guard,
        known: KnownSite,
        *,
        full: bool,
        wants: Callable[[Candidate], bool] = _everything,
        keep_entries: bool = True,
        announced_sitemaps: Callable[[], Iterable[str]] = _nothing,
    ) -> None:
        self.site = site
        self.known = known
        self.full = full
        self.stopped = ""  # why the site is left alone, or ""
        self.faults: list[Fault] = []
        self.entries: dict[str, RestEntry] = {} if full else dict(known.entries)
        self.pages_seen = 0
        self._guard = guard
        self._wants = wants
        self._keeps_entries = (
            keep_entries  # a crawl that only archives needs none of a site's texts
        )
        self._announced_sitemaps = announced_sitemaps
        self._listing = self._full_listing() if full else Night(site, known)
        self._part = _Part.LISTING
        self._seen: set[str] = set()
        self._queued: dict[str, Fetch] = {}
        self._unlisted = 0
        self._under_way = 0
        self._patience = Patience()
        self._hrefs: set[bytes] = set()
        self._archive_links: dict[str, None] = {}
        self._lost = 0  # listed pages whose own address gave no page
        self._numbers: set[int] = set()  # WordPress' own numbers of listed entries

    @property
    def ways(self) -> tuple[str, ...]:
        """What was used to find the pages."""
        return tuple(self._listing.ways)

    @property
    def listing_complete(self) -> bool:
        """True where all pages were listed, and the listing was understood."""
        return self.full and self._listing.complete

    @property
    def busy(self) -> bool:
        """Whether fetches are under way."""
        return self._under_way > 0

    def start(self) -> list[Fetch]:
        """The first fetches."""
        if not self.full:
            for page in self.known.owed:
                if not page.redated:
                    self._queue(self.page(page.url, believed=False))
        return self._sent(self._listing.first())

    def answered(self, fetch: Fetch, capture: Capture) -> list[Fetch]:
        """What follows from an answer."""
        self._under_way -= 1
        self._patience.answered()
        if capture.status in REDIRECTS:
            return self._sent(self._redirected(fetch, capture))
        if fetch.purpose is Purpose.PAGE:
            if capture.status != 200:
                self._lost += fetch.key in self._listing.listed
                return []
            self.pages_seen += 1
            if self._shows_nothing_new(capture):
                return []
            return self._sent(self._followed(fetch, links(capture, self.site)))
        found = links(capture, self.site) if capture.status == 200 else None
        return self._sent(self._listed(fetch, capture, found))

    def failed(self, fetch: Fetch, code: str) -> list[Fetch]:
        """What follows where there was no answer."""
        self._under_way -= 1
        self._count_failure(code)
        if fetch.purpose is Purpose.PAGE:
            self._lost += fetch.key in self._listing.listed
            return []
        return self._sent(self._listed(fetch, None, None))

    def next_part(self) -> list[Fetch]:
        """What follows when nothing is under way; empty when the site is done."""
        following: list[Fetch] = []
        while not following and not self.busy and not self.stopped:
            match self._part:
                case _Part.LISTING:
                    following = self._sent(self._more_listing())
                    if not following:
                        self._end_listing()
                        self._part = _Part.PAGES
                        following = self._sent(self._pages())
                case _Part.PAGES:
                    self._part = _Part.ARCHIVES
                    following = self._sent(self._recovering())
                case _Part.ARCHIVES:
                    self._part = _Part.MISSING
                    following = self._sent(self._missing())
                case _:
                    self._part = _Part.DONE
                    break
        return following

    def page(self, url: str, *, depth: int = 0, believed: bool = True) -> Fetch:
        """The fetch of a page. ``believed`` is False where the site says that it has changed."""
        key = self.site.canonical(url)
        believed = believed and not self._is_asked_in_full(key)
        return Fetch(self.site.name, url, Purpose.PAGE, key=key, depth=depth, conditional=believed)

    def _is_asked_in_full(self, key: str) -> bool:
        """Whether this crawl believes no 304 of a page: its ETag may lie.

        A full crawl of a site that lists its pages is the one look at most of them in many nights.
        Where nothing lists them every night asks for all, and a full crawl for each second one in full,
        the next for the others.
        """
        if not self.full:
            return False
        return key in self._listing.listed or key in self._turn

    @cached_property
    def _turn(self) -> frozenset[str]:
        """Each second page that is known, one full crawl these, the next one those."""
        return frozenset(sorted(self.known.answers)[self.known.looks % 2 :: 2])

    # Listings

    def _full_listing(self) -> FullListing:
        return FullListing(self.site, self.known, self._announced_sitemaps)

    def _more_listing(self) -> Iterable[Fetch]:
        if self._listing.incomplete:
            # A night whose questions were not answered looks at everything instead.
            message = "a listing was not understood: all is looked at"
            self._fault(self.site.base, "night_incomplete", message)
            self.full = True
            self._listing = self._full_listing()
        return self._listing.next_way()

    def _listed(
        self, fetch: Fetch, capture: Capture | None, found: FoundLinks | None
    ) -> list[Fetch]:
        self._learn(found)
        following = list(self._listing.answered(fetch, capture, found))
        for url, believed in self._listing.take_pages():
            self._queue(self.page(url, believed=believed))
        return following

    def _learn(self, found: FoundLinks | None) -> None:
        """Keep what REST says of pages: of the site's own, as `links` gives no others."""
        for entry in found.entries if found is not None else ():
            self._numbers.add(entry.wordpress_id)
            if self._keeps_entries:
                url = site_address(self.site, entry.url) or entry.url
                self.entries[self.site.canonical(url)] = entry

    def _end_listing(self) -> None:
        for url, believed in self._listing.take_pages():
            self._queue(self.page(url, believed=believed))
        for url in self._listing.take_redated():
            self._queue(self.page(url, believed=False))
        for code, message in self._listing.faults:
            self._fault(self.site.base, code, message)

    # Pages

    def _pages(self) -> Iterator[Fetch]:
        for url in self._seeds():
            if self.full or self.site.canonical(url) not in self.known.answers:
                self._queue(self.page(url), seed=True)
        queued, self._queued = self._queued, {}
        yield from queued.values()

    def _seeds(self) -> Iterator[str]:
        yield from self.site.seeds
        for year in sorted(self.site.editions):
            yield from self.site.editions[year]
        if self.full and "links" in self.ways:
            yield self.site.base

    def _recovering(self) -> Iterator[Fetch]:
        """Archives of posts, where a listed page gave nothing: they may show what it held.

        REST gives the body of every entry itself.
        """
        if self.full and self._lost and "rest" not in self.ways:
            for url in self._archive_links:
                yield self.page(url)

    def _missing(self) -> Iterator[Fetch]:
        """Pages that the archive knows and this crawl has not met: each is asked for its state."""
        for key, ref in self.known.live() if self.full else ():
            if self._wants(Candidate(key, entry=self.entries.get(key))):
                yield self.page(ref.url)

    def _followed(self, fetch: Fetch, found: FoundLinks) -> Iterator[Fetch]:
        """The links of a page that lead further."""
        linked = "links" in self.ways
        if not self.full and not linked:
            return
        if fetch.depth >= (MAX_DEPTH if linked else LISTED_DEPTH):
            if linked and any(self._is_new(link.url) for link in found.pages):
                message = f"links beyond depth {MAX_DEPTH} are not followed"
                self._fault(fetch.url, "guard_depth", message)
            return
        fresh = 0
        for link in found.pages:
            if not self._is_new(link.url):
                continue
            fresh += 1
            candidate = Candidate(link.url, link.text, self.entries.get(link.url))
            if self._wants(candidate) and (linked or self._may_follow_unlisted(link.url)):
                yield self.page(link.url, depth=fetch.depth + 1)
        if linked or self._part is _Part.ARCHIVES:
            yield from self._archives(fetch, found, fresh)
        else:
            self._archive_links |= dict.fromkeys(found.archives)

    def _shows_nothing_new(self, capture: Capture) -> bool:
        """Whether all links of a page stood on earlier pages or lead to known ones: it need not be parsed."""
        hrefs = raw_hrefs(capture)
        if hrefs is None:
            return False
        fresh = hrefs - self._hrefs
        self._hrefs |= fresh
        return all(self._is_met(href, capture) for href in fresh)

    def _is_met(self, href: bytes, capture: Capture) -> bool:
        """Whether a link leads to a page that was met already, or to nothing that is followed."""
        if href.endswith(_DOCUMENT_ENDINGS) and not any(mark in href for mark in _BEYOND_PATH):
            return True
        try:
            if href.decode("ascii") in self._seen:  # most links are spelled as the site lists them
                return True
            found = leads_to(href, capture, self.site)
        except ValueError:
            return False
        if found is None or found[0] is AddressKind.DOCUMENT:
            return True
        return found[0] is AddressKind.PAGE and not self._is_new(found[1])

    def _archives(self, fetch: Fetch, found: FoundLinks, fresh: int) -> Iterator[Fetch]:
        """Archives of posts and their further parts; a part that shows nothing new leads no further."""
        for url in found.archives:
            yield self.page(url, depth=fetch.depth + 1)
        if fresh or address_kind(fetch.key) is not AddressKind.PAGINATION:
            for url in found.paginations:
                yield self.page(url, depth=fetch.depth + (0 if fresh else 1))
        elif any(self._is_new(url) for url in found.paginations):
            message = "a part of an archive that shows nothing new"
            self._fault(fetch.url, "pagination_stopped", message)

    def _may_follow_unlisted(self, url: str) -> bool:
        """A few pages that no listing names are fetched too; shortlinks of listed ones are not."""
        number = url.rpartition("?p=")[2] if "?p=" in url else url.rpartition("?page_id=")[2]
        if number.isdigit() and int(number[:12]) in self._numbers:
            return False
        bound = max(UNLISTED, len(self._listing.listed) // 4)
        if self._unlisted >= bound:
            message = f"more than {bound} links to pages that no listing names"
            self._fault(self.site.base, "unlisted_links", message)
            return False
        self._unlisted += 1
        return True

    def _redirected(self, fetch: Fetch, capture: Capture) -> Iterator[Fetch]:
        """Where a redirect leads, inside the guard; a listing that leads nowhere has failed."""
        target = redirect_of(fetch, capture, self.site, self._guard)
        if not isinstance(target, Redirected):
            self._fault(fetch.asked_for, target.code, target.message)
            if fetch.purpose is not Purpose.PAGE:
                yield from self._listed(fetch, capture, None)
            return
        trail = (*fetch.trail, self.site.canonical(fetch.url))
        following = replace(fetch, url=target.url, trail=trail)
        if fetch.purpose is not Purpose.PAGE:
            yield following
        elif target.key in trail:
            yield following  # another spelling of the page, or a loop, which the bound ends
        elif target.key not in self._seen:
            self._seen.add(target.key)
            if target.is_page:
                yield following

    # Keeping count

    def _queue(self, fetch: Fetch, *, seed: bool = False) -> None:
        """Keep a page for when the listings are done, where the spider wants it."""
        waiting = self._queued.get(fetch.key)
        if waiting is not None:
            if waiting.conditional and not fetch.conditional:
                self._queued[fetch.key] = fetch
        elif self._wants(Candidate(fetch.key, entry=self.entries.get(fetch.key), seed=seed)):
            self._queued[fetch.key] = fetch

    def _is_new(self, url: str) -> bool:
        if url in self._seen:
            return False
        return self.full or url not in self.known.answers

    def _sent(self, fetches: Iterable[Fetch]) -> list[Fetch]:
        """The fetches that are new, within the bound of pages a run; they are under way now."""
        sent = []
        for fetch in fetches:
            if self.stopped:
                break
            if fetch.purpose is Purpose.PAGE and not fetch.trail:
                if fetch.key in self._seen:
                    continue
                if len(self._seen) >= self.site.max_pages:
                    message = (
                        f"{self.site.max_pages} pages: raise max_pages in the profile for more"
                    )
                    self._stop("guard_pages", message)
                    break
                self._seen.add(fetch.key)
            sent.append(fetch)
        self._under_way += len(sent)
        return sent

    def _count_failure(self, code: str) -> None:
        if code == "robots_unavailable":
            self.stopped = self.stopped or code
            return
        failures = self._patience.failed(code)
        if failures is not None:
            self._stop(
                "site_stopped", f"left alone for this run after {failures} failures in a row"
            )

    def _stop(self, code: str, message: str) -> None:
        if not self.stopped:
            self.stopped = code
            self._fault(self.site.base, code, message)

    def _fault(self, url: str, code: str, message: str) -> None:
        if code not in _ONCE or not any(fault.code == code for fault in self.faults):
            self.faults.append(Fault(url, code, message))
