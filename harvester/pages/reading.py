"""A page's text read once: people and dates over all of it, each brought back to its block."""

from __future__ import annotations

import bisect
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from harvester.pages.block_kinds import BlockKind
from harvester.pages.blocks import Block
from harvester.pages.content import Found, PageContent
from harvester.parsers.dates import DateMention, find_dates
from harvester.parsers.people import PeopleReading, PersonMention, read_people

_GAP = "\n\n"
_LINE = "\n"
# A line that may be the role of the name above it: short, no sentence, no talk, no address.
_BELOW_NAME = re.compile(r"[^\W\d_][^\n:!?]{2,98}(?<![.…])")
_NAME_ONLY = re.compile(r"[^\W\d_][^\n\d.:!?,]{3,50}")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the page's text, in the block it stands in."""

    block: int  # index among the page's blocks; -1 is the title
    char_start: int
    char_end: int


class PageText:
    """The title and the blocks as one text: an empty line parts them, so that nothing crosses.

    Builders put a name in a heading and the role in a paragraph of its own: those two stand on
    neighbouring lines, as in a signature.
    """

    def __init__(self, title: Found[str] | None, blocks: Sequence[Block]) -> None:
        self._starts: list[int] = []
        self._blocks: list[int] = []
        pieces: list[str] = []
        length = 0
        titled = [(-1, title.value)] if title else []
        above: Block | None = None
        for n, text in [*titled, *((n, b.text) for n, b in enumerate(blocks) if b.text)]:
            block = blocks[n] if n >= 0 else None
            if pieces:
                gap = _LINE if _is_line_below(above, block) else _GAP
                pieces.append(gap)
                length += len(gap)
            self._starts.append(length)
            self._blocks.append(n)
            pieces.append(text)
            length += len(text)
            above = block
        self.text = "".join(pieces)
        self._lowered: str | None = None

    @property
    def lowered(self) -> str:
        """The text in lower case, to see at a glance whether a word stands in it."""
        if self._lowered is None:
            self._lowered = self.text.lower()
        return self._lowered

    def place(self, start: int, end: int) -> Place:
        """Where a stretch of the text stands. It must not cross blocks."""
        n = max(bisect.bisect_right(self._starts, start) - 1, 0)
        return Place(self._blocks[n], start - self._starts[n], end - self._starts[n])

    def block_at(self, position: int) -> int:
        """The block a position of the text lies in."""
        return self._blocks[max(bisect.bisect_right(self._starts, position) - 1, 0)]


def _is_line_below(above: Block | None, block: Block | None) -> bool:
    """True for a short paragraph right below a heading of the same column that may be a name."""
    return (
        above is not None
        and block is not None
        and above.kind is BlockKind.HEADING
        and block.kind is BlockKind.PARAGRAPH
        and above.column == block.column
        and _NAME_ONLY.fullmatch(above.text) is not None
        and _BELOW_NAME.fullmatch(block.text) is not None
    )


@dataclass(frozen=True, slots=True)
class PlacedPerson:
    mention: PersonMention
    place: Place


@dataclass(frozen=True, slots=True)
class PlacedDate:
    mention: DateMention
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """What the parsers found on a page, by block."""

    content: PageContent
    text: PageText
    people: tuple[PlacedPerson, ...]
    dates: tuple[PlacedDate, ...]
    unknown_roles: tuple[str, ...]

    by_block: Mapping[int, list[PlacedPerson]] = field(repr=False)

    def people_in(self, block: int) -> list[PlacedPerson]:
        return list(self.by_block.get(block, ()))

    @property
    def body(self) -> str:
        """The content without the title."""
        return _GAP.join(b.text for b in self.content.blocks if b.text)


def read(content: PageContent, *, published: date | None, edition: int | None) -> Reading:
    """People and dates of a page. ``edition`` and ``published`` are what year-less dates lean on."""
    text = PageText(content.title, content.blocks)
    people: PeopleReading = read_people(text.text)
    dates = find_dates(text.text, published=published, edition=edition)
    placed = tuple(PlacedPerson(m, text.place(m.char_start, m.char_end)) for m in people.mentions)
    by_block: dict[int, list[PlacedPerson]] = {}
    for person in placed:
        by_block.setdefault(person.place.block, []).append(person)
    return Reading(
        content,
        text,
        placed,
        tuple(PlacedDate(m, text.place(m.char_start, m.char_end)) for m in dates),
        tuple(role.raw for role in people.unknown_roles),
        by_block,
    )
