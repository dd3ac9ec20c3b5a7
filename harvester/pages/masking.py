"""A stored page with its words replaced by others of the same shape, so that it can be kept as a test.

What decides how a page is read stays: markup, dates, roles, words of the conference, the numbers of
letters. Names become other names, the same one for the same one; film ids become others of their
form. Scripts, styles and comments go.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from lxml.etree import Comment, tostring
from lxml.html import HtmlElement

from harvester.pages.document import parse_html
from harvester.parsers.dates import find_dates
from harvester.parsers.people import find_people
from harvester.parsers.people.lexicon import is_organisation_word, lexicon
from harvester.sites import Site

#: The address recorded pages stand at.
BASE = "https://exempel.example/"

_FILE = Path(__file__).with_name("masking.toml")
_PEOPLE = Path(__file__).parents[1] / "parsers" / "people" / "roles.toml"
_WORD = re.compile(r"[^\W\d_]+")
_WORD_OR_DIGITS = re.compile(r"[^\W\d_]+|\d+")
_WEB = re.compile(r"(?:https?:)?//[^\s\"'<>\\]+|https?:\\/\\/[^\s\"'<>]+")
# Eleven characters behind the marks YouTube's addresses have, the number behind Vimeo's.
_YOUTUBE = re.compile(
    r"((?:embed/|v=|vi/|vi_webp/|youtu\.be/|shorts/|live/|data-id=\")|^)([\w-]{11})(?![\w-])"
)
_VIMEO = re.compile(r"((?:vimeo\.com/(?:video/)?))(\d{6,12})")
_LONGEST_KEPT_NUMBER = 4
_VOWELS, _CONSONANTS = "aeiouyåäö", "bcdfghjklmnprstv"
_ADDRESSES = frozenset(("href", "src", "content", "action", "data-src", "poster", "cite"))
_REST_FIELDS = ("id", "date", "date_gmt", "modified", "modified_gmt", "status", "type")


class Mask:
    """Replaces the words of one page; the same word always by the same word."""

    def __init__(self, site: Site, text: str, kept: Iterable[str] = ()) -> None:
        self._site = site
        self._kept = frozenset(w.casefold() for k in kept for w in _WORD.findall(k))
        self._names = _names_in(text)

    def text(self, text: str) -> str:
        """Running text: dates stay, names and words are replaced, longer numbers become others."""
        pieces: list[str] = []
        position = 0
        for start, end in [*_kept_spans(text), (len(text), len(text))]:
            if start > position:
                pieces.append(_WORD_OR_DIGITS.sub(self._replacement, text[position:start]))
            pieces.append(text[max(start, position) : end])
            position = max(position, end)
        return "".join(pieces)

    def address(self, url: str) -> str:
        """An address of the same form: the site's own host becomes the example's, names go."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return "#"
        if parts.scheme in ("mailto", "tel"):
            return f"{parts.scheme}:info@exempel.example"
        if parts.scheme not in ("", "http", "https"):
            return "#"
        host = parts.netloc
        if self._site.owns(url):
            host = urlsplit(BASE).netloc
        elif host and not _is_known_host(host):
            host = self._words(host.rpartition(".")[0]) + ".example"
        if _is_known_host(host):
            return _film_ids(urlunsplit((parts.scheme, host, parts.path, parts.query, "")))
        query = self._words(parts.query)
        return urlunsplit((parts.scheme, host, self._words(parts.path), query, ""))

    def attribute(self, name: str, value: str) -> str:
        """An attribute's value; technical ones stay, but for the films and addresses in them."""
        if name in _settings()["text_attributes"]:
            return self.text(value)
        if name in _ADDRESSES and not (name == "content" and "/" not in value):
            if re.match(r"\d{4}-\d\d-\d\d", value):
                return value
            return self.address(value) if " " not in value.strip() else self.text(value)
        if name == "content" and " " in value:
            return self.text(value)
        if name == "data-id":
            return _film_ids(value)
        return _WEB.sub(lambda match: self._quoted(match.group()), value)

    def _quoted(self, url: str) -> str:
        """An address inside a setting, with or without its slashes escaped."""
        if "\\/" in url:
            return self.address(url.replace("\\/", "/")).replace("/", "\\/")
        return self.address(url)

    def _words(self, text: str) -> str:
        return _WORD_OR_DIGITS.sub(self._replacement, text)

    def _replacement(self, match: re.Match[str]) -> str:
        word = match.group()
        if word.isdigit():
            return word if len(word) <= _LONGEST_KEPT_NUMBER else _digits(word)
        lower = word.casefold()
        name = self._names.get(lower) or self._names.get(lower.removesuffix("s"))
        if name is not None:
            ending = "s" if lower not in self._names and lower.endswith("s") else ""
            return _in_case(name + ending, word)
        if len(word) <= 2 or lower in self._kept or _stays(lower):
            return word
        return _in_case(_shaped(lower), word)


def masked_page(text: str, site: Site, kept: Iterable[str]) -> str:
    """An HTML page with its words replaced. Structure, classes, ids, dates and offsets' order stay."""
    root = parse_html(text)
    for element in list(root.iter(Comment)):
        _drop(element)
    for element in list(root.iter("script", "style", "link", "noscript")):
        if element.tag == "noscript" and len(element):
            continue
        if element.tag == "link" and element.get("rel") in ("canonical", "shortlink"):
            continue
        if element.get("type") == "application/ld+json":
            element.text = _linked_days(element.text or "")
            continue
        _drop(element)
    mask = Mask(site, "\n\n".join(_texts(root)), kept)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for name in ("srcset", "style", "onclick", "data-srcset"):
            element.attrib.pop(name, None)
        for name, value in element.attrib.items():
            element.set(name, mask.attribute(name, value))
        if element.tag != "script" and element.text:
            element.text = mask.text(element.text)
        if element.tail:
            element.tail = mask.text(element.tail)
    body: str = tostring(root, encoding="unicode", method="html", doctype="<!DOCTYPE html>")
    return body + "\n"


def masked_entry(item: Mapping[str, Any], site: Site, kept: Iterable[str]) -> dict[str, Any]:
    """A REST entry with its words replaced; of its fields only those that are read."""
    content = _rendered(item, "content")
    title = _rendered(item, "title")
    mask = Mask(site, f"{title}\n\n{re.sub('<[^>]+>', ' ', content)}", kept)
    inner = masked_page(content, site, kept) if content else ""
    body = re.search(r"<body[^>]*>(.*)</body>", inner, re.S)
    embedded = item.get("_embedded")
    groups = embedded.get("wp:term") if isinstance(embedded, Mapping) else None
    terms = [
        [
            {"taxonomy": t.get("taxonomy"), "name": mask.text(str(t.get("name", "")))}
            for t in group
            if isinstance(t, Mapping)
        ]
        for group in (groups if isinstance(groups, list) else ())
        if isinstance(group, list)
    ]
    return {
        **{name: item[name] for name in _REST_FIELDS if name in item},
        "link": mask.address(str(item.get("link", ""))),
        "title": {"rendered": mask.text(title)},
        "content": {"rendered": body.group(1).strip() if body else "", "protected": False},
        "_embedded": {"wp:term": terms},
    }


def _names_in(text: str) -> dict[str, str]:
    """A name for each part of a name on the page, itself on the page nowhere: given for given, surname for surname."""
    names: dict[str, str] = {}
    people = [_WORD.findall(mention.name) for mention in find_people(text)]
    taken = {part.casefold() for parts in people for part in parts}
    for parts in people:
        for n, part in enumerate(parts):
            lower = part.casefold()
            if lower in names or lower in lexicon().particles:
                continue
            pool = _pool(n == 0 and len(parts) > 1, len(part))
            names[lower] = _chosen(lower, [p for p in pool if p.casefold() not in taken] or pool)
            taken.add(names[lower].casefold())
    return names


@cache
def _pool(given: bool, length: int) -> list[str]:
    """Names of a length, or of the nearest one there is: plain letters, no ordinary words."""
    words = lexicon().given if given else lexicon().surnames
    plain = sorted(w for w in words if w.isalpha() and w[:1].isupper())
    nearest = min((abs(len(w) - length) for w in plain), default=0)
    return [w for w in plain if abs(len(w) - length) == nearest]


def _chosen(word: str, pool: list[str]) -> str:
    return next(
        (c for n in range(20) if (c := pool[_number(f"{word}{n}") % len(pool)]).casefold() != word),
        pool[0],
    )


def _kept_spans(text: str) -> list[tuple[int, int]]:
    """The stretches that are dates; they stay as they are."""
    if not any(c.isdigit() for c in text):
        return []
    return [(m.char_start, m.char_end) for m in find_dates(text)]


def _shaped(word: str) -> str:
    """Another word of the same length: a vowel for a vowel, a consonant for a consonant."""
    for n in range(8):
        seed = hashlib.sha256(f"{n}{word}".encode("utf-8", "surrogatepass")).digest()
        shaped = "".join(
            (_VOWELS if c in _VOWELS else _CONSONANTS)[
                seed[i % 32] % len(_VOWELS if c in _VOWELS else _CONSONANTS)
            ]
            for i, c in enumerate(word)
        )
        if shaped != word and not _stays(shaped):
            return shaped
    return word


def _in_case(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word.lower()


def _digits(number: str) -> str:
    return "".join(str((int(d) + _number(number) + n) % 10) for n, d in enumerate(number))


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:4], "big")


def _film_ids(value: str) -> str:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

    def youtube(match: re.Match[str]) -> str:
        seed = hashlib.sha256(match.group(2).encode()).digest()
        return match.group(1) + "".join(alphabet[b % len(alphabet)] for b in seed[:11])

    value = _VIMEO.sub(lambda m: m.group(1) + "4" + _digits(m.group(2))[1:], value)
    return _YOUTUBE.sub(youtube, value)


@cache
def _settings() -> dict[str, list[str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _vocabulary() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    keep = _settings()["keep"]
    roles = tomllib.loads(_PEOPLE.read_text(encoding="utf-8"))["class"]
    words = {
        w
        for group in roles.values()
        for values in group.values()
        for v in values
        for w in v.split()
    }
    words |= {k for k in keep if not k.startswith("-") and not k.endswith("-")}
    words |= {w.casefold() for w in lexicon().common} | {w.casefold() for w in lexicon().places}
    beginnings = tuple(k[:-1] for k in keep if k.endswith("-"))
    endings = tuple(k[1:] for k in keep if k.startswith("-"))
    return frozenset(words), beginnings, endings


def _stays(word: str) -> bool:
    words, beginnings, endings = _vocabulary()
    return (
        word in words
        or word.startswith(beginnings)
        or word.endswith(endings)
        or is_organisation_word(word)
        or bool(find_dates(word))
    )


def _is_known_host(host: str) -> bool:
    return any(host == h or host.endswith("." + h) for h in _settings()["hosts"])


def _linked_days(text: str) -> str:
    """Linked data with its days alone."""
    days = re.findall(r'"(date(?:Published|Modified))"\s*:\s*"([^"]{8,40})"', text)
    return json.dumps({"@type": "Article", **dict(reversed(days))})


def _texts(root: HtmlElement) -> Iterable[str]:
    for element in root.iter(
        "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "figcaption", "title"
    ):
        yield " ".join("".join(element.itertext()).split())


def _rendered(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    value = value.get("rendered") if isinstance(value, Mapping) else value
    return value if isinstance(value, str) else ""


def _drop(element: HtmlElement) -> None:
    """Take an element out, its tail left in place."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)
