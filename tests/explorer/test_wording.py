"""Wording: both languages for every phrase, and a phrase for every word that code asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harvester.datasets.files.datapackage import table_doc
from harvester.explorer.gallery.proofs import SHOWN
from harvester.explorer.report.figures import ACTORS
from harvester.explorer.wording import LANGUAGES, catalogue, phrase
from harvester.records import TABLES, Missing, RoleClass, Severity, TookPartAs

FOLDER = Path(__file__).parents[2] / "harvester" / "explorer"

#: A key in quotes as the first argument of `word` or `phrase`, in Python and in JavaScript.
_ASKED = re.compile(r"""\b(?:word|phrase|section)\(\s*["']([a-z_.]+)["']""")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_says_something(language: str) -> None:
    assert all(entry[language].strip() for entry in catalogue().values())


def test_both_languages_place_the_same_number() -> None:
    assert all(("{n}" in e["sv"]) == ("{n}" in e["en"]) for e in catalogue().values())


@pytest.mark.parametrize(
    "path",
    sorted([*FOLDER.rglob("*.py"), *FOLDER.rglob("*.js")]),
    ids=lambda path: path.relative_to(FOLDER).as_posix(),
)
def test_every_word_that_is_asked_for_is_known(path: Path) -> None:
    asked = set(_ASKED.findall(path.read_text(encoding="utf-8")))
    assert asked <= set(catalogue())


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        pytest.param("part", list(TookPartAs), id="took_part_as"),
        pytest.param("class", list(RoleClass), id="role_class"),
        pytest.param("severity", list(Severity), id="severity"),
        pytest.param("missing", list(Missing), id="missing"),
        pytest.param("actor", list(ACTORS), id="actors"),
        pytest.param("field", [f for fields in SHOWN.values() for f in fields], id="proof-fields"),
    ],
)
def test_every_word_of_a_vocabulary_is_known(prefix: str, values: list[str]) -> None:
    assert {f"{prefix}.{value}" for value in values} <= set(catalogue())


def test_phrase_places_the_number() -> None:
    assert phrase("count.films", 7) == "Filmer: 7"
    assert phrase("count.films", 7, "en") == "Films: 7"


def test_every_table_is_described_in_both_languages_as_the_dictionary_does() -> None:
    told = {name: catalogue()[f"table.{name}"]["en"] for name in TABLES}
    assert told == {name: table_doc(name) for name in TABLES}
