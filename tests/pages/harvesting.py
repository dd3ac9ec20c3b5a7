"""Invented captures and their rows, with people by name, for the tests of pages."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from harvester.archive.capture import Capture, make_capture
from harvester.harvest import Harvest, HarvestContext, harvest
from harvester.pages.content import PageContent
from harvester.pages.harvested import PageHarvest
from harvester.pages.reader import read_page
from harvester.pages.rest import RestEntry
from harvester.records import table_of
from harvester.sites import Profile, read_profile

KEY = b"tests of pages"
WHEN = datetime(2026, 1, 15, tzinfo=UTC)


def profile(base: str = "https://exempel.example/", **site: Any) -> Profile:
    return read_profile(
        {
            "event": "Exempeldagarna",
            "tags": ["EXD"],
            "site": [{"name": "exempel", "base": base, "hosts": ["www.exempel.example"], **site}],
        },
        name="exempel",
    )


def html_capture(
    html: str | bytes,
    url: str = "https://exempel.example/sida/",
    content_type: str = "text/html; charset=UTF-8",
    status: int = 200,
) -> Capture:
    body = html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html
    return make_capture(url, WHEN, status, [("Content-Type", content_type)], body)


def json_capture(
    data: Any, url: str = "https://exempel.example/wp-json/wp/v2/posts?per_page=100"
) -> Capture:
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    return make_capture(url, WHEN, 200, [("Content-Type", "application/json")], body)


def context(
    used: Profile | None = None, suppressed: frozenset[str] = frozenset()
) -> HarvestContext:
    return HarvestContext(used or profile(), KEY, suppressed)


def harvested(
    capture: Capture, entry: RestEntry | None = None, used: Profile | None = None
) -> Harvest:
    return harvest(capture, context(used), entry)


def only_page(capture: Capture, entry: RestEntry | None = None) -> PageHarvest:
    """The one page a capture gives; fails with its problems where there is none."""
    result = harvested(capture, entry)
    assert len(result.pages) == 1, result.problems
    return result.pages[0]


def content_of(html: str, url: str = "https://exempel.example/sida/") -> PageContent:
    return read_page(html_capture(html, url), profile().sites[0])


def rows(page: PageHarvest) -> dict[str, list[dict[str, Any]]]:
    """A page's rows by table, with people by name where their rows hold ids."""
    names = {p.person_id: p.name for p in page.people}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in page.records:
        row = asdict(record)
        if "person_id" in row:
            row["person"] = names.get(row["person_id"])
        if "person_ids" in row:
            row["people"] = [names.get(p) for p in row["person_ids"]]
        found[table_of(record)].append(row)
    return found
