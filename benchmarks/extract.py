"""Extraction beside its floor: reading the WARC files with warcio and parsing each page with lxml.

    python -m benchmarks.extract [PAGES]

Every measured pass runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks.figure import Figure, in_a_process
from benchmarks.pages import page, path
from benchmarks.site import profile

BASE = "http://127.0.0.1:8009"
_START = datetime(2026, 3, 1, tzinfo=UTC)


def figures(*, quick: bool = False) -> list[Figure]:
    """Time a page over the floor, gain of two processes over one, memory at few pages and many.

    What two processes gain on two free cores follows from CPU time, which other work on the machine moves
    little: 1.8 times where they spend a tenth more than one, and the parent a tenth of its workers at most.
    """
    few, many, rounds = (40, 80, 1) if quick else (2_000, 10_000, 3)
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "few", Path(folder) / "many"
        fill(small, few)
        pairs = [(measured("floor", small), measured("extract", small)) for _ in range(rounds)]
        doubles = [measured("extract2", small) for _ in range(rounds)]
        fill(large, many)
        grown = measured("extract2", large)
        alone = measured("extract", large)
    floor = median(f["cpu"] for f, _ in pairs) / few * 1e3
    cost = median(e["cpu"] for _, e in pairs) / few * 1e3
    single = median(e["seconds"] for _, e in pairs)
    double = median(d["seconds"] for d in doubles)
    parent = median(d["cpu"] for d in doubles) / few * 1e3
    workers = median(d["children"] for d in doubles) / few * 1e3
    peak = median(e["peak_mb"] for _, e in pairs)
    return [
        Figure("extract/page", cost, "CPU ms", "warcio + lxml.html.fromstring", floor, at_most=8),
        Figure("extract/two_processes", few / double, "pages/s", "one process", few / single, at_least=1.8),
        Figure("extract/two_processes_many", many / grown["seconds"], "pages/s", "one process", many / alone["seconds"], at_least=1.8),
        Figure("extract/two_processes_cpu", parent + workers, "CPU ms a page", "one process", cost, at_most=1.1),
        Figure("extract/parent_of_two", parent, "CPU ms a page", "its two workers", workers, at_most=0.1),
        Figure("extract/cost_at_ten_times", alone["cpu"] / many * 1e3, "CPU ms", f"at {few} pages", cost, at_most=1.2),
        Figure("extract/memory_at_ten_times", alone["peak_mb"], "MB", f"at {few} pages", peak, at_most=1.1),
    ]  # fmt: skip


def fill(output: Path, pages: int) -> None:
    """An output folder whose archive holds so many made pages."""
    from harvester.archive.writer import ArchiveWriter
    from harvester.workspace import open_workspace

    workspace = open_workspace(profile(BASE), output)
    headers = (("Content-Type", "text/html; charset=UTF-8"),)
    with ArchiveWriter(workspace.archive, run="bench") as writer:
        for number in range(pages):
            body = page(number, pages=pages, base=BASE).encode()
            moment = _START + timedelta(seconds=number)
            writer.store(BASE + path(number), moment, 200, headers, body)


def measured(step: str, output: Path) -> dict[str, float]:
    """Seconds, CPU seconds and peak memory of a step in a process of its own."""
    return in_a_process("benchmarks.extract", "--step", step, str(output))


def _floor(output: Path) -> Callable[[], int]:
    import lxml.html
    from warcio.archiveiterator import ArchiveIterator

    def run() -> int:
        count = 0
        for file in (output / "archive" / "warc").glob("*.warc.gz"):
            with file.open("rb") as stream:
                for record in ArchiveIterator(stream):
                    if record.rec_type == "response":
                        lxml.html.fromstring(record.content_stream().read())
                        count += 1
        return count

    return run


def _extract(output: Path, workers: int) -> Callable[[], int]:
    from harvester.archive.reader import Archive
    from harvester.extraction.extractor import bring_up_to_date
    from harvester.extraction.store import ExtractStore
    from harvester.harvest import HarvestContext

    made = profile(BASE)
    context = HarvestContext(made, b"k" * 32)

    def run() -> int:
        with tempfile.TemporaryDirectory() as folder, Archive(output / "archive") as archive:
            store = ExtractStore(Path(folder) / "extracts.sqlite")
            report = bring_up_to_date(archive, store, context, workers=workers)
            store.close()
        return report.extracted

    return run


def _step(step: str, output: Path) -> dict[str, float]:
    run = _floor(output) if step == "floor" else _extract(output, 2 if step == "extract2" else 1)
    start, cpu = time.perf_counter(), time.process_time()
    count = run()
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    used = resource.getrusage(resource.RUSAGE_CHILDREN)  # of workers that have ended
    children = used.ru_utime + used.ru_stime
    return {"pages": count, "seconds": seconds, "cpu": cpu, "children": children, "peak_mb": peak}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        print(json.dumps(_step(sys.argv[2], Path(sys.argv[3]))))
    else:
        for figure in figures(quick=sys.argv[1:2] == ["--quick"]):
            print(figure.document())
