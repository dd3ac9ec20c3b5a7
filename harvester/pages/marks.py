"""The marks of a page: its tags, ids and classes, and the nodes that are never content."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
# What links to the posts before and after this one: their titles are not this page's words.
_NEIGHBOURS = frozenset(("prev", "next"))
# Frames of everything, and what holds nothing.
_NEVER_REMOVED = frozenset(("html", "body", "main", "br"))
_IDS = XPath("descendant-or-self::*/@id")
_CLASSES = XPath("descendant-or-self::*/@class")
_HIDING = XPath("descendant-or-self::*/@style|descendant-or-self::*/@hidden")
_RELATIONS = XPath("descendant-or-self::a/@rel")


@dataclass(frozen=True, slots=True)
class Marks:
    """What one look at a page gathers."""

    tags: frozenset[str]
    ids: frozenset[str]
    removed: frozenset[HtmlElement]
    elsewhere: frozenset[HtmlElement]  # those of the removed that speak of other pages
    items: tuple[HtmlElement, ...]
    bearers: Mapping[str, list[Any]]  # the attributes that name a class, by class

    @property
    def classes(self) -> AbstractSet[str]:
        """Every class of the page."""
        return self.bearers.keys()

    def bearing(self, name: str) -> list[HtmlElement]:
        """The elements that bear a class, in document order."""
        return list(dict.fromkeys(value.getparent() for value in self.bearers.get(name, ())))


def page_marks(root: HtmlElement, asked: SelectorSets) -> Marks:
    """The marks of a page. The tree is walked for its tags alone: libxml2 finds the attributes."""
    marked = _Marked(root, asked)
    tags: set[str] = set()
    removed: list[HtmlElement] = []
    elsewhere: list[HtmlElement] = []
    items: list[HtmlElement] = []
    of_tag, of_element = asked.of_tag, marked.said.get
    for element in root.iter(Element):
        tag = element.tag
        tags.add(tag)
        said = of_tag[tag] | of_element(element, 0)
        if tag == "template":
            said |= REMOVE
        if not said or tag in _NEVER_REMOVED:
            continue
        if said & (ELSEWHERE | REMOVE):
            if not said & KEEP:
                removed.append(element)
                if said & ELSEWHERE:
                    elsewhere.append(element)
        elif said & ITEM:
            items.append(element)
    return Marks(
        frozenset(tags),
        frozenset(marked.ids),
        frozenset(removed),
        frozenset(elsewhere),
        tuple(items),
        marked.bearers,
    )


class _Marked:
    """A page's ids, the bearers of its classes, and what is said of the elements whose attributes say something."""

    def __init__(self, root: HtmlElement, asked: SelectorSets) -> None:
        self.ids: set[str] = set()
        self.bearers: dict[str, list[Any]] = {}
        self.said: dict[HtmlElement, int] = {}
        for value in _values(_IDS, root):
            if value:
                self.ids.add(value)
                self._add(value, asked.of_id[value])
        for value in _values(_CLASSES, root):
            self._classes(value, value.split(), asked)
        for value in _values(_HIDING, root):
            if _is_hidden(value.getparent()):
                self._add(value, REMOVE)
        for value in _values(_RELATIONS, root):
            # A link to the post before or after this one, in whatever frame a theme puts it.
            if not _NEIGHBOURS.isdisjoint(value.split()):
                self._add(value, ELSEWHERE)

    def _classes(self, value: Any, names: list[str], asked: SelectorSets) -> None:
        said = 0
        for name in names:
            self.bearers.setdefault(name, []).append(value)
            said |= asked.of_class[name]
            if name in asked.paired:
                said |= asked.of_pair(value.getparent().tag, name)
        self._add(value, said)

    def _add(self, value: Any, said: int) -> None:
        """Note what is said of the element that bears an attribute."""
        if said:
            element = value.getparent()
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
