"""One pass over a tree: every place where a film stands, and every heading."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

import lxml.html
from lxml import etree

from harvester.parsers.element_text import whole_text
from harvester.parsers.videos.ids import video_of_bare_id
from harvester.parsers.videos.markup import is_outside_content, vocabulary
from harvester.parsers.videos.model import Form, Purpose, Video
from harvester.parsers.videos.payloads import Payload, may_hold_payload, unwrap
from harvester.parsers.videos.shortcodes import column_breaks, read_shortcodes
from harvester.parsers.videos.surroundings import (
    classes_around,
    form_at,
    in_embed_block,
    is_background,
    is_bold_line,
    is_decoration,
    is_invitation,
    title_at,
    waits_for_consent,
)
from harvester.parsers.videos.texts import addressed_videos
from harvester.parsers.videos.values import Found, ValueReader

#: Frames within `srcdoc` within encoded settings: deeper ones are nobody's page.
MAX_DEPTH = 3

#: Films of one page; a page with more is a machine's list or an attack.
MAX_SIGHTINGS = 2000

#: Longest script that is searched for a player.
MAX_SCRIPT = 400_000


@dataclass(frozen=True, slots=True)
class Sighting:
    """A film seen at an element; `order` counts sightings and headings of a page together."""

    order: int
    element: lxml.html.HtmlElement
    video: Video
    form: Form
    purpose: Purpose
    title: str | None
    column: int  # counts the columns that shortcodes open and close; 0 where there are none


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, or a short paragraph that is bold from end to end."""

    order: int
    element: lxml.html.HtmlElement
    text: str
    column: int


class Walk:
    """What one pass over a tree collects: `sightings` and `headings`, in document order."""

    def __init__(
        self,
        base: str,
        *,
        whole_page: bool = False,
        with_head: bool = True,
        headings: bool = True,
        depth: int = 0,
    ) -> None:
        self.sightings: list[Sighting] = []
        self.headings: list[Heading] = []
        self._whole_page = whole_page  # leave out what frames the page: menus, comments, sidebars
        self._with_head = with_head  # False: a page's own head holds data about it, no content
        self._with_headings = headings
        self._order = 0
        self._column = 0
        # Not a method of its own: a walk in a cycle would keep the page until the next garbage collection.
        self._values = ValueReader(base, functools.partial(_films_in_markup, base, depth))

    def over(self, root: lxml.html.HtmlElement) -> Walk:
        """Collect from a tree."""
        texts = _may_hold_film(whole_text(root))
        # Each entry: an element, whether a link is around it, whether only its tail is due.
        stack: list[tuple[lxml.html.HtmlElement, bool, bool]] = [(root, False, False)]
        while stack and len(self.sightings) < MAX_SIGHTINGS:
            element, linked, tail = stack.pop()
            if tail:
                self._text(element.getparent(), element.tail)
                continue
            if not self._enter(element):
                continue
            linked = linked or (element.tag == "a" and element.get("href") is not None)
            if texts and element.text and not linked:  # of a link, the address decides
                self._text(element, element.text)
            for child in element[::-1]:
                if texts and child.tail and not linked:
                    stack.append((child, linked, True))
                stack.append((child, linked, False))
        return self

    def _see(
        self,
        element: lxml.html.HtmlElement,
        films: list[Found],
        form: Form,
        *,
        background: bool = False,
        column: int = 0,
        around: str | None = None,
    ) -> bool:
        """Note films at an element, if it does not stand there to be shared; whether any was noted."""
        if not films:
            return False
        around = classes_around(element) if around is None else around
        if is_invitation(element, around):
            return False
        behind = background or is_background(around)
        own_title = title_at(element, form)
        for film in films:
            purpose = Purpose.BACKGROUND if behind or film.background else Purpose.CONTENT
            title = (own_title or film.title) if len(films) == 1 else (film.title or own_title)
            self._order += 1
            self.sightings.append(
                Sighting(
                    self._order, element, film.video, form, purpose, title, self._column + column
                )
            )
        return True

    def _enter(self, element: lxml.html.HtmlElement) -> bool:
        """Read an element itself; whether to go on to what is inside."""
        tag = element.tag
        if not isinstance(tag, str):
            return False
        if tag in vocabulary().area_tags or (self._whole_page and is_outside_content(element)):
            return False
        if tag in _NO_CONTENT or (tag == "head" and not self._with_head):
            return False
        if tag == "script":
            self._script(element)
            return False
        if self._with_headings and _is_heading(element):
            self._heading(element)
        if tag in ("video", "amp-video"):
            self._video_element(element)
            return False
        if element.attrib and not self._attributes(element):
            self._bare_id(element)
        return True

    def _heading(self, element: lxml.html.HtmlElement) -> None:
        text = " ".join("".join(element.itertext()).split())
        if text:
            self._order += 1
            self.headings.append(Heading(self._order, element, text, self._column))

    def _attributes(self, element: lxml.html.HtmlElement) -> bool:
        """Films in an element's attributes; whether there are any."""
        found = False
        for name, value in element.items():
            if name in _NO_ADDRESS or not may_hold_payload(value) or name.startswith("aria-"):
                continue
            if element.tag not in _FIELDS and "clipboard" not in name:
                found = self._value(element, name, value) or found
        return found

    def _value(self, element: lxml.html.HtmlElement, name: str, value: str) -> bool:
        plain = name in _ADDRESS_ATTRIBUTES and _UNWRAPPED.match(value) is not None
        payload = Payload(address=value) if plain else unwrap(value)
        if payload is not None:
            films = self._values.in_payload(payload, element.get("class", ""))
        elif "://" in value and len(value) < MAX_SCRIPT:
            films = self._values.in_loose_text(value)
        else:
            return False
        if not films:
            return False
        settings = payload is not None and payload.data is not None
        hidden = payload is not None and payload.hidden
        around = classes_around(element)
        form = form_at(element, name, around, hidden=hidden, settings=settings)
        background = vocabulary().background.search(name) is not None
        return self._see(element, films, form, background=background, around=around)

    def _bare_id(self, element: lxml.html.HtmlElement) -> None:
        video = video_of_bare_id(element)
        if video is not None:
            around = classes_around(element)
            form = Form.CONSENT if waits_for_consent(element, "", around) else Form.FACADE
            self._see(element, [Found(video)], form, around=around)

    def _video_element(self, element: lxml.html.HtmlElement) -> None:
        """A video element is one film, whatever number of sources and fallbacks it names."""
        behind = is_decoration(element)
        for part in element.iter(*_VIDEO_PARTS):
            for name, value in part.items():
                if name in _NO_ADDRESS or not may_hold_payload(value):
                    continue
                payload = unwrap(value)
                films = self._values.in_payload(payload, "video") if payload is not None else []
                if films and payload is not None:
                    form = Form.JSON if payload.address is None else Form.FILE
                    form = (
                        Form.CONSENT
                        if waits_for_consent(part, name, classes_around(part))
                        else form
                    )
                    self._see(element, films[:1], form, background=behind)
                    return
        self._bare_id(element)

    def _text(self, element: lxml.html.HtmlElement, text: str) -> None:
        if not _may_hold_film(text):
            return
        rest = text
        if "[" in text:
            shortcodes, rest = read_shortcodes(text)
            for short in shortcodes:
                film = Found(short.video, short.title, short.background)
                self._see(element, [film], Form.SHORTCODE, column=short.column)
            self._column += column_breaks(text)
        form = Form.EMBED_BLOCK if in_embed_block(element) else Form.TEXT
        self._see(element, [Found(video) for video in addressed_videos(rest)], form)

    def _script(self, element: lxml.html.HtmlElement) -> None:
        """A script that holds settings, a held-back embed code or a player of its own."""
        kind = element.get("type", "").split(";")[0].strip().lower()
        text = element.text or ""
        if kind == "application/ld+json":
            return  # the page's own data, read apart
        if src := element.get("src") or element.get("data-src"):
            video = self._values.film_at(src)
            self._see(element, [Found(video)] if video is not None else [], Form.SCRIPT)
        if not text.strip() or len(text) > MAX_SCRIPT:
            return
        if not kind or "javascript" in kind or kind in ("module", "rocketlazyloadscript"):
            waiting = "<iframe" in text.lower() or "oembed" in text[:200]
            form = (
                Form.CONSENT
                if waiting and waits_for_consent(element, "", classes_around(element))
                else Form.SCRIPT
            )
            self._see(element, self._values.in_script(text), form)
            return
        payload = unwrap(text)
        if payload is None or payload.address is not None:
            return
        if kind.endswith("json"):
            if payload.data is not None:
                self._see(element, self._values.in_payload(payload, ""), Form.JSON)
        elif kind in _HELD_BACK and (
            payload.hidden or waits_for_consent(element, "", classes_around(element))
        ):
            self._see(element, self._values.in_payload(payload, ""), Form.CONSENT)


def _films_in_markup(base: str, depth: int, markup: str) -> list[Found]:
    """Films in markup that a value at this depth carries."""
    if depth >= MAX_DEPTH:
        return []
    root = parse_markup(markup)
    if root is None:
        return []
    inner = Walk(base, headings=False, depth=depth + 1).over(root)
    return [Found(s.video, s.title, s.purpose is Purpose.BACKGROUND) for s in inner.sightings]


def _is_heading(element: lxml.html.HtmlElement) -> bool:
    words = vocabulary()
    classes = element.get("class")
    return (
        element.tag in words.heading_tags
        or bool(classes and not words.heading_names.isdisjoint(classes.split()))
        or (element.tag == "p" and is_bold_line(element))
    )


def parse_markup(markup: str) -> lxml.html.HtmlElement | None:
    """The tree of a page or a fragment, as `lxml.html.document_fromstring` builds it.

    None for what holds no element. Never raises: broken characters are replaced.
    """
    body = markup.replace("\x00", "").encode("utf-8", "replace")
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = lxml.html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return root if isinstance(root.tag, str) else None


# Attributes that never hold a film: names, looks, texts, pictures.
_NO_ADDRESS = frozenset(
    {"class", "id", "style", "width", "height", "alt", "title", "srcset", "sizes", "rel", "target", "type", "loading",
     "role", "name", "allow", "lang", "dir", "poster", "cite", "ping", "action", "datetime", "placeholder", "label",
     "data-srcset", "data-poster", "data-thumbnail", "data-thumb", "data-image", "xmlns", "content", "d", "viewbox",
     "data-placeholder-image", "data-title", "data-share-url", "data-sizes", "referrerpolicy"}
)  # fmt: skip
_NO_CONTENT = frozenset({"link", "meta", "base", "title", "option"})
_FIELDS = frozenset({"input", "form"})
_ADDRESS_ATTRIBUTES = frozenset({"href", "src", "data-src", "data"})
_VIDEO_PARTS = ("video", "amp-video", "source", "a", "iframe", "embed", "object")

# An address, or the path of a file; a path without an ending may be base64.
_UNWRAPPED = re.compile(r"http|/[A-Za-z][\w/-]*\.[A-Za-z0-9]{2,5}\Z")

# Types that keep a browser from running what a visitor has not agreed to yet.
_HELD_BACK = frozenset({"text/template", "text/plain", "text/html", "text/x-template"})

# A text worth a closer look: an address or an opened shortcode.
_TEXT_HINT = re.compile(r"://|[A-Za-z]\.[A-Za-z]{2,6}/|\[[A-Za-z]")


def _may_hold_film(text: str) -> bool:
    return ("/" in text or "[" in text) and _TEXT_HINT.search(text) is not None
