"""Organisations as they stand behind a name or a role: where somebody works, in turn, beyond a field."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.bodies import (
    BODIES,
    FIELDS,
    is_field,
    listed_body,
    marked,
    named_body,
    names_body,
    names_field,
    past_kind,
    past_unit,
    speaks_against,
)
from harvester.parsers.people.organisation_names import organisation_lexicon
from harvester.parsers.people.organisations import (
    listed_end,
    organisation_end,
    organisation_text,
)
from harvester.parsers.people.place import (
    COPULAS,
    NOTHING,
    PREPOSITIONS,
    Place,
    Statement,
    after_articles,
    after_party,
    bar_at,
)
from harvester.parsers.people.role_phrases import RolePhrase, role_at
from harvester.parsers.people.wordview import WordView, word_at


def organisation_after_role(place: Place, index: int, lines: bool) -> Statement:
    """The organisation that stands behind a role phrase ending at a token; with `lines` also on the next line."""
    words = place.words
    index = _after_acronym(words, after_party(words, index))
    if index >= min(len(words), place.next_start):
        return NOTHING
    word = word_at(words, index)
    if word in PREPOSITIONS:
        inside = organisation_at(place, after_articles(words, index + 1), loose=True)
        if word == "från" and inside.organisation in lex.lexicon().areas:
            # `konstnär från Dalarna`: where somebody is from.
            return NOTHING
        if word == "för" and is_field(words, inside.organisation_span):
            return _beyond_scope(place, index + 1)
        if word in {"för", "inom"} and words.texts[min(index + 1, words.size - 1)] in FIELDS:
            # `koordinator inom LSS, Orsa kommun`
            return _beyond_scope(place, index + 1)
        span = inside.organisation_span
        if word == "för" and span and not marked(words, *span) and word_at(words, span[1]) == ",":
            # `projektledare för Bostad först, Helsingborg`
            town = organisation_at(place, span[1] + 1)
            return town if town.organisation else inside
        return inside if inside.organisation else _beyond_scope(place, index + 1)
    if word in {",", "|"}:
        index += 1 + (word_at(words, index + 1) == "\n")
        second = role_at(words, index)
        if second and names_body(words, index):
            second = None
        if second and word == "," and _second_trade(place, second):
            # `socionom, enhetschef, Orsa`
            return organisation_after_role(place, second.end, lines)
        stated = organisation_at(place, index)
        return stated if stated.organisation else strange_body(place, index)
    if bar_at(words, index):
        stated = closing_workplace(place, index + 1)
        return stated if stated.organisation else _column(place, index + 1)
    if word == ")" and word_at(words, index + 1) == ",":
        return organisation_at(place, index + 2)
    if words.tokens[index].kind == "line":
        return organisation_at(place, index + 1) if lines else NOTHING
    if words.tokens[index].capital and words.tokens[index].kind == "word":
        if names_field(words, index):
            # `avdelningschef Barn och unga, Orsa kommun`
            return _beyond_scope(place, index)
        return organisation_at(place, index, loose=True)
    if words.kinds[index] == "word" and word not in _OPENS_SCOPE:
        # `enhetschef vård- och omsorgsförvaltningen i Orsa`
        stated = organisation_at(place, index)
        if stated.organisation:
            return stated
    return _beyond_scope(place, index)


#: Words that open what a role is about.
_OPENS_SCOPE = frozenset({"med", "och", "som", "samt"})


def strange_body(place: Place, index: int) -> Statement:
    """`Anna Ek, kanslist, Famna, …`: a name that no list holds, where a workplace stands behind a role, up to a mark.

    Must not take somebody's name, nor the heading or title that goes on in small letters.
    """
    words = place.words
    if index >= min(words.size, place.next_start) or words.kinds[index] != "word":
        return NOTHING
    if not words.capital[index] or words.caps[index] or words.first[index]:
        return NOTHING
    end = organisation_end(words, index)
    if not index < end <= min(place.next_start, index + 5):
        return NOTHING
    named = any(speaks_against(words.codes[i]) for i in range(index, end))
    if named and not lex.is_organisation_word(words.forms[end - 1]):
        return NOTHING
    if end < words.size and word_at(words, end) not in _BODY_ENDS:
        return NOTHING
    return _body_named(place, index, end)


def _body_named(place: Place, index: int, end: int) -> Statement:
    """The body that these tokens name; a country alone is none."""
    words = place.words
    if end - index == 1 and lex.is_country(words.forms[index]):
        return NOTHING
    return Statement(
        organisation=organisation_text(words, index, end, place.text),
        organisation_span=(index, end),
    )


#: What stands behind a body that a comma set off.
_BODY_ENDS = frozenset({",", ".", ";", ")", "]", "(", "\n", "–", "|", ":", "och", "samt", "som"})


def _column(place: Place, index: int) -> Statement:
    """`Anna Ek – kanslist – Famna`: the column behind the role's, to the end of the line or the next column."""
    words = place.words
    if index >= min(words.size, place.next_start):
        return NOTHING
    stated = organisation_at(place, index, loose=True)
    span = stated.organisation_span
    if span is None or (place.start and not words.first[place.start]):
        return NOTHING
    return stated if span[1] >= words.size or _ends_column(words, span[1]) else NOTHING


def _ends_column(words: WordView, index: int) -> bool:
    return words.kinds[index] == "line" or bar_at(words, index)


def _second_trade(place: Place, phrase: RolePhrase) -> bool:
    """Whether a role behind another and a comma is the same person's: not the members of `Pensionärernas förbund`."""
    words = place.words
    owns = words.forms[phrase.end - 1].endswith("s") and not phrase.role.endswith("s")
    return not (phrase.plural or owns) and phrase.end < min(words.size, place.next_start)


def closing_workplace(place: Place, index: int, body: bool = False) -> Statement:
    """`Anna Ek – Orsa`, `Anna Ek | Region Halland`: an organisation that fills the rest of the name's line.

    With `body` it must be named in full, as a municipality or a region: a bare town is none. Must not take
    the title of a lecture.
    """
    words, span = place.words, None
    opens = place.start == 0 or words.first[place.start]
    if opens and index < len(words) and words.tokens[index].capital:
        stated = organisation_at(place, index)
        span = stated.organisation_span
    if not span or not (span[1] >= len(words) or words.tokens[span[1]].kind == "line"):
        return NOTHING
    place_in_it = any(lex.PLACE in words.codes[i] for i in range(*span))
    if body:
        whole = span[1] - span[0] > 1 and place_in_it
        named = whole and BODIES & {word_at(words, i) for i in range(*span)}
        return stated if named or listed_body(words, span) else NOTHING
    lists = organisation_lexicon()
    form = words.forms[span[0]]
    listed = form in lists.known or form.casefold() in lists.aliases or named_body(words, span)
    return stated if listed or place_in_it or lex.is_town(words.forms[span[0]]) else NOTHING


def organisation_at(place: Place, index: int, loose: bool = False) -> Statement:
    """The organisation that begins at a token; without `loose` it must show that it is one."""
    words = place.words
    index = past_unit(words, past_kind(words, index))
    if index >= min(len(words), place.next_start):
        return NOTHING
    end = min(organisation_end(words, index), place.next_start)
    if end <= index:
        return NOTHING
    if not (loose or marked(words, index, end) or _closed(place, index, end)):
        return NOTHING
    if word_at(words, end) == "&" and words.codes[index] == lex.COMMON:
        # `Stöd & service`: half a name is none.
        return NOTHING
    listed = listed_end(words, index) == end
    if (loose and not listed and words.first[index] and lex.COMMON in words.codes[index]) or (
        words.caps[index]
        and words.codes[index] == lex.COMMON
        and not named_body(words, (index, end))
        and words.forms[index] not in organisation_lexicon().known
    ):
        # `PÅ SCEN`, `I SAMTAL MED …`
        return NOTHING
    return _body_named(place, index, end)


def _beyond_scope(place: Place, index: int) -> Statement:
    """`docent i statsvetenskap vid Försvarshögskolan`: the organisation after what the role is about."""
    words = place.words
    for position in range(index, min(index + 14, len(words), place.next_start)):
        word = word_at(words, position)
        if word in {".", "(", ")", ":", "\n", "–"} or word in COPULAS or word == "som":
            break
        if word == ",":
            if role_at(words, position + 1):
                break
            behind = organisation_at(place, position + 1)
            if behind.organisation:
                return behind
            continue
        if word in {"vid", "på", "at", "hos", "i"}:
            stated = organisation_at(place, position + 1)
            if stated.organisation:
                return stated
    return NOTHING


def _after_acronym(words: WordView, index: int) -> int:
    """The token after the role's own short form in brackets: `medicinskt ansvarig sjuksköterska (MAS)`."""
    short = (
        index + 2 < len(words) and word_at(words, index) == "(" and word_at(words, index + 2) == ")"
    )
    return index + 3 if short and words.tokens[index + 1].text.isupper() else index


def _closed(place: Place, start: int, end: int) -> bool:
    """Whether a strange name stands alone between a comma and the end of the item: `Anna Ek, Kommunkollen.`

    Must not take a tag of a category line, an ordinary word or somebody's given name.
    """
    words = place.words
    if end - start > 4 or place.end - place.start < 2 or not words.tokens[start].capital:
        return False
    if words.caps[start] and words.texts[start - 1] == "," and end - start > 1:
        # `ANNA EK, NORDLJUS ANALYS`: a stranger's first word, to the end of the heading.
        whole = end >= len(words) or words.kinds[end] == "line"
        return whole and words.codes[start] == ""
    against = [words.codes[i] for i in range(start, end) if speaks_against(words.codes[i])]
    ordinary = all(code.rstrip(lex.GENITIVE) == lex.COMMON for code in against)
    strange = end - start > len(against) and not words.first[start]
    if against and not (ordinary and strange):
        # `Civil Rights Defenders` may hold ordinary words behind a stranger's.
        return False
    if any(words.tokens[i].text == "|" for i in range(place.previous_end, place.start)):
        return False
    if end >= len(words) or word_at(words, end) in {".", "\n", "(", ")", "–"}:
        return True
    following = end + 1
    if word_at(words, end) == "," and word_at(words, following) in {"och", "samt"}:
        following += 1
    return word_at(words, end) in {",", "och", "samt"} and following == place.next_start
