"""The marks of a page: its tags, ids and classes, and the nodes that are never content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from lxml.etree import Element, XPath
from lxml.html import HtmlElement

from harvester.pages.selectors import SelectorSets

#: What sets of selectors say of an element, as bits of one answer.
ELSEWHERE, REMOVE, KEEP, ITEM = 1, 2, 4, 8

# Moved off the screen: how injected links are hidden. Must not match "display:none", which toggles use,
# nor the small shifts of a layout ("left: -12px").
_OFF_SCREEN = re.compile(
    r"(?:^|[;\s])(?:left|right|top|text-indent|margin-left)\s*:\s*-\d{3,}(?:px|em|rem)", re.I
)
_OWN_NUMBER = re.compile(r"(?:postid|page-id)-(\d+)")
# What links to the posts before and after this one: their titles are not this page's words.
_NEIGHBOURS = frozenset(("prev", "next"))
# Frames of everything, and what holds nothing.
_NEVER_REMOVED = frozenset(("html", "body", "main", "br"))
_HIDING = XPath("descendant-or-self::*/@style|descendant-or-self::*/@hidden")
_RELATIONS = XPath("descendant-or-self::a/@rel")


@dataclass(frozen=True, slots=True)
class Marks:
    """What one look at a page gathers."""

    root: HtmlElement
    ids: AbstractSet[str]
    classes: AbstractSet[str]  # every class of the page
    named: Sequence[tuple[HtmlElement, AbstractSet[str]]]  # what bears classes, and which
    removed: frozenset[HtmlElement]
    elsewhere: frozenset[HtmlElement]  # those of the removed that speak of other pages
    items: tuple[HtmlElement, ...]  # in document order
    number: str | None  # the page's own, see `own_number`
    #: All elements: lxml makes an object anew of each that nobody holds, whenever it is come to.
    held: Sequence[HtmlElement] = ()

    def bearing(self, name: str) -> list[HtmlElement]:
        """The elements that bear a class, in document order."""
        return [element for element, names in self.named if name in names]

    def has_tag(self, tags: AbstractSet[str]) -> bool:
        """True where an element of one of these tags stands on the page."""
        return bool(tags) and next(self.root.iter(*tags), None) is not None


def page_marks(root: HtmlElement, asked: SelectorSets) -> Marks:
    """The marks of a page. Only elements of which the selectors say something are looked at."""
    marked = _Marked(root, asked)
    removed: list[HtmlElement] = []
    elsewhere: list[HtmlElement] = []
    items: list[HtmlElement] = []
    for element, said in marked.said.items():
        if element.tag in _NEVER_REMOVED:
            continue
        if said & (ELSEWHERE | REMOVE):
            if not said & KEEP:
                removed.append(element)
                if said & ELSEWHERE:
                    elsewhere.append(element)
        elif said & ITEM:
            items.append(element)
    if len(items) > 1:
        found = frozenset(items)
        items = [element for element in root.iter(Element) if element in found]
    return Marks(
        root,
        marked.ids,
        frozenset().union(*(names for _, names in marked.named)),
        marked.named,
        frozenset(removed),
        frozenset(elsewhere),
        tuple(items),
        own_number(root),
        marked.held,
    )


def own_number(node: HtmlElement) -> str | None:
    """The WordPress number the body's classes give the page, as text; None on archives."""
    body = next(iter(node.getroottree().getroot().iter("body")), None)
    match = _OWN_NUMBER.search((body.get("class") or "") if body is not None else "")
    return match.group(1) if match else None


class _Marked:
    """A page's ids, what bears classes, and what is said of each element that is spoken of."""

    def __init__(self, root: HtmlElement, asked: SelectorSets) -> None:
        self.ids: set[str] = set()
        self.named: list[tuple[HtmlElement, AbstractSet[str]]] = []
        self.said: dict[HtmlElement, int] = {}
        # Asking every element is cheaper than XPaths for attributes, whose values know their elements.
        self.held: list[HtmlElement] = list(root.iter("*"))
        for element in self.held:
            said = 0
            attribute = element.get("class")
            if attribute:
                names, said, paired = asked.of_classes[attribute]
                self.named.append((element, names))
                for name in paired:
                    said |= asked.of_pair.get((element.tag, name), 0)
            identity = element.get("id")
            if identity:
                self.ids.add(identity)
                said |= asked.of_id[identity]
            if said:
                self.said[element] = said
        for element in root.iter("template", *asked.of_tag):
            hidden = REMOVE if element.tag == "template" else 0
            self._add(element, asked.of_tag.get(element.tag, 0) | hidden)
        for value in _values(_HIDING, root):
            if _is_hidden(value.getparent()):
                self._add(value.getparent(), REMOVE)
        for value in _values(_RELATIONS, root):
            # A link to the post before or after this one, in whatever frame a theme puts it.
            if not _NEIGHBOURS.isdisjoint(value.split()):
                self._add(value.getparent(), ELSEWHERE)

    def _add(self, element: HtmlElement, said: int) -> None:
        self.said[element] = self.said.get(element, 0) | said


def _values(path: XPath, root: HtmlElement) -> list[Any]:
    """The values of the attributes an XPath finds; each knows its element."""
    found = path(root)
    return found if isinstance(found, list) else []


def _is_hidden(element: HtmlElement) -> bool:
    """Hidden from every reader; what a closed toggle or a lazy player hides for a moment is not."""
    if element.get("hidden") is not None and element.tag != "iframe":
        return True
    style = element.get("style")
    return style is not None and _OFF_SCREEN.search(style) is not None
