"""``harvester people find``: a person, their spellings, and where each row about them comes from."""

from __future__ import annotations

import argparse

from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.datasets.folders import find_release
from harvester.datasets.person_report import find_persons
from harvester.errors import ExitCode, ProfileError


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    if not arguments.name.strip():
        raise ProfileError("a name is wanted, or a part of one: `harvester people find 'Ylva'`")
    workspace = workspace_of(arguments, create=False)
    release = find_release(arguments.site, workspace.output, "latest")
    found = find_persons(release, arguments.name)
    if not found:
        raise ProfileError(f"nobody called {arguments.name!r} in release {release.resolve().name}")
    lines = []
    for person in found:
        aliases = f" (also {', '.join(person['aliases'])})" if person["aliases"] else ""
        lines.append(
            f"{person['name']}{aliases}  {person['person_id']}  {person['first_edition'] or '?'}–{person['last_edition'] or '?'}"
        )
        for row in person["contributions"]:
            role = ", ".join(part for part in (row["role"], row["organisation"]) if part)
            lines.append(
                f"  {row['took_part_as']:<12} {role or '–'}  {row['url']}  ({row['contribution_id']})"
            )
        lines += [
            f"  maybe the same: {c['name']} {c['person_id']} ({c['reason']})"
            for c in person["candidates"]
        ]
    console.result(found, *lines, f"{len(found)} found")
    return ExitCode.OK
