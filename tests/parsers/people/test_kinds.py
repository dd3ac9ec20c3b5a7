"""Kinds of wording rather than examples: things and foreign words, names that are words, roles by their head."""

from __future__ import annotations

import pytest

from harvester.parsers.people import find_people
from tests.parsers.people.stating import found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Individ och Familj, Stöd och Omsorg och Vuxna Missbruk slås ihop.", id="offices"),
        pytest.param("Barn och Unga Norr samt Vuxen Syd flyttar.", id="quarters-of-an-office"),
        pytest.param("Robotkatten Misse visades, liksom Forskningsprogrammet Mind the Gap.", id="things-that-bear-names"),
        pytest.param("Hyresvärden Mitthem och Äldreboendena Solgläntan och Evalunden bygger om.", id="houses"),
        pytest.param("Marte Meo, Cool Kids, Signs of Safety och Early Bird är metoder.", id="english-methods"),
        pytest.param("Getty Images, Adobe Stock, Save the Children och Human Rights Watch", id="english-bodies"),
        pytest.param("Black Friday och Cyber Monday – ungas skulder växer.", id="english-days"),
        pytest.param("Utställare: Ensolva, Tunstall Nordic, Nordlyft Data och Vidar Care.", id="exhibitors"),
        pytest.param("Lokal: Kung Oscar, plan 2", id="room-behind-its-label"),
        pytest.param("Vi samarbetar med Verdandi, Bris och Attendo.", id="bodies-known-by-one-word"),
        pytest.param("Vi tackar Ica Maxi och Tieto Evry.", id="known-firm-and-a-word"),
        pytest.param("Parkinsons sjukdom och Maslows behovstrappa nämndes.", id="called-after-somebody"),
        pytest.param("Kronprinsessan Victorias fond delar ut pengar.", id="royal-fund"),
        pytest.param("Hans Lagermos Internationella Center stöder uppropet.", id="centre-behind-a-genitive"),
        pytest.param("Kursen Leda i Tillit ges i höst. Lågaffektivt Bemötande ingår.", id="adjective-and-verbal-noun"),
        pytest.param("Sagan om Signe Sur och boken Mormor Rakel ligger på bordet.", id="made-up-people"),
        pytest.param("Lind och asp blommade. Frid över alltsammans!", id="ordinary-words-that-open-sentences"),
        pytest.param("Tryck: Åkessons Tryckeri, Emmaboda", id="printers"),
        pytest.param("NORA. Polisen lovar fler patruller.", id="dateline"),
        pytest.param("SÅ BLIR DIN KOMMUN TRYGGARE", id="capitals-kicker"),
        pytest.param("Deltagare från Norge, Danmark, Island och Färöarna.", id="countries"),
        pytest.param("Köket serverar Pasta Puttanesca och Glatt Humör.", id="dishes"),
        pytest.param("Björn och älg syntes i skogen. Frid på jorden!", id="animal-and-greeting"),
        pytest.param("Maria Magdalena församling och Gustav Vasa kyrka var fulla.", id="parishes"),
        pytest.param("Segern gick till Lord Rutger, före Don Fredrico.", id="horses"),
        pytest.param("Läkare utan Gränser talar. Sarahs lag gäller.", id="body-and-law"),
    ],
)  # fmt: skip
def test_nobody_is_named(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Vi frågade Bengt Kall på kansliet.", ["Bengt Kall"], id="adjective-as-surname"),
        pytest.param("Det är bra, enligt Hedvig Tysk.", ["Hedvig Tysk"], id="unlisted-word-as-surname"),
        pytest.param("Professor Solveig Rønning och Bjørn Kjær talade.", ["Solveig Rønning", "Bjørn Kjær"], id="nordic-letters"),
        pytest.param("Därefter tog Mona Lisa Enqvist över.", ["Mona Lisa Enqvist"], id="work-that-goes-on-as-a-name"),
        pytest.param("Vi hörde Lisen von Braun läsa.", ["Lisen von Braun"], id="maker-as-surname"),
        pytest.param("Tomas Pellas (polis) talade.", ["Tomas Pellas"], id="surname-in-s-before-a-bracket"),
        pytest.param("Skotten Alasdair MacInnes deltog på länk.", ["Alasdair MacInnes"], id="mac-keeps-its-s"),
        pytest.param("Text: Vanja Holm Foto: Gustaf Ahlin Layout: Formbyrån", ["Vanja Holm", "Gustaf Ahlin"], id="labels-end-names"),
        pytest.param("BERIT WÄRN: Det gör frågan också.", ["Berit Wärn"], id="capitals-in-a-dialogue"),
        pytest.param("JESPER MOLAND I SAMTAL MED LISEN VON BRAUN", ["Jesper Moland", "Lisen von Braun"], id="two-in-a-heading"),
        pytest.param("Där satt Ing-Britt Lagermo och Tor-Björn Ek.", ["Ing-Britt Lagermo", "Tor-Björn Ek"], id="double-given-names"),
        pytest.param("Så var det\n\nMin man Senad läser allt, och hennes bror Emin ler.", ["Senad", "Emin"], id="kin"),
        pytest.param("Saft\n\nEbbe, 9, och Tindra, 7, säljer saft. – Köp mer, säger Tindra.", ["Ebbe", "Tindra", "Tindra"], id="ages"),
        pytest.param("Fynd\n\nDet var Torbjörn i vaktmästeriet som hittade boken.", ["Torbjörn"], id="place-in-the-house"),
        pytest.param("Film\n\nPatrullen är Nils-Jonas och en hund.", ["Nils-Jonas"], id="double-name-alone"),
        pytest.param("Vinnare\n\nBäst var Sanna, Mehdi och Rolf.", ["Sanna", "Mehdi", "Rolf"], id="three-in-a-row"),
        pytest.param("Statsminister Brolander reste. Enligt Brolanders stab är allt väl.", ["Brolander", "Brolander"], id="surname-that-never-stands-in-full"),
    ],
)  # fmt: skip
def test_names(text: str, names: list[str]) -> None:
    assert [name for name, _, _ in found(text)] == names


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        pytest.param("Panel: Hedvig Tolvmo (ungdomscoach, Verdandi)", "ungdomscoach", "Verdandi", id="bracket-with-body"),
        pytest.param("Hedvig Tolvmo (C), ledamot i socialnämnden, Härryda", "ledamot", "socialnämnden, Härryda", id="board-and-town"),
        pytest.param("Hedvig Tolvmo, professor vid universitetet i Lublin, log.", "professor", "universitetet i Lublin", id="lower-case-body-in-a-town"),
        pytest.param("Hedvig Tolvmo, ordförande för Hyresgästföreningen i Malmö", "ordförande", "Hyresgästföreningen i Malmö", id="association-in-a-town"),
        pytest.param("Hedvig Tolvmo, jurist vid Statens institutionsstyrelse", "jurist", "Statens institutionsstyrelse", id="body-in-lower-case"),
        pytest.param("Hedvig Tolvmo, ordförande för Unga Forskare", "ordförande", "Unga Forskare", id="members-as-a-name"),
        pytest.param("Nordkoreas ledare Hedvig Tolvmo reste.", "ledare", None, id="country-is-no-employer"),
        pytest.param("Juryns ordförande Hedvig Tolvmo log.", "ordförande", None, id="body-without-a-name"),
        pytest.param("Chefen för hemtjänsten, Hedvig Tolvmo, log.", "chef", None, id="field-in-lower-case"),
        pytest.param("Mitt namn är Hedvig Tolvmo och jag jobbar som kurator i Tyresö.", "kurator", "Tyresö", id="i-work-as"),
        pytest.param("Så Hedvig Tolvmo som är kurator i Tyresö log.", "kurator", "Tyresö", id="clause-without-comma"),
        pytest.param("I år tog Hedvig Tolvmo över som rektor i Tyresö.", "rektor", "Tyresö", id="takes-over-as"),
        pytest.param("Hedvig Tolvmo, tidigare rektor och numera chef i Tyresö, log.", "chef", "Tyresö", id="present-post"),
        pytest.param("Fritidsnämndens ordförande Hedvig Tolvmo log.", "fritidsnämndens ordförande", None, id="any-board"),
        pytest.param("KOMIKERN OCH FÖRFATTAREN HEDVIG TOLVMO", "komiker och författare", None, id="two-titles-in-capitals"),
        pytest.param("Kungen och drottning Hedvig Tolvmo kom.", "drottning", None, id="two-royals"),
        pytest.param("Enligt professorn i straffrätt Hedvig Tolvmo är det fel.", "professor", None, id="role-with-its-field"),
        pytest.param("Hedvig Tolvmo, 19-årig klimataktivist, log.", "klimataktivist", None, id="age-before-the-role"),
        pytest.param("Hedvig Tolvmo (Norge), psykiater", "psykiater", None, id="country-in-a-bracket"),
        pytest.param("Hedvig Tolvmo, utredningens huvudsekreterare, log.", "huvudsekreterare", None, id="owned-by-a-nameless-body"),
        pytest.param("FIONA TOLVMO, LECTURER, UNIVERSITY OF STRATHCLYDE".replace("FIONA", "HEDVIG"), "lecturer", "University of Strathclyde", id="small-words-in-capitals"),
        pytest.param("Öqvists granne ler. Tolk: Hedvig Tolvmo", None, None, id="credit-is-no-role"),
        pytest.param("1. Hedvig Tolvmo, Vansbro, 19.42", None, "Vansbro", id="item-of-a-result-list"),
        pytest.param("Hedvig Tolvmo, Mora kommun, 20 000 kronor", None, "Mora kommun", id="grant"),
        pytest.param("Hedvig Tolvmo – Orsa\nJerker Grindros – Säter", None, "Orsa", id="town-behind-a-dash"),
        pytest.param("Hedvig Tolvmo – Framtiden i fokus", None, None, id="lecture-behind-a-dash"),
        pytest.param("Hedvig Tolvmo | Region Halland", None, "Region Halland", id="region-behind-a-bar"),
        pytest.param("Hedvig Tolvmo Orsa kommun", None, "Orsa kommun", id="lost-comma"),
        pytest.param("Hedvig Tolvmo\nOrsa kommun", None, "Orsa kommun", id="municipality-below"),
        pytest.param("Orsa: Hedvig Tolvmo\nSäter: Jerker Grindros", None, "Orsa", id="town-before-a-colon"),
        pytest.param("Socialtjänsten i Orsa: Jerker Grindros och Hedvig Tolvmo", None, "Socialtjänsten i Orsa", id="unit-before-two"),
        pytest.param("Hedvig Tolvmo från Orsa och Jerker Grindros från Säter ler.", None, "Orsa", id="towns-that-sent-them"),
        pytest.param("Hedvig Tolvmo från Orsa sjunger ofta.", None, None, id="where-somebody-lives"),
        pytest.param("Hedvig Tolvmo, Barn- och familjeomsorgen i Orsa, ler.", None, "Orsa", id="unit-of-a-town"),
        pytest.param("Hon möter Hedvig Tolvmo på Vård- och omsorgsförvaltningen i Säter.", None, "Vård- och omsorgsförvaltningen i Säter", id="hanging-capital"),
        pytest.param("Hedvig Tolvmo (t.v.), Orsa, och Jerker Grindros (t.h.), Säter", None, "Orsa", id="side-in-brackets"),
        pytest.param("Kontakt: Hedvig Tolvmo, Orsa, 070-123 45 67", None, "Orsa", id="telephone-is-no-result"),
        pytest.param("Hedvig Tolvmo arbetar på Kriminalvården.", None, "Kriminalvården", id="works-at"),
        pytest.param("Hedvig Tolvmo, som företräder Vision, höll med.", None, "Vision", id="speaks-for"),
        pytest.param("Länsombud\nDalarna – Hedvig Tolvmo\nÖrebro – Jerker Grindros", None, None, id="area-before-a-dash"),
        pytest.param("Länsombud\nDalarna: Jerker Grindros\nÖrebro: Hedvig Tolvmo", None, None, id="town-in-a-list-of-areas"),
        pytest.param("Hedvig Tolvmo, Polisen", None, "Polisen", id="body-whose-name-is-a-role"),
        pytest.param("Hedvig Tolvmo, polis", "polis", None, id="role-in-lower-case"),
        pytest.param("Hedvig Tolvmo, tf. socialchef, Orsa kommun", "tf socialchef", "Orsa kommun", id="short-form-with-a-stop"),
        pytest.param("Fr v: Hedvig Tolvmo, v. ordförande", "vice ordförande", None, id="vice-with-a-stop"),
    ],
)  # fmt: skip
def test_statements(text: str, role: str | None, organisation: str | None) -> None:
    assert ("Hedvig Tolvmo", role, organisation) in found(text)


def test_a_role_behind_an_owner_is_anothers() -> None:
    said = found("Kuratorn heter Hedvig Tolvmo. Tolvmos chef, läkaren Piet Lagermo, ler.")
    assert said == [
        ("Hedvig Tolvmo", "kurator", None),
        ("Hedvig Tolvmo", "kurator", None),
        ("Piet Lagermo", "läkare", None),
    ]


def test_a_party_makes_an_officer_a_politician() -> None:
    (mention,) = find_people("Hedvig Tolvmo (S), ordförande")
    assert mention.role_class == "politician"


def test_organisations_of_two_in_turn_behind_their_role() -> None:
    text = (
        "Både Hedvig Tolvmo och Jerker Grindros, ombudsman på Kommunal respektive Vision, talade."
    )
    assert [organisation for _, _, organisation in found(text)] == ["Kommunal", "Vision"]


@pytest.mark.parametrize("label", ["Porträtt", "Inbjudan", "Utblick", "Kvastrum"])
def test_a_word_before_a_colon_and_a_full_name_is_a_label(label: str) -> None:
    assert [name for name, _, _ in found(f"{label}: Hedvig Tolvmo, rektor")] == ["Hedvig Tolvmo"]


def test_semicolons_part_a_list_under_its_label() -> None:
    said = found("Nya rektorer: Hedvig Tolvmo, Orsa; Jerker Grindros, Säter; Piet Lagermo, Kalix.")
    assert [(role, body) for _, role, body in said] == [
        ("rektor", "Orsa"),
        ("rektor", "Säter"),
        ("rektor", "Kalix"),
    ]


def test_a_list_that_had_its_and_is_closed() -> None:
    text = (
        "I rådet sitter socialcheferna Hedvig Tolvmo och Jerker Grindros samt Piet Lagermo, Vision."
    )
    assert [role for _, role, _ in found(text)] == ["socialchef", "socialchef", None]
