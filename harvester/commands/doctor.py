"""``harvester doctor``: is everything here that a harvest needs, and what to do where it is not."""

from __future__ import annotations

import argparse
import fcntl
import importlib.metadata
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from harvester.commands.console import Console
from harvester.commands.crawling import missing_contact
from harvester.compiled import SWITCH, state
from harvester.errors import ExitCode, HarvesterError, UnwritableError
from harvester.sites import Profile, load_profile

_NEEDED = (
    "scrapy",
    "beautifulsoup4",
    "dateparser",
    "pandas",
    "lxml",
    "warcio",
    "pyarrow",
    "XlsxWriter",
    "python-crfsuite",
    "rich",
)
# Made for most processors; without them the standard library does the same work.
_FASTER = {
    "isal": "archives are packed by zlib",
    "orjson": "extracts are coded by json",
    "uvloop": "crawls run on asyncio's own loop",
}
_SPACE = 500_000_000  # bytes below which a run may not finish
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "firefox")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: fine, worth knowing, or to be mended."""

    what: str
    state: str  # "ok", "note" or "fault"
    message: str


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    findings = list(_examined(arguments))
    faults = [f for f in findings if f.state == "fault"]
    lines = [f"{f.state:<6}{f.what}: {f.message}" for f in findings]
    lines.append(f"{len(faults)} to mend" if faults else "all is well")
    console.result([asdict(f) for f in findings], *lines)
    return ExitCode.USAGE if faults else ExitCode.OK


def _examined(arguments: argparse.Namespace) -> Iterator[Finding]:
    yield from _installation()
    try:
        profile = load_profile(arguments.site)
    except HarvesterError as error:
        yield Finding("profile", "fault", str(error))
        return
    sites = ", ".join(f"{s.name} ({s.base})" for s in profile.sites)
    yield Finding("profile", "ok", f"{profile.name}: {sites}")
    contact = missing_contact(profile)
    if contact is not None:
        yield Finding("contact", "note", contact)
    output = Path(arguments.output) if arguments.output else Path("output") / profile.name
    yield from _output(profile, output)
    if (output / "archive").is_dir():
        yield from _guarded("archive", lambda: _archive(output / "archive"))
    yield from _locks(output)
    browser = next((b for b in _BROWSERS if shutil.which(b)), None)
    yield Finding(
        "browser",
        "ok" if browser else "note",
        browser or "none found; the gallery opens in any browser elsewhere",
    )


def _installation() -> Iterator[Finding]:
    version = sys.version.split()[0]
    yield Finding(
        "python",
        "ok" if sys.version_info >= (3, 11) else "fault",
        version if sys.version_info >= (3, 11) else f"{version}; 3.11 or later is needed",
    )
    for name in _NEEDED:
        yield _package(name, "fault", "is not installed; run `make setup`")
    for name, instead in _FASTER.items():
        yield _package(name, "note", f"is not installed: {instead}, slower and with the same rows")
    yield _compiled()


def _compiled() -> Finding:
    """Whether pages are read by compiled code."""
    found = state()
    mend = "run `make compiled`"
    told = {
        "in use": "pages are read by compiled code",
        "switched off": f"pages are read from source, slower and the same: {SWITCH} says so",
        "none": f"nothing is compiled, so pages are read from source, slower and the same; {mend}",
        "other sources": f"sources have changed since, so pages are read from them, slower and the same; {mend}",
    }
    return Finding("compiled", "ok" if found == "in use" else "note", told[found])


def _package(name: str, state: str, missing: str) -> Finding:
    """An installed package with its version; what it is to lack it, where it is not there."""
    try:
        return Finding(name, "ok", importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, state, missing)


def _output(profile: Profile, output: Path) -> Iterator[Finding]:
    from harvester.workspace import open_workspace

    if not output.exists():
        yield Finding(
            "output",
            "note",
            f"{output}: nothing there yet; `harvester run` makes it",
        )
    else:
        yield from _guarded("output", lambda: str(open_workspace(profile, output).output))
    there = output
    while not there.exists():
        there = there.parent
    free = shutil.disk_usage(there).free
    yield Finding(
        "disk",
        "ok" if free > _SPACE else "fault",
        f"{free / 1e9:.1f} GB free" + ("" if free > _SPACE else "; make room"),
    )
    if (output / "releases").is_dir():
        yield from _guarded("release", lambda: _release(output))


def _release(output: Path) -> str:
    """The latest release, every file of it as it was written. Raises HarvesterError."""
    from harvester.datasets.files.checksums import broken_files
    from harvester.datasets.folders import DamagedReleaseError, latest_version, release_versions

    versions, link = release_versions(output), output / "latest"
    version = latest_version(output)
    if version is None and link.exists():
        raise UnwritableError(f"{link} is no link to a release: remove or rename it")
    if version is None:
        if versions:
            raise DamagedReleaseError(
                "latest points nowhere; `harvester release` points it to the newest release"
            )
        return "none yet"
    folder = output / "releases" / version
    faults = broken_files(folder)
    if faults:
        more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise DamagedReleaseError(
            f"{folder}: {faults[0]}{more}; restore it from a copy, or remove the folder and run `harvester release`"
        )
    return f"{version}, whole"


def _archive(folder: Path) -> str:
    from harvester.archive.reader import Archive

    with Archive(folder) as archive:
        mended = f", {len(archive.repairs)} repairs made" if archive.repairs else ""
        return f"{archive.size() / 1e6:.1f} MB, {len(archive.runs())} runs{mended}"


def _locks(output: Path) -> Iterator[Finding]:
    for path in sorted(output.glob("locks/*")):
        with path.open("r") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                yield Finding(
                    "lock",
                    "note",
                    f"{path.name} is held: {path.read_text(errors='replace').strip()}",
                )
    if os.name != "posix":
        yield Finding("system", "fault", "locks need a POSIX system")


def _guarded(what: str, examine: Callable[[], str]) -> Iterator[Finding]:
    try:
        yield Finding(what, "ok", examine())
    except (HarvesterError, OSError) as error:
        yield Finding(what, "fault", str(error))
