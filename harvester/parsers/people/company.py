"""The words around a name-like stretch that make it no person: firms, houses, works, funds, rooms, lists of bodies."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.names import HONORIFICS
from harvester.parsers.people.things import (
    GOES_ON,
    aboard,
    among_things,
    bears_names,
    kind_before,
    made_up,
    several_things,
)
from harvester.parsers.people.wordview import WordView, word_at

_QUOTES = frozenset('"”“»«')

#: Words that, with a capital inside a sentence, begin the name of a figure, a cheese, a horse.
_FIGURES = frozenset(
    {"Farbror", "Gamle", "Lille", "Moster", "Faster", "Tant", "Don", "Lord", "Madame", "Mister"}
)

#: What somebody did for a film or play, as labels before the name.
_WORK_LABELS = frozenset({"Dräkt", "Form", "Foto", "Idé", "Klippning", "Koncept", "Koreografi", "Kostym", "Ljud", "Ljus", "Manus", "Mask", "Musik", "Regi", "Scenografi", "Smink", "Teknik", "Text"})  # fmt: skip

#: Labels of lists that name organisations.
_LABELS_OF_ORGANISATIONS = frozenset(["utställare", "montrar", "arrangör", "arrangörer", "medarrangörer", "sponsor", "sponsorer", "partner", "partners", "samarbetspartner", "samarbetspartners", "finansiärer", "medlemsorganisationer", "leverantörer", "huvudsponsor", "märken", "varumärken", "företag", "kommuner", "regioner"])  # fmt: skip

#: Labels before a room or house: `Lokal: Kung Oscar`.
_LABELS_OF_PLACES = frozenset(
    {
        "lokal",
        "lokaler",
        "plats",
        "rum",
        "sal",
        "samlingsplats",
        "lunch",
        "middag",
        "hotell",
        "adress",
        "besöksadress",
        "postadress",
        "tryck",
        "trycks",
    }
)

_LABELS = _LABELS_OF_PLACES | _LABELS_OF_ORGANISATIONS

#: Words before the name of who made a picture.
_PICTURES = frozenset({"foto", "bild", "film", "illustration"})

#: Words around the names of those a foundation is called after.
_FOUNDATIONS = frozenset({"stiftelsen", "fonden"})
_MEMORIALS = frozenset({"minne", "minnesfond", "fond", "stiftelse"})

#: How far behind its label a list is read.
_LIST_REACH = 40

#: What is called after somebody: Parkinsons sjukdom, Maslows behovspyramid.
_EPONYMS = frozenset({"sjukdom", "syndrom", "frestelse", "lag", "lagar", "lek", "metod", "modell", "princip", "effekt", "test", "teorem", "formel", "behovstrappa", "behovspyramid", "pyramid", "trappa", "stege", "triangel", "skala", "paradox", "cirkel"})  # fmt: skip

#: Nouns that make what stands before them no person, genitive or not.
_ALWAYS = (
    "gata",
    "gatan",
    "priset",
    "stipendium",
    "kommun",
    "stad",
    "län",
    "universitet",
    "university",
    "högskola",
    "skola",
    "sjukhus",
    "bibliotek",
    "county",
    "kyrka",
    "kyrkan",
    "församling",
    "kapell",
    "gymnasium",
    "kyrkogård",
    "konferens",
)


def refused_by_company(words: WordView, start: int, end: int, known: bool) -> bool:
    """Whether the words before or behind a name-like stretch say that it is no person's.

    `known` says that it fits a person named elsewhere on the page.
    """
    several = end - start > 1
    return (
        (start > 0 and _organisation_before(words, start))
        or (start > 1 and words.lowered[start - 1] in GOES_ON and among_things(words, start))
        or (several and start > 0 and several_things(words.lowered[start - 1]))
        or (start > 2 and words.texts[start - 2] == "/" and aboard(words, start))
        or (start > 1 and words.capital[start] and _inside_title(words, start))
        or (several and words.kinds[start] == "word" and True in kind_before(words.lowered[start]))
        or (several and words.codes[end - 1] == "" and words.forms[end - 1].endswith(_SQUARES))
        or (words.forms[end - 2] in _FIGURES and _character(words, start, end))
        or (words.forms[start] in _WORK_LABELS and _work_label(words, start, end))
        or _among_organisations(words, start, end)
        or (words.forms[start - 1] == "om" and made_up(words, start))
        or (end < words.size and _organisation_after(words, start, end, known))
        or (end < words.size and _memorial(words, start, end))
        or (not known and words.texts[start - 1] in _QUOTES and _quoted(words, start, end))
    )


def in_credit(words: WordView, start: int) -> bool:
    """Whether the name follows `foto` or `bild`, where a firm may stand behind the person."""
    return not _PICTURES.isdisjoint(words.lowered[max(0, start - 4) : start])


def _organisation_before(words: WordView, start: int) -> bool:
    if not start:
        return False
    before = words.lowered[start - 1]
    if before in {"of", "at", "the", "and"}:
        return True
    if before == "&" and start >= 2 and words.capital[start - 2] and _alone(words, start):
        # `Öst & Palmér`; `Anna & Nils` are two.
        return not lex.in_list(words.codes[start - 2], "gG")
    if words.kinds[start - 1] == "word":
        bears, thing = kind_before(before)
        return (
            bears
            or (thing and (_alone(words, start) or _strangers(words, start)))
            or (before == "t" and start >= 3 and words.forms[start - 2] == ":")
            or (before == "och" and start >= 3 and _forget_never(words, start - 2))
            or (before == "aldrig" and _forget_never(words, start))
        )
    if before == "." and start >= 2 and words.lowered[start - 2] == "st":
        return True
    return before == "&" and start >= 3 and _forget_never(words, start - 2)


def _inside_title(words: WordView, start: int) -> bool:
    """`kampanjen Fråga Olle`, `podden Anders & Måns`: a single name that ends what a noun for a work is called."""
    if words.texts[start - 1] == "&":
        return start > 2 and bears_names(words, start - 3)
    if _title_begins(words, start):
        return True
    joined = words.capital[start - 1] and (
        words.codes[start - 1] == lex.COMMON or words.lowered[start - 1] in _TITLES_IN_WORKS
    )
    return joined and not words.first[start - 1] and bears_names(words, start - 2)


def _title_begins(words: WordView, start: int) -> bool:
    """`podden Prata med Petra`: a noun for a work, a verb or ordinary word with a capital, small words."""
    index = start - 1
    while index > 1 and start - index < 4 and words.lowered[index] in _SMALL_WORDS:
        index -= 1
    return (
        index > 0
        and index < start - 1
        and words.capital[index]
        and words.kinds[index] == "word"
        and not lex.in_list(words.codes[index], "gsGSe")
        and not words.first[index]
        and bears_names(words, index - 1)
    )


#: Words between the first and the last of a title: Knacka på hos Kerstin.
_SMALL_WORDS = frozenset({"enligt", "för", "hos", "med", "mot", "och", "om", "på", "till"})

#: Titles that a ship's or a work's name goes on with: fartyget Kung Carl, låten Fröken Fräken.
_TITLES_IN_WORKS = HONORIFICS | {"kung", "drottning", "prins", "prinsessan", "doktor", "kapten", "sankta", "sankt", "gamle", "lilla", "lille"}  # fmt: skip


def _quoted(words: WordView, start: int, end: int) -> bool:
    """A word or two between quotation marks of their own, with no given name first: a title of a work."""
    if not start or end >= words.size or end - start > 2:
        return False
    if words.texts[start - 1] not in _QUOTES or words.texts[end] not in _QUOTES:
        return False
    return end - start == 1 or lex.GIVEN not in words.codes[start]


def _strangers(words: WordView, start: int) -> bool:
    """`verksamheten Carpe Diem`, `tårtan Gustav Adolf`: two words of which no list knows anything, or two given names."""
    return set(words.codes[start : start + 2]) in ({""}, {lex.GIVEN})


def _alone(words: WordView, start: int) -> bool:
    """Whether one capitalised word stands here, and not a full name."""
    following = start + 1
    return (
        following >= words.size
        or not words.capital[following]
        or words.codes[following] == lex.COMMON
    )


def _character(words: WordView, start: int, end: int) -> bool:
    """`Höstens pjäs, Tant Svea, …`: a figure of a work; as a sentence opens, `Tant Svea` may be somebody's aunt."""
    begin = end - 2  # the model may leave the word out
    if begin < 0 or end - start > 2:
        return False
    return words.forms[begin] in _FIGURES and not words.first[begin]


def _among_organisations(words: WordView, start: int, end: int) -> bool:
    """`Utställare: Nordlyft, Vidar Data, …`: an item of such a list that is no listed name."""
    if start >= 2 and words.texts[start - 1] == ":":
        return words.lowered[start - 2] in _LABELS
    surname = end - start > 1 and lex.in_list(words.codes[end - 1], "gsSed")
    if lex.GIVEN in words.codes[start] and surname:
        return False
    if ":" not in words.texts[max(0, start - _LIST_REACH) : start]:
        return False
    for index in range(start - 1, max(0, start - _LIST_REACH), -1):
        if words.texts[index] in {".", "\n"}:
            return False
        if words.texts[index] == ":":
            # `Utställare A–F: …`
            label = (i for i in range(max(0, index - 4), index) if i == index - 1 or words.first[i])
            return any(words.lowered[i] in _LABELS_OF_ORGANISATIONS for i in label)
    return False


def _work_label(words: WordView, start: int, end: int) -> bool:
    """`Manus: Anna Ek`: the label itself."""
    follows = words.forms[end] if end < words.size else ""
    return end - start == 1 and words.forms[start] in _WORK_LABELS and follows in {":", "och", "&"}


def _forget_never(words: WordView, start: int) -> bool:
    """`Glöm Aldrig …` and organisations named after it hold given names of the dead."""
    return start >= 2 and words.lowered[start - 1] == "aldrig" and words.forms[start - 2] == "Glöm"


def _firm_ends(words: WordView, end: int) -> bool:
    """`Lundvall Rydberg Konsult AB`: the letters of a firm close the stretch in which the name stands."""
    while end < words.size and words.capital[end] and words.kinds[end] == "word":
        if words.texts[end] in {"AB", "HB", "KB"}:
            return True
        end += 1
    return False


#: What a firm of several partners calls itself: Lindvall Ekström Advokater.
_FIRMS = frozenset({"Advokater", "Arkitekter", "Formgivare", "Ingenjörer", "Jurister", "Konsulter", "Psykologer", "Revisorer", "Rådgivare", "Snickare", "Terapeuter"})  # fmt: skip

#: Ends of squares, roads and quarters that carry a name: Nils Ericsonsplatsen.
_SQUARES = ("allén", "backen", "höjden", "leden", "platsen", "stigen", "stranden", "trappan")


def _organisation_after(words: WordView, start: int, end: int, known: bool) -> bool:
    if end >= words.size:
        return False
    token, form = words.tokens[end], words.forms[end]
    if (
        form == "&"
        and end - start == 1
        and not known
        and end + 1 < words.size
        and words.tokens[end + 1].capital
    ):
        return True
    if form == "&" and _firm_of_things(words, end):
        return True
    if token.capital and _firm_ends(words, end):
        return True
    if token.capital and (form in _FIRMS or form.endswith(_SQUARES)):
        return True
    if end - start == 1 and token.text in {"AB", "HB", "KB"}:
        return True
    if token.capital and "AB" in words.texts[end + 1 : end + 2]:
        # `Lundvall Rydberg Konsult AB`
        return True
    if token.kind != "word" or in_credit(words, start):
        return False
    if words.forms[end - 1].endswith("s") and _street(words, start, end):
        return True
    if end - start > 1 and words.forms[end - 1].endswith("s") and _in_honour(words, end):
        return True
    if end - start == 1 and not known and form in _EPONYMS and words.forms[start].endswith("s"):
        return True
    if not lex.is_organisation_word(form):
        return _named_centre(words, end)
    if end - start == 1 and form.islower() and not known:
        # `Lilja trädgård`, `Parkinsons sjukdom`
        return True
    genitive = words.forms[end - 1].endswith("s") and not (known and form.islower())
    return genitive or token.capital or form.lower().endswith(_ALWAYS)


#: What is given in somebody's memory or called after them, also behind an adjective: `Karin Boyes litterära pris`.
_HONOURS = frozenset({"pris", "minnespris", "medalj", "polska", "plakett", "stipendium", "frihetspenna", "hederspris", "psalm", "vals", "stiftelse", "minnesfond", "minnesfest"})  # fmt: skip


def _in_honour(words: WordView, index: int) -> bool:
    adjective = words.forms[index].islower() and words.forms[index].endswith(("a", "e"))
    if (
        words.forms[index].endswith(("marsch", "visa", "vals", "polska"))
        and words.forms[index] != "visa"
    ):
        return True
    return words.forms[index] in _HONOURS or (adjective and word_at(words, index + 1) in _HONOURS)


#: Words behind a genitive that make it a street or a room, where a preposition of place stands before it.
_STREETS = frozenset(
    {
        "allé",
        "backe",
        "esplanad",
        "foajé",
        "gata",
        "gränd",
        "hörna",
        "källa",
        "park",
        "plan",
        "plats",
        "sal",
        "stig",
        "torg",
        "väg",
    }
)
_AT = frozenset({"från", "i", "kring", "längs", "mot", "på", "till", "via", "vid"})


def _street(words: WordView, start: int, end: int) -> bool:
    """`på Sörens väg`, `i Karl Nordströms sal`; `Karins väg till chefskapet` is her own."""
    if words.forms[end] not in _STREETS or word_at(words, end + 1) in {
        "in",
        "mot",
        "till",
        "tillbaka",
        "ut",
        "genom",
    }:
        return False
    if word_at(words, end + 1).isdigit():
        # `Ragnar Östbergs plan 1`
        return True
    return word_at(words, start - 1) in _AT or words.forms[end] in {"allé", "esplanad", "gränd"}


def _named_centre(words: WordView, end: int) -> bool:
    """`Olof Palmes Internationella Center`: a genitive, an adjective with a capital, a body."""
    body = end + 1
    if body >= words.size or not words.forms[end - 1].endswith("s"):
        return False
    adjective = words.tokens[end].capital and words.codes[end] in {"", lex.COMMON}
    return adjective and words.tokens[body].capital and lex.is_organisation_word(words.forms[body])


def _firm_of_things(words: WordView, ampersand: int) -> bool:
    """`Annas Bröd & Bullar`: a genitive and a ware, an ampersand, one more word that is no name."""
    second = ampersand + 1
    if second >= words.size or not words.capital[second] or not _alone(words, second):
        return False
    owner = lex.GENITIVE in words.codes[ampersand - 2] if ampersand > 1 else False
    return owner and not lex.in_list(words.codes[second], "gGsSe")


def _memorial(words: WordView, start: int, end: int) -> bool:
    """`Stiftelsen Erik och Lydia Holmbergs minne`: a foundation's name around people's."""
    if word_at(words, start - 1) == "efter" and word_at(words, start - 2).endswith(
        ("fonden", "stiftelsen")
    ):
        # `Minnesfonden efter Stina Ek`
        return True
    if _MEMORIALS.isdisjoint(words.lowered[end : end + 4]):
        return False
    before = words.lowered[max(0, start - 4) : start]
    return "ur" in words.lowered[max(0, start - 1) : start + 1] or not _FOUNDATIONS.isdisjoint(
        before
    )
