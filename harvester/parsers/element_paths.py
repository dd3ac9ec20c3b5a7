"""Where an element stands: the path that lxml's ``getpath`` gives, for many elements of one page."""

from __future__ import annotations

from lxml.etree import Comment
from lxml.html import HtmlElement

# So many paths are asked of lxml, which is faster for each and counts an element's siblings anew:
# on a page of ten thousand paragraphs in a row that is a hundred million steps.
_FEW = 500


class ElementPaths:
    """The paths of a tree's elements, in time with the size of the tree however many are asked for."""

    def __init__(self, root: HtmlElement) -> None:
        self._getpath = root.getroottree().getpath
        self._asked = 0
        self._steps: dict[HtmlElement, str] = {}  # "p[3]", of all children of a parent or of none
        self._paths: dict[HtmlElement, str] = {}

    def __call__(self, element: HtmlElement) -> str:
        """An element's path from the root of its tree."""
        self._asked += 1
        if self._asked <= _FEW:
            return str(self._getpath(element))
        above: list[HtmlElement] = []
        around: HtmlElement | None = element
        while around is not None and around not in self._paths:
            above.append(around)
            around = around.getparent()
        path = self._paths[around] if around is not None else ""
        for inner in above[::-1]:
            path = f"{path}/{self._step(inner)}"
            if inner is not element:
                self._paths[inner] = path  # what is around one element is around others
        return path

    def _step(self, element: HtmlElement) -> str:
        step = self._steps.get(element)
        if step is not None:
            return step
        parent = element.getparent()
        if parent is None:
            return str(element.tag)
        alike: dict[str, list[HtmlElement]] = {}
        for child in parent:
            alike.setdefault("comment()" if child.tag is Comment else str(child.tag), []).append(
                child
            )
        for name, children in alike.items():
            for n, child in enumerate(children, start=1):
                self._steps[child] = f"{name}[{n}]" if len(children) > 1 else name
        return self._steps[element]
