"""The words of the pages in Swedish and English: one catalogue, read from `words.toml`.

A page is written in Swedish, each phrase carrying its key; the switch puts the other language in
its place. Words of the data (titles, names, roles) are never translated.
"""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files
from typing import Any

from harvester.explorer.markup import Html, tag

LANGUAGES = ("sv", "en")


@functools.cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every phrase by key, then by language. Raises KeyError where a phrase lacks a language."""
    text = (files("harvester.explorer") / "words.toml").read_text(encoding="utf-8")
    data: dict[str, dict[str, str]] = tomllib.loads(text)
    return {
        key: {language: entry[language] for language in LANGUAGES} for key, entry in data.items()
    }


def phrase(key: str, n: Any = "", language: str = "sv") -> str:
    """A phrase as text, ``{n}`` replaced. Raises KeyError for a key that is not in the catalogue."""
    return catalogue()[key][language].replace("{n}", str(n))


@functools.lru_cache(maxsize=4_096)
def word(key: str, n: Any = None, element: str = "span", **attributes: Any) -> Html:
    """A phrase as an element that the language switch can turn."""
    shown = phrase(key, "" if n is None else n)
    return tag(element, shown, data_t=key, data_n=None if n is None else str(n), **attributes)


def turned(kind: str, value: str) -> Html:
    """A word of a vocabulary where the catalogue knows it, else as it is."""
    key = f"{kind}.{value}"
    return word(key) if key in catalogue() else tag("span", value)
