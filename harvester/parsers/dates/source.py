"""The text under reading: folded once, with the looks to either side that every rule takes."""

from __future__ import annotations

import re
from collections.abc import Container

from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.text import Folded, fold

#: How far a rule looks to the left: longer than any weekday, article and preposition together.
REACH = 36

# Where a line of a text begins and ends for "a line of its own".
_LINE_EDGE = " \t•*|()[]:.,;!?-"


class Source:
    """A folded text and the drafts' common questions about a place in it."""

    __slots__ = ("_words", "cased", "folded", "low", "skip", "title_years")

    def __init__(self, text: str) -> None:
        self.folded: Folded = fold(text)
        self.low = self.folded.low
        self.cased = self.folded.cased
        self._words: dict[int, str] = {}
        self.skip = 0  # what lies left of it is spoken for
        self.title_years: list[tuple[int, int]] = []  # evidence that is no mention

    def left(
        self,
        pattern: Pattern,
        at: int,
        after: Container[str] | None = None,
        ends: tuple[str, ...] | None = None,
    ) -> re.Match[str] | None:
        """The match of a pattern that ends in ``$`` on what stands just left of a place.

        The match's offsets count from `base`. ``after``: the words that can end such a match;
        ``ends``: the letters that can. A look at them spares most searches.
        """
        if after is not None and (self._words.get(at) or self.word_before(at)) not in after:
            return None
        if ends is not None and not self.ends_before(ends, at):
            return None
        return pattern.search(self.low[at - REACH if at > REACH else 0 : at])

    def ends_before(self, ends: tuple[str, ...], at: int) -> bool:
        """True where one of these ends right before a place, or before a line break there (as ``$`` has it)."""
        low = self.low
        return low.endswith(ends, 0, at) or (at > 0 and low[at - 1] == "\n")

    def word_before(self, at: int) -> str:
        """The last word left of a place, without the punctuation around it; empty for none."""
        word = self._words.get(at)
        if word is None:
            low, end, reach = self.low, at - 1, at - 24 if at > 24 else 0
            word = low[low.rfind(" ", reach, end) + 1 or reach : end] if end > 0 else ""
            if not word.isalpha() or low[end] != " ":  # rarer: punctuation, a line break, a dash
                words = low[reach:at].rstrip(" \n,.(:-").rsplit(None, 1)
                word = words[-1].lstrip('("”’') if words else ""
                word = word.rpartition("-")[2]
            self._words[at] = word
        return word

    def word_before_article(self, at: int, articles: Container[str]) -> str:
        """The last word left of a place, or the one before it where that is an article such as "den"."""
        word = self._words.get(at) or self.word_before(at)
        if word not in articles:
            return word
        return self.word_before(self.low.rfind(word, 0, at))

    def name_before(self, at: int) -> tuple[str, int]:
        """The word that ends right before a place, a colon at most between, and where it begins."""
        low, end = self.low, at
        while end and low[end - 1] == " " and at - end < 3:
            end -= 1
        if end == at or not end:
            return "", at
        end -= low[end - 1] == ":"
        start = (
            max(low.rfind(" ", max(0, end - 40), end), low.rfind("\n", max(0, end - 40), end)) + 1
        )
        while start < end and not low[start].isalnum():
            start += 1
        return low[start:end].rstrip("."), start

    @staticmethod
    def base(at: int) -> int:
        """Where the slice that `left` searches begins."""
        return max(0, at - REACH)

    def char(self, at: int) -> str:
        """The character at a place, a space outside the text."""
        return self.low[at] if 0 <= at < len(self.low) else " "

    def glued_left(self, at: int) -> bool:
        """True where a digit group is the tail of something longer: a word, a number, an address."""
        before = self.low[at - 1] if at else " "
        if before in " \n(":
            return False
        if before.isalnum() or before in "_/\\#=§+*^@":
            return True
        if before in "-.:,'":
            return self.char(at - 2).isalnum() if before == "-" else self.char(at - 2).isdecimal()
        return False

    def own_line(self, start: int, end: int) -> bool:
        """True where nothing else stands on the line."""
        low = self.low
        line_start = low.rfind("\n", max(0, start - 200), start) + 1
        if not line_start and start > 200:
            return False
        if low[line_start:start].strip(_LINE_EDGE):
            return False
        line_end = low.find("\n", end, end + 200)
        return not low[end : end + 200 if line_end < 0 else line_end].strip(_LINE_EDGE)

    def starts_line(self, at: int) -> bool:
        """True where nothing but a bullet stands before a place on its line."""
        line = self.low.rfind("\n", max(0, at - 20), at) + 1
        return (line > 0 or at <= 20) and not self.low[line:at].strip(_LINE_EDGE)

    def is_upper(self, at: int) -> bool:
        """True for a capital letter."""
        return self.cased[at].isupper()

    def all_caps(self, start: int, end: int) -> bool:
        """True where a stretch has letters and all are capitals."""
        return self.cased[start:end].isupper()

    def starts_sentence(self, at: int) -> bool:
        """True where a sentence or a line begins."""
        before = self.low[max(0, at - 6) : at].rstrip(' ”"’(-–')
        return at == 0 or not before or before[-1] in ".!?:…\n•|"
