"""Where words end and begin, and that each is found again at its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.parsers.people.tokens import tokens
from harvester.parsers.people.wordview import view

_PIECES = st.sampled_from(
    ["Anna", "ANNA", "t.", "T.f.", "f.", "d.", "A.", "1:e", "2,5", "\n", " ", "\u2003", "\x1c", "-", "–", "_", "²", "é"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Anna Lind.", ["Anna", "Lind", "."], id="stop that ends a sentence"),
        pytest.param("K. G. Ek", ["K.", "G.", "Ek"], id="initials"),
        pytest.param("K.g", ["K", ".", "g"], id="no initial before a small letter"),
        pytest.param("t.f. chef", ["t.f.", "chef"], id="abbreviation"),
        pytest.param("(t. f. chef", ["(", "t. f.", "chef"], id="abbreviation with a space"),
        pytest.param("t.  f. chef", ["t", ".", "f", ".", "chef"], id="two spaces part it"),
        pytest.param("ett.f. d. Ek", ["ett", ".", "f. d.", "Ek"], id="abbreviation behind a stop"),
        pytest.param("Öberg-Strand d'Arc", ["Öberg-Strand", "d'Arc"], id="inner marks"),
        pytest.param("vård- och", ["vård", "-", "och"], id="hanging hyphen"),
        pytest.param("kl. 13.30, 1:e", ["kl", ".", "13.30,", "1:e"], id="numbers"),
        pytest.param("Ek\nLind\u2003Al", ["Ek", "\n", "Lind", "Al"], id="lines and wide spaces"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(text)] == expected


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=30), st.text(max_size=5))
def test_a_token_stands_where_it_is_said_to(pieces: list[str], before: str) -> None:
    block = "".join(pieces)
    text = f"{before}{block} Anna"
    words = view(text, len(before), len(before) + len(block))
    spans = [(words.start(i), words.end(i)) for i in reversed(range(len(words)))][::-1]
    assert [text[start:end] for start, end in spans] == list(words.texts)
    end = len(before)
    for start, stop in spans:
        assert text[end:start] == "" or text[end:start].isspace()
        end = stop
    assert text[end : len(before) + len(block)].strip() == ""


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("Det är. Nu – så", [1, 0, 0, 1, 0, 1], id="behind a stop and a dash"),
        pytest.param("”Nu går vi", [1, 1, 0, 0], id="a mark before the first word"),
        pytest.param("Ek\nLind, 3", [1, 0, 1, 0, 0], id="a line"),
    ],
)
def test_where_sentences_begin(text: str, first: list[int]) -> None:
    assert list(map(int, view(text, 0, len(text)).first)) == first
