"""``harvester archive verify``: is every stored record whole and true?"""

from __future__ import annotations

import argparse
from dataclasses import asdict

from harvester.archive.folder import Folder
from harvester.archive.repair import set_aside
from harvester.archive.verify import verify
from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.errors import ExitCode


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    findings = list(verify(workspace.archive))
    end = f"{len(findings)} findings" if findings else "the archive is whole: nothing found"
    if findings and arguments.set_aside:
        count = set_aside(Folder(workspace.archive), findings)
        end += f"; {count} damaged answers set aside, the next run fetches them again"
    console.result([asdict(f) for f in findings], *(str(f) for f in findings), end)
    return ExitCode.CHECK_FAILED if findings else ExitCode.OK
