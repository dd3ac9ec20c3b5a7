"""``harvester explain``: a value, the text it was read from, and the stored answer that holds it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from harvester.archive.reader import Archive
from harvester.commands.console import Console
from harvester.commands.scope import workspace_of
from harvester.datasets.evidence import Explained, explain, marked_html
from harvester.datasets.folders import find_release
from harvester.errors import ExitCode


def main(arguments: argparse.Namespace) -> int:
    console = Console.of(arguments)
    workspace = workspace_of(arguments, create=False)
    release = find_release(arguments.site, workspace.output, "latest")
    with Archive(workspace.archive) as archive:
        values = explain(release, archive, arguments.row, arguments.field)
        if arguments.html:
            context = workspace.context()
            page = marked_html(values, archive, context.suppressed, context.person_key)
            Path(arguments.html).write_text(page, encoding="utf-8")
    lines = [f"{values[0].table} {values[0].row_id}"]
    for value in values:
        lines += _lines(value)
    if arguments.html:
        lines += ["", f"the stored page with its places marked: {arguments.html}"]
    console.result([_document(v) for v in values], *lines)
    return ExitCode.OK


def _lines(value: Explained) -> list[str]:
    shown = "null" if value.value is None else str(value.value)
    lines = ["", f"{value.field} = {shown[:300]}"]
    if value.changed is not None:
        release, cause = value.changed
        lines.append(f"  changed   in release {release}, cause: {cause or 'unknown'}")
    item = value.evidence
    if item is None:
        return [*lines, "  derived: no text of its own"]
    version = f", code version {value.code_version}" if value.code_version else ""
    lines.append(f"  rule      {item['rule']}{version}")
    if item["missing"]:
        return [*lines, f"  missing   {str(item['missing']).replace('_', ' ')}"]
    lines.append(f"  raw text  {item['raw'][:300]!r}")
    if value.ref is not None:
        ref = value.ref
        lines.append(f"  stored    {ref.url}")
        lines.append(f"            fetched {ref.fetched_at:%Y-%m-%d %H:%M:%S} UTC, {ref.digest}")
        lines.append(f"            {ref.warc_file} at byte {ref.warc_offset}")
    lines.append(f"  locator   {item['locator']} [{item['char_start']}:{item['char_end']}]")
    if value.found is not None and item["char_end"]:
        there = value.found[item["char_start"] : item["char_end"]]
        lines.append(
            "  checked   the text stands there"
            if there == item["raw"]
            else f"  checked   the place now holds {there!r}"
        )
    return lines


def _document(value: Explained) -> dict[str, object]:
    return {
        "table": value.table, "row_id": value.row_id, "field": value.field, "value": value.value,
        "evidence": value.evidence, "capture": asdict(value.ref) if value.ref else None,
        "code_version": value.code_version,
        "last_change": dict(zip(("release", "cause"), value.changed, strict=True)) if value.changed else None,
    }  # fmt: skip
