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


_SENTENCES = re.compile(r"(?<=[.!?])\s+")
# Words that take a part only: what they count is not said of all.
_SOME = re.compile(
    r"\b(de flesta|flertalet|mestadels|främst|bland annat|bl\.a\.|några|en del|flera|också|även)\b",
    re.I,
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
    #: True where everything on the page is about its one film.
    whole_page_is_clip: ClassVar[bool] = False

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
    """True where the page calls all that it shows interviews ("most are interviews" does not)."""
    if "intervju" in title_of(reading.content).casefold():
        return True
    opening = " ".join(b.text for b in reading.content.blocks[:3] if b.level == 0)
    sentences = [s for s in _SENTENCES.split(opening) if "intervju" in s.casefold()]
    return any(not _SOME.search(s) for s in sentences)
