"""The whole line beside bare Scrapy on the same site: fetch, archive, find links, extract.

    python -m benchmarks.crawl [PAGES]

The line's clock runs from its first answer until the last page's rows are in the store of extracts.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figure import Figure, in_a_process
from benchmarks.site import profile, served


def figures(*, quick: bool = False) -> list[Figure]:
    """The ratio to bare Scrapy, and what the line costs at a few pages and at many.

    CPU a page is what the pages beyond the few cost: starting the processes is left out.
    """
    pages, rounds, few = (60, 1, 30) if quick else (3_000, 3, 200)
    with served(pages) as base:
        pairs = [(_bare(base, pages), _line(base, pages)) for _ in range(rounds)]
    with served(few) as base:
        small = _line(base, few)
    line = [run for _, run in pairs]
    rate, bare = median(run["rate"] for run in line), median(b["rate"] for b, _ in pairs)
    bare_cpu = median(b["cpu"] for b, _ in pairs) * 1e3

    def cpu(name: str) -> float:
        return (median(run[name] for run in line) - small[name]) / (pages - few) * 1e3

    return [
        Figure("crawl/whole_line", rate, "pages/s", "bare Scrapy", bare, at_least=0.8),
        Figure("crawl/fetch_and_archive", median(r["fetch_rate"] for r in line), "pages/s", "bare Scrapy", bare, at_least=0.85),
        Figure("crawl/crawler_cpu", cpu("crawl_cpu"), "CPU ms a page", "bare Scrapy", bare_cpu, at_most=1.15),
        Figure("crawl/whole_line_cpu", cpu("cpu"), "CPU ms a page", "bare Scrapy", bare_cpu),
        Figure("crawl/memory", median(r["crawl_mb"] for r in line), "MB", "350 MB", 350, at_most=1),
        Figure("crawl/memory_growth", median(r["crawl_mb"] for r in line), "MB", f"at {few} pages", small["crawl_mb"]),
    ]  # fmt: skip


def _bare(base: str, pages: int) -> dict[str, float]:
    return in_a_process("benchmarks.bare", base, str(pages))


def _line(base: str, pages: int) -> dict[str, float]:
    """One whole crawl in a process of its own, so that its children's peak memory is its own."""
    return in_a_process("benchmarks.crawl", "--line", base, str(pages))


def line(base: str, pages: int, samples: Path | None = None) -> dict[str, float]:
    """Crawl a served site with extraction beside, and give pages a second and the crawl's peak MB."""
    from harvester.archive.reader import Archive
    from harvester.crawl.process import crawl
    from harvester.datasets.cores import cores
    from harvester.extraction.extractor import bring_up_to_date
    from harvester.extraction.follower import following
    from harvester.extraction.pools import LocalPools
    from harvester.extraction.store import ExtractStore
    from harvester.workspace import open_workspace

    times: list[float] = []

    def heard(event: Mapping[str, Any]) -> None:
        if event["event"] == "fetched":
            times.append(time.perf_counter())

    made = profile(base)
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(made, Path(folder))
        own = time.process_time()
        with LocalPools(cores()) as pools:
            pools.start(workspace.context(), samples=samples)
            with following(workspace, pools) as follower:
                report = crawl(
                    "bench",
                    workspace.output,
                    profile_override=made,
                    progress=heard,
                    samples=samples,
                )
                crawl_cpu = _children()  # the crawl's child has ended, the workers have not
                beside = follower.extracted
                follower.finish()
            crawl_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            with Archive(workspace.archive) as archive:
                store = ExtractStore(workspace.extracts)
                done = bring_up_to_date(archive, store, workspace.context(), pools=pools)
                store.close()
            end = time.perf_counter()
        cpu = _children() + time.process_time() - own
    seen = report.sites[0].pages_seen
    if seen < pages or done.extracted + done.kept < pages:
        raise SystemExit(f"{seen} of {pages} pages fetched")
    return {
        "rate": pages / (end - times[0]),
        "fetch_rate": pages / (times[-1] - times[0]),
        "crawl_mb": crawl_mb,
        "crawl_cpu": crawl_cpu,
        "cpu": cpu,
        "left_over": pages - beside,
    }


def _children() -> float:
    """CPU seconds of the children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    if sys.argv[1:2] == ["--line"]:
        print(json.dumps(line(sys.argv[2], int(sys.argv[3]))))
    else:
        count = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000
        with served(count) as address:
            print("bare", _bare(address, count), "line", _line(address, count))
