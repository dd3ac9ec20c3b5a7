"""Wordings that put somebody in an office or send them from a body, whichever side of the name they stand."""

from __future__ import annotations

import pytest

from harvester.parsers.people import find_people


def found(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(m.name, m.role, m.organisation) for m in find_people(text)]


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        pytest.param("Till ny chef för Socialstyrelsen har regeringen utsett Hedvig Tolvmo.", "chef", "Socialstyrelsen", id="put-in-office"),
        pytest.param("Som ny rektor i Boden tillträder Hedvig Tolvmo.", "rektor", "Boden", id="takes-office"),
        pytest.param("Hedvig Tolvmo, som utsetts till rektor i Boden, log.", "rektor", "Boden", id="has-been-appointed"),
        pytest.param("Hedvig Tolvmo har nyligen blivit rektor i Boden.", "rektor", "Boden", id="has-become"),
        pytest.param("Rektorn vid Stiftelsen Solgläntan Hedvig Tolvmo log.", "rektor", "Stiftelsen Solgläntan", id="title-and-body-without-a-comma"),
        pytest.param("En gammal kurator i Ludvika, Hedvig Tolvmo, lärde mig det.", "kurator", "Ludvika", id="a-certain"),
        pytest.param("Det var Hedvig Tolvmo. Hon slutar i maj som rektor i Boden.", "rektor", "Boden", id="she-leaves-as"),
        pytest.param("– Jag är rektor i Boden, säger Hedvig Tolvmo.", "rektor", "Boden", id="says-so"),
        pytest.param("Jerker Grindros: Du är rektor i Boden, Hedvig Tolvmo. Hur går det?", "rektor", "Boden", id="is-told-so"),
        pytest.param("Hej Hedvig Tolvmo! Du är rektor i Boden.", "rektor", "Boden", id="is-greeted"),
        pytest.param("Min handledare Hedvig Tolvmo log.", None, None, id="relation-to-the-writer"),
        pytest.param("Så företräder Hedvig Tolvmo sjuksköterskorna.", None, None, id="whom-she-speaks-for"),
        pytest.param("Hedvig Tolvmo, fil dr i socialt arbete vid Lunds universitet", "fil dr", "Lunds universitet", id="degree"),
        pytest.param("Hedvig Tolvmo, 1:e socialsekreterare i Boden", "1:e socialsekreterare", "Boden", id="ordinal-is-no-age"),
        pytest.param("Hedvig Tolvmo (sammankallande), Boden", "sammankallande", "Boden", id="role-in-a-bracket-then-town"),
        pytest.param("Orsa representerades av Hedvig Tolvmo.", None, "Orsa", id="represented-by"),
        pytest.param("Från Region Dalarna kom Hedvig Tolvmo.", None, "Region Dalarna", id="came-from"),
        pytest.param("För Kommunal deltog Hedvig Tolvmo.", None, "Kommunal", id="spoke-for"),
        pytest.param("Fackförbundet Seko, genom ordförande Hedvig Tolvmo, höll med.", "ordförande", "Fackförbundet Seko", id="through"),
        pytest.param("Hedvig Tolvmo leder Socialförvaltningen i Boden.", None, "Socialförvaltningen i Boden", id="leads"),
        pytest.param("Jerker Grindros och Hedvig Tolvmo, båda från Boden, vann.", None, "Boden", id="both-from"),
        pytest.param("Hedvig Tolvmo, Vision, och Jerker Grindros, även han från Vision, log.", None, "Vision", id="he-too"),
        pytest.param("Hedvig Tolvmo, konstnär från Dalarna", "konstnär", None, id="home-province"),
        pytest.param("Hos Hedvig Tolvmo i Viksjö brinner lampan.", None, None, id="at-home"),
        pytest.param("Hedvig Tolvmo från hemtjänsten Säter log.", None, "hemtjänsten Säter", id="body-and-town"),
        pytest.param("Hedvig Tolvmo, enhetschef, hemtjänsten, Säffle", "enhetschef", "hemtjänsten, Säffle", id="body-comma-town"),
        pytest.param("Hedvig Tolvmo, enhetschef, äldreomsorgen, Säters kommun", "enhetschef", "äldreomsorgen, Säters kommun", id="unit-of-a-municipality"),
        pytest.param("Hedvig Tolvmo, chef, socialförvaltningen Nordost, Göteborgs stad", "chef", "socialförvaltningen Nordost, Göteborgs stad", id="quarter-of-an-office"),
        pytest.param("Hedvig Tolvmo, ledare för projektet Bostad först, Boden", "ledare", "Boden", id="field-then-town"),
        pytest.param("HEDVIG TOLVMO (L) I DUELL", None, None, id="no-acronym-in-capitals"),
        pytest.param("Även Skövde kommuns kurator Hedvig Tolvmo log.", "kurator", "Skövde kommun", id="small-word-before-the-owner"),
        pytest.param("Hedvig Tolvmo\nKurator\nNationellt kompetenscentrum anhöriga", "kurator", "Nationellt kompetenscentrum anhöriga", id="whole-line-of-a-signature"),
        pytest.param("Hedvig Tolvmo, ordförande\nFöreningen Exempelchefer", "ordförande", "Föreningen Exempelchefer", id="body-on-the-next-line"),
        pytest.param("Hälsningar\n\nHedvig Tolvmo\nför Föreningen Exempelchefer", None, "Föreningen Exempelchefer", id="signs-for"),
        pytest.param("Regionansvariga\nDalarna – Hedvig Tolvmo, Mora\nFyrbodal – Jerker Grindros, Vara", "regionansvarig", "Mora", id="plural-heads-a-list"),
        pytest.param("Hedvig Tolvmo, jurist, Civil Rights Defenders", "jurist", "Civil Rights Defenders", id="foreign-body"),
    ],
)  # fmt: skip
def test_statements(text: str, role: str | None, organisation: str | None) -> None:
    assert ("Hedvig Tolvmo", role, organisation) in found(text)


def test_lines_of_a_name_and_a_town() -> None:
    said = found("Nätverket\n\nHedvig Tolvmo Boden\nVendela Oxvall Lund\nMarianne Stolt Gällivare")
    assert [(name, body) for name, _, body in said] == [
        ("Hedvig Tolvmo", "Boden"),
        ("Vendela Oxvall", "Lund"),
        ("Marianne Stolt", "Gällivare"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Disken\n\n– Välkommen, säger Maria. Sedan skrattar Maria.", ["Maria", "Maria"], id="who-speaks"),
        pytest.param("Katten\n\nDet var kaos när Ylva fick sin diagnos.", ["Ylva"], id="subject-of-a-clause"),
        pytest.param("Fest\n\nKollegorna Rasmus och Titti bjöd på tårta.", ["Rasmus", "Titti"], id="colleagues"),
        pytest.param("Bröderna Emil och Anton Forsell bakar. Emil står vid ugnen.", ["Emil Forsell", "Anton Forsell", "Emil Forsell"], id="brothers"),
        pytest.param("FATIMA EL KHATIB, KURATOR\n\nEl Khatib log.", ["Fatima El Khatib", "Fatima El Khatib"], id="particle-as-the-text-spells-it"),
        pytest.param("MARIANNE TRÄFF, KURATOR", ["Marianne Träff"], id="word-as-a-surname-in-capitals"),
        pytest.param("EVA-MAJ AF UGGLAS, KURATOR", ["Eva-Maj af Ugglas"], id="noble-name-keeps-its-s"),
        pytest.param("Orden är Leif Kroons. Så sade Kroon.", ["Leif Kroon", "Leif Kroon"], id="genitive-at-the-stop"),
        pytest.param("Beatrice Nordahl von Essen är kurator.", ["Beatrice Nordahl von Essen"], id="surname-and-particle"),
        pytest.param("Det var J-O Persson som log.", ["J-O Persson"], id="double-initials"),
        pytest.param("Vi läser Ingrid Bergmans Fanny igen.", ["Ingrid Bergman"], id="given-name-behind-a-genitive"),
        pytest.param("Sören Bohlin bor på Sörens väg.", ["Sören Bohlin"], id="street-of-a-given-name"),
        pytest.param("A. Skolsociala team (Hedvig Tolvmo)", ["Hedvig Tolvmo"], id="letter-of-an-item"),
        pytest.param("Kampanjen Fråga Olle och podden Anders & Måns", [], id="named-works"),
    ],
)  # fmt: skip
def test_names(text: str, names: list[str]) -> None:
    assert [name for name, _, _ in found(text)] == names


@pytest.mark.parametrize(
    ("text", "role_class"),
    [
        pytest.param(
            "Hedvig Tolvmo, kanslichef, FSS", "association_officer", id="of-an-association"
        ),
        pytest.param("Hedvig Tolvmo, kanslichef, Orsa kommun", "manager", id="of-a-municipality"),
    ],
)
def test_a_post_is_an_officers_where_an_association_has_it(text: str, role_class: str) -> None:
    (mention,) = find_people(text)
    assert mention.role_class == role_class
