"""What is said right after a name: an apposition, a copula, a verb of office, brackets."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.appointments import elected
from harvester.parsers.people.clauses import behind_words, clause_of, of_all, with_post
from harvester.parsers.people.origins import workplace
from harvester.parsers.people.place import (
    ALL_OF_THEM,
    COPULAS,
    NOTHING,
    Place,
    Statement,
    after_articles,
    after_party,
    bar_at,
    number_at,
)
from harvester.parsers.people.role_phrases import role_at, role_before
from harvester.parsers.people.signatures import body_below, fields, signature, stopped
from harvester.parsers.people.stated_roles import role_then_organisation
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import closing_workplace, organisation_at, strange_body

#: Degrees and honours behind a name.
_POST_NOMINALS = frozenset(["md", "phd", "ph", "mbbs", "mph", "frcp", "msc", "bsc", "mba", "ma", "ba", "mp", "obe", "cbe", "dbe", "kbe", "rn", "jur", "jr", "sr"])  # fmt: skip

#: Words before the pronoun of `Anna Ek, även hon från SKR`.
_TOO = frozenset({"även", "också", "liksom", "likaså"})

#: Where somebody stands in a picture, between a name and its town: `Anna Ek (t.v.), Orsa`.
_SIDES = frozenset({"t", "v", "h", "tv", "th", "vänster", "höger", "mitten", "till", "i", "."})


def after_name(place: Place) -> Statement:
    words = place.words
    index = after_party(words, place.end)
    sign = word_at(words, index)
    if index >= len(words):
        return NOTHING
    kind = words.tokens[index].kind
    if sign == "–" or (bar_at(words, index) and role_at(words, index + 1)):
        stated = role_then_organisation(place, after_articles(words, index + 1))
        if _entitles(words, stated):
            return NOTHING
        return stated if stated.role or stated.organisation else closing_workplace(place, index + 1)
    if sign == "|":
        return closing_workplace(place, index + 1)
    if sign in {",", "(", "["}:
        return _apposition(place, _past_country(words, _past_side(words, index)) + 1)
    if sign == ":":
        return _explained(place, index + 1)
    if sign == ".":
        return stopped(place, index + 1)
    if kind == "line":
        stated = signature(place, index + 1)
        return stated if stated.role or stated.organisation else fields(place, index + 1)
    return behind_words(place, index)


def _explained(place: Place, index: int) -> Statement:
    """`Anna Ek: socialchef i Orsa`: a role in lower case that fills the line, and no lecture's title."""
    words = place.words
    if index < words.size and words.kinds[index] == "line":
        return signature(place, index + 1)
    if index >= words.size or not words.forms[index].islower():
        return NOTHING
    stated = role_then_organisation(place, index)
    spans = [span for span in (stated.role_span, stated.organisation_span) if span]
    last = max((span[1] for span in spans), default=0)
    return stated if last >= words.size or words.kinds[last] == "line" else NOTHING


def _past_side(words: WordView, index: int) -> int:
    """The comma behind what only says where in the picture somebody stands; else the token itself."""
    end = index + 1
    if word_at(words, end) not in _SIDES:
        return index
    while end < min(len(words), index + 7) and word_at(words, end) in _SIDES:
        end += 1
    if word_at(words, index) != "(":
        return end if end > index + 1 and word_at(words, end) == "," else index
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


def _apposition(place: Place, index: int) -> Statement:
    words = place.words
    if word_at(words, index) == "\n" and word_at(words, index - 1) == "," and _opens_line(place):
        # `Anna Ek, ⏎ socialchef, ⏎ Orsa kommun`
        index += 1
    first = word_at(words, index)
    if first == "som":
        return clause_of(place, index)
    if first in COPULAS:
        behind = place.previous_end
        if behind and words.texts[behind] == "," and words.lowered[behind + 1] == "som":
            # `Anna Ek, som leder arbetet med Bo Alm, är rektor`: she is.
            return NOTHING
        return role_then_organisation(place, after_articles(words, index + 1))
    if word_at(words, index + 1) == ":":
        # `Namn: Anna Ek, titel: socialchef`
        form = fields(place, index, inline=True)
        if form.role or form.organisation:
            return form
    if first in lex.lexicon().verbs and word_at(words, index + 1) == "som":
        # `Anna Ek, började som vaktmästare`
        return role_then_organisation(place, index + 2)
    if first in _TOO and word_at(words, index + 1) in {"hon", "han", "hen"}:
        index += 2
        if word_at(words, index) in {"i", "på", "vid", "från", "hos"}:
            return workplace(place, index)
    if first in ALL_OF_THEM:
        return of_all(place, index + 1)
    index = after_articles(words, index)
    if number_at(words, index) and ":" not in words.texts[index]:
        # An age: `Anna, 43, lärare`.
        index += 1
        if word_at(words, index) == "år":
            index += 1
        if word_at(words, index) in {",", "och"}:
            index += 1
        if word_at(words, index) in COPULAS:
            # `Anna Ek, 43 år, är lärare`
            return role_then_organisation(place, after_articles(words, index + 1))
    if word_at(words, index - 1) == "vardags" and word_at(words, index) in {"på", "vid", "hos"}:
        return workplace(place, index)
    opens = _opens_line(place)
    stated = role_then_organisation(place, after_articles(words, index))
    if stated.role and not stated.organisation and opens and stated.role_span:
        return body_below(place, stated)
    if stated.role or stated.organisation:
        return stated
    while word_at(words, index) in _POST_NOMINALS and word_at(words, index + 1) == ",":
        index += 2
    if word_at(words, index) in _POST_NOMINALS:
        return NOTHING
    stated = organisation_at(place, index)
    if not stated.organisation and role_before(words, place.start):
        stated = strange_body(place, index)
    span = stated.organisation_span
    if span and word_at(words, span[1]) == "," and _result(place, span[1] + 1):
        return NOTHING
    if span and word_at(words, span[1]) == ",":
        post = elected(place, span[1] + 1)
        stated = stated._replace(role=post.role, role_span=post.role_span)
    return with_post(place, stated)


def _entitles(words: WordView, stated: Statement) -> bool:
    """`Anna Ek – Chef i otakt`, `– chefens bästa vän`: what a lecture is called, and no post."""
    if stated.role not in {"chef", "ledare"} or stated.organisation or stated.role_span is None:
        return False
    last = stated.role_span[1]
    return last < words.size and words.kinds[last] == "word" and words.forms[last] != "som"


def _opens_line(place: Place) -> bool:
    return not place.start or place.words.kinds[place.start - 1] == "line"


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
