from __future__ import annotations

from statistics import mean

import pytest

from benchmarks.pages import is_divi, page, path
from benchmarks.site import profile
from harvester.archive.capture import Capture, body_digest
from harvester.harvest import HarvestContext, harvest
from tests.benchmarks.captures import BASE, captured

CONTEXT = HarvestContext(profile(BASE), b"k" * 32)


def test_the_same_number_gives_the_same_page() -> None:
    assert page(12, pages=100, base=BASE) == page(12, pages=100, base=BASE)


def test_pages_differ() -> None:
    assert len({body_digest(page(n, pages=500, base=BASE).encode()) for n in range(500)}) == 500


def test_pages_are_about_thirty_kilobytes() -> None:
    assert 25_000 < mean(len(page(n, pages=50, base=BASE).encode()) for n in range(50)) < 35_000


@pytest.mark.parametrize("number", [pytest.param(n, id=path(n)) for n in (0, 1, 3, 7)])
def test_a_page_is_read_by_a_theme_and_a_layout(number: int) -> None:
    found = harvest(captured(number), CONTEXT)
    assert found.problems == ()
    (rows,) = found.pages
    assert rows.layout in ("news_post", "headed_clips", "document_list")
    row = rows.records[0]
    assert row.theme == ("divi" if is_divi(number) else "classic")
    assert row.published is not None
    assert rows.people


def test_a_capture_is_what_a_crawl_would_store() -> None:
    assert isinstance(captured(1), Capture)
