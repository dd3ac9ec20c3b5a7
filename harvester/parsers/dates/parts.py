"""Parts of a month, a year or a decade: "början av", "slutet av", "det sena"."""

from __future__ import annotations

from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source

_PART = (
    r"(?P<part>(?:(?:början|mitten|slutet|inledningen|senare delen|tidigare delen|"
    r"(?:första|andra|senare) (?:halvan|hälften|delen)) (?:av|på|i) (?:det )?"
    r"|(?:det )?(?:tidiga|sena) |(?:tidigt|sent) (?:i |på )?))"
)
#: Left of a year, decade or month: "början av", "det sena".
PART_LEFT = Pattern(rf"(?<![a-zåäö]){_PART}$")
#: How such a part ends: "slutet av", "början på", "tidigt i" all have n or t before the last word.
PART_ENDS = (
    *(f"{letter} {word} " for letter in "nt" for word in ("av", "på", "i")),
    *(f"{word} " for word in ("det", "tidiga", "sena", "tidigt", "sent")),
)


def take_part(src: Source, draft: Draft) -> None:
    """Take "början av" and the like into a draft: the whole, marked as approximate."""
    match = src.left(PART_LEFT, draft.start, ends=PART_ENDS)
    if match:
        draft.start = src.base(draft.start) + match.start("part")
        draft.flags.append("approx")
