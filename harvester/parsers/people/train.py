"""Train the sequence model: ``python -m harvester.parsers.people.train CORPUS OUT``.

CORPUS is a file in the form of the Swedish NER corpus named in MODEL_CARD.md: a word and its label a
line, an empty line between sentences. A model learnt without a fixed part of it, chosen by seed, is scored on
that part; OUT is then learnt from the whole. The same corpus, lists and seed give the same model.
"""

from __future__ import annotations

import argparse
import random
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.features import features
from harvester.parsers.people.reading import find_people
from harvester.parsers.people.tagger import BEGIN, INSIDE, OUTSIDE, use_model
from harvester.parsers.people.wordview import WordView, runs, view

SEED = 20160
#: Share of the corpus that is scored and never trained on.
TEST_SHARE = 0.15
#: Share of the runs with a person that come once more without what the lists know.
BLANKED = 0.2
#: Times each template of training_sentences.txt is filled.
FILLINGS = 12

_PLACEHOLDER = re.compile(r"\{([NGSTngs])\}")
#: Syllables for names no list holds, so that the model also learns to trust the company a name keeps.
_SYLLABLES = tuple(
    "ka ro li mi za te shi no va ru be dja kwe ost ham bri ger ul fen tor qua sti ye mar don vel gra zhe ou".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with the spans of the people in it."""

    text: str
    people: tuple[tuple[int, int], ...]


def main(arguments: list[str] | None = None) -> int:
    """Train on CORPUS, print the score of the part kept aside, write OUT."""
    parser = argparse.ArgumentParser(
        prog="python -m harvester.parsers.people.train", description=__doc__
    )
    parser.add_argument("corpus", type=Path, help="labelled sentences, a word and its label a line")
    parser.add_argument("out", type=Path, help="where the model is written")
    options = parser.parse_args(arguments)
    sentences = list(read_corpus(options.corpus))
    training, test = split(sentences)
    train(training, options.out)
    print(f"test part: {len(test)} sentences with {sum(len(s.people) for s in test)} people")
    for name, (precision, recall, f1) in {
        "model alone": score(test, options.out),
        "with the rules": score_reader(test, options.out),
    }.items():
        print(f"{name}: strict spans P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    train(sentences, options.out)
    return 0


def read_corpus(path: Path) -> Iterator[Sentence]:
    """The sentences of a corpus file; neighbouring words with the label PER are one person."""
    words: list[tuple[str, str]] = []
    for line in (*path.read_text(encoding="utf-8").splitlines(), ""):
        parts = line.split()
        if parts:
            word = unicodedata.normalize("NFC", parts[0].replace("\u00ad", ""))
            words.append((word, parts[-1] if len(parts) > 1 else "0"))
        elif words:
            yield _sentence(words)
            words = []


def split(sentences: list[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Training and test part; which sentence goes where depends on SEED alone."""
    dice = random.Random(SEED)
    training: list[Sentence] = []
    test: list[Sentence] = []
    for sentence in sentences:
        (test if dice.random() < TEST_SHARE else training).append(sentence)
    return training, test


def train(corpus: list[Sentence], out: Path) -> None:
    """Write the model learnt from a corpus, its variants with other names, and the project's own text."""
    import pycrfsuite

    dice = random.Random(SEED)
    trainer = pycrfsuite.Trainer(verbose=False)
    for sentence in (*corpus, *variants(corpus, dice), *own_sentences(dice)):
        for sequence, labels in labelled_runs(sentence, dice):
            trainer.append(sequence, labels)
    trainer.select("lbfgs")
    trainer.set_params({"c1": 0.5, "c2": 0.02, "max_iterations": 150, "feature.minfreq": 2})
    out.parent.mkdir(parents=True, exist_ok=True)
    trainer.train(str(out))


def variants(corpus: list[Sentence], dice: random.Random) -> Iterator[Sentence]:
    """Sentences of the corpus with the people renamed, and some of all in capitals."""
    for sentence in corpus:
        if sentence.people:
            for _ in range(3):
                yield _renamed(sentence, dice)
        if len(sentence.text) < 90 and dice.random() < (0.3 if sentence.people else 0.08):
            capitals = sentence.text.upper()
            if len(capitals) == len(sentence.text):
                yield Sentence(capitals, sentence.people)


def own_sentences(dice: random.Random) -> Iterator[Sentence]:
    """The sentences of training_sentences.txt, each filled FILLINGS times, some in capitals."""
    source = resources.files(__package__).joinpath("training_sentences.txt")
    text = source.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and line[0] != "#"]
    for line in lines:
        for _ in range(FILLINGS if _PLACEHOLDER.search(line) else 3):
            sentence = _filled(line, dice)
            yield sentence
            if len(line) < 50 and dice.random() < 0.3:
                capitals = sentence.text.upper()
                if len(capitals) == len(sentence.text):
                    yield Sentence(capitals, sentence.people)


def labelled_runs(
    sentence: Sentence, dice: random.Random
) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Feature and label sequences of a sentence's runs.

    Many runs come a second time with what the lists know of them taken away, of all their words or of
    some: the lists are no condition for being a person.
    """
    words = view(sentence.text, 0, len(sentence.text))
    labels = _labels(words, sentence)
    for start, end in runs(words):
        if BEGIN not in labels[start:end] and _overlooked(words, start, end):
            continue
        yield features(words, start, end), labels[start:end]
        if BEGIN in labels[start:end] and dice.random() < BLANKED:
            share = dice.choice((1.0, 1.0, 0.5))
            codes = list(words.codes)
            for index in range(start, end):
                if labels[index] != OUTSIDE and words.codes[index] != "P" and dice.random() < share:
                    codes[index] = ""
            yield features(replace(words, codes=codes), start, end), labels[start:end]


def _overlooked(words: WordView, start: int, end: int) -> bool:
    """Whether an unlabelled run is a listed given name with one or two names behind it: the corpus misses some."""
    given, *rest = words.codes[start:end]
    named = all(not code.rstrip(lex.GENITIVE).strip("gsed") for code in rest)
    return 1 <= len(rest) <= 2 and given in {"g", "gs"} and named


def score(sentences: Iterable[Sentence], model: Path) -> tuple[float, float, float]:
    """Precision, recall and F1 over exact spans of the model alone, without the rules."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    right = found = wanted = 0
    for sentence in sentences:
        words = view(sentence.text, 0, len(sentence.text))
        labels = [OUTSIDE] * len(words)
        for start, end in runs(words):
            labels[start:end] = tagger.tag(features(words, start, end))
        spans = set(_spans(labels, words))
        wanted += len(sentence.people)
        found += len(spans)
        right += len(spans & set(sentence.people))
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    return precision, recall, 2 * right / max(found + wanted, 1)


def score_reader(sentences: Iterable[Sentence], model: Path) -> tuple[float, float, float]:
    """Precision, recall and F1 over exact spans of `find_people` with this model."""
    use_model(model.read_bytes())
    right = found = wanted = 0
    try:
        for sentence in sentences:
            spans = {(m.char_start, m.char_end) for m in find_people(sentence.text)}
            wanted += len(sentence.people)
            found += len(spans)
            right += len(spans & set(sentence.people))
    finally:
        use_model(None)
    return right / max(found, 1), right / max(wanted, 1), 2 * right / max(found + wanted, 1)


def _sentence(words: list[tuple[str, str]]) -> Sentence:
    text = ""
    people: list[tuple[int, int]] = []
    inside = False
    for word, label in words:
        start = len(text) + (1 if text else 0)
        text = f"{text} {word}" if text else word
        if label != "PER":
            inside = False
            continue
        if inside:
            people[-1] = (people[-1][0], len(text))
        else:
            people.append((start, len(text)))
        inside = True
    return Sentence(text, tuple(people))


def _labels(words: WordView, sentence: Sentence) -> list[str]:
    labels: list[str] = []
    for index in range(len(words)):
        begin, stop = words.start(index), words.end(index)
        label = OUTSIDE
        for start, end in sentence.people:
            if start <= begin and stop <= end:
                label = BEGIN if begin == start else INSIDE
        labels.append(label)
    return labels


def _spans(labels: list[str], words: WordView) -> Iterator[tuple[int, int]]:
    begun: int | None = None
    for index, label in enumerate((*labels, OUTSIDE)):
        if begun is not None and label != INSIDE:
            yield words.start(begun), words.end(index - 1)
            begun = None
        if label == BEGIN or (label == INSIDE and begun is None):
            begun = index


def _renamed(sentence: Sentence, dice: random.Random) -> Sentence:
    text, last = "", 0
    people: list[tuple[int, int]] = []
    for start, end in sentence.people:
        text += sentence.text[last:start]
        old = sentence.text[start:end].split()
        new = _name(dice) if len(old) > 1 else _single(old[0], dice)
        if (
            old[-1].endswith("s")
            and not lex.code(old[-1][:-1]).endswith("x")
            and lex.code(old[-1][:-1])
        ):
            new += "s" if not new.endswith("s") else ""
        people.append((len(text), len(text) + len(new)))
        text += new
        last = end
    return Sentence(text + sentence.text[last:], tuple(people))


def _filled(line: str, dice: random.Random) -> Sentence:
    text, last = "", 0
    people: list[tuple[int, int]] = []
    for match in _PLACEHOLDER.finditer(line):
        text += line[last : match.start()]
        last = match.end()
        key = match[1]
        value = _value(key, dice)
        if key in "NGS":
            genitive = line[last : last + 1] == "s" and line[last + 1 : last + 2] in {" ", ""}
            if genitive and value.endswith("s"):
                value = value[:-1] + "n"
            people.append((len(text), len(text) + len(value) + genitive))
        text += value
    return Sentence(text + line[last:], tuple(people))


def _value(key: str, dice: random.Random) -> str:
    if key == "T":
        return dice.choice(sorted(lex.lexicon().places))
    kind = key.upper()
    return {"N": _name, "G": _given, "S": _surname}[kind](dice)


def _single(old: str, dice: random.Random) -> str:
    stem = old.removesuffix("s")
    given = lex.lexicon().given
    return _given(dice) if old in given or stem in given else _surname(dice)


def _name(dice: random.Random) -> str:
    roll = dice.random()
    given = _given(dice)
    if roll < 0.06:
        given += "-" + _given(dice)
    elif roll < 0.1:
        given += " " + dice.choice("ABCDEFGHJKLMPRS") + "."
    elif roll < 0.14:
        given += " " + _given(dice)
    surname = _surname(dice)
    roll = dice.random()
    if roll < 0.04:
        surname = dice.choice(("von", "af", "de", "van der", "al", "bin")) + " " + surname
    elif roll < 0.12:
        surname += " " + _surname(dice)
    elif roll < 0.15:
        surname += "-" + _surname(dice)
    return f"{given} {surname}"


def _given(dice: random.Random) -> str:
    if dice.random() < 0.12:
        return _invented(dice)
    return dice.choice(_sorted("given"))


def _surname(dice: random.Random) -> str:
    if dice.random() < 0.2:
        return _invented(dice)
    return dice.choice(_sorted("surnames"))


def _invented(dice: random.Random) -> str:
    return "".join(dice.choice(_SYLLABLES) for _ in range(dice.randint(2, 3))).capitalize()


_SORTED: dict[str, list[str]] = {}


def _sorted(field: str) -> list[str]:
    if field not in _SORTED:
        _SORTED[field] = sorted(getattr(lex.lexicon(), field))
    return _SORTED[field]


if __name__ == "__main__":
    raise SystemExit(main())
