"""Spans of time between a verb and a post: `under många år`, `i sjutton år`, `fram till 2010`, `mellan 2001 och 2008`."""

from __future__ import annotations

import re

from harvester.parsers.people.wordview import WordView, word_at

#: Words that open a span of time.
OPENING = frozenset({"i", "under", "sedan", "för", "fram", "mellan", "från", "till"})

# Days and seasons after `i`: when, and no place.
_WHEN = frozenset(["dag", "går", "fjol", "våras", "somras", "höstas", "vintras", "år", "höst", "vår", "vinter", "sommar", "våra", "dagarna"])  # fmt: skip
_UNITS = frozenset(["år", "månader", "månad", "veckor", "decennier", "decennium", "mandatperioder", "mandatperiod", "tid", "årtionden", "terminer", "säsonger"])  # fmt: skip
# What counts or measures: "sjutton", "drygt tjugofem", "en lång rad", "ett antal", "de senaste tio".
_COUNT = re.compile(
    r"en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|(?:tret|fjor|fem|sex|sjut|ar|nit)ton"
    r"|(?:tjugo|trettio|fyrtio|femtio)(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio)?"
    r"|många|flera|några|par|antal|rad|halvt|hela|lång|långa|drygt|nästan|över|mer|än|närmare|de|senaste|sina|sista|första"
)
_LONGEST = 5  # words between the first one and the unit
_BACK = frozenset({"tillbaka"})


def span_end(words: WordView, index: int) -> int:
    """The token behind a span of time that begins at one; that token itself where none does."""
    return _to_year(words, index) or _counted(words, index) or _now(words, index) or index


def _now(words: WordView, index: int) -> int:
    """`i dag`, `sedan i våras`, `sedan år tillbaka`, `för närvarande`."""
    start = index + 1 if word_at(words, index) == "sedan" else index
    head, following = word_at(words, start), word_at(words, start + 1)
    if (head == "i" and following in _WHEN) or (
        head == "för" and following in {"närvarande", "tillfället"}
    ):
        return start + 2
    return start + 2 if start > index and following in _UNITS | _BACK else 0


def _counted(words: WordView, index: int) -> int:
    """`under många år`, `i sjutton år`, `sedan 20 år tillbaka`."""
    if word_at(words, index) not in {"i", "under", "sedan"}:
        return 0
    for at in range(index + 1, min(index + 1 + _LONGEST, words.size)):
        word = words.lowered[at]
        if word in _UNITS:
            if at == index + 1:
                return 0
            return at + 2 if word_at(words, at + 1) in _BACK else at + 1
        if words.kinds[at] != "number" and _COUNT.fullmatch(word) is None:
            return 0
    return 0


def _to_year(words: WordView, index: int) -> int:
    """`fram till 2010`, `till och med 2010`, `från 2001 till 2008`, `mellan 2001 och 2008`, `1998–2006`."""
    head = word_at(words, index)
    if head in {"fram", "till"}:
        start = index + (head == "fram")
        if word_at(words, start) != "till":
            return 0
        start += 3 if word_at(words, start + 1) == "och" else 1
        return start + 1 if _is_year(words, start) else 0
    start = index + (head in {"mellan", "från"})
    if not _is_year(words, start):
        return 0
    parted = word_at(words, start + 1) in {"till", "och", "–", "-"}
    if parted and _is_year(words, start + 2):
        return start + 3
    return start + 1 if head == "från" else 0


def _is_year(words: WordView, index: int) -> bool:
    form = words.forms[index] if 0 <= index < words.size else ""
    return len(form) == 4 and form.isdecimal() and form[:2] in {"18", "19", "20"}
