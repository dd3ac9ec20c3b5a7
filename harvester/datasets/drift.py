"""Drift: where a site's pages are read otherwise than in the last release, and who must look.

A theme that changed overnight shows as pages that lose their layout, their fields or their theme.
What the source took away is no drift: only pages that both releases hold are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from harvester.datasets.table_source import ReleaseTables
from harvester.records import Problem, Severity

Tables = Path | Mapping[str, Iterable[Any]]
_Key = TypeVar("_Key", tuple[str, str], tuple[str, str, str])

#: The tables that drift is seen in: all of both releases must be given.
COMPARED = ("pages", "clips", "contributions", "dates", "documents", "problems")

#: Pages of a layout below which nothing is concluded from shares: two of four is chance.
FEW = 5

#: Share of a layout's pages that may be read otherwise, and share of filled fields that may be lost:
#: an edited site changes single pages, a changed theme most of them.
TOLERATED = 0.2

#: Pages that more must be quarantined with one code than before: fewer are told page by page.
QUARANTINED = 3

# Themes that name nothing of the site's own: the REST body, and the generic node.
_FALLBACKS = frozenset(("generic", "rest"))
_PAGE_FIELDS = ("title", "published", "author", "edition", "categories")
_PAGE_COLUMNS = ("page_id", "url", "site", "theme", "layout", "state", "text", *_PAGE_FIELDS)


@dataclass(slots=True)
class _PageRead:
    """How one release read one page."""

    url: str | None  # null where it names a suppressed person
    site: str
    theme: str
    layout: str
    edition: int | None
    filled: set[str] = field(default_factory=set)
    clips: int = 0


@dataclass(slots=True)
class _Read:
    """How one release read its pages, and which it could not read."""

    pages: dict[str, _PageRead]
    quarantined: dict[str, list[tuple[str | None, str | None]]]


def drift_problems(
    tables_now: Tables,
    last_release: Tables | None,
    *,
    registered: Mapping[str, Collection[int]] | None = None,
) -> list[Problem]:
    """A problem for each way in which pages are read worse than in the last release.

    ``registered`` holds the conference years that a site's profile knows, by site: a year shown by
    pages of such a site and registered for none is told as `edition_unknown`. The rows' ``run`` is
    empty. Without a last release only that is judged.
    """
    now = _read(tables_now)
    problems = list(_unknown_editions(now, registered or {}))
    if last_release is not None:
        before = _read(last_release)
        problems += _layouts(now, before)
        problems += _themes(now, before)
        problems += _fields(now, before)
        problems += _quarantine(now, before)
    return problems


def _read(tables: Tables) -> _Read:
    pages: dict[str, _PageRead] = {}
    for row in _rows(tables, "pages", _PAGE_COLUMNS):
        if row["state"] != "live":
            continue
        filled = {name for name in (*_PAGE_FIELDS, "text") if row[name]}
        pages[row["page_id"]] = _PageRead(
            row["url"], row["site"], row["theme"], row["layout"], row["edition"], filled
        )
    for row in _rows(tables, "clips", ("page_id", "film_id", "person_ids")):
        page = pages.get(row["page_id"])
        if page is not None:
            page.clips += 1
            page.filled |= {"clips"}
            page.filled |= {"films"} if row["film_id"] else set()
            page.filled |= {"people of clips"} if row["person_ids"] else set()
    for table, name in (
        ("contributions", "people"),
        ("dates", "dates"),
        ("documents", "documents"),
    ):
        for row in _rows(tables, table, ("page_id",)):
            if row["page_id"] in pages:
                pages[row["page_id"]].filled.add(name)
    quarantined: dict[str, list[tuple[str | None, str | None]]] = defaultdict(list)
    columns = ("code", "page_id", "url", "severity")
    for row in _rows(tables, "problems", columns):
        if row["severity"] == "error" and row["page_id"] and row["page_id"] not in pages:
            quarantined[row["code"]].append((row["page_id"], row["url"]))
    return _Read(pages, quarantined)


def _rows(tables: Tables, table: str, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows of a release or of records, one by one: records may be more than memory holds."""
    if isinstance(tables, Path):
        yield from ReleaseTables(tables).read(table, names).to_pylist()
    else:
        for record in tables.get(table, ()):
            yield {name: getattr(record, name) for name in names}


def _shared(now: _Read, before: _Read) -> Iterator[tuple[str, _PageRead, _PageRead]]:
    for page_id, old in before.pages.items():
        new = now.pages.get(page_id)
        if new is not None:
            yield page_id, old, new


def _fallen(
    held: Counter[_Key], lost: Mapping[_Key, list[tuple[str, _PageRead]]]
) -> Iterator[tuple[_Key, int, list[tuple[str, _PageRead]]]]:
    """What more pages have lost than edits explain: how many held it, and those that lost it."""
    for key, pages in sorted(lost.items()):
        count = held[key]
        if count >= FEW and len(pages) > count * TOLERATED:
            yield key, count, pages


def _layouts(now: _Read, before: _Read) -> Iterator[Problem]:
    """Layouts whose pages are now read by another."""
    held: Counter[tuple[str, str]] = Counter()
    lost: dict[tuple[str, str], list[tuple[str, _PageRead]]] = defaultdict(list)
    for page_id, old, new in _shared(now, before):
        held[old.site, old.layout] += 1
        if new.layout != old.layout:
            lost[old.site, old.layout].append((page_id, new))
    for (site, layout), count, pages in _fallen(held, lost):
        page_id, example = pages[0]
        instead = Counter(page.layout for _, page in pages).most_common(1)[0][0]
        yield _problem(
            "layout_drop", page_id, example.url,
            f"{site}: {len(pages)} of {count} pages are no longer read as {layout}, most as {instead}, "
            f"such as {example.url or page_id}; compare its captures and mend the layout or the theme (docs/layouts.md)",
        )  # fmt: skip


def _themes(now: _Read, before: _Read) -> Iterator[Problem]:
    """Pages whose theme is no longer known: they are read from REST or a generic node."""
    lost: dict[tuple[str, str], list[tuple[str, _PageRead]]] = defaultdict(list)
    for page_id, old, new in _shared(now, before):
        if new.theme in _FALLBACKS and old.theme not in _FALLBACKS:
            lost[new.site, old.theme].append((page_id, new))
    for (site, theme), pages in sorted(lost.items()):
        page_id, example = pages[0]
        yield _problem(
            "theme_unknown", page_id, example.url,
            f"{site}: {len(pages)} pages that were of theme {theme} are of none that is known, such as {example.url or page_id}; "
            "add the new theme to themes.toml (docs/themes.md)",
        )  # fmt: skip


def _fields(now: _Read, before: _Read) -> Iterator[Problem]:
    """Fields that a layout's pages held and hold no longer."""
    held: Counter[tuple[str, str, str]] = Counter()
    lost: dict[tuple[str, str, str], list[tuple[str, _PageRead]]] = defaultdict(list)
    for page_id, old, new in _shared(now, before):
        for name in old.filled:
            key = (old.site, old.layout, name)
            held[key] += 1
            if name not in new.filled:
                lost[key].append((page_id, new))
    for (site, layout, name), count, pages in _fallen(held, lost):
        page_id, example = pages[0]
        yield _problem(
            "field_fill_drop", page_id, example.url,
            f"{site}: {len(pages)} of {count} pages of layout {layout} have lost their {name}, such as {example.url or page_id}; "
            "see whether the page still states it, then mend the selector or the rule that read it",
        )  # fmt: skip


def _quarantine(now: _Read, before: _Read) -> Iterator[Problem]:
    """Reasons for which clearly more pages cannot be read than before."""
    for code, pages in sorted(now.quarantined.items()):
        more = len(pages) - len(before.quarantined.get(code, ()))
        if more >= QUARANTINED:
            page_id, url = next((p for p in pages if p[0] in before.pages), pages[0])
            yield _problem(
                "quarantine_rise", page_id, url,
                f"{more} more pages than in the last release cannot be read ({code}), such as {url or page_id}; "
                "record one with `harvester fixture` and teach it (docs/themes.md)",
            )  # fmt: skip


def _unknown_editions(now: _Read, registered: Mapping[str, Collection[int]]) -> Iterator[Problem]:
    """Conference years that a site shows and the profile does not know."""
    known = {year for years in registered.values() for year in years}
    shown: dict[int, list[tuple[str, _PageRead]]] = defaultdict(list)
    for page_id, page in now.pages.items():
        if page.edition is not None and page.edition not in known and registered.get(page.site):
            shown[page.edition].append((page_id, page))
    for year, pages in sorted(shown.items()):
        page_id, example = min(pages, key=lambda item: item[1].url or "")
        yield _problem(
            "edition_unknown", page_id, example.url,
            f"{example.site}: {len(pages)} pages belong to {year}, such as {example.url or page_id}, and the profile registers "
            "no page for that year; add its documentation under [site.editions]",
        )  # fmt: skip


def _problem(code: str, page_id: str | None, url: str | None, message: str) -> Problem:
    return Problem("", page_id, url, Severity.WARNING, code, message)
