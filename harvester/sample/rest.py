"""What a sample site answers under `/wp-json/`, in WordPress' own form."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from harvester.sample.answer import Answer
from harvester.sample.content import Category, Entry, Site
from harvester.sample.rest_rows import (
    Json,
    author_row,
    category_row,
    entry_row,
    index_object,
    namespace_object,
    type_object,
)

Query = Mapping[str, str]

_TYPES = {"posts": "post", "pages": "page"}
_ORDERS: Mapping[str, Callable[[Entry], Any]] = {
    "date": lambda e: (e.date, e.id),
    "modified": lambda e: (e.modified, e.id),
    "id": lambda e: e.id,
    "slug": lambda e: e.slug,
    "title": lambda e: e.title,
}
_MAX_PER_PAGE = 100


def rest_answer(site: Site, path: str, query: Query) -> Answer:
    """The answer to a REST address; errors are WordPress' JSON errors, never an exception."""
    parts = path.removeprefix("/wp-json").strip("/").split("/")
    if parts == [""]:
        return _json(index_object(site))
    if parts[:2] != ["wp", "v2"]:
        return _no_route()
    match parts[2:]:
        case []:
            return _json(namespace_object(site))
        case ["types"]:
            return _json({name: type_object(site, name) for name in ("post", "page", "attachment")})
        case ["types", ("post" | "page") as name]:
            return _json(type_object(site, name))
        case [("posts" | "pages") as base]:
            return _collection(site, f"wp/v2/{base}", _entries(site, _TYPES[base], query), query)
        case [("posts" | "pages") as base, number]:
            return _single(site, _TYPES[base], number, query)
        case ["categories"]:
            found = [category_row(site, c) for c in _categories(site, query)]
            return _collection(site, "wp/v2/categories", found, query)
        case ["categories", number]:
            known = (c for c in site.categories.values() if str(c.id) == number)
            category = next(known, None)
            if category is None:
                return _error(404, "rest_term_invalid", "Termen finns inte.")
            return _json(_selected(category_row(site, category), query))
        case ["users"]:
            found = [author_row(site, a) for a in site.authors.values()]
            return _collection(site, "wp/v2/users", found, query)
        case ["tags" | "media" | "comments" as base]:
            return _collection(site, f"wp/v2/{base}", [], query)
        case _:
            return _no_route()


def _entries(site: Site, kind: str, query: Query) -> list[Json]:
    found = site.published(kind)
    if "slug" in query:
        found = [e for e in found if e.slug in query["slug"].split(",")]
    if "include" in query:
        found = [e for e in found if str(e.id) in query["include"].split(",")]
    if "exclude" in query:
        found = [e for e in found if str(e.id) not in query["exclude"].split(",")]
    if "categories" in query:
        wanted = query["categories"].split(",")
        found = [
            e for e in found if any(str(site.categories[c].id) in wanted for c in e.categories)
        ]
    for name, moment, keep in (
        ("after", "date", "after"),
        ("before", "date", "before"),
        ("modified_after", "modified", "after"),
        ("modified_before", "modified", "before"),
    ):
        if name in query:
            found = [e for e in found if _beside(getattr(e, moment), query[name], keep)]
    order = _ORDERS.get(query.get("orderby", "date"), _ORDERS["date"])
    found.sort(key=order, reverse=query.get("order", "desc") != "asc")
    return [entry_row(site, e) for e in found]


def _beside(moment: datetime, bound: str, side: str) -> bool:
    """Whether a moment lies after or before a bound; a bound without an offset is local time.

    A bound that is no date keeps everything out, as an error is answered before (`_refused`).
    """
    limit = _moment(bound)
    if limit is None:
        return False
    if limit.tzinfo is None:
        limit = limit.replace(tzinfo=moment.tzinfo)
    return moment > limit if side == "after" else moment < limit


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _collection(site: Site, route: str, found: Sequence[Json], query: Query) -> Answer:
    refused = _refused(query)
    if refused is not None:
        return refused
    per_page, number = int(query.get("per_page", "10")), int(query.get("page", "1"))
    pages = -(-len(found) // per_page)
    if number > max(pages, 1):
        return _error(
            400,
            "rest_post_invalid_page_number",
            "Det begärda sidnumret är större än antalet tillgängliga sidor.",
        )
    shown = found[(number - 1) * per_page : number * per_page]
    headers = [("X-WP-Total", str(len(found))), ("X-WP-TotalPages", str(pages))]
    for relation, target in (("prev", number - 1), ("next", number + 1)):
        if 1 <= target <= pages:
            address = f"{site.base}/wp-json/{route}?{urlencode({**query, 'page': target})}"
            headers.append(("Link", f'<{address}>; rel="{relation}"'))
    return _json([_selected(row, query) for row in shown], headers=tuple(headers))


def _refused(query: Query) -> Answer | None:
    """The error for parameters WordPress refuses, or None."""
    wrong = [
        name
        for name, highest in (("per_page", _MAX_PER_PAGE), ("page", None))
        if name in query and not _whole_number(query[name], highest)
    ]
    wrong += [
        name
        for name in ("after", "before", "modified_after", "modified_before")
        if name in query and _moment(query[name]) is None
    ]
    if query.get("orderby", "date") not in _ORDERS:
        wrong.append("orderby")
    if query.get("status", "publish") != "publish":  # only who is logged in may ask for others
        wrong.append("status")
    if query.get("context", "view") == "edit":
        return _error(401, "rest_forbidden_context", "Du saknar behörighet att redigera.")
    if wrong:
        message = "Ogiltig(a) parameter(rar): " + ", ".join(wrong)
        return _error(400, "rest_invalid_param", message)
    return None


def _whole_number(text: str, highest: int | None) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= (highest or 10**9)


def _single(site: Site, kind: str, number: str, query: Query) -> Answer:
    entry = site.entry_by_id(int(number)) if _whole_number(number, None) else None
    if entry is None or entry.type != kind or entry.status == "trash":
        return _error(404, "rest_post_invalid_id", "Ogiltigt inläggs-ID.")
    if not entry.public:
        return _error(401, "rest_forbidden", "Du saknar behörighet att göra detta.")
    return _json(_selected(entry_row(site, entry), query))


def _categories(site: Site, query: Query) -> list[Category]:
    """Categories that hold a post or not, by name, as WordPress orders them."""
    found = sorted(site.categories.values(), key=lambda c: c.name.casefold())
    if "slug" in query:
        found = [c for c in found if c.slug in query["slug"].split(",")]
    if query.get("hide_empty") in ("1", "true"):
        found = [c for c in found if site.posts_in(c.slug)]
    return found


def _selected(row: Json, query: Query) -> Json:
    """The fields that `_fields` names (nested ones with a point), or all of them."""
    if "_fields" not in query:
        return row
    chosen: Json = {}
    for name in filter(None, query["_fields"].split(",")):
        outer, _, inner = name.partition(".")
        if outer not in row:
            continue
        if inner and isinstance(row[outer], dict):
            if inner in row[outer]:
                chosen.setdefault(outer, {})[inner] = row[outer][inner]
        else:
            chosen[outer] = row[outer]
    return chosen


def _no_route() -> Answer:
    return _error(404, "rest_no_route", "Ingen rutt matchade adressen och metoden.")


def _error(status: int, code: str, message: str) -> Answer:
    return _json({"code": code, "message": message, "data": {"status": status}}, status=status)


def _json(value: object, *, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    body = json.dumps(value, separators=(",", ":")).replace("/", "\\/").encode("ascii")
    common = (("X-Robots-Tag", "noindex"), ("X-Content-Type-Options", "nosniff"), ("Allow", "GET"))
    return Answer(status, "application/json; charset=UTF-8", body, common + headers)
