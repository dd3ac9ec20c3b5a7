"""What a run leaves in ``runs/<run>/crawl.json``, and what earlier runs left there."""

from __future__ import annotations

import dataclasses
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from harvester.errors import UnwritableError


class RunState(StrEnum):
    RUNNING = "running"  # or killed: nobody wrote how it ended
    FINISHED = "finished"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class SiteReport:
    """How a crawl of one site went.

    ``requests`` counts what was sent, robots.txt and retries included; ``bytes`` bodies as sent.
    ``problems`` counts problem codes. ``listing_complete`` is True where every listing was fetched
    and understood, which alone may say that a page is gone.
    """

    name: str
    base: str
    reached: bool = False
    full: bool = False
    ways: tuple[str, ...] = ()
    listing_complete: bool = False
    robots: str = ""
    requests: int = 0
    bytes: int = 0
    fetched: int = 0
    not_modified: int = 0
    resumed: int = 0
    failed: int = 0
    pages_seen: int = 0
    problems: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """How a crawl went, site by site. Times are UTC."""

    run: str
    profile: str
    spider: str | None
    started: datetime
    finished: datetime | None
    state: RunState
    sites: tuple[SiteReport, ...]
    signal: int | None = None  # the signal that interrupted it

    def site(self, name: str) -> SiteReport:
        """The report of a site; an empty one for a site that was not crawled."""
        return next((s for s in self.sites if s.name == name), SiteReport(name, ""))

    @property
    def reached(self) -> tuple[str, ...]:
        """Names of the sites that answered."""
        return tuple(site.name for site in self.sites if site.reached)

    @property
    def missed(self) -> tuple[str, ...]:
        """Names of the sites that did not."""
        return tuple(site.name for site in self.sites if not site.reached)


def new_run(moment: datetime) -> str:
    """A name for a run that sorts by time: ``20261122T031500Z-1f3a``."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


def write_report(folder: Path, report: CrawlReport) -> None:
    """Write ``crawl.json`` into a run's folder, whole or not at all. Raises UnwritableError."""
    target = folder / "crawl.json"
    beside = target.with_suffix(".json.new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(as_document(report), indent=1) + "\n", encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        raise UnwritableError(
            f"cannot write {target}: {error.strerror}; free space or name another output"
        ) from error


def read_report(folder: Path) -> CrawlReport | None:
    """The report in a run's folder; None where there is none or it cannot be read."""
    try:
        return from_document(json.loads((folder / "crawl.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def past_reports(runs: Path) -> Iterator[CrawlReport]:
    """The reports of all runs of an output folder, newest first."""
    for folder in sorted(runs.glob("*/"), reverse=True):
        report = read_report(folder)
        if report is not None:
            yield report


def as_document(report: CrawlReport) -> dict[str, Any]:
    """The report as JSON holds it."""
    document = dataclasses.asdict(report)
    document["started"] = report.started.isoformat()
    document["finished"] = report.finished.isoformat() if report.finished else None
    return document


def from_document(document: Mapping[str, Any]) -> CrawlReport:
    """The report a JSON document holds. Raises KeyError, TypeError or ValueError for any other."""
    sites = tuple(SiteReport(**{**site, "ways": tuple(site["ways"])}) for site in document["sites"])
    finished = document["finished"]
    return CrawlReport(
        run=document["run"],
        profile=document["profile"],
        spider=document["spider"],
        started=datetime.fromisoformat(document["started"]),
        finished=datetime.fromisoformat(finished) if finished else None,
        state=RunState(document["state"]),
        sites=sites,
        signal=document.get("signal"),
    )
