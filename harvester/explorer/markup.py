"""Markup: HTML built from nodes, so that no text of a source is ever taken for a tag."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from harvester.datasets.cells import ACTING, SURROGATE, inert, well_formed


class Html(str):
    """Text that is markup already. Made by `tag` and `raw` alone."""

    __slots__ = ()


#: What may stand as the child of a tag; None stands for nothing.
Child = str | int | None

_VOID: Final = frozenset({"meta", "link", "img", "input", "br", "hr"})


#: A character that `shown` replaces. Most texts have none: one look spares two.
_ODD: Final = re.compile(f"{ACTING.pattern}|{SURROGATE.pattern}")

#: Longer texts are escaped each time: short ones (classes, words, names) come again and again.
_SHORT: Final = 100


def escaped(text: str) -> Html:
    """Text as HTML shows it, in content and in quoted attributes; what would act on a screen is shown."""
    return _short(text) if len(text) <= _SHORT else _escaped(text)


def shown(text: str) -> str:
    """Text without what no page may hold: lone surrogates, control and direction characters."""
    return inert(well_formed(text)) if _ODD.search(text) else text


def _escaped(text: str) -> Html:
    return Html(html.escape(shown(text), quote=True))


_short = functools.lru_cache(maxsize=8_192)(_escaped)


def raw(markup: str) -> Html:
    """Markup that the program itself wrote (a drawn plot, a script)."""
    return Html(markup)


def tag(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Html:
    """An element. Children that are not Html are escaped; ``class_`` is class, ``data_t`` data-t.

    An attribute that is None or False is left out, one that is True has no value.
    """
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        name_ = _attribute(key)
        parts.append(f" {name_}" if value is True else f' {name_}="{escaped(str(value))}"')
    parts.append(">")
    if name not in _VOID:
        parts.extend(_texts(children))
        parts.append(f"</{name}>")
    return Html("".join(parts))


@functools.lru_cache(maxsize=256)
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def joined(*children: Child) -> Html:
    """Several children one after the other."""
    return Html("".join(_texts(children)))


def _texts(children: Iterable[Child]) -> list[str]:
    return [c if type(c) is Html else escaped(str(c)) for c in children if c is not None]


def outward(url: str | None, /, *children: Child, **attributes: str | int | bool | None) -> Html:
    """A link to a foreign page that learns nothing of the reader; plain text for any other scheme."""
    if not is_web_address(url):
        return tag("span", *(children or (url,)))
    return tag(
        "a", *(children or (url,)), href=url, rel="noopener noreferrer external", **attributes
    )


def is_web_address(url: str | None) -> bool:
    """True for http and https addresses with a host."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
