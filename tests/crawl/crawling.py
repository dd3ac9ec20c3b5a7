"""What the crawl's tests share: profiles for loopback sites, quick settings, what was archived."""

from __future__ import annotations

from pathlib import Path
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
