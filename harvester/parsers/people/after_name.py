"""What is said after a name: apposition, copula, brackets, signature lines, a place of work."""

from __future__ import annotations

from dataclasses import replace

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.organisations import (
    organisation_end,
    organisation_lexicon,
    organisation_text,
)
from harvester.parsers.people.place import (
    PREPOSITIONS,
    Place,
    Statement,
    after_articles,
    after_party,
    number_at,
    owner_span,
)
from harvester.parsers.people.role_phrases import RolePhrase, role_at
from harvester.parsers.people.roles import role_class
from harvester.parsers.people.wordview import WordView, word_at
from harvester.records import RoleClass

_COPULAS = frozenset(["är", "var", "blev", "blir", "heter"])

#: Prepositions that make the name no subject of the verb behind it.
_BESIDE = frozenset(["för", "med", "hos", "åt", "enligt", "utom", "och"])

_APPOINTED = frozenset(["som", "till"])

#: Degrees and honours behind a name.
_POST_NOMINALS = frozenset(["md", "phd", "ph", "mbbs", "mph", "frcp", "msc", "bsc", "mba", "ma", "ba", "mp", "obe", "cbe", "dbe", "kbe", "rn", "jur", "jr", "sr"])  # fmt: skip

_POSTS = frozenset(["uppdraget", "posten", "rollen", "tjänsten", "jobbet", "stolen", "uppdrag"])

_ELECTED = frozenset({"omvald", "omvaldes", "valdes", "vald", "utsågs", "utses", "utsedd", "nyvald", "väljs", "blev", "tillträder"})  # fmt: skip

#: Words that say when, between a verb and what it is about: `valdes i går till …`.
_TIME = frozenset({"i", "går", "dag", "fjol", "våras", "somras", "höstas", "vintras", "enhälligt", "åter", "igen", "nyligen", "då", "nu", "också"})  # fmt: skip

#: Ends of names of meetings and fairs: somebody is there, nobody works there.
_EVENTS = ("dagarna", "dagen", "mässan", "konferensen", "festivalen", "veckan", "mötet", "gatan", "vägen", "torget", "stationen")  # fmt: skip

_WORKS = frozenset({"arbetar", "jobbar", "arbetade", "jobbade", "arbetat", "jobbat"})

GREETINGS = frozenset(["hälsningar", "hälsning", "önskar", "/"])


def after_name(place: Place) -> Statement:
    words = place.words
    index = after_party(words, place.end)
    sign = word_at(words, index)
    if index >= len(words):
        return Statement()
    kind = words.tokens[index].kind
    if sign == "–":
        return _role_then_organisation(place, after_articles(words, index + 1))
    if sign in {",", "("}:
        return _apposition(place, _past_country(words, index) + 1)
    if sign == ".":
        return _stopped(place, index + 1)
    if kind == "line":
        return _signature(place, index + 1)
    if sign == "|" and role_at(words, index + 1):
        return _role_then_organisation(place, index + 1)
    if sign in _COPULAS and word_at(words, place.start - 1) in _BESIDE:
        # `För Anna var läraren viktig`: somebody else is told of.
        return Statement()
    if sign in _COPULAS and not (sign == "heter" and word_at(words, index + 1) == "jag"):
        return _role_then_organisation(place, after_articles(words, index + 1), copula=True)
    if sign == "heter" and word_at(words, index + 1) == "jag":
        index, sign = index + 2, word_at(words, index + 2)
    joined = index + 2 if word_at(words, index + 1) == "jag" else index + 1
    if sign == "och" and word_at(words, joined) in _COPULAS:
        return _role_then_organisation(place, after_articles(words, joined + 1), copula=True)
    working = {"och": joined, "har": index + 1}.get(sign, index)
    if word_at(words, working) in _WORKS:
        position = after_articles(words, working + 1)
        if word_at(words, position) == "som":
            return _role_then_organisation(place, after_articles(words, position + 1))
    if sign == "i" and [word_at(words, index + n) for n in (1, 2)] == ["rollen", "som"]:
        return _role_then_organisation(place, after_articles(words, index + 3))
    if sign in _ELECTED:
        appointed = _after_time(words, index + 1)
        if word_at(words, appointed) in _APPOINTED:
            return _role_then_organisation(place, appointed + 1)
    if sign == "som" and word_at(words, index + 1) in _COPULAS:
        return _clause(place, index)
    if sign in _APPOINTED:
        return _role_then_organisation(place, index + 1)
    post = _post(place)
    if post:
        return _role_then_organisation(place, post)
    if sign in {"i", "på", "vid", "från", "hos"} and place.end - place.start > 1:
        return _workplace(place, index)
    phrase = role_at(words, index)
    if phrase and _owns(words, place.end - 1):
        # `Eks chef, läkaren Bo Alm`: somebody else's role.
        return Statement()
    if phrase and (words.caps[place.start] or not words.tokens[index].capital):
        return _role_then_organisation(place, index)
    return Statement()


def _past_country(words: WordView, index: int) -> int:
    """The comma behind a bracket that only holds a country: `Anna Ek (Norge), psykiater`; else the token itself."""
    closed = [word_at(words, index + n) for n in (0, 2, 3)] == ["(", ")", ","]
    return index + 3 if closed and lex.is_country(words.forms[index + 1]) else index


def in_turn(place: Place) -> list[tuple[str, tuple[int, int]]]:
    """`A, B och C från X, Y respektive Z`: the organisations of a list, in their order."""
    words, index = place.words, place.end
    if word_at(words, index) == "," and (phrase := role_at(words, index + 1)):
        # `A och B, ombudsman på X respektive Y`
        index = phrase.end
    if word_at(words, index) not in {"från", "på", "vid", "i", ",", "("}:
        return []
    found: list[tuple[str, tuple[int, int]]] = []
    index += 1
    while index < min(len(words), place.next_start):
        end = organisation_end(words, index)
        if end == index:
            break
        found.append((organisation_text(words, index, end, place.text), (index, end)))
        if word_at(words, end) not in {",", "och", "respektive", "samt"}:
            break
        index = end + 1
    return found


def organisation_after_role(place: Place, index: int, lines: bool) -> Statement:
    words = place.words
    index = _after_acronym(words, after_party(words, index))
    if index >= min(len(words), place.next_start):
        return Statement()
    word = word_at(words, index)
    if word in PREPOSITIONS:
        inside = _organisation_at(place, after_articles(words, index + 1), loose=True)
        if word == "för" and _is_field(words, inside.organisation_span):
            return _beyond_scope(place, index + 1)
        return inside if inside.organisation else _beyond_scope(place, index + 1)
    if word in {",", "|"}:
        return _organisation_at(place, index + 1)
    if words.tokens[index].kind == "line":
        return _organisation_at(place, index + 1) if lines else Statement()
    if words.tokens[index].capital and words.tokens[index].kind == "word":
        return _organisation_at(place, index, loose=True)
    return _beyond_scope(place, index)


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


def _after_acronym(words: WordView, index: int) -> int:
    """The token after the role's own short form in brackets: `medicinskt ansvarig sjuksköterska (MAS)`."""
    short = (
        index + 2 < len(words) and word_at(words, index) == "(" and word_at(words, index + 2) == ")"
    )
    return index + 3 if short and words.tokens[index + 1].text.isupper() else index


def _is_field(words: WordView, span: tuple[int, int] | None) -> bool:
    """`chef för Stöd och Omsorg`: capitals that only say what the role is about."""
    if span is None or _marked(words, *span):
        return False
    return word_at(words, span[1]) == "och" and span[1] - span[0] == 1


def _apposition(place: Place, index: int) -> Statement:
    words = place.words
    if word_at(words, index) == "som":
        return _clause(place, index)
    index = after_articles(words, index)
    if index < len(words) and words.tokens[index].kind == "number":
        # An age: `Anna, 43, lärare`.
        index += 1
        if word_at(words, index) == "år":
            index += 1
        if word_at(words, index) in {",", "och"}:
            index += 1
    stated = _role_then_organisation(place, after_articles(words, index))
    if stated.role or stated.organisation:
        return stated
    while word_at(words, index) in _POST_NOMINALS and word_at(words, index + 1) == ",":
        index += 2
    if word_at(words, index) in _POST_NOMINALS:
        return Statement()
    stated = _organisation_at(place, index)
    span = stated.organisation_span
    if span and word_at(words, span[1]) == "," and _result(place, span[1] + 1):
        return Statement()
    if span and word_at(words, span[1]) == ",":
        elected = _elected(place, span[1] + 1)
        return replace(stated, role=elected.role, role_span=elected.role_span)
    return stated


def _result(place: Place, index: int) -> bool:
    """A time or score in running text, `Anna Ek, Östersund, 24.19,8`: where somebody competes from."""
    words, first = place.words, place.start - 1
    if not number_at(words, index) or word_at(words, index + 1) in {"kronor", "kr", "000"}:
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
    if word_at(words, copula) in _COPULAS:
        return _role_then_organisation(place, after_articles(words, copula + 1), copula=True)
    works = False
    for position in range(index + 1, min(index + 14, place.next_start, len(words))):
        word = word_at(words, position)
        if word in {",", ".", "(", ":", "\n"}:
            break
        works = works or word in _WORKS
        if works and word in {"på", "i", "vid", "hos"}:
            stated = _organisation_at(place, position + 1)
            if stated.organisation:
                return stated
    return Statement()


def _stopped(place: Place, index: int) -> Statement:
    """`Malin Ek. Boverket.` and `Annika Ek. Avdelningschef …, förvaltningen`: a stop instead of a comma."""
    words = place.words
    opens = words.first[place.start] or place.start == 0 or word_at(words, place.start - 1) == ":"
    if not opens or index >= min(len(words), place.next_start):
        return Statement()
    stated = _role_then_organisation(place, index)
    if stated.role:
        return stated if _closes(words, stated) else Statement()
    organisation = _organisation_at(place, index)
    span = organisation.organisation_span
    if span and (span[1] >= len(words) or word_at(words, span[1]) in {".", "\n"}):
        return organisation
    return Statement()


def _closes(words: WordView, stated: Statement) -> bool:
    """Whether a stopped phrase is a phrase and not a sentence: it ends without a verb."""
    last = max(s[1] for s in (stated.role_span, stated.organisation_span) if s)
    return last >= len(words) or word_at(words, last) in {".", "\n", "(", ","}


def _signature(place: Place, index: int) -> Statement:
    """Role and organisation on the lines under a name."""
    words = place.words
    first = word_at(words, place.start - 1)
    opens = place.start == 0 or words.tokens[place.start - 1].kind == "line" or first in GREETINGS
    pair = first == "och" and place.previous_end == place.start - 1 > 0
    if not (opens or (pair and _plural_line(words, index))) or index >= min(
        len(words), place.next_start
    ):
        return Statement()
    stated = _role_then_organisation(place, index, lines=True)
    if stated.role is None or not stated.role_span:
        return Statement()
    last = stated.organisation_span[1] if stated.organisation_span else stated.role_span[1]
    if (
        last < len(words)
        and words.tokens[last].kind != "line"
        and word_at(words, last) not in {",", ".", "som"}
    ):
        return Statement()
    return stated


def _plural_line(words: WordView, index: int) -> bool:
    """Whether a role in the plural stands here: the line under the names of two."""
    phrase = role_at(words, index)
    form = word_at(words, phrase.end - 1) if phrase else ""
    return (
        phrase is not None and form != phrase.role.split()[-1] and form.endswith(("a", "er", "or"))
    )


def _role_then_organisation(
    place: Place, index: int, copula: bool = False, lines: bool = False
) -> Statement:
    words = place.words
    phrase = role_at(words, index)
    if phrase is None and copula:
        phrase = _role_among(words, index, place.next_start)
    phrase = _present_post(words, phrase) if phrase else None
    if phrase is None or phrase.end > place.next_start:
        return _owned_role(place, index)
    if phrase.end == place.next_start < len(words) and not copula:
        return Statement()
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
    if not phrase.role.startswith("tidigare") or word_at(words, behind) not in {"och", ",", "men"}:
        return phrase
    if word_at(words, behind + 1) not in {"numera", "nu", "idag", "nuvarande"}:
        return phrase
    return role_at(words, behind + 2) or phrase


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
    return Statement()


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


def _beyond_scope(place: Place, index: int) -> Statement:
    """`docent i statsvetenskap vid Försvarshögskolan`: the organisation after what the role is about."""
    words = place.words
    for position in range(index, min(index + 14, len(words), place.next_start)):
        word = word_at(words, position)
        if word in {".", "(", ")", ":", "\n", "–"} or word in _COPULAS or word == "som":
            break
        if word == ",":
            if role_at(words, position + 1):
                break
            behind = _organisation_at(place, position + 1)
            if behind.organisation:
                return behind
            continue
        if word in {"vid", "på", "at", "hos", "i"}:
            stated = _organisation_at(place, position + 1)
            if stated.organisation:
                return stated
    return Statement()


def _workplace(place: Place, index: int) -> Statement:
    """`Beatrice Ek från Socialstyrelsen`, `Anna Ek i Lund`; `från Gävle` tells where somebody lives."""
    words = place.words
    preposition = word_at(words, index)
    stated = _organisation_at(place, index + 1, loose=preposition in {"på", "hos"})
    span = stated.organisation_span
    if not span or word_at(words, span[1] - 1).endswith(_EVENTS):
        return Statement()
    bare_place = span[1] - span[0] == 1 and lex.is_town(words.forms[span[0]])
    if preposition == "på" and bare_place and not lex.is_organisation_word(words.forms[span[0]]):
        return Statement()
    if bare_place:
        return stated if preposition == "i" else Statement()
    return stated if preposition != "i" or _marked(words, *span) else Statement()


def _organisation_at(place: Place, index: int, loose: bool = False) -> Statement:
    """The organisation that begins at a token; without `loose` it must show that it is one."""
    words = place.words
    if index >= min(len(words), place.next_start):
        return Statement()
    end = min(organisation_end(words, index), place.next_start)
    if end <= index:
        return Statement()
    if not (loose or _marked(words, index, end) or _closed(place, index, end)):
        return Statement()
    if (loose and words.first[index] and lex.COMMON in words.codes[index]) or (
        words.caps[index] and words.codes[index] == lex.COMMON
    ):
        # `PÅ SCEN`, `I SAMTAL MED …`
        return Statement()
    if end - index == 1 and lex.is_country(words.forms[index]):
        return Statement()
    return Statement(
        organisation=organisation_text(words, index, end, place.text),
        organisation_span=(index, end),
    )


def _closed(place: Place, start: int, end: int) -> bool:
    """Whether a strange name stands alone between a comma and the end of the item: `Anna Ek, Kommunkollen.`

    Must not take a tag of a category line, an ordinary word or somebody's given name.
    """
    words = place.words
    if end - start > 4 or place.end - place.start < 2 or not words.tokens[start].capital:
        return False
    if any(_speaks_against(words.codes[i]) for i in range(start, end)):
        return False
    if any(words.tokens[i].text == "|" for i in range(place.previous_end, place.start)):
        return False
    if end >= len(words) or word_at(words, end) in {".", "\n", "(", ")", "–"}:
        return True
    following = end + 1
    if word_at(words, end) == "," and word_at(words, following) in {"och", "samt"}:
        following += 1
    return word_at(words, end) in {",", "och", "samt"} and following == place.next_start


def _speaks_against(code: str) -> bool:
    return any(letter in code for letter in "gGcrP") and lex.ORGANISATION not in code


def _after_time(words: WordView, index: int) -> int:
    """The token after words that say when."""
    stop = index
    while stop < index + 4 and word_at(words, stop) in _TIME:
        stop += 1
    return stop


def _marked(words: WordView, start: int, end: int) -> bool:
    """Whether a phrase shows that it is an organisation: a place, an acronym, a noun of organisations."""
    for index in range(start, end):
        raw, code = words.tokens[index].text, words.codes[index]
        if lex.PLACE in code or lex.is_organisation_word(words.forms[index]):
            return True
        if index > start and words.forms[index] == "Konsult":
            return True
        if (
            end - start == 1
            and not any(c in code for c in "gGcr")
            and lex.is_town(words.forms[index])
        ):
            return True
        if raw.isupper() and 1 < len(raw) <= 6 and not any(c in code for c in "gsGSe"):
            return True
    lists = organisation_lexicon()
    return words.forms[start] in lists.known or words.forms[start].casefold() in lists.aliases
