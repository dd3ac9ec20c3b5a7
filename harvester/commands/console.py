"""What a verb shows a person: lines, a progress bar on a terminal, one JSON document for programs."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol


class Step(Protocol):
    """Called with what is done and what there is to do (0 where nobody knows)."""

    def __call__(self, done: int, total: int) -> None: ...


class Console:
    """Standard output for results, standard error for progress and errors."""

    def __init__(
        self, *, quiet: bool = False, as_json: bool = False, shows_progress: bool = True
    ) -> None:
        self.quiet = quiet
        self.as_json = as_json
        self._shows_progress = shows_progress and not quiet and not as_json

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> Console:
        log_json = getattr(arguments, "log_json", False)  # then standard error is the log's
        return cls(quiet=arguments.quiet, as_json=arguments.json, shows_progress=not log_json)

    def say(self, text: str = "") -> None:
        """A line for a person; silent with --quiet and --json."""
        if not self.quiet and not self.as_json:
            print(plain(text))

    def result(self, document: Any, *lines: str) -> None:
        """The verb's answer: the document with --json, else the lines (the last one with --quiet)."""
        if self.as_json:
            print(json.dumps(document, ensure_ascii=False, indent=2, default=str))
        else:
            for line in lines[-1:] if self.quiet else lines:
                print(plain(line))

    @contextmanager
    def progress(self, what: str) -> Iterator[Step]:
        """A progress bar with rate and time left on a terminal, a plain line every ten seconds else."""
        if not self._shows_progress:
            yield lambda done, total: None
        elif sys.stderr.isatty():
            with _bar(what) as step:
                yield step
        else:
            yield _Lines(what)


def plain(text: str) -> str:
    """Text that no terminal acts on: control and direction characters are spelled out."""
    return "".join(c if c.isprintable() or c == "\t" else f"\\x{ord(c):02x}" for c in text)


@contextmanager
def _bar(what: str) -> Iterator[Step]:
    from rich.console import Console as Terminal
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Terminal(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None, rate="")
        begun = time.monotonic()

        def step(done: int, total: int) -> None:
            seconds = max(time.monotonic() - begun, 0.001)
            progress.update(
                task, completed=done, total=total or None, rate=f"{done / seconds:.0f}/s"
            )

        yield step


class _Lines:
    """Progress where nobody watches: a line now and then, so that a log stays short."""

    def __init__(self, what: str, every: float = 10.0) -> None:
        self._what = what
        self._every = every
        self._last = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= self._every:
            self._last = now
            print(f"{self._what}: {done}" + (f" of {total}" if total else ""), file=sys.stderr)
