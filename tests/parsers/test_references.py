"""References: the plain ones are not joined, and lead where joining leads."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.parsers.references import absolute

_STEPS = st.lists(
    st.sampled_from(["a", "B-1", "_x", "/", "//", ".", "..", "./", "../", "p.pdf", "%20", "?", "#", ";", ":"]),
    max_size=7,
)  # fmt: skip
_BEGINNINGS = st.sampled_from(
    ["", "/", "//", "https://exempel.example/", "http://exempel.example:80/", "HTTPS://Exempel.example/", "http://../"]
)  # fmt: skip
_BASES = (
    "https://exempel.example/sida/under/",
    "http://127.0.0.1:8009/?p=3",
    "https://exempel.example",
    "HTTPS://Exempel.example/sida",
)


@pytest.mark.parametrize("base", _BASES)
@given(beginning=_BEGINNINGS, steps=_STEPS)
def test_a_reference_leads_where_joining_leads(base: str, beginning: str, steps: list[str]) -> None:
    reference = beginning + "".join(steps)
    assert _or_none(absolute, base, reference) == _or_none(urljoin, base, reference)


def _or_none(joined: object, base: str, reference: str) -> str | None:
    assert callable(joined)
    try:
        return str(joined(base, reference))
    except ValueError:
        return None


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        pytest.param("/bilder/a.pdf", "https://exempel.example/bilder/a.pdf", id="own-path"),
        pytest.param(" https://annan.example/a ", "https://annan.example/a", id="white-space"),
        pytest.param("https://annan.example/a#b", "https://annan.example/a#b", id="fragment"),
        pytest.param("https://annan.example/a?", "https://annan.example/a", id="empty-query"),
        pytest.param("/a/../b", "https://exempel.example/b", id="dots"),
        pytest.param("a.pdf", "https://exempel.example/sida/under/a.pdf", id="relative"),
    ],
)
def test_references(reference: str, expected: str) -> None:
    assert absolute(_BASES[0], reference) == expected
