"""What the crawl's tests share: profiles for loopback sites, quick settings, what was archived."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from harvester.archive.reader import Archive
from harvester.crawl.process import crawl
from harvester.crawl.runs import CrawlReport
from harvester.sites import Profile, read_profile

#: Bounds that a test can wait for.
QUICK = {
    "DOWNLOAD_TIMEOUT": 2,
    "RETRY_TIMES": 1,
    "HARVESTER_RETRY_WAIT": 0.05,
    "HARVESTER_RETRY_AFTER_MAX": 0.5,
}


def loopback_profile(base: str, **keys: Any) -> Profile:
    """A profile of one loopback site."""
    site = {"name": "bed", "base": base, "allow_private": True, "delay": 0, "concurrency": 8}
    return read_profile({"site": [site | keys]}, name="bed")


def run(profile: Profile, output: Path, **arguments: Any) -> CrawlReport:
    """A quick crawl of a profile."""
    settings = QUICK | arguments.pop("settings", {})
    return crawl(profile.name, output, profile_override=profile, settings=settings, **arguments)


class ChildMemory:
    """The most memory that a crawl started in the block has held so far, in kilobytes.

    What the system tells of ended children counts the tests' own memory, which a child has for a
    moment before it becomes another program; so running crawls are asked.
    """

    def __init__(self) -> None:
        self.peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> ChildMemory:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.05):
            for task in Path("/proc/self/task").iterdir():
                for child in _children(task):
                    self.peak = max(self.peak, _crawl_peak(Path("/proc", child)))


def _children(task: Path) -> list[str]:
    try:
        return (task / "children").read_text().split()
    except OSError:  # the thread has just ended
        return []


def _crawl_peak(process: Path) -> int:
    try:
        if b"harvester.crawl" not in (process / "cmdline").read_bytes():
            return 0
        status = (process / "status").read_text()
    except OSError:  # it has just ended
        return 0
    peaks = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(peaks[0]) if peaks else 0


def archived(output: Path, run: str | None = None) -> dict[str, int]:
    """Path of every stored answer and its last status, of all runs or one."""
    with Archive(output / "archive") as archive:
        return {_path(ref.url): ref.status for ref in archive.refs(run=run)}


def archived_urls(output: Path, run: str | None = None) -> dict[str, int]:
    """Address of every stored answer and its last status, where paths of two sites may be equal."""
    with Archive(output / "archive") as archive:
        return {ref.url: ref.status for ref in archive.refs(run=run)}


def failures(output: Path) -> dict[str, set[str]]:
    """Path of every failed fetch and the codes it ended as."""
    found: dict[str, set[str]] = {}
    with Archive(output / "archive") as archive:
        for failure in archive.failures():
            found.setdefault(_path(failure.url), set()).add(failure.code)
    return found


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + ("?" + parts.query if parts.query else "")
