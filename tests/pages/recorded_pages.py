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
from harvester.pages.summary import readable
from harvester.sites import Profile, read_profile
from tests.pages.harvesting import KEY, WHEN

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


def recorded_pages() -> list[Recorded]:
    return [Recorded(f.parent) for f in sorted(FOLDER.glob("*/*/meta.toml"))]
