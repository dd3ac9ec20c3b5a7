"""What a release costs: build, checks, differences and loading, and how they grow.

    python -m benchmarks.datasets               100,000 rows, and a tenth of them
    python -m benchmarks.datasets --rows 1000000

Each step runs in a process of its own, so that its peak memory is its own. `growth` is the CPU time a
row takes at the full size for that at a tenth of it: 1.0 is linear. `whole` is `harvester release` of an
archive whose pages are extracted: selection, linking, every file, checks, coverage and the gallery.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figure import Figure, in_a_process

#: Rows of all tables that the made harvest has for each page.
ROWS_A_PAGE = 13

#: The same for pages that are read from an archive; most rows are evidence.
ROWS_AN_EXTRACTED_PAGE = 88

STEPS = ("build", "check", "diff", "load", "whole")

#: What a release of this many rows may take, on two cores: seconds of each step, and memory of all
#: processes together.
PROMISED_ROWS, PROMISED_SECONDS, PROMISED_MB = 100_000, 10, 500


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000, help="rows of all tables together")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--step", choices=_STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        print(json.dumps(measured_here(arguments.step, arguments.folder, arguments.rows)))
        return
    figures = compared(arguments.rows)
    print(json.dumps(figures, indent=2) if arguments.json else _table(figures))


def compared(rows: int) -> list[dict[str, float | str]]:
    """The figures of each step at the full size, with the growth from a tenth of it."""
    small, large = _measured(rows // 10), _measured(rows)
    return [
        {
            "step": step,
            "rows": large[step]["rows"],
            "seconds": large[step]["seconds"],
            "cpu": large[step]["cpu"],
            "growth": (large[step]["cpu"] / large[step]["rows"])
            / (small[step]["cpu"] / small[step]["rows"]),
            "peak_mb": large[step]["peak_mb"],
        }
        for step in STEPS
    ]


def figures(*, quick: bool = False) -> list[Figure]:
    """Time and memory of each step at the promised size, and growth from a tenth of it."""
    found: list[Figure] = []
    for row in compared(5_000 if quick else PROMISED_ROWS):
        name, growth = f"release/{row['step']}", float(row["growth"])
        rows = f"{int(float(row['rows'])):,} rows"
        per_row = float(row["cpu"]) / float(row["rows"]) * 1e6
        found += [
            Figure(name, float(row["seconds"]), f"s at {rows}", f"{PROMISED_SECONDS} s", PROMISED_SECONDS, at_most=1),
            Figure(f"{name}_memory", float(row["peak_mb"]), f"MB at {rows}", f"{PROMISED_MB} MB", PROMISED_MB, at_most=1),
            Figure(f"{name}_growth", per_row, f"CPU µs a row of {rows}", "a row of a tenth of them", per_row / growth, at_most=1.2),
        ]  # fmt: skip
    return found


def measured_here(step: str, folder: Path, rows: int) -> dict[str, float]:
    """Seconds, CPU seconds and peak memory of a step with its processes; imports are left out of the seconds."""
    run = _STEPS[step](
        folder, rows // (ROWS_AN_EXTRACTED_PAGE if step in ("fill", "whole") else ROWS_A_PAGE)
    )
    with _memory() as peak:
        start, cpu = time.perf_counter(), _cpu()
        done = run()
        seconds, cpu = time.perf_counter() - start, _cpu() - cpu
    return {"rows": done, "seconds": seconds, "cpu": cpu, "peak_mb": max(peak)}


def _cpu() -> float:
    """CPU seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


@contextmanager
def _memory() -> Iterator[list[float]]:
    """The most memory, in MB, that this process and its children held at once; shared pages count once."""
    peak, done = [_held()], threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            peak[0] = max(peak[0], _held())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def _held() -> float:
    """MB of this process and its children, each shared page in equal parts."""
    own = Path("/proc/self")
    children = (own / "task" / str(os.getpid()) / "children").read_text().split()
    total = 0.0
    for process in (own, *(Path("/proc") / child for child in children)):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            lines = (process / "smaps_rollup").read_text().splitlines()
            total += sum(float(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _measured(rows: int) -> dict[str, dict[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        options = ("--rows", str(rows), "--folder", folder)
        done = {
            step: in_a_process("benchmarks.datasets", "--step", step, *options) for step in _STEPS
        }
        return {step: done[step] for step in STEPS}


def _build(folder: Path, pages: int) -> Callable[[], int]:
    from harvester.datasets.release import Releases
    from tests.datasets.harvests import harvest, info, page

    # The second release changes every tenth page and is what `check` and `diff` look at.
    first = Releases(folder).build(harvest(pages), info())
    titles = (page(n, title="Ny titel") if n % 10 == 0 else page(n) for n in range(1, pages + 1))
    tables = harvest(pages) | {"pages": titles}
    assert first.new
    return lambda: sum(Releases(folder).build(tables, info()).rows.values())


def _check(folder: Path, pages: int) -> Callable[[], int]:
    from harvester.datasets.bounds import load_bounds
    from harvester.datasets.check_results import failures
    from harvester.datasets.checks import run_checks
    from harvester.datasets.table_schemas import pandera_schema
    from harvester.datasets.table_source import table_source
    from harvester.records import TABLES

    pandera_schema("pages")
    older, newer = sorted((folder / "releases").glob("2*"))
    rows = sum(table_source(newer).rows(table) for table in TABLES)

    def run() -> int:
        assert not failures(run_checks(newer, load_bounds("bench"), older))
        return rows

    return run


def _diff(folder: Path, pages: int) -> Callable[[], int]:
    from harvester.datasets.diff import diff

    older, newer = sorted((folder / "releases").glob("2*"))
    # Pages written the other way round have to be sorted first: the costlier case.
    turned = _turned(folder, newer)

    def run() -> int:
        changes = sum(1 for _ in diff(older, turned))
        assert changes == pages // 10
        return pages * ROWS_A_PAGE

    return run


def _fill(folder: Path, pages: int) -> Callable[[], int]:
    from benchmarks.extract import BASE, fill
    from benchmarks.site import profile
    from harvester.archive.reader import Archive
    from harvester.datasets.cores import cores
    from harvester.extraction.extractor import bring_up_to_date
    from harvester.extraction.store import with_store
    from harvester.workspace import open_workspace

    def run() -> int:
        fill(folder / "whole", pages)
        workspace = open_workspace(profile(BASE), folder / "whole")
        with Archive(workspace.archive) as archive:
            with_store(
                workspace.extracts,
                lambda store: bring_up_to_date(
                    archive, store, workspace.context(), workers=cores()
                ),
            )
        return pages

    return run


def _whole(folder: Path, pages: int) -> Callable[[], int]:
    from benchmarks.extract import BASE
    from benchmarks.site import profile
    from harvester.datasets.build import build_release
    from harvester.explorer.gallery import write_gallery
    from harvester.workspace import open_workspace

    workspace = open_workspace(profile(BASE), folder / "whole")

    def run() -> int:
        report = build_release(workspace, add_files=write_gallery)
        assert report.built.new and not report.extract.extracted
        return sum(report.built.rows.values())

    return run


def _turned(folder: Path, release: Path) -> Path:
    import pyarrow.parquet as pq

    turned = folder / "turned" / "parquet"
    turned.mkdir(parents=True)
    for path in (release / "parquet").iterdir():
        data = pq.read_table(path)
        pq.write_table(data.take(list(range(data.num_rows - 1, -1, -1))), turned / path.name)
    return turned.parent


def _load(folder: Path, pages: int) -> Callable[[], int]:
    import harvester
    from harvester.records import TABLES

    harvester.load("editions", path=folder)
    return lambda: sum(len(harvester.load(table, path=folder)) for table in TABLES)


_STEPS = {
    "build": _build,
    "check": _check,
    "diff": _diff,
    "load": _load,
    "fill": _fill,
    "whole": _whole,
}


def _table(figures: list[dict[str, float | str]]) -> str:
    lines = [
        "| step | rows | seconds | CPU s | growth | peak MB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for f in figures:
        lines.append(
            f"| {f['step']} | {f['rows']:,} | {f['seconds']:.2f} | {f['cpu']:.2f} | {f['growth']:.2f} | {f['peak_mb']:.0f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
