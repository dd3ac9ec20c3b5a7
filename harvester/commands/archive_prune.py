"""``harvester archive prune``: old bodies go, but never what a kept release rests on."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from harvester.archive.retention import prune
from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.datasets.evidence import captured_digests
from harvester.datasets.release import Releases
from harvester.errors import ExitCode, ProfileError


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    if arguments.keep < 1:
        raise ProfileError("--keep: at least one body of each address is kept")
    workspace = workspace_of(arguments, create=False)
    releases = Releases(workspace.output)
    kept = {
        d
        for release in releases.listed()
        for d in captured_digests(releases.folder / release.version)
    }
    done = prune(workspace.archive, keep=arguments.keep, kept_digests=kept)
    console.result(
        asdict(done), f"{done.dropped} records dropped, {done.bytes_freed:,} bytes freed"
    )
    return ExitCode.OK
