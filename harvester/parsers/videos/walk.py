"""One pass over a tree: every place where a film stands, and every heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin

import lxml.html
from lxml import etree

from harvester.parsers.videos.markup import (
    glued_video,
    is_outside_content,
    named_video,
    vocabulary,
)
from harvester.parsers.videos.model import Form, Purpose, Video
from harvester.parsers.videos.parse import FILE_ENDINGS, parse_video_url
from harvester.parsers.videos.payloads import (
    Payload,
    may_hold_payload,
    script_markup,
    strings_of,
    unwrap,
)
from harvester.parsers.videos.shortcodes import read_shortcodes
from harvester.parsers.videos.texts import addressed_videos
from harvester.parsers.videos.titles import caption_title, clean_title, element_title, link_title
from harvester.records import FilmKind

#: Frames within `srcdoc` within encoded settings: deeper ones are nobody's page.
MAX_DEPTH = 3

#: Films of one page; a page with more is a machine's list or an attack.
MAX_SIGHTINGS = 2000


@dataclass(frozen=True, slots=True)
class Sighting:
    """A film seen at an element; `order` counts sightings and headings of a page together."""

    order: int
    element: lxml.html.HtmlElement
    video: Video
    form: Form
    purpose: Purpose
    title: str | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, or a short paragraph that is bold from end to end."""

    order: int
    element: lxml.html.HtmlElement
    text: str


@dataclass(slots=True)
class Walk:
    """What one pass over a tree collects."""

    base: str
    whole_page: bool  # leave out what frames the page (menus, comments, sidebars)
    depth: int = 0
    sightings: list[Sighting] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    order: int = 0
    texts: bool = True

    def over(self, root: lxml.html.HtmlElement) -> Walk:
        """Collect from a tree, in document order."""
        self.texts = _TEXT_HINT.search("".join(root.itertext())) is not None
        # An element with whether a link is around it; or None with an element whose tail is due.
        stack: list[tuple[lxml.html.HtmlElement, bool, bool]] = [(root, False, False)]
        while stack and len(self.sightings) < MAX_SIGHTINGS:
            element, linked, tail = stack.pop()
            if tail:
                self._text(element.getparent(), element.tail)
                continue
            if not self._enter(element):
                continue
            linked = linked or (element.tag == "a" and element.get("href") is not None)
            if self.texts and element.text and not linked:
                self._text(element, element.text)
            for child in reversed(element):
                if self.texts and child.tail and not linked:
                    stack.append((child, linked, True))
                stack.append((child, linked, False))
        return self

    def see(
        self, element: lxml.html.HtmlElement, video: Video | None, form: Form, *,
        title: str | None = None, background: bool = False,
    ) -> bool:  # fmt: skip
        """Note a film at an element; False where there is none or it is a channel."""
        if video is None or video.kind is FilmKind.CHANNEL or _is_invitation(element):
            return False
        background = background or _is_background(element)
        purpose = Purpose.BACKGROUND if background else Purpose.CONTENT
        self.order += 1
        self.sightings.append(Sighting(self.order, element, video, form, purpose, title))
        return True

    def _enter(self, element: lxml.html.HtmlElement) -> bool:
        """Read an element itself; whether to go on to what is inside."""
        tag = element.tag
        if not isinstance(tag, str):
            return False
        words = vocabulary()
        if tag in words.area_tags or (self.whole_page and is_outside_content(element)):
            return False
        if tag == "script":
            self._script(element)
            return False
        if tag in _HEAD_TAGS:
            return False
        classes = element.get("class")
        if (
            tag in words.heading_tags
            or (classes and not words.heading_names.isdisjoint(classes.split()))
            or (tag == "p" and _is_bold_line(element))
        ):
            self._heading(element)
        if tag == "video" or tag == "amp-video":
            self._video_element(element)
            return False
        if element.attrib and not self._attributes(element):
            self._bare_ids(element)
        return True

    def _heading(self, element: lxml.html.HtmlElement) -> None:
        text = " ".join("".join(element.itertext()).split())
        if text:
            self.order += 1
            self.headings.append(Heading(self.order, element, text))

    def _attributes(self, element: lxml.html.HtmlElement) -> bool:
        found = False
        for name, value in element.items():
            if name in _NO_ADDRESS or not may_hold_payload(value) or name.startswith("aria-"):
                continue
            if element.tag in _FIELDS or "clipboard" in name:
                continue
            found = self._value(element, name, value) or found
        return found

    def _value(self, element: lxml.html.HtmlElement, name: str, value: str) -> bool:
        if name in _ADDRESS_ATTRIBUTES and value.startswith("http"):
            payload: Payload | None = Payload(address=value)
        else:
            payload = unwrap(value)
        if payload is None:
            return False
        background = vocabulary().background.search(name) is not None
        if payload.address is not None:
            video = self._film_at(payload.address)
            if video is None or video.kind is FilmKind.CHANNEL:
                return False
            form = _form(element, name, hidden=payload.hidden)
            return self.see(
                element, video, form, title=_title(element, form), background=background
            )
        form = _form(element, name, hidden=payload.hidden, settings=payload.markup is None)
        return self._payload(element, payload, form, background=background)

    def _payload(
        self,
        element: lxml.html.HtmlElement,
        payload: Payload,
        form: Form,
        *,
        background: bool = False,
    ) -> bool:
        if payload.markup is not None:
            return self._markup(element, payload.markup, form, background=background)
        return self._settings(element, payload.data, form, background=background)

    def _markup(
        self, element: lxml.html.HtmlElement, markup: str, form: Form, *, background: bool
    ) -> bool:
        """Films in markup that a value carries; they stand where the element stands."""
        if self.depth >= MAX_DEPTH or _MARKUP_HINT.search(markup) is None:
            return False
        root = parse_markup(markup)
        if root is None:
            return False
        inner = Walk(self.base, whole_page=False, depth=self.depth + 1).over(root)
        for seen in inner.sightings:
            behind = background or seen.purpose is Purpose.BACKGROUND
            self.see(element, seen.video, form, title=seen.title, background=behind)
        return bool(inner.sightings)

    def _settings(
        self, element: lxml.html.HtmlElement, data: Any, form: Form, *, background: bool
    ) -> bool:
        """Films in a JSON value: addresses, markup within it, ids beside a provider's name."""
        found = False
        words = vocabulary()
        for keys, owner, text in strings_of(data):
            name = ".".join(keys).lower()
            if keys and (
                _NOT_A_FILM_KEY.search(keys[-1].lower()) or _is_other_provider(keys[-1], owner)
            ):
                continue
            behind = background or words.background.search(name) is not None
            title = _settings_title(owner)
            if "[" in text and self.depth < MAX_DEPTH:
                for short in read_shortcodes(text)[0]:
                    found = self.see(element, short.video, form, title=short.title or title,
                                     background=behind or short.background) or found  # fmt: skip
            inner = unwrap(text) if may_hold_payload(text) else None
            if inner is not None and inner.address is not None:
                video = self._film_at(inner.address)
                found = self.see(element, video, form, title=title, background=behind) or found
            elif inner is not None and inner.markup is not None:
                found = self._markup(element, inner.markup, form, background=behind) or found
            elif owner is not None and keys and keys[-1].lower() in words.id_names:
                context = " ".join(
                    f"{k} {v}" for k, v in list(owner.items())[:40] if len(str(v)) < 60
                )
                context = f"{context} {element.get('class', '')}"
                video = named_video({keys[-1].lower(): text}, context, settings=True)
                found = self.see(element, video, form, title=title, background=behind) or found
        return found

    def _film_at(self, address: str) -> Video | None:
        """The film at an address of a page; relative addresses only where they are film files."""
        video = parse_video_url(address)
        if video is None and not address.startswith(("http:", "https:", "//")):
            path = address.split("?", 1)[0].split("#", 1)[0]
            if path.rpartition(".")[2].lower() in FILE_ENDINGS:
                try:
                    video = parse_video_url(urljoin(self.base, address.replace("\\/", "/")))
                except ValueError:
                    return None
        return video

    def _bare_ids(self, element: lxml.html.HtmlElement) -> None:
        """Facades: an id in an attribute, the provider's name in the words around it."""
        names = vocabulary().id_names
        pairs = {n: v for n, v in element.items() if n in names and n != "id" and 5 < len(v) < 40}
        if not pairs:
            own = f"{element.get('id', '')} {element.get('class', '')}"
            if "_" in own:
                self.see(
                    element,
                    glued_video(own.split()),
                    Form.FACADE,
                    title=_title(element, Form.FACADE),
                )
            return
        context = " ".join([element.tag, *(f"{n} {v}" for n, v in element.items() if len(v) < 100)])
        video = named_video(pairs, context, settings=False) or _pictured_video(element, pairs)
        form = Form.CONSENT if _waits_for_consent(element, "") else Form.FACADE
        self.see(element, video, form, title=_title(element, Form.FACADE))

    def _video_element(self, element: lxml.html.HtmlElement) -> None:
        """A video element is one film, whatever number of sources and fallbacks it names."""
        decoration = (
            element.get("autoplay") is not None
            and element.get("loop") is not None
            and element.get("muted") is not None
            and element.get("controls") is None
        )
        for part in element.iter("video", "amp-video", "source", "a", "iframe", "embed", "object"):
            for name, value in part.items():
                if name in ("poster", "class", "id", "style", "title") or not may_hold_payload(
                    value
                ):
                    continue
                payload = unwrap(value)
                if payload is None:
                    continue
                if payload.address is None:
                    if self._payload(element, payload, Form.JSON, background=decoration):
                        return
                    continue
                video = self._film_at(payload.address)
                form = Form.CONSENT if _waits_for_consent(part, name) else Form.FILE
                title = element_title(element) or caption_title(element)
                if self.see(element, video, form, title=title, background=decoration):
                    return
        self._bare_ids(element)

    def _text(self, element: lxml.html.HtmlElement, text: str) -> None:
        if not _TEXT_HINT.search(text):
            return
        rest = text
        if "[" in text:
            shortcodes, rest = read_shortcodes(text)
            for short in shortcodes:
                self.see(
                    element,
                    short.video,
                    Form.SHORTCODE,
                    title=short.title,
                    background=short.background,
                )
        form = Form.EMBED_BLOCK if _in_embed_block(element) else Form.TEXT
        title = caption_title(element) if form is Form.EMBED_BLOCK else None
        for video in addressed_videos(rest):
            self.see(element, video, form, title=title)

    def _script(self, element: lxml.html.HtmlElement) -> None:
        """A script that holds settings, a held-back embed code or a player of its own."""
        kind = element.get("type", "").split(";")[0].strip().lower()
        text = element.text or ""
        if kind == "application/ld+json":
            return  # the page's own data, read apart
        if src := element.get("src") or element.get("data-src"):
            self.see(element, self._film_at(src), Form.SCRIPT)
        if not text.strip() or len(text) > MAX_SCRIPT:
            return
        if kind.endswith("json"):
            payload = unwrap(text)
            if payload is not None and payload.markup is None and payload.address is None:
                self._settings(element, payload.data, Form.JSON, background=False)
        elif kind in ("text/template", "text/plain", "text/html", "text/x-template"):
            payload = unwrap(text)
            waiting = _waits_for_consent(element, " ".join(element.keys()))
            if payload is not None and payload.address is None and (waiting or payload.hidden):
                self._payload(element, payload, Form.CONSENT)
        elif not kind or "javascript" in kind or kind in ("module", "rocketlazyloadscript"):
            self._player_script(element, text)

    def _player_script(self, element: lxml.html.HtmlElement, text: str) -> None:
        plain = script_markup(text)
        if "<iframe" in plain.lower():
            form = Form.CONSENT if _waits_for_consent(element, text[:200]) else Form.SCRIPT
            for match in _IFRAME.finditer(plain):
                self._markup(element, match[0], form, background=False)
            return
        if _PLAYER.search(plain) is None:
            return
        for match in _LITERAL.finditer(plain):
            key, value = (match[1] or "").lower(), match[2]
            if _NOT_A_FILM_KEY.search(key):
                continue
            video = self._film_at(value) if "/" in value else None
            if video is None and key in ("videoid", "id", "mediaid"):
                video = named_video(
                    {"videoid": value}, "youtube" if "YT." in plain else plain[:300], settings=True
                )
            self.see(element, video, Form.SCRIPT)


#: Longest script that is searched for a player.
MAX_SCRIPT = 400_000


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
     "data-placeholder-image", "data-title", "data-share-url", "data-sizes", "onclick-disabled", "referrerpolicy"}
)  # fmt: skip
_HEAD_TAGS = frozenset({"link", "meta", "base", "title", "option", "source-set"})
_FIELDS = frozenset({"input", "option", "button-code", "form"})
_ADDRESS_ATTRIBUTES = frozenset({"href", "src", "data-src", "data"})
_FRAMES = frozenset(
    {"iframe", "frame", "embed", "object", "param", "amp-iframe", "amp-video-iframe", "source"}
)
_OWN_ATTRIBUTES = frozenset({"src", "data", "value", "srcdoc", "href", "movie"})

# A text worth a closer look: an address or an opened shortcode.
_TEXT_HINT = re.compile(r"://|www\.|\[[A-Za-z]|[A-Za-z]\.[A-Za-z]{2,6}/")
_MARKUP_HINT = re.compile(r"[/%]|base64|video|youtube|\[", re.IGNORECASE)

# Settings that point at pictures, pages and help rather than at the film.
_NOT_A_FILM_KEY = re.compile(
    r"thumb|poster|image|share|help|docs|tutorial|permalink|canonical|referrer|origin"
)

_IFRAME = re.compile(r"<iframe\b[^<>]{0,4000}>", re.IGNORECASE)
_PLAYER = re.compile(
    r"YT\.Player|onYouTubeIframeAPIReady|jwplayer\s*\(|videojs\s*\(|flowplayer\s*\(|Vimeo\.Player|new Plyr|kWidget|bitmovin|"
    r"Clappr\.Player"
)
_LITERAL = re.compile(r"""(?:["']?([A-Za-z_]{1,30})["']?\s*:\s*)?["']([^"'\s\\<>]{5,400})["']""")


def _is_invitation(element: lxml.html.HtmlElement) -> bool:
    """Whether a film's address stands there to be shared or followed."""
    share = vocabulary().share
    if share.search(f"{element.get('class', '')} {element.get('id', '')}"):
        return True
    parents = [p for p, _ in zip(element.iterancestors(), range(3), strict=False)]
    return any(_SHARE_TOKEN.search(parent.get("class", "")) for parent in parents)


# "share", "social-share", "sharing-buttons"; not "shared-film".
_SHARE_TOKEN = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|sharedaddy|addtoany|a2a_kit|addthis|shariff|heateor)(?:$|[\s_-])"
)


def _is_background(element: lxml.html.HtmlElement) -> bool:
    background = vocabulary().background
    parents = (p for p, _ in zip(element.iterancestors(), range(3), strict=False))
    names = [element.get("class", ""), *(parent.get("class", "") for parent in parents)]
    return any(name and _BACKGROUND_CLASS.search(name) is not None for name in names) or (
        background.search(element.get("id", "")) is not None
    )


# A class that makes its content a background; not "has-background", which colours a block.
_BACKGROUND_CLASS = re.compile(
    r"section_video_bg|(?<!has-)(?<!no-)\bbackground[-_]?video|video[-_]background|\bbg[-_]?video|video[-_]?bg|jarallax|"
    r"background-video-container|__video-background"
)


def _waits_for_consent(element: lxml.html.HtmlElement, name: str) -> bool:
    consent = vocabulary().consent
    names = [name.lower(), element.get("class", ""), *(n for n in element.keys() if "-" in n)]  # noqa: SIM118
    parents = (p for p, _ in zip(element.iterancestors(), range(3), strict=False))
    names.extend(parent.get("class", "").lower() for parent in parents if parent.tag != "body")
    return any(consent.search(n) for n in names)


def _in_embed_block(element: lxml.html.HtmlElement) -> bool:
    parents = [element, *(p for p, _ in zip(element.iterancestors(), range(4), strict=False))]
    return any("wp-block-embed" in parent.get("class", "").split() for parent in parents)


def _form(
    element: lxml.html.HtmlElement, name: str, *, hidden: bool, settings: bool = False
) -> Form:
    """In which form a value at an element shows its film."""
    if element.tag in ("a", "area") and not hidden and not settings:
        return Form.LINK
    if hidden or _waits_for_consent(element, name):
        return Form.CONSENT
    if settings:
        return Form.JSON
    if element.tag in _FRAMES or element.tag.startswith("amp-"):
        if name not in _OWN_ATTRIBUTES:
            return Form.LAZY_ATTRIBUTE
        return Form.EMBED_BLOCK if _in_embed_block(element) else Form.IFRAME
    return Form.FACADE


def _title(element: lxml.html.HtmlElement, form: Form) -> str | None:
    title = element_title(element)
    if title is None and form is Form.LINK:
        title = link_title(element)
    if title is None and form is Form.FACADE:
        label = next((e for e in element.iter("a", "button", "img") if element_title(e)), None)
        title = element_title(label) if label is not None else None
    return title or caption_title(element)


def _is_bold_line(element: lxml.html.HtmlElement) -> bool:
    """Whether a paragraph is one short bold line without a sentence's end: a heading by looks."""
    if (element.text and element.text.strip()) or not 1 <= len(element) <= 3:
        return False
    for child in element:
        if child.tag not in ("strong", "b", "br") or (child.tail and child.tail.strip()):
            return False
    text = "".join(element.itertext()).strip()
    return 2 < len(text) <= 80 and text[-1] not in ".!?…:,;" and "/" not in text


def _pictured_video(element: lxml.html.HtmlElement, pairs: dict[str, str]) -> Video | None:
    """The YouTube film whose id an attribute gives and whose thumbnail stands inside as proof."""
    shown = [element.get("style", "")]
    for part, _ in zip(element.iter("img", "source", "div", "span"), range(30), strict=False):
        shown.extend(
            part.get(name, "") for name in ("src", "data-src", "data-lazy-src", "style", "srcset")
        )
    pictures = " ".join(shown)
    for value in pairs.values():
        if len(value) == 11 and any(f"{path}/{value}/" in pictures for path in _THUMBNAILS):
            return parse_video_url(f"https://youtu.be/{value}")
    return None


_THUMBNAILS = ("ytimg.com/vi", "ytimg.com/vi_webp", "img.youtube.com/vi", "img.youtube.com/vi_webp")

_PROVIDER_KEY = re.compile(
    r"(youtube|vimeo|dailymotion|videopress|hosted|external)_(?:url|link|id)"
)


def _is_other_provider(key: str, owner: dict[str, Any] | None) -> bool:
    """Whether a setting belongs to a provider that the widget is not set to (Elementor's defaults)."""
    match = _PROVIDER_KEY.match(key.lower())
    if match is None or owner is None:
        return False
    chosen = owner.get("video_type") or owner.get("video_source")
    if isinstance(chosen, str):
        return chosen.lower() != match[1]
    rivals = [k for k in owner if _PROVIDER_KEY.match(k.lower())]
    return rivals[0] != key


def _settings_title(owner: dict[str, Any] | None) -> str | None:
    if owner is None:
        return None
    for name in ("title", "name", "video_title", "videoTitle", "alt"):
        value = owner.get(name)
        if isinstance(value, str) and (title := clean_title(value)) is not None:
            return title
    return None


def with_title(seen: Sighting, title: str | None) -> Sighting:
    """The sighting with a title where it has none."""
    return seen if seen.title is not None else replace(seen, title=title)
