"""What reading gives, one line for each page and text: run in two processes, the lines are compared.

python -m tests.compiled.reading
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import harvester.compiled
from benchmarks.pages import page, path
from benchmarks.site import profile
from harvester.archive.capture import make_capture
from harvester.harvest import HarvestContext, harvest_or_quarantine
from harvester.parsers.dates import find_dates
from harvester.parsers.people import read_people

ROOT = Path(__file__).parent.parent.parent
BASE = "http://127.0.0.1:8009"
MADE = 60


def lines() -> Iterator[str]:
    """How modules are loaded, then every page and label text with what was read in it."""
    yield harvester.compiled.state()
    context = HarvestContext(profile(BASE), b"k" * 32)
    bodies = [page(number, pages=MADE, base=BASE).encode() for number in range(MADE)]
    bodies += [file.read_bytes() for file in sorted(ROOT.glob("harvester/sample/site/**/*.html"))]
    for number, body in enumerate(bodies):
        moment = datetime(2026, 3, 1, tzinfo=UTC)
        headers = (("Content-Type", "text/html; charset=UTF-8"),)
        capture = make_capture(BASE + path(number), moment, 200, headers, body)
        yield _line(f"page {number}", harvest_or_quarantine(capture, context))
    for file in sorted(ROOT.glob("tests/labels/*/dev-*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            name, text = f"{file.name} {case['id']}", case["text"]
            yield _line(name, read_people(text), find_dates(text, published=date(2024, 9, 15)))


def _line(name: str, *values: object) -> str:
    return f"{name}: {hashlib.sha256(repr(values).encode()).hexdigest()}"


if __name__ == "__main__":
    print("\n".join(lines()))
