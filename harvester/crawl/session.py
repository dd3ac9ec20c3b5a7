"""One crawl's shared state: profile, archive, what was fetched, what went wrong.

A spider opens a session and every middleware uses it. What is archived is archived here, before any
callback sees it.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from harvester.archive.capture import Capture
from harvester.archive.holder import refuse_other_machine
from harvester.archive.reader import Archive
from harvester.archive.ref import CaptureRef
from harvester.archive.writer import ArchiveWriter, Request
from harvester.crawl.clock import Clock
from harvester.crawl.guard import Guard
from harvester.crawl.known import KnownSite, known_site
from harvester.crawl.locks import HostLocks
from harvester.crawl.runs import (
    CrawlReport,
    RunState,
    SiteReport,
    next_run,
    past_reports,
    write_report,
)
from harvester.errors import HarvesterError
from harvester.sample import SampleServer
from harvester.sites import Profile, Site

#: An interrupted run is taken up within this time; after it the sites are asked anew.
RESUME_WITHIN = timedelta(hours=24)

#: The largest body, decoded: no page of a conference is that long, a gzip bomb is.
MAX_BODY = 20_000_000

# zlib's level while crawling: half of level 6's time for 7 % more bytes, a seventh of it with ISA-L.
_LEVEL = 3


@dataclass(slots=True)
class SiteCount:
    """What a crawl counts of one site while it runs."""

    reached: bool = False
    robots: str = ""
    requests: int = 0
    bytes: int = 0
    fetched: int = 0
    not_modified: int = 0
    resumed: int = 0
    failed: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    robots_sitemaps: list[str] = field(default_factory=list)


class Session:
    """Opened for one run of one spider; `begin` once its locks are held; `close` writes its report."""

    def __init__(
        self,
        profile: Profile,
        output: Path,
        *,
        spider: str | None,
        run: str | None = None,
        full: bool = False,
        progress: Callable[[dict[str, Any]], None] | None = None,
    ) -> None:
        self.run = run or next_run(output / "runs")
        self.output = output
        self.spider = spider
        self._progress = progress
        self._forced_full = full
        refuse_other_machine(output / "locks")  # before the archive is opened: that repairs it
        with ExitStack() as opening:
            self.profile = _with_sample(profile, opening)
            self.guard = Guard(self.profile)
            archive = output / "archive"
            self.writer = opening.enter_context(
                ArchiveWriter(archive, run=self.run, max_body=MAX_BODY, level=_LEVEL)
            )
            self.archive = opening.enter_context(Archive(archive))
            hosts = (host for site in profile.sites for host in site.hosts)
            self.locks = HostLocks(output / "locks", hosts, tell=self._taken_over)
            opening.callback(self.locks.release)
            self._resources = opening.pop_all()
        self.clock = Clock(self.archive.newest_fetch())
        self.counts = {site.name: SiteCount() for site in self.profile.sites}
        #: Whether anything was archived before this run.
        self.has_past = False
        self._past: list[CrawlReport] = []
        self._resume_from: datetime | None = None
        self._begun = False
        #: What made the archive unwritable, once it is; `on_broken` is called then.
        self.broken: HarvesterError | None = None
        self.on_broken: Callable[[], None] = lambda: None
        #: Host names that led to inside addresses; the guarded resolver fills it.
        self.inside_names: set[str] = set()

    def begin(self) -> None:
        """Look at the past and note that this run is under way, the locks being held.

        A run that another one keeps waiting or out has not begun: it leaves no report that a later
        run would take for an interrupted crawl. Raises UnwritableError.
        """
        self.clock = Clock(self.archive.newest_fetch())  # others may have crawled meanwhile
        self.has_past = self.archive.last_position() > 0
        self._past = list(past_reports(self.output / "runs"))
        self._resume_from = self._interrupted_since()
        write_report(self.folder, self._report(RunState.RUNNING, {}))
        self._begun = True

    @property
    def started(self) -> datetime:
        """When this run began, by its own clock."""
        return self.clock.begun

    @property
    def folder(self) -> Path:
        """The run's folder."""
        return self.output / "runs" / self.run

    # The past

    def known(self, site: Site, *, entries: bool = True) -> KnownSite:
        """What the archive knows of a site; without ``entries`` not what REST says of each page."""
        since, before = self._last_full(site), self._resume_from
        known = known_site(self.archive, site, since, before, entries=entries)
        known.looks = sum(report.site(site.name).full for report in self._finished(site))
        return known

    def is_full(self, site: Site) -> bool:
        """Whether this run looks at all of a site: the first, every `full_every`-th, or as asked."""
        if self._forced_full or self.spider is not None:
            return True
        for nights, report in enumerate(self._finished(site)):
            if report.site(site.name).full:
                return nights + 1 >= site.full_every
        return True

    def has_lost_listing(self, site: Site, known: KnownSite) -> bool:
        """Whether what listed a site is no longer stored: a file is missing or was set aside.

        A night would then compare with nothing and find nothing.
        """
        listed = self._newest_full(site)
        if listed is not None and self.archive.lost_listing_since(listed.run):
            return True
        had = listed is not None and listed.site(site.name).listing_complete
        return had and not (known.listed and known.answers and known.has_listing)

    def resumable(self, url: str) -> CaptureRef | None:
        """The lasting answer that an interrupted run got for an address: it is not asked again."""
        if self._resume_from is None:
            return None
        ref = self.archive.latest_ref(url)
        return ref if ref is not None and ref.fetched_at >= self._resume_from else None

    def _last_full(self, site: Site) -> datetime | None:
        """When the last full crawl of a site began, the interrupted runs included that it took up."""
        full = self._newest_full(site)
        if full is None:
            return None
        since = full.started
        for report in self._past[self._past.index(full) + 1 :]:
            if report.spider is None:
                if (
                    report.state is RunState.FINISHED
                    or full.started - report.started > RESUME_WITHIN
                ):
                    break
                since = report.started
        return since

    def _newest_full(self, site: Site) -> CrawlReport | None:
        """The newest whole crawl that looked at all of a site."""
        return next((r for r in self._finished(site) if r.site(site.name).full), None)

    def _finished(self, site: Site) -> Iterator[CrawlReport]:
        """Whole crawls that reached a site and ended by themselves, newest first."""
        for report in self._past:
            whole = report.spider is None and report.state is RunState.FINISHED
            if whole and site.name in report.reached:
                yield report

    def _interrupted_since(self) -> datetime | None:
        """When the first of the runs began that were cut off since the last finished one."""
        since = None
        for report in self._past:
            if report.spider != self.spider:
                continue
            if report.state is RunState.FINISHED or self._is_old(report):
                break
            since = report.started
        return since

    def _is_old(self, report: CrawlReport) -> bool:
        """Whether a run began too long ago to be taken up; a clock that was moved far makes it so too."""
        now = self.clock.begun - self.clock.ahead
        return abs(now - report.system_time) > RESUME_WITHIN

    # What happens

    def store(
        self,
        site: str,
        url: str,
        status: int,
        headers: Iterable[tuple[str, str]],
        body: bytes,
        *,
        request: tuple[tuple[str, str], ...],
        ip_address: str | None,
    ) -> Capture:
        """Archive an answer and give its capture. Raises EncodingError for an undecodable body."""
        count = self.counts[site]
        count.reached = True
        count.bytes += len(body)
        with self._writing():
            stored = self.writer.store(
                url,
                self.clock.now(),
                status,
                headers,
                body,
                request=Request(headers=request),
                ip_address=ip_address,
            )
        if status == 304:
            count.not_modified += 1
        else:
            count.fetched += 1
        self.tell(event="fetched", site=site, url=url, status=status, bytes=len(body))
        return stored.capture

    def failure(self, url: str, code: str, message: str) -> None:
        """Archive a fetch that gave nothing, or another problem of the crawl."""
        with self._writing():
            self.writer.store_failure(url, self.clock.now(), code, message)
        site = self.profile.site_of(url)
        if site is not None:
            self.counts[site.name].problems[code] += 1
        self.tell(event="problem", site=site.name if site else None, url=url, code=code)

    def _taken_over(self, line: str) -> None:
        if self._progress is None:
            logging.getLogger(__name__).warning("%s", line)
        self.tell(event="taken_over", message=line)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """A crawl whose archive cannot be written ends: what it fetched would be lost."""
        try:
            yield
        except HarvesterError as error:
            if self.broken is None:
                self.broken = error
                self.on_broken()
            raise

    def tell(self, **event: Any) -> None:
        """Pass an event on to whoever follows the crawl."""
        if self._progress is not None:
            self._progress(event)

    # The end

    def close(self, state: RunState, sites: dict[str, SiteReport]) -> CrawlReport:
        """Write the run's report, close the archive, free the locks."""
        report = self._report(state, sites, finished=self.clock.now())
        if self._begun and self.broken is None and report.clock_fault is not None:
            self._tell_clock(report)
        try:
            if self._begun:
                with self._writing():
                    write_report(self.folder, report)
        finally:
            self._resources.close()
        return report

    def _tell_clock(self, report: CrawlReport) -> None:
        """A problem for whoever keeps the machine; it is over with the next answer of this address."""
        back = report.ahead > 0 or report.jump < 0
        message = f"{report.clock_fault}; answers are stamped in the order they came"
        with suppress(HarvesterError):
            url = urljoin(self.profile.sites[0].base, "/robots.txt")
            self.failure(url, "clock_went_back" if back else "clock_went_forward", message)

    def release(self) -> None:
        """Let archive, locks and the sample's server go; after `close` there is nothing left to do."""
        self._resources.close()

    def site_report(self, site: Site, **discovered: Any) -> SiteReport:
        """A site's counts together with what discovery says of it."""
        count = self.counts[site.name]
        return SiteReport(
            name=site.name,
            base=site.base,
            reached=count.reached,
            robots=count.robots,
            requests=count.requests,
            bytes=count.bytes,
            fetched=count.fetched,
            not_modified=count.not_modified,
            resumed=count.resumed,
            failed=count.failed,
            problems=dict(sorted(count.problems.items())),
            **discovered,
        )

    def _report(
        self,
        state: RunState,
        sites: dict[str, SiteReport],
        *,
        finished: datetime | None = None,
    ) -> CrawlReport:
        reports = tuple(
            sites.get(site.name) or SiteReport(site.name, site.base) for site in self.profile.sites
        )
        return CrawlReport(
            self.run,
            self.profile.name,
            self.spider,
            self.started,
            finished,
            state,
            reports,
            ahead=round(self.clock.ahead.total_seconds(), 3),
            jump=round(self.clock.jump().total_seconds(), 3) if finished else 0.0,
        )


def _with_sample(profile: Profile, resources: ExitStack) -> Profile:
    """The bundled sample needs a server: it is started here, unless the caller has one already."""
    if profile.name != "sample" or profile.resolve:
        return profile
    server = resources.enter_context(SampleServer())
    return replace(profile, resolve=server.resolve())
