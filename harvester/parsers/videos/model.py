"""What is known of a film and of its place on a page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import lxml.html

from harvester.records import FilmKind


class Form(StrEnum):
    """In which form a film stands in the markup."""

    IFRAME = "iframe"  # also object and embed elements, and frames inside `srcdoc`
    EMBED_BLOCK = "embed_block"  # WordPress' embed block, resolved or left as an address
    FILE = "file"  # a video element or one of its sources
    LAZY_ATTRIBUTE = "lazy_attribute"  # the address waits in a data attribute
    FACADE = "facade"  # a picture with a play button that knows the film's id
    CONSENT = "consent"  # held back until the visitor agrees to cookies
    SHORTCODE = "shortcode"
    JSON = "json"  # settings of a page builder or a player
    SCRIPT = "script"  # a player that a script builds
    LINK = "link"
    TEXT = "text"  # a bare address in running text
    META = "meta"  # the page's own data: JSON-LD, Open Graph, microdata


class Purpose(StrEnum):
    """What a film is on the page for."""

    CONTENT = "content"
    BACKGROUND = "background"  # decoration behind a section, no clip


@dataclass(frozen=True, slots=True)
class Video:
    """A film, a list of films or a channel at its provider, read from an address."""

    provider: str
    kind: FilmKind
    id: str  # a short hash of the address for self-hosted files
    start: int | None  # seconds; None where playing starts at the beginning
    list_id: str | None  # the list a single film is played from
    url: str  # canonical address
    hash: str | None = None  # the key of an unlisted film (Vimeo); part of `url`


@dataclass(frozen=True, slots=True)
class VideoEmbed:
    """A film's place on a page."""

    video: Video
    title: str | None  # the film's own title, where the page gives one
    heading: str | None  # the heading the film stands under (in a Divi column also over)
    person: str | None  # full name of the person the heading or the title names
    purpose: Purpose
    form: Form
    locator: str  # XPath of the element, in the tree that lxml.html.document_fromstring builds


@dataclass(frozen=True, slots=True)
class PlacedVideo:
    """An embed with the element it was found at."""

    element: lxml.html.HtmlElement
    embed: VideoEmbed


def unless_channel(video: Video | None) -> Video | None:
    """The film or list; None for a channel, which is neither."""
    return video if video is not None and video.kind is not FilmKind.CHANNEL else None
