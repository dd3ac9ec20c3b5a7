"""Inert HTML: a stored page's words and structure, and nothing that runs, loads or leads away."""

from __future__ import annotations

import html
from collections.abc import Iterator

from lxml.etree import iterwalk
from lxml.html import HtmlElement

#: The attribute that marks an element whose place shows in no text: a player, an image.
MARK = "data-harvester-mark"

_KEPT = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "figure",
        "figcaption",
        "div",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "main",
        "address",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "small",
        "sub",
        "sup",
        "code",
        "cite",
        "q",
        "abbr",
        "time",
        "br",
        "hr",
        "mark",
    ]
)
_VOID = frozenset(("br", "hr"))
#: Dropped with all that is in them.
_SILENT = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "head",
        "title",
        "form",
        "button",
        "select",
        "textarea",
        "input",
        "label",
        "nav",
        "option",
        "canvas",
        "map",
    ]
)
#: Shown as a box that says what stood there.
_THINGS = {
    "iframe": "src", "embed": "src", "video": "src", "audio": "src", "source": "src", "img": "src",
    "object": "data",
}  # fmt: skip
_LONGEST = 300


def inert_html(root: HtmlElement) -> str:
    """The body of a page as HTML of kept tags without attributes; every text and address escaped."""
    body = next(iter(root.iter("body")), root)
    return "".join(_markup(body))


def _markup(body: HtmlElement) -> Iterator[str]:
    silent: HtmlElement | None = None
    for event, element in iterwalk(body, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if silent is None and element.tail:
                yield html.escape(element.tail)
            continue
        tag = str(element.tag).lower()
        if event == "start":
            if silent is None and tag in _SILENT:
                silent = element
            elif silent is None:
                yield from _opened(element, tag)
        else:
            if silent is None:
                yield _closed(element, tag)
            elif silent is element:
                silent = None
            if silent is None and element.tail and element is not body:
                yield html.escape(element.tail)


def _opened(element: HtmlElement, tag: str) -> Iterator[str]:
    marked = element.get(MARK) is not None
    if marked:
        yield "<mark>"
    if tag in _THINGS:
        told = element.get(_THINGS[tag]) or element.get("data-src") or element.get("alt") or ""
        yield f'<span class="thing">{tag}: {html.escape(told[:_LONGEST])}</span>'
    elif tag == "a":
        yield f'<span class="link" title="{html.escape((element.get("href") or "")[:_LONGEST])}">'
    elif tag in _KEPT:
        yield f"<{tag}>"
    if element.text:
        yield html.escape(element.text)


def _closed(element: HtmlElement, tag: str) -> str:
    end = "</span>" if tag == "a" else f"</{tag}>" if tag in _KEPT - _VOID else ""
    return end + ("</mark>" if element.get(MARK) is not None else "")
