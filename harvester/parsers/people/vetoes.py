"""What makes a name-like stretch no person: prizes, streets, firms, works, file names, handles, compounds."""

from __future__ import annotations

import functools

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.organisations import organisation_lexicon
from harvester.parsers.people.wordview import WordView, word_at

#: Characters that, next to a word, make it part of an address, a handle or a file name.
_GLUE_BEFORE = frozenset("@_#=\\&")
_GLUE_AFTER = frozenset("@_=")
#: How far back an address is looked for; a name further into an address than this is not worth finding.
_ADDRESS_REACH = 200


def is_no_person(words: WordView, start: int, end: int, text: str, known: bool = False) -> bool:
    """Whether tokens `start` to `end` look like a name and are none, by their parts or their company.

    `known` says that they fit a person named elsewhere on the page.
    """
    return (
        joins_other_text(words, start, end, text)
        or any(_compound(words.tokens[i].text) for i in range(start, end))
        or _organisation_inside(words, start, end)
        or _listed_wording(words, start, end, text)
        or _organisation_before(words, start)
        or (end - start > 1 and (_bears_names(words, start) or _named_thing(words, start)))
        or _character(words, start, end)
        or _work_label(words, start, end)
        or _among_organisations(words, start, end)
        or _abstract(words, end)
        or _made_up(words, start)
        or (not known and _ordinary_pair(words, start, end))
        or _organisation_after(words, start, end, known)
        or _memorial(words, start, end)
        or (not known and _quoted(words, start, end))
        or (end - start == 1 and _lone_word(words, start, known))
    )


def joins_other_text(words: WordView, start: int, end: int, text: str) -> bool:
    """Whether a name is glued to what makes it a file name, a handle or part of an address."""
    first, last = words.tokens[start].start, words.tokens[end - 1].end
    before = text[first - 1] if first else " "
    after = text[last : last + 2]
    if before in _GLUE_BEFORE and not (before == "&" and text[first - 2 : first - 1] == " "):
        return True
    if before.isalnum() or (after[:1] in _GLUE_AFTER and after[:1]):
        return True
    if after[:1] == "." and (
        after[1:].islower() or "@" in text[last : last + 80].split(None, 1)[0]
    ):
        return True
    if before in "/.-" and first > 1 and text[first - 2].isalnum():
        return True
    head = text[max(0, first - _ADDRESS_REACH) : first].rsplit(None, 1)
    chunk = head[-1] if head and not text[first - 1 : first].isspace() else ""
    return "://" in chunk or "www." in chunk or "_" in chunk


def _compound(word: str) -> bool:
    """`Holm-priset`, `Lind-modellen`: a lower-case part after the hyphen; Kore-eda's and Jae-in's is short."""
    head, hyphen, tail = word.rpartition("-")
    lower = bool(hyphen) and head != "" and tail[:1].islower()
    return lower and len(tail) > 3 and word not in lex.lexicon().given


def _organisation_inside(words: WordView, start: int, end: int) -> bool:
    first = words.forms[start]
    if end - start > 1 and first in organisation_lexicon().known:
        # `Ica Maxi`
        return not any(c in words.codes[start] for c in "gs")
    for index in range(start, end):
        code = words.codes[index]
        if lex.ORGANISATION in code and not any(c in code for c in "gsSe"):
            return True
    return False


def _listed_wording(words: WordView, start: int, end: int, text: str) -> bool:
    """Whether the stretch, or one that begins up to two words before it, is a listed wording."""
    last = words.tokens[end - 1].end
    for index in range(max(0, start - 2), end):
        token = words.tokens[index]
        form = words.forms[index]
        for wording in _wordings().get(form.removesuffix("s"), ()):
            stop = token.start + len(wording)
            piece = text[token.start : stop]
            same = piece == wording or (
                words.caps[index] and piece.casefold() == wording.casefold()
            )
            if _name_goes_on(words, index, end, stop):
                continue
            if index > start and " " not in wording and lex.GIVEN in words.codes[start]:
                # `Lisen von Braun`: a maker's name as a surname.
                continue
            reaches = stop >= last - 1 or index < start or " " in wording
            if same and reaches and stop > words.tokens[start].start:
                return True
    return False


def _name_goes_on(words: WordView, index: int, end: int, stop: int) -> bool:
    """`Mona Lisa Ek`: a wording that begins with a given name, and a surname behind it."""
    if lex.GIVEN not in words.codes[index] or words.tokens[end - 1].start < stop:
        return False
    return any(letter in words.codes[end - 1] for letter in "gsed")


@functools.cache
def _wordings() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for wording in lex.lexicon().not_people:
        table.setdefault(wording.split()[0].removesuffix("s"), []).append(wording)
    return {word: tuple(found) for word, found in table.items()}


def _organisation_before(words: WordView, start: int) -> bool:
    if not start:
        return False
    before = words.forms[start - 1].lower()
    if before in {"of", "at", "the", "and"}:
        return True
    if _bears_names(words, start - 1) or (_named_thing(words, start - 1) and _alone(words, start)):
        return True
    if before == "." and start >= 2 and words.forms[start - 2].lower() == "st":
        return True
    if before == "t" and start >= 3 and words.forms[start - 2] == ":":
        return True
    if before in {"&", "och"} and start >= 3 and _forget_never(words, start - 2):
        return True
    return _forget_never(words, start)


_QUOTES = frozenset('"”“»«')


def _quoted(words: WordView, start: int, end: int) -> bool:
    """A word or two between quotation marks of their own, with no given name first: a title of a work."""
    if not start or end >= len(words) or end - start > 2:
        return False
    if words.tokens[start - 1].text not in _QUOTES or words.tokens[end].text not in _QUOTES:
        return False
    return end - start == 1 or lex.GIVEN not in words.codes[start]


def _alone(words: WordView, start: int) -> bool:
    """Whether one capitalised word stands here, and not a full name."""
    following = start + 1
    return (
        following >= len(words)
        or not words.capital[following]
        or words.codes[following] == lex.COMMON
    )


#: Words that, with a capital inside a sentence, begin the name of a figure, a cheese, a play.
_FIGURES = frozenset({"Farbror", "Gamle", "Lille", "Moster", "Faster", "Tant"})


def _character(words: WordView, start: int, end: int) -> bool:
    """`Höstens pjäs, Tant Svea, …`: a figure of a work; as a sentence opens, `Tant Svea` may be somebody's aunt."""
    return end - start == 2 and words.forms[start] in _FIGURES and not words.first[start]


#: What somebody did for a film or play, as labels before the name.
_WORK_LABELS = frozenset({"Dräkt", "Form", "Foto", "Idé", "Klippning", "Koncept", "Koreografi", "Kostym", "Ljud", "Ljus", "Manus", "Mask", "Musik", "Regi", "Scenografi", "Smink", "Teknik", "Text"})  # fmt: skip


#: Labels of lists that name organisations.
_LABELS_OF_ORGANISATIONS = frozenset(["utställare", "arrangör", "arrangörer", "medarrangörer", "sponsor", "sponsorer", "partner", "partners", "samarbetspartner", "samarbetspartners", "finansiärer", "medlemsorganisationer", "leverantörer", "huvudsponsor", "märken", "varumärken", "företag", "kommuner", "regioner"])  # fmt: skip

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
        "tryck",
        "trycks",
    }
)

#: How far behind its label a list is read.
_LIST_REACH = 40


def _among_organisations(words: WordView, start: int, end: int) -> bool:
    """`Utställare: Nordlyft, Vidar Data, …`: an item of such a list that is no listed name."""
    if start >= 2 and words.tokens[start - 1].text == ":":
        return words.forms[start - 2].lower() in (_LABELS_OF_PLACES | _LABELS_OF_ORGANISATIONS)
    surname = end - start > 1 and any(letter in words.codes[end - 1] for letter in "gsSed")
    if lex.GIVEN in words.codes[start] and surname:
        return False
    for index in range(start - 1, max(0, start - _LIST_REACH), -1):
        if words.tokens[index].text in {".", "\n"}:
            return False
        if words.tokens[index].text == ":":
            label = words.forms[index - 1].lower()
            return label in _LABELS_OF_ORGANISATIONS
    return False


def _work_label(words: WordView, start: int, end: int) -> bool:
    """`Manus: Anna Ek`: the label itself."""
    follows = words.forms[end] if end < len(words) else ""
    return end - start == 1 and words.forms[start] in _WORK_LABELS and follows in {":", "och", "&"}


def _forget_never(words: WordView, start: int) -> bool:
    """`Glöm Aldrig …` and organisations named after it hold given names of the dead."""
    return (
        start >= 2
        and words.forms[start - 1].lower() == "aldrig"
        and words.forms[start - 2] == "Glöm"
    )


def _organisation_after(words: WordView, start: int, end: int, known: bool) -> bool:
    if end >= len(words):
        return False
    token, form = words.tokens[end], words.forms[end]
    if (
        form == "&"
        and end - start == 1
        and not known
        and end + 1 < len(words)
        and words.tokens[end + 1].capital
    ):
        return True
    if form == "&" and _firm_of_things(words, end):
        return True
    if token.kind != "word" or in_credit(words, start):
        return False
    if end - start == 1 and not known and form in _EPONYMS and words.forms[start].endswith("s"):
        return True
    if not lex.is_organisation_word(form):
        return _named_centre(words, end)
    if end - start == 1 and form.islower() and not known:
        # `Lilja trädgård`, `Parkinsons sjukdom`
        return True
    genitive = words.forms[end - 1].endswith("s") and not (known and form.islower())
    return genitive or token.capital or form.lower().endswith(_ALWAYS)


def _named_centre(words: WordView, end: int) -> bool:
    """`Olof Palmes Internationella Center`: a genitive, an adjective with a capital, a body."""
    body = end + 1
    if body >= len(words) or not words.forms[end - 1].endswith("s"):
        return False
    adjective = words.tokens[end].capital and words.codes[end] in {"", lex.COMMON}
    return adjective and words.tokens[body].capital and lex.is_organisation_word(words.forms[body])


def _firm_of_things(words: WordView, ampersand: int) -> bool:
    """`Annas Bröd & Bullar`: a genitive and a ware, an ampersand, one more word that is no name."""
    second = ampersand + 1
    if second >= len(words) or not words.capital[second] or not _alone(words, second):
        return False
    owner = lex.GENITIVE in words.codes[ampersand - 2] if ampersand > 1 else False
    return owner and not any(c in words.codes[second] for c in "gGsSe")


#: What is called after somebody: Parkinsons sjukdom, Maslows behovspyramid.
_EPONYMS = frozenset({"sjukdom", "syndrom", "lagar", "effekt", "test", "teorem", "formel", "behovstrappa", "behovspyramid", "pyramid", "trappa", "stege", "triangel", "skala", "paradox", "cirkel"})  # fmt: skip

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
    "county",
)
#: Endings of ordinary words that open a sentence with a capital: adjectives, participles, definite nouns.
ORDINARY_ENDINGS = (
    "ande", "ende", "iga", "igt", "lig", "aste", "arna", "erna", "orna", "ning", "ningen", "ningar", "heten", "ligt",
    "iskt", "iska", "ade", "ades", "erad", "erade", "tion", "tionen", "ismen", "skan", "aren", "arnas", "mannen",
    "kvinnan", "iken", "isten", "anten", "ören", "eten", "sten", "paret", "landet", "andet", "inget", "aktig", "sam",
)  # fmt: skip
#: Endings of countries and towns no list holds.
_LANDS = ("stan", "land", "ville", "burg", "shire", "grad")
#: Endings of nouns for things and doings; a listed surname such as Henning is not asked.
_THINGS = ("ning", "ningen", "ionen", "heten", "skap", "skapet", "arna", "erna", "ismen", "veckan")


#: Works about somebody who is made up: Sagan om …, Visan om …
_WORKS_ABOUT = frozenset({"sagan", "visan", "legenden", "berättelsen", "sägnen"})


def _made_up(words: WordView, start: int) -> bool:
    return (
        start > 1 and words.forms[start - 1] == "om" and word_at(words, start - 2) in _WORKS_ABOUT
    )


def _abstract(words: WordView, end: int) -> bool:
    """Whether the last word is built as a noun for a thing: Styrning, Riksorganisationen, Järvaveckan."""
    form = words.forms[end - 1]
    if words.codes[end - 1].strip("x"):
        return False
    adjective = end > 1 and words.capital[end - 2] and words.codes[end - 2] == ""
    if adjective and form.endswith(("ande", "ende")):
        # `Lågaffektivt Bemötande`
        return True
    return form.endswith(_THINGS)


def in_credit(words: WordView, start: int) -> bool:
    """Whether the name follows `foto` or `bild`, where a firm may stand behind the person."""
    nearby = [words.forms[i].lower() for i in range(max(0, start - 4), start)]
    return any(word in {"foto", "bild", "film", "illustration"} for word in nearby)


def _memorial(words: WordView, start: int, end: int) -> bool:
    """`Stiftelsen Erik och Lydia Holmbergs minne`: a foundation's name around people's."""
    for index in range(max(0, start - 4), start):
        if words.forms[index].lower() in {"stiftelsen", "fonden"}:
            tail = [words.forms[i].lower() for i in range(end, min(end + 4, len(words)))]
            return any(word in {"minne", "minnesfond", "fond", "stiftelse"} for word in tail)
    return False


def _ordinary_pair(words: WordView, start: int, end: int) -> bool:
    """`Frisk Luft`, `Stora Salen`: an ordinary word in front and no name behind it."""
    first = words.codes[start]
    rest = "".join(words.codes[start + 1 : end])
    ordinary = first != "" and not first.strip("Scporxd")
    return end - start > 1 and ordinary and not any(c in rest for c in "gGsSed")


#: Parts of a town or a service: Hemtjänst Norr, Barn och unga Syd.
_QUARTERS = frozenset({"Centrum", "Nord", "Norr", "Nordost", "Nordväst", "Syd", "Sydost", "Sydväst", "Söder", "Väst", "Väster", "Öst", "Öster"})  # fmt: skip


def _lone_word(words: WordView, index: int, known: bool) -> bool:
    """A single word that is a place, an ordinary or an organisation's word and no known name."""
    code = words.codes[index]
    form = words.forms[index]
    if not known and form.removesuffix("s") in organisation_lexicon().known:
        return True
    if not known and form in _QUARTERS and index and words.capital[index - 1]:
        return True
    if known:
        before = word_at(words, index - 1)
        return lex.PLACE in code and before in {"i", "från", "till", "på", "över", "genom"}
    if code == "" and words.first[index] and words.forms[index].endswith(ORDINARY_ENDINGS):
        return True
    if code in {"", lex.SURNAME_ENDING}:
        before = word_at(words, index - 1)
        if before == "i" or words.forms[index].endswith(_LANDS):
            return True
    if words.first[index] and lex.COMMON in code:
        return True
    if index + 1 < len(words) and words.tokens[index + 1].kind == "number":
        return words.codes[index] != lex.SURNAME
    if not any(letter in code for letter in "gGsSed"):
        return any(letter in code for letter in "pocr")
    return lex.PLACE in code and not any(letter in code for letter in "gs")


def _bears_names(words: WordView, index: int) -> bool:
    """Whether a word says that a name behind it, however full, is no person's: `filmen Anna Ek`."""
    return words.tokens[index].kind == "word" and words.forms[index].lower() in _not_before()[0]


def _named_thing(words: WordView, index: int) -> bool:
    """Whether a noun for a house, a body or a thing stands here that bears a name of one word: `tjejjouren Meja`."""
    form = words.forms[index].lower()
    return words.tokens[index].kind == "word" and form.endswith(_not_before()[1])


@functools.cache
def _not_before() -> tuple[frozenset[str], tuple[str, ...]]:
    """`not_before_names.txt`: whole words, and endings."""
    entries = lex.lines("not_before_names.txt")
    whole = frozenset(entry for entry in entries if entry[0] != "-")
    return whole, tuple(entry[1:] for entry in entries if entry[0] == "-")
