"""Export as WACZ 1.1.1: the WARC files with an index and a page list, in one zip for replay tools.

The same archive gives the same bytes: nothing is compressed anew, times are fixed, and the package
is dated by its newest record. A WACZ holds all that the archive holds, personal data included.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from harvester._version import __version__
from harvester.archive.folder import Folder, sync, writing
from harvester.archive.index import Index
from harvester.archive.record import warc_date
from harvester.archive.ref import moment
from harvester.archive.repair import open_index
from harvester.archive.rows import Kind
from harvester.compression import gzip_member
from harvester.errors import ArchiveError

_VERSION = "1.1.1"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_PIECE = 1024 * 1024

#: Lines of the index in one compressed block, as other tools write it.
_BLOCK_LINES = 1024

_HTML = frozenset({"text/html", "application/xhtml+xml"})

# A host's leading www, www2 …; must not match wwwx.example.se.
_WWW = re.compile(r"www\d*\.")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was put into a WACZ."""

    target: Path
    files: int
    records: int
    pages: int
    bytes: int


def export_wacz(folder: Path, target: Path, *, title: str = "") -> Exported:
    """Writes the archive to a WACZ file, whole or not at all.

    Raises ArchiveError where nothing is archived, UnwritableError where the target cannot be written.
    """
    place = Folder(folder)
    if not place.files():
        raise ArchiveError(f"nothing is archived in {folder}: there is nothing to export")
    index, _ = open_index(place)
    beside = target.with_name(f".{target.name}.tmp")
    with index, closing(sqlite3.connect("")) as lines, writing(target):
        try:
            with ZipFile(beside, "w", ZIP_STORED) as wacz:
                exported = _packed(place, index, lines, wacz, title)
            sync(beside)
            size = beside.stat().st_size
            beside.rename(target)
        finally:
            beside.unlink(missing_ok=True)
    return Exported(target, *exported, size)


def url_key(url: str) -> str:
    """The sort-friendly form of an address that replay tools look records up by (SURT).

    Lower case, host labels reversed, without www, default port, user, fragment and trailing slash,
    the query's arguments in order.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url.lower()
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return url.lower()
    host = _WWW.sub("", _ascii_host(parts.hostname.lower()), count=1)
    default = {"http": 80, "https": 443}[parts.scheme]
    suffix = "" if port in (None, default) else f":{port}"
    path = _escaped(_plain_path(_unescaped(parts.path))).lower()
    query = _escaped(_unescaped(parts.query)).lower()
    arguments = "&".join(sorted(query.split("&"), key=lambda part: part.split("=", 1)))
    key = f"{','.join(reversed(host.strip('.').split('.')))}{suffix}){path}"
    return f"{key}?{arguments}" if query else key


def _packed(
    place: Folder, index: Index, lines: sqlite3.Connection, wacz: ZipFile, title: str
) -> tuple[int, int, int]:
    resources: list[dict[str, object]] = []
    states = sorted((s for s in index.files().values() if not s.missing), key=lambda s: s.name)
    for state in states:
        content = _file_content(place.file(state.name), state.indexed_to)
        resources.append(_put(wacz, f"archive/{state.name}", content))
    newest, records = _collect(index, lines)
    blocks = _index_blocks(lines)
    table = [_json_line("!meta 0", {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"})]
    resources.append(_put(wacz, "indexes/index.cdx.gz", _noted(blocks, table)))
    resources.append(_put(wacz, "indexes/index.idx", iter(table)))
    pages = 0

    def page_lines() -> Iterator[bytes]:
        nonlocal pages
        yield _json_line("", {"format": "json-pages-1.0", "id": "pages", "title": "All pages"})
        for record_id, url, date in lines.execute(
            "SELECT id, url, date FROM pages ORDER BY date, url, id"
        ):
            pages += 1
            yield _json_line("", {"id": record_id, "url": url, "ts": date})

    resources.append(_put(wacz, "pages/pages.jsonl", page_lines()))
    package = json.dumps(_package(resources, newest, title), indent=2, ensure_ascii=False).encode()
    described = _put(wacz, "datapackage.json", iter([package]))
    digest = {"path": "datapackage.json", "hash": described["hash"]}
    _put(wacz, "datapackage-digest.json", iter([json.dumps(digest, indent=2).encode()]))
    return len(states), records, pages


def _put(wacz: ZipFile, path: str, content: Iterable[bytes]) -> dict[str, object]:
    """Stores one file in the zip and gives its line in datapackage.json."""
    info = ZipInfo(path, _FIXED_TIME)
    info.external_attr = 0o644 << 16
    size, digest = 0, hashlib.sha256()
    with wacz.open(info, "w", force_zip64=True) as out:
        for piece in content:
            out.write(piece)
            digest.update(piece)
            size += len(piece)
    name = path.rpartition("/")[2].lower()
    return {"name": name, "path": path, "hash": f"sha256:{digest.hexdigest()}", "bytes": size}


def _file_content(path: Path, size: int) -> Iterator[bytes]:
    """A WARC file up to its last whole record: another process may be writing behind it."""
    with path.open("rb") as file:
        while size > 0 and (piece := file.read(min(_PIECE, size))):
            yield piece
            size -= len(piece)


def _collect(index: Index, lines: sqlite3.Connection) -> tuple[str, int]:
    """Index lines and pages into a temporary database, which sorts them; the newest date, the count."""
    lines.execute("CREATE TABLE cdx (line TEXT)")
    lines.execute("CREATE TABLE pages (id TEXT, url TEXT, date TEXT)")
    newest, records = 0, 0
    for answer in index.answers():
        records += 1
        newest = max(newest, answer.fetched_at)
        date = warc_date(moment(answer.fetched_at))
        revisit = answer.place.kind is Kind.REVISIT
        fields = {
            "url": answer.url,
            "mime": "warc/revisit" if revisit else answer.media_type or "unk",
            "status": str(answer.status),
            "digest": answer.payload,
            "length": str(answer.place.length),
            "offset": str(answer.place.offset),
            "filename": answer.place.file,
        }
        stamp = re.sub(r"\D", "", date)[:14]
        line = f"{url_key(answer.url)} {stamp} {json.dumps(fields)}\n"
        lines.execute("INSERT INTO cdx VALUES (?)", (line,))
        if not revisit and answer.status == 200 and answer.media_type in _HTML:
            page = (answer.place.record_id.strip("<>"), answer.url, date)
            lines.execute("INSERT INTO pages VALUES (?, ?, ?)", page)
    return warc_date(moment(newest)), records


def _index_blocks(lines: sqlite3.Connection) -> Iterator[tuple[str, bytes]]:
    """Compressed blocks of sorted index lines, each with the key and time it begins with."""
    rows = lines.execute("SELECT line FROM cdx ORDER BY line")
    while block := [row[0] for row in rows.fetchmany(_BLOCK_LINES)]:
        data = gzip_member("".join(block).encode(), 9)
        yield block[0].split(" {", 1)[0], data


def _noted(blocks: Iterable[tuple[str, bytes]], table: list[bytes]) -> Iterator[bytes]:
    """The blocks, each noted in the table by which a reader finds it."""
    offset = 0
    for first, data in blocks:
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        table.append(_json_line(first, {"offset": offset, "length": len(data), "digest": digest}))
        offset += len(data)
        yield data


def _package(resources: list[dict[str, object]], created: str, title: str) -> dict[str, object]:
    return {
        "profile": "data-package",
        **({"title": title} if title else {}),
        "wacz_version": _VERSION,
        "software": f"harvester {__version__}",
        "created": created[:19].rstrip("Z") + "Z",
        "resources": resources,
    }


def _json_line(first: str, fields: dict[str, object]) -> bytes:
    text = json.dumps(fields)
    return f"{first} {text}\n".encode() if first else f"{text}\n".encode()


def _ascii_host(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _unescaped(text: str) -> bytes:
    """The text with percent-encoding undone; again and again, for twice encoded ones count as same."""
    raw = text.encode("utf-8", "replace")
    for _ in range(8):
        plain = unquote_to_bytes(raw)
        if plain == raw:
            break
        raw = plain
    return raw


def _escaped(raw: bytes) -> str:
    return quote_from_bytes(raw, safe="!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~")


def _plain_path(path: bytes) -> bytes:
    """The path without empty, `.` and `..` parts and without its last slash."""
    parts: list[bytes] = []
    for part in path.split(b"/"):
        if part == b"..":
            del parts[-1:]
        elif part not in (b"", b"."):
            parts.append(part)
    return b"/" + b"/".join(parts)
