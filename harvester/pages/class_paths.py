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

# "time.published", "time.updated:not(.published)", "a[rel~='category']", "meta[itemprop='date']"; no id, other
# negation, ">" or ",".
_STEP = re.compile(
    r"(?P<tag>[a-z][a-z0-9]*)?(?P<classes>(?:\.[A-Za-z_][\w-]*)*)(?::not\(\.(?P<without>[A-Za-z_][\w-]*)\))?"
    r"(?:\[(?P<name>[a-z-]+)(?:(?P<how>~?=)'(?P<value>[\w-]+)')?\])?"
)
# White space that parts the words of an attribute beside the plain space.
_SPACES = re.compile(r"[\t\r\n]")


@dataclass(frozen=True, slots=True)
class _Step:
    """What one element of a path is: its tag, its classes, one it lacks, an attribute and its value or a word of it."""

    tag: str
    classes: tuple[str, ...]
    without: str | None
    name: str | None
    how: str | None
    value: str

    def fits(self, element: HtmlElement) -> bool:
        if self.tag and element.tag != self.tag:
            return False
        if self.classes or self.without is not None:
            borne = _words(element.get("class"))
            if not all(f" {name} " in borne for name in self.classes):
                return False
            if self.without is not None and f" {self.without} " in borne:
                return False
        if self.name is None:
            return True
        given = element.get(self.name)
        if self.how == "=":
            return bool(given == self.value)
        return given is not None and (self.how is None or f" {self.value} " in _words(given))

    def candidates(self, marks: Marks) -> Iterable[HtmlElement]:
        """Elements of a page among which all are that fit, in document order."""
        return marks.bearing(self.classes[0]) if self.classes else marks.root.iter(self.tag)


@dataclass(frozen=True, slots=True)
class ClassPath:
    """Steps of which each stands somewhere inside the one before."""

    steps: tuple[_Step, ...]

    @classmethod
    def read(cls, css: str) -> Self | None:
        """The path a selector is, or None for a selector of another kind."""
        found = [_STEP.fullmatch(step) for step in css.split()]
        steps = tuple(
            _Step(
                m["tag"] or "", tuple(m["classes"].split(".")[1:]), m["without"], m["name"], m["how"], m["value"] or ""
            )
            for m in found
            if m is not None
        )  # fmt: skip
        told = all(step.tag or step.classes for step in steps)
        return cls(steps) if steps and told and len(steps) == len(found) else None

    def elements(self, marks: Marks) -> list[HtmlElement]:
        """The elements of the path on a marked page, in document order."""
        found: list[HtmlElement] = []
        for n, step in enumerate(self.steps):
            fitting = [e for e in step.candidates(marks) if step.fits(e)]
            found = _inside(fitting, frozenset(found)) if n else fitting
            if not found:
                break
        return found


def _inside(elements: Iterable[HtmlElement], outer: frozenset[HtmlElement]) -> list[HtmlElement]:
    """Those that stand inside an outer element; what is around several is looked at once."""
    known: dict[HtmlElement, bool] = {}  # whether an element is an outer one or inside one
    found: list[HtmlElement] = []
    for element in elements:
        inside, looked_at = False, []
        for ancestor in element.iterancestors():
            inside = known.get(ancestor, ancestor in outer)
            looked_at.append(ancestor)
            if inside or ancestor in known:
                break
        known |= dict.fromkeys(looked_at, inside)
        if inside:
            found.append(element)
    return found


def _words(value: str | None) -> str:
    """An attribute's words, a space around each."""
    return f" {_SPACES.sub(' ', value)} " if value else ""
