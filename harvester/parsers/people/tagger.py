"""The trained sequence model: which words of a run make a person's name."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any

from harvester.parsers.people.features import features
from harvester.parsers.people.wordview import WordView

#: The labels the model gives a word.
BEGIN, INSIDE, OUTSIDE = "B", "I", "O"


def tag(words: WordView, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of tokens in a run that the model takes for a person's name."""
    labels: list[str] = _model()[0].tag(features(words, start, end))
    spans: list[tuple[int, int]] = []
    for offset, label in enumerate(labels):
        index = start + offset
        if label == BEGIN or (label == INSIDE and (not spans or spans[-1][1] != index)):
            spans.append((index, index + 1))
        elif label == INSIDE:
            spans[-1] = (spans[-1][0], index + 1)
    return spans


def use_model(model: bytes | None) -> None:
    """Read with another model in this process, None for the committed one: training scores what it learnt."""
    _chosen[:] = [] if model is None else [model]
    _model.cache_clear()


#: The model chosen by `use_model`; empty: the committed one.
_chosen: list[bytes] = []


@functools.cache
def _model() -> tuple[Any, bytes]:
    """The tagger with the committed model, opened on first use.

    The bytes are kept beside it: the tagger reads them in place and does not own them.
    """
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    committed = resources.files(__package__).joinpath("people.crfsuite")
    model = _chosen[0] if _chosen else committed.read_bytes()
    tagger.open_inmemory(model)
    return tagger, model
