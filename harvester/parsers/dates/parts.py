"""Parts of a month, a year or a decade: "början av", "slutet av", "det sena"."""

from __future__ import annotations

from harvester.parsers.dates.mention import Draft
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source

_PART = (
    r"(?P<part>(?:(?:början|mitten|slutet|inledningen|senare delen|tidigare delen|"
    r"(?:första|andra|senare) (?:halvan|hälften|delen)) (?:av|på|i) (?:det )?"
    r"|(?:det )?(?:tidiga|sena) |(?:tidigt|sent) (?:i |på )?))"
)
#: Left of a year, decade or month: "början av", "det sena".
PART_LEFT = Pattern(rf"(?<![a-zåäö]){_PART}$")
#: The words that such a part ends with.
PART_WORDS = frozenset({"av", "på", "i", "det", "tidiga", "sena", "tidigt", "sent"})


def take_part(src: Source, draft: Draft) -> None:
    """Take "början av" and the like into a draft: the whole, marked as approximate."""
    match = src.left(PART_LEFT, draft.start, PART_WORDS)
    if match:
        draft.start = src.base(draft.start) + match.start("part")
        draft.flags.append("approx")
