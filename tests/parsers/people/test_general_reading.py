"""Names, towns and firms no list knows: what only their place in the text tells."""

from __future__ import annotations

import pytest

from harvester.parsers.people import find_people
from harvester.records import TookPartAs
from tests.parsers.people.stating import found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Nyheter\n\nMåsehult är redo.", id="town-that-opens-a-sentence"),
        pytest.param("Vi reser från Måsehult till Kvarnlunda.", id="towns-after-prepositions"),
        pytest.param("Tack\n\nTack Alva, tack Miron!", id="given-names-alone-on-a-page"),
        pytest.param("Program\n\nTema: Mod", id="label"),
        pytest.param("Jämför Ds 2021:4.", id="verb-and-acronym"),
        pytest.param("Bok\n\nTröskeln heter boken.", id="work"),
        pytest.param("Kväll\n\nVi ses på Hedvig Eriks Pub i kväll.", id="pub"),
        pytest.param("Mat\n\nLokalen tas över av Pizzeria San Marino.", id="pizzeria"),
        pytest.param("Handel\n\nNu stänger Hedvigs Bröd & Bullar på torget.", id="firm-of-wares"),
        pytest.param(
            "Teater\n\nHöstens pjäs, Tant Hedvig reser, spelas som planerat.", id="figure"
        ),
        pytest.param("Resa\n\nMötet hölls i Tevo Radim igår.", id="town-abroad"),
        pytest.param("Jämför: Måsehult Nord, Måsehult Syd.", id="quarters"),
        pytest.param("Träff\n\nGrupp Berg och Grupp Dal samlas i foajén.", id="groups"),
    ],
)
def test_lone_capitals_are_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        pytest.param("HEDVIG TOLVMO, NORDANVIND", None, "Nordanvind", id="firm-in-capitals"),
        pytest.param("Hedvig Tolvmo, Måsehult", None, "Måsehult", id="town-after-comma"),
        pytest.param("Hedvig Tolvmo i Måsehult hör av sig.", None, "Måsehult", id="town-after-i"),
        pytest.param("Hedvig Tolvmo från Måsehult vann.", None, None, id="home-town"),
        pytest.param("Hedvig Tolvmo på Exempeldagarna", None, None, id="event-is-no-employer"),
        pytest.param("Hedvig Tolvmo, FEC:s ordförande, tackade.", "ordförande", "FEC", id="acronym-genitive"),
        pytest.param("Hedvig Tolvmo, ordförande Föreningen Exempelchefer", "ordförande", "Föreningen Exempelchefer", id="whole-association"),
        pytest.param("Hedvig Tolvmo är sedan i våras ny socialchef i Tallås.", "socialchef", "Tallås", id="since-spring"),
        pytest.param("Hedvig Tolvmo valdes i går till ny ordförande.", "ordförande", None, id="elected-yesterday"),
        pytest.param("Ny socialchef i Tallås är Hedvig Tolvmo.", "socialchef", "Tallås", id="role-town-copula"),
        pytest.param("Moderator är även denna gång Hedvig Tolvmo.", "moderator", None, id="copula-adverbs"),
        pytest.param("Som moderator anlitades Hedvig Tolvmo.", "moderator", None, id="cast-as"),
        pytest.param("Det menar socialchefen i Tallås, Hedvig Tolvmo, som funderat.", "socialchef", "Tallås", id="role-in-town-comma"),
        pytest.param("Tack till styrelsens avgående kassör, Hedvig Tolvmo, för allt.", "avgående kassör", None, id="owned-role-comma"),
        pytest.param("Anmäl dig hos pressansvariga Hedvig Tolvmo.", "pressansvarig", None, id="adjective-as-noun"),
        pytest.param("Hedvig Tolvmo, som numera är särskild utredare, log.", "särskild utredare", None, id="clause-with-adverb"),
        pytest.param("Månadens chef: Hedvig Tolvmo", "chef", None, id="month-is-no-employer"),
        pytest.param("Dr Hedvig Tolvmo, MD, PhD, talade.", None, None, id="degrees"),
        pytest.param("För Hedvig Tolvmo var läraren viktig.", None, None, id="somebody-elses-role"),
        pytest.param("Nyheter\n\nHEDVIG TOLVMO\n\nPoeten läser två dikter.", "poet", None, id="under-the-heading"),
        pytest.param("Valberedning\n\nHedvig Tolvmo\n\ntidigare ordförande, Tallås", "tidigare ordförande", "Tallås", id="role-block-below"),
        pytest.param("Styrelse\n\nKassör\n\nHedvig Tolvmo", "kassör", None, id="role-block-above"),
        pytest.param("Vittnet Hedvig Tolvmo såg bilen.", None, None, id="witness-is-no-role"),
        pytest.param("Partiets bostadspolitiska talesperson Hedvig Tolvmo log.", "bostadspolitisk talesperson", None, id="policy"),
        pytest.param("Oppositionens talesperson Hedvig Tolvmo log.", "talesperson", None, id="opposition-is-no-employer"),
        pytest.param("Polisens talesperson Hedvig Tolvmo log.", "talesperson", "Polisen", id="police"),
        pytest.param("Hedvig Tolvmo, kommunaldirektør i Fjellvik kommune, log.", "kommunaldirektør", "Fjellvik kommune", id="norwegian"),
        pytest.param("HEDVIG TOLVMO, NORRBY KONSULT", None, "Norrby Konsult", id="consultancy"),
        pytest.param("Hedvig Tolvmo, S:t Eskils församling", None, "S:t Eskils församling", id="saints-parish"),
        pytest.param("Hedvig Tolvmo, ekonom vid Institutet för psykisk hälsa, log.", "ekonom", "Institutet för psykisk hälsa", id="purpose-with-adjective"),
        pytest.param("Hedvig Tolvmo läser. I dag är hon poet och lärare i Tallås.", "poet och lärare", "Tallås", id="pronoun"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_stranger(text: str, role: str | None, organisation: str | None) -> None:
    assert found(text) == [("Hedvig Tolvmo", role, organisation)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Manus: Hedvig Tolvmo\nRegi: Jerker Grindros", ["Hedvig Tolvmo", "Jerker Grindros"], id="labels-of-a-work"),
        pytest.param("Där ledde Hedvig Tolvmo Sankta Birgittas skola.", ["Hedvig Tolvmo"], id="saint-behind-a-name"),
        pytest.param("Chefsjurist Anton De Brylder log, och De Brylder håller med.", ["Anton De Brylder"] * 2, id="particle-in-capitals"),
        pytest.param("Ledamöter: Hedvig Tolvmo och Doan Van Linh", ["Hedvig Tolvmo", "Doan Van Linh"], id="three-strangers-with-a-particle"),
    ],
)  # fmt: skip
def test_where_a_name_ends(text: str, names: list[str]) -> None:
    assert [name for name, _, _ in found(text)] == names


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        pytest.param("HEDVIG TOLVMO OCH JERKER GRINDROS\n\nKuratorerna från Måsehult började ihop.", ["kurator", "kurator"], id="plural-under-a-heading-of-two"),
        pytest.param("HEDVIG TOLVMO OCH JERKER GRINDROS\n\nKuratorn i Måsehult var sjuk.", [None, None], id="singular-under-a-heading-of-two"),
        pytest.param("Hälsningar\nHedvig Tolvmo och Jerker Grindros\nRegionansvariga", ["regionansvarig", "regionansvarig"], id="line-under-two-signatures"),
        pytest.param("Flera poeter, bland dem Hedvig Tolvmo och Jerker Grindros, protesterar.", ["poet", "poet"], id="among-them"),
        pytest.param("Ledamöter: Hedvig Tolvmo, socialchef i Måsehult, och Jerker Grindros, Tallås.", ["ledamot", "ledamot"], id="label-over-other-posts"),
        pytest.param("Ledamöter: Hedvig Tolvmo, Jerker Grindros, jurist, och Piet Lagermo.", ["ledamot"] * 3, id="label-goes-on"),
        pytest.param("Talare: Hedvig Tolvmo, Jerker Grindros, jurist.", ["talare", "jurist"], id="weak-label"),
        pytest.param("Ledamöter: Hedvig Tolvmo. Jerker Grindros, jurist, tackade.", ["ledamot", "jurist"], id="label-ends-at-a-stop"),
    ],
)  # fmt: skip
def test_roles_of_several(text: str, roles: list[str | None]) -> None:
    assert [role for _, role, _ in found(text)] == roles


def test_captions_part_people_and_towns() -> None:
    text = "Från vänster: Hedvig Tolvmo, Nordanvind. Jerker Grindros, Måsehult. (foto Piet Ek)"
    assert found(text)[:2] == [
        ("Hedvig Tolvmo", None, "Nordanvind"),
        ("Jerker Grindros", None, "Måsehult"),
    ]


def test_a_pronoun_after_two_people_tells_of_nobody() -> None:
    text = "Hedvig Tolvmo mötte Alva Grindros. Hon är poet."
    assert [role for _, role, _ in found(text)] == [None, None]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        pytest.param("Brev\n\nVi ses.\n\nVäl mött!\n\nEva Ek (S)\nordförande, Måsehult", TookPartAs.AUTHOR, id="closing-block"),
        pytest.param("Brev\n\nVi ses.\n\nVarmt välkomna önskar\nEva Ek (C)\nkommunalråd", TookPartAs.AUTHOR, id="closing-line"),
        pytest.param("Svar\n\nVi tillstyrker.\n\nFör Föreningen Exemplet\n\nEva Ek\nordförande", TookPartAs.AUTHOR, id="signed-for"),
        pytest.param("Brev\n\nDet blir jul.\n\nEva Ek\nordförande FEC", TookPartAs.AUTHOR, id="last-block"),
        pytest.param("Text och foto: Eva Ek", TookPartAs.AUTHOR, id="text-and-photo"),
        pytest.param("Fotograf: Eva Ek", TookPartAs.PHOTOGRAPHER, id="photographer"),
        pytest.param("Tal av Eva Ek\n\nKära gäster!\n\nEva Ek\nordförande", None, id="title-names-the-speaker"),
    ],
)  # fmt: skip
def test_who_signs(text: str, part: TookPartAs | None) -> None:
    assert find_people(text)[-1].took_part_as is part


def test_a_list_of_officers_is_no_signature() -> None:
    text = "Styrelse\n\nBo Alm\nkassör, Tallås\n\nEva Ek\nordförande, Måsehult"
    assert [m.took_part_as for m in find_people(text)] == [None, None]


def test_nested_offices_end() -> None:
    text = "Eva Ek, ordförande i " + "Socialnämnden i " * 20_000
    assert found(text)[0][:2] == ("Eva Ek", "ordförande")
