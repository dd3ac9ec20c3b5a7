"""``harvester run``: crawl what changed, extract beside it, check, release, and say how it went."""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harvester._version import __version__
from harvester.commands.console import Console
from harvester.commands.crawling import crawl_exit_code, crawl_lines, crawled
from harvester.commands.report import write_report
from harvester.commands.scope import workspace_of
from harvester.commands.summary import release_document, release_lines, shown_path
from harvester.crawl.runs import CrawlReport, RunState, as_document, new_run
from harvester.datasets.build import BuildReport, build_release
from harvester.datasets.release import Built
from harvester.errors import CheckFailedError, HarvesterError
from harvester.explorer.gallery import write_gallery
from harvester.extraction.follower import following
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
    run = new_run(datetime.now(UTC))
    console.say(f"harvesting {', '.join(site.base for site in workspace.profile.sites)}")
    with following(workspace, samples=samples), console.progress("crawl") as step:
        report = crawled(
            workspace, arguments.site, step, full=arguments.full, run=run, samples=samples
        )
    crawl_seconds = time.monotonic() - begun
    code = crawl_exit_code(report)
    if report.state is RunState.INTERRUPTED:
        console.result(as_document(report), *crawl_lines(report))
        return code
    try:
        with console.progress("extract") as step:
            build = build_release(
                workspace,
                workers=arguments.workers,
                public=arguments.public,
                progress=step,
                add_files=write_gallery,
            )
    except HarvesterError as error:
        _write_run(workspace, report, None, crawl_seconds, time.monotonic() - begun, error)
        raise
    seconds = time.monotonic() - begun
    document = _write_run(workspace, report, build, crawl_seconds, seconds, None)
    _write_report(console, workspace, build.built, document)
    console.result(document, *_lines(workspace, report, build.built, seconds))
    return code


def _lines(
    workspace: Workspace, report: CrawlReport, built: Built, seconds: float
) -> Iterator[str]:
    """The closing summary, the last line being the verdict."""
    yield from crawl_lines(report)
    if built.new:
        yield from release_lines(built)
    problems = built.rows.get("problems", 0)
    missed = (
        f"; {', '.join(report.missed)} not harvested, its last rows stay" if report.missed else ""
    )
    requests = sum(site.requests for site in report.sites)
    size = sum(site.bytes for site in report.sites)
    what = (
        f"release {built.version}" if built.new else f"nothing new, release {built.version} stays"
    )
    yield (
        f"{'partly' if report.missed else 'fine'}: {what}; {requests} requests, {size:,} bytes, "
        f"{problems} problems, {seconds:.1f} s; {shown_path(workspace.output / 'latest')}{missed}"
    )


def _write_run(
    workspace: Workspace,
    report: CrawlReport,
    build: BuildReport | None,
    crawl_seconds: float,
    seconds: float,
    error: HarvesterError | None,
) -> dict[str, Any]:
    """``run.json``: counts, durations, problems by code, versions; no names of people."""
    document: dict[str, Any] = {
        "run": report.run,
        "profile": workspace.profile.name,
        "verdict": _verdict(report, build, error),
        "crawl": as_document(report),
        "release": release_document(build.built) if build else None,
        "extracted": build.extract.extracted if build else 0,
        "problems": dict(_problems(report)),
        "seconds": {"crawl": round(crawl_seconds, 3), "all": round(seconds, 3)},
        "versions": {"harvester": __version__, "python": platform.python_version()},
        "error": type(error).__name__ if error else None,
    }
    folder = workspace.runs / report.run
    folder.mkdir(parents=True, exist_ok=True)
    beside: Path = folder / "run.json.new"
    beside.write_text(
        json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8"
    )
    beside.replace(folder / "run.json")
    return document


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


def _verdict(report: CrawlReport, build: BuildReport | None, error: HarvesterError | None) -> str:
    if isinstance(error, CheckFailedError):
        return "stopped by a check"
    if build is None:
        return "failed"
    if report.missed:
        return "partly"
    return "released" if build.built.new else "unchanged"


def _problems(report: CrawlReport) -> Counter[str]:
    counts: Counter[str] = Counter()
    for site in report.sites:
        counts.update(site.problems)
    return counts
