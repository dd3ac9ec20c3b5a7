"""Any text gives a list, in linear time, with offsets that hold."""

from __future__ import annotations

import gc
import random
import time
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.parsers.people import find_people
from tests.parsers.people.scoring import labelled

_LABELS = Path(__file__).parents[2] / "labels" / "people"
_PIECES = st.sampled_from(
    [
        "Anna",
        "Lind",
        "LARS",
        "VON",
        "ek",
        ",",
        ".",
        ":",
        "\n",
        "\n\n",
        "(",
        ")",
        "-",
        "–",
        "’",
        "s",
        "socialchef",
        "i",
        "Flen",
        "och",
        "1:e",
        "T.f.",
        "\xad",
        "̈",
        "Å",
        "@",
        "&",
        "/",
        "|",
        "\ud800",
        "Åsa",
        "Öberg-Strand",
        "d'Arc",
        "A.",
        "B.",
        "FSS",
        "tidigare",
    ]
)


# What rules look for beside a name: a post, a body, a place, and the words and marks that tie them to it.
_BESIDE = [
    "socialchef", "tf", "FSS", "Flens", "kommun", "Flen", "i", "och", "för", "är", "som", "hon", ",", ":", "(", ")", "–", "\n",
]  # fmt: skip


def _holds(text: str) -> None:
    mentions = find_people(text)
    end = 0
    for mention in mentions:
        assert mention.char_start >= end
        assert mention.char_end > mention.char_start
        assert text[mention.char_start : mention.char_end] == mention.raw
        assert mention.name
        end = mention.char_end


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_any_text(text: str) -> None:
    _holds(text)


@settings(max_examples=250, deadline=None)
@given(st.lists(st.tuples(_PIECES, st.sampled_from(["", " ", " "])), max_size=40))
def test_text_of_dangerous_pieces(pieces: list[tuple[str, str]]) -> None:
    _holds("".join(a + b for a, b in pieces))


@pytest.mark.parametrize("beside", _BESIDE, ids=repr)
def test_every_few_words_beside_a_name(beside: str) -> None:
    """A text may end, or begin, after any of them."""
    for more in product(_BESIDE, repeat=2):
        words = " ".join((beside, *more))
        _holds(f"Anna Lind {words}")
        _holds(f"Anna Lind\n{words}")
        _holds(f"{words} Anna Lind")


@pytest.mark.parametrize("path", sorted(_LABELS.glob("*.jsonl")), ids=lambda p: p.stem)
def test_text_that_breaks_off_anywhere(path: Path) -> None:
    """What rules look at behind a name may be cut off at any word, at either end, or run into another text."""
    texts = [line["text"] for line in labelled(path)]
    chance = random.Random(7)
    for text in texts:
        words = text.replace("\n", " \n ").split(" ")
        for _ in range(8):
            cut = chance.randrange(len(words) + 1)
            _holds(" ".join(words[:cut]))
            _holds(" ".join(words[cut:]))
            _holds(text[: chance.randrange(len(text))] + "\n" + chance.choice(texts))


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("Anna ", id="given-names-without-end"),
        pytest.param("Anna Lind, ", id="list-without-end"),
        pytest.param("A. ", id="initials"),
        pytest.param("a.", id="letters-and-stops"),
        pytest.param("von ", id="particles"),
        pytest.param("ANNA", id="one-word"),
        pytest.param("Anna och ", id="given-names-joined"),
        pytest.param("Anna:", id="labels"),
        pytest.param("Anna Lind (", id="open-brackets"),
        pytest.param("Anna-", id="hyphens"),
        pytest.param("tidigare ", id="modifiers"),
        pytest.param("socialchef och ", id="roles"),
        pytest.param("Föreningen Sveriges ", id="organisations"),
        pytest.param("\n", id="line-ends"),
        pytest.param("a\u0308", id="decomposed"),
        pytest.param("\u0308", id="marks"),
        pytest.param("Anna Lind\n\n", id="blocks"),
        pytest.param("Anna Lind, socialchef i Flen. Lind: ", id="one-person-often"),
    ],
)
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        best = 9.0
        gc.disable()  # what a look at all other tests' objects costs is not the reader's
        try:
            for _ in range(3):
                begun = time.process_time()
                find_people(text)
                best = min(best, time.process_time() - begun)
        finally:
            gc.enable()
        return best

    find_people("Anna Lind")
    small, large = seconds(8_000), seconds(64_000)
    assert large < 24 * max(small, 0.01)


def test_one_endless_word() -> None:
    begun = time.process_time()
    assert find_people("A" * 300_000) == []
    assert time.process_time() - begun < 5


def test_a_page_with_five_thousand_names() -> None:
    given = ["Anna", "Bo", "Cecilia", "David", "Eva", "Frida", "Gustav", "Helena", "Ivar", "Jenny"]
    text = "\n".join(
        f"{given[i % 10]} {given[(i // 10) % 10]} Lind{chr(97 + i // 100 % 26)}{chr(97 + i // 2600)}berg"
        for i in range(5_000)
    )
    begun = time.process_time()
    mentions = find_people(text)
    assert len(mentions) == 5_000
    assert time.process_time() - begun < 20
