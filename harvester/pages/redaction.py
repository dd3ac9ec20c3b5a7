"""Redaction: a suppressed person's name leaves a page's text before anything is read from it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from harvester.pages.blocks import Block
from harvester.pages.content import Found, PageContent
from harvester.pages.reading import Reading
from harvester.pages.rows.ids import person_id

#: What stands for each redacted character: equal length keeps every other offset true.
MASK = "█"


def redact(reading: Reading, suppressed: Collection[str], key: bytes) -> PageContent:
    """The page without the suppressed people's names; the very same object where it names none.

    Every mention is masked at equal length, and so is each part of the name wherever it stands as
    a word: in link texts, film titles, categories, the byline and the title.
    """
    names = {p.mention.name for p in reading.people if person_id(p.mention.name, key) in suppressed}
    raws = {p.mention.raw for p in reading.people if p.mention.name in names}
    page = reading.content
    for found in (page.author, *page.categories):
        if found is not None and person_id(found.value, key) in suppressed:
            names.add(found.value)
    if not names:
        return page
    pattern = _pattern(names | raws)
    blocks = tuple(_block(b, pattern) for b in page.blocks)
    return replace(
        page,
        blocks=blocks,
        title=_found(page.title, pattern),
        author=None if page.author and pattern.search(page.author.value) else page.author,
        categories=tuple(c for c in page.categories if not pattern.search(c.value)),
    )


def _pattern(names: Collection[str]) -> re.Pattern[str]:
    """Any of the names or their parts as whole words, in any case, with or without a genitive -s."""
    words = {part for name in names for part in re.split(r"[\s]+", name) if len(part) > 1}
    words |= {part.removesuffix("s") for part in words if len(part) > 3}
    alternatives = "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<![^\W\d_])(?:{alternatives})s?(?![^\W\d_])", re.I)


def _mask(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: MASK * len(match.group()), text)


def _block(block: Block, pattern: re.Pattern[str]) -> Block:
    links = tuple(
        replace(link, text=_mask(link.text, pattern))
        for link in block.links
        if not _in_address(link.href, pattern)
    )
    film = block.film
    if film is not None:
        film = replace(
            film, title=_mask(film.title, pattern) if film.title else film.title, person=None
        )
    return replace(block, text=_mask(block.text, pattern), links=links, film=film)


def _found(found: Found[str] | None, pattern: re.Pattern[str]) -> Found[str] | None:
    if found is None:
        return None
    return replace(found, value=_mask(found.value, pattern), raw=_mask(found.raw, pattern))


def _in_address(href: str, pattern: re.Pattern[str]) -> bool:
    return pattern.search(re.sub(r"[-_/.%+]", " ", href)) is not None
