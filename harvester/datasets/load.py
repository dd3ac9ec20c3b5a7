"""Loading: a table of a release as a typed DataFrame, with the original texts."""

from __future__ import annotations

from datetime import date, datetime
from os import PathLike
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from harvester.datasets.files.datapackage import table_doc
from harvester.datasets.folders import find_release, parquet_path
from harvester.errors import HarvesterError
from harvester.records import TABLES, ColumnInfo, columns


def load(
    table: str = "appearances",
    site: str = "live",
    path: str | PathLike[str] | None = None,
    release: str = "latest",
) -> pd.DataFrame:
    """One table of a release as a DataFrame, typed and with the texts exactly as harvested.

    Days and moments are ``datetime64`` (moments in UTC), closed vocabularies categories, integers
    that may be null ``Int64``, lists Python lists, texts strings. ``path`` is an output folder, or
    a release folder that was copied elsewhere. Raises ValueError naming what there is where the
    table, the site or the release does not exist.
    """
    file = parquet_path(find_release(site, path, release), table)
    try:
        data = pq.read_table(file, use_threads=False)
    except (pa.ArrowException, OSError) as error:
        raise HarvesterError(
            f"{file} cannot be read ({error}): restore it from the release"
        ) from error
    return frame(table, data)


def tables(
    site: str = "live", path: str | PathLike[str] | None = None, release: str = "latest"
) -> pd.DataFrame:
    """The tables of a release: name, rows, what one row is, and its columns.

    Raises ValueError as `load` does.
    """
    folder = find_release(site, path, release)
    return pd.DataFrame(
        {
            "table": list(TABLES),
            "rows": [pq.read_metadata(parquet_path(folder, name)).num_rows for name in TABLES],
            "one row is": [table_doc(name) for name in TABLES],
            "columns": [[column.name for column in columns(name)] for name in TABLES],
        }
    )


def frame(table: str, data: pa.Table) -> pd.DataFrame:
    """An Arrow table as a DataFrame with the types that `load` promises."""
    known = {column.name: column for column in columns(table)}
    series = {name: _series(data.column(name), known.get(name)) for name in data.column_names}
    return pd.DataFrame(series, columns=list(data.column_names))


def _series(values: pa.ChunkedArray, column: ColumnInfo | None) -> pd.Series[Any]:
    if column is None:  # a column of a release with a newer shape
        return _plain_series(values)
    kind = column.value_type
    if column.is_list:
        return pd.Series(values.to_pylist(), dtype=object)
    if column.vocabulary is not None:
        return _category(values, column.vocabulary)
    if issubclass(kind, int) and kind is not bool and column.nullable:
        return pd.Series(pd.array(values.to_pylist(), dtype="Int64"))
    if issubclass(kind, datetime):
        return pd.Series(values.to_pandas())
    if issubclass(kind, date):
        return pd.Series(values.cast(pa.timestamp("us")).to_pandas())
    if issubclass(kind, str):
        return pd.Series(values.to_pandas(), dtype="str")
    return _plain_series(values)


def _plain_series(values: pa.ChunkedArray) -> pd.Series[Any]:
    return pd.Series(values.to_pandas())


def _category(values: pa.ChunkedArray, vocabulary: tuple[str, ...]) -> pd.Series[Any]:
    """The closed vocabulary in its own order, then words that a newer release may have added."""
    found = (str(value) for value in values.unique().to_pylist() if value is not None)
    words = list(dict.fromkeys((*vocabulary, *sorted(found))))
    return pd.Series(pd.Categorical(values.to_pylist(), categories=words))
