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
# Behind a hyphen stands the tail of another word.
_WORD = Pattern("[a-zåäö][a-zåäöé-]*")
# A sentence ends at a full stop before a capital or a year; a line break alone does not end it.
_SENTENCE_END = Pattern(
    r"[.!?…][”\"')\]]? {1,3}(?=[^a-zåäö0-9 ]|(?:1[5-9]|20)[0-9]{2} [a-zåäö])|\n[ ]*\n|[.!?]\n"
)
_REACH = 320


class Sentence:
    """The sentence around a place, at most some lines of it, and the words of time in it."""

    __slots__ = ("_cues", "_src", "_tenses", "_words", "begin", "end", "next_begin")

    def __init__(self, src: Source, start: int, end: int, before: Sentence | None = None) -> None:
        """`before` is a sentence to the left: from its end on nothing is looked at twice."""
        self._src = src
        self._words: list[str] | None = None  # with a tense, each once
        self._tenses: set[str] = set()  # of those words, and of the phrases they begin
        self._cues: list[tuple[int, int, str]] | None = None
        begin = max(0, start - _REACH)
        if before is not None and begin < before.next_begin <= start:
            begin = before.next_begin
        search, cased, reach = _SENTENCE_END.search, src.cased, end + _REACH
        stop = search(cased, begin, reach)
        while stop is not None and stop.end() <= start:
            begin = stop.end()
            stop = search(cased, begin, reach)
        if stop is not None and stop.start() < end:  # within the expression
            stop = search(cased, end, reach)
        self.begin: int = begin
        self.end: int = stop.start() if stop else min(len(cased), reach)
        self.next_begin: int = stop.end() if stop else 0

    def holds(self, start: int, end: int) -> bool:
        """True where a later place stands in this sentence too, well within what was looked at."""
        return self.begin <= start and end <= self.end and start - self.begin <= _REACH

    def tense(self, start: int, end: int) -> str:
        """ "past", "future" or "" by the cue nearest to a place."""
        if self._words is None:
            self._words = self._words_of_time()
        if not self._words:
            return ""
        if len(self._tenses) == 1 and "neither" not in self._tenses:
            stated = self._src.low[start:end]
            for word in self._words:
                if word not in stated:  # whichever word is nearest
                    return _named(*self._tenses)
        return self._nearest(start, end)

    def _words_of_time(self) -> list[str]:
        """The words with a tense; one that has it within a phrase only where the phrase stands here."""
        low, begin, stop = self._src.low, self.begin, self.end
        words, tenses = [], self._tenses
        for word in filter(_tense_of, _WORD.findall(low, begin, stop)):
            tense = _tense_of(word)
            if word in CUE_PHRASES:
                begun = [t for phrase, t in CUE_PHRASES[word] if low.find(phrase, begin, stop) >= 0]
                if tense == "neither" and not begun:
                    continue
                tenses.update(begun)
            words.append(word)
            tenses.add("neither" if word == "har" else tense)
        return words

    def _nearest(self, start: int, end: int) -> str:
        if self._cues is None:
            self._cues = self._find_cues()
        best, tense = 10_000.0, ""
        distance: float
        for at, until, name in self._cues:
            if at < start:
                distance = float(start - until)
            elif at >= end:  # what comes before a date rules it more than what follows
                distance = 1.5 * (at - end) + 1
            else:
                continue
            if distance < best:
                best, tense = distance, name
        return _named(tense)

    def _find_cues(self) -> list[tuple[int, int, str]]:
        """Start, end and tense of every word that has one, the phrases they begin included."""
        cues = []
        for word in dict.fromkeys(self._words or ()):
            for start in self._places(word):
                length, tense = len(word), _tense_of(word)
                if word == "har" or word in CUE_PHRASES:
                    length, tense = self._phrase(start, word)
                if tense != "neither":
                    cues.append((start, start + length, tense))
        return cues

    def _places(self, word: str) -> list[int]:
        """Where it stands as a word of its own; behind a hyphen it is the tail of another."""
        low, stop = self._src.low, self.end
        places = []
        start = low.find(word, self.begin, stop)
        while start >= 0:
            end = start + len(word)
            before = low[start - 1] if start else " "
            if not (before.isalpha() or before == "-" or low[end : end + 1].isalpha()):
                places.append(start)
            start = low.find(word, end, stop)
        return places

    def _phrase(self, start: int, word: str) -> tuple[int, str]:
        """How far a cue reaches, and its tense: the longest phrase that the word begins."""
        low = self._src.low
        if word == "har":
            match = _HAS_DONE.match(low, start, self.end)
            return (match.end() - start, "past") if match else (0, "neither")
        for phrase, tense in CUE_PHRASES[word]:
            end = start + len(phrase)
            if low.startswith(phrase, start) and not low[end : end + 1].isalpha():
                return len(phrase), tense
        return len(word), CUE_WORDS[word]


def _named(tense: str) -> str:
    """A cue's tense as `Sentence.tense` gives it: the present says neither."""
    return "" if tense == "present" else tense


@lru_cache(maxsize=4096)  # a few thousand words make up most of any text
def _tense_of(word: str) -> str:
    """What a word says of the tense, nothing for most words; see `CUE_WORDS`."""
    if word in CUE_WORDS:
        return CUE_WORDS[word]
    return "past" if _is_past(word) else ""


def _is_past(word: str) -> bool:
    """True for a past tense by its ending: not "händelserikt", "kommande", "vindens", "både"."""
    if len(word) < 5 or word in NOT_PAST or word.endswith("ndes"):
        return False
    return word.endswith(PAST_ENDINGS)
