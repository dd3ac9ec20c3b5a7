"""A release against the truth of the sample site, table by table: every difference as a line."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

TRUTH = Path(__file__).parent / "sample"
Row = dict[str, Any]

# Archives that the harvest has no need to fetch: the REST interface lists what they show.
_ARCHIVE = re.compile(r"/category/|/page/\d+/$")


def differences(release: Path, table: str) -> list[str]:
    """What a table of the release has wrong, missing or too much."""
    return list(_COMPARED[table](_Release(release)))


class _Release:
    """A release's tables with addresses and names where they have ids."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.urls = {p["page_id"]: p["url"] for p in self.rows("pages")}
        self.names = {p["person_id"]: p["name"] for p in self.rows("people")}
        self.films = {f["film_id"]: _film_key(f) for f in self.rows("films")}
        self.clips = {c["clip_id"]: c["position"] for c in self.rows("clips")}

    def rows(self, table: str) -> list[Row]:
        found: list[Row] = pq.read_table(self._folder / "parquet" / f"{table}.parquet").to_pylist()
        return found


def _pages(release: _Release) -> Iterator[str]:
    got = {p["url"]: {**p, "language": p["language"].split("-")[0]} for p in release.rows("pages")}
    want = {
        r["url"]: r for r in _truth("pages") if r["url"] in got or not _ARCHIVE.search(r["url"])
    }
    for row in want.values():
        row["language"] = row["language"].split("-")[0]
        row["categories"] = sorted(row["categories"])
    for row in got.values():
        row["categories"] = sorted(row["categories"])
    yield from _by_key("pages", got, want)


def _films(release: _Release) -> Iterator[str]:
    got = {
        release.films[f["film_id"]]: {
            **f,
            "page_urls": sorted(release.urls[p] for p in f["page_ids"]),
        }
        for f in release.rows("films")
    }
    want = {_film_key(r): {**r, "page_urls": sorted(r["page_urls"])} for r in _truth("films")}
    for row in want.values():
        if row["provider"] == "file":
            del row["video_id"]  # the table has a hash of the address
    yield from _by_key("films", got, want)


def _clips(release: _Release) -> Iterator[str]:
    got = {}
    for clip in release.rows("clips"):
        people = sorted(release.names[p] for p in clip["person_ids"])
        film = release.films[clip["film_id"]] if clip["film_id"] else None
        got[release.urls[clip["page_id"]], clip["position"]] = {
            **clip,
            "people": people,
            "film": film,
        }
    want = {
        (r["page_url"], r["position"]): {**r, "people": sorted(r["people"])}
        for r in _truth("clips")
    }
    yield from _by_key("clips", got, want)


def _contributions(release: _Release) -> Iterator[str]:
    got = {}
    for row in release.rows("contributions"):
        clip = release.clips[row["clip_id"]] if row["clip_id"] else None
        got[release.urls[row["page_id"]], clip, release.names[row["person_id"]], row["role"]] = row
    want = {(r["page_url"], r["clip"], r["person"], r["role"]): r for r in _truth("contributions")}
    # A role that is open may be found in another wording: the row is then known by its place alone.
    for key in [k for k, r in want.items() if "role" in r.get("open", ()) and k not in got]:
        same = [k for k in got if k[:3] == key[:3] and k not in want]
        if same:
            want[same[0]] = want.pop(key)
    yield from _by_key("contributions", got, want)


def _dates(release: _Release) -> Iterator[str]:
    got: dict[str, list[Row]] = defaultdict(list)
    for row in release.rows("dates"):
        if row["resolved_by"] != "metadata":
            got[release.urls[row["page_id"]]].append(_plain_days(row))
    published = {
        (release.urls[r["page_id"]], str(r["first"]))
        for r in release.rows("dates")
        if r["resolved_by"] == "metadata"
    }
    want: dict[str, list[Row]] = defaultdict(list)
    for row in _truth("dates"):
        want[row["page_url"]].append(row)
    for url in sorted({*got, *want}):
        yield from _page_dates(url, got[url], want[url], published)


def _page_dates(
    url: str, got: list[Row], want: list[Row], published: set[tuple[str, str]]
) -> Iterator[str]:
    left = list(got)
    # Rows that may be left out take only what the others leave.
    for row in sorted(want, key=lambda r: bool(r.get("optional"))):
        if (
            row["kind"] == "published"
            and (url, row["first"]) in published
            and not any(g["raw"] == row["raw"] for g in left)
        ):
            continue  # the meta line: a row of its own, read from the page's metadata
        found = _best_match(left, row)
        if found is None:
            if not row.get("optional"):
                yield f"dates: missing {url} {row['raw']!r} {row['first']}"
            continue
        left.remove(found)
        if not row.get("optional"):
            yield from _fields("dates", (url, row["raw"]), found, row)
    for row in left:
        yield f"dates: too much {url} {row['raw']!r} {row['first']} {row['kind']}"


def _best_match(rows: list[Row], want: Row) -> Row | None:
    """The row of the same wording and day, else of the same wording, else one that overlaps it."""
    same = [g for g in rows if _text(g["raw"]).casefold() == _text(want["raw"]).casefold()]
    near = [g for g in rows if _overlap(g["raw"], want["raw"])]
    for group in (same, near):
        found = next((g for g in group if g["first"] == want["first"]), None)
        if found is not None:
            return found
    return next(iter(same or near), None)


def _documents(release: _Release) -> Iterator[str]:
    got = {(release.urls[d["page_id"]], d["url"]): d for d in release.rows("documents")}
    yield from _by_key(
        "documents", got, {(r["page_url"], r["url"]): r for r in _truth("documents")}
    )


def _editions(release: _Release) -> Iterator[str]:
    got = {e["edition"]: _plain_days(e) for e in release.rows("editions")}
    yield from _by_key("editions", got, {r["edition"]: r for r in _truth("editions")})


def _appearances(release: _Release) -> Iterator[str]:
    keys = {f["url"]: release.films[f["film_id"]] for f in release.rows("films")}
    got = {}
    for row in release.rows("appearances"):
        film = keys[row["film_url"]] if row["film_url"] else None
        got[row["edition"], row["person"], film, row["page_url"], row["role"]] = row
    want = {
        (r["edition"], r["person"], r["film"], r["page_url"], r["role"]): r
        for r in _truth("appearances")
    }
    yield from _by_key("appearances", got, want)


_COMPARED = {
    "pages": _pages, "films": _films, "clips": _clips, "contributions": _contributions, "dates": _dates,
    "documents": _documents, "editions": _editions, "appearances": _appearances,
}  # fmt: skip
TABLES = tuple(_COMPARED)


def _by_key(table: str, got: dict[Any, Row], want: dict[Any, Row]) -> Iterator[str]:
    for key, row in want.items():
        if key not in got:
            if not row.get("optional"):
                yield f"{table}: missing {key}"
        elif not row.get("optional"):
            yield from _fields(table, key, got[key], row)
    for key in got:
        if key not in want:
            yield f"{table}: too much {key}"


def _fields(table: str, key: Any, got: Row, want: Row) -> Iterator[str]:
    skipped = {
        "open",
        "optional",
        "note",
        "page_url",
        "raw",
        "clip",
        "person",
        *want.get("open", ()),
    }
    for field, value in want.items():
        if field in skipped or field not in got:
            continue
        if table == "pages" and field == "published" and value is None:
            continue  # the page shows no day; the REST interface may still tell it
        found = (
            str(got[field])
            if field in ("published", "first", "last") and got[field]
            else got[field]
        )
        if _text(found) != _text(value):
            yield f"{table}: {key} {field} is {found!r}, not {value!r}"


def _truth(table: str) -> list[Row]:
    lines = (TRUTH / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _film_key(film: Row) -> str:
    return (
        f"file:{film['url']}"
        if film["provider"] == "file"
        else f"{film['provider']}:{film['video_id']}"
    )


def _plain_days(row: Row) -> Row:
    return {
        **row,
        "first": str(row["first"]) if row["first"] else None,
        "last": str(row["last"]) if row["last"] else None,
    }


def _overlap(one: str, other: str) -> bool:
    a, b = _text(one).casefold(), _text(other).casefold()
    return a in b or b in a


def _text(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value
