"""News that a post is filled, before the name: `Orsa har fått ny socialchef.`, `Ny rektor i Lund`."""

from __future__ import annotations

from harvester.parsers.people.organisations import organisation_end, organisation_text
from harvester.parsers.people.place import NOTHING, PREPOSITIONS, Place, Statement
from harvester.parsers.people.role_phrases import role_at
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import organisation_after_role

_NOTHING = NOTHING
_NEW = frozenset({"ny", "nya"})

#: Verbs between a body and whom it takes into a post.
_GETS = frozenset({"får", "fick", "har", "anställer", "rekryterar", "utser", "välkomnar"})

#: Words that may close such news behind the post: `Ny socialchef i Orsa är utsedd`.
_CLOSING = frozenset({"är", "utsedd", "utnämnd", "tillsatt", "klar", "klart", "anställd", "rekryterad", "vald", "på", "plats", "nu", "äntligen"})  # fmt: skip

#: News of this kind is no longer than this, in tokens.
_LONGEST = 18


def new_post(words: WordView, text: str, start: int, end: int) -> Statement:
    """The post that the words from `start` to `end` say is filled anew, with its body; empty where they say none."""
    if end - start > _LONGEST or _NEW.isdisjoint(words.lowered[start:end]):
        return _NOTHING
    for index in range(start, end):
        if words.lowered[index] in _NEW:
            phrase = role_at(words, index)
            if phrase and phrase.end <= end and not phrase.plural:
                break
    else:
        return NOTHING
    place = Place(words, text, index, phrase.end, start, end)
    stated = NOTHING
    if word_at(words, phrase.end) in PREPOSITIONS:
        stated = organisation_after_role(place, phrase.end, lines=False)
    last = stated.organisation_span[1] if stated.organisation_span else phrase.end
    if any(words.lowered[i] not in _CLOSING for i in range(last, end)):
        return NOTHING
    if not stated.organisation and index > start:
        body = organisation_end(words, start)
        if start < body < index and words.lowered[body] in _GETS:
            name = organisation_text(words, start, body, text)
            stated = Statement(organisation=name, organisation_span=(start, body))
    return stated._replace(role=phrase.role, role_span=(phrase.start, phrase.end))


def told_before(place: Place) -> Statement:
    """`Orsa har fått ny socialchef. Anna Ek börjar i maj.`: news in the one sentence before the name that opens the next."""
    words, stop = place.words, place.start - 1
    if place.previous_end or not 2 < stop <= _LONGEST or words.texts[stop] not in {".", "!"}:
        return _NOTHING
    return new_post(words, place.text, 0, stop)
