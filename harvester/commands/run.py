"""``harvester run``: crawl what changed, extract beside it, check, release, and say how it went."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harvester.commands.archive_damage import tell_on_stderr, with_damage_told
from harvester.commands.console import Console
from harvester.commands.crawling import crawl_exit_code, crawl_lines, crawled, missing_contact
from harvester.commands.event_log import EventLog
from harvester.commands.report import write_report
from harvester.commands.run_record import RunRecord, remove_old_runs
from harvester.commands.scope import workspace_of
from harvester.commands.summary import release_lines, shown_path
from harvester.crawl.runs import CrawlReport, RunState, next_run, read_report
from harvester.datasets.build import build_release
from harvester.datasets.cores import cores
from harvester.datasets.release import Built
from harvester.errors import HarvesterError
from harvester.explorer.gallery import write_gallery
from harvester.extraction.follower import following
from harvester.extraction.pools import LocalPools
from harvester.profiling import join_parts, require_writable, sampled
from harvester.workspace import Workspace


def main(arguments: argparse.Namespace) -> int:
    if arguments.profile is None:
        return _run(arguments, None)
    target = Path(arguments.profile)
    require_writable(target)
    with tempfile.TemporaryDirectory() as folder:
        try:
            with sampled(Path(folder), "run"):
                return _run(arguments, Path(folder))
        finally:
            join_parts(Path(folder), target)


def _run(arguments: argparse.Namespace, samples: Path | None) -> int:
    """``samples`` is a folder for profiles of this process and its children."""
    console = Console.of(arguments)
    workspace = workspace_of(arguments)
    begun = time.monotonic()
    run = next_run(workspace.runs)
    log = EventLog(workspace.profile, run, wanted=arguments.log_json)
    console.say(f"harvesting {', '.join(site.base for site in workspace.profile.sites)}")
    log.tell("run_started", profile=workspace.profile.name)
    record = RunRecord(workspace, run)
    try:
        return with_damage_told(
            workspace,
            lambda: _harvested(arguments, console, record, log, samples),
            log.damage if arguments.log_json else tell_on_stderr,
        )
    except HarvesterError as error:
        record.crawl = record.crawl or read_report(workspace.runs / run)
        record.seconds = time.monotonic() - begun
        if record.crawl is not None:  # else another run holds the lock, and this one was none
            record.write(error)
        log.tell("run_ended", level="error", verdict=record.verdict(error), code=error.exit_code)
        raise


def _harvested(
    arguments: argparse.Namespace,
    console: Console,
    record: RunRecord,
    log: EventLog,
    samples: Path | None,
) -> int:
    workspace, begun = record.workspace, time.monotonic()
    hint = missing_contact(workspace.profile)
    if hint is not None:
        log.tell("no_contact", level="warning", message=hint)
    with LocalPools(arguments.workers or cores()) as pools:
        pools.start(workspace.context(), samples=samples)
        with following(workspace, pools) as follower:
            with console.progress("crawl") as step:
                report = crawled(
                    workspace, arguments.site, step, full=arguments.full, run=record.run,
                    log=log.of_crawl if arguments.log_json else None, samples=samples,
                )  # fmt: skip
            record.crawl, record.crawl_seconds = report, time.monotonic() - begun
            code = crawl_exit_code(report)
            if report.state is not RunState.INTERRUPTED:
                with console.progress("extract") as step:
                    follower.finish(step)
                    record.extracted_beside = follower.extracted
                    record.build = build_release(
                        workspace,
                        pools=pools,
                        public=arguments.public,
                        progress=step,
                        add_files=write_gallery,
                    )
    record.seconds = time.monotonic() - begun
    document = record.write()
    if record.build is not None:
        _write_report(console, workspace, record.build.built, document)
    remove_old_runs(workspace)
    log.tell("run_ended", verdict=document["verdict"], code=code, release=document["release"])
    console.result(document, *_lines(workspace, record, report))
    return code


def _lines(workspace: Workspace, record: RunRecord, report: CrawlReport) -> Iterator[str]:
    """The closing summary, the last line being the verdict."""
    yield from crawl_lines(report)
    if record.build is None:
        return
    built: Built = record.build.built
    if built.new:
        yield from release_lines(built)
    problems = built.rows.get("problems", 0)
    missed = (
        f"; {', '.join(report.missed)} not harvested, its last rows stay" if report.missed else ""
    )
    clock = f"; {report.clock_fault}" if report.clock_fault is not None else ""
    what = (
        f"release {built.version}" if built.new else f"nothing new, release {built.version} stays"
    )
    yield (
        f"{'partly' if report.missed else 'fine'}: {what}; {record.requests} requests, "
        f"{record.bytes:,} bytes, {problems} problems, {record.seconds:.1f} s; "
        f"{shown_path(workspace.output / 'latest')}{missed}{clock}"
    )


def _write_report(
    console: Console, workspace: Workspace, built: Built, document: dict[str, Any]
) -> None:
    """``report.html`` beside ``run.json``; a run is no worse for want of it, so a fault is only said."""
    target = workspace.runs / document["run"] / "report.html"
    try:
        write_report(workspace, built.folder, document, target)
    except HarvesterError as error:
        console.say(f"no report: {error}")
    else:
        console.say(f"report in {shown_path(target)}")
