"""``harvester release``: extract what is new and make a release of it."""

from __future__ import annotations

import argparse

from harvester.commands.archive_damage import with_damage_told
from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.commands.summary import release_document, release_lines
from harvester.datasets.build import build_release
from harvester.errors import ExitCode
from harvester.explorer.gallery import write_gallery


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    with console.progress("extract") as step:
        report = with_damage_told(
            workspace,
            lambda: build_release(
                workspace,
                workers=arguments.workers,
                force=arguments.force,
                public=arguments.public,
                progress=step,
                add_files=write_gallery,
            ),
        )
    console.result(release_document(report.built), *release_lines(report.built))
    return ExitCode.OK
