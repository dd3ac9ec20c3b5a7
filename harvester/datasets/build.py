"""From the archive to a release: extract, select, link, check, write."""

from __future__ import annotations

import hashlib
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
from harvester.datasets.cores import cores
from harvester.datasets.coverage import write_coverage
from harvester.datasets.diff import CauseOf
from harvester.datasets.drift import COMPARED, drift_problems
from harvester.datasets.identity import decisions_digest, program_digest
from harvester.datasets.info import ReleaseInfo, dependency_versions
from harvester.datasets.kept_rows import Ground as KeptGround
from harvester.datasets.kept_rows import with_kept_rows
from harvester.datasets.release import AddFiles, Built, Releases
from harvester.datasets.shaping import shaped_tables
from harvester.datasets.suppressing import suppress_joined
from harvester.datasets.withholding import quote_redaction, suppression_marks
from harvester.errors import CheckFailedError
from harvester.extraction.extractor import ExtractReport, bring_up_to_date, context_version
from harvester.extraction.pools import LocalPools
from harvester.extraction.providers import Providers, film_states, provider_facts
from harvester.extraction.selection import archive_problems, selected_pages
from harvester.extraction.store import ExtractStore, with_store
from harvester.harvest import HarvestContext
from harvester.linking import LinkContext, Linked, link
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
    pools: LocalPools | None = None,
    force: bool = False,
    public: bool = False,
    progress: Progress | None = None,
    add_files: AddFiles | None = None,
) -> BuildReport:
    """Extract what is new in the archive and release it, unless no content changed.

    A ``public`` release has no full texts and nobody who is only mentioned. Spellings by which the
    pages name a suppressed person, and which linking alone could join, are suppressed as well.
    ``add_files`` writes what lies above the tables (the gallery) into the staged release. ``pools``
    extracts in place of ``workers`` new processes, and is closed then.

    Raises CheckFailedError where a check stops it or the archive is empty, LockedError,
    UnwritableError, ArchiveError; the last release stays in every case.
    """
    with Archive(workspace.archive) as archive:
        newest = _newest_capture(archive)
        if newest is None:
            raise CheckFailedError(
                f"{workspace.archive}: no answer is stored yet; run `harvester run` first"
            )
        known_newest, crew = newest, pools or LocalPools(workers or cores())

        def work(store: ExtractStore) -> BuildReport:
            while True:
                context = workspace.context()
                with crew:  # what follows needs the memory
                    report = bring_up_to_date(
                        archive, store, context, pools=crew, progress=progress
                    )
                build = _Build(workspace, context, archive, store, known_newest, add_files)
                built = build.built(force=force, public=public)
                if built is not None:
                    return BuildReport(report, built)

        return with_store(workspace.extracts, work)


@dataclass(frozen=True, slots=True)
class _Build:
    """One pass from the extracts to a release."""

    workspace: Workspace
    context: HarvestContext
    archive: Archive
    store: ExtractStore
    newest: tuple[datetime, str]
    add_files: AddFiles | None

    def built(self, *, force: bool, public: bool) -> Built | None:
        """The release; None where linking has joined a name to a suppressed person's.

        Then that name is suppressed by now, and the pages have to be read again without it.
        """
        profile, context = self.workspace.profile, self.context
        releases = Releases(self.workspace.output)
        curation = load_curation(profile.name, self.workspace.output)
        info = release_info(context, self.archive, curation, self.newest[0], public=public)
        last = releases.base_of(public=public)
        redact = quote_redaction(context, last)
        pages = selected_pages(self.archive, self.store, context)
        if last is not None:
            kept = KeptGround(last, self.archive, self.store, context, redact)
            pages = with_kept_rows(pages, kept)
        with (
            tempfile.TemporaryDirectory(dir=self.workspace.output, prefix=".linking-") as scratch,
            link(pages, self._link_context(Path(scratch), curation)) as linked,
        ):
            if suppress_joined(self.workspace, linked.hidden_names):
                return None
            ground = Ground(
                self.archive, self.store, context, curation, Path(scratch), public=public
            )
            with _causes(last, info, ground) as cause_of:
                return releases.build(
                    self._tables(linked, last, public=public),
                    info,
                    bounds=load_bounds(profile.name),
                    cause_of=cause_of,
                    redact=redact,
                    add_files=self._add_files,
                    keep=profile.keep,
                    force=force,
                )

    def _tables(
        self, linked: Linked, last: Path | None, *, public: bool
    ) -> dict[str, Iterable[Any]]:
        tables: dict[str, Iterable[Any]] = dict(linked.tables())
        problems = _with_run(
            archive_problems(self.archive, self.store, self.context), self.newest[1]
        )
        tables["problems"] = chain(tables["problems"], problems)
        if not public:  # a public release holds no texts to compare
            found = {name: linked.rows(name) for name in COMPARED}
            drift = drift_problems(found, last, registered=self._registered())
            tables["problems"] = chain(tables["problems"], _with_run(drift, self.newest[1]))
        shown = {film.film_id for film in linked.rows("films")}
        providers = Providers.of(self.workspace.profile)
        tables["film_states"] = film_states(self.archive, providers, shown)
        return shaped_tables(tables, linked, self.context, public=public)

    def _registered(self) -> dict[str, tuple[int, ...]]:
        """The conference years of each site whose profile registers any."""
        return {
            site.name: tuple(site.editions)
            for site in self.workspace.profile.sites
            if site.editions
        }

    def _add_files(self, staging: Path, last: Path | None) -> None:
        """What a release says of itself beside its tables, and what is shown of it."""
        write_accuracy(staging, self.workspace.output)
        write_coverage(staging)
        if self.add_files is not None:
            self.add_files(staging, last)

    def _link_context(self, scratch: Path, curation: Curation) -> LinkContext:
        return LinkContext(
            scratch=scratch,
            person_key=self.context.person_key,
            run=self.newest[1],
            curation=curation,
            suppressed=self.context.suppressed,
            provider_facts=list(provider_facts(self.archive, Providers.of(self.workspace.profile))),
        )


def _causes(
    last: Path | None, info: ReleaseInfo, ground: Ground
) -> AbstractContextManager[CauseOf | None]:
    return nullcontext() if last is None else cause_finder(last, info, ground)


def release_info(
    context: HarvestContext,
    archive: Archive,
    curation: Curation,
    created: datetime,
    *,
    public: bool = False,
) -> ReleaseInfo:
    """What a release of this archive, program and curation says of itself."""
    dependencies = dependency_versions()
    return ReleaseInfo(
        profile=context.profile.name,
        code_version=f"{__version__} ({context_version(context)})",
        captures_digest=captures_digest(archive),
        created=created,
        dependencies=dependencies,
        program_digest=program_digest(context.profile, dependencies),
        decisions_digest=decisions_digest(curation, context),
        public=public,
        without=suppression_marks(context),
    )


def _with_run(problems: Iterable[Problem], run: str) -> Iterator[Problem]:
    return (p if p.run else replace(p, run=run) for p in problems)


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
