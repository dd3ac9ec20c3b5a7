"""Dates: how fast `find_dates` reads, as ratios to dateparser's search in the same run.

``python benchmarks/dates.py`` prints the figures; `figures` gives them to ``make bench``.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

PROSE = (
    "Förvaltningen har under lång tid arbetat med att samla handläggare, chefer och politiker kring en "
    "gemensam bild av uppdraget. Många medarbetare beskriver att samtalen har blivit öppnare, och att "
    "besluten numera går att följa från det första mötet till den sista uppföljningen. När nämnden "
    "sammanträdde i Grönköping den 14 mars 2019 var frågan åter uppe. Den som vill veta mer kan läsa "
    "rapporten, som bygger på intervjuer med familjer, skolor och föreningar i hela länet. Ett fåtal "
    "kommuner har valt en annan väg, men skillnaderna är små och väl beskrivna.\n\n"
)
DENSE = (
    "Anmälan öppnar den 7 maj 2024. Konferensen hålls 2–4 oktober 2024 i Grönköping. Styrelsen möts "
    "fredag den 15 mars 2024 kl. 13.00. Kursen ges 2024-09-12 och 2024-09-19. Nätverket träffas "
    "3/5–5/5 2022. Rapporten kom i april 2017, efter valet 2014 och hösten 2015.\n\n"
)
DENSE_YEARLESS = (
    "Anmälan öppnar den 7 maj. Konferensen hålls 2–4 oktober i Grönköping. Styrelsen möts fredag den "
    "15 mars kl. 13.00. Kursen ges 12 och 19 september. Nätverket träffas 3/5–5/5. Rapporten kom i "
    "april, och den 3 juni svarade nämnden.\n\n"
)
SNIPPET = "Vi ses fredag den 4 oktober 2024 kl. 9.00 i stora salen."
YEARLESS = "Boka in 2–4 oktober redan nu, anmälan öppnar den 7 maj."
HOSTILE = {"digits": "1", "dashes": "-", "spaces": " ", "jan": "jan ", "newlines": "\n"}
PUBLISHED = date(2024, 2, 1)


def figures() -> list[dict[str, Any]]:
    """The figures: name, value, unit, and the baseline or the bound it is held against."""
    from dateparser.search import search_dates

    from harvester.parsers.dates import find_dates

    def find(text: str) -> None:
        find_dates(text, published=PUBLISHED)

    def search(text: str) -> None:
        search_dates(text, languages=["sv"])

    ours, theirs = _seconds(lambda: find(DENSE), 200), _seconds(lambda: search(DENSE), 1)
    megabyte = 1_000_000
    rows = [
        _row("dates/ratio_dense", theirs / ours, "x", "dateparser.search.search_dates, >= 100"),
        _row(
            "dates/ratio_prose",
            _seconds(lambda: search(PROSE), 1) / _seconds(lambda: find(PROSE), 200),
            "x",
            "dateparser.search.search_dates, >= 100",
        ),
        _row("dates/prose", _rate(find, PROSE, megabyte), "MB/s", ">= 5"),
        _row("dates/dense", _rate(find, DENSE, megabyte), "MB/s", ">= 1.5"),
        _row("dates/snippet", _seconds(lambda: find(SNIPPET), 2000) * 1e6, "us", "<= 40"),
        _row("dates/dense_yearless", _rate(find, DENSE_YEARLESS, megabyte), "MB/s", ">= 1.5"),
        _row("dates/snippet_yearless", _seconds(lambda: find(YEARLESS), 2000) * 1e6, "us", "<= 40"),
        _row("dates/import", _fresh_seconds(_IMPORT) * 1e3, "ms", "<= 50"),
        _row("dates/first_call", _fresh_seconds(_FIRST_CALL) * 1e3, "ms", ""),
    ]
    for name, piece in HOSTILE.items():
        half, whole = (piece * (size // len(piece)) for size in (megabyte // 2, megabyte))
        growth = _seconds(lambda t=whole: find(t), 1) / _seconds(lambda t=half: find(t), 1)
        rows.append(_row(f"dates/growth_{name}", growth, "x for twice 0.5 MB", "about 2"))
    return rows


def _row(name: str, value: float, unit: str, baseline: str) -> dict[str, Any]:
    return {"name": name, "value": round(value, 2), "unit": unit, "baseline": baseline}


def _rate(find: Callable[[str], None], text: str, size: int) -> float:
    """Megabytes of UTF-8 a second over a text of about a megabyte."""
    large = text * (size // len(text))
    return len(large.encode()) / 1e6 / _seconds(lambda: find(large), 1)


def _seconds(call: Callable[[], None], times: int) -> float:
    """The best of five: CPU seconds of one call."""
    best = float("inf")
    for _ in range(5):
        start = time.thread_time()
        for _ in range(times):
            call()
        best = min(best, (time.thread_time() - start) / times)
    return best


_CLOCK = "import time; start = time.thread_time(); {}; print(time.thread_time() - start)"
_IMPORT = _CLOCK.format("import harvester.parsers.dates")
_FIRST_CALL = "from harvester.parsers.dates import find_dates; " + _CLOCK.format(
    "find_dates('Vi ses 3 mars.')"
)


def _fresh_seconds(code: str) -> float:
    """Seconds that something takes in a fresh interpreter, its start not counted: the best of five."""
    runs = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(5)
    ]
    return min(runs)


if __name__ == "__main__":
    for figure in figures():
        print("{name:28} {value:>10} {unit:20} {baseline}".format(**figure))
