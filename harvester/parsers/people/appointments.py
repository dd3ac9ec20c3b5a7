"""Verbs that put somebody into an office, behind the name: `utsågs i går till chef`, `har nyligen blivit chef`."""

from __future__ import annotations

from harvester.parsers.people.place import NOTHING, Place, Statement, after_articles
from harvester.parsers.people.role_phrases import role_at
from harvester.parsers.people.wordview import WordView, word_at

#: Words between such a verb and the office.
APPOINTED = frozenset(["som", "till"])

_ELECTED = frozenset({"omvald", "omvaldes", "valdes", "vald", "utsågs", "utses", "utsedd", "nyvald", "väljs", "blev", "tillträder"})  # fmt: skip

#: Words that say when, between a verb and what it is about: `valdes i går till …`.
_TIME = frozenset({"i", "går", "dag", "fjol", "våras", "somras", "höstas", "vintras", "enhälligt", "åter", "igen", "nyligen", "då", "nu", "också", "just", "precis", "idag", "igår", "snart"})  # fmt: skip

#: Participles of the same, behind `har` or `som`: `som utsetts till socialchef`.
_HAS_BEEN = frozenset({"blivit", "utsetts", "utnämnts", "valts", "omvalts", "anställts", "förordnats", "rekryterats", "tillträtt", "börjat", "befordrats", "föreslagits", "tillsatts", "adjungerats"})  # fmt: skip

#: Verbs of the same in the present and the passive.
_APPOINTS = _ELECTED | {"utnämns", "utnämndes", "anställs", "anställdes", "rekryteras", "rekryterades", "föreslås", "förordnas", "förordnades", "befordras", "befordrades", "tillträdde", "börjar", "började", "tillsätts", "tillsattes", "återvänder", "återkommer", "fortsätter", "fortsatte"}  # fmt: skip


def office(words: WordView, index: int) -> int:
    """Where the role of `utsågs i går till chef`, `har nyligen blivit chef`, `ska bli chef` begins; 0 for none."""
    auxiliary = word_at(words, index) in {"har", "hade", "ska", "skall", "kommer", "som"}
    verb = _after_time(words, index + 1) if auxiliary else index
    if auxiliary and word_at(words, verb) in {"att", "har", "hade"}:
        verb = _after_time(words, verb + 1)
    word = word_at(words, verb)
    if word not in _APPOINTS and not (auxiliary and (word in _HAS_BEEN or word == "bli")):
        return 0
    appointed = _after_time(words, verb + 1)
    if word_at(words, appointed) in APPOINTED:
        return after_articles(words, appointed + 1)
    return after_articles(words, appointed) if word in {"bli", "blivit"} else 0


def _after_time(words: WordView, index: int) -> int:
    """The token after words that say when."""
    stop = index
    while stop < index + 4 and word_at(words, stop) in _TIME:
        stop += 1
    return stop


def elected(place: Place, index: int) -> Statement:
    """`Anna Ek, Lund, valdes till ordförande och Bo Alm, Ystad, till kassör`: the role behind the town."""
    words = place.words
    if word_at(words, index) in _ELECTED:
        index = _after_time(words, index + 1)
    if word_at(words, index) != "till":
        return NOTHING
    phrase = role_at(words, index + 1)
    if phrase is None or phrase.end > place.next_start:
        return NOTHING
    return Statement(phrase.role, (phrase.start, phrase.end))
