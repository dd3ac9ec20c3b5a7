"""What a run leaves in ``runs/<run>/crawl.json``, and what earlier runs left there."""

from __future__ import annotations

import dataclasses
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from harvester.crawl.clock import TOLERANCE, wall
from harvester.errors import UnwritableError

# How a run's name tells its time, to the second.
_NAMED = "%Y%m%dT%H%M%SZ"


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
    """How a crawl went, site by site. Times are UTC, in the archive's order.

    ``ahead`` is how many seconds they are ahead of the system's clock, which had gone back behind the
    newest answer in the archive; ``jump`` by how many it was moved while the crawl ran.
    """

    run: str
    profile: str
    spider: str | None
    started: datetime
    finished: datetime | None
    state: RunState
    sites: tuple[SiteReport, ...]
    signal: int | None = None  # the signal that interrupted it
    ahead: float = 0.0
    jump: float = 0.0

    def site(self, name: str) -> SiteReport:
        """The report of a site; an empty one for a site that was not crawled."""
        return next((s for s in self.sites if s.name == name), SiteReport(name, ""))

    @property
    def system_time(self) -> datetime:
        """When it began by the system's clock: what an age is reckoned from."""
        return self.started - timedelta(seconds=self.ahead)

    @property
    def clock_fault(self) -> str | None:
        """What was wrong with the system's clock, as an end of a sentence; None for nothing."""
        if self.ahead > TOLERANCE.total_seconds():
            return f"the clock is {_span(self.ahead)} behind the newest answer in the archive"
        if abs(self.jump) > TOLERANCE.total_seconds():
            way = "back" if self.jump < 0 else "forward"
            return f"the clock was moved {way} by {_span(abs(self.jump))} meanwhile"
        return None

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
    return f"{moment.astimezone(UTC):{_NAMED}}-{secrets.token_hex(2)}"


def next_run(runs: Path) -> str:
    """A name for a run that sorts after all there are, also where the clock has gone back since."""
    moment = wall()
    for folder in runs.glob("*/"):
        try:
            last = datetime.strptime(folder.name.partition("-")[0], _NAMED).replace(tzinfo=UTC)
        except ValueError:
            continue  # no run's folder
        if last >= moment.replace(microsecond=0):
            moment = last + timedelta(seconds=1)
    return new_run(moment)


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
        ahead=document.get("ahead", 0.0),
        jump=document.get("jump", 0.0),
    )


def _span(seconds: float) -> str:
    """Seconds in the unit a person would tell them in."""
    for unit, size in (("days", 86_400), ("hours", 3_600)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 60:.0f} minutes"
