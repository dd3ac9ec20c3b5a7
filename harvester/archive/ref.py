"""What the index knows of a stored answer or failure without opening its record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

#: Answers that say nothing lasting about a page: ask again.
_TRANSIENT = frozenset({408, 421, 425, 429})


@dataclass(frozen=True, slots=True)
class CaptureRef:
    """A stored answer, without its body.

    A revisit (the source repeated a body) stands as an answer of its own time: ``status``, ``digest``
    and ``media_type`` are those of the answer it stands for. ``position`` orders the index and is
    valid as long as the index lives; ``warc_file`` and ``warc_offset`` name the record.
    """

    position: int
    url: str
    fetched_at: datetime
    last_seen: datetime  # when the source last gave this body at this address
    status: int
    digest: str  # "sha256:<hex>" of the decoded body
    media_type: str
    etag: str | None
    last_modified: str | None
    run: str
    warc_file: str
    warc_offset: int
    revisit: bool


@dataclass(frozen=True, slots=True)
class FailureRef:
    """A fetch that gave no answer."""

    position: int
    url: str
    failed_at: datetime
    code: str
    message: str
    run: str
    warc_file: str
    warc_offset: int


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request sends: the last answer's validators."""

    etag: str | None
    last_modified: str | None


def is_final(status: int) -> bool:
    """Whether a status says something lasting about a page (200, 301, 404, 410, 403 do).

    Server errors, throttling and a 304 without anything to refer to do not.
    """
    return 200 <= status < 500 and status != 304 and status not in _TRANSIENT


def micros(moment: datetime) -> int:
    """A time as the index keeps it: microseconds since 1970, UTC. Naive times are refused."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment.isoformat()}")
    return (moment - _EPOCH) // _MICROSECOND


def moment(micros: int) -> datetime:
    """The time that `micros` gives, in UTC."""
    return _EPOCH + timedelta(microseconds=micros)
