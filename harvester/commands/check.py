"""``harvester check``: the checks on a release or a run, and putting an exception on the record."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.datasets import staged
from harvester.datasets.bounds import accept, load_bounds, read_accepted
from harvester.datasets.check_results import REPORT_NAME, CheckResult, Status, read_report
from harvester.datasets.checks import page_checks, run_checks
from harvester.datasets.folders import LATEST, VERSION, named_release, versions_before
from harvester.datasets.release import Releases
from harvester.errors import ExitCode, ProfileError
from harvester.workspace import Workspace


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    if arguments.accept is not None:
        return _accept(arguments, workspace.output, console)
    name, results = _results(workspace, arguments.site, arguments.release)
    wrong = [r for r in results if r.status is not Status.PASSED]
    stopping = [r for r in wrong if r.status is Status.ERROR]
    lines = [f"{r.status}: {r.check}: {r.message}" for r in wrong]
    if arguments.release == "latest":
        lines += _stopped(workspace.output)
    lines.append(
        f"{len(results)} checks on {name}: {len(stopping)} errors, {len(wrong) - len(stopping)} warnings or accepted"
    )
    console.result([asdict(r) for r in results], *lines)
    return ExitCode.CHECK_FAILED if stopping else ExitCode.OK


def _results(workspace: Workspace, site: str, name: str) -> tuple[str, list[CheckResult]]:
    """What was checked, and what came out: a run's staged rows, or a release, that of a run included."""
    run = workspace.runs / name
    of_run = name not in ("", LATEST) and not VERSION.fullmatch(name)
    if of_run and Path(name).name == name and run.is_dir():
        if (run / staged.FOLDER).is_dir():
            return f"run {run.name}", page_checks(staged.staged_tables(run / staged.FOLDER))
        name = _release_of(run)
    folder = named_release(site, workspace.output, name)
    before = versions_before(workspace.output, folder.resolve().name)
    previous = workspace.output / "releases" / before[-1] if before else None
    bounds, accepted = load_bounds(workspace.profile.name), read_accepted(workspace.output)
    return folder.resolve().name, run_checks(folder, bounds, previous, accepted)


def _release_of(run: Path) -> str:
    """The version that a run released. Raises ProfileError where it released none."""
    try:
        document = json.loads((run / "run.json").read_text(encoding="utf-8"))
        return str(document["release"]["release"])
    except (OSError, ValueError, KeyError, TypeError):
        raise ProfileError(
            f"run {run.name} staged no rows and made no release; name a release (`harvester releases`)"
        ) from None


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
