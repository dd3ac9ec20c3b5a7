"""What a text says about a person where it names them: role and organisation, before and after the name."""

from __future__ import annotations

from dataclasses import dataclass

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.organisations import (
    organisation_end,
    organisation_lexicon,
    organisation_text,
)
from harvester.parsers.people.role_phrases import RolePhrase, role_at, role_before
from harvester.parsers.people.roles import role_class
from harvester.parsers.people.wordview import WordView
from harvester.records import RoleClass

_PARTIES = frozenset(["s", "m", "c", "l", "v", "mp", "kd", "sd", "fi", "fp", "nyd", "lib"])
_COPULAS = frozenset(["är", "var", "blev", "blir", "heter"])
_APPOINTED = frozenset(["som", "till"])
_PREPOSITIONS = frozenset(
    ["i", "på", "vid", "för", "från", "av", "hos", "inom", "till", "at", "of", "with"]
)
_ARTICLES = frozenset(["en", "ett", "den", "det", "de", "vår", "deras", "någon", "the", "a", "an"])
_ADVERBS = frozenset(
    ["sedan", "numera", "nu", "idag", "också", "även", "fortfarande", "dessutom", "länge", "pensionerad"]
)
_WORKS = frozenset({"arbetar", "jobbar", "arbetade", "jobbade", "arbetat", "jobbat"})
_GREETINGS = frozenset(["hälsningar", "hälsning", "önskar", "/"])


@dataclass(frozen=True, slots=True)
class Statement:
    """Role and organisation stated at one mention; spans are token ranges of the block."""

    role: str | None = None
    role_span: tuple[int, int] | None = None
    organisation: str | None = None
    organisation_span: tuple[int, int] | None = None
    shared: bool = False
    role_raw: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A mention in its block, and where the next one begins (names are no organisations)."""

    words: WordView
    text: str
    start: int
    end: int
    previous_end: int
    next_start: int


#: Roles that say no more than that somebody stands on the stage; any other statement is better.
WEAK_ROLES = frozenset(
    {"talare", "föreläsare", "storföreläsare", "huvudtalare", "deltagare", "gäst"}
)


def statement(place: Place) -> Statement:
    """What is said about the person right here; an empty statement where nothing is."""
    before = _before(place)
    after = _after(place) if place.next_start > place.end else Statement()
    if before.role and not (after.role and before.role in WEAK_ROLES):
        organisation = before if before.organisation else after
        return Statement(
            before.role,
            before.role_span,
            organisation.organisation,
            organisation.organisation_span,
            before.shared,
        )
    if after.role:
        organisation = after if after.organisation else before
        return Statement(
            after.role, after.role_span, organisation.organisation, organisation.organisation_span
        )
    return after if after.organisation else before


def opening(words: WordView, start: int) -> int:
    """Where what is said before the name at a token begins: its role phrase and the organisation owning it."""
    phrase = role_before(words, start)
    if phrase is None:
        return start
    owner = _owner_span(words, phrase.start, 0)
    return owner[0] if owner else phrase.start


def unknown_role(place: Place) -> tuple[int, int] | None:
    """The token range of a wording that stands where a role stands, and is in no list.

    Only `Name, wording i/på/vid Organisation`: anything looser would report ordinary prose.
    """
    words, index = place.words, place.end
    if _text(words, index) != "," or index + 3 >= len(words):
        return None
    start = index + 1
    form = words.forms[start]
    if (
        words.tokens[start].kind != "word"
        or not form.islower()
        or len(form) < 5
        or form in lex.lexicon().common
    ):
        return None
    if organisation_end(words, start) > start:
        return None
    stop = start + 1
    if (
        _text(words, stop) in {"i", "på", "vid"}
        and words.tokens[stop + 1].capital
        and role_at(words, start) is None
    ):
        return start, stop
    return None


def _before(place: Place) -> Statement:
    words, start = place.words, _skip_title(place)
    colon = start - 1
    if colon > 0 and _text(words, colon) == ":" and colon > place.previous_end - 1:
        phrase = role_before(words, colon)
        if phrase and (words.first[phrase.start] or _text(words, phrase.start - 1) in {"", "/"}):
            return _with_genitive(place, phrase, shared=True)
        return _announced(place, colon)
    if colon > 1 and _text(words, colon) == ",":
        return _presented(place, colon)
    if colon >= 0 and _text(words, colon) in {"är", "blir", "var"}:
        phrase = role_before(words, colon)
        if phrase and phrase.start >= place.previous_end:
            return _with_genitive(place, phrase, shared=phrase.plural)
        return Statement()
    elected = (
        start - 1
        if colon >= 0 and _text(words, colon) in {"valdes", "utsågs", "omvaldes"}
        else start
    )
    phrase = role_before(words, elected) or _opening_role(place) or _role_and_region(words, start)
    if phrase and phrase.start >= place.previous_end:
        return _with_genitive(place, phrase, shared=phrase.plural)
    return _owner(place, start)


def _opening_role(place: Place) -> RolePhrase | None:
    """`Omsorgschefen med … . Anna Ek från …`: the block's first words present the person named after them."""
    words = place.words
    if place.previous_end or not words.first[place.start] or not place.start:
        return None
    phrase = role_at(words, 0)
    if (
        phrase is None
        or phrase.end >= place.start
        or phrase.plural
        or _text(words, phrase.end) not in _PREPOSITIONS | {"med"}
    ):
        return None
    definite = _text(words, phrase.end - 1) != phrase.role.split()[-1]
    stops = sum(
        1 for i in range(phrase.end, place.start) if _text(words, i) in {".", "!", "?", "\n"}
    )
    return phrase if definite and stops == 1 else None


def in_turn(place: Place) -> list[tuple[str, tuple[int, int]]]:
    """`A, B och C från X, Y respektive Z`: the organisations of a list, in their order."""
    words, index = place.words, place.end
    if _text(words, index) not in {"från", "på", "vid", "i", ",", "("}:
        return []
    found: list[tuple[str, tuple[int, int]]] = []
    index += 1
    while index < min(len(words), place.next_start):
        end = organisation_end(words, index)
        if end == index:
            break
        found.append((organisation_text(words, index, end, place.text), (index, end)))
        if _text(words, end) not in {",", "och", "respektive", "samt"}:
            break
        index = end + 1
    return found


def _presented(place: Place, comma: int) -> Statement:
    """`Socialchefen i Vara, Inga-Lisa Ros, …`: a role in the definite form, its place, a comma, the name."""
    words = place.words
    for start in range(comma - 2, max(place.previous_end - 1, comma - 9), -1):
        if _text(words, start) in {".", ",", ":", "\n", "!", "?"}:
            break
        phrase = role_at(words, start)
        if phrase is None or not words.first[start] or phrase.plural:
            continue
        definite = _text(words, phrase.end - 1) != phrase.role.split()[-1]
        if definite and _text(words, phrase.end) in _PREPOSITIONS:
            inner = Place(words, place.text, start, phrase.end, place.previous_end, comma)
            stated = _organisation_after_role(inner, phrase.end, lines=False)
            return Statement(
                phrase.role,
                (phrase.start, phrase.end),
                stated.organisation,
                stated.organisation_span,
            )
    return Statement()


def _announced(place: Place, colon: int) -> Statement:
    """`den första inbokade storföreläsaren: Jan …`: a role in the definite form before a colon."""
    phrase = role_before(place.words, colon)
    if phrase and phrase.start >= place.previous_end:
        return _with_genitive(place, phrase, shared=phrase.plural)
    return Statement()


def _skip_title(place: Place) -> int:
    """The token after what belongs to the role, leaving out `Sir` and a nickname in quotation marks."""
    start = place.start
    while start > 0 and _text(place.words, start - 1) in {"sir", "lady", "dr"}:
        if role_before(place.words, start) and _text(place.words, start - 1) == "dr":
            break
        start -= 1
    return start


def _role_and_region(words: WordView, end: int) -> RolePhrase | None:
    """`Regionansvarig Dalarna Jonas …`: places between role and name."""
    index = end
    while index > 0 and lex.PLACE in words.codes[index - 1] and end - index < 3:
        index -= 1
    return role_before(words, index) if index < end else None


def _with_genitive(place: Place, phrase: RolePhrase, shared: bool) -> Statement:
    words = place.words
    organisation, span = None, None
    if role_class(phrase.role, None) is not RoleClass.MINISTER:
        owner = _owner_span(words, phrase.start, place.previous_end)
        if owner:
            span = owner
            organisation = organisation_text(words, *owner, place.text, genitive=True)
    if (
        organisation is None
        and phrase.end < place.start
        and _text(words, phrase.end) in _PREPOSITIONS
    ):
        return Statement(phrase.role, (phrase.start, phrase.end), shared=shared)
    return Statement(phrase.role, (phrase.start, phrase.end), organisation, span, shared)


def _owner_span(words: WordView, end: int, low: int) -> tuple[int, int] | None:
    """The organisation in the genitive, or the acronym, that ends right before a token."""
    found = None
    if end >= low + 3 and _text(words, end - 1) == "s" and _text(words, end - 2) == ":":
        # `FN:s`, `SKR:s`
        return (end - 3, end - 2) if words.tokens[end - 3].text.isupper() else None
    for start in range(end - 1, max(low - 1, end - 7), -1):
        token = words.tokens[start]
        if token.kind != "word":
            break
        if not token.capital:
            continue
        last = words.tokens[end - 1]
        genitive = words.forms[end - 1].endswith("s")
        acronym = (
            last.text.isupper() and 1 < len(last.text) <= 5 and not lex.code(words.forms[end - 1])
        )
        if (genitive or acronym) and organisation_end(words, start, end) == end:
            ordinary = lex.COMMON in words.codes[start] or "r" in words.codes[start]
            if end - start > 1 or not ordinary or lex.PLACE in words.codes[start]:
                found = (start, end)
    return found


def _owner(place: Place, start: int) -> Statement:
    """`Socialchefsdagarnas Göran …`: the organisation alone before the name."""
    words = place.words
    span = _owner_span(words, start, place.previous_end)
    if span:
        form = words.forms[start - 1]
        marked = lex.ORGANISATION in words.codes[start - 1] or lex.is_organisation_word(form)
        if marked and lex.PLACE not in words.codes[start - 1]:
            return Statement(
                organisation=organisation_text(words, *span, place.text, genitive=True),
                organisation_span=span,
            )
    if start >= 2 and words.tokens[start - 1].kind == "line":
        return _signed_for(place, start - 1)
    return Statement()


def _signed_for(place: Place, line: int) -> Statement:
    """A signature's line `För Föreningen …` above the name."""
    words, begin = place.words, line
    while begin > 0 and words.tokens[begin - 1].kind != "line":
        begin -= 1
    if (
        words.forms[begin] == "För"
        and begin + 1 < line
        and organisation_end(words, begin + 1) == line
    ):
        span = (begin + 1, line)
        return Statement(
            organisation=organisation_text(words, *span, place.text), organisation_span=span
        )
    return Statement()


def _after(place: Place) -> Statement:
    words = place.words
    index = _skip_party(words, place.end)
    sign = _text(words, index)
    if index >= len(words):
        return Statement()
    kind = words.tokens[index].kind
    if sign == "–":
        return _role_then_organisation(place, _skip_articles(words, index + 1))
    if sign in {",", "("}:
        return _apposition(place, index + 1)
    if sign == ".":
        return _stopped(place, index + 1)
    if kind == "line":
        return _signature(place, index + 1)
    if sign in _COPULAS:
        return _role_then_organisation(place, _skip_articles(words, index + 1), copula=True)
    if sign == "och" and _text(words, index + 1) in _COPULAS:
        return _role_then_organisation(place, _skip_articles(words, index + 2), copula=True)
    working = index + 1 if sign in {"och", "har"} else index
    if _text(words, working) in _WORKS and _text(words, working + 1) == "som":
        return _role_then_organisation(place, working + 2)
    if (
        sign in {"omvald", "valdes", "vald", "utsågs", "utses", "utsedd", "nyvald"}
        and _text(words, index + 1) in _APPOINTED
    ):
        return _role_then_organisation(place, index + 2)
    if sign in _APPOINTED:
        return _role_then_organisation(place, index + 1)
    if sign in {"i", "på", "vid", "från", "hos"} and place.end - place.start > 1:
        return _workplace(place, index)
    phrase = role_at(words, index)
    if phrase and (words.caps[place.start] or not words.tokens[index].capital):
        return _role_then_organisation(place, index)
    return Statement()


def _apposition(place: Place, index: int) -> Statement:
    words = place.words
    if _text(words, index) == "som":
        return _clause(place, index)
    if index < len(words) and words.tokens[index].kind == "number":
        # An age: `Anna, 43, lärare`.
        index += 2 if _text(words, index + 1) == "," else 1
    stated = _role_then_organisation(place, _skip_articles(words, index))
    if stated.role:
        return stated
    stated = _organisation_at(place, index)
    span = stated.organisation_span
    if span and _text(words, span[1]) == "," and _number(words, span[1] + 1):
        # A list of results: `Anna Ek, Östersund, 24.19,8`.
        return Statement()
    return stated


def _number(words: WordView, index: int) -> bool:
    return index < len(words) and words.tokens[index].kind == "number"


def _clause(place: Place, index: int) -> Statement:
    """`som är …` states a role; `som arbetar i Sundbyberg` a place of work."""
    words = place.words
    if _text(words, index + 1) in _COPULAS:
        return _role_then_organisation(place, _skip_articles(words, index + 2), copula=True)
    works = False
    for position in range(index + 1, min(index + 14, place.next_start, len(words))):
        word = _text(words, position)
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
    opens = words.first[place.start] or place.start == 0 or _text(words, place.start - 1) == ":"
    if not opens or index >= min(len(words), place.next_start):
        return Statement()
    stated = _role_then_organisation(place, index)
    if stated.role:
        return stated if _closes(words, index, stated) else Statement()
    organisation = _organisation_at(place, index)
    span = organisation.organisation_span
    if span and (span[1] >= len(words) or _text(words, span[1]) in {".", "\n"}):
        return organisation
    return Statement()


def _closes(words: WordView, start: int, stated: Statement) -> bool:
    """Whether a stopped phrase is a phrase and not a sentence: it ends without a verb."""
    last = max(s[1] for s in (stated.role_span, stated.organisation_span) if s)
    return last >= len(words) or _text(words, last) in {".", "\n", "(", ","}


def _signature(place: Place, index: int) -> Statement:
    """Role and organisation on the lines under a name."""
    words = place.words
    first = _text(words, place.start - 1)
    opens = place.start == 0 or words.tokens[place.start - 1].kind == "line" or first in _GREETINGS
    if not opens or index >= min(len(words), place.next_start):
        return Statement()
    stated = _role_then_organisation(place, index, lines=True)
    if stated.role is None or not stated.role_span:
        return Statement()
    last = stated.organisation_span[1] if stated.organisation_span else stated.role_span[1]
    if (
        last < len(words)
        and words.tokens[last].kind != "line"
        and _text(words, last) not in {",", "."}
    ):
        return Statement()
    return stated


def _role_then_organisation(
    place: Place, index: int, copula: bool = False, lines: bool = False
) -> Statement:
    words = place.words
    phrase = role_at(words, index)
    if phrase is None and copula:
        phrase = _role_among(words, index, place.next_start)
    if phrase is None or phrase.end > place.next_start:
        return _owned_role(place, index)
    if phrase.end == place.next_start < len(words) and not copula:
        return Statement()
    organisation = _organisation_after_role(place, phrase.end, lines)
    return Statement(
        phrase.role,
        (phrase.start, phrase.end),
        organisation.organisation,
        organisation.organisation_span,
    )


def _owned_role(place: Place, index: int) -> Statement:
    """`, FSS ordförande` and `, Handelsbankens chefsekonom`: the organisation before the role."""
    words = place.words
    end = organisation_end(words, index)
    for stop in range(min(end, index + 5), index, -1):
        phrase = role_at(words, stop)
        if (
            phrase
            and phrase.end <= place.next_start
            and _owner_span(words, stop, index) == (index, stop)
        ):
            return Statement(
                phrase.role,
                (phrase.start, phrase.end),
                organisation_text(words, index, stop, place.text, genitive=True),
                (index, stop),
            )
    return Statement()


def _role_among(words: WordView, index: int, limit: int) -> RolePhrase | None:
    """`är en av Sveriges mest framträdande toppdiplomater`: the role some words after the copula."""
    if _text(words, index) != "av" and _text(words, index + 1) != "av":
        return None
    for position in range(index, min(index + 8, len(words), limit)):
        if words.tokens[position].kind != "word":
            return None
        phrase = role_at(words, position)
        if phrase:
            return phrase
    return None


def _organisation_after_role(place: Place, index: int, lines: bool) -> Statement:
    words = place.words
    index = _skip_party(words, index)
    if index >= min(len(words), place.next_start):
        return Statement()
    word = _text(words, index)
    if word in _PREPOSITIONS:
        inside = _organisation_at(place, _skip_articles(words, index + 1), loose=True)
        return inside if inside.organisation else _beyond_scope(place, index + 1)
    if word == ",":
        return _organisation_at(place, index + 1)
    if words.tokens[index].kind == "line":
        return _organisation_at(place, index + 1) if lines else Statement()
    if words.tokens[index].capital and words.tokens[index].kind == "word":
        return _organisation_at(place, index, loose=True)
    return _beyond_scope(place, index)


def _beyond_scope(place: Place, index: int) -> Statement:
    """`docent i statsvetenskap vid Försvarshögskolan`: the organisation after what the role is about."""
    words = place.words
    for position in range(index, min(index + 14, len(words), place.next_start)):
        word = _text(words, position)
        if word in {".", "(", ")", ":", "\n", "–"} or word in _COPULAS or word == "som":
            break
        if word == ",":
            if role_at(words, position + 1):
                break
            return _organisation_at(place, position + 1)
        if word in {"vid", "på", "at", "hos", "i"}:
            stated = _organisation_at(place, position + 1)
            if stated.organisation:
                return stated
    return Statement()


def _workplace(place: Place, index: int) -> Statement:
    """`Beatrice Ek från Socialstyrelsen`, `Anna Ek i Lund`; `från Gävle` tells where somebody lives."""
    words = place.words
    preposition = _text(words, index)
    stated = _organisation_at(place, index + 1)
    span = stated.organisation_span
    if not span:
        return Statement()
    bare_place = span[1] - span[0] == 1 and lex.PLACE in words.codes[span[0]]
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
    if not loose and not _marked(words, index, end):
        return Statement()
    if loose and words.first[index] and lex.COMMON in words.codes[index]:
        return Statement()
    return Statement(
        organisation=organisation_text(words, index, end, place.text),
        organisation_span=(index, end),
    )


def _marked(words: WordView, start: int, end: int) -> bool:
    """Whether a phrase shows that it is an organisation: a place, an acronym, a noun of organisations."""
    for index in range(start, end):
        raw, code = words.tokens[index].text, words.codes[index]
        if lex.PLACE in code or lex.is_organisation_word(words.forms[index]):
            return True
        if raw.isupper() and 1 < len(raw) <= 6 and not any(c in code for c in "gsGSe"):
            return True
    return words.forms[start] in organisation_lexicon().known


def _skip_party(words: WordView, index: int) -> int:
    if (
        _text(words, index) == "("
        and _text(words, index + 1) in _PARTIES
        and _text(words, index + 2) == ")"
    ):
        return index + 3
    return index


def _skip_articles(words: WordView, index: int) -> int:
    """The token after articles and what may stand with them: `sedan 2019`, `till vardags`, `numera`."""
    while index < len(words):
        word = _text(words, index)
        vardags = word == "till" and _text(words, index + 1) == "vardags"
        since = _number(words, index) and _text(words, index - 1) == "sedan"
        if not (word in _ARTICLES or word in _ADVERBS or vardags or since):
            break
        index += 2 if vardags else 1
    return index


def _text(words: WordView, index: int) -> str:
    return words.forms[index].lower() if 0 <= index < len(words) else ""
