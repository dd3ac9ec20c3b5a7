"""The contract of `find_people`: positions, names, traps, offsets."""

from __future__ import annotations

import dataclasses
import unicodedata

import pytest

from harvester.parsers.people import find_people, read_people
from harvester.records import RoleClass, TookPartAs


def names(text: str) -> list[str]:
    return [mention.name for mention in find_people(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("RAKEL ÖDESHAMMAR", ["Rakel Ödeshammar"], id="capitals-alone"),
        pytest.param("EMMANUEL NTAGANDA", ["Emmanuel Ntaganda"], id="capitals-stranger"),
        pytest.param("LO VON ÅHLBOM", ["Lo von Åhlbom"], id="particle-in-capitals"),
        pytest.param("JOSEFIN D'ARBY", ["Josefin D'Arby"], id="apostrophe-in-capitals"),
        pytest.param("FILMKLIPP: STIG LINDHAMMAR", ["Stig Lindhammar"], id="after-a-kicker"),
        pytest.param("Intervju med Folke Dybring", ["Folke Dybring"], id="interview-title"),
        pytest.param("Deltagarintervju Torbjörn Mård", ["Torbjörn Mård"], id="participant-title"),
        pytest.param("Ylva Krantz: Att välja väg", ["Ylva Krantz"], id="lecture-title"),
        pytest.param("Britta Torvestads valanalys", ["Britta Torvestad"], id="genitive-title"),
        pytest.param("På scenen stod Bi Puronen.", ["Bi Puronen"], id="two-letter-given-name"),
        pytest.param("AnnSofi Anderkrans var där.", ["AnnSofi Anderkrans"], id="camel-case"),
        pytest.param("Per-Anders Rydh var där.", ["Per-Anders Rydh"], id="hyphen"),
        pytest.param("Vi mötte Eva Lotta Lindberger.", ["Eva Lotta Lindberger"], id="double-given"),
        pytest.param("Vi mötte K. G. Hammarlund.", ["K. G. Hammarlund"], id="initials"),
        pytest.param("Vi mötte Olinka Ta’ane i pausen.", ["Olinka Ta’ane"], id="curly-apostrophe"),
        pytest.param("Vi mötte Hassan al-Tamimi.", ["Hassan al-Tamimi"], id="small-first-letter"),
        pytest.param("Vi mötte Pieter van der Meulen.", ["Pieter van der Meulen"], id="van-der"),
        pytest.param("Vi mötte drottning Ragnhild.", ["Ragnhild"], id="royal"),
        pytest.param("Vi mötte Eva Ek (S).", ["Eva Ek"], id="party"),
        pytest.param(
            "Sir Michael Marlowe MBBS, PhD, talade.", ["Michael Marlowe"], id="letters-after"
        ),
        pytest.param("/Anna-Karin Tollin", ["Anna-Karin Tollin"], id="signed-with-slash"),
    ],
)
def test_names_in_every_position(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Vi ses vid Karl Lindbergs gata.", id="street"),
        pytest.param("Karl Lindberg-priset delas ut.", id="prize-compound"),
        pytest.param("Advokatfirman Lindberg Hjelm", id="law-firm"),
        pytest.param("Anna Dahlin Fastigheter AB", id="company"),
        pytest.param("karl_lindman_foto_annaberg_150", id="file-name"),
        pytest.param("Stig_Lund_foto_EvaMalm_150.jpg", id="file-name-capitals"),
        pytest.param("Följ @HelenaLund eller @eva_lind", id="handles"),
        pytest.param("mejla Anna.Lind@example.se", id="mail-address"),
        pytest.param("https://example.se/Anna-Lind/Eva", id="address"),
        pytest.param("Glöm Aldrig Nadja och Samira", id="named-after-the-dead"),
        pytest.param("Stiftelsen Erik och Lydia Holms minne", id="foundation"),
        pytest.param("Lex Sarah och Lex Maria", id="laws"),
        pytest.param("Sankt Görans sjukhus", id="hospital"),
        pytest.param("INSTÄLLT PGA FÖRHINDER", id="kicker"),
        pytest.param("DAGENS TRE STORFÖRELÄSARE", id="kicker-role"),
        pytest.param("TÅLAMOD/TAKTIK/TILLSAMMANS:", id="motto"),
        pytest.param("ALLA barn har rätt. TACK!", id="shouted-words"),
        pytest.param("Vision och Bris", id="unions-that-are-words"),
        pytest.param("Signs of Safety och New Public Management", id="methods"),
        pytest.param("Kvinna, mörkt hår, gestikulerar", id="alt-text"),
        pytest.param("Klippans kommun och Suffolk County", id="places"),
        pytest.param("(foto: solbild.se) (foto: Frozentime) (Foto privat)", id="credits-of-firms"),
        pytest.param("I Maj och Juni är det stängt.", id="months"),
        pytest.param("", id="nothing"),
        pytest.param("\n\n \n", id="blank"),
    ],
)
def test_what_is_no_person(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "role", "role_class", "organisation"),
    [
        pytest.param("SOCIALSTYRELSENS GENERALDIREKTÖR EVA BROLUND", "generaldirektör", RoleClass.AGENCY_HEAD, "Socialstyrelsen", id="capitals-genitive"),
        pytest.param("EVA BROLUND, SKR", None, None, "SKR", id="capitals-organisation"),
        pytest.param("Eva Brolund, Flen", None, None, "Flen", id="town"),
        pytest.param("Eva Brolund, civilminister", "civilminister", RoleClass.MINISTER, None, id="title-role"),
        pytest.param("Civilministern Eva Brolund talade.", "civilminister", RoleClass.MINISTER, None, id="definite-before"),
        pytest.param("Eva Brolund är ordförande i socialnämnden i Flen.", "ordförande", RoleClass.POLITICIAN, "socialnämnden i Flen", id="copula"),
        pytest.param("Jag heter Eva Brolund och är omsorgschef i Mora kommun.", "omsorgschef", RoleClass.SOCIAL_SERVICES_HEAD, "Mora kommun", id="self-introduction"),
        pytest.param("Eva Brolund, tidigare sekreterare i FSS", "tidigare sekreterare", RoleClass.ASSOCIATION_OFFICER, "FSS", id="former"),
        pytest.param("Eva Brolund, tf socialdirektör Huddinge", "tf socialdirektör", RoleClass.SOCIAL_SERVICES_HEAD, "Huddinge", id="acting"),
        pytest.param("Eva Brolund, vård- och omsorgschef i Åre", "vård- och omsorgschef", RoleClass.SOCIAL_SERVICES_HEAD, "Åre", id="hanging-hyphen"),
        pytest.param("Eva Brolund, kommunstyrelsens 1:e vice ordförande i Flen", "kommunstyrelsens 1:e vice ordförande", RoleClass.POLITICIAN, "Flen", id="scope-in-genitive"),
        pytest.param("Eva Brolund, nationell samordnare för den sociala barnavården", "nationell samordnare", RoleClass.SPECIALIST, None, id="scope-is-no-organisation"),
        pytest.param("Eva Brolund, docent i juridik vid Lunds universitet", "docent", RoleClass.RESEARCHER, "Lunds universitet", id="scope-then-organisation"),
        pytest.param("Poeten och författaren Eva Brolund läste.", "poet och författare", RoleClass.AUTHOR_ARTIST, None, id="two-nouns"),
        pytest.param("Eva Brolund (Director of Adult Care, Kent County Council)", "director of adult care", RoleClass.MANAGER, "Kent County Council", id="english"),
        pytest.param("Hälsningar Eva Brolund\nvice ordförande FSS", "vice ordförande", RoleClass.ASSOCIATION_OFFICER, "FSS", id="signature-lines"),
        pytest.param("Eva Brolund (KD)\nkommunalråd\nFlens kommun", "kommunalråd", RoleClass.POLITICIAN, "Flens kommun", id="signature-three-lines"),
        pytest.param("Eva Brolund. Myndigheten för delaktighet.", None, None, "Myndigheten för delaktighet", id="stop-for-comma"),
        pytest.param("Moderator: Eva Brolund", "moderator", RoleClass.JOURNALIST_MODERATOR, None, id="colon"),
        pytest.param("Eva Brolund bor i ett hus.", None, None, None, id="nothing-stated"),
    ],
)  # fmt: skip
def test_roles_and_organisations(
    text: str, role: str | None, role_class: RoleClass | None, organisation: str | None
) -> None:
    (mention,) = find_people(text)
    assert mention.name == "Eva Brolund"
    assert (mention.role, mention.role_class, mention.organisation) == (
        role,
        role_class,
        organisation,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Eva Brolund kom. Brolund talade.", ["Eva Brolund"] * 2, id="surname"),
        pytest.param("Eva Brolund kom. TACK till Eva!", ["Eva Brolund"] * 2, id="given-name"),
        pytest.param("Eva Brolund kom.\n\nEva: Hej.", ["Eva Brolund"] * 2, id="dialogue-label"),
        pytest.param("Eva Ek och Bo Ek kom. Ek talade.", ["Eva Ek", "Bo Ek"], id="two-bearers-nobody"),
        pytest.param("Frid Nordal kom. Frid och ro rådde.", ["Frid Nordal"], id="ordinary-word"),
        pytest.param("Eva Brolunds bok. Eva Brolund kom.", ["Eva Brolund"] * 2, id="genitive"),
        pytest.param("Lars Wallenius kom. Lars bil stod kvar.", ["Lars Wallenius"] * 2, id="s-of-its-own"),
        pytest.param("Frid A. Hansmo kom. Frid Hansmo gick.", ["Frid A. Hansmo"] * 2, id="with-and-without-initial"),
        pytest.param("EVA VON BROLUND\n\nEva von Brolund kom.", ["Eva von Brolund"] * 2, id="body-spells-heading"),
    ],
)  # fmt: skip
def test_later_mentions(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_role_and_organisation_carry_to_all_mentions() -> None:
    first, second = find_people("EVA BROLUND\n\nEva Brolund, socialchef i Flen, är här.")
    assert first.role == second.role == "socialchef"
    assert first.organisation == second.organisation == "Flen"
    assert first.role_start is None
    assert second.role_start is not None


def test_an_empty_line_parts_names() -> None:
    assert names("Vi mötte Eva\n\nBrolund kom") != ["Eva Brolund"]


def test_evidence_points_at_the_words() -> None:
    text = "Här talar Flens socialchef Eva Brolund."
    (mention,) = find_people(text)
    assert text[mention.char_start : mention.char_end] == mention.raw
    assert text[mention.role_start : mention.role_end] == "socialchef"
    assert text[mention.organisation_start : mention.organisation_end] == "Flens"
    assert mention.organisation == "Flen"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(unicodedata.normalize("NFD", "Märta Öhlén kom."), id="decomposed"),
        pytest.param("Mär\u00adta Öh\u00adlén kom.", id="soft-hyphens"),
        pytest.param("Märta\u00a0Öhlén kom.", id="no-break-space"),
        pytest.param("\ufeffMärta\u200b Öhlén kom.", id="zero-width"),
    ],
)
def test_hidden_characters(text: str) -> None:
    (mention,) = find_people(text)
    assert mention.name == "Märta Öhlén"
    assert text[mention.char_start : mention.char_end] == mention.raw
    assert mention.raw.endswith(("n", "\u0301n"))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        pytest.param("(foto: Eva Brolund)", TookPartAs.PHOTOGRAPHER, id="credit"),
        pytest.param("Text: Eva Brolund", TookPartAs.AUTHOR, id="byline"),
        pytest.param("Varma hälsningar\nEva Brolund", TookPartAs.AUTHOR, id="signature"),
        pytest.param(
            "Klippet är en intervju gjord av Eva Brolund.", TookPartAs.INTERVIEWER, id="interviewer"
        ),
        pytest.param("Intervju med Eva Brolund", TookPartAs.INTERVIEWEE, id="interviewee"),
        pytest.param("Moderator: Eva Brolund", TookPartAs.MODERATOR, id="moderator"),
        pytest.param("Eva Brolund kom.", None, id="not-stated"),
    ],
)
def test_part(text: str, part: TookPartAs | None) -> None:
    assert [m.took_part_as for m in find_people(text)] == [part]


def test_unknown_wording_of_a_role_is_told_and_not_guessed() -> None:
    text = "Eva Brolund, välmåendekapitän i Flen, kom."
    reading = read_people(text)
    assert [m.role for m in reading.mentions] == [None]
    (wording,) = reading.unknown_roles
    assert text[wording.char_start : wording.char_end] == wording.raw == "välmåendekapitän"
    assert wording.name == "Eva Brolund"


def test_mentions_are_frozen() -> None:
    (mention,) = find_people("Eva Brolund kom.")
    with pytest.raises(dataclasses.FrozenInstanceError):
        mention.name = "Bo Ek"  # type: ignore[misc]
