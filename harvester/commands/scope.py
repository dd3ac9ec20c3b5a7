"""What most verbs begin with: the profile and the output folder their arguments name."""

from __future__ import annotations

import argparse
from pathlib import Path

from harvester.sites import load_profile
from harvester.workspace import Workspace, open_workspace


def workspace_of(arguments: argparse.Namespace, *, create: bool = True) -> Workspace:
    """The workspace of ``--site`` and ``--output``. Raises ProfileError, UnwritableError."""
    profile = load_profile(arguments.site)
    return open_workspace(
        profile, Path(arguments.output) if arguments.output else None, create=create
    )
