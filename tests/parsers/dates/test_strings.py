"""Whole strings: stamps, the grammar, foreign formats; parts and running text are refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from harvester.parsers.dates import parse_date_string

CEST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("2023-09-28", date(2023, 9, 28), id="iso-day"),
        pytest.param(
            "2023-09-28T09:00:00+02:00", datetime(2023, 9, 28, 9, tzinfo=CEST), id="iso-zone"
        ),
        pytest.param("2023-09-28T07:00:00Z", datetime(2023, 9, 28, 7, tzinfo=UTC), id="iso-z"),
        pytest.param("2023-09-28 14:30:00", datetime(2023, 9, 28, 14, 30), id="iso-space"),
        pytest.param(
            "Thu, 28 Sep 2023 10:00:00 +0200", datetime(2023, 9, 28, 10, tzinfo=CEST), id="rfc822"
        ),
        pytest.param("sep 28, 2023", date(2023, 9, 28), id="post-meta"),
        pytest.param("okt 26, 2022", date(2022, 10, 26), id="post-meta-swedish-month"),
        pytest.param("28 september 2023", date(2023, 9, 28), id="swedish"),
        pytest.param("den 28 september 2023 kl. 14.30", datetime(2023, 9, 28, 14, 30), id="clock"),
        pytest.param("Publicerad: 28 september 2023", date(2023, 9, 28), id="label"),
        pytest.param("28 september 2023 kl. 24.00", date(2023, 9, 28), id="end-of-the-day"),
        pytest.param("2023-09-28T09:00:00+82:00", date(2023, 9, 28), id="offset-of-days"),
        pytest.param("28/9 2023", date(2023, 9, 28), id="slash"),
        pytest.param("March 3, 2021 5:30 pm", datetime(2021, 3, 3, 17, 30), id="english-clock"),
        pytest.param("28 septembre 2023", date(2023, 9, 28), id="french"),
        pytest.param("3. März 2021", date(2021, 3, 3), id="german"),
        pytest.param("3 mars", None, id="no-year"),
        pytest.param("september 2023", None, id="no-day"),
        pytest.param("2023", None, id="year-alone"),
        pytest.param("2–4 oktober 2024", None, id="range"),
        pytest.param("31 februari 2023", None, id="impossible"),
        pytest.param("2023-02-30", None, id="impossible-iso"),
        pytest.param("idag", None, id="relative"),
        pytest.param("Vi ses 3 mars 2023 i Lund", None, id="running-text"),
        pytest.param("Jan Karlsson 3", None, id="name"),
        pytest.param("", None, id="empty"),
        pytest.param("3 mars 2023 " * 40, None, id="too-long"),
    ],
)
def test_whole_strings(value: str, expected: date | datetime | None) -> None:
    """A string is one date or none."""
    assert parse_date_string(value) == expected
    assert type(parse_date_string(value)) is type(expected)


def test_languages_bound_what_is_foreign() -> None:
    """A language that is not named is not read."""
    assert parse_date_string("28 de septiembre de 2023") is None
    assert parse_date_string("28 de septiembre de 2023", languages=("es",)) == date(2023, 9, 28)
