"""``harvester parse``: one page's rows as JSON, without archive or network."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from harvester.archive.capture import Capture, make_capture
from harvester.errors import ExitCode, ProfileError
from harvester.harvest import HarvestContext, harvest_or_quarantine
from harvester.records import PAGE_TABLES, columns, table_of
from harvester.sites import Profile, load_profile, read_profile

# Rows of a single parse belong to no output folder: their person ids are comparable with none.
_KEY = b"harvester parse"
_LARGEST = 20_000_000  # bytes, as the crawl takes
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def main(arguments: argparse.Namespace) -> int:
    body = _read(arguments.file)
    profile, url = _placed(arguments, body)
    result = harvest_or_quarantine(_capture(url, body), HarvestContext(profile, _KEY))
    document: dict[str, list[dict[str, object]]] = {table: [] for table in PAGE_TABLES}
    for record in [r for page in result.pages for r in page.records] + list(result.problems):
        table = table_of(record)
        document[table].append({c.name: getattr(record, c.name) for c in columns(table)})
    print(json.dumps(document, ensure_ascii=False, indent=1, default=str))
    return ExitCode.OK


def _read(file: str) -> bytes:
    """The file's bytes, or standard input's. Raises ProfileError, also for more than a page can be."""
    try:
        if file == "-":
            body = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            with Path(file).open("rb") as stream:
                body = stream.read(_LARGEST + 1)
    except OSError as error:
        raise ProfileError(f"{file}: cannot be read ({error.strerror})") from None
    if len(body) > _LARGEST:
        raise ProfileError(f"{file}: more than {_LARGEST:,} bytes, which no crawl takes for a page")
    return body


def _placed(arguments: argparse.Namespace, body: bytes) -> tuple[Profile, str]:
    """The profile that owns the address; an address of no profile is read as a site of its own."""
    profile = load_profile(arguments.site)
    url = arguments.url or _own_address(body) or profile.sites[0].base
    if profile.site_of(url) is not None:
        return profile, url
    place = "--url" if arguments.url else f"{arguments.file}: its own address"
    wrong = ProfileError(f"{place} {url!r}: not an http(s) address; name the page's with --url")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise wrong
    base = f"{parts.scheme}://{parts.netloc}/"
    own = read_profile(
        {
            "site": [{"name": "page", "base": base}],
            "event": profile.event,
            "tags": list(profile.tags),
        },
        name="page",
    )
    return own, url


def _own_address(body: bytes) -> str | None:
    """The address a page or REST answer gives itself."""
    if body.lstrip()[:1] in (b"{", b"["):
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            return None
        first = data[0] if isinstance(data, list) and data else data
        link = first.get("link") if isinstance(first, dict) else None
        return link if isinstance(link, str) else None
    from lxml.etree import XPath

    from harvester.pages.document import decode, parse_html

    found = XPath("string(//link[@rel='canonical']/@href)")(parse_html(decode(body).text))
    return str(found) or None


def _capture(url: str, body: bytes) -> Capture:
    kind = "application/json" if body.lstrip()[:1] in (b"{", b"[") else "text/html"
    return make_capture(url, _BEGINNING, 200, [("Content-Type", kind)], body)
