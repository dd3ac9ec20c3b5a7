"""A film's own title and the person that a heading or a title names."""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Callable
from typing import Any

import lxml.html

from harvester.parsers.videos.markup import vocabulary


def clean_title(text: str | None) -> str | None:
    """A title without a player's own words, or None where nothing of the film is said."""
    if not text:
        return None
    title = _SUFFIX.sub("", " ".join(text.split()))
    folded = title.lower()
    words = vocabulary()
    if folded in words.generic_titles:
        return None
    for prefix in words.title_prefixes:
        if folded.startswith(prefix) and len(title) > len(prefix) + 1:
            title = title[len(prefix) :].strip(_QUOTES)
            break
    if title.lower() in words.generic_titles or "://" in title or len(title) > MAX_TITLE:
        return None
    return title or None


def element_title(element: lxml.html.HtmlElement) -> str | None:
    """The title an element's attributes give its film."""
    for name in vocabulary().title_attributes:
        value = element.get(name)
        if value and (title := clean_title(value)) is not None:
            return title
    return None


def link_title(element: lxml.html.HtmlElement) -> str | None:
    """The title in a link's text; None for a bare address and for a mere call to watch."""
    text = " ".join("".join(element.itertext()).split())
    first = _WORD.match(text.lower())
    if first is None or first[0] in vocabulary().link_calls or " " not in text:
        return None
    return None if _ADDRESS.search(text) else clean_title(text)


def caption_title(element: lxml.html.HtmlElement) -> str | None:
    """The caption of the figure around a film."""
    parent = element
    for _ in range(4):
        parent = parent.getparent()
        if parent is None:
            return None
        if parent.tag == "figure":
            caption = parent.find(".//figcaption")
            return None if caption is None else clean_title("".join(caption.itertext()))
    return None


def person_in(*texts: str | None) -> str | None:
    """The full name of the first person named in the first text that names one."""
    finder = _people_finder()
    if finder is None:
        return None
    for text in texts:
        if text:
            for mention in finder(text):
                if " " in mention.name:
                    return str(mention.name)
    return None


MAX_TITLE = 300

# What a provider's own page adds to the title.
_SUFFIX = re.compile(r"(?: [-–|] (?:YouTube|Vimeo|SVT Play|UR Play)| on Vimeo)$")
_QUOTES = " \"'“”»«"
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"://|\bwww\.|youtu\.be/|\.com/")


@functools.cache
def _people_finder() -> Callable[[str], list[Any]] | None:
    """`harvester.parsers.people.find_people`, loaded with its word lists when first needed."""
    try:
        module = importlib.import_module("harvester.parsers.people")
    except ImportError:
        return None
    finder: Callable[[str], list[Any]] | None = getattr(module, "find_people", None)
    return finder
