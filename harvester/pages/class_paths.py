"""CSS selectors of tags and classes alone, answered from the classes a page bears.

An XPath for `.entry-content` looks at every element's class; what bears a class is known from the
page's marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from lxml.html import HtmlElement

from harvester.pages.marks import Marks

# "time.published", ".post-meta .published", "header .title"; no attribute, id, negation, ">" or ",".
_STEP = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<classes>(?:\.[A-Za-z_][\w-]*)*)")
# White space that parts the classes of an attribute beside the plain space.
_SPACES = re.compile(r"[\t\r\n]")


@dataclass(frozen=True, slots=True)
class _Step:
    """A tag and classes that one element bears."""

    tag: str
    classes: tuple[str, ...]

    def fits(self, element: HtmlElement) -> bool:
        if self.tag and element.tag != self.tag:
            return False
        borne = f" {_SPACES.sub(' ', element.get('class') or '')} "
        return all(f" {name} " in borne for name in self.classes)


@dataclass(frozen=True, slots=True)
class ClassPath:
    """Steps of which each stands somewhere inside the one before; the last bears a class."""

    steps: tuple[_Step, ...]

    @classmethod
    def read(cls, css: str) -> Self | None:
        """The path a selector is, or None for a selector of another kind."""
        found = [_STEP.fullmatch(step) for step in css.split()]
        steps = tuple(
            _Step(m["tag"] or "", tuple(m["classes"].split(".")[1:]))
            for m in found
            if m is not None
        )
        return cls(steps) if len(steps) == len(found) and steps and steps[-1].classes else None

    def elements(self, node: HtmlElement, marks: Marks) -> list[HtmlElement]:
        """The elements of the path inside a node of the marked page, in document order."""
        bearers = marks.bearing(self.steps[-1].classes[0])
        return [e for e in bearers if self.steps[-1].fits(e) and self._stands_in(e, node)]

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
