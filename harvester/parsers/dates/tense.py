"""Whether a sentence tells of what is past or what lies ahead, seen from a place in it."""

from __future__ import annotations

from functools import lru_cache

from harvester.parsers.dates.lexicon import CUE_PHRASES, CUE_WORDS, NOT_PAST, PAST_ENDINGS
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import Source

# "har" needs its supine: "har vi besökt" is past, "har till den 10 januari" is not.
_HAS_DONE = Pattern(
    r"har (?:[a-zåäö]{1,12} ){0,3}[a-zåäö]{2,20}(?:at|it|tt|rt|kt|st|nt|lt|pt)s?(?![a-zåäö])"
)
_WORD = Pattern("[a-zåäö]+")
# A sentence ends at a full stop before a capital; a line break alone does not end it.
_SENTENCE_END = Pattern(r"[.!?…][”\"')\]]? {1,3}(?=[^a-zåäö0-9 ])|\n[ ]*\n|[.!?]\n")
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
            self._cues = self._find_cues()
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

    def _find_cues(self) -> list[tuple[int, int, str]]:
        """Start, end and tense of every word that has one, the phrases they begin included."""
        low, stop = self._src.low, self.end
        cues = []
        for word in dict.fromkeys(_WORD.findall(low, self.begin, stop)):
            own_tense = _tense_of(word)
            if own_tense is None:
                continue
            length, is_phrase = len(word), word == "har" or word in CUE_PHRASES
            start = low.find(word, self.begin, stop)
            while start >= 0:
                if _stands_alone(low, start, start + length):
                    reach, tense = length, own_tense
                    if is_phrase:
                        reach, tense = self._phrase(start, word, own_tense)
                    if tense != "neither":
                        cues.append((start, start + reach, tense))
                start = low.find(word, start + length, stop)
        return cues

    def _phrase(self, start: int, word: str, tense: str) -> tuple[int, str]:
        """How far a cue reaches, and its tense: the longest phrase that the word begins."""
        low = self._src.low
        if word == "har":
            match = _HAS_DONE.match(low, start, self.end)
            return (match.end() - start, "past") if match else (0, "neither")
        for phrase, phrase_tense in CUE_PHRASES.get(word, ()):
            end = start + len(phrase)
            if low.startswith(phrase, start) and not low[end : end + 1].isalpha():
                return len(phrase), phrase_tense
        return len(word), tense


def _stands_alone(low: str, start: int, end: int) -> bool:
    """True for a whole word; behind a hyphen it is the tail of another."""
    if start and (low[start - 1].isalpha() or low[start - 1] == "-"):
        return False
    return not low[end : end + 1].isalpha()


@lru_cache(maxsize=4096)  # a few thousand words make up most of any text
def _tense_of(word: str) -> str | None:
    """What a word says of the tense, None for most words; see `CUE_WORDS`."""
    if word in CUE_WORDS:
        return CUE_WORDS[word]
    return "past" if _is_past(word) else None


def _is_past(word: str) -> bool:
    """True for a past tense by its ending: not "händelserikt", "kommande", "vindens", "både"."""
    if len(word) < 5 or word in NOT_PAST or word.endswith("ndes"):
        return False
    return word.endswith(PAST_ENDINGS)
