"""An answer of the sample server, before it goes over a socket."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from harvester.sample.content import utc


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body; two equal requests at one stage get equal answers."""

    status: int
    media_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = field(default=())


def page(markup: str, *, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    """An answer with an HTML page."""
    return Answer(status, "text/html; charset=UTF-8", markup.encode(), headers)


def redirect(location: str) -> Answer:
    """A permanent redirect as WordPress makes it."""
    headers = (("X-Redirect-By", "WordPress"), ("Location", location))
    return Answer(301, "text/html; charset=UTF-8", b"", headers)


def with_validators(answer: Answer, modified: datetime) -> Answer:
    """The answer with a Last-Modified and an ETag that names its bytes."""
    etag = '"' + hashlib.sha256(answer.body).hexdigest()[:32] + '"'
    validators = (("Last-Modified", http_date(modified)), ("ETag", etag))
    return Answer(answer.status, answer.media_type, answer.body, answer.headers + validators)


def conditional(answer: Answer, request_headers: Mapping[str, str]) -> Answer:
    """304 where the asker holds these bytes already, else the answer.

    If-None-Match decides alone where it stands (RFC 9110, 13.2.2). ``request_headers`` has names
    in lower case.
    """
    if answer.status != 200:
        return answer
    validators = dict(answer.headers)
    etag, last_modified = validators.get("ETag"), validators.get("Last-Modified")
    if etag is None or last_modified is None:
        return answer
    wanted = request_headers.get("if-none-match")
    if wanted is not None:
        held = {tag.strip().removeprefix("W/") for tag in wanted.split(",")}
        unchanged = etag in held or "*" in held
    else:
        unchanged = _not_modified_since(last_modified, request_headers.get("if-modified-since"))
    return Answer(304, answer.media_type, b"", answer.headers) if unchanged else answer


def http_date(moment: datetime) -> str:
    return format_datetime(utc(moment), usegmt=True)


def _not_modified_since(last_modified: str, since: str | None) -> bool:
    if since is None:
        return False
    try:
        return parsedate_to_datetime(last_modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):  # an unreadable or zoneless date: answer in full
        return False
