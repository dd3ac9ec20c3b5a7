"""Themes: where a page's content, title and metadata stand. The knowledge is `themes.toml`.

A theme is chosen by the classes and ids a page bears, gathered in one pass; only the chosen
theme's selectors are then evaluated.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from harvester.pages.document import elements

_FILE = Path(__file__).with_name("themes.toml")
_FIELDS = (
    "content",
    "title",
    "published",
    "modified",
    "author",
    "categories",
    "item_title",
    "item_content",
    "item_published",
)
# What of a selector says nothing of the classes it needs: negations, attributes.
_NO_CLASSES = re.compile(r":not\([^)]*\)|\[[^\]]*\]")
_CLASS = re.compile(r"\.([\w-]+)")
# Moved off the screen: how injected links are hidden. Must not match "display:none", which toggles use,
# nor the small shifts of a layout ("left: -12px").
_OFF_SCREEN = re.compile(
    r"(?:^|[;\s])(?:left|right|top|text-indent|margin-left)\s*:\s*-\d{3,}(?:px|em|rem)", re.I
)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#])?([\w-]*)(\*)?")
_PART = re.compile(r"\.\*([\w-]+)\*")
# What links to the posts before and after this one: their titles are not this page's words.
_NEIGHBOURS = frozenset(("prev", "next"))


class SimpleSelectors:
    """A set of ``tag``, ``.class``, ``#id``, ``tag.class`` selectors (a trailing ``*`` is a prefix).

    ``.*word*`` selects what bears a class with that word in it.

    Matching an element costs a few set look-ups, however many selectors there are.
    """

    def __init__(self, selectors: Sequence[str]) -> None:
        self.everything = "*" in selectors
        self._tags: set[str] = set()
        self._ids: set[str] = set()
        self._classes: set[str] = set()
        self._tag_classes: set[tuple[str, str]] = set()
        prefixes: list[str] = []
        self._parts: list[str] = []
        for selector in selectors:
            if selector == "*":
                continue
            part = _PART.fullmatch(selector)
            if part is not None:
                self._parts.append(part.group(1))
                continue
            match = _SIMPLE.fullmatch(selector)
            if match is None or not selector:
                raise ValueError(
                    f"themes.toml: {selector!r} is no simple selector (tag, .class, #id, prefix*, .*part*)"
                )
            tag, mark, name, prefix = match.groups()
            if prefix:
                prefixes.append(mark + name)
            elif mark == "#":
                self._ids.add(name)
            elif mark == "." and tag:
                self._tag_classes.add((tag, name))
            elif mark == ".":
                self._classes.add(name)
            else:
                self._tags.add(tag or name)
        self._prefixes = tuple(prefixes)

    def match(self, tag: str, identity: str | None, classes: Sequence[str]) -> bool:
        """True where an element of that tag, id and classes is selected."""
        if tag in self._tags or (identity and identity in self._ids):
            return True
        for name in classes:
            if name in self._classes or (tag, name) in self._tag_classes:
                return True
        if any(part in name for name in classes for part in self._parts):
            return True
        if self._prefixes:
            if identity and ("#" + identity).startswith(self._prefixes):
                return True
            return any(("." + name).startswith(self._prefixes) for name in classes)
        return False

    def match_marks(self, marks: Marks) -> bool:
        """True where any element of the page is selected."""
        if self.everything:
            return True
        if not self._classes.isdisjoint(marks.classes) or not self._ids.isdisjoint(marks.ids):
            return True
        if not self._tags.isdisjoint(marks.tags):
            return True
        return bool(self._prefixes) and (
            any(("." + name).startswith(self._prefixes) for name in marks.classes)
            or any(("#" + name).startswith(self._prefixes) for name in marks.ids)
        )


@dataclass(frozen=True, slots=True)
class Marks:
    """What one pass over a page gathers: its tags, ids and classes, and the nodes never content."""

    tags: frozenset[str]
    ids: frozenset[str]
    classes: frozenset[str]
    removed: frozenset[HtmlElement]
    elsewhere: frozenset[HtmlElement]  # those of the removed that speak of other pages
    items: tuple[HtmlElement, ...]


class Theme:
    """One theme of `themes.toml`: its name and its compiled selectors, common ones behind its own."""

    def __init__(self, table: dict[str, Any], common: dict[str, Any]) -> None:
        self.name: str = table["name"]
        self.when = SimpleSelectors(table["when"])
        self._css = {f: [*table.get(f, ()), *common.get(f, ())] for f in _FIELDS}
        self._compiled: dict[str, list[tuple[frozenset[str], CSSSelector]]] = {}

    def select(
        self, field: str, node: HtmlElement, classes: frozenset[str] | None = None
    ) -> Iterator[HtmlElement]:
        """Every element a field's selectors find inside a node, selector by selector."""
        for group in self.groups(field, node, classes):
            yield from group

    def first_found(
        self, field: str, node: HtmlElement, classes: frozenset[str] | None = None
    ) -> list[HtmlElement]:
        """The elements of the first selector of a field that finds any."""
        return next((group for group in self.groups(field, node, classes) if group), [])

    def groups(
        self, field: str, node: HtmlElement, classes: frozenset[str] | None = None
    ) -> Iterator[list[HtmlElement]]:
        """What each selector of a field finds inside a node, in the order of the selectors.

        ``classes`` are those the page bears: a selector that needs others is not tried.
        """
        if field not in self._compiled:
            self._compiled[field] = [
                (_classes_needed(css), CSSSelector(css, translator="html"))
                for css in self._css[field]
            ]
        for needed, selector in self._compiled[field]:
            yield elements(selector, node) if classes is None or needed <= classes else []


@dataclass(frozen=True, slots=True)
class Themes:
    """All themes, in the order in which they are tried, and what is common to them."""

    themes: tuple[Theme, ...]
    elsewhere: SimpleSelectors
    remove: SimpleSelectors
    keep: SimpleSelectors
    item: SimpleSelectors
    excerpt: SimpleSelectors

    def of(self, marks: Marks) -> Theme:
        """The theme of a page that bears these marks; the last, generic one fits any."""
        return next(theme for theme in self.themes if theme.when.match_marks(marks))

    def named(self, name: str) -> Theme:
        """The theme of that name. Raises KeyError."""
        for theme in self.themes:
            if theme.name == name:
                return theme
        raise KeyError(name)

    def marks(self, root: HtmlElement) -> Marks:
        """The marks of a page, in one pass over its elements."""
        tags: set[str] = set()
        ids: set[str] = set()
        classes: set[str] = set()
        removed: list[HtmlElement] = []
        elsewhere: list[HtmlElement] = []
        items: list[HtmlElement] = []
        for element in root.iter():
            tag = element.tag
            if not isinstance(tag, str):
                continue
            tags.add(tag)
            attributes = element.attrib
            identity = attributes.get("id")
            value = attributes.get("class")
            names = value.split() if value else ()
            if identity:
                ids.add(identity)
            classes.update(names)
            if tag in ("html", "body", "main", "br"):
                continue
            foreign = self.elsewhere.match(tag, identity, names) or _leads_to_neighbour(
                element, tag
            )
            if foreign or self.remove.match(tag, identity, names) or _is_hidden(element, tag):
                if not self.keep.match(tag, identity, names):
                    removed.append(element)
                    if foreign:
                        elsewhere.append(element)
            elif names and self.item.match(tag, None, names):
                items.append(element)
        return Marks(
            frozenset(tags),
            frozenset(ids),
            frozenset(classes),
            frozenset(removed),
            frozenset(elsewhere),
            tuple(items),
        )


@functools.cache
def themes() -> Themes:
    """The themes of `themes.toml`. Raises ValueError where the file is wrong."""
    return read_themes(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def read_themes(data: dict[str, Any]) -> Themes:
    """The themes a parsed TOML document describes."""
    common = data["common"]
    return Themes(
        tuple(Theme(table, common) for table in data["theme"]),
        SimpleSelectors(common["elsewhere"]),
        SimpleSelectors(common["remove"]),
        SimpleSelectors(common["keep"]),
        SimpleSelectors(common["item"]),
        SimpleSelectors(common["excerpt"]),
    )


def _classes_needed(css: str) -> frozenset[str]:
    """The classes without which a selector finds nothing on a page."""
    return frozenset(_CLASS.findall(_NO_CLASSES.sub("", css))) if "," not in css else frozenset()


def _leads_to_neighbour(element: HtmlElement, tag: str) -> bool:
    """A link to the post before or after this one, in whatever frame a theme puts it."""
    relation = element.get("rel") if tag == "a" else None
    return relation is not None and not _NEIGHBOURS.isdisjoint(relation.split())


def _is_hidden(element: HtmlElement, tag: str) -> bool:
    """Hidden from every reader; what a closed toggle or a lazy player hides for a moment is not."""
    if tag == "template" or (element.get("hidden") is not None and tag != "iframe"):
        return True
    style = element.get("style")
    return style is not None and _OFF_SCREEN.search(style) is not None
