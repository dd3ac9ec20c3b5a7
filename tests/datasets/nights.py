"""Real harvests of the bundled sample for tests: crawled over loopback, night by night."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

from harvester.crawl.process import crawl
from harvester.datasets.build import build_release
from harvester.datasets.release import Built
from harvester.sample import SampleServer
from harvester.sites import load_profile
from harvester.workspace import Workspace, open_workspace


def crawled(
    output: Path, *, stage: int = 1, spider: str | None = None, edition: int | None = None
) -> Workspace:
    """An output folder after one crawl of the sample as it stands at a stage."""
    profile = load_profile("sample")
    workspace = open_workspace(profile, output)
    with SampleServer(stage=stage) as server:
        found = dataclasses.replace(profile, resolve=server.resolve())
        crawl("sample", output, spider=spider, edition=edition, profile_override=found)
    return workspace


def released(workspace: Workspace, *, workers: int = 1, force: bool = False) -> Built:
    """The release that the archive gives."""
    return build_release(workspace, workers=workers, force=force).built


def copied(output: Path, target: Path) -> Workspace:
    """A copy of an output folder that a test may change."""
    shutil.copytree(output, target, symlinks=True)
    return open_workspace(load_profile("sample"), target)


def opened(output: Path) -> Workspace:
    """An output folder as it stands."""
    return open_workspace(load_profile("sample"), output)
