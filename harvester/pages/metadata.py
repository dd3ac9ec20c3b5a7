"""A page's metadata: title, days, byline, categories, each with the place it was read from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from lxml.etree import XPath
from lxml.html import HtmlElement

from harvester.pages.block_text import normalise
from harvester.pages.content import Found
from harvester.pages.document import elements
from harvester.pages.marks import Marks
from harvester.pages.themes import Theme
from harvester.parsers.dates import parse_date_string
from harvester.parsers.element_paths import ElementPaths
from harvester.parsers.element_text import whole_text
from harvester.sites import Site

T = TypeVar("T")

_BODY = XPath("/html/body")
_TEXT_AND_BREAKS = XPath(".//text()|.//br")
_HTML_TITLE = XPath("//head/title|//title")
# " – Site name", " | Site name": what a theme adds to the document's title.
_SITE_SUFFIX = re.compile(r"\s+[–—|«»·-]\s+[^–—|«»·]{2,60}$")
_TYPE_CLASS = re.compile(r"(?:^|\s)(?:single-(?!format)|type-|post-type-)([a-z][\w]*)(?=\s|$)")
_ARCHIVE_CLASSES = frozenset(
    ("archive", "blog", "category", "tag", "author", "date", "search", "post-type-archive", "tax")
)
_PUBLISHED_META = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dcterms.created",
)
_MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified")
_PAGE_ID = re.compile(r"(?:^|\s)page-id-\d")
_POST_ID = re.compile(r"post-\d+")
# Elements right behind a heading in which a theme prints the day, and how many are looked at.
_DAY_TAGS = frozenset(("span", "div", "time", "li", "small", "a", "em"))
_NEAR = 30
# Classes of what tells when a post was changed, not when it was published.
_CHANGED = re.compile(r"updated|modified|changed", re.I)
# What may be a day as a reader sees it: a year in it, no sentence, no machine's "2024-05-05T10:00".
_ALONE = re.compile(r"(?=.{6,30}$)(?!.*\dT\d).*\b(?:19|20)\d\d\b.*")
# "sep 28, 2023 | SCD2023, TALARE": the day stands before the first bar.
_POST_META = re.compile(r"[^|]{4,40}")


class Metadata:
    """Reads one page's metadata; every answer is None where the page does not state it."""

    def __init__(self, root: HtmlElement, theme: Theme, site: Site, marks: Marks) -> None:
        self._root = root
        self._theme = theme
        self._site = site
        self._elsewhere = marks.elsewhere
        self._items = frozenset(marks.items)
        self._own = marks.number
        self._marks = marks
        self._path = ElementPaths(root)
        self._bodies = [body.get("class") or "" for body in elements(_BODY, root)]
        self._metas: dict[str, tuple[HtmlElement, str]] | None = None
        self._linked: list[tuple[HtmlElement, dict[str, Any]]] | None = None

    def title(self) -> Found[str] | None:
        """The page's heading by its theme, else its og:title, else its document title."""
        for element in self._selected("title", self._root):
            text = text_of(element)
            if text:
                raw = text_of(element, line_break="\n")
                return Found(text, raw, self._path(element), "title.heading", 0, len(raw))
        meta = self._meta_named(("og:title",))
        if meta:
            return _attribute(meta[0], meta[1], meta[1], "title.og", self._path)
        for element in elements(_HTML_TITLE, self._root):
            text = normalise(element.text or "")
            value = _SITE_SUFFIX.sub("", text)
            if value:
                return Found(value, value, self._path(element), "title.document", 0, len(value))
        return None

    def published(self) -> Found[date] | None:
        """The local day of publication: metadata, time elements, post meta, linked data."""
        return (
            self._meta_day(_PUBLISHED_META, "published.meta")
            or self.day_in("published", self._root)
            or self._linked_day("datePublished", "published.json_ld")
            or self._day_near_title()
        )

    def modified(self) -> Found[date] | None:
        """The local day of the last change the page states."""
        return (
            self._meta_day(_MODIFIED_META, "modified.meta")
            or self.day_in("modified", self._root)
            or self._linked_day("dateModified", "modified.json_ld")
        )

    def author(self) -> Found[str] | None:
        """The byline."""
        for element in self._selected("author", self._root):
            text = text_of(element)
            if 1 < len(text) < 80:
                return Found(text, text, self._path(element), "author.byline", 0, len(text))
        return None

    def categories(self) -> tuple[Found[str], ...]:
        """Category names, in page order, each once."""
        found: dict[str, Found[str]] = {}
        own: list[HtmlElement] = []
        for group in self._theme.groups("categories", self._root, self._marks):
            own = [e for e in group if self._is_own(e)]
            if own:
                break
        for element in own:
            text = text_of(element)
            if text and text not in found:
                found[text] = Found(
                    text, text, self._path(element), "categories.links", 0, len(text)
                )
        return tuple(found.values())

    def language(self) -> str:
        """The language the document declares; Swedish where it declares none."""
        value = (self._root.get("lang") or "").strip()
        return value if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value) else "sv"

    def canonical(self, fetched: str) -> str:
        """The page's one address: its canonical link where that is credible, else as fetched.

        A canonical link to the front page, to another site or without the site's port is a fault
        of the theme and not believed.
        """
        own = self._site.canonical(fetched)
        links = self._root.iter("link")
        stated = [e.get("href") for e in links if e.get("rel") == "canonical"]
        href = next((href for href in stated if href is not None), None)
        if href is None:
            return own
        try:
            address = self._site.canonical(href.strip())
        except ValueError:
            return own
        return own if address == self._site.canonical("/") else address

    def post_type(self) -> str:
        """The WordPress type the body or article classes name: post, page, news …"""
        for classes in self._bodies:
            match = _TYPE_CLASS.search(classes)
            if match:
                return match.group(1)
            if _PAGE_ID.search(classes):
                return "page"
        return ""

    def is_archive(self) -> bool:
        """True where the body's classes say that this is an archive of posts."""
        return bool(self._bodies) and not _ARCHIVE_CLASSES.isdisjoint(self._bodies[0].split())

    def is_error_page(self) -> bool:
        """True for WordPress' own "not found" page, whatever its status."""
        return any("error404" in classes.split() for classes in self._bodies)

    def day_in(self, field: str, node: HtmlElement) -> Found[date] | None:
        """The day a theme's element states, by its `datetime` attribute or by its text."""
        for element in self._selected(field, node):
            for attribute in ("datetime", "title", "content"):
                value = element.get(attribute)
                day = _day_of(value, self._site) if value else None
                if value and day:
                    return _attribute(
                        element,
                        value,
                        day,
                        f"{field.removeprefix('item_')}.{attribute}",
                        self._path,
                        attribute,
                    )
            text = text_of(element)
            part = _POST_META.match(text)
            if not part or not any(c.isdigit() for c in part.group()):
                continue
            raw = part.group().strip()
            day = _day_of(raw, self._site)
            if day:
                start = text.index(raw)
                return Found(
                    day,
                    raw,
                    self._path(element),
                    f"{field.removeprefix('item_')}.text",
                    start,
                    start + len(raw),
                )
        return None

    def _day_near_title(self) -> Found[date] | None:
        """The day of a post that stands alone in an element right behind its heading.

        Paragraphs are refused: they are the text, and their days are what it speaks of.
        """
        heading = next((h for h in self._root.iter("h1") if self._is_own(h)), None)
        if heading is None or self.post_type() != "post":
            return None
        for element in islice(heading.xpath("following::*"), _NEAR):
            text = text_of(element) if element.tag in _DAY_TAGS and not len(element) else ""
            day = _day_of(text, self._site) if _ALONE.fullmatch(text) else None
            if day and self._is_own(element) and not _CHANGED.search(element.get("class") or ""):
                return Found(day, text, self._path(element), "published.near_title", 0, len(text))
        return None

    def _selected(self, field: str, node: HtmlElement) -> Iterator[HtmlElement]:
        """What a field's selectors find that speaks of this page, not of another it mentions."""
        for element in self._theme.select(field, node, self._marks):
            if self._is_own(element):
                yield element

    def _is_own(self, element: HtmlElement) -> bool:
        if not self._elsewhere and not self._items:
            return True
        for node in (element, *element.iterancestors()):
            if node in self._elsewhere:
                return False
            if self._own and node in self._items and _POST_ID.fullmatch(node.get("id") or ""):
                return bool(node.get("id") == f"post-{self._own}")
        return True

    def _meta_named(self, names: tuple[str, ...]) -> tuple[HtmlElement, str] | None:
        if self._metas is None:
            self._metas = {}
            for element in self._root.iter("meta"):
                called = [element.get(key) for key in ("property", "name", "itemprop")]
                content = element.get("content")
                if content is not None and any(name is not None for name in called):
                    name = next(filter(None, called), "")
                    self._metas.setdefault(name.lower(), (element, content))
        return next((self._metas[name] for name in names if name in self._metas), None)

    def _meta_day(self, names: tuple[str, ...], rule: str) -> Found[date] | None:
        meta = self._meta_named(names)
        day = _day_of(meta[1], self._site) if meta else None
        return _attribute(meta[0], meta[1], day, rule, self._path) if meta and day else None

    def _linked_day(self, key: str, rule: str) -> Found[date] | None:
        for element, item in self._linked_items():
            value = item.get(key)
            if not isinstance(value, str):
                continue
            day = _day_of(value, self._site)
            if day:
                start = max(normalise(element.text or "").find(value), 0)
                return Found(day, value, self._path(element), rule, start, start + len(value))
        return None

    def _linked_items(self) -> list[tuple[HtmlElement, dict[str, Any]]]:
        if self._linked is None:
            self._linked = []
            for element in self._root.iter("script"):
                if element.get("type") != "application/ld+json":
                    continue
                try:
                    data = json.loads(element.text or "")
                except (ValueError, RecursionError):
                    continue
                self._linked.extend((element, item) for item in _linked_objects(data))
        return self._linked


def text_of(element: HtmlElement, *, line_break: str = " ") -> str:
    """The normalised text of a short element, with what a ``<br>`` in it shall be."""
    if next(element.iter("br"), None) is None:
        return normalise(whole_text(element).replace("\n", " "))
    found = _TEXT_AND_BREAKS(element)
    pieces = found if isinstance(found, list) else []
    texts = (p.replace("\n", " ") if isinstance(p, str) else line_break for p in pieces)
    return normalise("".join(texts))


def with_digest(found: Found[T] | None, digest: str) -> Found[T] | None:
    """The same finding, said to stand in a body unless it already names its own."""
    return replace(found, digest=found.digest or digest) if found else None


def _attribute(
    element: HtmlElement, raw: str, value: Any, rule: str, path: Any, name: str = "content"
) -> Found[Any]:
    return Found(value, raw, f"{path(element)}/@{name}", rule, 0, len(raw))


def _day_of(text: str, site: Site) -> date | None:
    """The local day a whole string states. A time in UTC is brought to the site's zone first.

    A post of 00:30 Swedish time belongs to its Swedish day; SEO plugins write its time in UTC.
    """
    value = parse_date_string(text)
    if isinstance(value, datetime):
        if value.tzinfo is not None and value.utcoffset() == UTC.utcoffset(None):
            value = value.astimezone(ZoneInfo(site.timezone))
        return value.date()
    return value


def _linked_objects(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(data, list):
        for item in data[:50]:
            yield from _linked_objects(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _linked_objects(data.get("@graph", []), depth + 1)
