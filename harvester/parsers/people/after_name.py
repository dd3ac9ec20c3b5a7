"""What is said right after a name: an apposition, a copula, a verb of office, brackets."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.place import (
    COPULAS,
    Place,
    Statement,
    after_articles,
    after_party,
    number_at,
)
from harvester.parsers.people.role_phrases import role_at
from harvester.parsers.people.signatures import signature, stopped
from harvester.parsers.people.stated_roles import role_then_organisation
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import (
    closing_workplace,
    organisation_at,
    workplace,
)

#: Prepositions that make the name no subject of the verb behind it.
_BESIDE = frozenset(["för", "med", "hos", "åt", "enligt", "utom", "och"])

_APPOINTED = frozenset(["som", "till"])

#: Degrees and honours behind a name.
_POST_NOMINALS = frozenset(["md", "phd", "ph", "mbbs", "mph", "frcp", "msc", "bsc", "mba", "ma", "ba", "mp", "obe", "cbe", "dbe", "kbe", "rn", "jur", "jr", "sr"])  # fmt: skip

_POSTS = frozenset(["uppdraget", "posten", "rollen", "tjänsten", "jobbet", "stolen", "uppdrag"])

_ELECTED = frozenset({"omvald", "omvaldes", "valdes", "vald", "utsågs", "utses", "utsedd", "nyvald", "väljs", "blev", "tillträder"})  # fmt: skip

#: Words that say when, between a verb and what it is about: `valdes i går till …`.
_TIME = frozenset({"i", "går", "dag", "fjol", "våras", "somras", "höstas", "vintras", "enhälligt", "åter", "igen", "nyligen", "då", "nu", "också"})  # fmt: skip

_WORKS = frozenset({"arbetar", "jobbar", "arbetade", "jobbade", "arbetat", "jobbat"})

#: Verbs before the body that somebody speaks for.
_SPEAKS_FOR = frozenset({"företräder", "företrädde", "representerar", "representerade"})

#: Where somebody stands in a picture, between a name and its town: `Anna Ek (t.v.), Orsa`.
_SIDES = frozenset({"t", "v", "h", "tv", "th", "vänster", "höger", "mitten", "till", "i", "."})


def after_name(place: Place) -> Statement:
    words = place.words
    index = after_party(words, place.end)
    sign = word_at(words, index)
    if index >= len(words):
        return Statement()
    kind = words.tokens[index].kind
    if sign == "–" or (sign == "|" and role_at(words, index + 1)):
        stated = role_then_organisation(place, after_articles(words, index + 1))
        return stated if stated.role or stated.organisation else closing_workplace(place, index + 1)
    if sign == "|":
        return closing_workplace(place, index + 1)
    if sign in {",", "("}:
        return _apposition(place, _past_country(words, _past_side(words, index)) + 1)
    if sign == ".":
        return stopped(place, index + 1)
    if kind == "line":
        return signature(place, index + 1)
    if sign in COPULAS and word_at(words, place.start - 1) in _BESIDE:
        # `För Anna var läraren viktig`: somebody else is told of.
        return Statement()
    if sign in COPULAS and not (sign == "heter" and word_at(words, index + 1) == "jag"):
        return role_then_organisation(place, after_articles(words, index + 1), copula=True)
    if sign == "heter" and word_at(words, index + 1) == "jag":
        index, sign = index + 2, word_at(words, index + 2)
    joined = index + 2 if word_at(words, index + 1) == "jag" else index + 1
    if sign == "och" and word_at(words, joined) in COPULAS:
        return role_then_organisation(place, after_articles(words, joined + 1), copula=True)
    working = {"och": joined, "har": index + 1}.get(sign, index)
    if word_at(words, working) in _WORKS:
        position = after_articles(words, working + 1)
        if word_at(words, position) == "som":
            return role_then_organisation(place, after_articles(words, position + 1))
        if word_at(words, position) in {"på", "vid", "hos"}:
            return workplace(place, position)
    if sign == "i" and [word_at(words, index + n) for n in (1, 2)] == ["rollen", "som"]:
        return role_then_organisation(place, after_articles(words, index + 3))
    if sign in _ELECTED:
        appointed = _after_time(words, index + 1)
        if word_at(words, appointed) in _APPOINTED:
            return role_then_organisation(place, appointed + 1)
    if sign == "över" and word_at(words, index + 1) == "som":
        # `tog Anna Ek över som chef`
        return role_then_organisation(place, index + 2)
    if sign == "som" and word_at(words, index + 1) in COPULAS:
        return _clause(place, index)
    if sign in _APPOINTED:
        return role_then_organisation(place, index + 1)
    if sign in lex.lexicon().verbs and word_at(words, index + 1) == "som":
        # `Anna Ek började som vaktmästare`
        return role_then_organisation(place, index + 2)
    post = _post(place)
    if post:
        return role_then_organisation(place, post)
    if sign in {"i", "på", "vid", "från", "hos"} and place.end - place.start > 1:
        return workplace(place, index)
    phrase = role_at(words, index)
    if phrase and _owns(words, place.end - 1):
        # `Eks chef, läkaren Bo Alm`: somebody else's role.
        return Statement()
    if phrase and (words.caps[place.start] or not words.tokens[index].capital):
        return role_then_organisation(place, index)
    # `Anna Ek Orsa kommun`: a lost comma.
    return closing_workplace(place, index, body=True)


def _past_side(words: WordView, index: int) -> int:
    """The comma behind a bracket that only says where in the picture somebody stands; else the token itself."""
    if word_at(words, index) != "(":
        return index
    end = index + 1
    while end < min(len(words), index + 7) and word_at(words, end) in _SIDES:
        end += 1
    closed = end > index + 1 and word_at(words, end) == ")" and word_at(words, end + 1) == ","
    return end + 1 if closed else index


def _past_country(words: WordView, index: int) -> int:
    """The comma behind a bracket that only holds a country: `Anna Ek (Norge), psykiater`; else the token itself."""
    closed = (
        word_at(words, index) == "("
        and word_at(words, index + 2) == ")"
        and word_at(words, index + 3) == ","
    )
    return index + 3 if closed and lex.is_country(words.forms[index + 1]) else index


def _owns(words: WordView, last: int) -> bool:
    """Whether the last word of a name stands in the genitive, as far as the lists tell."""
    return words.forms[last].endswith("s") and (
        lex.GENITIVE in words.codes[last] or words.codes[last] == ""
    )


def _post(place: Place) -> int:
    """Where the role of `lämnar Anna Ek uppdraget som ordförande` begins; 0 where no post is named."""
    words = place.words
    for index in range(place.end, min(place.end + 5, len(words) - 1, place.next_start)):
        if words.tokens[index].kind != "word":
            break
        if word_at(words, index) in _POSTS and word_at(words, index + 1) == "som":
            return after_articles(words, index + 2)
    return 0


def _apposition(place: Place, index: int) -> Statement:
    words = place.words
    first = word_at(words, index)
    if first == "som":
        return _clause(place, index)
    if first in COPULAS:
        return role_then_organisation(place, after_articles(words, index + 1))
    if first in lex.lexicon().verbs and word_at(words, index + 1) == "som":
        # `Anna Ek, började som vaktmästare`
        return role_then_organisation(place, index + 2)
    index = after_articles(words, index)
    if index < len(words) and words.tokens[index].kind == "number":
        # An age: `Anna, 43, lärare`.
        index += 1
        if word_at(words, index) == "år":
            index += 1
        if word_at(words, index) in {",", "och"}:
            index += 1
    stated = role_then_organisation(place, after_articles(words, index))
    if stated.role or stated.organisation:
        return stated
    while word_at(words, index) in _POST_NOMINALS and word_at(words, index + 1) == ",":
        index += 2
    if word_at(words, index) in _POST_NOMINALS:
        return Statement()
    stated = organisation_at(place, index)
    span = stated.organisation_span
    if span and word_at(words, span[1]) == "," and _result(place, span[1] + 1):
        return Statement()
    if span and word_at(words, span[1]) == ",":
        elected = _elected(place, span[1] + 1)
        return stated._replace(role=elected.role, role_span=elected.role_span)
    return stated


def _result(place: Place, index: int) -> bool:
    """A time or score in running text, `Anna Ek, Östersund, 24.19,8`: where somebody competes from."""
    words, first = place.words, place.start - 1
    if not number_at(words, index) or word_at(words, index + 1) in {
        "kronor",
        "kr",
        "000",
        "-",
        "–",
    }:
        return False
    while first >= 0 and words.tokens[first].kind in {"number", "mark"}:
        first -= 1
    return first >= 0 and words.tokens[first].kind != "line"


def _elected(place: Place, index: int) -> Statement:
    """`Anna Ek, Lund, valdes till ordförande och Bo Alm, Ystad, till kassör`: the role behind the town."""
    words = place.words
    if word_at(words, index) in _ELECTED:
        index = _after_time(words, index + 1)
    if word_at(words, index) != "till":
        return Statement()
    phrase = role_at(words, index + 1)
    if phrase is None or phrase.end > place.next_start:
        return Statement()
    return Statement(phrase.role, (phrase.start, phrase.end))


def _clause(place: Place, index: int) -> Statement:
    """`som är …` states a role; `som arbetar i Sundbyberg` a place of work."""
    words = place.words
    copula = after_articles(words, index + 1)
    if word_at(words, copula) in COPULAS:
        return role_then_organisation(place, after_articles(words, copula + 1), copula=True)
    if word_at(words, index + 1) in _SPEAKS_FOR:
        return organisation_at(place, index + 2)
    works = False
    for position in range(index + 1, min(index + 14, place.next_start, len(words))):
        word = word_at(words, position)
        if word in {",", ".", "(", ":", "\n"}:
            break
        works = works or word in _WORKS
        if works and word in {"på", "i", "vid", "hos"}:
            stated = organisation_at(place, position + 1)
            if stated.organisation:
                return stated
    return Statement()


def _after_time(words: WordView, index: int) -> int:
    """The token after words that say when."""
    stop = index
    while stop < index + 4 and word_at(words, stop) in _TIME:
        stop += 1
    return stop
