"""Frames in which a text states somebody's post: each with acceptances beside what looks like it and is not."""

from __future__ import annotations

import pytest

from tests.parsers.people.stating import found


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        pytest.param("Hedvig Tolvmo har i flera decennier varit kurator i Orsa.", "kurator", "Orsa", id="has-long-been"),
        pytest.param("Hedvig Tolvmo, som länge har varit kurator i Orsa, log.", "kurator", "Orsa", id="clause-has-long-been"),
        pytest.param("Hedvig Tolvmo, som varit kurator i Orsa i tio år, slutar.", "kurator", "Orsa", id="clause-without-has"),
        pytest.param("Hedvig Tolvmo, som arbetar som kurator i Orsa, log.", "kurator", "Orsa", id="clause-works-as"),
        pytest.param("Hedvig Tolvmo, som sedan 2015 är kurator i Orsa, log.", "kurator", "Orsa", id="clause-since"),
        pytest.param("Hedvig Tolvmo, i vardagen kurator i Orsa, log.", "kurator", "Orsa", id="in-daily-life"),
        pytest.param("Hedvig Tolvmo, själv kurator i Orsa, log.", "kurator", "Orsa", id="herself"),
        pytest.param("Hedvig Tolvmo, 47 år, är kurator i Orsa.", "kurator", "Orsa", id="age-then-copula"),
        pytest.param("Hedvig Tolvmo, till vänster, kurator i Orsa.", "kurator", "Orsa", id="side-between-commas"),
        pytest.param("Hedvig Tolvmo (Orsa), kurator", "kurator", "Orsa", id="town-in-bracket-first"),
        pytest.param("Hedvig Tolvmo [kurator, Orsa]", "kurator", "Orsa", id="square-bracket"),
        pytest.param("Hedvig Tolvmo deltog i egenskap av kurator i Orsa.", "kurator", "Orsa", id="in-the-capacity-of"),
        pytest.param("I egenskap av kurator i Orsa talade Hedvig Tolvmo.", "kurator", "Orsa", id="capacity-first"),
        pytest.param("I sin roll som kurator i Orsa möter Hedvig Tolvmo många.", "kurator", "Orsa", id="in-her-role"),
        pytest.param("Som kurator i Orsa ser Hedvig Tolvmo behoven öka.", "kurator", "Orsa", id="as-a-verb"),
        pytest.param("Som kurator mötte han Hedvig Tolvmo.", None, None, id="as-somebody-else"),
        pytest.param("Vi hälsar Hedvig Tolvmo välkommen som ny kurator i Orsa.", "kurator", "Orsa", id="welcomed-as"),
        pytest.param("Hedvig Tolvmo bor i Lund och arbetar som kurator i Orsa.", "kurator", "Orsa", id="second-predicate"),
        pytest.param("Hedvig Tolvmo talade och hennes bror är kurator.", None, None, id="second-clause-of-another"),
        pytest.param("Huvudsekreterare har varit juristen Hedvig Tolvmo.", "huvudsekreterare", None, id="perfect-before-title-and-name"),
        pytest.param("Ordförande för Bris är sedan i våras Hedvig Tolvmo.", "ordförande", "Bris", id="time-before-name"),
        pytest.param("Närmast anhörig är hustrun Hedvig Tolvmo.", None, None, id="kin-is-no-post"),
        pytest.param("Ansvarig för projektet är Hedvig Tolvmo, kurator i Orsa.", "kurator", "Orsa", id="task-and-post"),
        pytest.param("Pristagare är Hedvig Tolvmo, kurator i Orsa.", "kurator", "Orsa", id="winner-and-post"),
        pytest.param("Årets chef: Hedvig Tolvmo, Orsa", None, "Orsa", id="award-is-no-post"),
        pytest.param("Här är Hedvig Tolvmo. Kurator i Orsa.", "kurator", "Orsa", id="phrase-as-a-sentence"),
        pytest.param("Vi mötte Hedvig Tolvmo. Kuratorn i Orsa var sjuk.", None, None, id="sentence-about-another"),
        pytest.param("Hedvig Tolvmo. Kurator. Orsa kommun.", "kurator", "Orsa kommun", id="stops-between-columns"),
        pytest.param("Orsa har fått ny rektor. Hedvig Tolvmo börjar i maj.", "rektor", "Orsa", id="news-before-the-name"),
        pytest.param("Ny rektor i Orsa\n\nHedvig Tolvmo börjar i maj.", "rektor", "Orsa", id="news-above"),
        pytest.param("Ny rektor sökes i Orsa. Hedvig Tolvmo svarar på frågor.", None, None, id="post-still-open"),
        pytest.param("Det är klart vem som blir ny rektor i Orsa. Hedvig Tolvmo tillträder.", "rektor", "Orsa", id="news-as-a-question"),
        pytest.param("Rektor, Orsa kommun: Hedvig Tolvmo", "rektor", "Orsa kommun", id="label-with-body"),
        pytest.param("Rektor – Hedvig Tolvmo", "rektor", None, id="label-before-dash"),
        pytest.param("Rektorn i fokus: Hedvig Tolvmo", "rektor", None, id="column-about-somebody"),
        pytest.param("Regionansvarig för Norrland: Hedvig Tolvmo, Boden", "regionansvarig", "Boden", id="area-is-no-employer"),
        pytest.param("Mitt namn är Hedvig Tolvmo. Jag är rektor i Orsa.", "rektor", "Orsa", id="says-next"),
        pytest.param("Hedvig Tolvmo: Nu är jag rektor i Orsa.", "rektor", "Orsa", id="says-in-answer"),
        pytest.param("Hedvig Tolvmo berättar hur hon som rektor i Orsa mötte motstånd.", "rektor", "Orsa", id="she-as"),
        pytest.param("Vem är Hedvig Tolvmo?\n\nRektor i Orsa, bor i Lund.", "rektor", "Orsa", id="question-heading"),
        pytest.param("SHIRIN TOLVMO\n\nTolken är inte en maskin.".replace("SHIRIN", "HEDVIG"), None, None, id="of-a-trade"),
        pytest.param("Om Hedvig Tolvmo\nRektor i Orsa.", "rektor", "Orsa", id="about"),
        pytest.param("Namn: Hedvig Tolvmo, titel: rektor, arbetsplats: Orsa kommun", "rektor", "Orsa kommun", id="fields-in-a-row"),
        pytest.param("Publikfråga från Hedvig Tolvmo, Orsa: Vem betalar?", None, "Orsa", id="town-before-colon-is-no-field"),
        pytest.param("Hedvig Tolvmo\nGör: Rektor i Orsa", "rektor", "Orsa", id="does"),
        pytest.param("Hedvig Tolvmo\nTill vardags: Rektor i Orsa", "rektor", "Orsa", id="daily-label"),
    ],
)  # fmt: skip
def test_post(text: str, role: str | None, organisation: str | None) -> None:
    assert found(text) == [("Hedvig Tolvmo", role, organisation)]


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        pytest.param("Hedvig Tolvmo, kanslist, Zygvara, inledde.", "kanslist", "Zygvara", id="stranger-behind-role"),
        pytest.param("Hedvig Tolvmo, kanslist, Zygvara är bra", "kanslist", None, id="stranger-that-goes-on"),
        pytest.param("Hedvig Tolvmo - kanslist - Zygvara", "kanslist", "Zygvara", id="stranger-in-a-column"),
        pytest.param("Hedvig Tolvmo – kanslist – Framtiden i fokus", "kanslist", None, id="title-in-a-column"),
        pytest.param("Hedvig Tolvmo, vd, Trygga Hem i Norden AB", "vd", "Trygga Hem i Norden AB", id="legal-form"),
        pytest.param("Hedvig Tolvmo, frobnikör på Region Halland, log.", None, "Region Halland", id="unknown-post-keeps-its-body"),
        pytest.param("Hedvig Tolvmo, född i Orsa, log.", None, None, id="birth-is-no-post"),
        pytest.param("Hedvig Tolvmo, uppväxt i Orsa, log.", None, None, id="youth-is-no-post"),
        pytest.param("Det säger arkitekt Hedvig Tolvmo på byrån Tegel & Ljus.", "arkitekt", "Tegel & Ljus", id="sort-of-firm"),
        pytest.param("Hedvig Tolvmo är kurator i Nätverket Små kommuner.", "kurator", "Nätverket Små kommuner", id="network-with-noun"),
        pytest.param("Hedvig Tolvmo är chef på Arbetsmarknadsenheten i Orsa.", "chef", "Arbetsmarknadsenheten i Orsa", id="office-by-name"),
        pytest.param("Hedvig Tolvmo är chef för äldreomsorgen i Orsa.", "chef", "Orsa", id="service-of-a-town"),
        pytest.param("Hedvig Tolvmo, ämnesråd, Barnombudsmannen", "ämnesråd", "Barnombudsmannen", id="body-called-as-a-post"),
        pytest.param("Hedvig Tolvmo på Statens institutionsstyrelse berättar.", None, "Statens institutionsstyrelse", id="verb-ends-the-name"),
        pytest.param("HEDVIG TOLVMO, JURIST, INSPEKTIONEN FÖR VÅRD OCH OMSORG", "jurist", "Inspektionen för vård och omsorg", id="listed-in-capitals"),
        pytest.param("HEDVIG TOLVMO, CHEF, VÅRD- OCH OMSORGSFÖRVALTNINGEN I TIERP", "chef", "Vård- och omsorgsförvaltningen i Tierp", id="hanging-in-capitals"),
        pytest.param("Det säger Malås socialchef Hedvig Tolvmo.", "socialchef", "Malå", id="genitive-that-ends-as"),
        pytest.param("Hedvig Tolvmo på socialdepartementet gör ett undantag.", None, "socialdepartementet", id="department-in-lower-case"),
        pytest.param("Före detta rådmannen Hedvig Tolvmo log.", "före detta rådman", None, id="former-as-written"),
        pytest.param("Tillförordnad rektor Hedvig Tolvmo log.", "tillförordnad rektor", None, id="acting-as-written"),
        pytest.param("Hedvig Tolvmo, f.d. rektor och numera chef i Orsa, log.", "chef", "Orsa", id="former-and-present"),
        pytest.param("Hedvig Tolvmo, avd.chef, Orsa", "avdelningschef", "Orsa", id="short-form"),
        pytest.param("Hedvig Tolvmo, gen.sekr., Bris", "generalsekreterare", "Bris", id="two-short-forms"),
        pytest.param("Hedvig Tolvmo, prof., Lunds universitet", "professor", "Lunds universitet", id="short-professor"),
        pytest.param("Hedvig Tolvmo (KD)\nVård- och omsorgsnämndens ordförande\nOrsa kommun", "vård- och omsorgsnämndens ordförande", "Orsa kommun", id="board-of-two-parts"),
        pytest.param("Hedvig Tolvmo, matinspiratör, log.", "matinspiratör", None, id="tail-of-a-trade"),
        pytest.param("Prologen läses av Hedvig Tolvmo.", None, None, id="prologue-is-nobody"),
    ],
)  # fmt: skip
def test_body(text: str, role: str | None, organisation: str | None) -> None:
    assert found(text) == [("Hedvig Tolvmo", role, organisation)]


A, B, C = "Hedvig Tolvmo", "Jerker Grindros", "Ylva Norrgård"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        pytest.param(f"{A} efterträder {B} som rektor i Orsa.", [(A, "rektor", "Orsa"), (B, None, None)], id="succeeds"),
        pytest.param(f"{A} tar över efter {B} som rektor i Orsa.", [(A, "rektor", "Orsa"), (B, None, None)], id="takes-over-after"),
        pytest.param(f"{A}, som leder arbetet med {B}, är rektor i Orsa.", [(A, "rektor", "Orsa"), (B, None, None)], id="clause-with-another"),
        pytest.param(f"{A} och {B} är båda rektorer i Orsa.", [(A, "rektor", "Orsa"), (B, "rektor", "Orsa")], id="both-are"),
        pytest.param(f"{A} och {B} är rektorer i Orsa.", [(A, "rektor", "Orsa"), (B, "rektor", "Orsa")], id="plural-predicate"),
        pytest.param(f"För {A} och {B} är rektorn viktig.", [(A, None, None), (B, None, None)], id="somebody-elses-rector"),
        pytest.param(f"{A} och {B}, rektor respektive kurator i Orsa, log.", [(A, "rektor", "Orsa"), (B, "kurator", "Orsa")], id="in-turn"),
        pytest.param(f"{A} och {B}, rektor i Mora respektive kurator i Orsa, log.", [(A, "rektor", "Mora"), (B, "kurator", "Orsa")], id="in-turn-with-bodies"),
        pytest.param(f"{A}, {B} och {C}, rektorer i Mora, Orsa respektive Säter, log.", [(A, "rektor", "Mora"), (B, "rektor", "Orsa"), (C, "rektor", "Säter")], id="plural-of-three"),
        pytest.param(f"Vi mötte {A} och {B}. Hon är rektor i Orsa, han är kurator.", [(A, "rektor", "Orsa"), (B, "kurator", None)], id="pronouns-in-order"),
        pytest.param(f"Vi mötte {A} och {B}. Hon är rektor i Orsa.", [(A, None, None), (B, None, None)], id="pronoun-of-two"),
        pytest.param(f"Styrelsen fick två nya ledamöter, {A} från Orsa och {B} från Mora.", [(A, "ledamot", "Orsa"), (B, "ledamot", "Mora")], id="counted"),
        pytest.param(f"{A}, rektor\n{B}, kurator\nBåda i Orsa kommun", [(A, "rektor", "Orsa kommun"), (B, "kurator", "Orsa kommun")], id="both-below"),
        pytest.param(f"Regionansvariga\n\nNorr: {A}, Boden\nSyd: {B}, Höör", [(A, "regionansvarig", "Boden"), (B, "regionansvarig", "Höör")], id="areas-under-a-heading"),
        pytest.param(f"Ordförande: {A}, Orsa\nLedamöter:\n{B}, Mora\n{C}, Säter", [(A, "ordförande", "Orsa"), (B, "ledamot", "Mora"), (C, "ledamot", "Säter")], id="label-with-colon-above"),
        pytest.param(f"Ordförande\n{A}\nOrsa\nKassör\n{B}\nMora", [(A, "ordförande", "Orsa"), (B, "kassör", "Mora")], id="town-under-labelled-name"),
        pytest.param(f"Klara storföreläsare hittills:\n\n* {A}\n* {B}", [(A, "storföreläsare", None), (B, "storföreläsare", None)], id="label-with-adverb-above"),
        pytest.param(f"Här ler alla chefer:\n\n* {A}\n* {B}", [(A, None, None), (B, None, None)], id="sentence-above"),
        pytest.param(f"{A} & {B}\nKanslichef FSS respektive ledamot FSS", [(A, "kanslichef", "FSS"), (B, "ledamot", "FSS")], id="in-turn-below"),
        pytest.param(f"Nominerade till Årets eldsjäl är {A}, Orsa, och {B}, Mora.", [(A, None, "Orsa"), (B, None, "Mora")], id="nominated"),
        pytest.param(f"{A}, Orsa (sammankallande), och {B}", [(A, "sammankallande", "Orsa"), (B, None, None)], id="post-in-bracket-behind-town"),
    ],
)  # fmt: skip
def test_several(text: str, people: list[tuple[str, str | None, str | None]]) -> None:
    assert found(text) == people


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("På menyn står Korv Stroganoff, Ägg Benedict och Tarte Tatin.", id="dishes"),
        pytest.param("Labradoren Molly och taxen Ludde hälsade på.", id="pets"),
        pytest.param("Till dans spelar coverbandet Elvis Allstars.", id="band"),
        pytest.param("Middagen äts ombord på fartyget Kung Carl Gustaf.", id="ship-with-title"),
        pytest.param("M/S Gustav Vasa lägger till klockan nio.", id="ship-behind-letters"),
        pytest.param("Karin Boyes litterära pris och Torgny Segerstedts frihetspenna delas ut.", id="prizes"),
        pytest.param("Kansliet är stängt på Gustav Adolfsdagen.", id="day"),
        pytest.param("Vi ses i salarna Evert Taube och Birger Sjöberg.", id="halls"),
        pytest.param("Grupprummen heter Astrid, Selma och Karin.", id="rooms"),
        pytest.param("Lunch\n\nVår digitala assistent Alma svarar dygnet runt.", id="assistant"),
        pytest.param("Lunch i Gustaf Frödings foajé.", id="foyer"),
        pytest.param("Projekten Sally, Iris och Ester får fortsatta medel.", id="projects"),
        pytest.param("Partner är Lindvall Rydberg Konsult AB.", id="two-surnames-and-a-legal-form"),
        pytest.param("Barnen fick träffa Nalle Puh och Robin Hood.", id="figures"),
    ],
)  # fmt: skip
def test_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Fartyget lade till, sa Hedvig Tolvmo.", [A], id="ship-and-somebody"),
        pytest.param("Kuratorn på vårdcentralen heter Hedvig Tolvmo.", [A], id="is-called"),
        pytest.param("Vi mötte Petra Wallin från hemtjänsten Säter och Hedvig Tolvmo.", ["Petra Wallin", A], id="service-and-somebody"),
        pytest.param("Klara storföreläsare hittills: Hedvig Tolvmo", [A], id="adverb-label"),
        pytest.param("Sakkunnigen på Brå Hedvig Tolvmo höll med.", [A], id="body-before-name"),
        pytest.param("Lunch\n\nTack Bosse för alla år!", ["Bosse"], id="thanked"),
        pytest.param("Det sa professor Hedvig Tolvmo PhD, som talade.", [A], id="degree-behind-the-name"),
        pytest.param("Poeten Hedvig Tolvmo läste ur Kvarglömda vantar.", [A], id="read-from-a-book"),
        pytest.param("Form\n\nIllustration: Rörlig Form AB", [], id="firm-in-a-credit"),
        pytest.param("I X Tolvmos visa boende mötte vi Hedvig Tolvmo.".replace("X Tolvmos visa", "Mora"), [A], id="town-and-somebody"),
    ],
)  # fmt: skip
def test_names(text: str, names: list[str]) -> None:
    assert [name for name, _, _ in found(text)] == names
