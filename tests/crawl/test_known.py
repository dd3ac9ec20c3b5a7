"""What a night remembers from the archive."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harvester.archive.reader import Archive
from harvester.archive.retention import purge
from harvester.archive.writer import ArchiveWriter
from harvester.crawl.known import KnownSite, known_site
from harvester.crawl.rest_listing import listing_url
from harvester.sites import Site

SITE = Site("bed", "http://bed.example/", ("bed.example",))
FIRST = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
NIGHT = FIRST + timedelta(days=1)
PAGE = "http://bed.example/en-post/"


def listing(modified: str) -> bytes:
    return json.dumps(
        [
            {
                "id": 7,
                "type": "post",
                "link": PAGE,
                "status": "publish",
                "date": "2026-02-01T10:00:00",
                "modified": modified,
                "title": {"rendered": "En post"},
                "content": {"rendered": "<p>Text.</p>", "protected": False},
            }
        ]
    ).encode()


class Past:
    """An archive filled answer by answer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def listed(self, moment: datetime, modified: str, run: str) -> Past:
        url = listing_url("http://bed.example/wp-json/", "wp/v2/posts", 1)
        return self._store(url, moment, run, 200, "application/json", listing(modified))

    def fetched(self, moment: datetime, run: str, status: int = 200) -> Past:
        return self._store(PAGE, moment, run, status, "text/html", b"<p>%d</p>" % status)

    def known(self, since: datetime | None = FIRST) -> KnownSite:
        with Archive(self.folder) as archive:
            return known_site(archive, SITE, since)

    def _store(
        self, url: str, moment: datetime, run: str, status: int, media: str, body: bytes
    ) -> Past:
        with ArchiveWriter(self.folder, run=run) as writer:
            writer.store(url, moment, status, [("Content-Type", media)], body)
        return self


@pytest.fixture
def past(tmp_path: Path) -> Past:
    return Past(tmp_path).listed(FIRST, "2026-02-01T10:00:00", "a")


def owed(known: KnownSite) -> list[str]:
    return [page.url for page in known.owed]


def test_nobody_is_asked_for_a_forgotten_address(past: Past) -> None:
    past.fetched(FIRST + timedelta(minutes=1), "a")
    purge(
        past.folder,
        lambda capture: capture.body.replace(PAGE.encode(), SITE.forgotten(PAGE).encode()),
        address=lambda url: SITE.forgotten(url) if url == PAGE else url,
    )
    known = past.known()
    assert (known.live(), owed(known), list(known.listed)) == ([], [], [])


def test_a_listed_page_that_was_never_fetched_is_owed(past: Past) -> None:
    assert owed(past.known()) == [PAGE]


def test_a_page_fetched_after_its_listing_is_not_owed(past: Past) -> None:
    assert owed(past.fetched(FIRST + timedelta(minutes=1), "a").known()) == []


def test_a_change_whose_page_was_not_fetched_is_owed(past: Past) -> None:
    past.fetched(FIRST + timedelta(minutes=1), "a").listed(NIGHT, "2026-03-01T20:00:00", "b")
    assert owed(past.known()) == [PAGE]


def test_an_unchanged_listing_owes_nothing(past: Past) -> None:
    past.fetched(FIRST + timedelta(minutes=1), "a").listed(NIGHT, "2026-02-01T10:00:00", "b")
    assert owed(past.known()) == []


def test_what_entries_say_is_known_without_the_entries(past: Past) -> None:
    past.fetched(FIRST + timedelta(minutes=1), "a").listed(NIGHT, "2026-03-01T20:00:00", "b")
    with Archive(past.folder) as archive:
        known = known_site(archive, SITE, FIRST, entries=False)
    assert known.entries == {}
    assert known.stated == past.known().stated and known.listed == past.known().listed
    assert [page.redated for page in known.owed] == [True]


def test_a_server_error_is_no_answer_and_the_page_stays_owed(past: Past) -> None:
    assert owed(past.fetched(FIRST + timedelta(minutes=1), "a", 503).known()) == [PAGE]


def test_a_page_that_is_gone_has_answered(past: Past) -> None:
    assert owed(past.fetched(FIRST + timedelta(minutes=1), "a", 410).known()) == []


def test_the_newest_change_is_in_the_sites_own_time(past: Past) -> None:
    past.listed(NIGHT, "2026-03-01T20:00:00", "b")
    assert past.known().newest == "2026-03-01T20:00:00"


def test_a_change_dated_in_the_future_hides_no_later_one(past: Past) -> None:
    past.listed(NIGHT, "2031-01-01T00:00:00", "b")
    assert past.known().newest == "2026-02-01T10:00:00"


def test_listings_before_the_last_full_crawl_are_not_read(past: Past) -> None:
    assert past.known(since=NIGHT).listed == {}


def test_the_feed_is_known_where_it_was_found(past: Past) -> None:
    """A site that sends its feed's readers to another of its names is asked there at once."""
    site = Site("bed", "http://bed.example/", ("bed.example", "www.bed.example"))
    with ArchiveWriter(past.folder, run="a") as writer:
        moved = [("Location", "http://www.bed.example/feed/"), ("Content-Type", "text/html")]
        writer.store("http://bed.example/feed/", FIRST, 301, moved, b"")
        feed = [("Content-Type", "application/rss+xml")]
        writer.store("http://www.bed.example/feed/", FIRST, 200, feed, b"<rss/>")
    with Archive(past.folder) as archive:
        known = known_site(archive, site, FIRST)
        assert known.feed is not None and known.feed.url == "http://www.bed.example/feed/"
        assert known_site(archive, site, FIRST, before=FIRST).feed is None
