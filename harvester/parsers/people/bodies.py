"""Whether words show that they name a body: by a list, a place, an acronym, a noun of organisations."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.organisation_names import organisation_lexicon
from harvester.parsers.people.organisations import NAME_OPENERS, listed_end
from harvester.parsers.people.role_phrases import role_at
from harvester.parsers.people.roles import is_role_word
from harvester.parsers.people.wordview import WordView, word_at


def names_body(words: WordView, index: int) -> bool:
    """`, Polisen`: a body whose name is a role too, with its capital inside a sentence."""
    if index >= len(words) or words.first[index]:
        return False
    if words.caps[index] and not words.lowered[index].endswith("ombudsmannen"):
        return False
    return words.forms[index] in organisation_lexicon().known and is_role_word(
        word_at(words, index)
    )


#: Short forms of what social services do; each municipality has them.
FIELDS = frozenset({"IFO", "LSS", "SoL", "HVB", "VoO", "ÄO", "AME", "EKB", "BoU"})


def names_field(words: WordView, index: int) -> bool:
    """Whether a matter and no body stands here: `God och nära vård`, `chef IFO`."""
    if words.texts[index] in FIELDS:
        return True
    if word_at(words, index + 1) != "och" or index + 2 >= words.size or words.caps[index]:
        return False
    follows = words.forms[index + 2].islower() and role_at(words, index + 2) is None
    known = words.forms[index] in organisation_lexicon().known
    return follows and not known and not marked(words, index, index + 1)


#: Ends of bodies that somebody works for; a room, a report and a meeting are none.
_BODIES_ENDS = ("akademi", "akademin", "departementet", "föreningen", "förbund", "förbundet", "förvaltningen", "högskola", "högskolan", "inspektionen", "institutet", "kassan", "myndigheten", "regionen", "sjukhus", "sjukhuset", "stiftelsen", "styrelsen", "universitet", "universitetet", "verket", " ab")  # fmt: skip


def named_body(words: WordView, span: tuple[int, int]) -> bool:
    """Whether a phrase is a body by its words or as a listed name; a label such as `Panelen` is none."""
    if any(f" {words.lowered[i]}".endswith(_BODIES_ENDS) for i in range(*span)):
        return True
    return listed_end(words, span[0]) == span[1]


def listed_body(words: WordView, span: tuple[int, int]) -> bool:
    """Whether a phrase begins with a listed body's name and is no ordinary word, or ends as a body: `Rädda Barnen`."""
    last = words.forms[span[1] - 1]
    listed = words.forms[span[0]] in organisation_lexicon().known
    return listed or (lex.ORGANISATION in words.codes[span[1] - 1] and len(last) > 7)


#: Words that make a place's name a municipality's or a region's.
BODIES = frozenset({"kommun", "stad", "region", "länsstyrelsen", "kommunförbund"})


#: Words for a sort of firm before its name: `arkitekt på byrån Tegel & Ljus`.
_KINDS = ("byrån", "företaget", "bolaget", "firman", "förlaget", "koncernen", "organisationen", "kedjan", "leverantören")  # fmt: skip


def past_kind(words: WordView, index: int) -> int:
    """The token behind a word in lower case that says what sort of body the name behind it is."""
    if index + 1 >= words.size or not words.forms[index].endswith(_KINDS):
        return index
    named = words.forms[index].islower() and words.capital[index + 1]
    return index + 1 if named and words.kinds[index + 1] == "word" else index


#: Ends of units that every municipality has: the municipality is the organisation.
_UNITS = ("omsorgen", "verksamheten", "enheten", "vården", "stödet", "ifo", "lss")


def past_unit(words: WordView, index: int) -> int:
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


def is_field(words: WordView, span: tuple[int, int] | None) -> bool:
    """`chef för Stöd och Omsorg`: capitals that only say what the role is about."""
    if span is None or marked(words, *span):
        return False
    return word_at(words, span[1]) == "och" and span[1] - span[0] == 1


def speaks_against(code: str) -> bool:
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
