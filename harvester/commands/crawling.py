"""A crawl as verbs run it: progress for a person, a verdict, an exit code."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from harvester.commands.console import Step
from harvester.crawl.process import crawl
from harvester.crawl.runs import CrawlReport, RunState
from harvester.errors import ExitCode, UnreachableError
from harvester.workspace import Workspace


def crawled(
    workspace: Workspace,
    profile: str,
    step: Step,
    *,
    spider: str | None = None,
    edition: int | None = None,
    url: str | None = None,
    full: bool = False,
    run: str | None = None,
    samples: Path | None = None,
) -> CrawlReport:
    """Crawl a workspace's sites. Raises UnreachableError where none of them answered."""
    seen = 0

    def on_event(event: Mapping[str, Any]) -> None:
        nonlocal seen
        if event["event"] == "fetched":
            seen += 1
            step(seen, 0)

    report = crawl(
        profile,
        workspace.output,
        spider=spider,
        edition=edition,
        url=url,
        full=full,
        progress=on_event,
        run=run,
        samples=samples,
    )
    if not report.reached and report.state is not RunState.INTERRUPTED:
        hosts = ", ".join(site.base for site in workspace.profile.sites)
        hint = (
            ""
            if profile == "sample"
            else "; to see a harvest without a network: harvester run --site sample"
        )
        raise UnreachableError(
            f"no site could be reached ({hosts}); nothing was changed, try again later{hint}"
        )
    return report


def crawl_exit_code(report: CrawlReport) -> int:
    """The exit code a crawl comes to by itself."""
    if report.state is RunState.INTERRUPTED:
        return ExitCode.TERMINATED if report.signal == signal.SIGTERM else ExitCode.INTERRUPTED
    return ExitCode.PARTIAL if report.missed else ExitCode.OK


def crawl_lines(report: CrawlReport) -> Iterator[str]:
    """A crawl as lines, one a site."""
    for site in report.sites:
        if not site.reached:
            yield f"{site.name}: not reached"
            continue
        ways = ", ".join(site.ways) or "no listing"
        yield (
            f"{site.name}: {site.requests} requests, {site.bytes:,} bytes; {site.fetched} fetched, "
            f"{site.not_modified} unchanged, {site.failed} failed; found by {ways}"
        )
    if report.state is RunState.INTERRUPTED:
        yield "interrupted; nothing is lost, the same command goes on"
