"""What must not show on a page: the names of suppressed people, in full and in part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from harvester.privacy import MASK, NameFinder, NameMatch
from harvester.privacy.finder import masked
from harvester.privacy.words import Word, words_of

#: Particles and conjunctions: words of many names that name nobody by themselves.
_NO_NAME = frozenset({"af", "av", "von", "van", "de", "der", "den", "du", "la", "le", "zu", "och"})


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
            is_part(word, self.surnames) for word in words_of(unquote(address))
        )

    def mask(self, text: str, *, spared: Collection[tuple[int, int]] = ()) -> str:
        """The text without the names and their capitalised parts, at equal length.

        Within the ``spared`` stretches, other people's names, parts stay.
        """
        return masked(text, self.words(text, spared))

    def mask_all(self, text: str) -> str:
        """The text without the names and all their parts, in capitals or not: for slugs and ids."""
        words = [w for match in self.finder.matches(text) for w in match.words]
        return masked(text, (*words, *(w for w in words_of(text) if is_part(w, self.parts))))

    def with_names(self, names: Iterable[str]) -> HiddenNames:
        """With the parts of names that stand in full on the page."""
        parts, surnames = set(self.parts), set(self.surnames)
        for name in names:
            words = [w.folded for w in words_of(name)]
            parts.update(words)
            surnames.update(words[-1:])
        return replace(self, parts=_telling(parts), surnames=_telling(surnames))

    def with_matches(self, matches: Iterable[NameMatch]) -> HiddenNames:
        """With the parts of names that were found on the page."""
        parts, surnames = set(self.parts), set(self.surnames)
        for match in matches:
            parts |= match.parts
            surnames |= match.surname
        return replace(self, parts=_telling(parts), surnames=_telling(surnames))

    def holds(self, raw: str) -> bool:
        """True for a mention made of hidden parts alone: it is nobody else's name."""
        return all(is_part(word, self.parts) for word in words_of(raw))

    def words(self, text: str, spared: Collection[tuple[int, int]]) -> Iterator[Word]:
        for match in self.finder.matches(text):
            yield from match.words
        if self.parts:
            kept = {n for start, end in spared for n in range(start, end)}
            for word in words_of(text):
                if word.capital and word.start not in kept and is_part(word, self.parts):
                    yield word


def is_part(word: Word, parts: Collection[str]) -> bool:
    """True for a word that is one of some parts, with or without a genitive -s."""
    return word.folded in parts or (word.folded.endswith("s") and word.folded[:-1] in parts)


def _telling(words: Iterable[str]) -> frozenset[str]:
    return frozenset(w for w in words if len(w) > 1 and w not in _NO_NAME)
