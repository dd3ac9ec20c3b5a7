"""What the index keeps of a record and of a file, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a row of the index stands for."""

    RESPONSE = "response"
    REVISIT = "revisit"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Row:
    """What the index keeps of one record, all of it read from the record itself."""

    kind: Kind
    offset: int
    length: int
    record_id: str
    refers_to: str | None
    url: str
    fetched_at: int  # microseconds since 1970, UTC
    status: int
    final: bool
    digest: str
    payload: str
    media_type: str
    etag: str | None
    last_modified: str | None
    code: str = ""
    message: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record's bytes stand."""

    file: str
    offset: int
    length: int
    kind: Kind
    record_id: str
    refers_to: str | None


@dataclass(frozen=True, slots=True)
class Original:
    """The full response that a revisit stands for."""

    record_id: str
    url: str
    fetched_at: int
    digest: str
    payload: str


@dataclass(frozen=True, slots=True)
class FileState:
    """How far a WARC file is indexed."""

    id: int
    name: str
    run: str
    replaces: str | None  # the file it was rewritten from, which must not come back
    indexed_to: int
    missing: bool
    changed_at: int | None  # nanoseconds; None while it is written


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as an index of other tools lists it."""

    place: Place
    url: str
    fetched_at: int
    status: int
    media_type: str
    payload: str
