"""What is not asked for speed's sake would not have changed an answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.datasets.labelled import labelled_texts
from harvester.parsers.people import roles, spans, tokens
from harvester.parsers.people.reading import read_people
from harvester.parsers.people.wordview import runs, view

_LABELS = Path(__file__).parents[2] / "labels" / "people"

_TEXTS = [
    text["text"] for file in sorted(_LABELS.glob("dev-*.jsonl")) for text in labelled_texts(file)
]

#: Texts of two blocks are read as pages, on which a lone word is hardly ever somebody.
_PAGES = ["\n\n".join(pair) for pair in zip(_TEXTS[::2], _TEXTS[1::2], strict=False)]


class _Everything:
    def __contains__(self, _: object) -> bool:
        return True


@pytest.mark.from_source
@pytest.mark.parametrize(
    ("name", "long_way"),
    [
        pytest.param("is_full_name", lambda *_: False, id="a full name by the lists"),
        pytest.param("may_be_somebody", lambda *_: True, id="a lone word on a page"),
    ],
)
def test_the_long_way_gives_the_same(
    name: str, long_way: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [*_TEXTS, *_PAGES]
    short = [read_people(text) for text in texts]
    monkeypatch.setattr(spans, name, long_way)
    for text, reading in zip(texts, short, strict=True):
        assert read_people(text) == reading, text


@pytest.mark.from_source
def test_no_form_of_a_role_has_another_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every listed noun in many forms, and every word of the label sets."""
    nouns = [*roles.role_lexicon().words, *roles.role_lexicon().tails]
    forms = [
        noun + ending for noun in nouns for ending in ("", "s", "en", "n", "er", "arna", "erna")
    ]
    words = {*forms, *(word for text in _TEXTS for word in text.lower().split())}
    found = {word: roles.indefinite.__wrapped__(word) for word in words}
    monkeypatch.setattr(roles, "_endings", _Everything)
    assert {word: roles.indefinite.__wrapped__(word) for word in words} == found


@settings(max_examples=300, deadline=None)
@given(st.text("AKgkå.-,:;!?()_19²'\u0301\u00bd", min_size=1, max_size=8))
def test_a_piece_is_cut_as_the_pattern_cuts_it(piece: str) -> None:
    by_pattern = [match[0] for match in tokens._TOKEN.finditer(piece)]
    assert [token.text for token in tokens.tokens(piece)] == by_pattern


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Nu talar Nora Vikfeldt.", ["Nora Vikfeldt"], id="a full name"),
        pytest.param("Vi mötte Nora von Vikfeldt där.", ["Nora von Vikfeldt"], id="a particle inside"),
        pytest.param("Där talade von der Vikfeldt.", ["von der Vikfeldt"], id="particles in front"),
        pytest.param("Nora von", ["Nora"], id="no particle at the end"),
        pytest.param("Programmet är klart.", [], id="an ordinary word that opens a sentence"),
        pytest.param("SKR svarar.", [], id="a lone acronym"),
    ],
)  # fmt: skip
def test_runs(text: str, expected: list[str]) -> None:
    words = view(text, 0, len(text))
    assert [" ".join(words.texts[start:end]) for start, end in runs(words)] == expected


def test_long_runs_come_in_pieces_that_end_in_no_particle() -> None:
    text = "Nora " * 39 + "von " + "Vikfeldt " * 10
    assert runs(view(text, 0, len(text))) == [(0, 39), (39, 50)]
