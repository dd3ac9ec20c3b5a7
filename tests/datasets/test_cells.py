from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from harvester.datasets.cells import (
    escaped_json,
    guarded,
    inert,
    json_text,
    markdown,
    moment_text,
    well_formed,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Åsa\tÖdmark\r\n", "Åsa\tÖdmark\r\n", id="tab-and-line-breaks-stay"),
        pytest.param("a\x00b", "a␀b", id="nul"),
        pytest.param("\x1b[31mröd", "␛[31mröd", id="terminal-colour"),
        pytest.param("a\x7fb", "a␡b", id="delete"),
        pytest.param("a\x85b", "a[U+0085]b", id="c1-control"),
        pytest.param("bild\u202egpj.exe", "bild[U+202E]gpj.exe", id="direction-override"),
        pytest.param("\u2067x\u2069", "[U+2067]x[U+2069]", id="isolate"),
        pytest.param("a\u2028b", "a[U+2028]b", id="line-separator"),
        pytest.param("\uffff", "[U+FFFF]", id="non-character"),
        pytest.param("a\u200fb", "a\u200fb", id="rlm-stays"),
        pytest.param("👩\u200d💻", "👩\u200d💻", id="joined-emoji-stays"),
        pytest.param("en\u00admjuk", "en\u00admjuk", id="soft-hyphen-stays"),
    ],
)
def test_inert(text: str, shown: str) -> None:
    assert inert(text) == shown


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        pytest.param("=1+1", True, id="equals"),
        pytest.param("+46 70", True, id="plus"),
        pytest.param("-2+3", True, id="minus"),
        pytest.param("@SUM(A1)", True, id="at"),
        pytest.param("  =1", True, id="after-blanks"),
        pytest.param("\u00a0\u3000=1", True, id="after-wide-blanks"),
        pytest.param("\ufeff=1", True, id="after-bom"),
        pytest.param("＝1", True, id="full-width-equals"),
        pytest.param("＠x", True, id="full-width-at"),
        pytest.param("\tx", True, id="tab"),
        pytest.param("\rx", True, id="carriage-return"),
        pytest.param("Socialchef - Umeå", False, id="dash-within"),
        pytest.param("– tankstreck", False, id="en-dash"),
        pytest.param("a=b", False, id="equals-within"),
        pytest.param("", False, id="empty"),
        pytest.param("   ", False, id="blank"),
    ],
)
def test_guarded(text: str, runs: bool) -> None:
    assert guarded(text) == ("'" + text if runs else text)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        pytest.param("å👍", "å👍", id="well-formed"),
        pytest.param("\ud83d\udc4d", "👍", id="pair-joined"),
        pytest.param("a\ud83db", "a\ufffdb", id="lone-half"),
    ],
)
def test_well_formed(text: str, mended: str) -> None:
    assert well_formed(text) == mended


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Åsa Ödmark", "Åsa Ödmark", id="plain"),
        pytest.param("[x](javascript:a)", r"\[x\](javascript:a)", id="link"),
        pytest.param("<img src=x>", "&lt;img src=x&gt;", id="html"),
        pytest.param("a | b\n# c", r"a \| b \# c", id="table-and-heading"),
        pytest.param("\x1b`x`", r"␛\`x\`", id="code-and-escape"),
    ],
)
def test_markdown(text: str, shown: str) -> None:
    assert markdown(text) == shown


def test_json_text_keeps_the_value_and_is_inert() -> None:
    values = ["å", "\u202e\x1b\x00", 'sa "hej"']
    text = json_text(values)
    assert json.loads(text) == values
    assert inert(text) == text
    assert "å" in text


def test_escaped_json_leaves_line_ends() -> None:
    assert escaped_json('{"a":"\u2066"}\n') == '{"a":"\\u2066"}\n'


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        pytest.param(datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "2026-01-02T03:04:00Z", id="utc"),
        pytest.param(
            datetime(2026, 1, 2, 3, 4, tzinfo=timezone(timedelta(hours=2))),
            "2026-01-02T01:04:00Z",
            id="other-zone",
        ),
        pytest.param(datetime(2026, 1, 2, 3, 4), "2026-01-02T03:04:00Z", id="without-zone"),
    ],
)
def test_moment_text(moment: datetime, text: str) -> None:
    assert moment_text(moment) == text
