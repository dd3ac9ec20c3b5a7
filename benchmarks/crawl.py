"""The whole line beside bare Scrapy on the same site: fetch, archive, find links, extract.

    python -m benchmarks.crawl [PAGES]

The line's clock runs from its first answer until the last page's rows are in the store of extracts.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figure import Figure
from benchmarks.site import profile, served


def figures(*, quick: bool = False) -> list[Figure]:
    """The ratio to bare Scrapy, and what the line costs at a few pages and at many."""
    pages, rounds, few = (60, 1, 30) if quick else (2_000, 3, 500)
    with served(pages) as base:
        pairs = [(_bare(base, pages), _line(base, pages)) for _ in range(rounds)]
    with served(few) as base:
        small = _line(base, few)
    line = [run for _, run in pairs]
    rate, bare = median(run["rate"] for run in line), median(bare for bare, _ in pairs)
    return [
        Figure("crawl/whole_line", rate, "pages/s", "bare Scrapy", bare, at_least=0.8),
        Figure("crawl/fetch_and_archive", median(run["fetch_rate"] for run in line), "pages/s", "bare Scrapy", bare),
        Figure("crawl/memory", median(run["crawl_mb"] for run in line), "MB", f"at {few} pages", small["crawl_mb"]),
        Figure("crawl/cost_a_page", 1e3 / rate, "ms", f"at {few} pages", 1e3 / small["rate"]),
    ]  # fmt: skip


def _bare(base: str, pages: int) -> float:
    command = [sys.executable, "-m", "benchmarks.bare", base, str(pages)]
    return float(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def _line(base: str, pages: int) -> dict[str, float]:
    """One whole crawl in a process of its own, so that its children's peak memory is its own."""
    command = [sys.executable, "-m", "benchmarks.crawl", "--line", base, str(pages)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def line(base: str, pages: int, samples: Path | None = None) -> dict[str, float]:
    """Crawl a served site with extraction beside, and give pages a second and the crawl's peak MB."""
    from harvester.archive.reader import Archive
    from harvester.crawl.process import crawl
    from harvester.datasets.build import cores
    from harvester.extraction.extractor import bring_up_to_date
    from harvester.extraction.follower import following
    from harvester.extraction.store import ExtractStore
    from harvester.workspace import open_workspace

    times: list[float] = []

    def heard(event: Mapping[str, Any]) -> None:
        if event["event"] == "fetched":
            times.append(time.perf_counter())

    made = profile(base)
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(made, Path(folder))
        with following(workspace, samples=samples):
            report = crawl(
                "bench", workspace.output, profile_override=made, progress=heard, samples=samples
            )
        crawl_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        with Archive(workspace.archive) as archive:
            store = ExtractStore(workspace.extracts)
            done = bring_up_to_date(archive, store, workspace.context(), workers=cores())
            store.close()
        end = time.perf_counter()
    seen = report.sites[0].pages_seen
    if seen < pages or done.extracted + done.kept < pages:
        raise SystemExit(f"{seen} of {pages} pages fetched")
    return {
        "rate": pages / (end - times[0]),
        "fetch_rate": pages / (times[-1] - times[0]),
        "crawl_mb": crawl_mb,
        "left_over": done.extracted,
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["--line"]:
        print(json.dumps(line(sys.argv[2], int(sys.argv[3]))))
    else:
        count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
        with served(count) as address:
            print("bare", _bare(address, count), "line", _line(address, count))
