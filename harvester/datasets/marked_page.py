"""A stored page with places marked, as one file that a browser shows and that does nothing."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Sequence
from dataclasses import replace

from harvester.archive.capture import Capture
from harvester.datasets.inert import inert_html
from harvester.datasets.marking import Marked, mark_place
from harvester.pages.document import parse_capture, parse_html
from harvester.pages.locating import located_text
from harvester.pages.shortcodes import expand_shortcodes

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;"
    "color-scheme:light dark}.facts{border-bottom:1px solid;margin-bottom:2rem}dt{font-weight:600}"
    "dd{margin:0 0 .5rem;overflow-wrap:anywhere}mark{padding:0 .15em;outline:2px solid #b45309}"
    "table{border-collapse:collapse}td,th{border:1px solid;padding:.25rem .5rem}"
    ".thing{border:1px dashed;padding:0 .25em}.link{text-decoration:underline dotted}"
    "pre{white-space:pre-wrap}"
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"
)


def marked_page(
    capture: Capture, places: Sequence[Marked], facts: Iterable[tuple[str, str]]
) -> str:
    """The page with every place marked, below a list of facts about them.

    A REST answer is shown by the values that the places name. What shows in no text (an attribute,
    a number) is quoted above. Scripts, forms, frames and images are left out; links lead nowhere.
    """
    quoted: list[Marked] = []
    bodies: list[str] = []
    own = [p for p in places if p.locator.startswith("/html")]
    if own:
        root = parse_capture(capture)[0]
        for place in own:
            if not mark_place(root, _outside_shortcodes(place)):
                quoted.append(place)
        bodies.append(inert_html(root))
    for pointer in dict.fromkeys(p.locator.partition("#")[0] for p in places if p not in own):
        at = [p for p in places if p.locator.partition("#")[0] == pointer]
        bodies.append(_value_body(capture, pointer, at, quoted))
    return _document(facts, [_quotation(capture, place) for place in quoted], bodies)


def _outside_shortcodes(place: Marked) -> Marked:
    """A place inside raw shortcodes is marked by the block that holds them."""
    outer, inside, _ = place.locator.partition("#")
    return replace(place, locator=outer, raw="") if inside else place


def _value_body(
    capture: Capture, pointer: str, places: Sequence[Marked], quoted: list[Marked]
) -> str:
    """A value of a REST answer: its HTML with the places marked, or its text."""
    value = located_text(capture, pointer)
    heading = f"<h2><code>{html.escape(pointer)}</code></h2>"
    inside = [p for p in places if "#" in p.locator]
    quoted += [p for p in places if value is None]
    if value is None or not inside:
        return "" if value is None else f"{heading}<pre>{_spanned(value, places[0])}</pre>"
    root = parse_html(expand_shortcodes(value))
    for place in inside:
        if not mark_place(root, replace(place, locator=place.locator.partition("#")[2])):
            quoted.append(place)
    return heading + inert_html(root)


def _spanned(text: str, place: Marked) -> str:
    start = len(place.before)
    end = start + len(place.raw)
    if text[start:end] != place.raw:
        start, end = 0, len(text)
    marked = f"<mark>{html.escape(text[start:end])}</mark>"
    return html.escape(text[:start]) + marked + html.escape(text[end:])


def _quotation(capture: Capture, place: Marked) -> str:
    text = located_text(capture, place.locator)
    shown = html.escape(place.raw) if text is None else _spanned(text, place)
    return f"<dt><code>{html.escape(place.locator)}</code></dt><dd>{shown}</dd>"


def _document(
    facts: Iterable[tuple[str, str]], quotations: Sequence[str], bodies: Sequence[str]
) -> str:
    told = "".join(f"<dt>{html.escape(k)}</dt><dd>{html.escape(v)}</dd>" for k, v in facts)
    return (
        '<!DOCTYPE html>\n<html lang="sv"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="robots" content="noindex, nofollow, noarchive">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>Stored page</title><style>{_STYLE}</style></head>\n"
        f'<body><div class="facts"><dl>{told}{"".join(quotations)}</dl></div>\n'
        f"{''.join(bodies)}\n</body></html>\n"
    )
