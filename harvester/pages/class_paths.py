"""CSS selectors of tags, classes and plain attributes, answered from what is known of a page.

An XPath for `.entry-content` looks at every element's class; what bears a class is known from the
page's marks, and libxml2 finds the elements of one tag many times faster than XPath does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from lxml.html import HtmlElement

from harvester.pages.marks import Marks

# "time.published", "a[rel~='category']", "meta[itemprop='date']"; no id, negation, ">" or ",".
_STEP = re.compile(
    r"(?P<tag>[a-z][a-z0-9]*)?(?P<classes>(?:\.[A-Za-z_][\w-]*)*)"
    r"(?:\[(?P<name>[a-z-]+)(?:(?P<how>~?=)'(?P<value>[\w-]+)')?\])?"
)
# White space that parts the words of an attribute beside the plain space.
_SPACES = re.compile(r"[\t\r\n]")


@dataclass(frozen=True, slots=True)
class _Step:
    """What one element of a path is: its tag, its classes, an attribute and its value or a word of it."""

    tag: str
    classes: tuple[str, ...]
    name: str | None
    how: str | None
    value: str

    def fits(self, element: HtmlElement) -> bool:
        if self.tag and element.tag != self.tag:
            return False
        if self.classes:
            borne = _words(element.get("class"))
            if not all(f" {name} " in borne for name in self.classes):
                return False
        if self.name is None:
            return True
        given = element.get(self.name)
        if self.how == "=":
            return bool(given == self.value)
        return given is not None and (self.how is None or f" {self.value} " in _words(given))

    def candidates(self, node: HtmlElement, marks: Marks) -> Iterable[HtmlElement]:
        """Elements among which all are that fit, in document order."""
        return marks.bearing(self.classes[0]) if self.classes else node.iter(self.tag)


@dataclass(frozen=True, slots=True)
class ClassPath:
    """Steps of which each stands somewhere inside the one before."""

    steps: tuple[_Step, ...]

    @classmethod
    def read(cls, css: str) -> Self | None:
        """The path a selector is, or None for a selector of another kind."""
        found = [_STEP.fullmatch(step) for step in css.split()]
        steps = tuple(
            _Step(m["tag"] or "", tuple(m["classes"].split(".")[1:]), m["name"], m["how"], m["value"] or "")
            for m in found
            if m is not None
        )  # fmt: skip
        told = all(step.tag or step.classes for step in steps)
        return cls(steps) if steps and told and len(steps) == len(found) else None

    def elements(self, node: HtmlElement, marks: Marks) -> list[HtmlElement]:
        """The elements of the path inside a node of the marked page, in document order."""
        last = self.steps[-1]
        found = last.candidates(node, marks)
        return [e for e in found if last.fits(e) and self._stands_in(e, node)]

    def _stands_in(self, element: HtmlElement, node: HtmlElement) -> bool:
        """True where an element is a node or inside it, and the path's other steps around it too."""
        due = list(self.steps[:-1])
        if element is node:
            return not due
        for ancestor in element.iterancestors():
            if due and due[-1].fits(ancestor):
                due.pop()
            if ancestor is node:
                return not due
        return False


def _words(value: str | None) -> str:
    """An attribute's words, a space around each."""
    return f" {_SPACES.sub(' ', value or '')} "
