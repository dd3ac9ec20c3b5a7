from __future__ import annotations

import tomllib

import pytest

from harvester.curation import Aliases, DifferentNames, SameName, read_aliases
from harvester.errors import ProfileError


def read(text: str) -> Aliases:
    return read_aliases(tomllib.loads(text), "aliases.toml")


def test_all_forms() -> None:
    aliases = read(
        """
        [[same]]
        names = ["Karl Ek", "Kalle Ek"]
        why = "kortform"

        [[different]]
        names = ["Siv Ek", "Siv Eek"]
        why = "två personer"

        [[different]]
        name = "Bo Ek"
        tag = "vitby"
        pages = ["exempel-1234567890", "https://exempel.example/bo/"]
        organisations = ["Vitby  Kommun"]
        why = "socialchefen, inte poeten"
        """
    )
    assert aliases.same == (SameName(("Karl Ek", "Kalle Ek"), "kortform"),)
    assert aliases.same[0].canonical == "Karl Ek"
    assert aliases.different == (DifferentNames(("Siv Ek", "Siv Eek"), "två personer"),)
    (bearer,) = aliases.bearers
    assert (bearer.name, bearer.tag) == ("Bo Ek", "vitby")


@pytest.mark.parametrize(
    ("page_id", "url", "organisations", "fits"),
    [
        pytest.param("p1", "-", [], True, id="page-id"),
        pytest.param("-", "https://exempel.example/bo/", [], True, id="address"),
        pytest.param("-", "-", ["VITBY KOMMUN"], True, id="organisation"),
        pytest.param("-", "-", ["Vitby kommuns revisorer"], False, id="other-organisation"),
        pytest.param("-", "https://exempel.example/bo/2/", [], False, id="page-below"),
    ],
)
def test_bearer_fits(page_id: str, url: str, organisations: list[str], fits: bool) -> None:
    (bearer,) = read(
        """
        [[different]]
        name = "Bo Ek"
        tag = "vitby"
        pages = ["p1", "https://exempel.example/bo/"]
        organisations = ["Vitby kommun"]
        why = "w"
        """
    ).bearers
    assert bearer.fits(page_id, url, organisations) is fits


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param('[[same]]\nnames = ["A B", "C D"]', "same 1: why", id="no-reason"),
        pytest.param('[[same]]\nnames = ["A B", "C D"]\nwhy = " "', "same 1: why", id="blank-reason"),
        pytest.param('[[same]]\nnames = ["A B"]\nwhy = "w"', "at least 2", id="one-name"),
        pytest.param('[[same]]\nnames = "A B"\nwhy = "w"', "list of texts", id="no-list"),
        pytest.param('[[same]]\nnames = ["A B", 3]\nwhy = "w"', "list of texts", id="no-text"),
        pytest.param('[[same]]\nnames = ["A B", "C D"]\nwhy = "w"\nby = 1', "unknown key 'by'", id="unknown-key"),
        pytest.param('[[alike]]\nwhy = "w"', r"unknown \[\[alike\]\]", id="unknown-kind"),
        pytest.param('same = "A B"', r"\[\[same\]\]", id="no-table"),
        pytest.param('[[different]]\nname = "A B"\ntag = "x"\nwhy = "w"', "pages or organisations", id="nothing-to-know-by"),
        pytest.param('[[different]]\nname = "A B"\ntag = "Å"\npages = ["p"]\nwhy = "w"', "tag 'Å'", id="tag"),
        pytest.param('[[different]]\nname = "A B"\npages = ["p"]\nwhy = "w"', "tag must be", id="no-tag"),
        pytest.param('[[different]]\nnames = ["A B", "a b"]\nwhy = "w"', "is one name", id="one-name-twice"),
        pytest.param(
            '[[same]]\nnames = ["A B", "C D"]\nwhy = "w"\n[[same]]\nnames = ["E F", "c d"]\nwhy = "w"',
            r"'c d' stands in two \[\[same\]\]",
            id="two-groups",
        ),
        pytest.param(
            '[[same]]\nnames = ["A B", "C D"]\nwhy = "w"\n[[different]]\nnames = ["A B", "C D"]\nwhy = "w"',
            "both same and different",
            id="same-and-different",
        ),
        pytest.param(
            '[[same]]\nnames = ["A B", "C D"]\nwhy = "w"\n[[different]]\nname = "C D"\ntag = "x"\npages = ["p"]\nwhy = "w"',
            "both same and different",
            id="same-and-split",
        ),
        pytest.param(
            '[[different]]\nname = "A B"\ntag = "x"\npages = ["p"]\nwhy = "w"\n'
            '[[different]]\nname = "a b"\ntag = "x"\npages = ["q"]\nwhy = "w"',
            "tag 'x' twice",
            id="tag-twice",
        ),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(ProfileError, match=message) as refused:
        read(text)
    assert str(refused.value).startswith("aliases.toml")
    assert "\n" not in str(refused.value)
