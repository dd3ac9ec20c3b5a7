"""``harvester extract``: rebuild every row from the archive, without the network."""

from __future__ import annotations

import argparse

from harvester.archive.reader import Archive
from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.datasets.build import cores
from harvester.errors import ExitCode
from harvester.extraction.extractor import bring_up_to_date
from harvester.extraction.store import with_store


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    context = workspace.context()
    with Archive(workspace.archive) as archive, console.progress("extract") as step:
        report = with_store(
            workspace.extracts,
            lambda store: bring_up_to_date(
                archive, store, context, workers=arguments.workers or cores(), progress=step
            ),
        )
    console.result(
        {"extracted": report.extracted, "kept": report.kept},
        f"{report.extracted} bodies extracted, {report.kept} already known; `harvester release` makes a release of them",
    )
    return ExitCode.OK
