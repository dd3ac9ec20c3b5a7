"""Where a run's time goes: stacks sampled beside the work, written as a speedscope file.

A timer of CPU time looks at the main thread's stack a few hundred times a second, which costs some
percent. Waiting is not seen. Open the file at https://www.speedscope.app or with any tool that reads
its format.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from harvester.errors import UnwritableError

_SCHEMA = "https://www.speedscope.app/file-format-schema.json"
_INTERVAL = 0.004  # CPU seconds between two looks
_DEEPEST = 200  # frames of a stack that are kept, the innermost ones

#: A function as a profile names it: name, file, line of its definition.
Frame = tuple[str, str, int]
Stack = tuple[Frame, ...]


@contextmanager
def sampled(folder: Path | None, name: str) -> Iterator[None]:
    """While the block runs, sample this process; at its end write the part into the folder.

    Without a folder, and outside the main thread, nothing happens. `join_parts` joins the parts of
    several processes.
    """
    if folder is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    sampler = _Sampler()
    sampler.start()
    try:
        yield
    finally:
        sampler.end()
        part = {"name": name, "stacks": [[s, n * _INTERVAL] for s, n in sampler.stacks.items()]}
        file = folder / f"{name}-{os.getpid()}.json"
        with _writing(file):
            file.write_text(json.dumps(part), encoding="utf-8")


def require_writable(target: Path) -> None:
    """Raises UnwritableError where a profile cannot be written, before there is one."""
    with _writing(target):
        beside = target.with_name(target.name + ".new")
        beside.touch()
        beside.unlink()


def join_parts(folder: Path, target: Path) -> None:
    """Write the parts in a folder as one speedscope file, whole or not at all."""
    parts = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))]
    beside = target.with_name(target.name + ".new")
    with _writing(target):
        beside.write_text(json.dumps(speedscope(parts)), encoding="utf-8")
        beside.replace(target)


def speedscope(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Sampled parts as a document of speedscope's file format, one profile a part."""
    numbers: dict[Frame, int] = {}
    profiles = []
    for part in parts:
        samples, weights = [], []
        for stack, weight in sorted(part["stacks"], key=lambda item: _key(item[0])):
            samples.append([numbers.setdefault(tuple(f), len(numbers)) for f in stack])
            weights.append(round(weight, 6))
        profiles.append(
            {"type": "sampled", "name": part["name"], "unit": "seconds", "startValue": 0,
             "endValue": round(sum(weights), 6), "samples": samples, "weights": weights}
        )  # fmt: skip
    frames = [{"name": name, "file": file, "line": line} for name, file, line in numbers]
    return {
        "$schema": _SCHEMA, "exporter": "harvester", "name": "harvester run", "activeProfileIndex": 0,
        "shared": {"frames": frames}, "profiles": profiles,
    }  # fmt: skip


class _Sampler:
    """Counts the CPU seconds of the main thread's stacks: a timer of CPU time interrupts it.

    The time of a C function falls to the Python function that called it.
    """

    def __init__(self) -> None:
        self.stacks: Counter[Stack] = Counter()
        self._before: Any = None

    def start(self) -> None:
        self._before = signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, _INTERVAL, _INTERVAL)

    def end(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, self._before)

    def _look(self, number: int, frame: FrameType | None) -> None:
        self.stacks[_stack(frame)] += 1


def _stack(frame: FrameType | None) -> Stack:
    """The functions of a stack, outermost first."""
    found: list[Frame] = []
    while frame is not None and len(found) < _DEEPEST:
        code = frame.f_code
        found.append((code.co_qualname, _shown(code.co_filename), code.co_firstlineno))
        frame = frame.f_back
    return tuple(reversed(found))


def _shown(file: str) -> str:
    """A source file's path below the folder it was imported from."""
    for root in sorted((r for r in sys.path if r), key=len, reverse=True):
        if file.startswith(root + os.sep):
            return file[len(root) + 1 :]
    return Path(file).name


def _key(stack: Sequence[Sequence[Any]]) -> list[str]:
    return [f"{frame[1]}:{frame[2]}:{frame[0]}" for frame in stack]


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnwritableError(
            f"cannot write {file}: {error.strerror}; name another file with --profile"
        ) from error
