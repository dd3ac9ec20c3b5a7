"""The organisation that stands before a name: in the genitive, alone on the line, above a signature."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.bodies import named_body
from harvester.parsers.people.organisation_names import organisation_lexicon
from harvester.parsers.people.organisations import (
    organisation_end,
    organisation_text,
)
from harvester.parsers.people.place import (
    NOTHING,
    OPENERS,
    PREPOSITIONS,
    Place,
    Statement,
    owner_span,
)
from harvester.parsers.people.role_phrases import RolePhrase, role_at, role_before
from harvester.parsers.people.roles import role_class
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import organisation_at
from harvester.records import RoleClass


def with_genitive(place: Place, phrase: RolePhrase, shared: bool) -> Statement:
    words = place.words
    organisation, span = None, None
    if role_class(phrase.role, None) is not RoleClass.MINISTER:
        owner = owner_span(words, phrase.start, place.previous_end)
        if owner:
            span = owner
            organisation = organisation_text(words, *owner, place.text, genitive=True)
    if (
        organisation is None
        and phrase.end < place.start
        and word_at(words, phrase.end) in PREPOSITIONS
    ):
        return Statement(phrase.role, (phrase.start, phrase.end), shared=shared)
    return Statement(phrase.role, (phrase.start, phrase.end), organisation, span, shared)


def owner(place: Place, start: int) -> Statement:
    """`Socialchefsdagarnas Göran …`: the organisation alone before the name."""
    words = place.words
    span = owner_span(words, start, place.previous_end)
    if span:
        form = words.forms[start - 1]
        marked = lex.ORGANISATION in words.codes[start - 1] or lex.is_organisation_word(form)
        marked = marked or form.removesuffix("s") in organisation_lexicon().known
        if lex.PLACE not in words.codes[start - 1] and (marked or _strange_owner(place, span)):
            return Statement(
                organisation=organisation_text(words, *span, place.text, genitive=True),
                organisation_span=span,
            )
    if start >= 2 and words.tokens[start - 1].kind == "line":
        return signed_for(place, start - 1)
    return NOTHING


def sender(place: Place, mark: int) -> Statement:
    """`Orsa: Anna Ek` and `Region Halland – Anna Ek`: the organisation alone on the line before the name."""
    words, begin = place.words, mark
    while begin > place.previous_end and words.tokens[begin - 1].kind != "line":
        begin -= 1
    end = place.end
    listed = (
        end >= len(words)
        or words.tokens[end].kind == "line"
        or word_at(words, end) in {",", "och", "("}
    )
    alone = begin == 0 or words.tokens[begin - 1].kind == "line"
    alone = alone and not _in_list_of_areas(words, begin)
    if not (listed and alone) or begin == mark or word_at(words, begin) in {"foto", "text"}:
        return NOTHING
    while begin < mark - 1 and words.lowered[begin] in _SENT_FROM:
        # `Medverkande från Orsa: …`
        begin += 1
    stated = organisation_at(Place(words, place.text, begin, begin, begin, mark), begin)
    span = stated.organisation_span
    if span is None or span[1] != mark:
        return NOTHING
    known = words.forms[begin] in organisation_lexicon().known or lex.is_town(words.forms[begin])
    known = (
        known
        or named_body(words, span)
        or words.forms[begin].casefold() in organisation_lexicon().aliases
    )
    known = known or (_acronym_of_body(words, begin) and role_at(words, end + 1) is not None)
    if not known and not any(lex.PLACE in words.codes[i] for i in range(*span)):
        return NOTHING
    return stated._replace(shared=True)


def _acronym_of_body(words: WordView, index: int) -> bool:
    """Whether an acronym that is no listed word stands here: `KTH – Anna Ek, docent`."""
    text = words.texts[index]
    return text.isupper() and 1 < len(text) < 6 and not words.codes[index]


#: Words before the body in the label of a list of its people.
_SENT_FROM = frozenset({"deltagare", "deltar", "deltog", "för", "från", "gäster", "medverkade", "medverkande", "medverkar", "representant", "representanter"})  # fmt: skip

#: Verbs behind the body that somebody stands for: `Socialstyrelsen representerades av Anna Ek`.
_STOOD_FOR = frozenset({"representeras", "representerades", "företräds", "företräddes", "representerats", "företrätts"})  # fmt: skip

#: Words that open a sentence before the body its people come from or speak for.
_COMES_FROM = frozenset({"från", "för", "hos", "vid", "på"})

#: Verbs between that body and who comes: `Från Region Dalarna kom Anna Ek`.
_COMES = frozenset({"kom", "kommer", "deltog", "deltar", "medverkade", "medverkar", "talade", "talar", "var", "är", "fanns", "finns", "svarade", "svarar", "möter", "mötte", "satt", "sitter", "hörs", "hördes", "arbetar", "jobbar", "ansvarar", "berättade", "berättar", "föreläste", "föreläser", "presenterade", "presenterar", "gästade", "gästar", "närvarade", "reste", "skickades", "inledde", "inleder", "rapporterade", "rapporterar", "tackade", "tackar", "undertecknade", "undertecknar"})  # fmt: skip

#: Words that may stand between the verb and the name.
_BETWEEN = frozenset({"bland", "annat", "andra", "även", "också", "då", "där", "i", "år", "dag", "både", "dels", "sedan", "våra"})  # fmt: skip


#: What must stand before a name for a body to be behind it there, and how near, in tokens.
_FRONT = _COMES_FROM | {"genom"}
_FRONT_REACH = 20


def spoken_for(place: Place) -> Statement:
    """`Orsa representerades av A`, `Från Region Dalarna kom A och B`, `Som representant för SSR talade A`."""
    words, start = place.words, place.start
    if word_at(words, start - 1) == "av" and word_at(words, start - 2) in _STOOD_FOR:
        clause = [word_at(words, start - n) for n in (4, 3)] == [",", "som"]
        return _body_ending(place, start - 4 if clause else start - 2)
    if _FRONT.isdisjoint(words.lowered[max(place.previous_end, start - _FRONT_REACH) : start]):
        return NOTHING
    through = _past_role(words, start - 1)
    if word_at(words, through) == "genom":
        # `Fackförbundet Seko, genom ordförande Anna Ek`
        comma = word_at(words, through - 1) == ","
        return _body_ending(place, through - comma)
    verb = through
    while verb > place.previous_end and word_at(words, verb) in _BETWEEN:
        verb -= 1
    if word_at(words, verb) not in _COMES or verb <= place.previous_end:
        return NOTHING
    stated = _body_ending(place, verb)
    span = stated.organisation_span
    if span is None or word_at(words, span[0] - 1) not in _COMES_FROM:
        return NOTHING
    opens = words.first[span[0] - 1]
    stands_for = word_at(words, span[0] - 2) in {"representant", "representanter"}
    return stated if opens or stands_for else NOTHING


#: Verbs between an employer and whom it takes on.
_HIRES = frozenset({"anställt", "anställde", "anställer", "rekryterat", "rekryterade", "rekryterar", "värvat", "värvade", "värvar"})  # fmt: skip


def hired_by(place: Place) -> Statement:
    """`Orsa kommun har anställt Anna Ek som chef`: the employer that opens the sentence."""
    words, verb = place.words, place.start - 1
    while verb > place.previous_end and word_at(words, verb) in {"nyligen", "nu"}:
        verb -= 1
    if word_at(words, verb) not in _HIRES:
        return NOTHING
    auxiliary = verb
    while auxiliary > max(place.previous_end, verb - 5) and word_at(words, auxiliary) != "har":
        auxiliary -= 1
    return _body_ending(place, auxiliary if word_at(words, auxiliary) == "har" else verb)


def _past_role(words: WordView, index: int) -> int:
    """The token before the role that ends at a token; the token itself where none does."""
    phrase = role_before(words, index + 1)
    return phrase.start - 1 if phrase else index


def _body_ending(place: Place, end: int) -> Statement:
    """The longest organisation that ends right before a token; it holds for all listed behind."""
    words = place.words
    for begin in range(max(place.previous_end, end - 8), end):
        opens = words.first[begin] and words.lowered[begin] in OPENERS
        if words.kinds[begin] != "word" or opens:
            continue
        inner = Place(words, place.text, begin, begin, begin, end)
        stated = organisation_at(inner, begin)
        if stated.organisation_span == (begin, end):
            return stated._replace(shared=True)
    return NOTHING


def signed_for(place: Place, line: int) -> Statement:
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
            organisation=organisation_text(words, *span, place.text),
            organisation_span=span,
            shared=True,
        )
    return NOTHING


def _strange_owner(place: Place, span: tuple[int, int]) -> bool:
    """`Kommunkollens Jerker Ek`: one unlisted word in the genitive inside a sentence, before a listed given name."""
    words, index = place.words, span[0]
    # `Vårdföretagarnas Anna Ek`: the members in the plural are a body.
    strange = words.codes[index] == "" or words.forms[index].endswith(("arnas", "ernas"))
    lone = span[1] - span[0] == 1 and place.end - place.start > 1 and strange
    inside = not words.first[index] and not words.caps[index]
    return (
        lone
        and inside
        and lex.GIVEN in words.codes[place.start]
        and not lex.is_town(words.forms[index])
    )


#: How many words above and below a line are asked for others like it.
_NEAR = 40


def _in_list_of_areas(words: WordView, begin: int) -> bool:
    """Whether a line near this one opens with a province: `Dalarna: Anna Ek` above `Örebro: Bo Alm`."""
    low, high = max(0, begin - _NEAR), min(begin + _NEAR, len(words))
    areas = lex.lexicon().areas
    if areas.isdisjoint(words.forms[low:high]):
        return False
    return any(
        words.forms[index] in areas and (not index or words.tokens[index - 1].kind == "line")
        for index in range(low, high)
    )
