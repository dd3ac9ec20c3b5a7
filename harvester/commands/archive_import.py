"""``harvester archive import``: captures that other tools made become part of the history."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from harvester.archive.imports import import_file
from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.errors import ExitCode, ProfileError


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    source = Path(arguments.file)
    if not source.is_file():
        raise ProfileError(f"{source}: no such file")
    workspace = workspace_of(arguments)
    hosts = [host for site in workspace.profile.sites for host in site.hosts]
    report = import_file(workspace.archive, source, hosts=hosts, run=f"import-{source.name}")
    lines = [str(finding) for finding in report.findings]
    lines.append(
        f"{report.added} captures added, {report.known} already there, {report.other_hosts} of other hosts left out"
        + (f", {len(report.findings)} could not be read" if report.findings else "")
    )
    console.result(asdict(report), *lines)
    return ExitCode.OK
