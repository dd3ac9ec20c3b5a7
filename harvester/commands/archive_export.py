"""``harvester archive export --wacz``: the archive as one file that web-archive players open."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from harvester.archive.wacz import export_wacz
from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.errors import ExitCode


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    done = export_wacz(
        workspace.archive, Path(arguments.wacz), title=f"Harvest of {workspace.profile.name}"
    )
    console.result(
        asdict(done),
        f"{done.records} records of {done.pages} pages in {done.target} ({done.bytes:,} bytes)",
    )
    return ExitCode.OK
