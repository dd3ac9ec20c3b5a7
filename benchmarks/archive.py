"""What the archive costs a record, in ratios to the bare compression of the same pages.

    python -m benchmarks.archive [PAGES]

A ratio of 1.5 for writing means half as much again as gzip alone; milliseconds depend on the machine.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.figure import Figure
from harvester.archive.folder import Folder
from harvester.archive.reader import Archive
from harvester.archive.repair import rebuild_index
from harvester.archive.verify import verify
from harvester.archive.writer import LEVEL, ArchiveWriter
from harvester.compression import gzip_member

_SIZE = 30_000
_HEADERS = (("Content-Type", "text/html; charset=UTF-8"), ("ETag", '"1"'))
_START = datetime(2026, 3, 1, tzinfo=UTC)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    print(f"{count} pages of {_SIZE} bytes, CPU time")
    for figure in figures(count=count):
        print(
            f"{figure.name:24} {figure.value:6.3f} {figure.unit} {figure.ratio:6.2f} × {figure.baseline}"
        )


def figures(*, quick: bool = False, count: int = 1_000) -> list[Figure]:
    """CPU milliseconds a page of each work on the archive, beside gzip of the same pages."""
    count = 30 if quick else count
    pages = _pages(count)
    packed = [gzip_member(page, LEVEL) for page in pages]
    packing = _seconds(lambda: [gzip_member(page, LEVEL) for page in pages])
    unpacking = _seconds(lambda: [zlib.decompress(data, 31) for data in packed])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measured = (
            ("archive/write", _seconds(lambda: _write(folder, pages)), "gzip", packing),
            ("archive/read", _seconds(lambda: _read(folder)), "gunzip", unpacking),
            ("archive/rebuild_index", _seconds(lambda: rebuild_index(Folder(folder))), "gunzip", unpacking),
            ("archive/verify", _seconds(lambda: list(verify(folder))), "gunzip", unpacking),
        )  # fmt: skip
    return [
        Figure(label, seconds / count * 1e3, "CPU ms a page", of, bare / count * 1e3)
        for label, seconds, of, bare in measured
    ]


def _pages(count: int) -> list[bytes]:
    """Pages of words that compress about as well as real ones."""
    chosen = random.Random(17)
    letters = "abcdefghijklmnopqrstuvxyzåäö"
    words = ["".join(chosen.choices(letters, k=chosen.randint(2, 9))) for _ in range(2_000)]
    return [
        " ".join(f"<p class='a{number}'>{word}</p>" for word in chosen.choices(words, k=2_000))
        .encode()[:_SIZE]
        for number in range(count)
    ]  # fmt: skip


def _write(folder: Path, pages: list[bytes]) -> None:
    with ArchiveWriter(folder, run="benchmark") as writer:
        for number, page in enumerate(pages):
            url, time_of = f"https://exempel.se/{number}/", _START + timedelta(seconds=number)
            writer.store(url, time_of, 200, _HEADERS, page)


def _read(folder: Path) -> None:
    with Archive(folder) as archive:
        for _ in archive.captures():
            pass


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
