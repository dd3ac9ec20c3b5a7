"""``harvester films refresh``: ask providers whether films still play. Never asked without this verb."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

import pyarrow.parquet as pq

from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.crawl.films import DELAY, ask
from harvester.crawl.runs import next_run
from harvester.datasets.folders import find_release, parquet_path
from harvester.errors import ExitCode, ProfileError, UnreachableError
from harvester.extraction.providers import Providers


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    if arguments.limit < 1:
        raise ProfileError("--limit: ask about at least one film")
    workspace = workspace_of(arguments, create=False)
    profile = workspace.profile
    if all(site.allow_private for site in profile.sites) and not profile.oembed:
        raise ProfileError(
            f"profile {profile.name}: its films are a test's; real providers are not asked about them"
        )
    release = find_release(arguments.site, workspace.output, "latest")
    providers = Providers.of(workspace.profile)
    films = pq.read_table(
        parquet_path(release, "films"), columns=["film_id", "provider", "url"]
    ).to_pylist()
    last = _last_asked(release)
    # Those never asked first, then the longest ago.
    films.sort(key=lambda film: (last.get(film["film_id"], ""), film["film_id"]))
    questions = [q for f in films if (q := providers.question(f["provider"], f["url"]))][
        : arguments.limit
    ]
    delay = (
        0.0
        if all(site.allow_private for site in workspace.profile.sites) and workspace.profile.oembed
        else DELAY
    )
    with console.progress("films") as step:
        done = ask(
            questions,
            workspace.archive,
            next_run(workspace.runs),
            delay=delay,
            progress=lambda n: step(n, len(questions)),
        )
    if done.asked and not done.answered:
        raise UnreachableError(
            "no provider answered; film states stay as they were, try again later"
        )
    end = "; stopped, since the provider did not answer any more" if done.stopped else ""
    console.result(
        asdict(done),
        f"{done.asked} films asked about, {done.answered} answers{end}; `harvester release --force` shows them",
    )
    return ExitCode.OK


def _last_asked(release: Path) -> dict[str, str]:
    rows = pq.read_table(parquet_path(release, "film_states")).to_pylist()
    return {row["film_id"]: str(row["checked_at"]) for row in rows}
