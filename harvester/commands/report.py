"""``harvester report``: the run's story as one HTML file."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.commands.summary import shown_path
from harvester.datasets.folders import find_release, version_order
from harvester.datasets.publication import writable
from harvester.datasets.release import Releases
from harvester.errors import ExitCode, UnwritableError
from harvester.explorer.report import report_html
from harvester.workspace import Workspace


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    release = find_release(arguments.site, workspace.output, arguments.release)
    version = release.resolve().name
    target = Path(arguments.to) if arguments.to else workspace.output / "report.html"
    write_report(workspace, release, run_of(workspace.runs, version), target)
    console.result(
        {"release": version, "report": str(target), "bytes": target.stat().st_size},
        f"report on release {version}: {shown_path(target)}",
    )
    return ExitCode.OK


def write_report(
    workspace: Workspace, release: Path, run: dict[str, Any] | None, target: Path
) -> None:
    """Writes the report of a release, with the releases before it and a run's summary.

    Raises MissingExtraError without Altair, UnwritableError where the disk refuses.
    """
    version = version_order(release.resolve().name)
    history = [
        (one.version, one.rows)
        for one in Releases(workspace.output).listed()
        if version_order(one.version) <= version
    ]
    text = report_html(release, history=history, run=run)
    if target.is_dir():
        raise UnwritableError(f"{target}: is a folder; name the file to write with --to")
    with writable(target.parent):
        beside = target.with_name(f"{target.name}.new")
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(target)


def run_of(runs: Path, version: str) -> dict[str, Any] | None:
    """The summary of the run that made a release; else the newest run's; None without any."""
    newest: dict[str, Any] | None = None
    for folder in sorted(runs.iterdir(), reverse=True) if runs.is_dir() else ():
        document = _document(folder / "run.json") or _document(folder / "crawl.json")
        if document is None:
            continue
        made = document.get("release") or {}
        if made.get("new") and made.get("release") == version:
            return document
        newest = newest or document
    return newest


def _document(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
