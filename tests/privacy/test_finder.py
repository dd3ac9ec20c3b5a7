from __future__ import annotations

import time

import pytest

from harvester.privacy import MASK, NameFinder, name_forms

KEY = b"a key of the tests"


def finder(*names: str) -> NameFinder:
    return NameFinder({form for name in names for form in name_forms(name, KEY)}, KEY)


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        pytest.param("Åsa Bröms", "Vi hörde Åsa Bröms i dag.", "Vi hörde ███ █████ i dag.", id="plain"),
        pytest.param("Åsa Bröms", "ÅSA BRÖMS, rektor", "███ █████, rektor", id="capitals"),
        pytest.param("Åsa Bröm", "Åsa Bröms bok", "███ █████ bok", id="genitive"),
        pytest.param("Åsa Bröm", "Åsa\nBröm", "███\n████", id="over-a-line-break"),
        pytest.param("Åsa Bröm", "A\u030asa Bro\u0308m", "████ █████", id="decomposed-letters"),
        pytest.param("Åsa Bröm", "Bröm, Åsa", "████, ███", id="surname-first"),
        pytest.param("Åsa Bröm", "Å. Bröm och Å Bröm", "█. ████ och █ ████", id="initial"),
        pytest.param("Åsa Bröm", "Åsa M. Bröm", "███ M. ████", id="initial-between"),
        pytest.param("Åsa Broman", "följ @asabroman", "följ @█████████", id="handle"),
        pytest.param("Åsa Bröm", "asa.brom@exempel.se", "███.████@exempel.se", id="mail"),
        pytest.param("Åsa Bröm", "bilder/asa-brom-2.jpg", "bilder/███-████-2.jpg", id="file-name"),
        pytest.param("Åsa Bröm", "aasa_broem.pdf", "████_█████.pdf", id="two-letters-for-one"),
        pytest.param("Ann-Mari Lind", "Annmari Lind", "███████ ████", id="hyphen-left-out"),
        pytest.param("Eva Ek Lo", "eva-ek-lo", "███-██-██", id="two-surnames"),
        pytest.param("Åsa Bröm", "Åsa Brömark", None, id="longer-surname"),
        pytest.param("Åsa Bröm", "Bröm talade", None, id="surname-alone"),
        pytest.param("Åsa Bröm", "Åsa och Per Bröm", None, id="another-given-name"),
        pytest.param("Anna Berg", "Anna Berg-Lind", None, id="double-surname-of-another"),
        pytest.param("Anna Berg", "Erik Berg, Anna Lind", None, id="neighbours-in-a-list"),
        pytest.param("Silvia", "Silvia talade", None, id="one-word-is-many-people"),
    ],
)  # fmt: skip
def test_names_in_text(name: str, text: str, left: str | None) -> None:
    assert finder(name).mask(text) == (text if left is None else left)


@pytest.mark.parametrize(
    ("address", "named"),
    [
        pytest.param("https://exempel.se/2016/asa-brom/", True, id="slug"),
        pytest.param("https://exempel.se/%C3%85sa_Br%C3%B6m.pdf", True, id="percent-encoded"),
        pytest.param("https://exempel.se/?author=asabrom", True, id="joined"),
        pytest.param("https://exempel.se/om-asa-brom-och-barnen/", True, id="inside-a-slug"),
        pytest.param("https://exempel.se/brom/", False, id="surname-alone"),
        pytest.param("https://exempel.se/asa/2016/09/12345/brom/", False, id="far-apart"),
    ],
)
def test_names_in_addresses(address: str, named: bool) -> None:
    assert (finder("Åsa Bröm").in_address(address) is not None) is named


def test_another_key_finds_nothing() -> None:
    other = NameFinder(name_forms("Åsa Bröm", KEY), b"another key")
    assert other.mask("Åsa Bröm") == "Åsa Bröm"


def test_forms_hold_no_name() -> None:
    for form in name_forms("Åsa Bröm", KEY):
        assert "bröm" not in form.lower() and "brom" not in form


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Åsa " * 100_000, id="first-word-only"),
        pytest.param("Åsa A. B. C. D. E. " * 20_000, id="initials"),
        pytest.param("\ud800\x00" * 100_000, id="no-letters"),
        pytest.param("a\u0301" * 100_000, id="one-long-word"),
    ],
)
def test_time_is_linear(text: str) -> None:
    begun = time.perf_counter()
    assert len(finder("Åsa Bröm").mask(text)) == len(text)
    assert time.perf_counter() - begun < 10
    assert MASK not in text
