"""Whether a sentence tells of what is past or what lies ahead, seen from a place in it."""

from __future__ import annotations

import re

from harvester.parsers.dates.lexicon import FUTURE, NOT_PAST, PAST, PRESENT
from harvester.parsers.dates.source import Source

_FUTURE = re.compile(rf"(?<![a-zåäö-]){FUTURE}(?![a-zåäö])")
_PRESENT = re.compile(rf"(?<![a-zåäö-]){PRESENT}(?![a-zåäö])")
# Past tense by word or by ending. "har" needs its supine ("har vi besökt"); participles in -nde
# ("kommande") and words such as "både" and "arbete" must not match.
_PAST = re.compile(
    rf"(?<![a-zåäö-])(?:har (?:[a-zåäö]{{1,12}} ){{0,3}}[a-zåäö]{{2,20}}(?:at|it|tt|rt|kt|st|nt|lt|pt)s?"
    rf"|(?!har ){PAST}|[a-zåäö]{{2,20}}(?:ades?|(?<!n)des|rde|lde|dde|kte|pte|tte|ttes|ktes|ptes))(?![a-zåäö])"
)
# A sentence ends at a full stop before a capital; a line break alone does not end it.
_SENTENCE_END = re.compile(r"[.!?…][”\"')\]]? {1,3}(?=[^a-zåäö0-9 ])|\n[ ]*\n|[.!?]\n")
_REACH = 320


class Sentence:
    """The sentence around a place, at most some lines of it, and its tense where that is asked."""

    __slots__ = ("_place", "_src", "_tense", "begin", "end")

    def __init__(self, src: Source, start: int, end: int) -> None:
        low = max(0, start - _REACH)
        self._src = src
        self._place = start, end
        self._tense: str | None = None
        self.begin = low
        for match in _SENTENCE_END.finditer(src.cased, low, start + 1):
            if match.end() <= start:
                self.begin = match.end()
        after = _SENTENCE_END.search(src.cased, end, end + _REACH)
        self.end = after.start() if after else min(len(src.low), end + _REACH)

    @property
    def tense(self) -> str:
        """ "past", "future" or "" by the cue nearest to the place."""
        if self._tense is None:
            self._tense = self._nearest_cue()
        return self._tense

    def _nearest_cue(self) -> str:
        start, end = self._place
        best, tense = 10_000.0, ""
        for name, pattern in (("future", _FUTURE), ("past", _PAST), ("", _PRESENT)):
            for match in pattern.finditer(self._src.low, self.begin, self.end):
                if name == "past" and match.group() in NOT_PAST:
                    continue
                if match.start() < start:
                    distance = float(start - match.end())
                elif (
                    match.start() >= end
                ):  # what comes before a date rules it more than what follows
                    distance = 1.5 * (match.start() - end) + 1
                else:
                    continue
                if distance < best:
                    best, tense = distance, name
        return tense
