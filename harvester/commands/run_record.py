"""``run.json``: what one run did, in figures; no names of people and no addresses of pages."""

from __future__ import annotations

import json
import platform
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from harvester._version import __version__
from harvester.commands.summary import release_document
from harvester.crawl.runs import CrawlReport, RunState, as_document
from harvester.datasets.build import BuildReport
from harvester.datasets.folders import parquet_path
from harvester.errors import CheckFailedError, HarvesterError, UnreachableError, UnwritableError
from harvester.workspace import Workspace


@dataclass(slots=True)
class RunRecord:
    """What is known of a run so far."""

    workspace: Workspace
    run: str
    crawl: CrawlReport | None = None
    build: BuildReport | None = None
    extracted_beside: int = 0  # bodies, before the build
    crawl_seconds: float = 0.0
    seconds: float = 0.0

    @property
    def requests(self) -> int:
        return sum(site.requests for site in self.crawl.sites) if self.crawl else 0

    @property
    def bytes(self) -> int:
        return sum(site.bytes for site in self.crawl.sites) if self.crawl else 0

    def verdict(self, error: HarvesterError | None = None) -> str:
        """How the run went, in a word or two."""
        if isinstance(error, CheckFailedError):
            return "stopped by a check"
        if isinstance(error, UnreachableError):
            return "unreachable"
        if error is None and self.crawl and self.crawl.state is RunState.INTERRUPTED:
            return "interrupted"
        if self.build is None or self.crawl is None:
            return "failed"
        if self.crawl.missed:
            return "partly"
        return "released" if self.build.built.new else "unchanged"

    def write(self, error: HarvesterError | None = None) -> dict[str, Any]:
        """Write ``run.json`` whole or not at all and give what it holds. Raises UnwritableError."""
        document = self._document(error)
        folder = self.workspace.runs / self.run
        beside = folder / "run.json.new"
        text = json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            beside.write_text(text, encoding="utf-8")
            beside.replace(folder / "run.json")
        except OSError as failure:
            if error is None:
                raise UnwritableError(
                    f"cannot write {folder}: {failure.strerror}; free space or name another output"
                ) from failure
        return document

    def _document(self, error: HarvesterError | None) -> dict[str, Any]:
        built = self.build.built if self.build else None
        return {
            "run": self.run,
            "profile": self.workspace.profile.name,
            "verdict": self.verdict(error),
            "requests": self.requests,
            "bytes": self.bytes,
            "crawl": as_document(self.crawl) if self.crawl else None,
            "release": release_document(built) if built else None,
            "extracted": self.extracted_beside
            + (self.build.extract.extracted if self.build else 0),
            "problems": dict(sorted(self._problems().items())),
            "archive_bytes": _size(self.workspace.archive / "warc"),
            "seconds": {"crawl": round(self.crawl_seconds, 3), "all": round(self.seconds, 3)},
            "versions": {"harvester": __version__, "python": platform.python_version()},
            "error": type(error).__name__ if error else None,
        }

    def _problems(self) -> Counter[str]:
        """Problems by code: those of the release, or of the crawl where there is none."""
        if self.build is not None:
            path = parquet_path(self.build.built.folder, "problems")
            return Counter(pq.read_table(path, columns=["code"])["code"].to_pylist())
        counts: Counter[str] = Counter()
        for site in self.crawl.sites if self.crawl else ():
            counts.update(site.problems)
        return counts


def remove_old_runs(workspace: Workspace) -> int:
    """Remove all but the newest runs' folders, as many as the profile's ``keep_runs``; how many went.

    Two rounds of full crawls are kept in any case: nights are counted by them.
    """
    profile = workspace.profile
    keep = max([profile.keep_runs, *(2 * site.full_every for site in profile.sites)])
    old = sorted(path for path in workspace.runs.glob("*/"))[:-keep]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*") if path.is_file())
