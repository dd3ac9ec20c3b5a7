"""``harvester releases``: what there is, and pointing `latest` back."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.datasets.release import Releases
from harvester.datasets.withholding import suppression_marks
from harvester.errors import ExitCode


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    releases = Releases(workspace.output)
    if arguments.rollback is not None:
        without = suppression_marks(workspace.context())
        version = releases.rollback(arguments.rollback or None, without=without)
        console.result({"latest": version}, f"latest is now {version}")
        return ExitCode.OK
    listed = releases.listed()
    lines = [
        f"{'*' if r.latest else ' '} {r.version}  {r.created[:16]}  "
        + ", ".join(f"{r.rows.get(t, 0)} {t}" for t in ("pages", "films", "people"))
        for r in listed
    ]
    console.result([asdict(r) for r in listed], *(lines or ["no release yet"]))
    return ExitCode.OK
