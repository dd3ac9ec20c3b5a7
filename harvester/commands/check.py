"""``harvester check``: the checks on a release, and putting an exception on the record."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.datasets.bounds import accept, load_bounds, read_accepted
from harvester.datasets.check_results import REPORT_NAME, Status, read_report
from harvester.datasets.checks import run_checks
from harvester.datasets.folders import named_release, versions_before
from harvester.datasets.release import Releases
from harvester.errors import ExitCode, ProfileError


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    if arguments.accept:
        return _accept(arguments, workspace.output, console)
    folder = named_release(arguments.site, workspace.output, arguments.release)
    before = versions_before(workspace.output, folder.resolve().name)
    previous = workspace.output / "releases" / before[-1] if before else None
    results = run_checks(
        folder, load_bounds(workspace.profile.name), previous, read_accepted(workspace.output)
    )
    wrong = [r for r in results if r.status is not Status.PASSED]
    stopping = [r for r in wrong if r.status is Status.ERROR]
    lines = [f"{r.status}: {r.check}: {r.message}" for r in wrong]
    if arguments.release == "latest":
        lines += _stopped(workspace.output)
    lines.append(
        f"{len(results)} checks on {folder.resolve().name}: {len(stopping)} errors, {len(wrong) - len(stopping)} warnings or accepted"
    )
    console.result([asdict(r) for r in results], *lines)
    return ExitCode.CHECK_FAILED if stopping else ExitCode.OK


def _stopped(output: Path) -> list[str]:
    """What stopped the last build that had other content than `latest`, where one was stopped.

    Such a build is no release: nothing but its report is left of it.
    """
    report = output / REPORT_NAME
    if not report.is_file():
        return []
    errors = [r for r in read_report(report) if r.status is Status.ERROR]
    return [f"stopped a newer build: {r.check}: {r.message}" for r in errors]


def _accept(arguments: argparse.Namespace, output: Path, console: Console) -> int:
    """Accept what the last build's report found broken."""
    if not arguments.why:
        raise ProfileError("--accept needs --why REASON")
    report = output / REPORT_NAME
    if not report.is_file():
        raise ProfileError(f"{report}: no report of a build that was stopped; nothing to accept")
    latest = Releases(output).latest
    entry = accept(
        output,
        read_report(report),
        arguments.accept,
        arguments.why,
        latest.name if latest else None,
    )
    console.result(asdict(entry), f"{entry.check} is accepted down to {entry.value:g}: {entry.why}")
    return ExitCode.OK
