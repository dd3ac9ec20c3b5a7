"""Plots as drawn SVG, by Altair, without a browser or a network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import altair as alt
import vl_convert

from harvester.explorer.markup import Html, raw, shown
from harvester.explorer.report.coverage import LayoutCoverage
from harvester.explorer.report.figures import FillRate, YearFigures
from harvester.explorer.wording import phrase

_FONT = "system-ui, Segoe UI, Roboto, Arial, sans-serif"
_INK, _QUIET, _LINE = "#17211f", "#55605d", "#d5dad6"

#: Told apart without colour vision, and dark enough on white.
_COLOURS = ("#0b5d57", "#b3641e", "#34506f", "#7d3557", "#6b7a1f", "#5b4a7d", "#8a8f8d", "#2b2b2b")

# The padding makes room for labels that a reader's font sets wider than the one they were measured in.
_CONFIG: dict[str, Any] = {
    "padding": {"left": 32, "right": 16, "top": 8, "bottom": 8},
    "background": "#ffffff",
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": _INK, "titleColor": _QUIET, "titleFontWeight": "normal", "labelFontSize": 12,
        "titleFontSize": 12, "gridColor": _LINE, "domainColor": _LINE, "tickColor": _LINE,
    },
    "legend": {"labelColor": _INK, "titleColor": _QUIET, "labelFontSize": 12, "orient": "top", "columnPadding": 18},
    "header": {"labelColor": _INK, "labelFontSize": 13, "labelFontWeight": "bold"},
    "range": {"category": list(_COLOURS)},
}  # fmt: skip

_WIDTH = 640


def year_plot(figures: Sequence[YearFigures], language: str) -> Html:
    """Films and people of each year side by side."""
    values = [
        {"year": _year(f.year, language), "what": phrase(key, language=language), "n": n}
        for f in figures
        for key, n in (("films", f.films), ("people", f.people))
    ]
    chart = (
        alt.Chart(_data(values), width=_WIDTH, height=220)
        .mark_bar()
        .encode(
            x=alt.X("year:N", sort=None, title=None, axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset("what:N", sort=None),
            y=alt.Y("n:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color("what:N", title=None, sort=None),
        )
    )
    return _drawn(chart)


def part_plot(counts: Counter[tuple[int | None, str]], language: str) -> Html:
    """What people did, stacked by year."""
    ordered = sorted(
        counts.items(), key=lambda item: (item[0][0] is None, item[0][0] or 0, item[0][1])
    )
    values = [
        {"year": _year(year, language), "part": phrase(f"part.{part}", language=language), "n": n}
        for (year, part), n in ordered
    ]
    chart = (
        alt.Chart(_data(values), width=_WIDTH, height=220)
        .mark_bar()
        .encode(
            x=alt.X("year:N", sort=None, title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("n:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color("part:N", title=None),
        )
    )
    return _drawn(chart)


def fill_plot(rates: Sequence[FillRate], language: str) -> Html:
    """A square for each year and column, its share written in it."""
    values = [
        {
            "year": f"{_year(rate.year, language)} ({rate.rows})",
            "column": rate.column,
            "share": round(rate.share, 4),
            "dark": rate.share > 0.55,
        }
        for rate in rates
    ]
    base = alt.Chart(_data(values), width=_WIDTH, height=210).encode(
        x=alt.X("year:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("column:N", sort=None, title=None),
    )
    squares = base.mark_rect(stroke="#ffffff", strokeWidth=2).encode(
        color=alt.Color(
            "share:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=["#f0f2ef", _COLOURS[0]])
        )
    )
    said = base.mark_text(fontSize=12).encode(
        text=alt.Text("share:Q", format=".0%"),
        color=alt.condition("datum.dark", alt.value("#ffffff"), alt.value(_INK)),
    )
    return _drawn(alt.layer(squares, said))


def drift_plot(history: Sequence[tuple[str, dict[str, int]]], tables: Sequence[str]) -> Html:
    """Rows of the main tables over the releases, a small plot for each."""
    values = [
        {"release": version, "table": table, "rows": counts[table]}
        for version, counts in history
        for table in tables
        if table in counts
    ]
    chart = (
        alt.Chart(_data(values), width=280, height=110)
        .mark_line(point={"color": _COLOURS[0]}, color=_COLOURS[0])
        .encode(
            x=alt.X("release:O", sort=None, title=None, axis=alt.Axis(labelAngle=-35)),
            y=alt.Y(
                "rows:Q",
                title=None,
                scale=alt.Scale(zero=False),
                axis=alt.Axis(format="d", tickCount=4, tickMinStep=1),
            ),
        )
        .facet(facet=alt.Facet("table:N", title=None, sort=list(tables)), columns=2)
        .resolve_scale(y="independent")
    )
    return _drawn(chart)


def coverage_plot(layouts: Sequence[LayoutCoverage], language: str) -> Html:
    """The text of each layout: read, in clips, unread."""
    kinds: tuple[tuple[str, Callable[[LayoutCoverage], int]], ...] = (
        ("read", lambda c: c.read), ("in_clips", lambda c: c.in_clips), ("unread", lambda c: c.unread),
    )  # fmt: skip
    names = [phrase(key, language=language) for key, _ in kinds]
    values = [
        {"layout": c.layout, "kind": name, "order": n, "characters": count(c)}
        for c in layouts
        for n, (name, (_, count)) in enumerate(zip(names, kinds, strict=True))
    ]
    chart = (
        alt.Chart(_data(values), width=_WIDTH - 80)
        .mark_bar()
        .encode(
            y=alt.Y("layout:N", sort=None, title=None),
            x=alt.X("characters:Q", title=phrase("characters", language=language), axis=alt.Axis(format="d", tickCount=6)),
            color=alt.Color(
                "kind:N", title=None, sort=names,
                scale=alt.Scale(domain=names, range=[_COLOURS[0], _COLOURS[1], "#c9cfcb"]),
            ),
            order="order:Q",
        )
    )  # fmt: skip
    return _drawn(chart)


def _year(year: int | None, language: str) -> str:
    return phrase("year.none", language=language) if year is None else str(year)


def _data(values: list[dict[str, Any]]) -> Any:
    return alt.Data(values=values)  # type: ignore[no-untyped-call]


def _drawn(chart: Any) -> Html:
    """The chart as SVG; texts of the data are escaped by the renderer, unfit characters shown."""
    svg = vl_convert.vegalite_to_svg(chart.properties().configure(**_CONFIG).to_json())
    return raw(shown(svg))
