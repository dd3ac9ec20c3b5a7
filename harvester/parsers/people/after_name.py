"""What is said right after a name: an apposition, a copula, a verb of office, brackets."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.appointments import APPOINTED, elected, office
from harvester.parsers.people.introductions import POSTS
from harvester.parsers.people.place import (
    ALL_OF_THEM,
    COPULAS,
    Place,
    Statement,
    after_articles,
    after_party,
    bar_at,
    number_at,
)
from harvester.parsers.people.role_phrases import role_at
from harvester.parsers.people.signatures import body_below, fields, signature, stopped
from harvester.parsers.people.stated_roles import role_then_organisation
from harvester.parsers.people.town_lines import in_list_of_towns
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import (
    closing_workplace,
    organisation_at,
    workplace,
)

#: Prepositions that make the name no subject of the verb behind it.
_BESIDE = frozenset(["för", "med", "hos", "åt", "enligt", "utom", "och"])

#: Degrees and honours behind a name.
_POST_NOMINALS = frozenset(["md", "phd", "ph", "mbbs", "mph", "frcp", "msc", "bsc", "mba", "ma", "ba", "mp", "obe", "cbe", "dbe", "kbe", "rn", "jur", "jr", "sr"])  # fmt: skip

#: Words before the pronoun of `Anna Ek, även hon från SKR`.
_TOO = frozenset({"även", "också", "liksom", "likaså"})

#: Ends of participles and passives that may stand before `som` and an office.
_PARTICIPLES = ("ad", "ades", "as", "ats", "dd", "ld", "nd", "tt")

_WORKS = frozenset({"arbetar", "jobbar", "arbetade", "jobbade", "arbetat", "jobbat"})

#: Verbs between a name and the body that somebody is at the head of.
_LEADS = frozenset({"leder", "ledde", "driver", "grundade", "företräder", "företrädde", "representerar", "representerade"})  # fmt: skip

_TAKES_OVER = frozenset({("tar", "över"), ("tog", "över"), ("basar", "över"), ("basar", "för")})

#: The same before an office.
_STEPS_IN = frozenset({("tar", "över", "som"), ("tog", "över", "som"), ("går", "in", "som"), ("gick", "in", "som"), ("hoppar", "in", "som"), ("hoppade", "in", "som")})  # fmt: skip

#: What somebody is who works somewhere, behind a copula.
_EMPLOYED = frozenset({"anställd", "engagerad", "sysselsatt", "verksam"})

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
    if sign == "–" or (bar_at(words, index) and role_at(words, index + 1)):
        stated = role_then_organisation(place, after_articles(words, index + 1))
        if _entitles(words, stated):
            return Statement()
        return stated if stated.role or stated.organisation else closing_workplace(place, index + 1)
    if sign == "|":
        return closing_workplace(place, index + 1)
    if sign in {",", "("}:
        return _apposition(place, _past_country(words, _past_side(words, index)) + 1)
    if sign == ":":
        return _explained(place, index + 1)
    if sign == ".":
        return stopped(place, index + 1)
    if kind == "line":
        stated = signature(place, index + 1)
        return stated if stated.role or stated.organisation else fields(place, index + 1)
    beside = word_at(words, place.start - 1)
    clause = beside == "och" and 0 < place.previous_end < place.start - 1
    if sign in COPULAS and beside in _BESIDE and not clause:
        # `För Anna var läraren viktig`: somebody else is told of.
        return Statement()
    if sign in COPULAS and word_at(words, index + 1) in _EMPLOYED:
        return _employed(place, index + 2)
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
        if word_at(words, position) in {"på", "vid", "hos", "i"}:
            return _employed(place, position)
    if sign == "i" and [word_at(words, index + n) for n in (1, 2)] == ["rollen", "som"]:
        return role_then_organisation(place, after_articles(words, index + 3))
    post = office(words, index)
    if post:
        return role_then_organisation(place, post)
    if sign == "över" and word_at(words, index + 1) == "som":
        # `tog Anna Ek över som chef`
        return role_then_organisation(place, index + 2)
    if sign == "som" and word_at(words, index + 1) in COPULAS:
        return _clause(place, index)
    if sign in APPOINTED:
        return role_then_organisation(place, index + 1)
    if word_at(words, index + 1) == "som" and (
        sign in lex.lexicon().verbs or sign.endswith(_PARTICIPLES)
    ):
        # `Anna Ek började som vaktmästare`, `Anna Ek avtackad som ordförande`
        return role_then_organisation(place, index + 2)
    if (sign, word_at(words, index + 1), word_at(words, index + 2)) in _STEPS_IN:
        return role_then_organisation(place, index + 3)
    if sign in _LEADS or (sign, word_at(words, index + 1)) in _TAKES_OVER:
        body = index + 1 + (sign not in _LEADS)
        return (
            organisation_at(place, body)
            if words.capital[min(body, words.size - 1)]
            else Statement()
        )
    post = _post(place)
    if post:
        return role_then_organisation(place, post)
    if sign in {"i", "på", "vid", "från", "hos"} and place.end - place.start > 1:
        return _with_post(place, workplace(place, index))
    if (
        sign == "för"
        and place.end - place.start > 1
        and words.capital[min(index + 1, words.size - 1)]
    ):
        # `I panelen satt Anna Ek för Vårdföreningen.`
        return _for_body(place, index + 1)
    phrase = role_at(words, index)
    if phrase and _owns(words, place.end - 1):
        # `Eks chef, läkaren Bo Alm`: somebody else's role.
        return Statement()
    if phrase and phrase.plural and not words.caps[place.start]:
        # `företräder Anna Ek sjuksköterskorna`
        return Statement()
    if phrase and (words.caps[place.start] or not words.tokens[index].capital):
        return role_then_organisation(place, index)
    # `Anna Ek Orsa kommun`: a lost comma.
    return closing_workplace(place, index, body=not in_list_of_towns(words, index))


def _employed(place: Place, index: int) -> Statement:
    """`verksam som psykolog i Orsa`, `arbetar på SKR som utredare`: the role with its body, in either order."""
    words = place.words
    if word_at(words, index) == "som":
        return role_then_organisation(place, after_articles(words, index + 1))
    stated = workplace(place, index)
    span = stated.organisation_span
    if span is None or word_at(words, span[1]) != "som":
        return stated
    post = role_then_organisation(place, after_articles(words, span[1] + 1))
    return stated._replace(role=post.role, role_span=post.role_span)


def _explained(place: Place, index: int) -> Statement:
    """`Anna Ek: socialchef i Orsa`: a role in lower case that fills the line, and no lecture's title."""
    words = place.words
    if index >= words.size or not words.forms[index].islower():
        return Statement()
    stated = role_then_organisation(place, index)
    spans = [span for span in (stated.role_span, stated.organisation_span) if span]
    last = max((span[1] for span in spans), default=0)
    return stated if last >= words.size or words.kinds[last] == "line" else Statement()


def _with_post(place: Place, stated: Statement) -> Statement:
    """A workplace with the role behind it: `Anna Ek, SKR, handläggare`, `… i Malå och Bo Alm i Norsjö, båda rektorer`."""
    words, span = place.words, stated.organisation_span
    if stated.role or span is None or word_at(words, span[1]) != ",":
        return stated
    index = span[1] + 1
    if word_at(words, index) in ALL_OF_THEM:
        post = _of_all(place, index + 1)
    elif place.end - place.start > 1 and role_at(words, index):
        post = role_then_organisation(place, index)
        last = max((s[1] for s in (post.role_span, post.organisation_span) if s), default=0)
        if last < words.size and word_at(words, last) not in {"\n", ",", ".", ")", "och", "samt"}:
            return stated
    else:
        return stated
    if post.organisation:
        return post
    return stated._replace(role=post.role, role_span=post.role_span)


def _late_copula(words: WordView, index: int) -> int:
    """The copula of `som på den tiden var chef`, behind up to five words that only say when; 0 for none."""
    for position in range(index, min(index + 6, words.size)):
        if word_at(words, position) in COPULAS:
            return position
        if words.kinds[position] == "mark" or word_at(words, position) in lex.lexicon().verbs:
            break
    return 0


def _for_body(place: Place, index: int) -> Statement:
    """The body that somebody sits for, where it ends the clause."""
    words, stated = place.words, organisation_at(place, index)
    span = stated.organisation_span
    closed = span and (
        span[1] >= words.size or word_at(words, span[1]) in {".", ",", "och", "samt", "\n"}
    )
    return stated if closed else Statement()


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
        if word_at(words, index) in POSTS and word_at(words, index + 1) == "som":
            return after_articles(words, index + 2)
    return 0


def _apposition(place: Place, index: int) -> Statement:
    words = place.words
    if word_at(words, index) == "\n" and word_at(words, index - 1) == "," and _opens_line(place):
        # `Anna Ek, ⏎ socialchef, ⏎ Orsa kommun`
        index += 1
    first = word_at(words, index)
    if first == "som":
        return _clause(place, index)
    if first in COPULAS:
        return role_then_organisation(place, after_articles(words, index + 1))
    if first in lex.lexicon().verbs and word_at(words, index + 1) == "som":
        # `Anna Ek, började som vaktmästare`
        return role_then_organisation(place, index + 2)
    if first in _TOO and word_at(words, index + 1) in {"hon", "han", "hen"}:
        index += 2
        if word_at(words, index) in {"i", "på", "vid", "från", "hos"}:
            return workplace(place, index)
    if first in ALL_OF_THEM:
        return _of_all(place, index + 1)
    index = after_articles(words, index)
    if number_at(words, index) and ":" not in words.texts[index]:
        # An age: `Anna, 43, lärare`.
        index += 1
        if word_at(words, index) == "år":
            index += 1
        if word_at(words, index) in {",", "och"}:
            index += 1
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
        return Statement()
    stated = organisation_at(place, index)
    span = stated.organisation_span
    if span and word_at(words, span[1]) == "," and _result(place, span[1] + 1):
        return Statement()
    if span and word_at(words, span[1]) == ",":
        post = elected(place, span[1] + 1)
        stated = stated._replace(role=post.role, role_span=post.role_span)
    return _with_post(place, stated)


def _entitles(words: WordView, stated: Statement) -> bool:
    """`Anna Ek – Chef i otakt`, `– chefens bästa vän`: what a lecture is called, and no post."""
    if stated.role not in {"chef", "ledare"} or stated.organisation or stated.role_span is None:
        return False
    last = stated.role_span[1]
    return last < words.size and words.kinds[last] == "word" and words.forms[last] != "som"


def _opens_line(place: Place) -> bool:
    return not place.start or place.words.kinds[place.start - 1] == "line"


def _of_all(place: Place, index: int) -> Statement:
    """`A och B, båda från Orsa`, `A, B och C, samtliga socialchefer i Dalarna`: what holds for the whole list."""
    words = place.words
    if word_at(words, index) in {"två", "tre", "fyra", "fem"}:
        index += 1
    if word_at(words, index) in {"från", "på", "vid", "i", "hos"}:
        return organisation_at(place, index + 1)
    return role_then_organisation(place, index)


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


def _clause(place: Place, index: int) -> Statement:
    """`som är …` states a role; `som arbetar i Sundbyberg` a place of work."""
    words = place.words
    copula = after_articles(words, index + 1)
    if word_at(words, copula) in COPULAS:
        return role_then_organisation(place, after_articles(words, copula + 1), copula=True)
    late = _late_copula(words, index + 1)
    if late:
        return role_then_organisation(place, after_articles(words, late + 1))
    post = office(words, index)
    if post:
        return role_then_organisation(place, post)
    if word_at(words, index + 1) in _SPEAKS_FOR | _LEADS:
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
