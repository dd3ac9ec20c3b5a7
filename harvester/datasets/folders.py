"""Where releases lie: an output folder, its releases and the one called latest."""

from __future__ import annotations

import re
from os import SEEK_END, PathLike
from pathlib import Path

from harvester.errors import ExitCode, HarvesterError
from harvester.records import TABLES

RELEASES = "releases"
LATEST = "latest"

_MAGIC = b"PAR1"  # how a Parquet file begins, and ends when it is whole

#: A release's version: the day of its newest capture and a number. Must not match the names of
#: staging folders and marks, which begin with a dot.
VERSION = re.compile(r"(\d{4})\.(\d{2})\.(\d{2})-(\d{1,9})", re.ASCII)


class NotInReleaseError(HarvesterError, ValueError):
    """There is no such table, site or release; the text names what there is."""


class DamagedReleaseError(HarvesterError, ValueError):
    """A file of a release is not what was written: restore it, or build the release anew."""

    exit_code = ExitCode.UNWRITABLE


def version_order(version: str) -> tuple[int, ...]:
    """What versions sort by: day, then number. Raises NotInReleaseError for anything else."""
    match = VERSION.fullmatch(version)
    if match is None:
        raise NotInReleaseError(f"{version!r} is no release version (such as 2026.11.22-1)")
    return tuple(int(part) for part in match.groups())


def release_versions(output: Path) -> list[str]:
    """The versions in an output folder, oldest first; none where there is no such folder."""
    folder = output / RELEASES
    if not folder.is_dir():
        return []
    names = [entry.name for entry in folder.iterdir() if VERSION.fullmatch(entry.name)]
    return sorted(names, key=version_order)


def latest_version(output: Path) -> str | None:
    """The version that `latest` points to, or None. A dangling link counts as none."""
    link = output / LATEST
    target = link.resolve()
    if link.is_symlink() and target.is_dir() and VERSION.fullmatch(target.name):
        return target.name
    return None


def is_release(folder: Path) -> bool:
    """True for a folder that holds a release's tables."""
    return (folder / "parquet").is_dir()


def find_release(site: str, path: str | PathLike[str] | None, release: str) -> Path:
    """The folder of a release. Raises NotInReleaseError naming what there is.

    ``path`` may be a release folder (also a copied one), an output folder, or a folder of output
    folders; without it, ``output/<site>`` is looked for here and in the folders above.
    """
    if path is None:
        return _in_output(_output_above(site), release)
    folder = Path(path)
    if not folder.is_dir():
        raise NotInReleaseError(f"no folder {folder}")
    if is_release(folder):
        return folder
    if (folder / RELEASES).is_dir() or (folder / LATEST).is_dir():
        return _in_output(folder, release)
    if (folder / site / RELEASES).is_dir():
        return _in_output(folder / site, release)
    if sites := _sites_in(folder):
        known = ", ".join(sorted(sites))
        raise NotInReleaseError(f"{folder} holds no release of site {site!r}: there are {known}")
    raise NotInReleaseError(
        f"{folder} holds no release: give an output folder (with releases/) or a release folder (with parquet/)"
    )


def parquet_path(release: Path, table: str) -> Path:
    """A table's Parquet file. Raises NotInReleaseError for a table that is not there."""
    path = release / "parquet" / f"{table}.parquet"
    if table not in TABLES:
        raise NotInReleaseError(f"no table {table!r}: there are {', '.join(TABLES)}")
    if not path.is_file():
        raise NotInReleaseError(f"release {release} lacks {path.name}: is the copy complete?")
    require_parquet(path)
    return path


def require_parquet(path: Path) -> None:
    """Raises DamagedReleaseError for a file that does not begin and end as Parquet does."""
    with path.open("rb") as file:
        begins = file.read(len(_MAGIC))
        file.seek(-min(len(_MAGIC), path.stat().st_size), SEEK_END)
        ends = file.read()
    if not begins == ends == _MAGIC:
        raise DamagedReleaseError(
            f"{path} cannot be read, it is damaged: restore it from a copy, or remove the folder {path.parent.parent} "
            "and run `harvester release`"
        )


def _output_above(site: str) -> Path:
    here = Path.cwd()
    outputs = [folder / "output" for folder in (here, *here.parents)]
    safe = site not in ("", ".", "..") and "/" not in site
    for output in outputs:
        if safe and ((output / site / RELEASES).is_dir() or (output / site / LATEST).is_dir()):
            return output / site
    found = {name for output in outputs for name in _sites_in(output)}
    known = (
        f"harvested sites here: {', '.join(sorted(found))}"
        if found
        else "nothing is harvested here"
    )
    raise NotInReleaseError(
        f"no release of site {site!r} in {here}: {known}; run `harvester run --site {site}` or give path="
    )


def _sites_in(folder: Path) -> list[str]:
    """The names of the output folders in a folder."""
    if not folder.is_dir():
        return []
    return [entry.name for entry in folder.iterdir() if (entry / RELEASES).is_dir()]


def _in_output(output: Path, release: str) -> Path:
    if release == LATEST:
        if is_release(output / LATEST):
            return (output / LATEST).resolve()
        # A copy that does not keep links has no `latest`: the newest release stands in for it.
        versions = release_versions(output)
        if not versions:
            raise NotInReleaseError(f"{output} holds no release yet")
        return output / RELEASES / versions[-1]
    if release in release_versions(output):
        return output / RELEASES / release
    known = ", ".join(release_versions(output)) or "none"
    raise NotInReleaseError(f"no release {release!r} in {output}: there are {known}")


def named_release(site: str, output: Path, name: str) -> Path:
    """A release by its version, or by a folder of which `find_release` knows it. Raises NotInReleaseError.

    Versions and ``latest`` are those of the output folder, whatever is called so in the folder one stands in.
    """
    if name and name != LATEST and name not in release_versions(output) and Path(name).is_dir():
        return find_release(site, name, LATEST)
    return find_release(site, output, name)


def versions_before(output: Path, name: str) -> list[str]:
    """The releases before one, oldest first; all of them before a folder from elsewhere."""
    versions = release_versions(output)
    return versions[: versions.index(name)] if name in versions else versions
