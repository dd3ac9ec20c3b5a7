"""Verbs between somebody and what they are: `är`, `har i flera decennier varit`, `arbetar sedan 2010 som`."""

from __future__ import annotations

from harvester.parsers.people.place import ALL_OF_THEM, COPULAS, after_articles
from harvester.parsers.people.wordview import WordView, word_at

#: Verbs of working, before `som` and what as.
WORKS = frozenset({"arbetar", "jobbar", "arbetade", "jobbade", "verkar", "verkade", "tjänstgör", "tjänstgjorde"})  # fmt: skip

#: The same behind `har`.
_WORKED = frozenset({"arbetat", "jobbat", "verkat", "tjänstgjort"})

_HAS = frozenset({"har", "hade"})
_BEEN = frozenset({"varit", "blivit"})

#: All words that such a predicate can begin with, where no adverb stands before it.
PREDICATES = COPULAS | WORKS | _HAS | _BEEN | _WORKED


def predicate_end(words: WordView, index: int) -> int:
    """Where what somebody is begins, behind the verbs at a token and what says when; 0 where no such verb stands there."""
    verb = after_articles(words, index)
    if word_at(words, verb) in _HAS:
        verb = after_articles(words, verb + 1)
        if word_at(words, verb) not in _BEEN | _WORKED:
            return 0
    word = word_at(words, verb)
    if word in COPULAS or word in _BEEN:
        return _past_all(words, after_articles(words, verb + 1))
    if word in WORKS or word in _WORKED:
        behind = _past_all(words, after_articles(words, verb + 1))
        if word_at(words, behind) == "som":
            return after_articles(words, behind + 1)
    return 0


def _past_all(words: WordView, index: int) -> int:
    """The token behind `båda` and `alla`: `är båda socialchefer`."""
    return after_articles(words, index + 1) if word_at(words, index) in ALL_OF_THEM else index
