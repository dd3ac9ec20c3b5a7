"""Films named by a bare id: facades, custom elements, players' settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice

import lxml.html

from harvester.parsers.videos.markup import vocabulary
from harvester.parsers.videos.model import Video
from harvester.parsers.videos.parse import parse_video_url


def video_of_bare_id(element: lxml.html.HtmlElement) -> Video | None:
    """The film whose bare id an element's attributes give; None where nothing says whose id it is."""
    names = vocabulary().id_names
    pairs = {n: v for n, v in element.items() if n in names and n != "id" and 5 < len(v) < 40}
    if not pairs:
        own = f"{element.get('id', '')} {element.get('class', '')}"
        return glued_video(own.split()) if "_" in own else None
    words = (f"{name} {value}" for name, value in element.items() if len(value) < 100)
    context = " ".join([element.tag, *words])
    return named_video(pairs, context, settings=False) or _pictured_video(element, pairs)


def named_video(pairs: Mapping[str, str], context: str, *, settings: bool) -> Video | None:
    """The film whose bare id stands in one of the pairs, its provider named by the context.

    `context` is all the words around: tag, classes, names, short values. In settings a plain `id`
    counts too. A value that is a word like any other is no id.
    """
    words = vocabulary()
    context = context.lower()
    tokens = _WORDS.split(context)
    for shape in words.id_shapes:
        if not any(word in context for word in shape.words) and shape.tokens.isdisjoint(tokens):
            continue
        for name, value in pairs.items():
            if name not in words.id_names or (name == "id" and not settings):
                continue
            strong = words.strong_names.search(name) is not None
            pattern = shape.shape if strong else shape.weak_shape
            if pattern.fullmatch(value.strip()) is not None:
                return parse_video_url(shape.url.format(id=value.strip()))
    return None


def glued_video(names: Iterable[str]) -> Video | None:
    """The film whose id is glued to a class or an element's id, as Lyte and Wistia do."""
    glued = vocabulary().glued
    prefixes = tuple(glued)
    for name in names:
        if not name.startswith(prefixes):  # most names
            continue
        for prefix, url in glued.items():
            if name.startswith(prefix):
                return parse_video_url(url.format(id=name.removeprefix(prefix)))
    return None


#: Elements inside a facade that are looked at for its thumbnail.
MAX_PARTS = 30

_WORDS = re.compile(r"[^a-z0-9]+")

_THUMBNAILS = ("ytimg.com/vi", "ytimg.com/vi_webp", "img.youtube.com/vi", "img.youtube.com/vi_webp")


def _pictured_video(element: lxml.html.HtmlElement, pairs: Mapping[str, str]) -> Video | None:
    """The YouTube film whose id an attribute gives and whose thumbnail stands inside as proof."""
    shown = [element.get("style", "")]
    for part in islice(element.iter("img", "source", "div", "span"), MAX_PARTS):
        shown.extend(part.get(name, "") for name in ("src", "data-src", "data-lazy-src", "style"))
    pictures = " ".join(shown)
    for value in pairs.values():
        if len(value) == 11 and any(f"{path}/{value}/" in pictures for path in _THUMBNAILS):
            return parse_video_url(f"https://youtu.be/{value}")
    return None
