"""Where a page's content stands: the nodes a theme's selectors find, outside of what is no content."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from harvester.pages.metadata import own_number
from harvester.pages.themes import Marks, Theme

# Elements that show something without text.
_SHOWING = frozenset(("iframe", "video", "embed", "object", "img", "lite-youtube", "amp-youtube"))


def content_nodes(root: HtmlElement, theme: Theme, marks: Marks) -> list[HtmlElement]:
    """The content nodes of the first selector that finds any outside what is removed.

    Nodes inside another found node, and empty ones beside a filled one, do not count; nor does
    a post that an archive module or a related-posts list shows on the page.
    """
    outer = _first_kept(root, theme, marks)
    filled = [n for n in outer if _has_content(n, marks.removed)]
    if len(filled) > 1:
        items = frozenset(marks.items)
        queried = [n for n in filled if not is_removed(n, items) or _inside_main_article(n)]
        filled = queried or filled
    if len(filled) > 1 and _share_parent(filled):
        # Sections a builder lays side by side are one content: their common parent holds it.
        parent = filled[0].getparent()
        if parent is not None:
            return [parent]
    return filled or outer[:1]


def is_removed(node: HtmlElement, removed: frozenset[HtmlElement]) -> bool:
    """True where a node is one of the removed ones or stands inside one."""
    return node in removed or any(a in removed for a in node.iterancestors())


def _first_kept(root: HtmlElement, theme: Theme, marks: Marks) -> list[HtmlElement]:
    """The outermost nodes of the first selector of which any holds content."""
    for group in theme.groups("content", root, marks.classes):
        among = frozenset(group)
        outer = [n for n in group if not any(a in among for a in n.iterancestors())]
        kept = [n for n in outer if not is_removed(n, marks.removed)]
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


def _inside_main_article(node: HtmlElement) -> bool:
    """True where the article around a node is the page's own: the body names its number."""
    own = own_number(node)
    return own is not None and any(a.get("id") == f"post-{own}" for a in node.iterancestors())


def _share_parent(nodes: Sequence[HtmlElement]) -> bool:
    parent = nodes[0].getparent()
    return all(n.getparent() is parent and "et_pb_section" in (n.get("class") or "") for n in nodes)
