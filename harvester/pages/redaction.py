"""Redaction: a suppressed person's name leaves a page before anything is read from it.

Names are known by id (of the mentions the page holds) and by hashed forms, so that a page is
redacted where only a slug, a category or a handle names the person. On a page that names the
person in full anywhere, the parts of the name are masked as well; a surname alone on a page that
never does points to nobody and stays.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from harvester.pages.block_text import BlockLink
from harvester.pages.blocks import Block
from harvester.pages.clips import TITLE
from harvester.pages.content import Found, PageContent
from harvester.pages.hidden import HiddenNames
from harvester.pages.reading import PlacedPerson, Reading
from harvester.pages.rows.ids import person_id
from harvester.privacy import MASK, NameFinder, name_forms
from harvester.privacy.finder import masked
from harvester.privacy.words import words_of


def redact(
    reading: Reading, suppressed: Collection[str], forms: Collection[str], key: bytes
) -> PageContent:
    """The page without the suppressed people's names; the very same object where it names none.

    Every name is masked at equal length, in texts, titles, categories, byline, links and films. The
    page keeps what is hidden, so that addresses that hold a name are not shown.
    """
    page = reading.content
    names = {p.mention.name for p in reading.people if person_id(p.mention.name, key) in suppressed}
    for found in (page.author, *page.categories):
        if found is not None and person_id(found.value, key) in suppressed:
            names.add(found.value)
    finder = _finder(frozenset(forms), key).with_forms(
        {f for n in names for f in name_forms(n, key)}
    )
    matches = [match for text in _texts(reading) for match in finder.matches(text)]
    addresses = list(_addresses(page))
    matches += [m for address in addresses if (m := finder.in_address(address)) is not None]
    if not names and not matches and not any(MASK in unquote(address) for address in addresses):
        return page
    hidden = HiddenNames(finder).with_names(names).with_matches(matches)
    return _Redaction(reading, hidden, names).page()


@functools.lru_cache(maxsize=4)
def _finder(forms: frozenset[str], key: bytes) -> NameFinder:
    """One finder for all pages: it remembers the words it has met."""
    return NameFinder(forms, key)


@dataclass(frozen=True, slots=True)
class _Redaction:
    """Masks one page. ``names`` are the suppressed names among its mentions."""

    reading: Reading
    hidden: HiddenNames
    names: Collection[str]

    def page(self) -> PageContent:
        page = self.reading.content
        title = self._found(page.title, self._spared(TITLE))
        blocks = tuple(self._block(n, block) for n, block in enumerate(page.blocks))
        originals = {
            new.text: old.text
            for new, old in zip(reversed(blocks), reversed(page.blocks), strict=True)
            if new.text != old.text
        }
        if title is not None and page.title is not None and title != page.title:
            originals[title.value] = page.title.value
        return replace(
            page,
            title=title,
            author=self._kept(page.author),
            categories=tuple(c for c in page.categories if self._kept(c) is not None),
            blocks=blocks,
            hidden=replace(self.hidden, originals=originals),
        )

    def _block(self, n: int, block: Block) -> Block:
        text = self._text(n, block.text)
        film = block.film
        if film is not None:
            film = replace(
                film,
                title=film.title and self.hidden.mask(film.title),
                heading=film.heading and self.hidden.mask(film.heading),
                person=None,
            )
        documents = tuple(
            replace(d, title=d.title and self.hidden.mask(d.title)) for d in block.documents
        )
        links = tuple(self._link(link, text) for link in block.links)
        return replace(block, text=text, links=links, film=film, documents=documents)

    def _text(self, n: int, text: str) -> str:
        """A block's text without the names, and without the short forms that mean them there."""
        text = self.hidden.mask(text, spared=self._spared(n))
        for placed in self.reading.people_in(n):
            if placed.mention.name in self.names:
                start, end = placed.place.char_start, placed.place.char_end
                text = (
                    text[:start] + masked(text[start:end], words_of(text[start:end])) + text[end:]
                )
        return text

    def _spared(self, n: int) -> list[tuple[int, int]]:
        return [
            (p.place.char_start, p.place.char_end)
            for p in self.reading.people_in(n)
            if self._is_anothers(p)
        ]

    def _is_anothers(self, placed: PlacedPerson) -> bool:
        """True for a mention of somebody else; a part of a hidden name alone is nobody else's."""
        mention = placed.mention
        return mention.name not in self.names and not self.hidden.holds(mention.raw)

    def _link(self, link: BlockLink, text: str) -> BlockLink:
        shown = text[link.char_start : link.char_end]
        same = len(shown) == len(link.text)
        return replace(link, text=shown if same else self.hidden.mask(link.text))

    def _found(
        self, found: Found[str] | None, spared: Collection[tuple[int, int]] = ()
    ) -> Found[str] | None:
        if found is None:
            return None
        value = self.hidden.mask(found.value, spared=spared)
        if value == found.value:
            return found
        raw = self.hidden.mask(found.raw, spared=spared if found.raw == found.value else ())
        if raw == found.raw:
            raw = value  # written in another way: what it says is shown
        return replace(found, value=value, raw=raw)

    def _kept(self, found: Found[str] | None) -> Found[str] | None:
        return found if self._found(found) == found else None


def _texts(reading: Reading) -> Iterator[str]:
    page = reading.content
    yield reading.text.text
    for found in (page.author, *page.categories):
        if found is not None:
            yield found.value
    for block in page.blocks:
        if block.film is not None:
            yield from (text for text in (block.film.title, block.film.heading) if text)
        yield from (d.title for d in block.documents if d.title)


def _addresses(page: PageContent) -> Iterator[str]:
    yield page.url
    for block in page.blocks:
        yield from (link.href for link in block.links)
        yield from (d.url for d in block.documents)
        if block.film is not None:
            yield block.film.video.url
