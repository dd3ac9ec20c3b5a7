"""What a text says about a person where it names them: role and organisation, before and after the name."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.after_name import after_name
from harvester.parsers.people.before_name import before_name
from harvester.parsers.people.news import told_before
from harvester.parsers.people.organisations import organisation_end
from harvester.parsers.people.place import NOTHING, Place, Statement
from harvester.parsers.people.role_phrases import role_at
from harvester.parsers.people.roles import WEAK_ROLES
from harvester.parsers.people.senders import hired_by, spoken_for
from harvester.parsers.people.wordview import word_at
from harvester.parsers.people.workplaces import organisation_at

_NOTHING = NOTHING


def statement(place: Place) -> Statement:
    """What is said about the person right here; an empty statement where nothing is."""
    before = before_name(place)
    after = after_name(place) if place.next_start > place.end else _NOTHING
    if before.role and not (after.role and before.role in WEAK_ROLES):
        organisation = before if before.organisation else after
        if not organisation.organisation:
            organisation = spoken_for(place)
        return Statement(
            before.role,
            before.role_span,
            organisation.organisation,
            organisation.organisation_span,
            before.shared,
        )
    if after.role:
        organisation = after if after.organisation else before
        if not organisation.organisation:
            organisation = hired_by(place)
        return Statement(
            after.role, after.role_span, organisation.organisation, organisation.organisation_span
        )
    told = told_before(place)
    if told.role:
        return told
    if after.organisation or before.organisation:
        return after if after.organisation else before
    wording = unknown_role(place)
    if wording and not place.words.forms[wording[0]].endswith(_NO_POSTS):
        return organisation_at(place, wording[1] + 1)
    return _NOTHING


#: Ends of participles behind a name, which say where somebody was born or lives: född, uppvuxen, bosatt, boende.
_NO_POSTS = ("ad", "ande", "bördig", "dd", "ende", "ld", "nd", "satt", "vuxen", "växt")


def unknown_role(place: Place) -> tuple[int, int] | None:
    """The token range of a wording that stands where a role stands, and is in no list.

    Only `Name, wording i/på/vid Organisation`: anything looser would report ordinary prose.
    """
    words, index = place.words, place.end
    if word_at(words, index) != "," or index + 3 >= words.size:
        return None
    start = index + 1
    form, stop = words.forms[start], start + 1
    if word_at(words, stop) not in {"i", "på", "vid"} or not words.tokens[stop + 1].capital:
        return None
    if (
        words.kinds[start] != "word"
        or not form.islower()
        or len(form) < 5
        or form in lex.lexicon().common
    ):
        return None
    if organisation_end(words, start) > start or role_at(words, start) is not None:
        return None
    return start, stop
