"""Role wordings: inflection undone, compounds read by their tail, classes, what is no role."""

from __future__ import annotations

import pytest

from harvester.parsers.people.roles import indefinite, role_class, role_lexicon
from harvester.records import RoleClass


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("socialchefen", "socialchef", id="definite-en"),
        pytest.param("civilministern", "civilminister", id="definite-n"),
        pytest.param("kommunalrådet", "kommunalråd", id="definite-et"),
        pytest.param("poeten", "poet", id="short"),
        pytest.param("författaren", "författare", id="definite-are"),
        pytest.param("föreläsarna", "föreläsare", id="plural-definite-are"),
        pytest.param("psykologerna", "psykolog", id="plural-definite"),
        pytest.param("toppdiplomater", "toppdiplomat", id="plural"),
        pytest.param("ledamöterna", "ledamot", id="irregular"),
        pytest.param("barnombudsmannen", "barnombudsman", id="man"),
        pytest.param("varumärkesforskare", "varumärkesforskare", id="compound"),
        pytest.param("blomvakt", None, id="unknown"),
        pytest.param("gästar", None, id="verb"),
        pytest.param("ledarskap", None, id="not-a-person"),
        pytest.param("kollegan", None, id="relation"),
    ],
)
def test_indefinite(word: str, expected: str | None) -> None:
    assert indefinite(word) == expected


@pytest.mark.parametrize(
    ("role", "organisation", "expected"),
    [
        pytest.param("socialtjänstminister", None, RoleClass.MINISTER, id="minister"),
        pytest.param("äldre- och socialförsäkringsminister", None, RoleClass.MINISTER, id="hanging-hyphen"),
        pytest.param("kommunalråd", None, RoleClass.POLITICIAN, id="politician"),
        pytest.param("kommunstyrelsens ordförande", "Flen", RoleClass.POLITICIAN, id="political-chair"),
        pytest.param("ordförande", "socialnämnden i Flen", RoleClass.POLITICIAN, id="chair-of-a-board"),
        pytest.param("vice ordförande", "FSS", RoleClass.ASSOCIATION_OFFICER, id="chair-of-an-association"),
        pytest.param("generaldirektör", None, RoleClass.AGENCY_HEAD, id="agency"),
        pytest.param("vård- och omsorgschef", None, RoleClass.SOCIAL_SERVICES_HEAD, id="social-services"),
        pytest.param("enhetschef", None, RoleClass.MANAGER, id="manager"),
        pytest.param("nationell samordnare", None, RoleClass.SPECIALIST, id="specialist"),
        pytest.param("varumärkesforskare", None, RoleClass.RESEARCHER, id="researcher"),
        pytest.param("poet och författare", None, RoleClass.AUTHOR_ARTIST, id="artist"),
        pytest.param("moderator", None, RoleClass.JOURNALIST_MODERATOR, id="moderator"),
        pytest.param("föreläsare", None, RoleClass.OTHER, id="other"),
    ],
)  # fmt: skip
def test_role_class(role: str, organisation: str | None, expected: RoleClass) -> None:
    assert role_class(role, organisation) is expected


def test_every_listed_wording_has_its_class() -> None:
    lists = role_lexicon()
    for wording, expected in lists.words.items():
        found = role_class(wording, None)
        assert found is expected, wording
