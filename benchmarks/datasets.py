"""What a release costs: build, checks, differences and loading, and how they grow.

    python -m benchmarks.datasets               100,000 rows, and a tenth of them
    python -m benchmarks.datasets --rows 1000000

Each step runs in a process of its own, so that its peak memory is its own. `growth` is the time a
row takes at the full size for the time at a tenth of it: 1.0 is linear.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.figure import Figure, in_a_process

#: Rows of all tables that the made harvest has for each page.
ROWS_A_PAGE = 13

STEPS = ("build", "check", "diff", "load")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000, help="rows of all tables together")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
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
            "growth": (large[step]["seconds"] / large[step]["rows"])
            / (small[step]["seconds"] / small[step]["rows"]),
            "peak_mb": large[step]["peak_mb"],
        }
        for step in STEPS
    ]


def figures(*, quick: bool = False) -> list[Figure]:
    """Growth of each step from a tenth of the rows to all of them, and its peak memory."""
    found: list[Figure] = []
    for row in compared(5_000 if quick else 1_000_000):
        name, seconds, growth = (
            f"release/{row['step']}",
            float(row["seconds"]),
            float(row["growth"]),
        )
        rows = f"{int(float(row['rows'])):,} rows"
        per_row = seconds / float(row["rows"]) * 1e6
        found += [
            Figure(f"{name}_growth", per_row, f"µs a row of {rows}", "a row of a tenth of them", per_row / growth, at_most=1.2),
            Figure(f"{name}_memory", float(row["peak_mb"]), f"MB at {rows}", "1 GB", 1_000, at_most=1),
        ]  # fmt: skip
    return found


def measured_here(step: str, folder: Path, rows: int) -> dict[str, float]:
    """Seconds and peak memory of a step, imports left out of the seconds."""
    run = _STEPS[step](folder, rows // ROWS_A_PAGE)
    start = time.perf_counter()
    done = run()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": done, "seconds": seconds, "peak_mb": peak}


def _measured(rows: int) -> dict[str, dict[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        options = ("--rows", str(rows), "--folder", folder)
        return {
            step: in_a_process("benchmarks.datasets", "--step", step, *options) for step in STEPS
        }


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


_STEPS = {"build": _build, "check": _check, "diff": _diff, "load": _load}


def _table(figures: list[dict[str, float | str]]) -> str:
    lines = ["| step | rows | seconds | growth | peak MB |", "|---|---:|---:|---:|---:|"]
    for f in figures:
        lines.append(
            f"| {f['step']} | {f['rows']:,} | {f['seconds']:.2f} | {f['growth']:.2f} | {f['peak_mb']:.0f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
