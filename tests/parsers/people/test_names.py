"""Names and organisations as text: keys, sorting, the genitive, normal case."""

from __future__ import annotations

import pytest

from harvester.parsers.people import normalise_name, organisation_key, sort_name
from harvester.parsers.people.names import drop_genitive
from harvester.parsers.people.wordview import normal_case


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("Eva  Brolund ", "eva brolund", id="spacing"),
        pytest.param("EVA BROLUND", "eva brolund", id="case"),
        pytest.param("A\u030asa Berg", "åsa berg", id="decomposed"),
        pytest.param("Åsa\u00a0Berg", "åsa berg", id="no-break-space"),
        pytest.param("Per‑Anders Rydh", "per-anders rydh", id="other-hyphen"),
        pytest.param("Olinka Ta’ane", "olinka ta'ane", id="apostrophe"),
        pytest.param("Bro\u00adlund", "brolund", id="soft-hyphen"),
    ],
)
def test_normalise_name(name: str, key: str) -> None:
    assert normalise_name(name) == key
    assert normalise_name(key) == key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Eva Brolund", "Brolund, Eva", id="two-words"),
        pytest.param("Eva Lotta Lindberger", "Lindberger, Eva Lotta", id="double-given"),
        pytest.param("Gunilla Fors Ekdahl", "Fors Ekdahl, Gunilla", id="double-surname"),
        pytest.param("Carl von Ahlbom", "Ahlbom, Carl von", id="particle"),
        pytest.param("Astrid", "Astrid", id="one-word"),
    ],
)
def test_sort_name(name: str, expected: str) -> None:
    assert sort_name(name) == expected


@pytest.mark.parametrize(
    ("word", "following", "expected"),
    [
        pytest.param("Lars", "bil", "Lars", id="given-name-with-s"),
        pytest.param("Anders", "tal", "Anders", id="stem-is-no-better"),
        pytest.param("Wallenius", "tal", "Wallenius", id="latin-ending"),
        pytest.param("Bergs", "tal", "Berg", id="known-stem"),
        pytest.param("Wallströmers", "tal", "Wallströmer", id="listed-surname"),
        pytest.param("Uvs", "verk", "Uv", id="stranger-owns-a-thing"),
        pytest.param("Brixos", "talade", "Brixos", id="stranger-acts"),
        pytest.param("Brixos", ".", "Brixos", id="stranger-ends-the-sentence"),
    ],
)
def test_drop_genitive(word: str, following: str, expected: str) -> None:
    assert drop_genitive(word, following) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("ÖDESHAMMAR", "Ödeshammar", id="plain"),
        pytest.param("ING-MARIE", "Ing-Marie", id="hyphen"),
        pytest.param("D'ARBY", "D'Arby", id="apostrophe"),
        pytest.param("TA’ANE", "Ta’ane", id="apostrophe-inside"),
        pytest.param("MCKENNA", "McKenna", id="scottish"),
    ],
)
def test_normal_case(word: str, expected: str) -> None:
    assert normal_case(word) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Karlstads kommun", "Karlstad", id="municipality"),
        pytest.param("Karlstad kommun", "Karlstads kommun", id="no-genitive"),
        pytest.param("Göteborgs stad", "Göteborg", id="city"),
        pytest.param("Västerås stad", "Västerås", id="place-ending-in-s"),
        pytest.param("det sociala utskottet", "sociala utskottet", id="article"),
        pytest.param("FSS", "Föreningen Sveriges socialchefer", id="alias"),
        pytest.param("SOCIALSTYRELSEN", "Socialstyrelsen", id="case"),
    ],
)
def test_organisation_key_is_shared(one: str, other: str) -> None:
    assert organisation_key(one) == organisation_key(other)


def test_organisation_key_tells_apart() -> None:
    assert organisation_key("Region Gotland") != organisation_key("Gotland")
