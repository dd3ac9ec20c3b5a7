"""``harvester review``: a sample of a release's values to judge, and what the judgement comes to."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from harvester.archive.reader import Archive
from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.datasets.folders import find_release, release_versions
from harvester.datasets.review import keep_review, read_sheet
from harvester.datasets.review_sheet import write_sheet
from harvester.errors import ExitCode, ProfileError
from harvester.workspace import Workspace


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    if arguments.read:
        return _read(workspace, Path(arguments.read), console)
    release = find_release(arguments.site, workspace.output, "latest")
    if arguments.sample < 1:
        raise ProfileError("--sample: at least one value")
    out = Path(arguments.out or f"review-{release.resolve().name}.csv")
    with Archive(workspace.archive) as archive:
        number = write_sheet(release, archive, arguments.sample, out)
    page = out.with_suffix(".html")
    console.result(
        {"release": release.resolve().name, "values": number, "sheet": str(out), "page": str(page)},
        f"{number} values of release {release.resolve().name} in {out}, to read in {page}",
        f"fill in the column `correct`, then: {_reading(out, arguments)}",
    )
    return ExitCode.OK


def _reading(sheet: Path, arguments: argparse.Namespace) -> str:
    """The command that reads the sheet back, for the same profile and output folder."""
    words = ["harvester", "review", "--read", str(sheet), "--site", arguments.site]
    if arguments.output:
        words += ["--output", arguments.output]
    return shlex.join(words)


def _read(workspace: Workspace, sheet: Path, console: Console) -> int:
    try:
        data = sheet.read_bytes()
    except OSError as error:
        raise ProfileError(f"{sheet}: cannot be read ({error.strerror})") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # as older spreadsheets save
    review = read_sheet(text)
    if review["release"] not in release_versions(workspace.output):
        raise ProfileError(
            f"{sheet}: release {review['release']} is not kept in {workspace.output}"
        )
    path = keep_review(workspace.output, review)
    console.result(review, *_lines(review), f"kept in {path}; the next release ships it")
    return ExitCode.OK


def _lines(review: Mapping[str, Any]) -> Iterator[str]:
    yield f"release {review['release']}: {review['judged']} values judged, {review['left_open']} left open"
    for name, figures in {"all": review["all"], **review["fields"]}.items():
        told = ", ".join(
            f"{kind} {figures[kind]['share']:.3f} ({figures[kind]['low']:.3f}–{figures[kind]['high']:.3f}, n = {figures[kind]['n']})"
            for kind in ("precision", "recall")
            if figures[kind]["n"]
        )
        yield f"  {name}: {told or 'no value judged'}"
