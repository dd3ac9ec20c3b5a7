"""``harvester extract``: rebuild every row from the archive, without the network."""

from __future__ import annotations

import argparse

from harvester.archive.reader import Archive
from harvester.commands.archive_damage import with_damage_told
from harvester.commands.console import Console, Step
from harvester.commands.scope import workspace_of
from harvester.datasets.cores import cores
from harvester.errors import ExitCode, ProfileError
from harvester.extraction.extractor import ExtractReport, bring_up_to_date
from harvester.extraction.pools import Pools
from harvester.extraction.store import with_store
from harvester.workspace import Workspace


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    pools = _pools(arguments.scheduler)
    with console.progress("extract") as step:
        report = with_damage_told(
            workspace, lambda: _extracted(workspace, arguments.workers or cores(), pools, step)
        )
    console.result(
        {"extracted": report.extracted, "kept": report.kept},
        f"{report.extracted} bodies extracted, {report.kept} already known; `harvester release` makes a release of them",
    )
    return ExitCode.OK


def _extracted(
    workspace: Workspace, workers: int, pools: Pools | None, step: Step
) -> ExtractReport:
    context = workspace.context()
    with Archive(workspace.archive) as archive:
        return with_store(
            workspace.extracts,
            lambda store: bring_up_to_date(
                archive, store, context, workers=workers, progress=step, pools=pools
            ),
        )


def _pools(scheduler: str | None) -> Pools | None:
    """Pools on a Dask scheduler; None for this machine's own processes."""
    if scheduler is None:
        return None
    try:
        from harvester.cluster.dask_pool import pools
    except ImportError as error:
        raise ProfileError(
            f"--scheduler needs the extra `cluster` ({error.name} is missing): `make setup`, or pip install -e '.[cluster]'"
        ) from None
    return pools(scheduler)
