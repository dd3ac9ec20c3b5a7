"""Things that bear a person's name name nobody; somebody in the same place is found."""

from __future__ import annotations

import pytest

from harvester.parsers.people import find_people


def found(text: str) -> list[str]:
    return [m.raw for m in find_people(text)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Projekten Sune, Tilda och Agnes får medel.", id="list-behind-projects"),
        pytest.param("Grupprummen heter Åsa, Viktor och Ingrid.", id="rooms-are-called"),
        pytest.param("Två boenden, Ture och Sune, läggs ned.", id="number-of-houses"),
        pytest.param("Sal A: Selma\nSal B: Hjalmar", id="rooms-by-letter"),
        pytest.param("Seminariet hålls i Nils och lunchen i Sixten.", id="in-a-room"),
        pytest.param("På Amina bor tio personer.", id="at-a-house"),
        pytest.param("Turen går via Anneberg, Sofielund och Karl Johan.", id="through-places"),
        pytest.param("Ludvig, ett AI-stöd för journaler, provas i höst.", id="apposition-of-a-thing"),
        pytest.param("Nisse, kommunens chattbot, har fått nytt utseende.", id="thing-of-an-owner"),
        pytest.param("Karin är ett verktyg för riskbedömning.", id="is-a-thing"),
        pytest.param("Kalle drivs av kommunen sedan 2012.", id="is-run"),
        pytest.param("Selma har tolv platser och öppnar i maj.", id="has-places"),
        pytest.param("Filmen ”Hej, Ludvig” visas i foajén.", id="title-of-a-film"),
        pytest.param("Att låna: ”Livet enligt Rosa”, ”Elin får nog”.", id="several-titles"),
        pytest.param("Podden Prata med Petra är tillbaka.", id="podcast"),
        pytest.param("Båten M/S Kalle lägger ut.", id="ship"),
        pytest.param("LEVA, LÄRA, LEDA – ATT VARA CHEF", id="cry-in-capitals"),
        pytest.param("Värd: Mora kommun", id="label"),
        pytest.param("Monter 12: Ahlgren & Ekström", id="partners"),
        pytest.param("Arkitektfirman Öst & Palmér ritar boendet.", id="partner-of-a-stranger"),
        pytest.param("Lindvall Ekström Advokater bjuder på frukost.", id="firm-of-two"),
        pytest.param("Huvudpartner är Lundvall Rydberg Konsult AB.", id="firm-by-its-letters"),
        pytest.param("Utställare A–F: Curera, Doris Digital, Frejs Larm.", id="exhibitors-by-letter"),
        pytest.param("Besök: Ture Wallinplatsen 3", id="square"),
        pytest.param("Hitta hit: Ragnar Östbergs plan 1", id="street-number"),
        pytest.param("Verksamheten Vita Nova söker nya lokaler.", id="foreign-phrase"),
        pytest.param("Kommun-Kim är vår digitala assistent.", id="nickname-of-a-thing"),
        pytest.param("Samverkan Skåne Nordost bjuder in.", id="part-of-a-region"),
        pytest.param("Klara Norra och Jakobs kyrka ligger nära.", id="side-of-a-parish"),
        pytest.param("Minnesfonden efter Stina Ek fördelar en miljon.", id="fund-in-memory"),
        pytest.param("Kalle och Lisa i exemplet tjänar lika mycket.", id="made-up-people"),
        pytest.param("Middag på Knaust klockan 19.", id="surname-of-a-house"),
    ],
)  # fmt: skip
def test_things_are_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Eleverna på scenen är Sune, Tilda och Agnes.", ["Sune", "Tilda", "Agnes"], id="list-of-pupils"),
        pytest.param("Hon heter Ingrid.", ["Ingrid"], id="she-is-called"),
        pytest.param("Flickan kallas Viktoria.", ["Viktoria"], id="is-called"),
        pytest.param("I Mora lyssnar Nils på radio.", ["Nils"], id="verb-before"),
        pytest.param("Alla väntar på Amina.", ["Amina"], id="waits-for"),
        pytest.param("Det ligger i Ingmars händer.", ["Ingmars"], id="owner-behind-in"),
        pytest.param("Ludvig, 17 år, bor på stödboendet.", ["Ludvig"], id="age"),
        pytest.param("Karin är 16 år och bor i familjehem.", ["Karin"], id="is-of-an-age"),
        pytest.param("Kalle har arbetat här i tio år.", ["Kalle"], id="has-worked"),
        pytest.param("Rut gick i pension i våras.", ["Rut"], id="word-and-verb"),
        pytest.param("”Tack, Ludvig”, säger hon.", ["Ludvig"], id="said-in-quotes"),
        pytest.param("Sune: Hur började det?", ["Sune"], id="speaker"),
        pytest.param("Mejla Amina före fredag.", ["Amina"], id="imperative"),
        pytest.param("Kuratorn Ludvig finns på plats.", ["Ludvig"], id="role"),
        pytest.param("Vi hörs!\nJeanette, verksamhetsledare", ["Jeanette"], id="signature"),
        pytest.param("Där satt Anna och Nils.", ["Anna", "Nils"], id="two-given-names"),
        pytest.param("Enligt Wallin är det för sent.", ["Wallin"], id="surname-quoted"),
        pytest.param("Wallin har rätt, tror de flesta.", ["Wallin"], id="surname-has"),
        pytest.param("Karl Gustav Ek går via receptionen.", ["Karl Gustav Ek"], id="two-given-names-and-a-surname"),
        pytest.param("Lill-Anna sjunger för barnen.", ["Lill-Anna"], id="nickname"),
        pytest.param("I Orsa, Gunvor Hallsjö, finns hjälp.", ["Gunvor Hallsjö"], id="town-and-a-full-name"),
    ],
)  # fmt: skip
def test_somebody_in_the_same_place(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param("Ordförande är Maria.", "ordförande", id="copula"),
        pytest.param("Kontaktperson: Maria", "kontaktperson", id="label"),
        pytest.param("Boendet har en rektor, Maria.", "rektor", id="comma"),
        pytest.param("Chefen, Maria, får beröm.", "chef", id="between-commas"),
        pytest.param("Det är Maria.", None, id="pointed-at"),
        pytest.param("Exemplet från Orsa är bra, säger Maria. Hon är glad.", None, id="an-example-is-no-made-up-person"),
    ],
)  # fmt: skip
def test_a_post_beside_a_lone_name_speaks_for_somebody(text: str, role: str | None) -> None:
    assert [(m.name, m.role) for m in find_people(text)] == [("Maria", role)]
