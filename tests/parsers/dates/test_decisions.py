"""What each form means: one row per decision, the refusals beside what is read."""

from __future__ import annotations

from datetime import date

import pytest

from harvester.parsers.dates import find_dates
from harvester.records import Grain, MentionKind

PUBLISHED = date(2023, 10, 2)  # a Monday


def _values(text: str, published: date | None = None, edition: int | None = None) -> list[str]:
    """The mentions' days in short: "2024-10-02", "2024-10-02/2024-10-04", "?" for unknown."""
    return [
        "?" if m.first is None else f"{m.first}" if m.first == m.last else f"{m.first}/{m.last}"
        for m in find_dates(text, published=published, edition=edition)
    ]


@pytest.mark.parametrize(
    ("text", "published", "edition", "value", "resolved_by"),
    [
        pytest.param("Vi ses 2 oktober.", None, None, "?", "none", id="nothing"),
        pytest.param("Vi ses 2 oktober.", None, 2024, "2024-10-02", "edition", id="edition"),
        pytest.param("Vi ses 2 oktober.", date(2024, 9, 1), None, "2024-10-02", "published", id="published"),
        pytest.param("Vi ses 2 oktober.", date(2022, 9, 1), 2024, "2024-10-02", "edition", id="edition-first"),
        pytest.param("Vi ses onsdag 2 oktober.", date(2024, 9, 1), None, "2024-10-02", "weekday", id="weekday"),
        pytest.param("Vi ses onsdag 2 oktober.", None, 2023, "2024-10-02", "weekday", id="weekday-over-edition"),
        pytest.param("Vi ses tisdag 2 oktober.", None, 2024, "2024-10-02", "edition", id="no-year-fits-the-weekday"),
        pytest.param("Vi åt lunch 14 december.", date(2023, 1, 10), None, "2022-12-14", "published", id="past-tense"),
        pytest.param("Boka senast 14 december.", date(2023, 12, 20), None, "2024-12-14", "published", id="future-cue"),
        pytest.param("Lagen kom i juli.", date(2023, 3, 1), None, "2022-07-01/2022-07-31", "published", id="bare-month-is-past"),
        pytest.param("Skottdag 29 februari", date(2023, 1, 1), None, "2024-02-29", "published", id="leap-day"),
        pytest.param("I november var nivån den lägsta sedan 2008.", date(2012, 12, 1), None, "2012-11-01/2012-11-30", "published", id="since-a-year-is-no-evidence"),
        pytest.param("Kansliet 20 december–8 januari", date(2022, 12, 1), None, "2022-12-20/2023-01-08", "published", id="over-new-year"),
    ],
)  # fmt: skip
def test_year_of_a_date_without_one(
    text: str, published: date | None, edition: int | None, value: str, resolved_by: str
) -> None:
    """The order of evidence, and that it is told."""
    mention = find_dates(text, published=published, edition=edition)[0]
    assert _values(text, published, edition)[0] == value
    assert mention.resolved_by == resolved_by


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        pytest.param("3 mars 2015", "2015-03-03", id="day"),
        pytest.param("2–4 oktober 2024", "2024-10-02/2024-10-04", id="days"),
        pytest.param("2 oktober", "XXXX-10-02", id="day-without-year"),
        pytest.param("2–4 oktober", "XXXX-10-02/XXXX-10-04", id="days-without-year"),
        pytest.param("i mars 2018", "2018-03", id="month"),
        pytest.param("i slutet av mars 2018", "2018-03~", id="part-of-month"),
        pytest.param("våren 2017", "2017-21", id="spring"),
        pytest.param("vintern 2017", "2017-24", id="winter"),
        pytest.param("Q4 2019", "2019-36", id="quarter"),
        pytest.param("andra halvåret 2019", "2019-41", id="half-year"),
        pytest.param("vecka 45 2018", "2018-11-05/2018-11-11", id="week"),
        pytest.param("HT 2017", "2017-08-01/2017-12-31", id="term"),
        pytest.param("året 2017", "2017", id="year"),
        pytest.param("2012–2016", "2012/2016", id="years"),
        pytest.param("1970-talet", "197X", id="decade"),
        pytest.param("1800-talet", "18XX", id="century"),
        pytest.param("från 3 mars 2015", "2015-03-03/..", id="open-end"),
        pytest.param("senast 3 mars 2015", "../2015-03-03", id="open-start"),
        pytest.param("före våren 2019", "../2019-21", id="open-start-of-a-season"),
        pytest.param("senast vintern 2016", "../2016-24", id="open-start-of-a-winter"),
        pytest.param("31 februari 2019", "2019-02-XX", id="impossible"),
    ],
)
def test_edtf(text: str, edtf: str) -> None:
    """The standard notation of each grain."""
    (mention,) = find_dates(text)
    assert mention.edtf == edtf


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("läsåret 2016/17", ["2016-08-01/2017-06-30"], id="school-year"),
        pytest.param("budgetåret 2016/2017", ["2016-01-01/2017-12-31"], id="two-years"),
        pytest.param("prop. 2016/17:10", [], id="paper"),
        pytest.param("riksmötet 2016/17", [], id="parliament-session"),
        pytest.param("årsskiftet 2009/2010", ["2009-12-31/2010-01-01"], id="turn-of-year"),
        pytest.param("3 och 17 maj 2022", ["2022-05-03", "2022-05-17"], id="two-days"),
        pytest.param("6 och 7 maj 2022", ["2022-05-06/2022-05-07"], id="adjacent-days"),
        pytest.param("mellan 3 och 17 maj 2022", ["2022-05-03/2022-05-17"], id="between"),
        pytest.param("3 eller 4 maj 2022", ["2022-05-03", "2022-05-04"], id="either"),
        pytest.param("lördag–söndag 4–5 juni 2022", ["2022-06-04/2022-06-05"], id="weekday-pair"),
        pytest.param("9–3 maj 2022", ["2022-05-09", "2022-05-03"], id="backwards"),
        pytest.param("12/5 2023", ["2023-05-12"], id="day-before-month"),
        pytest.param("Blanda 4/6 av degen", [], id="fraction"),
        pytest.param("senast den 4/6 2022", ["2022-06-04"], id="slash-with-cue"),
        pytest.param("öppet 24/7", [], id="round-the-clock"),
        pytest.param("24/7", [], id="round-the-clock-alone"),
        pytest.param("kl. 9.30–16.30", [], id="clock"),
        pytest.param("fredag 3.10", ["?"], id="dotted-with-weekday"),
        pytest.param("version 3.10", [], id="version"),
        pytest.param("20230928", ["2023-09-28"], id="eight-digits"),
        pytest.param("20231328", [], id="eight-digits-no-day"),
        pytest.param("230928", [], id="six-digits"),
        pytest.param("Datum: 230928", ["2023-09-28"], id="six-digits-labelled"),
        pytest.param("19850412-1234", [], id="person-number"),
        pytest.param("1950 personer", [], id="counted"),
        pytest.param("1950 års män", ["1950-01-01/1950-12-31"], id="of-a-year"),
        pytest.param("Agenda 2030", [], id="programme-name"),
        pytest.param("SOU 2020:47", [], id="inquiry"),
        pytest.param("bankgiro 5050-1055, orgnr 802011-4042", [], id="giro-and-organisation-number"),
        pytest.param("H2020, covid-19 och Windows 2000", [], id="products"),
        pytest.param("2-årig, 65-åringar, ett 10-årsjubileum", [], id="ages"),
        pytest.param("halvårsskiftet 2020", ["2020-06-30/2020-07-01"], id="turn-of-half-year"),
        pytest.param("Filmklipp 2016", [], id="page-title"),
        pytest.param("på Mars", [], id="planet"),
        pytest.param("i mars", ["?"], id="month-after-preposition"),
        pytest.param("Maj Lindgren", [], id="given-name"),
        pytest.param("strax före jul.", ["?"], id="christmas-is-not-july"),
        pytest.param("3 mars\n\n2022 var ett bra år", ["?", "2022-01-01/2022-12-31"], id="block"),
    ],
)  # fmt: skip
def test_values(text: str, values: list[str]) -> None:
    """Days, with nothing known but the text."""
    assert _values(text) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("i torsdags", "2023-09-28", id="last-thursday"),
        pytest.param("i måndags", "2023-09-25", id="last-monday-is-not-today"),
        pytest.param("på torsdag", "2023-10-05", id="coming-thursday"),
        pytest.param("nästa torsdag", "2023-10-12", id="thursday-of-next-week"),
        pytest.param("förra veckan", "2023-09-25/2023-10-01", id="last-week"),
        pytest.param("i förrgår", "2023-09-30", id="before-yesterday"),
        pytest.param("för tio år sedan", "2013-01-01/2013-12-31", id="ten-years-ago"),
        pytest.param("om två veckor", "2023-10-16", id="in-two-weeks"),
        pytest.param("i somras", "2023-06-01/2023-08-31", id="last-summer"),
        pytest.param("Vi ses i vår.", "2023-03-01/2023-05-31", id="spring-before-full-stop"),
    ],
)
def test_relative(text: str, value: str) -> None:
    """What counts from the publication date has no day without it, and is left out."""
    assert _values(text, PUBLISHED) == [value]
    (mention,) = find_dates(text, published=PUBLISHED)
    assert mention.kind is MentionKind.RELATIVE
    assert _values(text) == []


@pytest.mark.parametrize(
    "text", ["I vår kommun.", "om 5 år", "70 år senare", "varje måndag", "måndag–fredag 9–16"]
)
def test_not_relative(text: str) -> None:
    """Possessives, lengths of time and timetables."""
    assert find_dates(text, published=PUBLISHED) == []


def test_event_names_are_editions_and_tell_the_year() -> None:
    """ "Socialchefsdagarna 2024" is a name that dates what stands beside it."""
    edition, days = find_dates("Socialchefsdagarna 2024 hålls 2–4 oktober.")
    assert (edition.kind, edition.grain) == (MentionKind.EDITION, Grain.YEAR)
    assert (days.first, days.resolved_by) == (date(2024, 10, 2), "same_sentence")


def test_the_bracket_wins_over_the_weekday_before_it() -> None:
    """ "I torsdags (28 september)" is one mention whose weekday is a check."""
    (mention,) = find_dates("I torsdags (28 september) hölls årsmötet.", published=PUBLISHED)
    assert (mention.raw, mention.first) == ("28 september", date(2023, 9, 28))


def test_a_post_counts_from_its_date_line() -> None:
    """The date line of each post on a page rules the dates below it."""
    text = (
        "ORDFÖRANDE HAR ORDET 6 OKTOBER 2024: Tack!\n\nStyrelsen möts 7 november.\n\n"
        "ORDFÖRANDE HAR ORDET 2 OKTOBER 2023: Tack!\n\nStyrelsen möts 8 november."
    )
    assert _values(text) == ["2024-10-06", "2024-11-07", "2023-10-02", "2023-11-08"]
