"""The recorded pages under `recorded/<layout>/<slug>/`: bytes, address, and what a reader found."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from harvester.archive.capture import Capture, make_capture
from harvester.harvest import Harvest, HarvestContext, harvest
from harvester.pages.harvested import PageHarvest
from harvester.sites import Profile, read_profile
from tests.pages.harvesting import KEY, WHEN, rows

FOLDER = Path(__file__).with_name("recorded")


@dataclass(frozen=True)
class Recorded:
    """One recorded page. ``expected`` was written from the page, not from the program."""

    folder: Path

    @property
    def layout(self) -> str:
        return self.folder.parent.name

    @property
    def name(self) -> str:
        return f"{self.layout}/{self.folder.name}"

    @cached_property
    def meta(self) -> Mapping[str, Any]:
        return tomllib.loads((self.folder / "meta.toml").read_text(encoding="utf-8"))

    @cached_property
    def expected(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(
            (self.folder / "expected.json").read_text(encoding="utf-8")
        )
        return data

    @cached_property
    def capture(self) -> Capture:
        page = next(self.folder.glob("page.*"))
        headers = self.meta["headers"].items()
        return make_capture(self.meta["url"], WHEN, self.meta["status"], headers, page.read_bytes())

    @cached_property
    def profile(self) -> Profile:
        said = self.meta["profile"]
        site = {"name": "exempel", "base": said["base"], "hosts": said["hosts"]}
        return read_profile(
            {"event": said["event"], "tags": said["tags"], "site": [site]}, name="exempel"
        )

    @cached_property
    def harvest(self) -> Harvest:
        return harvest(self.capture, HarvestContext(self.profile, KEY))

    @property
    def page(self) -> PageHarvest:
        assert self.harvest.pages, self.harvest.problems
        return self.harvest.pages[0]

    @cached_property
    def found(self) -> dict[str, Any]:
        """The page's rows in the form of `expected.json`."""
        return readable(self.page, self.harvest)


def readable(page: PageHarvest, harvest: Harvest) -> dict[str, Any]:
    """A page's rows as a reader writes them down: people by name, days as text."""
    tables = rows(page)
    row = tables["pages"][0]
    return {
        "layout": row["layout"],
        "theme": row["theme"],
        "kind": str(row["kind"]),
        "title": row["title"],
        "published": _day(row["published"]),
        "modified": _day(row["modified"]),
        "author": row["author"],
        "categories": list(row["categories"]),
        "edition": row["edition"],
        "text": row["text"].split("\n\n") if row["text"] else [],
        "clips": [
            {"film": c["film_id"], "heading": c["heading"], "people": c["people"]}
            for c in tables["clips"]
        ],
        "people": _people(tables["contributions"]),
        "dates": [
            {
                "raw": d["raw"],
                "first": _day(d["first"]),
                "last": _day(d["last"]),
                "kind": str(d["kind"]),
            }
            for d in tables["dates"]
        ],
        "documents": [{"url": d["url"], "title": d["title"]} for d in tables["documents"]],
        "links": [
            {"url": r["url"], "title": r["title"], "kind": str(r["kind"])} for r in tables["links"]
        ],
        "items": [_item(p) for p in harvest.pages[1:]],
    }


def _people(contributions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who took part, in order of mention; a person named in several places once for each part."""
    found: list[dict[str, Any]] = []
    for row in contributions:
        person = {
            "name": row["person"],
            "role": row["role"],
            "organisation": row["organisation"],
            "took_part_as": str(row["took_part_as"]),
        }
        if person not in found:
            found.append(person)
    return found


def _item(page: PageHarvest) -> dict[str, Any]:
    row = rows(page)["pages"][0]
    return {
        "url": page.url,
        "title": row["title"],
        "published": _day(row["published"]),
        "source": page.source.name,
    }


def _day(value: Any) -> str | None:
    return None if value is None else str(value)


def recorded_pages() -> list[Recorded]:
    return [Recorded(f.parent) for f in sorted(FOLDER.glob("*/*/meta.toml"))]
