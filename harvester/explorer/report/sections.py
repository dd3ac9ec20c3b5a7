"""The sections of the report, each a heading, a plot or table, and the figures behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from harvester.explorer.markup import Child, Html, joined, tag
from harvester.explorer.report.coverage import TextCoverage
from harvester.explorer.report.figures import ACTORS, FillRate, ProblemGroup, YearFigures
from harvester.explorer.wording import LANGUAGES, phrase, turned, word


def section(key: str, *content: Child) -> Html:
    """A section with its heading, reachable by its key."""
    return tag("section", word(key, element="h2", id=key.replace(".", "-")), *content)


def table(head: Sequence[str], lines: Iterable[Sequence[Child]]) -> Html:
    """A table; ``head`` names phrases, the first cell of a line is its heading."""
    body = (
        tag("tr", tag("th", line[0], scope="row"), *(tag("td", c) for c in line[1:]))
        for line in lines
    )
    names = tag("tr", *(tag("th", word(key), scope="col") for key in head))
    return _scrolled(head[0], tag("table", tag("thead", names), tag("tbody", *body)))


def plot(key: str, drawn: Mapping[str, Html], figures: Html | None = None) -> Html:
    """A plot in both languages, one of which is shown, and a drawer with its figures."""
    shown = (
        tag(
            "div", drawn[language], class_=f"only-{language}", role="img",
            aria_label=phrase("report.plot", phrase(key, language=language), language=language),
        )
        for language in LANGUAGES
    )  # fmt: skip
    behind = tag("details", word("report.data", element="summary"), figures) if figures else None
    return tag("figure", *shown, behind)


def rows_section(counts: Mapping[str, int]) -> Html:
    return section(
        "report.rows",
        table(
            ("table", "rows", "what"),
            ((tag("code", name), n, word(f"table.{name}")) for name, n in counts.items()),
        ),
    )


def year_table(figures: Sequence[YearFigures]) -> Html:
    lines = ((year_name(f.year), f.films, f.people, f.pages, f.documents) for f in figures)
    return table(("year", "films", "people", "pages", "documents"), lines)


def part_table(counts: Counter[tuple[int | None, str]]) -> Html:
    ordered = sorted(
        counts.items(), key=lambda item: (item[0][0] is None, item[0][0] or 0, item[0][1])
    )
    lines = ((year_name(year), word(f"part.{part}"), n) for (year, part), n in ordered)
    return table(("year", "as", "times"), lines)


def fill_table(rates: Sequence[FillRate]) -> Html:
    lines = (
        (year_name(r.year), tag("code", r.column), f"{r.filled}/{r.rows}", percent(r.share))
        for r in rates
    )
    return table(("year", "column", "rows", "share"), lines)


def missing_table(found: Sequence[tuple[str, str, str, int]]) -> Html:
    lines = (
        (tag("code", f"{name}.{column}"), word(f"missing.{reason}"), n)
        for name, column, reason, n in found
    )
    return table(("column", "why", "times"), lines)


def drift_table(history: Sequence[tuple[str, Mapping[str, int]]], tables: Sequence[str]) -> Html:
    """Rows of each table in the newest releases, the newest first."""
    newest = list(reversed(history))[:8]
    head = tag(
        "tr",
        word("table", element="th", scope="col"),
        *(tag("th", v, scope="col") for v, _ in newest),
    )
    body = (
        tag(
            "tr",
            tag("th", tag("code", name), scope="row"),
            *(tag("td", c.get(name)) for _, c in newest),
        )
        for name in tables
    )
    return _scrolled("report.drift", tag("table", tag("thead", head), tag("tbody", *body)))


def changes_table(found: Mapping[tuple[str, str, str], int]) -> Html:
    lines = (
        (tag("code", name), turned("kind", kind), turned("cause", cause or "unknown"), n)
        for (name, kind, cause), n in sorted(found.items())
    )
    return table(("table", "changes.kind", "changes.cause", "times"), lines)


def checks_section(checks: Sequence[Mapping[str, Any]]) -> Html:
    """How many checks passed, and every one that did not."""
    broken = [check for check in checks if check.get("status") != "passed"]
    lines = (
        (
            tag("code", str(c.get("check"))),
            turned("status", str(c.get("status"))),
            tag("span", str(c.get("message")), lang="en"),
        )
        for c in broken
    )
    return section(
        "report.checks",
        word("report.checks.passed", len(checks) - len(broken), element="p"),
        table(("check", "status", "message"), lines) if broken else None,
    )


def problems_section(groups: Sequence[ProblemGroup]) -> Html:
    content: list[Child] = []
    for actor in ACTORS:
        own = [group for group in groups if group.actor == actor]
        if own:
            content.append(word(f"actor.{actor}", element="h3"))
            lines = (
                (
                    tag("code", g.code),
                    word(f"severity.{g.severity}"),
                    g.times,
                    tag("span", g.example, lang="en"),
                )
                for g in own
            )
            content.append(table(("code", "severity", "times", "example"), lines))
    return section("report.problems", *(content or [word("report.problems.none", element="p")]))


def run_section(run: Mapping[str, Any] | None) -> Html:
    """Requests, bytes and pace by site, from a run's summary."""
    crawl = (run or {}).get("crawl") or run or {}
    sites = crawl.get("sites") or []
    if not sites:
        return section("report.run", word("report.run.none", element="p"))
    seconds = _seconds(crawl.get("started"), crawl.get("finished"))
    head = (
        "site",
        "requests",
        "bytes",
        "fetched.count",
        "not_modified",
        "failed",
        "robots",
        "pace",
    )
    lines = (
        (
            str(site.get("name")), site.get("requests"), f"{site.get('bytes', 0):,}".replace(",", "\u00a0"),
            site.get("fetched"), site.get("not_modified"), site.get("failed"), str(site.get("robots")),
            f"{seconds / site['requests']:.2f}" if seconds and site.get("requests") else "–",
        )
        for site in sites
    )  # fmt: skip
    return section("report.run", tag("p", tag("code", str(crawl.get("run")))), table(head, lines))


def accuracy_section(document: Any) -> Html:
    """Every figure with a precision or a recall in ``accuracy.json``, named by its place there."""
    lines = list(_scores(document, ()))
    if not lines:
        return section("report.accuracy", word("report.accuracy.none", element="p"))
    names = list(dict.fromkeys(key for _, scores in lines for key in scores))
    head = tag(
        "tr",
        word("measure", element="th", scope="col"),
        *(tag("th", tag("code", n), scope="col") for n in names),
    )
    body = (
        tag(
            "tr",
            tag("th", " · ".join(path), scope="row"),
            *(tag("td", _figure(scores.get(n))) for n in names),
        )
        for path, scores in lines
    )
    shown = tag("table", tag("thead", head), tag("tbody", *body))
    return section("report.accuracy", _scrolled("report.accuracy", shown))


def coverage_table(coverage: TextCoverage) -> Html:
    lines = (
        (
            tag("code", c.layout), c.pages, c.characters, percent(c.read / c.characters),
            percent(c.in_clips / c.characters), percent(c.unread / c.characters),
        )
        for c in coverage.layouts
    )  # fmt: skip
    return table(("layout", "pages", "characters", "read", "in_clips", "unread"), lines)


def words_block(coverage: TextCoverage) -> Html:
    if not coverage.words:
        body: Html = word("report.words.none", element="p")
    else:
        items = (
            tag("li", tag("span", w, lang="sv"), tag("span", f" {n}", class_="quiet"))
            for w, n in coverage.words
        )
        body = joined(word("report.words.lead", element="p"), tag("ul", *items, class_="words"))
    return joined(word("report.words", element="h3"), body)


def year_name(year: int | None) -> Child:
    return word("year.none") if year is None else str(year)


def percent(share: float) -> str:
    return f"{100 * share:.0f}\u00a0%"


def _scrolled(key: str, content: Html) -> Html:
    """A wide table in a box of its own, which a narrow screen scrolls, by keyboard too."""
    return tag(
        "div", content, class_="wide", tabindex="0", role="region",
        aria_label=phrase(key), data_t_label=key,
    )  # fmt: skip


def _scores(node: Any, path: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], dict[str, Any]]]:
    if isinstance(node, list):
        for n, item in enumerate(node):
            yield from _scores(item, (*path, str(n + 1)))
    elif isinstance(node, dict):
        if "precision" in node or "recall" in node:
            names = [str(v) for v in node.values() if isinstance(v, str)]
            scores = {k: v for k, v in node.items() if not isinstance(v, str | dict)}
            yield (tuple(names) or path), scores
        else:
            for key, item in node.items():
                yield from _scores(item, (*path, str(key)))


def _figure(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, list):
        return "–".join(_figure(item) for item in value)
    return "" if value is None else str(value)


def _seconds(started: Any, finished: Any) -> float | None:
    try:
        return (datetime.fromisoformat(finished) - datetime.fromisoformat(started)).total_seconds()
    except (TypeError, ValueError):
        return None
