"""Training reads a corpus, splits it the same way each time, and gives the same model."""

from __future__ import annotations

from pathlib import Path

from harvester.parsers.people.tagger import OUTSIDE
from harvester.parsers.people.train import main, read_corpus, score, split

_NAMES = [
    "Anna Brolund",
    "Bo Ekdahl",
    "Cecilia Forsgren",
    "David Granlid",
    "Eva Hedmo",
    "Frida Ingvall",
]


def _corpus(path: Path) -> Path:
    lines: list[str] = []
    for i in range(60):
        given, surname = _NAMES[i % len(_NAMES)].split()
        lines += [
            "I 0",
            "dag 0",
            "talade 0",
            f"{given} PER",
            f"{surname} PER",
            "i 0",
            "Flen LOC",
            ". 0",
            "",
        ]
        lines += ["Kommunen 0", "bygger 0", "en 0", "skola 0", "i 0", "Flen LOC", ". 0", ""]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_corpus_is_read_as_text_with_spans(tmp_path: Path) -> None:
    first, second, *_ = read_corpus(_corpus(tmp_path / "corpus.txt"))
    assert [first.text[a:b] for a, b in first.people] == ["Anna Brolund"]
    assert second.people == ()


def test_split_is_the_same_each_time(tmp_path: Path) -> None:
    sentences = list(read_corpus(_corpus(tmp_path / "corpus.txt")))
    training, test = split(sentences)
    assert (training, test) == split(sentences)
    assert len(training) + len(test) == len(sentences)
    assert test


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path / "corpus.txt")
    models = [tmp_path / "one.crfsuite", tmp_path / "two.crfsuite"]
    for model in models:
        assert main([str(corpus), str(model)]) == 0
    assert models[0].read_bytes() == models[1].read_bytes()
    assert OUTSIDE == "O"
    assert score(list(read_corpus(corpus)), models[0])[2] > 0.9
