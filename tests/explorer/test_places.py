"""Places: evidence finds its block in a page's text, or says that it stands in none."""

from __future__ import annotations

from typing import Any

import pytest

from harvester.explorer.places import CONTEXT, Snippet, Span, snippet, spans

TEXT = "Åsa Ödmark\n\nÅsa Ödmark, enhetschef, talar.\n\nSlut."


def row(start: int | None, raw: str | None, locator: str | None = "/p[1]") -> dict[str, Any]:
    return {"locator": locator, "raw": raw, "char_start": start}


@pytest.mark.parametrize(
    ("evidence", "places"),
    [
        pytest.param([row(0, "Slut")], [Span(44, 48)], id="last-block"),
        pytest.param([row(0, "Åsa Ödmark")], [Span(0, 10)], id="first-block-that-holds-it"),
        pytest.param(
            [row(0, "Åsa Ödmark"), row(12, "enhetschef")],
            [Span(12, 22), Span(24, 34)],
            id="a-locator's-texts-stand-in-one-block",
        ),
        pytest.param([row(5, "Åsa")], [None], id="not-at-that-offset"),
        pytest.param([row(0, "2024-10-02T10:00:00", "/4/date")], [None], id="page-data"),
        pytest.param([row(None, None, None)], [None], id="missing-value"),
        pytest.param([row(0, None)], [None], id="no-text"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_spans(evidence: list[dict[str, Any]], places: list[Span | None]) -> None:
    found = spans(TEXT, evidence)
    assert [span for _, span in found] == places
    for (one, span), given in zip(found, evidence, strict=True):
        assert one is given
        if span is not None:
            assert TEXT[span.start : span.end] == one["raw"]


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        pytest.param("abc", Span(1, 2), Snippet("a", "b", "c"), id="whole-text"),
        pytest.param("x\n\nabc\n\ny", Span(4, 5), Snippet("a", "b", "c"), id="only-its-block"),
        pytest.param(
            "a" * 100 + "B" + "c" * 100,
            Span(100, 101),
            Snippet("…" + "a" * CONTEXT, "B", "c" * CONTEXT + "…"),
            id="cut-on-both-sides",
        ),
        pytest.param("abc", None, Snippet("", "raw", ""), id="no-place"),
    ],
)
def test_snippet(text: str, span: Span | None, expected: Snippet) -> None:
    assert snippet(text, span, "raw") == expected


def test_an_empty_text_holds_nothing() -> None:
    assert [span for _, span in spans("", [row(0, "Åsa")])] == [None]
