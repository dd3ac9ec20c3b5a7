"""The page of changes: what `changes.csv` says, table by table."""

from __future__ import annotations

import csv
from pathlib import Path

from harvester.datasets.cells import FORMULA
from harvester.explorer.gallery.frame import page
from harvester.explorer.markup import Html, joined, tag
from harvester.explorer.wording import turned, word

#: Changes of one table that are listed; the file holds all.
LISTED = 200

_COLUMNS = ("row", "kind", "column", "old", "new", "cause")


def changes_page(release: Path, last: Path | None, *, fetched: str | None) -> str:
    """The changes of a release that lies in staging; ``last`` is the release it is compared with."""
    found, rest = _changes(release / "changes.csv")
    if last is None:
        lead = word("changes.first", element="p", class_="lead")
    else:
        lead = word("changes.lead", last.name, element="p", class_="lead")
    sections = [_section(table, lines, rest[table]) for table, lines in found.items()]
    if last is not None and not sections:
        sections = [word("changes.none", element="p")]
    return page(
        word("nav.changes"),
        word("nav.changes", element="h1"),
        lead,
        *sections,
        here="changes.html",
        fetched=fetched,
    )


def _changes(path: Path) -> tuple[dict[str, list[dict[str, str]]], dict[str, int]]:
    """The first changes of each table, and how many more there are."""
    found: dict[str, list[dict[str, str]]] = {}
    rest: dict[str, int] = {}
    if not path.is_file():
        return found, rest
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            own = found.setdefault(line["table"], [])
            rest.setdefault(line["table"], 0)
            if len(own) < LISTED:
                own.append(line)
            else:
                rest[line["table"]] += 1
    return found, rest


def _section(table: str, lines: list[dict[str, str]], rest: int) -> Html:
    head = tag("tr", *(tag("th", word(f"changes.{name}"), scope="col") for name in _COLUMNS))
    body = (
        tag(
            "tr",
            tag("th", _text(line["label"]) or line["row_id"], scope="row", dir="auto"),
            tag("td", turned("kind", line["kind"])),
            tag("td", tag("code", line["column"]) if line["column"] else ""),
            tag("td", _text(line["old"]), dir="auto"),
            tag("td", _text(line["new"]), dir="auto"),
            tag("td", turned("cause", line["cause"] or "unknown")),
        )
        for line in lines
    )
    return joined(
        tag("h2", tag("code", table), id=f"table-{table}"),
        tag(
            "div",
            tag("table", tag("thead", head), tag("tbody", *body), class_="changes"),
            class_="wide", tabindex="0", role="region", aria_labelledby=f"table-{table}",
        ),
        word("changes.rest", rest, element="p") if rest else None,
    )  # fmt: skip


def _text(value: str) -> str:
    """A cell without the guard that keeps spreadsheets from running it."""
    return value[1:] if value.startswith("'") and FORMULA.match(value[1:]) else value
