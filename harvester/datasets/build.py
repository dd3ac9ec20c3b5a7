"""From the archive to a release: extract, select, link, check, write."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from harvester._version import __version__
from harvester.archive.reader import Archive
from harvester.curation import Curation, load_curation
from harvester.datasets.accuracy import write_accuracy
from harvester.datasets.bounds import load_bounds
from harvester.datasets.causes import Ground, cause_finder
from harvester.datasets.coverage import write_coverage
from harvester.datasets.diff import CauseOf
from harvester.datasets.identity import decisions_digest, program_digest
from harvester.datasets.info import ReleaseInfo, dependency_versions
from harvester.datasets.release import Built, Releases
from harvester.errors import CheckFailedError
from harvester.extraction.extractor import ExtractReport, bring_up_to_date, context_version
from harvester.extraction.providers import Providers, film_states, provider_facts
from harvester.extraction.selection import archive_problems, selected_pages
from harvester.extraction.store import ExtractStore
from harvester.harvest import HarvestContext
from harvester.linking import LinkContext, link
from harvester.records import Problem
from harvester.workspace import Workspace

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build came to."""

    extract: ExtractReport
    built: Built


def build_release(
    workspace: Workspace,
    *,
    workers: int = 0,
    force: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Extract what is new in the archive and release it, unless no content changed.

    Raises CheckFailedError where a check stops it or the archive is empty, LockedError,
    UnwritableError, ArchiveError; the last release stays in every case.
    """
    context = workspace.context()
    with Archive(workspace.archive) as archive:
        newest = _newest_capture(archive)
        if newest is None:
            raise CheckFailedError(
                f"{workspace.archive}: no answer is stored yet; run `harvester run` first"
            )
        store = ExtractStore(workspace.extracts)
        try:
            report = bring_up_to_date(
                archive, store, context, workers=workers or cores(), progress=progress
            )
            built = _linked_and_built(workspace, context, archive, store, newest, force=force)
        finally:
            store.close()
    return BuildReport(report, built)


def _linked_and_built(
    workspace: Workspace,
    context: HarvestContext,
    archive: Archive,
    store: ExtractStore,
    newest: tuple[datetime, str],
    *,
    force: bool,
) -> Built:
    profile = workspace.profile
    providers = Providers.of(profile)
    curation = load_curation(profile.name, workspace.output)
    info = release_info(context, archive, curation, newest[0])
    with tempfile.TemporaryDirectory(dir=workspace.output, prefix=".linking-") as scratch:
        link_context = LinkContext(
            scratch=Path(scratch),
            person_key=context.person_key,
            run=newest[1],
            curation=curation,
            suppressed=context.suppressed,
            provider_facts=list(provider_facts(archive, providers)),
        )
        with link(selected_pages(archive, store, context), link_context) as linked:
            tables: dict[str, Iterable[Any]] = dict(linked.tables())
            tables["problems"] = chain(
                tables["problems"], _with_run(archive_problems(archive, store, context), newest[1])
            )
            shown = {film.film_id for film in linked.rows("films")}
            tables["film_states"] = film_states(archive, providers, shown)
            releases = Releases(workspace.output)
            ground = Ground(archive, store, context, curation, Path(scratch))
            with _causes(releases.latest, info, ground) as cause_of:
                return releases.build(
                    tables,
                    info,
                    bounds=load_bounds(profile.name),
                    cause_of=cause_of,
                    add_files=lambda staging, _: _add_files(staging, workspace.output),
                    keep=profile.keep,
                    force=force,
                )


def _add_files(staging: Path, output: Path) -> None:
    """What a release says of itself beside its tables."""
    write_accuracy(staging, output)
    write_coverage(staging)


def _causes(
    last: Path | None, info: ReleaseInfo, ground: Ground
) -> AbstractContextManager[CauseOf | None]:
    return nullcontext() if last is None else cause_finder(last, info, ground)


def release_info(
    context: HarvestContext, archive: Archive, curation: Curation, created: datetime
) -> ReleaseInfo:
    dependencies = dependency_versions()
    return ReleaseInfo(
        profile=context.profile.name,
        code_version=f"{__version__} ({context_version(context)})",
        captures_digest=captures_digest(archive),
        created=created,
        dependencies=dependencies,
        program_digest=program_digest(context.profile, dependencies),
        decisions_digest=decisions_digest(curation, context),
    )


def _with_run(problems: Iterable[Problem], run: str) -> Iterator[Problem]:
    return (p if p.run else replace(p, run=run) for p in problems)


def cores() -> int:
    """How many processes extract side by side: one a core this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def captures_digest(archive: Archive) -> str:
    """One digest of all stored bodies: two archives with the same pages have the same."""
    digest = hashlib.sha256()
    for line in _capture_lines(archive):
        digest.update(line.encode())
    return f"sha256:{digest.hexdigest()}"


def _capture_lines(archive: Archive) -> Iterator[str]:
    for ref in archive.refs():
        yield f"{ref.url} {ref.status} {ref.digest}\n"


def _newest_capture(archive: Archive) -> tuple[datetime, str] | None:
    """When the newest answer was fetched, and by which run."""
    newest: tuple[datetime, str] | None = None
    for ref in archive.refs():
        newest = (ref.fetched_at.astimezone(UTC), ref.run)
    return newest
