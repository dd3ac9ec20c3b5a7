"""Forms that stand on conference pages: event names, schedules, spans of time, shared years."""

from __future__ import annotations

from datetime import date

import pytest

from harvester.parsers.dates import find_dates
from harvester.records import Grain, MentionKind

PUBLISHED = date(2024, 2, 5)  # a Monday


def _read(text: str) -> list[tuple[str, str]]:
    """Words and days of each mention: ("3 mars", "2024-03-03")."""
    return [
        (m.raw, f"{m.first}" if m.first == m.last else f"{m.first}/{m.last}")
        for m in find_dates(text, published=PUBLISHED)
    ]


@pytest.mark.parametrize(
    ("text", "raw", "kind"),
    [
        pytest.param("EXEMPELDAGARNA 2022: Tack!", "EXEMPELDAGARNA 2022", MentionKind.EDITION, id="all-caps"),
        pytest.param("Exempeldagarna 2022 är över.", "Exempeldagarna 2022", MentionKind.EDITION, id="capital"),
        pytest.param("Välkommen till Exempeldagar 2022!", "Exempeldagar 2022", MentionKind.EDITION, id="indefinite"),
        pytest.param("GRÖNKÖPINGSVECKAN 2022", "GRÖNKÖPINGSVECKAN 2022", MentionKind.EDITION, id="week-of-events"),
        pytest.param("Exempelkonferensen 2022 hölls här.", "Exempelkonferensen 2022", MentionKind.EDITION, id="compound"),
        pytest.param("Konferensen 2021 blev aldrig av.", "2021", MentionKind.DATE, id="common-noun-begins-a-sentence"),
        pytest.param("Kongressen 2021 sköts upp.", "2021", MentionKind.DATE, id="congress"),
        pytest.param("KONFERENSEN 2021", "2021", MentionKind.DATE, id="common-noun-in-capitals"),
        pytest.param("Studiedagar 2024", "2024", MentionKind.DATE, id="ordinary-days"),
        pytest.param("Efter valet 2018 blev det tyst.", "2018", MentionKind.DATE, id="election"),
        pytest.param("Det blev 2017 års konferens.", "2017", MentionKind.DATE, id="of-a-year"),
        pytest.param("de bästa dagarna 2022", "2022", MentionKind.DATE, id="small-letters"),
    ],
)  # fmt: skip
def test_names_of_events(text: str, raw: str, kind: MentionKind) -> None:
    """A name carries its year as an edition; a common noun has a year beside it."""
    (mention,) = find_dates(text)
    assert (mention.raw, mention.kind, mention.grain) == (raw, kind, Grain.YEAR)


@pytest.mark.parametrize(
    ("text", "expected", "time"),
    [
        pytest.param("tisdag 1/10: montrarna byggs kl. 12.00–18.00.", ("tisdag 1/10", "2024-10-01"), "12:00/18:00", id="weekday-and-colon"),
        pytest.param("Program\n1/10: Montrarna byggs kl. 12", ("1/10", "2024-10-01"), "12:00", id="line-and-colon"),
        pytest.param("• ons 2/10: Invigning", ("ons 2/10", "2024-10-02"), None, id="bullet"),
        pytest.param("Onsdag morgon den 2 oktober ses vi.", ("Onsdag morgon den 2 oktober", "2024-10-02"), None, id="morning"),
        pytest.param("onsdag eftermiddag 2/10 kl. 15", ("onsdag eftermiddag 2/10", "2024-10-02"), "15:00", id="afternoon"),
        pytest.param("På fredagskvällen den 4 oktober dansar vi.", ("fredagskvällen den 4 oktober", "2024-10-04"), None, id="compound"),
        pytest.param("torsdag lunch 3 oktober 2024", ("torsdag lunch 3 oktober 2024", "2024-10-03"), None, id="lunch"),
        pytest.param("fredag förmiddag 2024-10-04", ("fredag förmiddag 2024-10-04", "2024-10-04"), None, id="iso"),
    ],
)  # fmt: skip
def test_schedules(text: str, expected: tuple[str, str], time: str | None) -> None:
    """A weekday, its part of the day and its date are one mention, with the clock time."""
    (mention,) = find_dates(text, published=PUBLISHED)
    assert _read(text) == [expected]
    assert (mention.time, "weekday_conflict" in mention.flags) == (time, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Vi ses om två veckor.", [("om två veckor", "2024-02-19")], id="exact-ahead"),
        pytest.param("Vi ses om bara två veckor.", [("om bara två veckor", "2024-02-19")], id="only"),
        pytest.param("Det var för tre månader sedan.", [("för tre månader sedan", "2023-11-05")], id="exact-ago"),
        pytest.param("Om drygt fem veckor ses vi.", [], id="a-good"),
        pytest.param("Vi ses om ett par veckor.", [], id="a-couple"),
        pytest.param("Vi ses om några dagar.", [], id="some"),
        pytest.param("Det är knappt tre månader sedan.", [], id="barely"),
        pytest.param("För ungefär två år sedan flyttade vi.", [], id="about"),
        pytest.param("Det är mer än tre år sedan.", [], id="more-than"),
        pytest.param("För 2–3 veckor sedan ringde hon.", [], id="two-or-three"),
        pytest.param("För en dryg vecka sedan ringde hon.", [], id="a-good-week"),
        pytest.param("Nu är det drygt en vecka kvar.", [], id="left"),
    ],
)  # fmt: skip
def test_spans_of_time(text: str, expected: list[tuple[str, str]]) -> None:
    """Exact spans give a day, vague ones nothing."""
    assert _read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Vi ses på onsdag.", [("på onsdag", "2024-02-07")], id="preposition"),
        pytest.param("Vi ses på onsdag och torsdag.", [("på onsdag", "2024-02-07"), ("torsdag", "2024-02-08")], id="shared-preposition"),
        pytest.param("Onsdag: buss från torget", [("Onsdag", "2024-02-07")], id="capital"),
        pytest.param("Vi ses onsdag kl. 9.", [("onsdag", "2024-02-07")], id="clock"),
        pytest.param("Vi ses snart (onsdag).", [("onsdag", "2024-02-07")], id="bracket"),
        pytest.param("Svara senast fredag.", [("fredag", "2024-02-09")], id="deadline"),
        pytest.param("onsdag", [("onsdag", "2024-02-07")], id="alone"),
        pytest.param("Mötet är onsdag i stora salen.", [], id="nothing-beside-it"),
        pytest.param("Hon grep torsdagen med båda händer.", [], id="definite-with-nothing-beside-it"),
        pytest.param("Det ryms onsdag 9 personer till.", [], id="a-number-is-no-clock"),
        pytest.param("Öppet från onsdag till fredag.", [], id="timetable"),
    ],
)  # fmt: skip
def test_lone_weekdays(text: str, expected: list[tuple[str, str]]) -> None:
    """A weekday without a date counts where a preposition, a capital or a clock says which."""
    assert _read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("läsåret 22/23", [("22/23", "2022-08-01/2023-06-30")], id="school-year"),
        pytest.param("läsåret 2022–2023", [("2022–2023", "2022-08-01/2023-06-30")], id="school-year-dash"),
        pytest.param("läsåren 2021/22 och 2022/23", [("2021/22", "2021-08-01/2022-06-30"), ("2022/23", "2022-08-01/2023-06-30")], id="school-years"),
        pytest.param("säsongen 22/23", [("22/23", "2022-01-01/2023-12-31")], id="season-of-sport"),
        pytest.param("laget vann med 22/23", [], id="score"),
        pytest.param("Publicerad 10/2023", [("10/2023", "2023-10-01/2023-10-31")], id="month-and-year"),
        pytest.param("9/2022–3/2023", [("9/2022–3/2023", "2022-09-01/2023-03-31")], id="months-and-years"),
        pytest.param("i nr 10/2023", [], id="issue"),
        pytest.param("Tidningen 10/2023 kom", [], id="paper"),
        pytest.param("dnr 12/2023", [], id="record-number"),
        pytest.param("våren och hösten 2021", [("våren", "2021-03-01/2021-05-31"), ("hösten 2021", "2021-09-01/2021-11-30")], id="seasons-share-a-year"),
        pytest.param("vintern och våren 2021", [("vintern", "2020-12-01/2021-02-28"), ("våren 2021", "2021-03-01/2021-05-31")], id="winter-before-spring"),
        pytest.param("vår- och höstterminen 2021", [("vår-", "2021-01-01/2021-06-30"), ("höstterminen 2021", "2021-08-01/2021-12-31")], id="terms-share-a-year"),
        pytest.param("vår- och höstmöten", [], id="half-words"),
        pytest.param("första och andra kvartalet 2021", [("första och andra kvartalet 2021", "2021-01-01/2021-06-30")], id="neighbouring-quarters"),
        pytest.param("första och tredje kvartalet 2021", [("första", "2021-01-01/2021-03-31"), ("tredje kvartalet 2021", "2021-07-01/2021-09-30")], id="two-quarters"),
        pytest.param("vecka 12 och 13 2021", [("vecka 12 och 13 2021", "2021-03-22/2021-04-04")], id="neighbouring-weeks"),
        pytest.param("vecka 12 och 15 2021", [("vecka 12", "2021-03-22/2021-03-28"), ("15 2021", "2021-04-12/2021-04-18")], id="two-weeks"),
    ],
)  # fmt: skip
def test_parts_that_share_a_year(text: str, expected: list[tuple[str, str]]) -> None:
    """Years in two halves, months in figures, and lists whose year stands once."""
    assert _read(text) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("Dagen efter kom svaret.", ("Dagen efter", "2021-03-06"), id="day-after-a-range"),
        pytest.param("Dagen innan regnade det.", ("Dagen innan", "2021-03-02"), id="day-before-a-range"),
        pytest.param("Följande dag kom svaret.", ("Följande dag", "2021-03-06"), id="following-day"),
        pytest.param("Två veckor senare kom svaret.", ("Två veckor senare", "2021-03-19"), id="weeks-later"),
        pytest.param("Tre dagar tidigare kom de.", ("Tre dagar tidigare", "2021-02-28"), id="days-earlier"),
        pytest.param("Veckan därpå kom svaret.", ("Veckan därpå", "2021-03-08/2021-03-14"), id="week-after"),
        pytest.param("Månaden efter kom svaret.", ("Månaden efter", "2021-04-01/2021-04-30"), id="month-after"),
        pytest.param("Dagen efter valet kom svaret.", None, id="after-something-else"),
        pytest.param("Drygt två veckor senare kom svaret.", None, id="vague"),
        pytest.param("Sju år senare kom svaret.", None, id="years-tell-a-story"),
    ],
)  # fmt: skip
def test_counting_on_from_a_date(sentence: str, expected: tuple[str, str] | None) -> None:
    """It counts from the date before it in the block, whenever the text was published."""
    before = "Mötet hölls 3–5 mars 2021."
    found = _read(f"{before} {sentence}")[1:]
    assert found == ([expected] if expected else [])
    assert len(_read(f"{before}\n\n{sentence}")) == 1
    if expected:
        mention = find_dates(f"{before} {sentence}")[1]
        assert (mention.kind, mention.resolved_by) == (MentionKind.RELATIVE, "same_block")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        pytest.param("före 2019", "../2019", id="before-a-year"),
        pytest.param("senast första kvartalet 2019", "../2019-33", id="before-a-quarter"),
        pytest.param("före våren 2019", "../2019-21", id="before-a-season"),
        pytest.param("före vecka 10 2020", "../2020-03-08", id="before-a-week-ends"),
        pytest.param("från och med vecka 10 2020", "2020-03-02/..", id="from-a-week-begins"),
        pytest.param("från och med 2019", "2019/..", id="from-a-year"),
    ],
)
def test_an_open_interval_has_one_end(text: str, edtf: str) -> None:
    assert [mention.edtf for mention in find_dates(text)] == [edtf]
