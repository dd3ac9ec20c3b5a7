"""The sheet a reviewer works with: values in their text, as CSV to fill in and as HTML to read."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as pq

from harvester.archive.capture import Capture
from harvester.archive.reader import Archive
from harvester.datasets.folders import parquet_path
from harvester.datasets.review import Drawn, draw, sheet_csv
from harvester.pages.locating import located_text

#: Letters of the text around a value.
AROUND = 90

_STYLE = (
    "body{font:1rem/1.45 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color-scheme:light dark}li{margin:0 0 1.25rem;overflow-wrap:anywhere}mark{padding:0 .15em}"
    ".about{font-size:.85em;opacity:.75}"
)


def write_sheet(release: Path, archive: Archive, size: int, out: Path) -> int:
    """Writes ``out`` (CSV) and the same as HTML beside it; returns how many values there are."""
    drawn = [(item, *_surroundings(archive, item)) for item in draw(release, size)]
    urls = _urls(release)
    version = release.resolve().name
    rows = [(item, f"{before}⟦{raw}⟧{after}" if raw else "", urls.get(item.page_id, "")) for item, before, raw, after in drawn]  # fmt: skip
    out.write_text(sheet_csv(version, rows), encoding="utf-8-sig", newline="")
    page = _page(version, drawn, urls)
    out.with_suffix(".html").write_text(page, encoding="utf-8", newline="\n")
    return len(drawn)


def _surroundings(archive: Archive, item: Drawn) -> tuple[str, str, str]:
    """The text before a value, the value's raw text, and the text after it."""
    e = item.evidence
    raw = e["raw"] or ""
    capture = _stored(archive, e["digest"]) if e["locator"] else None
    text = located_text(capture, e["locator"]) if capture else None
    start, end = e["char_start"], e["char_end"]
    if text is None or start is None or text[start:end] != raw:
        return "", raw, ""
    return text[max(0, start - AROUND) : start], raw, text[end : end + AROUND]


def _stored(archive: Archive, digest: str | None) -> Capture | None:
    refs = archive.by_digest(digest) if digest else []
    return archive.read(refs[0].position) if refs else None


def _urls(release: Path) -> dict[str, str]:
    data = pq.read_table(parquet_path(release, "pages"), columns=["page_id", "url"])
    pairs = zip(data["page_id"].to_pylist(), data["url"].to_pylist(), strict=True)
    return {page: url or "" for page, url in pairs}


def _page(version: str, drawn: Sequence[tuple[Drawn, str, str, str]], urls: dict[str, str]) -> str:
    items = "".join(_items(drawn, urls))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="robots" content="noindex, nofollow, noarchive">'
        f"<title>Review of {html.escape(version)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>Review of release {html.escape(version)}</h1>"
        "<p>Is each value what its page says? Answer in the CSV file: y, n, or nothing where you cannot tell."
        " For a missing value: y where the page indeed does not give it.</p>"
        f"<ol>{items}</ol></body></html>\n"
    )


def _items(drawn: Sequence[tuple[Drawn, str, str, str]], urls: dict[str, str]) -> Iterator[str]:
    for item, before, raw, after in drawn:
        missing = str(item.evidence["missing"] or "").replace("_", " ")
        value = f"missing: {missing}" if missing else item.value or "null"
        told = (
            f"{html.escape(before)}<mark>{html.escape(raw)}</mark>{html.escape(after)}"
            if raw
            else "<i>no text</i>"
        )
        yield (
            f"<li><b>{html.escape(item.table)}.{html.escape(item.field)}</b> = {html.escape(value[:500])}"
            f"<br>{told}<br><span class=about>{html.escape(urls.get(item.page_id, ''))} · "
            f"{html.escape(str(item.evidence['rule']))} · {html.escape(item.row_id)}</span></li>\n"
        )
