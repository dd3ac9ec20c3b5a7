"""Reading the archive: plain data out, bodies only when asked for, flat memory at any size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Self

from harvester.archive.capture import Capture
from harvester.archive.folder import Folder
from harvester.archive.record import safe_url
from harvester.archive.ref import CaptureRef, FailureRef, Validators, micros, moment
from harvester.archive.repair import Finding, open_index
from harvester.archive.stored import capture_at, read_capture

#: Earlier than any time a capture can have, in microseconds since 1970.
_BEFORE_ALL = -(2**62)

#: Rows fetched at a time: no read transaction stays open while a caller works.
_PAGE = 500

_FOLLOWING = "AND r.position > ? ORDER BY r.position LIMIT ?"
_NEWEST_FIRST = "ORDER BY r.fetched_at DESC, r.position DESC LIMIT 1"
_NEWEST = f"AND r.url_id = (SELECT id FROM urls WHERE url = ?) AND r.final {_NEWEST_FIRST}"
# A revisit of status 304 stands for a good answer: a 304 refers to nothing else.
_NEWEST_GOOD = (
    "AND r.url_id = (SELECT id FROM urls WHERE url = ?) AND r.final"
    f" AND (r.status < 300 OR r.status = 304) {_NEWEST_FIRST}"
)


class Archive:
    """An archive opened for reading; others may write to it meanwhile.

    Opening brings the index level with the files (`repairs` says what was mended). Raises
    UnwritableError where the folder cannot be written.
    """

    #: What was mended when the archive was opened.
    repairs: tuple[Finding, ...]

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._folder = Folder(folder)
        self._index, self.repairs = open_index(self._folder)
        self._resources = ExitStack()
        self._resources.enter_context(self._index)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the index go. Closing twice is fine."""
        self._resources.close()

    def one_look(self) -> AbstractContextManager[None]:
        """For reading many answers: the index is one moment's inside, and asked cheaply."""
        return self._index.one_look()

    # One answer

    def read(self, position: int) -> Capture:
        """The answer at a position, with its body. Raises ArchiveError where it cannot be read."""
        return read_capture(self._folder, self._index, position)

    def ref(self, position: int) -> CaptureRef | None:
        """What the index knows of the answer at a position, or None."""
        return next(self._index.refs("AND r.position = ?", (position,)), None)

    def latest_ref(self, url: str, *, successful: bool = False) -> CaptureRef | None:
        """The newest lasting answer of an address, or None. ``successful``: with status 2xx only.

        Lasting are answers that say what the page is, gone or moved included; server errors and
        throttling are passed over.
        """
        condition = _NEWEST_GOOD if successful else _NEWEST
        return next(self._index.refs(condition, (safe_url(url),)), None)

    def latest(self, url: str, *, successful: bool = False) -> Capture | None:
        """The capture of `latest_ref`. Raises ArchiveError where it cannot be read."""
        ref = self.latest_ref(url, successful=successful)
        return None if ref is None else self.read(ref.position)

    def validators(self, url: str) -> Validators:
        """What a conditional request for an address sends; empty unless a good answer is stored."""
        ref = self.latest_ref(url)
        if ref is None or not 200 <= ref.status < 300:
            return Validators(None, None)
        return self._index.validators(ref.url, ref.digest)

    # Many answers

    def refs(
        self, url: str | None = None, *, since: datetime | None = None, run: str | None = None
    ) -> Iterator[CaptureRef]:
        """Answers in the order they were fetched (then by address), whoever stored them when."""
        conditions, values = _conditions(url, since, run)
        by_time = self._by_time(conditions, values)
        for _, ties in groupby(by_time, key=lambda ref: ref.fetched_at):
            yield from sorted(ties, key=lambda ref: (ref.url, ref.warc_file, ref.warc_offset))

    def captures(
        self, url: str | None = None, *, since: datetime | None = None, run: str | None = None
    ) -> Iterator[Capture]:
        """The captures of `refs`, each body read when it is reached. Raises ArchiveError."""
        for ref in self.refs(url, since=since, run=run):
            yield self.read(ref.position)

    def latest_refs(self, *, successful: bool = False) -> Iterator[CaptureRef]:
        """The newest lasting answer of every address, ordered by address."""
        for url in self.urls():
            ref = self.latest_ref(url, successful=successful)
            if ref is not None:
                yield ref

    def urls(self) -> Iterator[str]:
        """Every address with a stored record, in order."""
        return self._index.urls()

    def captures_since(self, position: int) -> Iterator[CaptureRef]:
        """Answers indexed after a position, in the order they were indexed: what a follower asks for.

        Nothing is ever indexed at or before a position that was seen.
        """
        while page := list(self._index.refs(_FOLLOWING, (position, _PAGE))):
            yield from page
            position = page[-1].position

    def failures_since(self, position: int) -> Iterator[FailureRef]:
        """Failures indexed after a position, in the order they were indexed."""
        return self._index.failures("AND r.position > ? ORDER BY r.position", (position,))

    def newest_fetch(self) -> datetime | None:
        """When the newest answer or failure was stored that was fetched here; None for none."""
        newest = self._index.newest_fetch()
        return None if newest is None else moment(newest)

    def last_position(self) -> int:
        """The position of the newest record; 0 for an empty archive."""
        return self._index.last_position()

    def count_until(self, position: int) -> int:
        """How many answers and failures are indexed up to a position: fewer than before where some were lost."""
        return self._index.count_until(position)

    def by_digest(self, digest: str) -> list[CaptureRef]:
        """All answers with this decoded body, oldest first."""
        return list(
            self._index.refs("AND r.digest = ? ORDER BY r.fetched_at, r.position", (digest,))
        )

    def oldest_capture(self, url: str, digest: str) -> Capture | None:
        """The oldest answer of an address with this decoded body, or None.

        Raises ArchiveError where it cannot be read.
        """
        place = self._index.oldest_place(safe_url(url), digest)
        return None if place is None else capture_at(self._folder, self._index, place)

    def lost_listing_since(self, run: str) -> bool:
        """Whether an answer that told of pages was lost after a run stored its newest record."""
        lost = self._index.lost_listing()
        return lost is not None and self._index.last_position_of(run) <= lost

    def whole_files(self) -> dict[str, int]:
        """How long each file is that is there, and in which nothing was ever found spoilt."""
        return self._index.whole_files()

    def holds(self, digest: str, url: str | None = None) -> bool:
        """Whether an answer with this decoded body is stored, of an address where one is named."""
        return self._index.holds(digest, None if url is None else safe_url(url))

    def failures(self, *, run: str | None = None) -> Iterator[FailureRef]:
        """Fetches that gave no answer, oldest first."""
        condition = "" if run is None else "AND f.run = ?"
        return self._index.failures(
            f"{condition} ORDER BY r.fetched_at, u.url, r.position", () if run is None else (run,)
        )

    def runs(self) -> tuple[str, ...]:
        """The runs with files in the archive, by name."""
        return tuple(sorted({state.run for state in self._index.files().values()}))

    def size(self) -> int:
        """Bytes of all WARC files."""
        return sum(path.stat().st_size for path in self._folder.files())

    def _by_time(self, conditions: str, values: tuple[Any, ...]) -> Iterator[CaptureRef]:
        condition = (
            f"{conditions} AND r.fetched_at >= ? AND (r.fetched_at > ? OR r.position > ?)"
            " ORDER BY r.fetched_at, r.position LIMIT ?"
        )
        time, position = _BEFORE_ALL, 0
        while page := list(self._index.refs(condition, (*values, time, time, position, _PAGE))):
            yield from page
            time, position = micros(page[-1].fetched_at), page[-1].position


def _conditions(
    url: str | None, since: datetime | None, run: str | None
) -> tuple[str, tuple[Any, ...]]:
    conditions: list[str] = []
    values: list[Any] = []
    if url is not None:
        conditions.append("AND r.url_id = (SELECT id FROM urls WHERE url = ?)")
        values.append(safe_url(url))
    if since is not None:
        conditions.append("AND r.fetched_at >= ?")
        values.append(micros(since))
    if run is not None:
        conditions.append("AND r.file_id IN (SELECT id FROM files WHERE run = ?)")
        values.append(run)
    return " ".join(conditions), tuple(values)
