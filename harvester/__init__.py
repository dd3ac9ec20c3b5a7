"""Harvester: what an analyst imports. Heavy parts load inside the functions that need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harvester._version import __version__

if ".egg" in __file__:
    # Scrapyd imports its project from a zipped egg, in which data files cannot be opened.
    from harvester._egg import unpacked

    __path__ = unpacked(__path__)
else:
    from harvester.compiled import use

    use()

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd

__all__ = ["__version__", "load", "tables"]


def load(
    table: str = "appearances",
    site: str = "live",
    path: str | PathLike[str] | None = None,
    release: str = "latest",
) -> pd.DataFrame:
    """One table of a release as a typed DataFrame; `appearances` is the one most people want.

    ``site`` names a profile whose output lies in ``output/<site>`` here or above. ``path`` is an
    output folder or a (copied) release folder instead. ``release`` is a version or ``"latest"``.
    Raises ValueError naming what there is where the table, site or release does not exist.
    """
    from harvester.datasets.load import load as load_table

    return load_table(table, site, path, release)


def tables(
    site: str = "live", path: str | PathLike[str] | None = None, release: str = "latest"
) -> pd.DataFrame:
    """The tables of a release: name, rows, what one row is, and its columns."""
    from harvester.datasets.load import tables as list_tables

    return list_tables(site, path, release)
