"""The store's own promises about what REST said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from harvester.extraction.store import ExtractStore, fingerprint
from harvester.pages.rest import RestEntry, statement_hash

URL = "https://example.se/hemtjansten-i-fokus/"
SEEN = "2024-05-01T10:00:00.000000+00:00"
ENTRY = RestEntry(
    wordpress_id=12,
    type="post",
    url=URL,
    title="Hemtjänsten i fokus",
    content="<p>En dag om äldres vardag.</p>",
    published=date(2024, 4, 30),
    published_raw="2024-04-30T09:00:00",
    modified=date(2024, 5, 1),
    modified_raw="2024-05-01T08:00:00",
    categories=("Nyheter", "Äldre"),
    author="Redaktionen",
    protected=False,
    status="publish",
    pointer="/0",
    digest="sha256:00",
    category_pointers=("/0/_embedded/wp:term/0/0/name", "/0/_embedded/wp:term/0/1/name"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ExtractStore]:
    opened = ExtractStore(tmp_path / "extracts.sqlite")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(ENTRY, id="as most are"),
        pytest.param(replace(ENTRY, published=None, modified=None, author=None), id="without days"),
        pytest.param(replace(ENTRY, content="halv \ud83d"), id="half a character"),
        pytest.param(replace(ENTRY, wordpress_id=10**30), id="a number of more than 64 bits"),
        pytest.param(replace(ENTRY, title="noll \x00 till"), id="a control character"),
        pytest.param(replace(ENTRY, categories=(), category_pointers=()), id="no categories"),
    ],
)
def test_an_entry_comes_back_as_it_was(store: ExtractStore, entry: RestEntry) -> None:
    store.add_entries([(URL, "bench-1", entry)], SEEN)
    assert store.entry(URL) == entry
    assert store.some_entries(URL, 2) == [entry]
    assert store.entry_seen(URL, entry) == (SEEN, SEEN)
    assert store.dated_entry(URL, replace(entry, modified_raw="2030"), "") == entry
    assert fingerprint(store.entry(URL)) == fingerprint(entry)
    assert [page_id for page_id, _ in store.pending()] == ["bench-1"]


def test_wordings_are_kept_apart_and_a_repeated_one_is_widened_in_time(store: ExtractStore) -> None:
    later = SEEN.replace("2024", "2025")
    other = replace(ENTRY, title="Hemtjänsten")
    store.add_entries([(URL, "bench-1", ENTRY), (URL, "bench-1", other)], SEEN)
    store.add_entries([(URL, "bench-1", replace(ENTRY, pointer="/7"))], later)
    assert sorted(e.title for e in store.some_entries(URL, 9)) == [other.title, ENTRY.title]
    assert len(store.some_entries(URL, 1)) == 1
    assert store.entry_seen(URL, ENTRY) == (SEEN, later)
    assert store.entry(URL) == ENTRY
    assert statement_hash(other) != statement_hash(ENTRY)
