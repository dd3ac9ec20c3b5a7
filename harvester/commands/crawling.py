"""A crawl as verbs run it: progress for a person, a verdict, an exit code."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from harvester.commands.console import Step
from harvester.crawl.process import crawl
from harvester.crawl.runs import CrawlReport, RunState
from harvester.errors import ExitCode, UnreachableError
from harvester.sites import Profile
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
    log: Callable[[Mapping[str, Any]], None] | None = None,
) -> CrawlReport:
    """Crawl a workspace's sites; ``log`` is told each event. Raises UnreachableError where none answered."""
    seen = 0
    hint = missing_contact(workspace.profile)
    if hint is not None and log is None:
        print(f"harvester: {hint}", file=sys.stderr)

    def on_event(event: Mapping[str, Any]) -> None:
        nonlocal seen
        if log is not None:
            log(event)
        if event["event"] == "taken_over" and log is None:
            print(f"harvester: {event['message']}", file=sys.stderr)
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
        sample = (
            ""
            if profile == "sample"
            else "; to see a harvest without a network: harvester run --site sample"
        )
        raise UnreachableError(
            f"no site could be reached ({hosts}); nothing was changed, try again later{sample}"
        )
    return report


def missing_contact(profile: Profile) -> str | None:
    """What to say where a live site would not learn whom to write to; None where it does."""
    live = any(not site.allow_private for site in profile.sites)
    if not live or os.environ.get("HARVESTER_CONTACT"):
        return None
    return (
        "HARVESTER_CONTACT is not set: name a mail or web address of yours there, so that the sites' "
        "owners can reach you"
    )


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
    if report.clock_fault is not None:
        yield f"{report.clock_fault}; answers are stamped in the order they came"
    if report.state is RunState.INTERRUPTED:
        yield "interrupted; nothing is lost, the same command goes on"
