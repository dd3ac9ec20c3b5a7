"""From a locator back to the text it names: what `explain` shows and tests check."""

from __future__ import annotations

import json
from typing import Any

from lxml.etree import XPath, XPathError
from lxml.html import HtmlElement

from harvester.archive.capture import Capture
from harvester.pages.block_text import normalise
from harvester.pages.blocks import text_at
from harvester.pages.document import elements, parse_capture, parse_html, strings
from harvester.pages.shortcodes import expand_shortcodes, expanded_tree
from harvester.pages.themes import themes
from harvester.parsers.element_paths import ElementPaths

# Attributes that name an element which shows no text, as a film's player.
_LABELS = ("title", "aria-label", "data-title", "data-alt", "alt")


def located_text(capture: Capture, locator: str) -> str | None:
    """The normalised text at a locator in a stored body; None where nothing stands there.

    A locator is an XPath into the page as lxml parses it, an attribute's included; in a REST
    answer a JSON pointer, and behind ``#`` an XPath into the HTML it holds.
    """
    pointer, mark, path = locator.partition("#")
    if locator.startswith("/html"):
        root = parse_capture(capture)[0]
        if not mark:
            return _text_at(root, locator, _posts_beside(root, locator))
        # A node of raw shortcodes, read as the modules they stand for.
        outer = _node_at(root, pointer)
        return None if outer is None else _text_at(expanded_tree(outer), path)
    value = _pointed(capture, pointer)
    if not isinstance(value, str):
        return None
    return _text_at(parse_html(expand_shortcodes(value)), path) if mark else value


def _text_at(
    root: HtmlElement, path: str, beside: frozenset[HtmlElement] = frozenset()
) -> str | None:
    if "/@" not in path:
        removed = themes().marks(root).removed
        # As content first, without what is removed from it; a title or byline stands in a removed part.
        for skip in dict.fromkeys((removed | beside, removed, frozenset())):
            text = text_at(root, path, skip=skip)
            if text:
                return text
    try:
        selector = XPath(path)
        texts = strings(selector, root)
        texts = texts or [_text_of(e) for e in elements(selector, root)[:1]]
    except XPathError:
        return None
    if not texts:
        return None
    return texts[0] if "/@" in path else normalise(texts[0])


def _posts_beside(root: HtmlElement, path: str) -> frozenset[HtmlElement]:
    """The posts a page shows, but those around the place: they part the text that they stand in."""
    where = ElementPaths(root)
    around = path.split("/following-sibling::")[0].rpartition("/")[0] if "::" in path else path
    return frozenset(
        item
        for item in themes().marks(root).items
        if not f"{around}/".startswith(f"{where(item)}/")
    )


def _text_of(element: HtmlElement) -> str:
    """An element's text; a player or another element without any is known by its label."""
    text = "".join(element.itertext())
    if text.strip():
        return text
    return next((v for name in _LABELS if (v := element.get(name))), "")


def _node_at(root: HtmlElement, path: str) -> HtmlElement | None:
    try:
        return next(iter(elements(XPath(path), root)), None)
    except XPathError:
        return None


def _pointed(capture: Capture, pointer: str) -> Any:
    try:
        value: Any = json.loads(capture.body)
        for part in pointer.split("/")[1:]:
            value = value[int(part)] if isinstance(value, list) else value[part]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return None
    return value
