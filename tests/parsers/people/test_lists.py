"""The lists are plain, sorted and without repeats, and the data stays small."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

import harvester.parsers.people as people

FOLDER = Path(people.__file__).parent
ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"


@pytest.mark.parametrize("path", sorted((FOLDER / "lists").glob("*.txt")), ids=lambda p: p.stem)
def test_list_is_clean(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    lines = text.splitlines()
    assert lines[0].startswith("# ")
    entries = [line for line in lines if not line.startswith("#")]
    assert all(entries)
    assert all(line == line.strip() for line in entries)
    names = [line.removesuffix(" *") for line in entries]
    assert len(names) == len(set(names))
    first = [_letter(name) for name in names]
    assert first == sorted(first)


def test_model_and_lists_stay_small() -> None:
    kinds = {".txt", ".toml", ".crfsuite"}
    size = sum(f.stat().st_size for f in FOLDER.rglob("*") if f.suffix in kinds)
    assert size <= 2_000_000


def _letter(name: str) -> int:
    letter = name[0].casefold()
    if letter not in ALPHABET:
        letter = unicodedata.normalize("NFD", letter)[0]
    return ALPHABET.find(letter)
