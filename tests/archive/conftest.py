"""Archives for the tests; each is checked by warcio and strictly verified when its test ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from warcio.checker import Checker

from harvester.archive.verify import verify
from harvester.archive.writer import ArchiveWriter, Stored

NOON = datetime(2026, 3, 1, 12, 0, 0, 250_000, tzinfo=UTC)
SITE = "https://exempel.se"
HTML = (("Content-Type", "text/html; charset=UTF-8"),)


def at(hours: float) -> datetime:
    """A time so many hours after the tests' noon."""
    return NOON + timedelta(hours=hours)


def page(text: str, size: int = 0) -> bytes:
    """A page that holds a text, filled up to a size."""
    filler = "".join(
        f"<p>Stycke nummer {number} om äldreomsorg.</p>" for number in range(size // 45)
    )
    return f"<html><body><h1>{text}</h1>{filler}</body></html>".encode()


def check_with_warcio(folder: Path) -> None:
    """warcio's own check finds nothing in any file of the archive."""
    files = [str(path) for path in (folder / "warc").glob("*.warc.gz")]
    assert Checker(SimpleNamespace(inputs=files, verbose=False)).process_all() == 0


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """An archive's folder, which must be sound when the test is over."""
    archive = tmp_path / "archive"
    yield archive
    if (archive / "warc").exists():
        check_with_warcio(archive)
        assert [str(finding) for finding in verify(archive)] == []


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """An archive's folder for tests that damage it."""
    return tmp_path / "damaged"


@pytest.fixture
def store() -> Callable[..., Stored]:
    """Stores one answer with a writer of its own."""

    def stored(
        folder: Path,
        path: str,
        hours: float,
        body: bytes,
        *,
        status: int = 200,
        headers: tuple[tuple[str, str], ...] = HTML,
        run: str = "run-1",
    ) -> Stored:
        with ArchiveWriter(folder, run=run) as writer:
            return writer.store(f"{SITE}{path}", at(hours), status, headers, body)

    return stored
