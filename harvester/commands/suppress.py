"""``harvester suppress``: a person vanishes from everything that is built, and at once."""

from __future__ import annotations

import argparse
import shutil
from dataclasses import asdict
from datetime import UTC, datetime

from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.datasets.build import build_release
from harvester.datasets.release import Releases
from harvester.datasets.suppressing import suppress
from harvester.errors import ExitCode, HarvesterError, ProfileError
from harvester.workspace import Workspace


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    if not arguments.why.strip():
        raise ProfileError("--why: say why, for whoever reads the file later (no name in it)")
    workspace = workspace_of(arguments, create=False)
    person = suppress(workspace, arguments.person, arguments.why.strip(), datetime.now(UTC).date())
    _remove_reports(workspace)
    lines = [
        f"{person.person_id}: suppressed with {person.names} names and their forms"
        if person.new
        else f"{person.person_id}: suppressed already"
    ]
    if person.new and not person.known:
        lines.append("no release names this person; whatever names them from now on is redacted")
    document = asdict(person) | {"release": None, "removed": []}
    if Releases(workspace.output).latest is not None:
        built = _built(arguments, console)
        document |= {"release": built[0], "removed": built[1]}
        if built[1]:
            lines.append(f"removed for good, as they name the person: {', '.join(built[1])}")
        lines.append(f"release {built[0]} is without the person")
    lines.append(
        "the stored pages still hold the name: `harvester archive purge` rewrites them without it"
    )
    console.result(document, *lines)
    return ExitCode.OK


def _remove_reports(workspace: Workspace) -> None:
    """Reports and staged rows of earlier runs quote pages; what counts of them today is written anew with each run."""
    for report in (workspace.output / "report.html", *workspace.runs.glob("*/report.html")):
        report.unlink(missing_ok=True)
    for staged in workspace.runs.glob("*/staged"):
        shutil.rmtree(staged)


def _built(arguments: argparse.Namespace, console: Console) -> tuple[str, list[str]]:
    """The release without the person, and the older ones that went with it."""
    workspace = workspace_of(arguments, create=False)
    try:
        with console.progress("extract") as step:
            built = build_release(
                workspace,
                workers=arguments.workers,
                public=Releases(workspace.output).latest_is_public,
                progress=step,
            ).built
    except HarvesterError:
        console.say("the person is suppressed, but no release could be made without them yet;")
        console.say("`harvester release` makes it and removes those that name the person")
        raise
    return built.version, list(built.removed)
