"""The words of markup, read from `markup.toml`, and the questions asked with them."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import lxml.html


@dataclass(frozen=True, slots=True)
class IdShape:
    """How a provider's bare ids look, and the words that say whose they are."""

    words: tuple[str, ...]
    tokens: frozenset[str]
    shape: re.Pattern[str]
    weak_shape: re.Pattern[str]  # under a name that says nothing of films
    url: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All of `markup.toml`, ready for use."""

    area_tags: frozenset[str]
    area_roles: frozenset[str]
    area_names: frozenset[str]
    content_names: frozenset[str]
    share: re.Pattern[str]
    consent: re.Pattern[str]
    background: re.Pattern[str]
    columns: frozenset[str]
    full_width: frozenset[str]
    column_shortcodes: frozenset[str]
    heading_tags: frozenset[str]
    heading_names: frozenset[str]
    title_attributes: tuple[str, ...]
    generic_titles: frozenset[str]
    title_prefixes: tuple[str, ...]
    link_calls: frozenset[str]
    id_names: frozenset[str]
    strong_names: re.Pattern[str]
    id_shapes: tuple[IdShape, ...]
    glued: Mapping[str, str]
    enclosing: frozenset[str]
    shortcode_titles: tuple[str, ...]


@functools.cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    source = resources.files(__package__).joinpath("markup.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(source)
    areas, titles, ids = data["areas"], data["titles"], data["ids"]
    return Vocabulary(
        area_tags=frozenset(areas["tags"]),
        area_roles=frozenset(areas["roles"]),
        area_names=frozenset(areas["names"]),
        content_names=frozenset(areas["content_names"]),
        share=_any_of(data["share"]["words"]),
        consent=_any_of(data["consent"]["words"]),
        background=_any_of(data["background"]["words"]),
        columns=frozenset(data["columns"]["names"]),
        full_width=frozenset(data["columns"]["full_width"]),
        column_shortcodes=frozenset(data["columns"]["shortcodes"]),
        heading_tags=frozenset(data["headings"]["tags"]),
        heading_names=frozenset(data["headings"]["names"]),
        title_attributes=tuple(titles["attributes"]),
        generic_titles=frozenset(titles["generic"]),
        title_prefixes=tuple(titles["prefixes"]),
        link_calls=frozenset(titles["link_calls"]),
        id_names=frozenset(ids["names"]),
        strong_names=_any_of(ids["strong"]),
        id_shapes=tuple(
            IdShape(
                tuple(p["words"]),
                frozenset(p["tokens"]),
                re.compile(p["shape"]),
                re.compile(p.get("weak_shape", p["shape"])),
                p["url"],
            )
            for p in ids["provider"]
        ),
        glued=ids["glued"],
        enclosing=frozenset(data["shortcodes"]["enclosing"]),
        shortcode_titles=tuple(data["shortcodes"]["attributes"]),
    )


def is_outside_content(element: lxml.html.HtmlElement) -> bool:
    """Whether an element frames the page (menus, comments, sidebars) rather than being its text."""
    words = vocabulary()
    if element.tag in _NEVER_OUTSIDE:
        return False
    if element.get("role", "") in words.area_roles and element.get("role"):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}".split()
    if not words.area_names.isdisjoint(names):
        return words.content_names.isdisjoint(names)
    return element.tag == "aside" and not _within_text(element)


# Frames of everything: a class on them says how the page looks, not what they are.
_NEVER_OUTSIDE = frozenset({"html", "body", "main", "article"})


def _within_text(element: lxml.html.HtmlElement) -> bool:
    names = vocabulary().content_names
    return any(
        parent.tag in ("article", "main") or not names.isdisjoint(parent.get("class", "").split())
        for parent in element.iterancestors()
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words))
