"""Parquet: one file a table, exact values, zstd, the data dictionary in the field metadata."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from harvester.datasets.info import ReleaseInfo
from harvester.datasets.schema import Batch, arrow_schema


class ParquetFiles:
    """Writes ``parquet/<table>.parquet``, a row group a batch."""

    def __init__(self, folder: Path, info: ReleaseInfo) -> None:
        self._folder = folder / "parquet"
        self._folder.mkdir()
        self._writer: pq.ParquetWriter | None = None

    def begin(self, table: str) -> None:
        path = self._folder / f"{table}.parquet"
        self._writer = pq.ParquetWriter(path, arrow_schema(table), compression="zstd")

    def write(self, batch: Batch) -> None:
        if self._writer is not None:
            self._writer.write_batch(batch.arrow)

    def end(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def finish(self) -> None:
        """Nothing is left to write once the last table has ended."""

    def abandon(self) -> None:
        self.end()
