"""What is said of somebody in words behind the name: copulas, verbs of working and of office, prepositions."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.appointments import APPOINTED, office
from harvester.parsers.people.introductions import IN_POST
from harvester.parsers.people.origins import workplace
from harvester.parsers.people.place import (
    ALL_OF_THEM,
    COPULAS,
    NOTHING,
    Place,
    Statement,
    after_articles,
)
from harvester.parsers.people.predicates import PREDICATES, predicate_end
from harvester.parsers.people.role_phrases import role_at
from harvester.parsers.people.stated_roles import role_then_organisation
from harvester.parsers.people.town_lines import in_list_of_towns
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import closing_workplace, organisation_at

#: Prepositions that make the name no subject of the verb behind it.
_BESIDE = frozenset(["för", "med", "hos", "åt", "enligt", "utom", "och"])

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


def behind_words(place: Place, index: int) -> Statement:
    """What the words say that begin at a token, behind the name and its party."""
    words, sign = place.words, word_at(place.words, index)
    beside = word_at(words, place.start - 1)
    clause = beside == "och" and 0 < place.previous_end < place.start - 1
    if sign in PREDICATES and beside in {"och", "&"} and 0 < place.previous_end == place.start - 1:
        return _of_both(place, index)
    if sign in COPULAS and beside in _BESIDE and not clause:
        # `För Anna var läraren viktig`: somebody else is told of.
        return NOTHING
    if sign in COPULAS and word_at(words, index + 1) in _EMPLOYED:
        return _employed(place, index + 2)
    if sign in COPULAS and not (sign == "heter" and word_at(words, index + 1) == "jag"):
        return role_then_organisation(place, predicate_end(words, index), copula=True)
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
    post = predicate_end(words, index) if sign in PREDICATES else 0
    if post and (beside not in _BESIDE or clause):
        return role_then_organisation(place, post)
    return _behind_verb(place, index, sign)


def _of_both(place: Place, index: int) -> Statement:
    """`Anna Ek och Bo Alm är rektorer i Orsa`: a predicate in the plural behind the second of two."""
    words, post = place.words, predicate_end(place.words, index)
    phrase = role_at(words, post) if post else None
    if phrase is None:
        return NOTHING
    both = not ALL_OF_THEM.isdisjoint(words.lowered[index:post])
    if not (both or phrase.plural or word_at(words, phrase.end - 1).endswith(_LIKE_PLURALS)):
        return NOTHING
    return role_then_organisation(place, post)


#: Ends of roles that are the same for one and for many.
_LIKE_PLURALS = ("are", "iker", "ande", "ansvariga", "kunniga")


def _behind_verb(place: Place, index: int, sign: str) -> Statement:
    """The office that a verb or preposition puts somebody into, or the body."""
    words = place.words
    post = office(words, index)
    if post:
        return role_then_organisation(place, post)
    if sign == "över" and word_at(words, index + 1) == "som":
        # `tog Anna Ek över som chef`
        return role_then_organisation(place, index + 2)
    if sign == "som" and word_at(words, index + 1) in COPULAS:
        return clause_of(place, index)
    if sign in _SUCCEEDS:
        return _succeeding(place)
    if sign in APPOINTED:
        if word_at(words, place.start - 1) in _SUCCEEDS | {"efter"}:
            # `Anna Ek efterträder Bo Alm som socialchef`: it is hers.
            return NOTHING
        return role_then_organisation(place, index + 1)
    if word_at(words, index + 1) == "som" and (
        sign in lex.lexicon().verbs or sign.endswith(_PARTICIPLES) or sign in _GREETED
    ):
        # `Anna Ek började som vaktmästare`, `Anna Ek avtackad som ordförande`
        return role_then_organisation(place, index + 2)
    if sign in _TAKES and words.lowered[index + 1 : index + 3] == ["över", "efter"]:
        return _succeeding(place)
    if (sign, word_at(words, index + 1), word_at(words, index + 2)) in _STEPS_IN:
        return role_then_organisation(place, index + 3)
    if sign in _LEADS or (sign, word_at(words, index + 1)) in _TAKES_OVER:
        body = index + 1 + (sign not in _LEADS)
        return organisation_at(place, body) if words.capital[min(body, words.size - 1)] else NOTHING
    post = _post(place)
    if post:
        return role_then_organisation(place, post)
    if sign in {"i", "på", "vid", "från", "hos"} and place.end - place.start > 1:
        return with_post(place, workplace(place, index))
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
        return NOTHING
    if phrase and phrase.plural and not words.caps[place.start]:
        # `företräder Anna Ek sjuksköterskorna`
        return NOTHING
    if phrase and (words.caps[place.start] or not words.tokens[index].capital):
        return role_then_organisation(place, index)
    acts = sign in lex.lexicon().verbs or sign.endswith(("ade", "arde", "ar", "te"))
    later = _second_predicate(place, index) if acts else 0
    if later:
        return role_then_organisation(place, later)
    # `Anna Ek Orsa kommun`: a lost comma.
    return closing_workplace(place, index, body=not in_list_of_towns(words, index))


#: Words between somebody and the office they come to: `hälsar Anna Ek välkommen som ny chef`.
_GREETED = frozenset({"välkommen", "tillbaka", "åter", "kvar"})

_TAKES = frozenset({"tar", "tog", "tagit"})

#: Verbs between a new holder of an office and the one before.
_SUCCEEDS = frozenset({"avlöser", "avlöste", "efterträder", "efterträdde", "ersätter", "ersatte"})


def _succeeding(place: Place) -> Statement:
    """`Anna Ek efterträder Bo Alm som socialchef i Orsa`: the office behind the one who had it."""
    words = place.words
    for index in range(place.next_start, min(place.next_start + 6, words.size)):
        if word_at(words, index) == "som":
            return role_then_organisation(_to_end(place), after_articles(words, index + 1))
        if words.kinds[index] != "word":
            break
    return NOTHING


#: How far behind a name its second predicate may stand, in tokens.
_PREDICATE_REACH = 12


def _second_predicate(place: Place, index: int) -> int:
    """Where the role begins in `Anna Ek bor i Lund och arbetar som kurator`; 0 where the sentence has no such clause."""
    words = place.words
    if "och" not in words.lowered[index + 1 : index + _PREDICATE_REACH]:
        return 0
    for joint in range(index + 1, min(index + _PREDICATE_REACH, words.size - 2, place.next_start)):
        if words.kinds[joint] not in {"word", "number"}:
            break
        if words.lowered[joint] == "och" and words.lowered[joint + 1] in PREDICATES:
            return predicate_end(words, joint + 1)
    return 0


def of_all(place: Place, index: int) -> Statement:
    """`A och B, båda från Orsa`, `A, B och C, samtliga socialchefer i Dalarna`: what holds for the whole list."""
    words = place.words
    if word_at(words, index) in {"två", "tre", "fyra", "fem"}:
        index += 1
    if word_at(words, index) in {"från", "på", "vid", "i", "hos"}:
        return organisation_at(place, index + 1)
    return role_then_organisation(place, index)


def with_post(place: Place, stated: Statement) -> Statement:
    """A workplace with the role behind it: `Anna Ek, SKR, handläggare`, `… i Malå och Bo Alm i Norsjö, båda rektorer`."""
    words, span = place.words, stated.organisation_span
    if stated.role or span is None:
        return stated
    # `Anna Ek (Orsa), socialchef`
    held = role_at(words, span[1] + 1) if word_at(words, span[1]) == "(" else None
    if held and word_at(words, held.end) == ")":
        # `Anna Ek, Orsa (sammankallande)`
        return stated._replace(role=held.role, role_span=(held.start, held.end))
    bracket = word_at(words, span[1]) == ")"
    if word_at(words, span[1] + bracket) != ",":
        return stated
    index = span[1] + bracket + 1
    if word_at(words, index) in ALL_OF_THEM:
        post = of_all(place, index + 1)
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


def clause_of(place: Place, index: int) -> Statement:
    """`som är …` states a role; `som arbetar i Sundbyberg` a place of work."""
    words = place.words
    behind = predicate_end(words, index + 1)
    if behind:
        return role_then_organisation(place, behind, copula=True)
    late = _late_copula(words, index + 1)
    if late:
        return role_then_organisation(place, after_articles(words, late + 1))
    post = office(words, index)
    if post:
        return role_then_organisation(place, post)
    led = organisation_at(place, index + 2) if word_at(words, index + 1) in _LEADS else None
    if led and led.organisation:
        return led
    later = _past_clause(place)
    if later:
        return role_then_organisation(_to_end(place), later)
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
    return NOTHING


def _past_clause(place: Place) -> int:
    """Where the role begins in `Anna Ek, som leder arbetet med Bo Alm, är rektor`; 0 where no such clause ends."""
    words = place.words
    if place.next_start >= words.size:
        return 0
    for index in range(place.next_start + 1, min(place.next_start + 6, words.size - 1)):
        if words.texts[index] == "," and words.lowered[index + 1] in COPULAS:
            return predicate_end(words, index + 1)
        if words.kinds[index] == "mark":
            break
    return 0


def _to_end(place: Place) -> Place:
    """The place of a name whose statement goes on behind the next one."""
    words = place.words
    return Place(words, place.text, place.start, place.end, place.previous_end, words.size)


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
    return stated if closed else NOTHING


def _owns(words: WordView, last: int) -> bool:
    """Whether the last word of a name stands in the genitive, as far as the lists tell."""
    return words.forms[last].endswith("s") and (
        lex.GENITIVE in words.codes[last] or words.codes[last] == ""
    )


def _post(place: Place) -> int:
    """Where the role of `lämnar Anna Ek uppdraget som ordförande` begins; 0 where no post is named."""
    words = place.words
    for index in range(place.end, min(place.end + 6, len(words) - 1, place.next_start)):
        if words.tokens[index].kind != "word":
            break
        if (words.lowered[index], words.lowered[index + 1]) in IN_POST:
            return after_articles(words, index + 2)
    return 0
