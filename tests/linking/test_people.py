from __future__ import annotations

from pathlib import Path

import pytest

from harvester.curation import Aliases, Bearer, Curation, DifferentNames, SameName
from tests.linking.pages import MENTIONED, In, PageOf, Shown, linked, pid


def pages_naming(*names: str) -> list[PageOf]:
    return [PageOf(f"p{n}", [In(name)]) for n, name in enumerate(names, 1)]


@pytest.mark.parametrize(
    ("names", "people"),
    [
        pytest.param(["Siv Ekdal", "SIV EKDAL"], [("SIV EKDAL", ())], id="same-normal-name"),
        pytest.param(
            ["Siv Ekdal", "Siv A. Ekdal"], [("Siv A. Ekdal", ("Siv Ekdal",))], id="initial"
        ),
        pytest.param(
            ["Siv Ekdal", "Siv Maria Ekdal"], [("Siv Maria Ekdal", ("Siv Ekdal",))], id="middle"
        ),
        pytest.param(
            ["Siv M. Ekdal", "Siv Maria Ekdal", "Siv Ekdal"],
            [("Siv Maria Ekdal", ("Siv Ekdal", "Siv M. Ekdal"))],
            id="initial-of-the-middle-name",
        ),
        pytest.param(
            ["Siv Ekdal", "Siv A. Ekdal", "Siv B. Ekdal"],
            [("Siv A. Ekdal", ()), ("Siv B. Ekdal", ()), ("Siv Ekdal", ())],
            id="two-fuller-forms-join-nothing",
        ),
        pytest.param(
            ["Siv A. Ekdal", "Siv Anna Ekdal", "Siv B. Ekdal", "Siv Ekdal"],
            [("Siv Anna Ekdal", ("Siv A. Ekdal",)), ("Siv B. Ekdal", ()), ("Siv Ekdal", ())],
            id="what-fits-one-is-joined-what-fits-two-is-not",
        ),
        pytest.param(
            ["Siv Ekdal", "Siv af Ekdal"],
            [("Siv Ekdal", ()), ("Siv af Ekdal", ())],
            id="particle-is-no-middle-name",
        ),
        pytest.param(
            ["Siv Ekdal", "Siv Ekdahl"],
            [("Siv Ekdahl", ()), ("Siv Ekdal", ())],
            id="one-letter-is-not-sure",
        ),
        pytest.param(
            ["Karl Ekdal", "Kalle Ekdal"],
            [("Kalle Ekdal", ()), ("Karl Ekdal", ())],
            id="short-form-is-not-sure",
        ),
        pytest.param(["Siv"], [("Siv", ())], id="one-word"),
    ],
)
def test_sure_joins(
    tmp_path: Path, names: list[str], people: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = linked(tmp_path, pages_naming(*names))["people"]
    assert sorted((p.name, p.aliases) for p in found) == sorted(people)
    assert {p.person_id for p in found} == {pid(name) for name, _ in people}


def test_joined_rows_carry_one_id(tmp_path: Path) -> None:
    pages = [
        PageOf("a", [In("Siv Ekdal", clip=1)], [Shown("youtube:1", tied=("Siv Ekdal",))], 2017),
        PageOf(
            "b", [In("Siv A. Ekdal"), In("Siv A. Ekdal", role="rektor", part=MENTIONED)], (), 2019
        ),
    ]
    tables = linked(tmp_path, pages)
    person = pid("Siv A. Ekdal")
    assert {c.person_id for c in tables["contributions"]} == {person}
    assert tables["clips"][0].person_ids == (person,)
    assert [(a.person_id, a.canonical) for a in tables["aliases"]] == [(pid("Siv Ekdal"), person)]
    row = tables["people"][0]
    assert (row.mentions, row.first_edition, row.last_edition) == (3, 2017, 2019)


def test_two_organisations_on_one_page_contradict(tmp_path: Path) -> None:
    page = PageOf(
        "a",
        [
            In("Siv Ekdal", organisation="Gråby kommun"),
            In("Siv A. Ekdal", organisation="Vitby kommun"),
        ],
    )
    tables = linked(tmp_path, [page])
    assert len(tables["people"]) == 2
    assert [c.reason for c in tables["person_candidates"]] == ["subset"]


def test_most_used_spelling_is_shown(tmp_path: Path) -> None:
    tables = linked(
        tmp_path, pages_naming("Annsofie Ek", "AnnSofie Ek", "AnnSofie Ek", "ANNSOFIE EK")
    )
    assert [(p.name, p.aliases) for p in tables["people"]] == [("AnnSofie Ek", ())]


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        pytest.param(["Siv Ekdal", "Siv Ekdahl"], "one_letter", id="added"),
        pytest.param(["Siv Ekdal", "Siv Ekadl"], "one_letter", id="swapped"),
        pytest.param(["Viktoria Ek", "Victoria Ek"], "one_letter", id="changed-in-given-name"),
        pytest.param(["Ann Siv Ek", "AnnSiv Ek"], "one_letter", id="written-as-one-word"),
        pytest.param(["Per-Siv Ek", "Per Siv Ek"], "one_letter", id="hyphen-or-space"),
        pytest.param(["Karl Ek", "Kalle Ek"], "nickname", id="short-form"),
        pytest.param(["Lasse Ek", "Lars O. Ek"], "nickname", id="short-form-and-initial"),
        pytest.param(["Siv Lindkvist", "Siv Lindquist"], "nickname", id="surname-spelling"),
        pytest.param(["Siv Ek", "Siv Ek Dahl"], "subset", id="second-surname"),
        pytest.param(["Siv Ek", "Anna Siv Ek"], "subset", id="first-given-name"),
        pytest.param(["Siv Ek", "Siv von Ek"], "subset", id="particle"),
        pytest.param(["Siv Ek", "Siv Ek-Dahl"], "subset", id="hyphened-surname"),
        pytest.param(["Siv Ek", "Liv Ek"], None, id="short-names-are-no-slips"),
        pytest.param(["Siv A. Ekdal", "Siv B. Ekdal"], None, id="other-initial"),
        pytest.param(["Siv Ekdal", "Liv Ekdahl"], None, id="two-letters"),
        pytest.param(["Siv", "Siv Ekdal"], None, id="given-name-alone"),
        pytest.param(["Karl Ek", "Kalle Alm"], None, id="other-surname"),
    ],
)
def test_candidates(tmp_path: Path, names: list[str], reason: str | None) -> None:
    tables = linked(tmp_path, pages_naming(*names))
    assert len(tables["people"]) == 2
    pair = tuple(sorted(map(pid, names)))
    expected = [(*pair, reason)] if reason else []
    found = [(c.person_id, c.other_id, c.reason) for c in tables["person_candidates"]]
    assert found == expected


def test_ambiguous_short_form_is_proposed_to_each(tmp_path: Path) -> None:
    tables = linked(tmp_path, pages_naming("Siv Ekdal", "Siv A. Ekdal", "Siv B. Ekdal"))
    pairs = {frozenset((c.person_id, c.other_id)) for c in tables["person_candidates"]}
    bare = pid("Siv Ekdal")
    assert pairs == {frozenset((bare, pid(n))) for n in ("Siv A. Ekdal", "Siv B. Ekdal")}


def test_candidates_stand_between_persons(tmp_path: Path) -> None:
    """A joined name's look-alike is proposed to the person, once."""
    tables = linked(
        tmp_path, pages_naming("Siv Ekdal", "Siv A. Ekdal", "Siv Ekdahl", "Siv A. Ekdahl")
    )
    ids = {p.person_id for p in tables["people"]}
    assert [{c.person_id, c.other_id} for c in tables["person_candidates"]] == [ids]


KARL = SameName(("Karl Ekdal", "Kalle Ekdal", "Karl Ekdahl"), "tre stavningar")


@pytest.mark.parametrize(
    ("names", "people"),
    [
        pytest.param(
            ["Kalle Ekdal", "Karl Ekdal"], [("Karl Ekdal", ("Kalle Ekdal",))], id="listed"
        ),
        pytest.param(["Kalle Ekdal"], [("Karl Ekdal", ("Kalle Ekdal",))], id="first-never-seen"),
        pytest.param(
            ["Kalle Ekdal", "Karl Ekdahl"],
            [("Karl Ekdal", ("Karl Ekdahl", "Kalle Ekdal"))],
            id="two-others",
        ),
        pytest.param(
            ["Kalle B. Ekdal", "Kalle Ekdal"],
            [("Karl Ekdal", ("Kalle B. Ekdal", "Kalle Ekdal"))],
            id="a-fuller-form-joins-the-listed",
        ),
        pytest.param(["Siv Ek"], [("Siv Ek", ())], id="none-of-them"),
    ],
)
def test_listed_aliases(
    tmp_path: Path, names: list[str], people: list[tuple[str, tuple[str, ...]]]
) -> None:
    tables = linked(tmp_path, pages_naming(*names), Curation(Aliases((KARL,))))
    found = [(p.name, p.aliases, p.person_id) for p in tables["people"]]
    assert [(n, set(a)) for n, a, _ in found] == [(n, set(a)) for n, a in people]
    assert [i for *_, i in found] == [pid(n) for n, _ in people]
    assert tables["person_candidates"] == []


def test_listed_as_different_is_neither_joined_nor_proposed(tmp_path: Path) -> None:
    different = (
        DifferentNames(("Siv Ekdal", "Siv A. Ekdal"), "mor och dotter"),
        DifferentNames(("Karl Alm", "Kalle Alm"), "två kollegor"),
    )
    names = ("Siv Ekdal", "Siv A. Ekdal", "Karl Alm", "Kalle Alm")
    tables = linked(tmp_path, pages_naming(*names), Curation(Aliases(different=different)))
    assert len(tables["people"]) == 4
    assert tables["person_candidates"] == []


def test_bearers_of_one_name(tmp_path: Path) -> None:
    url = PageOf("c").url
    bearers = (
        Bearer("Siv Ek", "vitby", frozenset(), frozenset({"vitby kommun"}), "två chefer"),
        Bearer("Siv Ek", "rektor", frozenset({"b", url}), frozenset(), "en rektor"),
    )
    pages = [
        PageOf("a", [In("Siv Ek", 1, organisation="Vitby Kommun"), In("Siv Ek")], [Shown("youtube:1", tied=("Siv Ek",))]),
        PageOf("b", [In("Siv Ek")]),
        PageOf("c", [In("Siv Ek")]),
        PageOf("d", [In("Siv Ek", organisation="Gråby kommun")]),
        PageOf("e", [In("Siv A. Ek")]),
    ]  # fmt: skip
    tables = linked(tmp_path, pages, Curation(Aliases(bearers=bearers)))
    by_page: dict[str, set[str]] = {}
    for row in tables["contributions"]:
        by_page.setdefault(row.page_id, set()).add(row.person_id)
    assert all(len(ids) == 1 for ids in by_page.values())
    assert by_page["b"] == by_page["c"]
    assert by_page["d"] == {pid("Siv Ek")}
    assert len({*by_page["a"], *by_page["b"], *by_page["d"], *by_page["e"]}) == 4
    assert set(tables["clips"][0].person_ids) == by_page["a"]
    assert [p.name for p in tables["people"]].count("Siv Ek") == 3
    assert tables["person_candidates"] == []


def test_people_in_swedish_order(tmp_path: Path) -> None:
    tables = linked(
        tmp_path, pages_naming("Siv Öberg", "Siv Ek", "Siv Åkesson", "Siv Ärlig", "Bo Ek")
    )
    assert [p.name for p in tables["people"]] == [
        "Bo Ek", "Siv Ek", "Siv Åkesson", "Siv Ärlig", "Siv Öberg",
    ]  # fmt: skip


def test_a_contribution_without_a_fact_still_has_its_person(tmp_path: Path) -> None:
    page = PageOf("a", [In("Siv Ek", 1)], [Shown("youtube:1", tied=("Siv Ek", "Bo Alm"))])
    page.people_facts = False
    tables = linked(tmp_path, [page])
    assert [p.name for p in tables["people"]] == ["Siv Ek"]
    assert tables["clips"][0].person_ids == (pid("Siv Ek"),)
