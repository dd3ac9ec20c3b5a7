"""What film providers answered: stored answers of their oEmbed endpoints, read as film states."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from harvester.archive.capture import Capture
from harvester.archive.reader import Archive
from harvester.archive.ref import CaptureRef, FailureRef
from harvester.pages.harvested import FilmFact
from harvester.pages.rows.clip_rows import film_id
from harvester.parsers.videos import Video, parse_video_url
from harvester.records import FilmState, FilmStateCode
from harvester.sites import Profile

_FILE = Path(__file__).with_name("oembed.toml")

# Statuses by which providers say why a film cannot be shown. Anything else is no answer.
_STATES: Mapping[int, FilmStateCode] = {
    401: FilmStateCode.NOT_EMBEDDABLE,
    403: FilmStateCode.PRIVATE,
    404: FilmStateCode.GONE,
    410: FilmStateCode.GONE,
}


@cache
def _endpoints() -> Mapping[str, str]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Providers:
    """The endpoints of a profile: the real ones, or a stand-in's where a test profile names it."""

    endpoints: Mapping[str, str]

    @classmethod
    def of(cls, profile: Profile) -> Providers:
        return cls({**_endpoints(), **profile.oembed})

    def question(self, provider: str, film_url: str) -> str | None:
        """The address that answers for a film; None for a provider that is not asked."""
        endpoint = self.endpoints.get(provider)
        return endpoint.format(url=quote(film_url, safe="")) if endpoint else None

    def film(self, url: str) -> Video | None:
        """The film a question is about; None for any other address."""
        parts = urlsplit(url)
        for endpoint in self.endpoints.values():
            known = urlsplit(endpoint)
            if (parts.netloc, parts.path) == (known.netloc, known.path):
                asked = parse_qs(parts.query).get("url", [""])[0]
                return parse_video_url(asked)
        return None


def film_state(capture: Capture) -> FilmStateCode:
    """What an answer means. A 200 must be the oEmbed document; else nobody has answered."""
    if capture.status == 200:
        return FilmStateCode.OK if _document(capture) is not None else FilmStateCode.UNKNOWN
    return _STATES.get(capture.status, FilmStateCode.UNKNOWN)


def film_states(
    archive: Archive, providers: Providers, films: Collection[str]
) -> Iterator[FilmState]:
    """Every answer about these films, by film and time; a fetch without an answer is `unknown`."""
    rows = []
    for url in archive.urls():
        video = providers.film(url)
        if video is None or film_id(video) not in films:
            continue
        rows += [_answered(archive, film_id(video), ref) for ref in archive.refs(url)]
    for failure in archive.failures():
        video = providers.film(failure.url)
        if video is not None and film_id(video) in films:
            rows.append(_failed(film_id(video), failure))
    yield from sorted(rows, key=lambda row: (row.film_id, row.checked_at, row.http_status or 0))


def provider_facts(
    archive: Archive, providers: Providers, *, until: datetime | None = None
) -> Iterator[FilmFact]:
    """Films as their providers describe them, from the newest good answer for each (until a time)."""
    for url in archive.urls():
        video = providers.film(url)
        capture = _newest_good(archive, url, until) if video is not None else None
        document = _document(capture) if capture is not None else None
        title = document.get("title") if document else None
        if video is not None and capture is not None and isinstance(title, str) and title.strip():
            yield FilmFact(
                film_id(video), video.provider, video.id, video.kind, video.url, title.strip(),
                "/title", capture.digest, "film.oembed",
            )  # fmt: skip


def _newest_good(archive: Archive, url: str, until: datetime | None) -> Capture | None:
    if until is None:
        return archive.latest(url, successful=True)
    good = [r for r in archive.refs(url) if 200 <= r.status < 300 and r.fetched_at <= until]
    return archive.read(good[-1].position) if good else None


def _answered(archive: Archive, film: str, ref: CaptureRef) -> FilmState:
    return FilmState(film, ref.fetched_at, film_state(archive.read(ref.position)), ref.status)


def _failed(film: str, failure: FailureRef) -> FilmState:
    return FilmState(film, failure.failed_at, FilmStateCode.UNKNOWN, None)


def _document(capture: Capture) -> dict[str, object] | None:
    try:
        data = json.loads(capture.body)
    except (ValueError, RecursionError):
        return None
    return (
        data
        if isinstance(data, dict) and data.get("type") in ("video", "rich", "photo", "link")
        else None
    )
