"""What the elements around a film say of it: its form, its purpose, its title."""

from __future__ import annotations

import functools
import re
from itertools import islice

import lxml.html

from harvester.parsers.videos.markup import vocabulary
from harvester.parsers.videos.model import Form
from harvester.parsers.videos.titles import caption_title, element_title, link_title


def classes_around(element: lxml.html.HtmlElement) -> str:
    """The classes of an element and of those around it; the body's say how the page looks."""
    names = [element.get("class", "")]
    for parent in islice(element.iterancestors(), REACH):
        if parent.tag == "body":
            break
        names.append(parent.get("class", ""))
    return " ".join(names)


def is_invitation(element: lxml.html.HtmlElement, around: str) -> bool:
    """Whether a film's address stands there to be shared or followed."""
    own = f"{element.get('class', '')} {element.get('id', '')}"
    return (len(own) > 1 and _says(vocabulary().share, own)) or _says(_SHARE, around)


def is_background(around: str) -> bool:
    """Whether a film lies behind a section as its background."""
    return _says(_BACKGROUND, around)


def is_decoration(element: lxml.html.HtmlElement) -> bool:
    """Whether a video element moves by itself, mute and without controls: a picture that moves."""
    given = (element.get(name) is not None for name in ("autoplay", "loop", "muted"))
    return all(given) and element.get("controls") is None


def waits_for_consent(element: lxml.html.HtmlElement, name: str, around: str) -> bool:
    """Whether an attribute, its element or what is around it holds the film back for consent."""
    names = " ".join(n for n in element.keys() if "-" in n)  # noqa: SIM118
    return _says(vocabulary().consent, f"{name} {names} {around}".lower())


def in_embed_block(element: lxml.html.HtmlElement) -> bool:
    """Whether an element stands in WordPress' embed block."""
    around = [element, *islice(element.iterancestors(), 4)]
    return any("wp-block-embed" in e.get("class", "").split() for e in around)


def form_at(
    element: lxml.html.HtmlElement, name: str, around: str, *, hidden: bool, settings: bool
) -> Form:
    """In which form a value at an element shows its film."""
    if element.tag in ("a", "area") and not hidden and not settings:
        return Form.LINK
    if hidden or waits_for_consent(element, name, around):
        return Form.CONSENT
    if settings:
        return Form.JSON
    if element.tag in _FRAMES or element.tag.startswith("amp-"):
        if name not in _OWN_ATTRIBUTES:
            return Form.LAZY_ATTRIBUTE
        return Form.EMBED_BLOCK if in_embed_block(element) else Form.IFRAME
    return Form.FACADE


def title_at(element: lxml.html.HtmlElement, form: Form) -> str | None:
    """The title that an element or what is around it gives the film shown there."""
    if form is Form.TEXT or form is Form.SHORTCODE:
        return None
    title = element_title(element)
    if title is None and form is Form.LINK:
        title = link_title(element)
    if title is None and form is Form.FACADE:
        label = next((e for e in element.iter("a", "button", "img") if element_title(e)), None)
        title = element_title(label) if label is not None else None
    return title or caption_title(element)


def is_bold_line(element: lxml.html.HtmlElement) -> bool:
    """Whether a paragraph is one short bold line without a sentence's end: a heading by looks."""
    if (element.text and element.text.strip()) or not 1 <= len(element) <= 3:
        return False
    for child in element:
        if child.tag not in ("strong", "b", "br") or (child.tail and child.tail.strip()):
            return False
    text = "".join(element.itertext()).strip()
    return 2 < len(text) <= 80 and text[-1] not in ".!?…:,;" and "/" not in text


_FRAMES = frozenset(
    {"iframe", "frame", "embed", "object", "param", "amp-iframe", "amp-video-iframe", "source"}
)
_OWN_ATTRIBUTES = frozenset({"src", "data", "value", "srcdoc", "href", "movie"})

# "share", "social-share", "sharing-buttons"; not "shared-film".
_SHARE = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|sharedaddy|addtoany|a2a_kit|addthis|shariff|heateor)(?:$|[\s_-])"
)

# A class that makes its content a background; not "has-background", which colours a block.
_BACKGROUND = re.compile(
    r"(?<!has-)(?<!no-)\bbackground[-_]?video|video[-_]?background|\bbg[-_]?video|video[-_]?bg|jarallax"
)

#: How many elements around a film are asked.
REACH = 3

#: Longest class names that are remembered.
MAX_REMEMBERED = 400


def _says(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a pattern is found; the films of a page stand in like surroundings, so it is remembered."""
    if len(text) > MAX_REMEMBERED:
        return pattern.search(text) is not None
    return _remembered(pattern, text)


@functools.lru_cache(maxsize=2048)
def _remembered(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text) is not None
