"""Whether a sentence tells of what is past or what lies ahead, seen from a place in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harvester.parsers.dates.lexicon import FUTURE, NOT_PAST, PAST, PRESENT
from harvester.parsers.dates.source import Source

_FUTURE = re.compile(rf"(?<![a-zåäö-]){FUTURE}(?![a-zåäö])")
_PRESENT = re.compile(rf"(?<![a-zåäö-]){PRESENT}(?![a-zåäö])")
# Past tense by word. "har" needs its supine: "har vi besökt" is past, "har till den 10 januari" is not.
_PAST = re.compile(
    rf"(?<![a-zåäö-])(?:har (?:[a-zåäö]{{1,12}} ){{0,3}}[a-zåäö]{{2,20}}(?:at|it|tt|rt|kt|st|nt|lt|pt)s?"
    rf"|(?!har ){PAST})(?![a-zåäö])"
)
# Past tense by ending; "kommande" and "händelserikt arbete" must not match, nor the words in NOT_PAST.
_PAST_ENDING = re.compile(
    r"(?:ades?|(?<!n)des|rde|lde|dde|[kp]te|tte|[tkp]tes|gick|gav|fick|(?:kom|tog|stod|höll|drog|föll|såg|skrev|sköt|bröt|slog|steg|blev)s?)(?![a-zåäö])(?<=[a-zåäö]{5})"
)
_CUES = (("future", _FUTURE), ("past", _PAST), ("past", _PAST_ENDING), ("", _PRESENT))
# A sentence ends at a full stop before a capital; a line break alone does not end it.
_SENTENCE_END = re.compile(r"[.!?…][”\"')\]]? {1,3}(?=[^a-zåäö0-9 ])|\n[ ]*\n|[.!?]\n")
_REACH = 320


class Sentence:
    """The sentence around a place, at most some lines of it, and the words of time in it."""

    __slots__ = ("_cues", "_src", "begin", "end")

    def __init__(self, src: Source, start: int, end: int) -> None:
        self._src = src
        self._cues: list[tuple[int, int, str]] | None = None
        self.begin = max(0, start - _REACH)
        for match in _SENTENCE_END.finditer(src.cased, self.begin, start + 1):
            if match.end() <= start:
                self.begin = match.end()
        after = _SENTENCE_END.search(src.cased, end, end + _REACH)
        self.end = after.start() if after else min(len(src.low), end + _REACH)

    def holds(self, start: int, end: int) -> bool:
        """True where a later place stands in this sentence too, well within what was looked at."""
        return self.begin <= start and end <= self.end and start - self.begin <= _REACH

    def tense(self, start: int, end: int) -> str:
        """ "past", "future" or "" by the cue nearest to a place."""
        if self._cues is None:
            self._cues = list(self._find_cues())
        best, tense = 10_000.0, ""
        for at, until, name in self._cues:
            if at < start:
                distance = float(start - until)
            elif at >= end:  # what comes before a date rules it more than what follows
                distance = 1.5 * (at - end) + 1
            else:
                continue
            if distance < best:
                best, tense = distance, name
        return tense

    def _find_cues(self) -> Iterator[tuple[int, int, str]]:
        low = self._src.low
        for name, pattern in _CUES:
            for match in pattern.finditer(low, self.begin, self.end):
                start, end = match.span()
                if (
                    pattern is _PAST_ENDING
                    and low[low.rfind(" ", self.begin, start) + 1 : end] in NOT_PAST
                ):
                    continue
                yield start, end, name
