"""Forms of notices, calendars and follow-ups: one row per kind, what only looks like it beside."""

from __future__ import annotations

from datetime import date

import pytest

from harvester.parsers.dates import find_dates
from harvester.parsers.dates.lexicon import MONTH
from harvester.parsers.dates.pattern import Pattern
from harvester.records import Grain, MentionKind

PUBLISHED = date(2023, 5, 16)  # a Tuesday


def _days(text: str, published: date | None = None) -> list[str]:
    """The mentions' days in short, "?" for unknown."""
    return [
        "?" if m.first is None else f"{m.first}" if m.first == m.last else f"{m.first}/{m.last}"
        for m in find_dates(text, published=published)
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("Torsdagen den 14 septmber 2023", ["2023-09-14"], id="letter-left-out"),
        pytest.param("Den 3 oktorber 2022 tog hon över.", ["2022-10-03"], id="letter-too-many"),
        pytest.param("12–13 feburari 2021", ["2021-02-12/2021-02-13"], id="letters-turned"),
        pytest.param("3 desember 2022", ["2022-12-03"], id="neighbours-spelling"),
        pytest.param("nästa septmber", [], id="next-slip-unknown-publication"),
        pytest.param("3 septmberdagar 2022", ["2022-01-01/2022-12-31"], id="part-of-a-word"),
        pytest.param("Datum: 24-10-02", ["2024-10-02"], id="year-first-after-label"),
        pytest.param("Reviderad 99-12-31", ["1999-12-31"], id="last-century"),
        pytest.param("Ring 24-10-02", [], id="no-label"),
        pytest.param("Rev. 24-10-02-1", [], id="longer-code"),
        pytest.param("Rev. 24-13-02", [], id="no-such-month"),
        pytest.param("Möten: 15/1, 12/2, 18/3 2024", ["2024-01-15", "2024-02-12", "2024-03-18"], id="list-with-a-year"),
        pytest.param("Möten 15/1, 12/2 och 18/3", ["?", "?", "?"], id="list-without-a-year"),
        pytest.param("den 30/31 maj 2018", ["2018-05-30/2018-05-31"], id="neighbours-with-a-slash"),
        pytest.param("8/9 mars 2018 i Umeå", ["2018-03-08/2018-03-09"], id="neighbours-that-might-be-day-and-month"),
        pytest.param("Sista anmälningsdag: 15/8", ["?"], id="last-day-to-apply"),
        pytest.param("Sista dag att boka hotell: 15/8", ["?"], id="day-beyond-the-months-behind-a-label"),
        pytest.param("OSA 1/8", ["?"], id="answer-asked-for"),
        pytest.param("Vi ses 5/8!", ["?"], id="we-meet"),
        pytest.param("4/10 Styrelsemöte", ["?"], id="opens-a-notice"),
        pytest.param("4/10 av deltagarna", [], id="share-opens-a-line"),
        pytest.param("Protokoll 15/3", [], id="number-of-minutes"),
        pytest.param("Hon arbetar deltid 4/5", [], id="share-of-full-time"),
        pytest.param("4/5 Recension av filmen", [], id="grade-opens-a-line"),
        pytest.param("1/10 Nästa bild", [], id="counter-opens-a-line"),
        pytest.param("version 13/2", [], id="version"),
        pytest.param("Könsfördelningen var 20/8.", [], id="how-many-of-each"),
        pytest.param("Lukas 15/11", [], id="chapter-and-verse"),
        pytest.param("9/10 oktober", [], id="month-twice"),
        pytest.param("31/32 maj", [], id="no-such-neighbours"),
        pytest.param("Bildformat 16/9", [], id="shape-of-a-picture"),
        pytest.param("Se AB 15/3", [], id="number-behind-letters"),
        pytest.param("En kurs 1/2 dag", [], id="half-a-day"),
        pytest.param("Betyg 4/5, 3/5 och 5/5", [], id="scores-are-no-list"),
        pytest.param("Poäng 7/10, 8/10 och 9/10", [], id="points-are-no-list"),
        pytest.param("Andelen gick från 1/4 till 1/3.", [], id="shares-are-no-range"),
        pytest.param("den 4/9, 11 platser kvar", ["?"], id="count-after-a-day"),
        pytest.param("7.6.–9.6.2023", ["2023-06-07/2023-06-09"], id="dotted-range"),
        pytest.param("28.12.2022 - 03.01.2023", ["2022-12-28/2023-01-03"], id="dotted-range-two-years"),
        pytest.param("28.12.–3.1.2023", ["2022-12-28/2023-01-03"], id="dotted-range-over-new-year"),
        pytest.param("Version 2.4.–2.6.2023.1", [], id="versions"),
        pytest.param("9.6.2023 – 7.6.2023", ["2023-06-09", "2023-06-07"], id="dotted-backwards-are-two"),
        pytest.param("20230607-20230609", ["2023-06-07/2023-06-09"], id="compact-range"),
        pytest.param("20230607-2023", [], id="person-number-is-no-range"),
        pytest.param("Stängt den 13 juli 2023 till den 15:e", ["2023-07-13/2023-07-15"], id="last-day-without-month"),
        pytest.param("Den 13 juli till 15", ["?"], id="bare-number-is-no-last-day"),
        pytest.param("sep 28–30, 2023", ["2023-09-28/2023-09-30"], id="month-first-range"),
        pytest.param("dec 31 – jan 2, 2023", ["2022-12-31/2023-01-02"], id="month-first-over-new-year"),
        pytest.param("Nominerade i juli 13–15 personer", ["?"], id="count-after-a-month"),
        pytest.param("Invigs den 3 maj 2126", ["2126-05-03"], id="next-century"),
        pytest.param("Verksamhetsplan 2022–2024", ["2022-01-01/2024-12-31"], id="years-of-a-plan"),
        pytest.param("Kyrkan grundades 1628, brann 1702 och lades ned.", ["1628-01-01/1628-12-31"], id="old-year-of-a-deed"),
        pytest.param("Under dagen såldes 1700 av dem.", [], id="amounts-are-no-years"),
        pytest.param("Romanen 1984 lästes av alla.", [], id="title-of-a-novel"),
        pytest.param("Gäller 11 december 2022–9 december 2023, utom 18 juni.", ["2022-12-11/2023-12-09", "2023-06-18"], id="day-within-the-range-before"),
        pytest.param("Grundat 2 januari 1931. I mars var de tolv. 1943 var de fler.", ["1931-01-02", "1931-03-01/1931-03-31", "1943-01-01/1943-12-31"], id="sentence-begins-with-a-year"),
        pytest.param("2023 Q2", ["2023-04-01/2023-06-30"], id="year-before-quarter"),
        pytest.param("2023, kvartal 4", ["2023-10-01/2023-12-31"], id="year-before-quarter-word"),
        pytest.param("från vecka 34 till vecka 36 2023", ["2023-08-21/2023-09-10"], id="week-to-week"),
        pytest.param("Tertial 1 2023", ["2023-01-01/2023-04-30"], id="tertial"),
        pytest.param("andra tertialet 2023", ["2023-05-01/2023-08-31"], id="ordinal-tertial"),
        pytest.param("Uppföljning T3 2022", ["2022-09-01/2022-12-31"], id="short-tertial"),
        pytest.param("buss T2 mot Visby", [], id="line-is-no-tertial"),
        pytest.param("första tertialrapporten", [], id="report-is-no-tertial"),
        pytest.param("Höst- och vårterminen 2022/23", ["2022-08-01/2022-12-31", "2023-01-01/2023-06-30"], id="terms-of-a-school-year"),
        pytest.param("vårterminen 2022/2023", ["2023-01-01/2023-06-30"], id="spring-is-the-second-year"),
        pytest.param("HT-2023", ["2023-08-01/2023-12-31"], id="term-hyphen"),
        pytest.param("Vår/sommar 2024", ["2024-03-01/2024-05-31", "2024-06-01/2024-08-31"], id="two-seasons"),
        pytest.param("kläder för höst/vinter", [], id="seasons-without-a-year"),
    ],
)  # fmt: skip
def test_figures_and_words_of_notices(text: str, days: list[str]) -> None:
    """What stands in calendars, protocols and budgets."""
    assert _days(text) == days


@pytest.mark.parametrize(
    ("text", "days", "kind"),
    [
        pytest.param("Stängt påskhelgen 2024.", "2024-03-29/2024-04-01", MentionKind.HOLIDAY, id="easter"),
        pytest.param("Under midsommarhelgen 2023", "2023-06-23/2023-06-25", MentionKind.HOLIDAY, id="midsummer"),
        pytest.param("Julhelgen 2022", "2022-12-24/2022-12-26", MentionKind.HOLIDAY, id="christmas"),
        pytest.param("nyårshelgen 2022", "2022-12-31/2023-01-01", MentionKind.HOLIDAY, id="new-year"),
        pytest.param("pingsthelgen 2022", "2022-06-04/2022-06-05", MentionKind.HOLIDAY, id="pentecost"),
        pytest.param("allhelgonahelgen 2023", "2023-11-04/2023-11-05", MentionKind.HOLIDAY, id="all-saints"),
        pytest.param("i mellandagarna 2022", "2022-12-27/2022-12-30", MentionKind.HOLIDAY, id="between-holidays"),
        pytest.param("stängt mellan jul och nyår 2022", "2022-12-27/2022-12-30", MentionKind.HOLIDAY, id="between-named"),
        pytest.param("öppet över nyår 2023/24", "2023-12-31/2024-01-01", MentionKind.DATE, id="turn-of-two-years"),
        pytest.param("sedan nyår 2023", "2022-12-31/2023-01-01", MentionKind.DATE, id="turn-that-begins-a-year"),
        pytest.param("Under jul och nyår 2023", "2023-12-31/2024-01-01", MentionKind.DATE, id="turn-after-christmas"),
    ],
)  # fmt: skip
def test_holidays_of_several_days(text: str, days: str, kind: MentionKind) -> None:
    """Weekends of holidays and the days between them."""
    mention = find_dates(text)[-1]
    assert _days(text)[-1] == days
    assert mention.kind is kind
    assert mention.grain is Grain.DAY


@pytest.mark.parametrize("text", ["Gott nytt år!", "Nyårstalet hölls inne.", "Ett nyår att minnas"])
def test_new_year_needs_its_place(text: str) -> None:
    """A greeting, a speech and a name for the feast are no days."""
    assert _days(text, PUBLISHED) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("Tidigare i veckan kom svaret.", ["2023-05-15/2023-05-21"], id="earlier"),
        pytest.param("Senare i veckan ses vi.", ["2023-05-15/2023-05-21"], id="later"),
        pytest.param("I veckan öppnade boendet.", ["2023-05-15/2023-05-21"], id="begins-the-sentence"),
        pytest.param("Gruppen möts två gånger i veckan.", [], id="how-often"),
        pytest.param("Hon arbetar 40 timmar i veckan.", [], id="hours"),
        pytest.param("I veckan efter valet var det lugnt.", [], id="counted-from-an-event"),
        pytest.param("Kommande fredag har vi stängt.", ["2023-05-19"], id="coming-weekday"),
        pytest.param("Kommande fredagar är det fullt.", [], id="coming-weekdays"),
    ],
)  # fmt: skip
def test_this_week_and_the_next_day(text: str, days: list[str]) -> None:
    """Seen from the day of publication; how often something is done is none."""
    assert _days(text, PUBLISHED) == days


def test_part_of_the_week_is_approximate() -> None:
    """The part of a week is the week, flagged, as with months and years."""
    (mention,) = find_dates("I slutet av veckan kommer beskedet.", published=PUBLISHED)
    assert (mention.raw, mention.grain, mention.flags) == (
        "slutet av veckan",
        Grain.WEEK,
        ("approx",),
    )


@pytest.mark.parametrize("word", ["marsvin", "majs", "oktav", "augustina", "decembrist"])
def test_words_are_no_months(word: str) -> None:
    """A word that only begins like a month, or like one mistyped, is none."""
    assert Pattern(MONTH).match(word) is None
