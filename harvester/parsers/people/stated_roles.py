"""A role that begins at a token, with its organisation: behind it, owning it, or some words after a copula."""

from __future__ import annotations

from harvester.parsers.people.bodies import names_body
from harvester.parsers.people.organisations import organisation_end, organisation_text
from harvester.parsers.people.place import NOTHING, Place, Statement, owner_span
from harvester.parsers.people.role_phrases import RolePhrase, role_at
from harvester.parsers.people.roles import role_class
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import organisation_after_role, organisation_at
from harvester.records import RoleClass

#: Words that a post held before begins with.
_FORMER = ("tidigare", "f.d.", "fd", "före detta")


def role_then_organisation(
    place: Place, index: int, copula: bool = False, lines: bool = False
) -> Statement:
    """The role that begins at a token and the organisation with it; empty where no role does.

    `copula`: the role may stand some words on (`är en av Sveriges främsta poeter`); `lines`: what it is of, on the next line.
    """
    words = place.words
    if names_body(words, index):
        return organisation_at(place, index)
    phrase = role_at(words, index)
    if phrase is None and copula:
        phrase = _role_among(words, index, place.next_start)
    phrase = _present_post(words, phrase) if phrase else _of_some_body(words, index)
    if phrase is None or phrase.end > place.next_start:
        return _owned_role(place, index)
    if phrase.end == place.next_start < len(words) and not copula:
        return NOTHING
    organisation = organisation_after_role(place, phrase.end, lines)
    return Statement(
        phrase.role,
        (phrase.start, phrase.end),
        organisation.organisation,
        organisation.organisation_span,
    )


def _present_post(words: WordView, phrase: RolePhrase) -> RolePhrase:
    """`tidigare rektor och numera chef`: what somebody is now, where what they were stands before it."""
    behind = phrase.end
    if not phrase.role.startswith(_FORMER) or word_at(words, behind) not in {"och", ",", "men"}:
        return phrase
    if word_at(words, behind + 1) not in {"numera", "nu", "idag", "nuvarande"}:
        return phrase
    return role_at(words, behind + 2) or phrase


def _of_some_body(words: WordView, index: int) -> RolePhrase | None:
    """`, utredningens huvudsekreterare`: a role that a body without a name owns."""
    owner = word_at(words, index)
    lower = index < len(words) and words.forms[index].islower() and len(owner) > 4
    return role_at(words, index + 1) if lower and owner.endswith(("ens", "ets")) else None


def _owned_role(place: Place, index: int) -> Statement:
    """`, FSS ordförande` and `, Handelsbankens chefsekonom`: the organisation before the role."""
    words = place.words
    end = organisation_end(words, index)
    if word_at(words, index + 1) == ":" and word_at(words, index + 2) == "s":
        end = index + 3
    for stop in range(min(end, index + 5), index, -1):
        phrase = role_at(words, stop)
        if (
            phrase
            and phrase.end <= place.next_start
            and not (phrase.plural and phrase.end <= end)
            and (owner := owner_span(words, stop, index))
            and owner[0] == index
        ):
            if phrase.role == "konsult" and words.tokens[phrase.end - 1].capital:
                # `Anna Ek, Norrby Konsult`: a firm.
                whole = (index, phrase.end)
                firm = organisation_text(words, *whole, place.text)
                return Statement(organisation=firm, organisation_span=whole)
            if role_class(phrase.role, None) is RoleClass.MINISTER:
                # A minister's country is no organisation.
                return Statement(phrase.role, (phrase.start, phrase.end))
            return Statement(
                phrase.role,
                (phrase.start, phrase.end),
                organisation_text(words, *owner, place.text, genitive=True),
                owner,
            )
    return NOTHING


def _role_among(words: WordView, index: int, limit: int) -> RolePhrase | None:
    """`är en av Sveriges mest framträdande toppdiplomater`: the role some words after the copula."""
    if word_at(words, index) != "av" and word_at(words, index + 1) != "av":
        return None
    for position in range(index, min(index + 8, len(words), limit)):
        if words.tokens[position].kind != "word":
            return None
        phrase = role_at(words, position)
        if phrase:
            return phrase
    return None
