from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harvester.archive.reader import Archive
from harvester.archive.ref import Validators
from harvester.archive.writer import ArchiveWriter, Stored
from harvester.errors import ArchiveError
from tests.archive.conftest import HTML, SITE, at, page


@pytest.mark.parametrize(
    ("answers", "lasting", "good"),
    [
        pytest.param([(0, 200), (1, 200)], 1, 1, id="newest"),
        pytest.param([(1, 200), (0, 200)], 1, 1, id="by-time-of-fetching-not-of-storing"),
        pytest.param([(0, 200), (1, 503)], 0, 0, id="server-error-says-nothing"),
        pytest.param([(0, 200), (1, 429)], 0, 0, id="throttling-says-nothing"),
        pytest.param([(0, 200), (1, 404)], 1, 0, id="gone-is-an-answer"),
        pytest.param([(0, 200), (1, 301)], 1, 0, id="moved-is-an-answer"),
        pytest.param([(0, 200), (1, 304)], 1, 1, id="not-modified-is-an-answer"),
        pytest.param([(0, 500)], None, None, id="only-errors"),
        pytest.param([], None, None, id="nothing"),
    ],
)
def test_latest(
    folder: Path, answers: list[tuple[int, int]], lasting: int | None, good: int | None
) -> None:
    with ArchiveWriter(folder, run="r") as writer:
        for hours, status in answers:
            body = b"" if status == 304 else page(f"Svar {hours} {status}")
            writer.store(f"{SITE}/a/", at(hours), status, HTML, body)
        writer.store_failure(f"{SITE}/a/", at(9), "timeout", "inget svar")
    with Archive(folder) as archive:
        latest, successful = (archive.latest(f"{SITE}/a/", successful=s) for s in (False, True))
    assert (latest and latest.fetched_at) == (None if lasting is None else at(lasting))
    assert (successful and successful.fetched_at) == (None if good is None else at(good))


def test_last_seen_is_the_newest_sighting_of_the_body(
    folder: Path, store: Callable[..., Stored]
) -> None:
    store(folder, "/a/", 0, page("Ett"))
    store(folder, "/a/", 24, page("Ett"))
    store(folder, "/a/", 48, page("Två"))
    store(folder, "/b/", 72, page("Ett"))
    with Archive(folder) as archive:
        seen = [(ref.fetched_at, ref.last_seen) for ref in archive.refs(f"{SITE}/a/")]
    assert seen == [(at(0), at(24)), (at(24), at(24)), (at(48), at(48))]


def test_captures_come_in_the_order_they_were_fetched(
    folder: Path, store: Callable[..., Stored]
) -> None:
    for path, hours in [("/c/", 2), ("/b/", 1), ("/a/", 2), ("/d/", 0)]:
        store(folder, path, hours, page(path), run=f"run{path}")
    with Archive(folder) as archive:
        assert [c.url[-3:] for c in archive.captures()] == ["/d/", "/b/", "/a/", "/c/"]
        assert [c.url[-3:] for c in archive.captures(since=at(2))] == ["/a/", "/c/"]
        assert [c.url[-3:] for c in archive.captures(run="run/b/")] == ["/b/"]
        assert [r.url[-3:] for r in archive.latest_refs()] == ["/a/", "/b/", "/c/", "/d/"]
        assert archive.runs() == ("run/a/", "run/b/", "run/c/", "run/d/")


def test_order_holds_beyond_one_page_of_rows(folder: Path) -> None:
    with ArchiveWriter(folder, run="r") as writer:
        for number in range(1203):
            writer.store(f"{SITE}/{number:04}", at(number % 7), 200, HTML, b"text")
    with Archive(folder) as archive:
        refs = [(ref.fetched_at, ref.url) for ref in archive.refs()]
        assert refs == sorted(refs)
        assert len(refs) == 1203
        assert len(list(archive.urls())) == 1203
        assert len(list(archive.captures_since(0))) == 1203


def test_follower_sees_every_answer_once(folder: Path) -> None:
    with ArchiveWriter(folder, run="r") as writer, Archive(folder) as archive:
        seen, position = [], archive.last_position()
        for number in range(5):
            writer.store(f"{SITE}/{number}", at(-number), 200, HTML, page(str(number)))
            writer.store_failure(f"{SITE}/x{number}", at(number), "timeout", "inget svar")
            for ref in archive.captures_since(position):
                seen.append(archive.read(ref.position).url)
                position = ref.position
    assert seen == [f"{SITE}/{number}" for number in range(5)]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param([], Validators(None, None), id="nothing-stored"),
        pytest.param([(200, (("ETag", '"1"'),))], Validators('"1"', None), id="etag"),
        pytest.param(
            [(200, (("Last-Modified", "Sun, 01 Mar 2026 11:00:00 GMT"),))],
            Validators(None, "Sun, 01 Mar 2026 11:00:00 GMT"),
            id="last-modified",
        ),
        pytest.param(
            [(200, (("ETag", '"1"'),)), (304, (("ETag", '"2"'),))],
            Validators('"2"', None),
            id="newer-of-a-304",
        ),
        pytest.param(
            [(200, (("ETag", '"1"'),)), (304, ())], Validators('"1"', None), id="304-without"
        ),
        pytest.param(
            [(200, (("ETag", '"1"'),)), (503, ())], Validators('"1"', None), id="after-an-error"
        ),
        pytest.param(
            [(200, (("ETag", '"1"'),)), (404, (("ETag", '"9"'),))],
            Validators(None, None),
            id="none-for-the-gone",
        ),
    ],
)
def test_validators(
    folder: Path, answers: list[tuple[int, tuple[tuple[str, str], ...]]], expected: Validators
) -> None:
    with ArchiveWriter(folder, run="r") as writer:
        for hours, (status, headers) in enumerate(answers):
            body = b"" if status == 304 else page(f"Svar {status}")
            writer.store(f"{SITE}/a/", at(hours), status, headers, body)
    with Archive(folder) as archive:
        assert archive.validators(f"{SITE}/a/") == expected


def test_by_digest_finds_the_body_at_every_address(
    folder: Path, store: Callable[..., Stored]
) -> None:
    first = store(folder, "/a/", 0, page("Samma"))
    store(folder, "/b/", 1, page("Samma"))
    with Archive(folder) as archive:
        found = archive.by_digest(first.capture.digest)
        assert [(ref.url, ref.revisit) for ref in found] == [
            (f"{SITE}/a/", False),
            (f"{SITE}/b/", True),
        ]
        assert archive.by_digest("sha256:0") == []


def test_failures_are_listed_by_run(folder: Path) -> None:
    for run in ("ett", "två"):
        with ArchiveWriter(folder, run=run) as writer:
            writer.store_failure(f"{SITE}/{run}", at(0), "dns", "namnet finns inte")
    with Archive(folder) as archive:
        assert [failure.url for failure in archive.failures()] == [f"{SITE}/ett", f"{SITE}/två"]
        assert [failure.run for failure in archive.failures(run="två")] == ["två"]
        assert len(list(archive.failures_since(1))) == 1


def test_unknown_position_is_named(folder: Path) -> None:
    with Archive(folder) as archive, pytest.raises(ArchiveError, match="no answer is stored"):
        archive.read(17)


def test_address_with_a_space_is_found_again(folder: Path, store: Callable[..., Stored]) -> None:
    store(folder, "/en sida/", 0, page("Sida"))
    with Archive(folder) as archive:
        assert archive.latest(f"{SITE}/en sida/") is not None
