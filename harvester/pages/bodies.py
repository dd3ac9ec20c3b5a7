"""Stored bodies without suppressed people: what `harvester archive purge` keeps of each.

A body is masked as pages are: names in full wherever they stand, and on a page that holds one the
parts of the name as well. One decoded character becomes one mask, so that blocks keep their length
and offsets stay true. Posts in a REST answer are pages of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from harvester.archive.capture import Capture
from harvester.pages.addresses import AddressKind, address_kind
from harvester.pages.document import decode
from harvester.pages.hidden import HiddenNames, is_part
from harvester.pages.rows.ids import person_id
from harvester.parsers.people import PersonMention, find_people
from harvester.privacy import NameFinder, name_forms
from harvester.privacy.markup import View, masked_spans, read_view, source_view
from harvester.privacy.words import Word, words_of
from harvester.sites import Profile

_TEXTS = ("text/", "application/json", "application/xml", "application/xhtml", "application/rss")
#: A header cannot hold the mask that texts have.
_HEADER_MASK = "x"

#: A web address between quotes: in an attribute, or in JSON with its slashes escaped. Must not match
#: one in running text.
_QUOTED = re.compile(r"""(["'])(https?:\\?/\\?/[^\s"'<>]{1,2000})\1""")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")


@dataclass(frozen=True, slots=True)
class BodyRedaction:
    """Masks stored answers. ``suppressed`` are ids of names, ``finder`` knows their forms.

    Addresses of ``profile``'s pages that name somebody are `Site.forgotten`, ``naming`` among them:
    those that do so by what their page says.
    """

    suppressed: frozenset[str]
    finder: NameFinder
    key: bytes
    profile: Profile
    naming: frozenset[str] = frozenset()

    def body(self, capture: Capture) -> bytes:
        """The answer's body without the names; the very same where it holds none."""
        if not _is_text(capture):
            return capture.body
        if _is_json(capture):
            return self._json(capture.body)
        decoded = decode(capture.body, capture.header("Content-Type") or "")
        text = self._readdressed(decoded.text)
        text = _Masking.of([decoded.text], self).masked(text)
        if text == decoded.text:
            return capture.body
        return text.encode(decoded.encoding, "xmlcharrefreplace")

    def address(self, url: str) -> str | None:
        """The address to keep an answer under: its own, the forgotten one of a page, None for any other."""
        if url not in self.naming and self.finder.in_address(url) is None:
            return url
        site = self.profile.site_of(url)
        if site is None or address_kind(site.canonical(url)) is not AddressKind.PAGE:
            return None
        return site.forgotten(url)

    def header(self, text: str) -> str:
        """Header lines and messages without the names, in plain letters."""
        view = source_view(text)
        return masked_spans(text, view.spans(_named(self.finder, view)), _HEADER_MASK)

    def names_person(self, capture: Capture) -> bool:
        """True where the answer's own address names somebody who is suppressed.

        A surname in the address does where the body names the person in full.
        """
        if self.finder.in_address(capture.url) is not None:
            return True
        if not _is_text(capture) or _is_json(capture):
            return False
        text = decode(capture.body, capture.header("Content-Type") or "").text
        return _Masking.of([text], self).hidden.in_address(capture.url)

    def _readdressed(self, text: str) -> str:
        """A text whose quoted addresses name nobody, as far as they are pages of the sites.

        Not those in running text: there each letter is masked, so that offsets stay true.
        """
        return _QUOTED.sub(lambda m: f"{m[1]}{self._other(m[2])}{m[1]}", text)

    def _other(self, written: str) -> str:
        url = unescape(written.replace("\\/", "/"))
        kept = self.address(url)
        return written if kept is None or kept == url else kept

    def _item(self, item: Any) -> Any:
        """A post of a REST answer without the names."""
        masking = _Masking.of(list(_strings(item)), self)
        return _mapped(item, lambda text: masking.masked(self._link(text)))

    def _link(self, text: str) -> str:
        """A JSON text; one that is an address as a whole is readdressed as one."""
        if _ADDRESS.fullmatch(text):
            return self._other(text)
        return self._readdressed(text)

    def _json(self, body: bytes) -> bytes:
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            return self.header(body.decode("utf-8", "replace")).encode()
        items = data if isinstance(data, list) else [data]
        kept = [self._item(item) for item in items]
        if kept == items:
            return body
        return json.dumps(kept if isinstance(data, list) else kept[0], ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class _Masking:
    """Masks the texts of one page. ``names`` are the suppressed names among its mentions."""

    hidden: HiddenNames
    names: frozenset[str]

    @classmethod
    def of(cls, texts: Collection[str], redaction: BodyRedaction) -> _Masking:
        """What to mask in texts that belong to one page."""
        views = [read_view(text) for text in texts]
        names = frozenset(
            m.name
            for view in views
            for m in find_people(view.text)
            if person_id(m.name, redaction.key) in redaction.suppressed
        )
        forms = {form for name in names for form in name_forms(name, redaction.key)}
        hidden = HiddenNames(redaction.finder.with_forms(forms))
        for view in (*views, *(source_view(text) for text in texts)):
            hidden = hidden.with_matches(hidden.finder.matches(view.text))
            if (match := hidden.finder.in_address(view.text)) is not None:
                hidden = hidden.with_matches([match])
        return cls(hidden.with_names(names), names)

    def masked(self, text: str) -> str:
        """One of the texts without the names."""
        if not self.hidden.parts:
            return text
        read, source = read_view(text), source_view(text)
        mentions = find_people(read.text)
        words = list(self.hidden.words(read.text, self._spared(mentions)))
        for mention in mentions:
            if mention.name in self.names:
                words += _within(read, mention)
        spans = [*read.spans(words), *source.spans(_named(self.hidden.finder, source))]
        spans += source.spans(self._surnames_in_tags(source))
        return masked_spans(text, spans)

    def _spared(self, mentions: Collection[PersonMention]) -> list[tuple[int, int]]:
        return [
            (m.char_start, m.char_end)
            for m in mentions
            if m.name not in self.names and not self.hidden.holds(m.raw)
        ]

    def _surnames_in_tags(self, source: View) -> Iterator[Word]:
        """Surnames within addresses, as pages do not show those either."""
        if not self.hidden.surnames:
            return
        for word in words_of(source.text):
            before = source.text[max(0, word.start - 1) : word.start]
            after = source.text[word.end : word.end + 1]
            slug = bool({before, after} & set("/-_.+%"))
            if slug and not word.capital and is_part(word, self.hidden.surnames):
                yield word


def _named(finder: NameFinder, view: View) -> Iterator[Word]:
    for match in finder.matches_in_address(view.text):
        yield from match.words


def _within(view: View, mention: PersonMention) -> list[Word]:
    start = mention.char_start
    return [
        replace(w, start=w.start + start, end=w.end + start)
        for w in words_of(view.text[start : mention.char_end])
    ]


def _strings(value: Any) -> Iterator[str]:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)


def _mapped(value: Any, masked: Callable[[str], str]) -> Any:
    """A JSON value with each text masked; a key that names somebody is masked as well."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, list):
        return [_mapped(item, masked) for item in value]
    if isinstance(value, dict):
        return {masked(k): _mapped(v, masked) for k, v in value.items()}
    return value


def _is_text(capture: Capture) -> bool:
    media = capture.media_type
    return not media or media.startswith(_TEXTS) or media.endswith(("+json", "+xml"))


def _is_json(capture: Capture) -> bool:
    media = capture.media_type
    return media == "application/json" or media.endswith("+json")
