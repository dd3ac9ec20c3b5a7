"""Signatures: who signs a page at its end."""

from __future__ import annotations

import re

from harvester.pages.block_kinds import BlockKind
from harvester.pages.clips import TITLE
from harvester.pages.reading import PlacedPerson, Reading

_LAST_BLOCKS = 2
_LONGEST = 160
# What may stand between a name and the end of its line: a party, a comma.
_LINE_END = re.compile(r"(?: \([A-ZÅÄÖ]{1,3}\))?,? ?(?:\n|\Z)")


def signs(reading: Reading, person: PlacedPerson) -> bool:
    """True where a name has a line to itself at the end of the page, its bearer's role below.

    A caption, a heading or a list of names is no signature.
    """
    blocks = reading.content.blocks
    place = person.place
    if place.block == TITLE or blocks[place.block].kind is not BlockKind.PARAGRAPH:
        return False
    text = blocks[place.block].text
    if len(text) > _LONGEST or "\n" not in text:
        return False
    if sum(1 for block in blocks[place.block + 1 :] if block.text) >= _LAST_BLOCKS:
        return False
    begins_line = place.char_start == 0 or text[place.char_start - 1] == "\n"
    return begins_line and _LINE_END.match(text, place.char_end) is not None
