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


def sentence_bounds(src: Source, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a place begins and ends, at most some lines away."""
    low = max(0, start - _REACH)
    begin = low
    for match in _SENTENCE_END.finditer(src.cased, low, start + 1):
        if match.end() <= start:
            begin = match.end()
    after = _SENTENCE_END.search(src.cased, end, end + _REACH)
    return begin, after.start() if after else min(len(src.low), end + _REACH)


def tense_at(src: Source, start: int, end: int) -> str:
    """ "past", "future" or "" by the cue nearest to a place in its sentence."""
    begin, stop = sentence_bounds(src, start, end)
    best, tense = 10_000.0, ""
    for name, pattern in (("future", _FUTURE), ("past", _PAST), ("", _PRESENT)):
        for match in pattern.finditer(src.low, begin, stop):
            if name == "past" and match.group() in NOT_PAST:
                continue
            if match.start() < start:
                distance = float(start - match.end())
            elif match.start() >= end:
                distance = 1.5 * (match.start() - end) + 1
            else:
                continue
            if distance < best:
                best, tense = distance, name
    return tense
