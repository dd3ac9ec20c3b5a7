"""``harvester archive purge``: the stored answers without the people who are suppressed."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace

from harvester.archive.reader import Archive
from harvester.archive.retention import purge
from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.errors import ExitCode
from harvester.pages.bodies import BodyRedaction
from harvester.privacy import NameFinder
from harvester.workspace import Workspace


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    suppression = workspace.suppression()
    if not suppression.entries:
        console.result({"changed": 0, "dropped": 0}, "nobody is suppressed: nothing to purge")
        return ExitCode.OK
    key = workspace.person_key()
    finder = NameFinder(suppression.forms, key)
    redaction = BodyRedaction(suppression.ids, finder, key, workspace.profile)
    redaction = replace(redaction, naming=_naming_addresses(workspace, redaction))
    done = purge(
        workspace.archive,
        redaction.body,
        address=redaction.address,
        redact_header=redaction.header,
    )
    workspace.forget_extracts()
    console.result(
        asdict(done),
        f"{done.changed} records rewritten, {done.dropped} dropped whose address names a suppressed person and is no page's",
        "`harvester release` builds all rows anew from what is left",
    )
    return ExitCode.OK


def _naming_addresses(workspace: Workspace, redaction: BodyRedaction) -> frozenset[str]:
    """The stored addresses that name somebody who is suppressed."""
    with Archive(workspace.archive) as archive:
        return frozenset(
            ref.url for ref in archive.refs() if redaction.names_person(archive.read(ref.position))
        )
