"""A small simulation of frontier and politeness: which part gives way first as sites and pages grow.

    python -m benchmarks.frontier                                  the table of docs/scale.md
    python -m benchmarks.frontier --sites 1000 --pages 1000000 --workers 8

It plays a crawl event by event: sites of unequal size (Zipf), one request at a time and a delay for each
site, workers with a bounded number of requests under way and a bounded number of pages a second. Time is
simulated, so that a month takes seconds. Plans beyond a million pages are played with sites, pages and
workers divided by one factor; how long the largest site needs alone is reckoned from the whole plan.
"""

from __future__ import annotations

import argparse
import heapq
from dataclasses import dataclass

from benchmarks.figure import Figure


@dataclass(frozen=True, slots=True)
class Plan:
    """A crawl to play. Seconds; ``rate`` is what one worker fetches and archives a second at most."""

    sites: int
    pages: int
    workers: int
    delay: float = 1.0
    answer: float = 0.3
    rate: float = 300.0
    slots: int = 32
    skew: float = 0.8  # of the sites' sizes: 0 is all the same


@dataclass(frozen=True, slots=True)
class Played:
    """How it went."""

    seconds: float
    pages_a_second: float
    busy: float  # share of the workers' capacity that was used


def sizes(sites: int, pages: int, skew: float) -> list[int]:
    """Pages of each site, the largest first; at least one each."""
    weights = [1 / (rank**skew) for rank in range(1, sites + 1)]
    total = sum(weights)
    return [max(1, round(pages * weight / total)) for weight in weights]


def play(plan: Plan) -> Played:
    """The crawl from its first request to its last answer."""
    left = sizes(plan.sites, plan.pages, plan.skew)
    total = sum(left)
    places = plan.workers * plan.slots
    service = max(plan.answer, places / (plan.workers * plan.rate))  # a full worker answers late
    ready = [(0.0, site) for site in range(plan.sites)]
    heapq.heapify(ready)
    under_way: list[float] = []
    now = last = 0.0
    done = 0
    while ready:
        moment, site = heapq.heappop(ready)
        now = max(now, moment)
        while under_way and under_way[0] <= now:
            heapq.heappop(under_way)
        if len(under_way) >= places:
            now = heapq.heappop(under_way)
        heapq.heappush(under_way, now + service)
        last = max(last, now + service)
        done += 1
        left[site] -= 1
        if left[site]:
            heapq.heappush(ready, (now + max(plan.delay, service), site))
    assert done == total
    capacity = plan.workers * min(plan.rate, plan.slots / plan.answer)
    return Played(last, total / last, total / last / capacity)


def largest_site(plan: Plan) -> float:
    """Seconds that the largest site needs alone: no worker shortens it."""
    return sizes(plan.sites, plan.pages, plan.skew)[0] * max(plan.delay, plan.answer)


def scaled(plan: Plan, bound: int = 1_000_000) -> tuple[Plan, int]:
    """A plan small enough to play, and the factor by which sites, pages and workers were divided."""
    factor = max(1, -(-plan.pages // bound))
    if factor == 1:
        return plan, 1
    workers = max(1, round(plan.workers / factor))
    # Fewer workers than the factor: the rest of the scaling is a slower worker.
    share = plan.workers / factor / workers
    return Plan(
        max(1, plan.sites // factor), plan.pages // factor, workers, plan.delay, plan.answer,
        plan.rate * share, max(1, round(plan.slots * share)), plan.skew,
    ), factor  # fmt: skip


#: The scales of docs/scale.md: sites, pages, workers.
SCALES = (
    (2, 1_500, 1),
    (100, 100_000, 1),
    (1_000, 1_000_000, 1),
    (1_000, 1_000_000, 8),
    (100_000, 100_000_000, 50),
    (1_000_000, 1_000_000_000, 500),
)


def figures(*, quick: bool = False) -> list[Figure]:
    """How much of eight workers a thousand sites keep busy, beside one worker."""
    pages = 5_000 if quick else 200_000
    one, eight = (play(Plan(1_000, pages, workers)) for workers in (1, 8))
    return [
        Figure("frontier/eight_workers_1000_sites", eight.pages_a_second, "pages/s simulated", "one worker", one.pages_a_second),
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sites", type=int)
    parser.add_argument("--pages", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--delay", type=float, default=1.0, help="seconds between two requests")
    parser.add_argument("--answer", type=float, default=0.3, help="seconds an answer takes")
    parser.add_argument("--rate", type=float, default=300.0, help="pages/s of a worker")
    parser.add_argument("--skew", type=float, default=0.8, help="of the sites' sizes, 0 is even")
    given = parser.parse_args()
    scales = [(given.sites, given.pages, given.workers)] if given.sites else SCALES
    print(
        "| sites | pages | workers | all but the largest sites | pages/s | workers busy | largest site alone |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|")
    for sites, pages, workers in scales:
        plan = Plan(sites, pages, workers, given.delay, given.answer, given.rate, skew=given.skew)
        small, factor = scaled(plan)
        played = play(small)
        print(
            f"| {sites:,} | {pages:,} | {workers:,} | {_time(played.seconds)} "
            f"| {played.pages_a_second * factor:,.0f} | {played.busy:.0%} | {_time(largest_site(plan))} |"
        )


def _time(seconds: float) -> str:
    for unit, size in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:,.1f} {unit}"
    return f"{seconds:.0f} s"


if __name__ == "__main__":
    main()
