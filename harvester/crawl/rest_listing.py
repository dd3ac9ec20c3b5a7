"""Listing a WordPress through its REST interface: which types there are, then every entry of each.

The interface's own totals are used and not trusted: a listing ends where it gives nothing more, and
one that counts otherwise than it lists is not taken for complete. Parts that it announces are asked for
side by side, as many as the site is asked at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from harvester.crawl.fetch import Fetch, Purpose
from harvester.pages.links import AnswerKind, FoundLinks
from harvester.pages.listings import RestType
from harvester.sites import Site

PER_PAGE = 100

#: Routes of the types that every WordPress has.
MAIN_ROUTES = ("wp/v2/posts", "wp/v2/pages")

#: Parts of one listing asked for at most: more is an endless one.
MAX_PARTS = 1_000

_FIELDS = (
    "id,type,link,slug,status,date,date_gmt,modified,modified_gmt,title,content,categories,"
    "_links,_embedded"
)


def usual_root(site: Site) -> str:
    """Where a WordPress has its REST interface, unless its front page says otherwise."""
    return site.base.rstrip("/") + "/wp-json/"


def types_url(root: str) -> str:
    """Where a REST interface names its content types."""
    return _joined(root, "wp/v2/types", {})


def listing_url(root: str, route: str, number: int, *, modified_after: str | None = None) -> str:
    """One part of a type's listing: by id, or newest change first where a time is given."""
    query = {
        "_fields": _FIELDS,
        "_embed": "wp:term",
        "per_page": str(PER_PAGE),
        "page": str(number),
    }
    if modified_after is None:
        query |= {"orderby": "id", "order": "asc"}
    else:
        query |= {"orderby": "modified", "order": "desc", "modified_after": modified_after}
    return _joined(root, route, query)


def is_rest_url(url: str) -> bool:
    """True for an address of a REST interface, pretty or plain."""
    return "/wp-json/" in url or "rest_route=" in url


@dataclass(slots=True)
class _Route:
    """How far one type's listing is."""

    type: RestType
    total: int | None = None
    count: int = 0
    ids: set[int] = field(default_factory=set)
    expected: int = 1  # parts, by what the answers so far say
    asked: int = 0  # parts
    under_way: int = 0  # parts
    exhausted: bool = False  # a part said that none follows
    ended: bool = False
    closed: bool = False
    fault: str = ""


class RestListing:
    """Lists all public entries. ``usable`` once a listing was understood, ``complete`` when all were."""

    def __init__(self, site: str, root: str, *, at_once: int = 1) -> None:
        self._site = site
        self.root = root
        self._at_once = at_once
        self._routes: dict[str, _Route] = {}
        #: Faults found: problem code and one line.
        self.faults: list[tuple[str, str]] = []

    @property
    def usable(self) -> bool:
        return any(route.count for route in self._routes.values())

    @property
    def complete(self) -> bool:
        """True where every type was listed to its end and counted as it said."""
        routes = self._routes.values()
        return bool(routes) and all(r.ended and not r.fault and not r.closed for r in routes)

    def first(self) -> Fetch:
        """The question that begins."""
        return Fetch(self._site, types_url(self.root), Purpose.TYPES)

    def answered(self, fetch: Fetch, found: FoundLinks | None, status: int) -> Iterator[Fetch]:
        """What to ask next. ``found`` is None where there was no good answer."""
        if fetch.purpose is Purpose.TYPES:
            yield from self._types(found)
        else:
            yield from self._part(self._routes[fetch.route], fetch, found, status)

    def _types(self, found: FoundLinks | None) -> Iterator[Fetch]:
        for item in found.types if found is not None else ():
            if item.route not in self._routes:
                self._routes[item.route] = route = _Route(item)
                yield from self._ahead(route)

    def _part(
        self, route: _Route, fetch: Fetch, found: FoundLinks | None, status: int
    ) -> Iterator[Fetch]:
        route.under_way -= 1
        if found is None or found.kind is not AnswerKind.REST_LISTING or not found.understood:
            self._broken(route, fetch, status)
        else:
            self._good(route, fetch, found)
        if not route.ended:
            yield from self._ahead(route)
            if not route.under_way:
                self._end(route)

    def _good(self, route: _Route, fetch: Fetch, found: FoundLinks) -> None:
        if fetch.number == 1:
            route.total = found.total
            route.expected = min(found.total_pages or 1, MAX_PARTS)
        ids = {entry.wordpress_id for entry in found.entries}
        fresh = ids - route.ids
        route.ids |= ids
        route.count += found.raw_count
        more = found.raw_count >= PER_PAGE or (
            found.raw_count > 0 and (found.total_pages or 0) > fetch.number
        )
        if more and ids and not fresh:
            self._fault(route, f"{route.type.route}: part {fetch.number} repeats earlier entries")
        elif more and fetch.number >= MAX_PARTS:
            self._fault(route, f"{route.type.route}: more than {MAX_PARTS} parts")
        elif more:
            route.expected = max(route.expected, fetch.number + 1)
        else:
            route.exhausted = True

    def _ahead(self, route: _Route) -> Iterator[Fetch]:
        """The parts to ask for by now."""
        while (
            not route.exhausted
            and route.asked < route.expected
            and route.under_way < max(self._at_once, 1)
        ):
            route.asked += 1
            route.under_way += 1
            yield self._fetch(route.type.route, route.asked)

    def _broken(self, route: _Route, fetch: Fetch, status: int) -> None:
        if fetch.number > 1 and status in (400, 404):
            route.exhausted = True  # WordPress' own answer beyond the last part
        elif fetch.number == 1 and status in (400, 401, 403, 404):
            route.closed = route.ended = True
            self.faults.append(("rest_type_closed", f"{route.type.route} answers {status}"))
        elif not route.ended:
            route.ended = True
            route.fault = "listing_incomplete"
            self.faults.append(
                (route.fault, f"{route.type.route}: part {fetch.number} was not read")
            )

    def _end(self, route: _Route) -> None:
        if route.total is not None and route.total != route.count:
            self._fault(
                route, f"{route.type.route} says {route.total} entries and lists {route.count}"
            )
        route.ended = True

    def _fault(self, route: _Route, message: str) -> None:
        if route.ended:
            return  # parts that were under way
        route.ended = True
        route.fault = "rest_total_mismatch"
        self.faults.append((route.fault, message))

    def _fetch(self, route: str, number: int) -> Fetch:
        url = listing_url(self.root, route, number)
        return Fetch(self._site, url, Purpose.LISTING, route=route, number=number)


def _joined(root: str, route: str, query: dict[str, str]) -> str:
    """A route below a root; ``?rest_route=/`` is the root of a site without pretty addresses."""
    mark = "&" if "rest_route=" in root else "?"
    tail = mark + urlencode(query, safe=",:") if query else ""
    return root.rstrip("/") + "/" + route + tail
