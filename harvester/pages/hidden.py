"""What must not show on a page: the names of suppressed people, in full and in part."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from harvester.privacy import MASK, NameFinder
from harvester.privacy.finder import masked
from harvester.privacy.words import Word, words_of


@dataclass(frozen=True, slots=True)
class HiddenNames:
    """What must not show on one page: names in full, and their parts.

    ``originals`` are the texts that hold them, by what is left of each; for ids of rows alone.
    """

    finder: NameFinder
    parts: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    originals: Mapping[str, str] = field(default_factory=dict)

    def in_address(self, address: str) -> bool:
        """True for an address that holds a name, a surname of the page's people, or a mask."""
        if MASK in unquote(address) or self.finder.in_address(address) is not None:
            return True
        return bool(self.surnames) and any(
            _part(word, self.surnames) for word in words_of(unquote(address))
        )

    def mask(self, text: str, *, spared: Collection[tuple[int, int]] = ()) -> str:
        """The text without the names and their capitalised parts, at equal length.

        Within the ``spared`` stretches, other people's names, parts stay.
        """
        return masked(text, self._words(text, spared))

    def mask_all(self, text: str) -> str:
        """The text without the names and all their parts, in capitals or not: for slugs and ids."""
        words = [w for match in self.finder.matches(text) for w in match.words]
        return masked(text, (*words, *(w for w in words_of(text) if _part(w, self.parts))))

    def _words(self, text: str, spared: Collection[tuple[int, int]]) -> Iterator[Word]:
        for match in self.finder.matches(text):
            yield from match.words
        if self.parts:
            kept = {n for start, end in spared for n in range(start, end)}
            for word in words_of(text):
                if word.capital and word.start not in kept and _part(word, self.parts):
                    yield word


def _part(word: Word, parts: Collection[str]) -> bool:
    return word.folded in parts or (word.folded.endswith("s") and word.folded[:-1] in parts)
