"""What a layout is: how it recognises a page, and what it says of the clips and people on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from harvester.pages.clips import TITLE, ClipPlace, clips_in_text
from harvester.pages.content import PageContent
from harvester.pages.reading import PlacedPerson, Reading
from harvester.records import PageKind, TookPartAs

# An opening in capitals with a colon: "ORDFÖRANDE HAR ORDET 6 OKTOBER 2024:", "FILMKLIPP:".
_KICKER = re.compile(
    r"[A-ZÅÄÖÉÜ0-9][A-ZÅÄÖÉÜ0-9 ./–-]{3,60}?(?=:)|[A-ZÅÄÖÉÜ][A-ZÅÄÖÉÜ0-9 ./–-]{8,60}$"
)


class Layout:
    """One way in which content is built. Subclasses are found by the registry.

    ``tier`` orders them: in the highest tier in which any matches, exactly one must.
    ``promises`` names the fields of `pages` that this layout always states; a null among them is
    explained in the evidence.
    """

    name: ClassVar[str]
    kind: ClassVar[PageKind]
    tier: ClassVar[int]
    promises: ClassVar[tuple[str, ...]] = ("title",)
    #: What someone named in a clip's heading or in the title did.
    part: ClassVar[TookPartAs] = TookPartAs.MENTIONED

    def matches(self, page: PageContent) -> bool:
        """True where the page is built this way."""
        raise NotImplementedError

    def clips(self, reading: Reading) -> Sequence[ClipPlace]:
        """The page's clips, in page order."""
        return clips_in_text(reading.content.blocks)

    def subjects(self, reading: Reading) -> Sequence[PlacedPerson]:
        """The people the page is about, beside those of its clips: by default those of the title."""
        return reading.people_in(TITLE)

    def part_of(self, reading: Reading, person: PlacedPerson) -> TookPartAs:
        """What a subject of the page or of a clip did."""
        return self.part


def kicker(page: PageContent) -> str:
    """The kicker a post opens with, in its own capitals, or an empty string."""
    for block in page.blocks[:2]:
        match = _KICKER.match(block.text)
        if match:
            return match.group().strip()
        if block.text:
            break
    return ""


def title_of(page: PageContent) -> str:
    """The title's text, empty where the page has none."""
    return page.title.value if page.title else ""


def category_names(page: PageContent) -> set[str]:
    """The page's category names in lower case."""
    return {c.value.casefold() for c in page.categories}


def says_interview(reading: Reading) -> bool:
    """True where the page calls what it shows interviews."""
    head = f"{title_of(reading.content)} " + " ".join(b.text for b in reading.content.blocks[:3])
    return "intervju" in head.casefold()
