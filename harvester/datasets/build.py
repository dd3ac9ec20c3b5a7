"""From the archive to a release: extract, select, link, check, write."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from harvester._version import __version__
from harvester.archive.reader import Archive
from harvester.curation import load_curation
from harvester.datasets.bounds import load_bounds
from harvester.datasets.info import ReleaseInfo
from harvester.datasets.release import AddFiles, Built, Releases
from harvester.errors import CheckFailedError
from harvester.extraction.extractor import ExtractReport, bring_up_to_date, context_version
from harvester.extraction.selection import archive_problems, selected_pages
from harvester.extraction.store import ExtractStore
from harvester.harvest import HarvestContext
from harvester.linking import LinkContext, link
from harvester.records import Problem
from harvester.workspace import Workspace

Progress = Callable[[int, int], None]

#: What a release's bytes depend on beside our own code.
_DEPENDENCIES = (
    "beautifulsoup4",
    "dateparser",
    "lxml",
    "pandas",
    "pyarrow",
    "python-crfsuite",
    "warcio",
    "XlsxWriter",
)


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
    add_files: AddFiles | None = None,
) -> BuildReport:
    """Extract what is new in the archive and release it, unless no content changed.

    ``add_files`` writes what lies above the tables (the gallery) into the staged release.
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
            built = _linked_and_built(
                workspace, context, archive, store, newest, force=force, add_files=add_files
            )
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
    add_files: AddFiles | None,
) -> Built:
    profile = workspace.profile
    info = ReleaseInfo(
        profile=profile.name,
        code_version=f"{__version__} ({context_version(context)})",
        captures_digest=captures_digest(archive),
        created=newest[0],
        dependencies={name: importlib.metadata.version(name) for name in _DEPENDENCIES},
    )
    with tempfile.TemporaryDirectory(dir=workspace.output, prefix=".linking-") as scratch:
        link_context = LinkContext(
            scratch=Path(scratch),
            person_key=context.person_key,
            run=newest[1],
            curation=load_curation(profile.name, workspace.output),
            suppressed=context.suppressed,
        )
        with link(selected_pages(archive, store, context), link_context) as linked:
            tables: dict[str, Iterable[Any]] = dict(linked.tables())
            tables["problems"] = chain(
                tables["problems"], _with_run(archive_problems(archive, store, context), newest[1])
            )
            tables.setdefault("film_states", ())
            return Releases(workspace.output).build(
                tables,
                info,
                bounds=load_bounds(profile.name),
                add_files=add_files,
                keep=profile.keep,
                force=force,
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
