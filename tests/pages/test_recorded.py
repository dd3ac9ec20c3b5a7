"""Every recorded page, field by field, against what a reader wrote down."""

from __future__ import annotations

import pytest

from harvester.pages.layouts import LAYOUTS
from tests.pages.recorded_pages import Recorded, recorded_pages

PAGES = recorded_pages()
FIELDS = (
    "layout", "theme", "kind", "title", "published", "modified", "author", "categories", "edition",
    "text", "clips", "people", "dates", "documents", "links", "items",
)  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_field(page: Recorded, field: str) -> None:
    assert page.found[field] == page.expected[field]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_expectation_is_reviewed_and_whole(page: Recorded) -> None:
    assert page.meta["reviewed"], (
        f"recorded/{page.name}: compare expected.json with the page, mend it, then say reviewed = true in meta.toml"
    )
    assert sorted(page.expected) == sorted(FIELDS)
    assert page.expected["layout"] == page.layout


@pytest.mark.parametrize("layout", [layout.name for layout in LAYOUTS])
def test_every_layout_has_a_recorded_page(layout: str) -> None:
    assert any(page.layout == layout for page in PAGES), (
        f"record one: harvester fixture URL (tests/pages/recorded/{layout}/)"
    )
