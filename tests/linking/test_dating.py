"""Pages that name no conference year: from its days, from shared films, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from harvester.linking import LinkContext, link
from harvester.records import DateKind, Grain, PageKind, StatedDate
from tests.linking.pages import KEY, PageOf, Shown, edition_fact

HELD = (date(2022, 10, 5), date(2022, 10, 7))
PROGRAMME = PageOf(
    "a",
    edition=2022,
    facts=[edition_fact(2022, "days", "5–7 oktober", HELD)],
    clips=[Shown("youtube:one")],
)


def stated(first: date, last: date | None = None, kind: DateKind = DateKind.EVENT) -> StatedDate:
    return StatedDate(
        "b.d", "b", "dagen", first, last or first, Grain.DAY, str(first), None, kind, "explicit", ()
    )


@pytest.mark.parametrize(
    ("page", "year", "rule"),
    [
        pytest.param(
            PageOf("b", extra=[stated(date(2022, 10, 6))]),
            2022,
            "edition.days",
            id="an-event-on-its-days",
        ),
        pytest.param(
            PageOf("b", extra=[stated(date(2022, 10, 7), kind=DateKind.PUBLISHED)]),
            2022,
            "edition.days",
            id="published-on-its-days",
        ),
        pytest.param(
            PageOf("b", extra=[stated(date(2022, 10, 8))]), None, None, id="the-day-after"
        ),
        pytest.param(
            PageOf("b", extra=[stated(date(2022, 10, 1), date(2022, 10, 30))]),
            None,
            None,
            id="a-longer-time-around-it",
        ),
        pytest.param(
            PageOf("b", extra=[stated(date(2022, 10, 6), kind=DateKind.MENTION)]),
            None,
            None,
            id="a-mere-mention",
        ),
        pytest.param(
            PageOf("b", clips=[Shown("youtube:one")]), 2022, "edition.film", id="shares-a-film"
        ),
        pytest.param(PageOf("b", clips=[Shown("youtube:two")]), None, None, id="a-film-of-its-own"),
        pytest.param(
            PageOf("b", edition=2019, clips=[Shown("youtube:one")]),
            2019,
            None,
            id="names-its-own-year",
        ),
        pytest.param(
            PageOf("b", kind=PageKind.LISTING, clips=[Shown("youtube:one")]),
            None,
            None,
            id="an-archive-has-none",
        ),
    ],
)
def test_year_of_a_page_that_names_none(
    tmp_path: Path, page: PageOf, year: int | None, rule: str | None
) -> None:
    for pages in ([PROGRAMME, page], [page, PROGRAMME]):
        harvests = [replace(p.harvest(), about_event=True) for p in pages]
        with link(harvests, LinkContext(tmp_path, KEY)) as linked:
            row = next(p for p in linked.rows("pages") if p.page_id == "b")
            rules = [
                e.rule for e in linked.rows("evidence") if (e.row_id, e.field) == ("b", "edition")
            ]
        assert row.edition == year
        assert rules == ([rule] if rule else [])


def test_days_date_no_page_that_is_about_something_else(tmp_path: Path) -> None:
    other = PageOf("b", extra=[stated(date(2022, 10, 6))]).harvest()
    with link([PROGRAMME.harvest(), other], LinkContext(tmp_path, KEY)) as linked:
        assert next(p for p in linked.rows("pages") if p.page_id == "b").edition is None
