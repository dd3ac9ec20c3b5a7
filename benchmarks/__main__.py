"""Every performance figure in one run, each beside its baseline: ``make bench``.

    python -m benchmarks                   all of them; writes benchmarks/results.json and results.md, and README's quotation
    python -m benchmarks --quick           a few pages and rows: that it works, not how fast
    python -m benchmarks --only crawl      some of them, printed; with --output the other rows there stay

A machine that does other work at the time moves the figures of several processes most; its load is
written beside them.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure

#: The modules with figures, in the order of their rows.
PARTS = ("crawl", "extract", "datasets", "archive", "dates", "people", "videos", "frontier")

#: What README quotes, in its words.
QUOTED = {
    "crawl/whole_line": "the whole line (fetch, archive, extract) beside bare Scrapy, pages a second",
    "crawl/crawler_cpu": "what the crawler's process spends on a page, beside bare Scrapy",
    "extract/page": "reading a page, beside reading its WARC record and one lxml parse",
    "extract/two_processes": "two processes beside one",
    "release/whole": "a release of 100,000 rows in all formats, beside ten seconds",
    "dates/ratio_prose": "Swedish dates in prose, beside `dateparser.search` (100 wanted)",
}

_FOLDER = Path(__file__).parent
_README = _FOLDER.parent / "README.md"
_BEGIN, _END = "<!-- figures -->\n", "<!-- end of figures -->"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, write the results."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few pages: that it works")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part alone")
    parser.add_argument("--output", type=Path, help="folder to write to (default: this one)")
    given = parser.parse_args(arguments)
    found: list[Figure] = []
    for part in given.only or PARTS:
        print(f"measuring {part} …", file=sys.stderr)
        found += figures_of(part, quick=given.quick)
    print(as_table(results(found)), end="")
    if given.output is None and (given.quick or given.only):
        return 0
    folder = given.output or _FOLDER
    document = _merged(folder / "results.json", results(found))
    table = as_table(document)
    (folder / "results.json").write_text(
        json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    (folder / "results.md").write_text(table, encoding="utf-8")
    if given.output is None:
        before, _, after = _README.read_text(encoding="utf-8").partition(_BEGIN)
        after = after[after.index(_END) :]
        _README.write_text(before + _BEGIN + quotation(document) + after, encoding="utf-8")
    return 0


def figures_of(part: str, *, quick: bool = False) -> list[Figure]:
    """The figures of a part; none where it is not there (its library is not installed)."""
    if not (_FOLDER / f"{part}.py").exists():
        return []
    module = importlib.import_module(f"benchmarks.{part}")
    takes_quick = "quick" in module.figures.__code__.co_varnames[: _arguments(module.figures)]
    found: Iterable[Any] = module.figures(quick=quick) if takes_quick else module.figures()
    return [f if isinstance(f, Figure) else _figure(part, f) for f in found]


def results(figures: Sequence[Figure]) -> dict[str, Any]:
    """The figures with the machine they were measured on."""
    return {
        "machine": {
            "python": platform.python_version(),
            "cores": len(os.sched_getaffinity(0)),
            "load": round(os.getloadavg()[2], 2),
        },
        "figures": [figure.document() for figure in figures],
    }


def as_table(document: dict[str, Any]) -> str:
    """The results as a Markdown table."""
    machine = document["machine"]
    lines = [
        f"Python {machine['python']}, {machine['cores']} cores, load {machine['load']} (15 minutes).",
        "",
        "| figure | value | baseline | ratio | target |",
        "|---|---:|---|---:|---|",
    ]
    for figure in document["figures"]:
        mark = {True: " ✓", False: " not reached", None: ""}[figure["met"]]
        base = figure["baseline"]
        if figure["baseline_value"] is not None:
            base += f" ({_shown(figure['baseline_value'])})"
        ratio = "" if figure["ratio"] is None else f"{_shown(figure['ratio'])} ×"
        lines.append(
            f"| {figure['name']} | {_shown(figure['value'])} {figure['unit']} | {base} | {ratio} | {figure['target']}{mark} |"
        )
    return "\n".join(lines) + "\n"


def quotation(document: dict[str, Any]) -> str:
    """The few figures that README quotes, as a Markdown table."""
    figures = {figure["name"]: figure for figure in document["figures"]}
    lines = ["| figure | measured | target |", "|---|---:|---|"]
    for name, words in QUOTED.items():
        if name not in figures:  # its library is not installed
            continue
        figure = figures[name]
        measured = figure["value"] if figure["ratio"] is None else figure["ratio"]
        lines.append(f"| {words} | {_shown(measured)} × | {figure['target']} |")
    return "\n".join(lines) + "\n"


def _merged(file: Path, document: dict[str, Any]) -> dict[str, Any]:
    """The results with the rows of parts that were not measured now, as the file holds them."""
    measured = {_part(figure) for figure in document["figures"]}
    try:
        there = json.loads(file.read_text(encoding="utf-8"))["figures"]
    except (OSError, ValueError, KeyError):
        there = []
    rows = [*document["figures"], *(f for f in there if _part(f) not in measured)]
    order = ["release" if part == "datasets" else part for part in PARTS]
    rows.sort(key=lambda f: order.index(_part(f)) if _part(f) in order else len(order))
    return document | {"figures": rows}


def _part(figure: dict[str, Any]) -> str:
    name: str = figure["name"]
    return name.partition("/")[0]


def _figure(part: str, row: dict[str, Any]) -> Figure:
    """A figure that a parser's module gives as a dictionary; its baseline is a number or words."""
    own = str(row["name"]).removeprefix(f"{part}:").removeprefix(f"{part}/").strip()
    name = f"{part}/{own.replace(' ', '_')}"
    baseline = row.get("baseline", "")
    if isinstance(baseline, int | float):
        return Figure(name, row["value"], row["unit"], "see its module", float(baseline))
    return Figure(name, row["value"], row["unit"], str(baseline or ""))


def _arguments(function: Any) -> int:
    code = function.__code__
    return int(code.co_argcount + code.co_kwonlyargcount)


def _shown(value: float) -> str:
    """Three digits that count, no exponent."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
