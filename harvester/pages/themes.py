"""Themes: where a page's content, title and metadata stand. The knowledge is `themes.toml`.

A theme is chosen by the classes and ids a page bears, gathered in one pass; only the chosen
theme's selectors are then evaluated.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from harvester.pages.class_paths import ClassPath
from harvester.pages.document import elements
from harvester.pages.marks import ELSEWHERE, ITEM, KEEP, REMOVE, Marks, page_marks
from harvester.pages.selectors import SelectorSets, SimpleSelectors

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


class Theme:
    """One theme of `themes.toml`: its name and its compiled selectors, common ones behind its own."""

    def __init__(self, table: dict[str, Any], common: dict[str, Any]) -> None:
        self.name: str = table["name"]
        self.when = SimpleSelectors(table["when"])
        self._css = {f: [*table.get(f, ()), *common.get(f, ())] for f in _FIELDS}
        self._compiled: dict[str, tuple[_Selector, ...]] = {}

    def select(
        self, field: str, node: HtmlElement, marks: Marks | None = None
    ) -> Iterator[HtmlElement]:
        """Every element a field's selectors find inside a node, selector by selector."""
        for group in self.groups(field, node, marks):
            yield from group

    def first_found(
        self, field: str, node: HtmlElement, marks: Marks | None = None
    ) -> list[HtmlElement]:
        """The elements of the first selector of a field that finds any."""
        return next((group for group in self.groups(field, node, marks) if group), [])

    def groups(
        self, field: str, node: HtmlElement, marks: Marks | None = None
    ) -> Iterator[list[HtmlElement]]:
        """What each selector of a field finds inside a node, in the order of the selectors.

        ``marks`` are those of the node's page: with them few selectors need a search.
        """
        if field not in self._compiled:
            self._compiled[field] = tuple(_Selector(css) for css in self._css[field])
        for selector in self._compiled[field]:
            yield selector.elements(node, marks)


class _Selector:
    """A CSS selector: answered from a page's marks where it asks for all of the page, else searched for."""

    def __init__(self, css: str) -> None:
        self._needed = _classes_needed(css)
        self._path = ClassPath.read(css)
        self._search = CSSSelector(css, translator="html")

    def elements(self, node: HtmlElement, marks: Marks | None) -> list[HtmlElement]:
        """The elements it finds inside a node, in document order."""
        if marks is not None:
            if not self._needed <= marks.classes:
                return []
            if self._path is not None and node is marks.root:
                return self._path.elements(marks)
        return elements(self._search, node)


@dataclass(frozen=True, slots=True)
class Themes:
    """All themes, in the order in which they are tried, and what is common to them."""

    themes: tuple[Theme, ...]
    asked: SelectorSets
    excerpt: SimpleSelectors

    def of(self, marks: Marks) -> Theme:
        """The theme of a page that bears these marks; the last, generic one fits any."""
        return next(
            theme
            for theme in self.themes
            if theme.when.match_any(marks.ids, marks.classes) or marks.has_tag(theme.when.tags)
        )

    def named(self, name: str) -> Theme:
        """The theme of that name. Raises KeyError."""
        for theme in self.themes:
            if theme.name == name:
                return theme
        raise KeyError(name)

    def marks(self, root: HtmlElement) -> Marks:
        """The marks of a page."""
        return page_marks(root, self.asked)


@functools.cache
def themes() -> Themes:
    """The themes of `themes.toml`. Raises ValueError where the file is wrong."""
    return read_themes(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def read_themes(data: dict[str, Any]) -> Themes:
    """The themes a parsed TOML document describes."""
    common = data["common"]
    elsewhere, remove, keep, item, excerpt = (
        SimpleSelectors(common[name]) for name in ("elsewhere", "remove", "keep", "item", "excerpt")
    )
    return Themes(
        tuple(Theme(table, common) for table in data["theme"]),
        SelectorSets({ELSEWHERE: elsewhere, REMOVE: remove, KEEP: keep, ITEM: item}),
        excerpt,
    )


def _classes_needed(css: str) -> frozenset[str]:
    """The classes without which a selector finds nothing on a page."""
    return frozenset(_CLASS.findall(_NO_CLASSES.sub("", css))) if "," not in css else frozenset()
