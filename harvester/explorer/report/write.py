"""The report as one HTML file: style, script and plots inside, nothing fetched from anywhere."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from harvester.datasets.table_source import ReleaseTables
from harvester.errors import MissingExtraError
from harvester.explorer.gallery.film_data import script
from harvester.explorer.markup import Html, raw, tag
from harvester.explorer.report import figures, sections
from harvester.explorer.report.coverage import text_coverage
from harvester.explorer.tables import rows
from harvester.explorer.wording import LANGUAGES, catalogue, phrase, word
from harvester.records import TABLES

#: The tables whose growth the report follows.
_FOLLOWED = ("appearances", "pages", "films", "people", "dates", "documents")


def report_html(
    release: Path,
    *,
    history: Sequence[tuple[str, Mapping[str, int]]] = (),
    run: Mapping[str, Any] | None = None,
) -> str:
    """The report of a release folder: one HTML document, the same for the same input.

    ``history`` is version and row counts of the releases up to this one, oldest first; ``run`` a
    run's summary as `runs/<run>/run.json` or `crawl.json` holds it. Raises MissingExtraError.
    """
    try:
        from harvester.explorer.report import plots
    except ImportError:
        raise MissingExtraError(
            "the report's plots need Altair; install them with `make setup`, or pip install -e '.[report]'"
        ) from None
    years = figures.year_figures(release)
    parts = figures.parts_by_year(release)
    rates = figures.fill_rates(release)
    coverage = text_coverage(release)
    by_language = {
        "year": {lang: plots.year_plot(years, lang) for lang in LANGUAGES},
        "part": {lang: plots.part_plot(parts, lang) for lang in LANGUAGES},
        "fill": {lang: plots.fill_plot(rates, lang) for lang in LANGUAGES},
        "text": {lang: plots.coverage_plot(coverage.layouts, lang) for lang in LANGUAGES},
    }
    missing = figures.missing_values(release)
    content = (
        sections.section(
            "report.years",
            sections.plot("report.years", by_language["year"], sections.year_table(years)),
            sections.plot("as", by_language["part"], sections.part_table(parts)),
        ),
        sections.rows_section(_counts(release)),
        sections.section(
            "report.filled",
            word("report.filled.lead", element="p"),
            sections.plot("report.filled", by_language["fill"], sections.fill_table(rates)),
            word("report.missing", element="h3") if missing else None,
            sections.missing_table(missing) if missing else None,
        ),
        _drift(release, history, plots),
        sections.checks_section(_json(release / "checks.json") or []),
        sections.problems_section(figures.problem_groups(rows(release, "problems"))),
        sections.run_section(run),
        sections.accuracy_section(_json(release / "accuracy.json")),
        sections.section(
            "report.text",
            word("report.text.lead", element="p"),
            sections.plot("report.text", by_language["text"], sections.coverage_table(coverage)),
            sections.words_block(coverage),
        ),
    )
    return _document(_version(release), content)


def _drift(release: Path, history: Sequence[tuple[str, Mapping[str, int]]], plots: Any) -> Html:
    changes = _changes(release / "changes.csv")
    if len(history) < 2:
        return sections.section("report.drift", word("report.drift.one", element="p"))
    drawn = plots.drift_plot([(version, dict(counts)) for version, counts in history], _FOLLOWED)
    return sections.section(
        "report.drift",
        sections.plot(
            "report.drift",
            dict.fromkeys(LANGUAGES, drawn),
            sections.drift_table(history, _FOLLOWED),
        ),
        sections.changes_table(changes) if changes else None,
    )


def _document(version: str, content: Sequence[Html]) -> str:
    assets = files("harvester.explorer") / "assets"
    style = "".join(
        (assets / name).read_text(encoding="utf-8") for name in ("gallery.css", "report.css")
    )
    code = "\n".join(
        (
            "var harvested = {};\nfunction harvest(name, value) { harvested[name] = value; }",
            script("words", catalogue()),
            (assets / "frame.js").read_text(encoding="utf-8"),
        )
    )
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="robots", content="noindex, nofollow"),
        tag("meta", name="color-scheme", content="light dark"),
        word("report", version, element="title"),
        tag("style", raw(style)),
    )
    button = word(
        "language.switch", element="button", type="button", id="language", lang="en", hidden=True
    )
    body = tag(
        "body",
        word("skip", element="a", href="#content", class_="skip"),
        tag("header", _contents(), button),
        tag(
            "main",
            word("report", version, element="h1"),
            word("report.lead", element="p", class_="lead"),
            *content,
            id="content",
            tabindex="-1",
        ),
        tag("footer", word("footer", element="p")),
        tag("script", raw(code)),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang='sv')}\n"


_SECTIONS = (
    "report.years", "report.rows", "report.filled", "report.drift", "report.checks",
    "report.problems", "report.run", "report.accuracy", "report.text",
)  # fmt: skip


def _contents() -> Html:
    links = (
        tag("li", word(key, element="a", href=f"#{key.replace('.', '-')}")) for key in _SECTIONS
    )
    return tag(
        "nav",
        tag("ul", *links),
        aria_label=phrase("report.contents"),
        data_t_label="report.contents",
    )


def _counts(release: Path) -> Mapping[str, int]:
    tables = ReleaseTables(release)
    return {name: tables.rows(name) for name in TABLES}


def _changes(path: Path) -> Counter[tuple[str, str, str]]:
    """Changes counted by table, kind and cause."""
    if not path.is_file():
        return Counter()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return Counter(
            (line["table"], line["kind"], line["cause"]) for line in csv.DictReader(file)
        )


def _version(release: Path) -> str:
    package = _json(release / "datapackage.json")
    version = package.get("version") if isinstance(package, dict) else None
    return str(version or release.resolve().name)


def _json(path: Path) -> Any:
    """A JSON file's value; None where it is missing or damaged."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
