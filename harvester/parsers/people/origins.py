"""Where somebody comes from: a body or town behind a preposition, at work or at home."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.bodies import marked
from harvester.parsers.people.place import NOTHING, Place, Statement
from harvester.parsers.people.role_phrases import role_before
from harvester.parsers.people.roles import role_class
from harvester.parsers.people.wordview import word_at
from harvester.parsers.people.workplaces import organisation_at
from harvester.records import RoleClass

#: Ends of names of meetings and fairs: somebody is there, nobody works there.
_EVENTS = ("dagarna", "dagen", "mässan", "konferensen", "festivalen", "veckan", "mötet", "gatan", "vägen", "torget", "stationen")  # fmt: skip


def workplace(place: Place, index: int) -> Statement:
    """`Beatrice Ek från Socialstyrelsen`, `Anna Ek i Lund`; `från Gävle` tells where somebody lives."""
    words = place.words
    preposition = word_at(words, index)
    loose = preposition in {"på", "hos"} or (preposition == "i" and _in_post(place))
    stated = organisation_at(place, index + 1, loose=loose)
    span = stated.organisation_span
    if not span or word_at(words, span[1] - 1).endswith(_EVENTS):
        return NOTHING
    bare_place = span[1] - span[0] == 1 and lex.is_town(words.forms[span[0]])
    if preposition == "på" and bare_place and not lex.is_organisation_word(words.forms[span[0]]):
        return NOTHING
    if bare_place and word_at(words, place.start - 1) == "hos":
        # `Hos Anna Ek i Viksjö`: at home.
        return NOTHING
    if bare_place:
        sent = preposition == "från" and (
            _in_post(place) or _listed_in_post(place) or _sent_by(place, span)
        )
        return stated if preposition == "i" or sent else NOTHING
    if preposition == "i" and not marked(words, *span):
        # `Kuratorn Anna Ek i Torneå`: a stranger where a town stands.
        strange = span[1] - span[0] == 1 and words.codes[span[0]] == ""
        return stated if strange and _in_post(place) else NOTHING
    return stated


#: Classes of posts that somebody holds for a town, wherever they live.
_POSTS_OF_TOWNS = frozenset(
    {
        RoleClass.ASSOCIATION_OFFICER,
        RoleClass.MANAGER,
        RoleClass.SOCIAL_SERVICES_HEAD,
        RoleClass.SPECIALIST,
    }
)


def _in_post(place: Place) -> bool:
    """Whether a post that towns have stands right before the name: `biståndshandläggaren Anna Ek från Tierp`."""
    phrase = role_before(place.words, place.start)
    return phrase is not None and role_class(phrase.role, None) in _POSTS_OF_TOWNS


def _listed_in_post(place: Place) -> bool:
    """Whether such a post in the plural stands before the one listed before: `enhetscheferna A och B från Tierp`."""
    words, begin = place.words, place.previous_end
    if not begin or words.lowered[begin] not in {"och", ","} or place.start - begin > 1:
        return False
    while begin > 0 and words.capital[begin - 1]:
        begin -= 1
    phrase = role_before(words, begin)
    return phrase is not None and phrase.plural and role_class(phrase.role, None) in _POSTS_OF_TOWNS


#: Words of where somebody lives: then `från Gävle` tells no more.
_LIVES = frozenset({"bor", "bodde", "bosatt", "född", "uppvuxen", "kommer", "flyttade", "ursprungligen", "hemma"})  # fmt: skip

#: Beginnings of words about meetings, whose people come from where they work: panelen, nätverket, socialchefer.
_AT_MEETINGS = (
    "panel",
    "nätverk",
    "socialchef",
    "seminari",
    "konferens",
    "workshop",
    "föreläs",
    "styrelse",
    "medverka",
)

#: How many words beside a name are asked for others like it.
_NEAR = 40


def _sent_by(place: Place, span: tuple[int, int]) -> bool:
    """Whether towns stand for those who sent people: `A från Orsa och B från Säter`, `A från Orsa` as a line."""
    words = place.words
    before = word_at(words, place.start - 1)
    opens = words.first[place.start] and before in {"", "\n", "•", "-", "–"}
    if opens and (span[1] >= len(words) or words.tokens[span[1]].kind == "line"):
        return True
    near = range(max(1, place.start - _NEAR), min(span[1] + _NEAR, len(words) - 1))
    if any(word_at(words, index) in _LIVES for index in near):
        return False
    if any(word_at(words, index).startswith(_AT_MEETINGS) for index in near):
        return True
    towns = sum(
        words.forms[index] == "från"
        and words.capital[index - 1]
        and lex.is_town(words.forms[index + 1])
        for index in near
    )
    return towns > 1
