"""What a block is: a heading, a paragraph, a list's item; told by its tag, or by a builder's class."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lxml.html import HtmlElement

from harvester.pages.markup_classes import CAPTION_CLASSES, HEADING_CLASSES


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    QUOTE = "quote"
    CELL = "cell"
    FILM = "film"
    DOCUMENT = "document"  # shown in a frame, without text of its own


_KINDS: Mapping[str, BlockKind] = {
    **{f"h{n}": BlockKind.HEADING for n in range(1, 7)},
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "figcaption": BlockKind.CAPTION,
    "blockquote": BlockKind.QUOTE,
    "td": BlockKind.CELL,
    "th": BlockKind.CELL,
}
# Elements around many blocks: what they are called says nothing of each.
_WRAPS_MANY = frozenset(("ul", "ol", "table", "article", "section", "main", "body"))


def kind_of(owner: HtmlElement) -> tuple[BlockKind, int]:
    """Kind and heading level of the block an element owns; page builders mark headings by class."""
    element: HtmlElement | None = owner
    for _ in range(3):  # the mark may stand on a wrapper of the paragraph
        if element is None:
            break
        tag = element.tag
        kind = _KINDS.get(tag) if isinstance(tag, str) else None
        if kind is BlockKind.HEADING:
            return kind, int(tag[1])
        classes = element.get("class")
        # Both patterns hold one of these words; most classes hold none.
        if classes and ("header" in classes or "title" in classes or "caption" in classes):
            if HEADING_CLASSES.search(classes):
                return BlockKind.HEADING, 4
            if CAPTION_CLASSES.search(classes):
                return BlockKind.CAPTION, 0
        if kind is not None:
            return kind, 0
        if tag in _WRAPS_MANY:
            break
        element = element.getparent()
    return BlockKind.PARAGRAPH, 0
