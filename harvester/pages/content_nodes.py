"""Where a page's content stands: the nodes a theme's selectors find, outside of what is no content."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from harvester.pages.document import is_inside
from harvester.pages.marks import Marks
from harvester.pages.themes import Theme

# Elements that show something without text.
_SHOWING = frozenset(("iframe", "video", "embed", "object", "img", "lite-youtube", "amp-youtube"))

# The number WordPress gives a post's node: "post-12", not "post-12-bilder" nor "fl-post-12".
_POST_NUMBER = re.compile(r"(?:^|\s)post-(\d+)(?!\S)")
# What says something in a text, each once: none of them stands inside another.
_SPEAKING = ("p", "h2", "h3", "h4", "li")
# Fewer words than these do not show where a page's content stands.
_FEWEST_WORDS = 20
# The share of a page's words that its content holds at least.
_MOST = 0.6


def content_nodes(root: HtmlElement, theme: Theme, marks: Marks) -> list[HtmlElement]:
    """The content nodes of the first selector that finds any outside what is removed.

    Nodes inside another found node, and empty ones beside a filled one, do not count; nor does
    a post that an archive module or a related-posts list shows on the page.
    """
    outer = _first_kept(root, theme, marks)
    filled = [n for n in outer if _has_content(n, marks.removed)]
    if len(filled) > 1:
        items = frozenset(marks.items)
        queried = [
            n for n in filled if not is_inside(n, items) or _inside_main_article(n, marks.number)
        ]
        filled = queried or filled
    if len(filled) > 1 and not _share_parent(filled):
        filled = _of_the_post(filled, marks.number) or filled
    if len(filled) > 1 and _share_parent(filled):
        # Sections a builder lays side by side are one content: their common parent holds it.
        parent = filled[0].getparent()
        if parent is not None:
            return [parent]
    return filled or outer[:1]


def densest_node(root: HtmlElement, marks: Marks) -> HtmlElement | None:
    """The smallest node that holds most words of a post's paragraphs, where no selector knows one.

    Refused: pages that WordPress does not number (no post, no page) and those that say too little
    to tell the content from the frame.
    """
    if marks.number is None:
        return None
    words: dict[HtmlElement, int] = {}
    for element in root.iter(*_SPEAKING):
        if is_inside(element, marks.removed):
            continue
        said = len("".join(element.itertext()).split())
        for ancestor in element.iterancestors():
            words[ancestor] = words.get(ancestor, 0) + said
    body = next(iter(root.iter("body")), root)
    total = words.get(body, 0)
    if total < _FEWEST_WORDS:
        return None
    node: HtmlElement = body
    while True:
        child = max(node, key=lambda c: words.get(c, 0), default=None)
        if child is None or words.get(child, 0) < _MOST * total:
            return None if node is body else node
        node = child


def finds_content(root: HtmlElement, theme: Theme, marks: Marks) -> bool:
    """True where a theme's selectors find anything, empty or hidden, that is not the frame's."""
    return any(
        not is_inside(n, marks.elsewhere) and not _of_another(n, marks.number)
        for group in theme.groups("content", root, marks)
        for n in group
    )


def _first_kept(root: HtmlElement, theme: Theme, marks: Marks) -> list[HtmlElement]:
    """The outermost nodes of the first selector of which any holds content."""
    own = marks.number
    for group in theme.groups("content", root, marks):
        among = frozenset(group)
        outer = [n for n in group if not any(a in among for a in n.iterancestors())]
        kept = [n for n in outer if not is_inside(n, marks.removed) and not _of_another(n, own)]
        if any(_has_content(n, marks.removed) for n in kept):
            return kept
    return []


def _has_content(node: HtmlElement, removed: frozenset[HtmlElement]) -> bool:
    """True where a node holds text or something to see outside what is removed."""
    stack = [node]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element in removed:
            continue
        if element.tag in _SHOWING or (element.text and not element.text.isspace()):
            return True
        if any(child.tail and not child.tail.isspace() for child in element):
            return True
        stack.extend(reversed(element))
    return False


def _inside_main_article(node: HtmlElement, own: str | None) -> bool:
    """True where the article around a node is the page's own: the body names its number."""
    return own is not None and any(a.get("id") == f"post-{own}" for a in node.iterancestors())


def _of_another(node: HtmlElement, own: str | None) -> bool:
    """True where a node bears the number of another post than the page's own."""
    numbers = _POST_NUMBER.findall(node.get("class") or "") if own else []
    return bool(numbers) and own not in numbers


def _of_the_post(nodes: Sequence[HtmlElement], own: str | None) -> list[HtmlElement]:
    """The one of several nodes in the article whose number the body names; none where not one is."""
    if own is None:
        return []
    name = f"post-{own}"
    found = [n for n in nodes if any(a.get("id") == name for a in (n, *n.iterancestors()))]
    return found if len(found) == 1 else []


def _share_parent(nodes: Sequence[HtmlElement]) -> bool:
    parent = nodes[0].getparent()
    return all(n.getparent() is parent and "et_pb_section" in (n.get("class") or "") for n in nodes)
