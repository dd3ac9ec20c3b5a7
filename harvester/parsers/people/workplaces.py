"""Organisations as they stand behind a name or a role: where somebody works, in turn, beyond a field."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.organisation_names import organisation_lexicon
from harvester.parsers.people.organisations import (
    NAME_OPENERS,
    listed_end,
    organisation_end,
    organisation_text,
)
from harvester.parsers.people.place import (
    COPULAS,
    PREPOSITIONS,
    Place,
    Statement,
    after_articles,
    after_party,
    bar_at,
)
from harvester.parsers.people.role_phrases import RolePhrase, role_at
from harvester.parsers.people.roles import is_role_word
from harvester.parsers.people.wordview import WordView, word_at


def organisation_after_role(place: Place, index: int, lines: bool) -> Statement:
    """The organisation that stands behind a role phrase ending at a token; with `lines` also on the next line."""
    words = place.words
    index = _after_acronym(words, after_party(words, index))
    if index >= min(len(words), place.next_start):
        return Statement()
    word = word_at(words, index)
    if word in PREPOSITIONS:
        inside = organisation_at(place, after_articles(words, index + 1), loose=True)
        if word == "från" and inside.organisation in lex.lexicon().areas:
            # `konstnär från Dalarna`: where somebody is from.
            return Statement()
        if word == "för" and _is_field(words, inside.organisation_span):
            return _beyond_scope(place, index + 1)
        if word in {"för", "inom"} and words.texts[min(index + 1, words.size - 1)] in _FIELDS:
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
        second = None if names_body(words, index) else role_at(words, index)
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
        return organisation_at(place, index + 1) if lines else Statement()
    if words.tokens[index].capital and words.tokens[index].kind == "word":
        if _names_field(words, index):
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
        return Statement()
    if not words.capital[index] or words.caps[index] or words.first[index]:
        return Statement()
    end = organisation_end(words, index)
    if not index < end <= min(place.next_start, index + 5):
        return Statement()
    named = any(_speaks_against(words.codes[i]) for i in range(index, end))
    if named and not lex.is_organisation_word(words.forms[end - 1]):
        return Statement()
    if end < words.size and word_at(words, end) not in _BODY_ENDS:
        return Statement()
    if end - index == 1 and lex.is_country(words.forms[index]):
        return Statement()
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
        return Statement()
    stated = organisation_at(place, index, loose=True)
    span = stated.organisation_span
    if span is None or (place.start and not words.first[place.start]):
        return Statement()
    return stated if span[1] >= words.size or _ends_column(words, span[1]) else Statement()


def _ends_column(words: WordView, index: int) -> bool:
    return words.kinds[index] == "line" or bar_at(words, index)


def names_body(words: WordView, index: int) -> bool:
    """`, Polisen`: a body whose name is a role too, with its capital inside a sentence."""
    if index >= len(words) or words.first[index]:
        return False
    if words.caps[index] and not words.lowered[index].endswith("ombudsmannen"):
        return False
    return words.forms[index] in organisation_lexicon().known and is_role_word(
        word_at(words, index)
    )


def _second_trade(place: Place, phrase: RolePhrase) -> bool:
    """Whether a role behind another and a comma is the same person's: not the members of `Pensionärernas förbund`."""
    words = place.words
    owns = words.forms[phrase.end - 1].endswith("s") and not phrase.role.endswith("s")
    return not (phrase.plural or owns) and phrase.end < min(words.size, place.next_start)


#: Short forms of what social services do; each municipality has them.
_FIELDS = frozenset({"IFO", "LSS", "SoL", "HVB", "VoO", "ÄO", "AME", "EKB", "BoU"})


def _names_field(words: WordView, index: int) -> bool:
    """Whether a matter and no body stands here: `God och nära vård`, `chef IFO`."""
    if words.texts[index] in _FIELDS:
        return True
    if word_at(words, index + 1) != "och" or index + 2 >= words.size or words.caps[index]:
        return False
    follows = words.forms[index + 2].islower() and role_at(words, index + 2) is None
    known = words.forms[index] in organisation_lexicon().known
    return follows and not known and not marked(words, index, index + 1)


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
        return Statement()
    place_in_it = any(lex.PLACE in words.codes[i] for i in range(*span))
    if body:
        whole = span[1] - span[0] > 1 and place_in_it
        named = whole and _BODIES & {word_at(words, i) for i in range(*span)}
        return stated if named or _listed_body(words, span) else Statement()
    lists = organisation_lexicon()
    form = words.forms[span[0]]
    listed = form in lists.known or form.casefold() in lists.aliases or named_body(words, span)
    return stated if listed or place_in_it or lex.is_town(words.forms[span[0]]) else Statement()


#: Ends of bodies that somebody works for; a room, a report and a meeting are none.
_BODIES_ENDS = ("akademi", "akademin", "departementet", "föreningen", "förbund", "förbundet", "förvaltningen", "högskola", "högskolan", "inspektionen", "institutet", "kassan", "myndigheten", "regionen", "sjukhus", "sjukhuset", "stiftelsen", "styrelsen", "universitet", "universitetet", "verket", " ab")  # fmt: skip


def named_body(words: WordView, span: tuple[int, int]) -> bool:
    """Whether a phrase is a body by its words or as a listed name; a label such as `Panelen` is none."""
    if any(f" {words.lowered[i]}".endswith(_BODIES_ENDS) for i in range(*span)):
        return True
    return listed_end(words, span[0]) == span[1]


def _listed_body(words: WordView, span: tuple[int, int]) -> bool:
    """Whether a phrase begins with a listed body's name and is no ordinary word, or ends as a body: `Rädda Barnen`."""
    last = words.forms[span[1] - 1]
    listed = words.forms[span[0]] in organisation_lexicon().known
    return listed or (lex.ORGANISATION in words.codes[span[1] - 1] and len(last) > 7)


#: Words that make a place's name a municipality's or a region's.
_BODIES = frozenset({"kommun", "stad", "region", "länsstyrelsen", "kommunförbund"})


def organisation_at(place: Place, index: int, loose: bool = False) -> Statement:
    """The organisation that begins at a token; without `loose` it must show that it is one."""
    words = place.words
    index = _past_unit(words, _past_kind(words, index))
    if index >= min(len(words), place.next_start):
        return Statement()
    end = min(organisation_end(words, index), place.next_start)
    if end <= index:
        return Statement()
    if not (loose or marked(words, index, end) or _closed(place, index, end)):
        return Statement()
    if word_at(words, end) == "&" and words.codes[index] == lex.COMMON:
        # `Stöd & service`: half a name is none.
        return Statement()
    listed = listed_end(words, index) == end
    if (loose and not listed and words.first[index] and lex.COMMON in words.codes[index]) or (
        words.caps[index]
        and words.codes[index] == lex.COMMON
        and words.forms[index] not in organisation_lexicon().known
    ):
        # `PÅ SCEN`, `I SAMTAL MED …`
        return Statement()
    if end - index == 1 and lex.is_country(words.forms[index]):
        return Statement()
    return Statement(
        organisation=organisation_text(words, index, end, place.text),
        organisation_span=(index, end),
    )


#: Words for a sort of firm before its name: `arkitekt på byrån Tegel & Ljus`.
_KINDS = ("byrån", "företaget", "bolaget", "firman", "förlaget", "koncernen", "organisationen", "kedjan", "leverantören")  # fmt: skip


def _past_kind(words: WordView, index: int) -> int:
    """The token behind a word in lower case that says what sort of body the name behind it is."""
    if index + 1 >= words.size or not words.forms[index].endswith(_KINDS):
        return index
    named = words.forms[index].islower() and words.capital[index + 1]
    return index + 1 if named and words.kinds[index + 1] == "word" else index


#: Ends of units that every municipality has: the municipality is the organisation.
_UNITS = ("omsorgen", "verksamheten", "enheten", "vården", "stödet", "ifo", "lss")


def _past_unit(words: WordView, index: int) -> int:
    """The town's token of `Individ- och familjeomsorgen i Kalix`; the token itself where no unit begins."""
    unit = index
    if word_at(words, index + 1) == "-" and word_at(words, index + 2) == "och":
        unit = index + 3
    if not word_at(words, unit).endswith(_UNITS) or word_at(words, unit + 1) != "i":
        return index
    if unit == index and words.capital[unit] and words.lowered[unit].endswith("enheten"):
        # `Arbetsmarknadsenheten i Falköping` bears a name.
        return index
    town = unit + 2
    known = town < len(words) and (lex.PLACE in words.codes[town] or lex.is_town(words.forms[town]))
    return town if known else index


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
    return Statement()


def _after_acronym(words: WordView, index: int) -> int:
    """The token after the role's own short form in brackets: `medicinskt ansvarig sjuksköterska (MAS)`."""
    short = (
        index + 2 < len(words) and word_at(words, index) == "(" and word_at(words, index + 2) == ")"
    )
    return index + 3 if short and words.tokens[index + 1].text.isupper() else index


def _is_field(words: WordView, span: tuple[int, int] | None) -> bool:
    """`chef för Stöd och Omsorg`: capitals that only say what the role is about."""
    if span is None or marked(words, *span):
        return False
    return word_at(words, span[1]) == "och" and span[1] - span[0] == 1


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
    against = [words.codes[i] for i in range(start, end) if _speaks_against(words.codes[i])]
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


def _speaks_against(code: str) -> bool:
    return any(letter in code for letter in "gGcrP") and lex.ORGANISATION not in code


def marked(words: WordView, start: int, end: int) -> bool:
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
        longest = 4 if words.caps[index] else 6
        if raw.isupper() and 1 < len(raw) <= longest and not any(c in code for c in "gsGSe"):
            return True
    lists = organisation_lexicon()
    if listed_end(words, start) == end:
        return True
    if end - start > 1 and words.forms[start] in NAME_OPENERS and words.forms[end - 1].islower():
        # `Uppdrag psykisk hälsa`
        return True
    return words.forms[start] in lists.known or words.forms[start].casefold() in lists.aliases
