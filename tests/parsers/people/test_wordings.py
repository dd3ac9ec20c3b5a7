"""Wordings that put somebody in an office or send them from a body, whichever side of the name they stand."""

from __future__ import annotations

import pytest

from harvester.parsers.people import find_people
from harvester.parsers.people.durations import span_end
from harvester.parsers.people.wordview import view
from tests.parsers.people.stating import found


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
        pytest.param("Hedvig Tolvmo\nBodens rektor", "rektor", "Boden", id="body-before-the-role-under-the-name"),
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
        pytest.param("Hedvig Tolvmo – kurator – Boden", "kurator", "Boden", id="columns-by-dashes"),
        pytest.param("Hedvig Tolvmo / kurator / Bodens kommun", "kurator", "Bodens kommun", id="columns-by-slashes"),
        pytest.param("Hedvig Tolvmo - kurator - Bodens kommun", "kurator", "Bodens kommun", id="columns-by-spaced-hyphens"),
        pytest.param("Hedvig Tolvmo: kurator i Boden", "kurator", "Boden", id="explained-behind-a-colon"),
        pytest.param("Hedvig Tolvmo: Chef i kris", None, None, id="title-of-a-lecture-behind-a-colon"),
        pytest.param("Hedvig Tolvmo – Chef i otakt", None, None, id="title-of-a-lecture-behind-a-dash"),
        pytest.param("Hedvig Tolvmo – chefens bästa vän", None, None, id="role-that-owns-a-noun"),
        pytest.param("Hedvig Tolvmo, SKR, handläggare", "handläggare", "SKR", id="role-behind-the-body"),
        pytest.param("Hedvig Tolvmo i Boden och Jerker Grindros i Vara, båda rektorer.", "rektor", "Boden", id="both-are"),
        pytest.param("Rektor Hedvig Tolvmo och kurator Jerker Grindros, båda från Boden, vann.", "rektor", "Boden", id="both-from-with-roles"),
        pytest.param("Hedvig Tolvmo och Jerker Grindros, analytiker, Polisen", "analytiker", "Polisen", id="one-word-for-one-and-many"),
        pytest.param("Hedvig Tolvmo och Jerker Grindros, ordförande i FSS", None, None, id="chair-is-one"),
        pytest.param("Den tidigare rektorn i Boden, Hedvig Tolvmo, log.", "tidigare rektor", "Boden", id="whole-role-before-its-town"),
        pytest.param("Socialnämndens ordförande i Boden Hedvig Tolvmo log.", "socialnämndens ordförande", "Boden", id="board-and-town"),
        pytest.param("FSS:s ordförande, Hedvig Tolvmo, log.", "ordförande", "FSS", id="acronym-owns-the-role"),
        pytest.param("Moderator båda dagarna: Hedvig Tolvmo", "moderator", None, id="label-with-days"),
        pytest.param("Moderator dag 1: Hedvig Tolvmo", "moderator", None, id="label-with-a-number"),
        pytest.param("Projektledare i Boden: Hedvig Tolvmo", "projektledare", "Boden", id="label-with-a-town"),
        pytest.param("Ordförande i socialnämnden: Hedvig Tolvmo", "ordförande", "socialnämnden", id="label-with-a-board"),
        pytest.param("Chef för en dag: Hedvig Tolvmo", None, None, id="title-that-opens-as-a-role"),
        pytest.param("Mentorer 2023\nHedvig Tolvmo, rektor, Boden\nJerker Grindros, kurator, Vara", "rektor", "Boden", id="own-role-under-a-heading"),
        pytest.param("Ledamöter\nHedvig Tolvmo, rektor, Boden\nJerker Grindros, Vara", "ledamot", "Boden", id="office-above-the-own-role"),
        pytest.param("Kuratorn Hedvig Tolvmo från Boden log.", "kurator", "Boden", id="town-of-a-post"),
        pytest.param("Konstnären Hedvig Tolvmo från Boden log.", "konstnär", None, id="home-of-an-artist"),
        pytest.param("Kuratorn Hedvig Tolvmo i Torneå log.", "kurator", "Torneå", id="strange-town-of-a-post"),
        pytest.param("Till ny rektor har Bodens kommun utsett Hedvig Tolvmo.", "rektor", "Bodens kommun", id="body-that-appoints"),
        pytest.param("Efter tio år som rektor i Boden går Hedvig Tolvmo i pension.", "rektor", "Boden", id="after-years-as"),
        pytest.param("Hedvig Tolvmo tar över som rektor i Boden.", "rektor", "Boden", id="takes-over-as"),
        pytest.param("Hedvig Tolvmo är verksam som kurator i Boden.", "kurator", "Boden", id="at-work-as"),
        pytest.param("Hedvig Tolvmo jobbar på SKR som utredare.", "utredare", "SKR", id="works-at-as"),
        pytest.param("Hedvig Tolvmo, till vardags på SKR, log.", None, "SKR", id="on-weekdays-at"),
        pytest.param("Hedvig Tolvmo, som leder socialtjänsten i Boden, log.", None, "socialtjänsten i Boden", id="who-leads"),
        pytest.param("Hedvig Tolvmo, moderat kommunalråd i Boden", "kommunalråd", "Boden", id="party-in-words"),
        pytest.param("Hedvig Tolvmo, nytillträdd rektor i Boden", "rektor", "Boden", id="newly-appointed"),
        pytest.param("Hedvig Tolvmo, processledare God och nära vård, Region Dalarna", "processledare", "Region Dalarna", id="field-in-capitals"),
        pytest.param("Hedvig Tolvmo, chef IFO, Boden", "chef", "Boden", id="field-as-an-acronym"),
        pytest.param("Hedvig Tolvmo, socionom, enhetschef, Boden", "socionom", "Boden", id="two-trades-and-a-town"),
        pytest.param("Hedvig Tolvmo, sekreterare, Pensionärernas riksförbund", "sekreterare", "Pensionärernas riksförbund", id="members-are-no-second-trade"),
        pytest.param("Hedvig Tolvmo, professor, Luleå tekniska universitet", "professor", "Luleå tekniska universitet", id="adjective-inside-a-body"),
        pytest.param("Hedvig Tolvmo, utredare, Delegationen mot segregation", "utredare", "Delegationen mot segregation", id="purpose-against"),
        pytest.param("Hedvig Tolvmo, kurator vid Barn- och ungdomspsykiatrin i Boden", "kurator", "Barn- och ungdomspsykiatrin i Boden", id="hanging-hyphen-of-a-clinic"),
        pytest.param("Hedvig Tolvmo, head of research, Karolinska Institutet", "head of research", "Karolinska Institutet", id="english-field"),
        pytest.param("Hedvig Tolvmo\nprofessor i socialt arbete\nLunds universitet", "professor", "Lunds universitet", id="field-fills-the-line"),
        pytest.param("Hedvig Tolvmo,\nkurator,\nBodens kommun", "kurator", "Bodens kommun", id="lines-that-end-in-commas"),
        pytest.param("Namn: Hedvig Tolvmo\nTitel: kurator\nArbetsplats: Bodens kommun", "kurator", "Bodens kommun", id="form"),
        pytest.param("Hedvig Tolvmo, kurator\n\nRegion Dalarna", "kurator", "Region Dalarna", id="body-in-its-own-block"),
        pytest.param("Hedvig Tolvmo\n\nBoden\n\nDet var en gång.", None, None, id="town-as-a-heading"),
        pytest.param("HEDVIG TOLVMO (KD), KOMMUNSTYRELSENS 1:E VICE ORDFÖRANDE, BODEN", "kommunstyrelsens 1:e vice ordförande", "Boden", id="ordinal-in-capitals"),
        pytest.param("HEDVIG TOLVMO\n\nSångerskan? Nej, en annan.", None, None, id="asked-and-denied"),
        pytest.param("Medverkande från Boden: Hedvig Tolvmo och Jerker Grindros", None, "Boden", id="label-of-whence"),
        pytest.param("Boden\nHedvig Tolvmo, rektor\nMora\nJerker Grindros, kurator", "rektor", None, id="town-below-heads-the-next"),
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
        pytest.param("A. Hedvig Tolvmo, kurator\nB. Jerker Grindros, rektor", ["Hedvig Tolvmo", "Jerker Grindros"], id="letters-of-items"),
        pytest.param("Här möter du Hedvig Tolvmo.", ["Hedvig Tolvmo"], id="pronoun-is-no-particle"),
        pytest.param("HEDVIG TOLVMO – FILM", ["Hedvig Tolvmo"], id="capitals-before-a-dash"),
        pytest.param("Ulla Britt Knuts från Mora log.", ["Ulla Britt Knuts"], id="surname-on-s-owns-nothing"),
        pytest.param("Nu kommer renarna Rudolf och Blixten.", [], id="animals"),
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


def test_a_label_inside_a_list_holds_for_the_lines_under_it() -> None:
    text = "Ordförande\nJerker Grindros, Vara\nLedamöter\nAlma Sandbo, Mora\nHedvig Tolvmo, Boden"
    assert found(text) == [
        ("Jerker Grindros", "ordförande", "Vara"),
        ("Alma Sandbo", "ledamot", "Mora"),
        ("Hedvig Tolvmo", "ledamot", "Boden"),
    ]


def test_a_second_post_is_of_the_body_that_owns_the_first() -> None:
    text = "BODENS KOMMUNS SOCIALCHEF JERKER GRINDROS OCH EKONOM HEDVIG TOLVMO"
    assert [m.organisation for m in find_people(text)] == ["Bodens kommun", "Bodens kommun"]
    text = "Regeringens utredare Jerker Grindros och professor Hedvig Tolvmo möttes."
    assert [m.organisation for m in find_people(text)] == ["Regeringen", None]


@pytest.mark.parametrize(
    "span",
    [
        pytest.param("under många år", id="many-years"),
        pytest.param("i sjutton år", id="counted-in-words"),
        pytest.param("i 17 år", id="counted"),
        pytest.param("under en lång rad år", id="a-long-row"),
        pytest.param("sedan tio år tillbaka", id="since"),
        pytest.param("sedan i våras", id="since-a-season"),
        pytest.param("fram till 2010", id="until"),
        pytest.param("till och med 2010", id="until-and-with"),
        pytest.param("från 2001 till 2009", id="from-until"),
        pytest.param("mellan 2001 och 2009", id="between"),
        pytest.param("1998–2006", id="years"),
    ],
)
def test_a_span_of_time_before_a_post(span: str) -> None:
    expected = [("Hedvig Tolvmo", "rektor", "Kil")]
    assert found(f"Hedvig Tolvmo var {span} rektor i Kil.") == expected
    assert found(f"Hedvig Tolvmo är här. Hon var {span} rektor i Kil.") == expected


@pytest.mark.parametrize("words", ["i Boden", "under ledning", "till 0980", "från Kil", "sju år"])
def test_no_span_of_time(words: str) -> None:
    assert span_end(view(words, 0, len(words)), 0) == 0


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("FABIAN VON REHNSKOG", id="built-as-a-thing"),
        pytest.param("KAJSA AF DALAHED", id="built-as-a-place"),
        pytest.param("EVA AF TROLLE", id="a-word"),
    ],
)
def test_a_particle_of_nobility_brings_a_surname(name: str) -> None:
    for text in (name, f"SOCIALCHEFEN {name}", f"{name}, SOCIALCHEF"):
        assert [m.raw for m in find_people(text)] == [name]
