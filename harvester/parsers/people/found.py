"""A mention in its block, between being found and being told."""

from __future__ import annotations

from typing import NamedTuple

from harvester.parsers.people.cleaning import CleanText
from harvester.parsers.people.mending import NameSpan
from harvester.parsers.people.place import Statement
from harvester.parsers.people.wordview import WordView


class Found(NamedTuple):
    """A mention in its block, with the number of the person; None where no full name is known."""

    words: WordView
    span: NameSpan
    person: int | None
    said: Statement
    signs: bool = False

    @property
    def key(self) -> int | str:
        return self.person if self.person is not None else self.words.forms[self.span.start]


def offsets(words: WordView, span: tuple[int, int], cleaned: CleanText) -> tuple[int, int]:
    """A token range of a block, as offsets into the text given."""
    start, end = words.span(*span)
    return (start, end) if cleaned.origins is None else cleaned.span(start, end)
