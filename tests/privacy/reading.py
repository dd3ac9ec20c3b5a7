"""Everything that an output folder says, whatever the file format."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow.parquet as pq
from warcio.archiveiterator import ArchiveIterator

from harvester.privacy.words import words_of

Row = dict[str, Any]


def rows(release: Path, table: str) -> list[Row]:
    """A table's rows."""
    found: list[Row] = pq.read_table(release / "parquet" / f"{table}.parquet").to_pylist()
    return found


def places_of(folder: Path, name: str) -> list[str]:
    """The files under a folder that hold a name, or its surname, in any spelling."""
    words = [w.folded for w in words_of(name)]
    wanted = {" ".join(words), " ".join(reversed(words)), "".join(words), words[-1]}
    return sorted({place for place, text in _texts(folder) if _holds(text, wanted)})


def _holds(text: str, wanted: set[str]) -> bool:
    folded = f" {' '.join(w.folded for w in words_of(unquote(text)))} "
    return any(f" {form} " in folded or f" {form}s " in folded for form in wanted)


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        place = path.relative_to(folder).as_posix()
        yield place, path.read_bytes().decode("utf-8", "replace")
        yield place, place
        if path.suffix == ".parquet":
            yield place, str(pq.read_table(path).to_pylist())
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                yield from ((place, book.read(n).decode("utf-8")) for n in book.namelist())
        elif path.name.endswith(".warc.gz"):
            with path.open("rb") as file:
                for record in ArchiveIterator(file):
                    body = record.content_stream().read().decode("utf-8", "replace")
                    yield place, f"{record.rec_headers} {record.http_headers} {body}"
