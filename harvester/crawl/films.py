"""Asking providers about films: few requests, one after another, each answer archived."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO

from harvester._version import __version__
from harvester.archive.writer import ArchiveWriter
from harvester.crawl.clock import Clock

#: Seconds between two questions to one provider.
DELAY = 1.0

_TIMEOUT = 20.0
_MAX_ANSWER = 1_000_000  # an oEmbed document holds some kilobytes
_MAX_DOUBTS = 5  # throttled or failing answers in a row: the provider wants to be left alone
_AGENT = f"harvester/{__version__} (film states; one request a second at most)"


@dataclass(frozen=True, slots=True)
class Asked:
    """How a round of questions went."""

    asked: int
    answered: int
    stopped: bool  # the provider did not want to be asked on


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An answer elsewhere is no answer about the film, and elsewhere is not asked."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


def ask(
    questions: Iterable[str],
    archive: Path,
    run: str,
    *,
    delay: float = DELAY,
    progress: Callable[[int], None] | None = None,
) -> Asked:
    """Fetch each address once and archive the answer or the failure. Raises UnwritableError.

    Five doubtful answers in a row (throttled, failing, none) end the round.
    """
    asked = answered = doubts = 0
    opener = urllib.request.build_opener(_NoRedirect)
    with ArchiveWriter(archive, run=run) as writer:
        clock = Clock(writer.newest_fetch())
        for url in questions:
            if asked and delay:
                time.sleep(delay)
            status = _fetched(opener, url, writer, clock.now())
            asked += 1
            answered += status is not None
            doubts = doubts + 1 if status is None or status == 429 or status >= 500 else 0
            if progress is not None:
                progress(asked)
            if doubts >= _MAX_DOUBTS:
                return Asked(asked, answered, True)
    return Asked(asked, answered, False)


def _fetched(
    opener: urllib.request.OpenerDirector, url: str, writer: ArchiveWriter, now: datetime
) -> int | None:
    request = urllib.request.Request(
        url, headers={"User-Agent": _AGENT, "Accept": "application/json"}
    )
    try:
        with opener.open(request, timeout=_TIMEOUT) as answer:
            return _stored(
                writer, url, now, answer.status, answer.headers, answer.read(_MAX_ANSWER)
            )
    except urllib.error.HTTPError as error:
        with error:
            return _stored(writer, url, now, error.code, error.headers, error.read(_MAX_ANSWER))
    except (OSError, HTTPException, ValueError) as error:
        writer.store_failure(url, now, "provider_unreachable", f"no answer ({error})")
        return None


def _stored(
    writer: ArchiveWriter, url: str, now: datetime, status: int, headers: Message, body: bytes
) -> int:
    writer.store(url, now, status, tuple(headers.items()), body)
    return status
