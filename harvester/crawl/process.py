"""A crawl in a process of its own: Twisted's reactor runs once a process, and a crash stays outside.

The child gets its job on standard input, which stays open as its lifeline: when the parent dies, the
child ends. It tells what happens as JSON lines on a pipe.
"""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harvester import errors
from harvester.crawl.runs import CrawlReport, RunState, next_run, read_report
from harvester.errors import HarvesterError
from harvester.sites import Profile

Progress = Callable[[Mapping[str, Any]], None]


def crawl(
    profile_name: str,
    output: Path,
    *,
    spider: str | None = None,
    edition: int | None = None,
    url: str | None = None,
    full: bool = False,
    profile_override: Profile | None = None,
    progress: Progress | None = None,
    run: str | None = None,
    settings: Mapping[str, Any] | None = None,
    samples: Path | None = None,
) -> CrawlReport:
    """Crawl the sites of a profile into ``output`` and give the report, as ``crawl.json`` holds it.

    Without ``spider`` everything is crawled and archived; with one its items are staged too.
    ``progress`` gets each event as it happens; ``samples`` is a folder for a profile of the child.
    SIGINT and SIGTERM reach the child, which keeps what it has; the report's ``signal`` then names
    them, as it names one that killed the child alone. Raises LockedError, UnwritableError, ArchiveError
    or ProfileError; whether a site was reached is for the caller to judge.
    """
    run = run or next_run(output / "runs")
    job = {
        "profile": profile_name,
        "document": profile_document(profile_override) if profile_override else None,
        "output": str(output),
        "run": run,
        "spider": spider,
        "edition": edition,
        "url": url,
        "full": full,
        "settings": dict(settings or {}),
        "samples": str(samples) if samples else None,
    }
    caught, error, code = _followed(job, progress)
    if error is not None:
        raise error
    if caught is None and code < 0:
        caught = -code  # the child was killed from outside; the next run goes on where it was
    report = read_report(output / "runs" / run)
    if report is None or (code != 0 and report.state is RunState.RUNNING and caught is None):
        raise HarvesterError(
            f"the crawl ended with status {code}; see {output / 'runs' / run / 'crawl.log'}"
        )
    if caught is not None:
        state = RunState.FINISHED if report.state is RunState.FINISHED else RunState.INTERRUPTED
        report = dataclasses.replace(report, state=state, signal=caught)
    return report


def profile_document(profile: Profile) -> dict[str, Any]:
    """A profile as the document it can be read from again (`sites.read_profile`)."""
    sites = []
    for site in profile.sites:
        fields = dataclasses.asdict(site).items()
        table = {name: list(v) if isinstance(v, tuple) else v for name, v in fields}
        table["editions"] = {str(year): list(urls) for year, urls in site.editions.items()}
        sites.append(table)
    document: dict[str, Any] = {
        "site": sites,
        "event": profile.event,
        "tags": list(profile.tags),
        "resolve": dict(profile.resolve),
        "keep": profile.keep,
        "keep_runs": profile.keep_runs,
    }
    if profile.person_key is not None:
        document["person_key"] = profile.person_key
    return document


def _followed(
    job: Mapping[str, Any], progress: Progress | None
) -> tuple[int | None, HarvesterError | None, int]:
    """Run the child to its end: the signal that was passed on, its named error, its exit status."""
    reading, writing = os.pipe()
    child = subprocess.Popen(
        [sys.executable, "-m", "harvester.crawl", str(writing)],
        stdin=subprocess.PIPE,
        pass_fds=(writing,),
        start_new_session=True,  # a terminal's Ctrl-C reaches the parent alone, which passes it on
    )
    os.close(writing)
    assert child.stdin is not None
    error: HarvesterError | None = None
    with os.fdopen(reading, encoding="utf-8") as events, _passing_on(child) as caught:
        try:
            child.stdin.write(json.dumps(job).encode() + b"\n")
            child.stdin.flush()
        except BrokenPipeError:
            pass  # it ended already; its status says why
        for line in events:
            event = json.loads(line)
            if event["event"] == "error":
                error = _error(event)
            elif progress is not None:
                progress(event)
        code = child.wait()
        child.stdin.close()
    return (caught[0] if caught else None), error, code


@contextmanager
def _passing_on(child: subprocess.Popen[bytes]) -> Iterator[list[int]]:
    """SIGINT and SIGTERM go to the child while it runs; the list says which came."""
    caught: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield caught
        return

    def pass_on(number: int, frame: object) -> None:
        caught.append(number)
        child.send_signal(number)

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _error(event: Mapping[str, Any]) -> HarvesterError:
    kind = getattr(errors, str(event.get("kind")), HarvesterError)
    if not (isinstance(kind, type) and issubclass(kind, HarvesterError)):
        kind = HarvesterError
    return kind(str(event.get("message")))
