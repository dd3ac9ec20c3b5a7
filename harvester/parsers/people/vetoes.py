"""What makes a name-like stretch no person by its own words: addresses, compounds, listed wordings, ordinary words."""

from __future__ import annotations

import functools

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.company import in_credit, refused_by_company
from harvester.parsers.people.organisation_names import organisation_lexicon
from harvester.parsers.people.things import bears_names
from harvester.parsers.people.wordview import WordView, word_at

#: Characters that, next to a word, make it part of an address, a handle or a file name.
_GLUE_BEFORE = frozenset("@_#=\\&")

_GLUE_AFTER = frozenset("@_=")

#: What may stand behind a word that is part of nothing else.
_ENDS = frozenset({"", " ", "\n", ",", ":", ";", "!", "?", ")", "”"})

#: How far back an address is looked for; a name further into an address than this is not worth finding.
_ADDRESS_REACH = 200

#: Endings of ordinary words that open a sentence with a capital: adjectives, participles, definite nouns.
ORDINARY_ENDINGS = (
    "ande", "ende", "iga", "igt", "lig", "aste", "arna", "erna", "orna", "ning", "ningen", "ningar", "heten", "ligt",
    "iskt", "iska", "ade", "ades", "erad", "erade", "tion", "tionen", "ismen", "skan", "aren", "arnas", "mannen",
    "kvinnan", "iken", "isten", "anten", "ören", "eten", "sten", "paret", "landet", "andet", "inget", "aktig", "sam", "ländska", "ländske", "ciala",
)  # fmt: skip

#: Endings of countries and towns no list holds.
_LANDS = ("stan", "land", "ville", "burg", "shire", "grad")

#: Endings of nouns for things and doings; a listed surname such as Henning is not asked.
_THINGS = ("ning", "ningen", "ionen", "heten", "skap", "skapet", "arna", "erna", "ismen", "veckan")

#: Parts of a town or a service: Hemtjänst Norr, Barn och unga Syd.
_QUARTERS = frozenset({"Centrum", "Nord", "Norr", "Nordost", "Nordväst", "Syd", "Sydost", "Sydväst", "Söder", "Väst", "Väster", "Öst", "Öster"})  # fmt: skip


def is_no_person(
    words: WordView, start: int, end: int, text: str, *, known: bool = False, listed: bool = False
) -> bool:
    """Whether tokens `start` to `end` look like a name and are none, by their parts or their company.

    `known` says that they fit a person named elsewhere on the page, `listed` that they are a full name by the lists:
    a sure given name and a surname; then the words themselves are not asked.
    """
    return (
        joins_other_text(words, start, end, text)
        or any(map(_compound, words.texts[start : end + 1]))
        or _listed_wording(words, start, end, text)
        or refused_by_company(words, start, end, known)
        or (not listed and _refused_by_words(words, start, end, known))
    )


def _refused_by_words(words: WordView, start: int, end: int, known: bool) -> bool:
    """Whether the words themselves are no name's: an organisation's, a thing's, ordinary ones."""
    return (
        _organisation_inside(words, start, end)
        or _abstract(words, end)
        or (not known and _ordinary_pair(words, start, end))
        or (end - start == 1 and _lone_word(words, start, known))
    )


def joins_other_text(words: WordView, start: int, end: int, text: str) -> bool:
    """Whether a name is glued to what makes it a file name, a handle or part of an address."""
    first, last = words.span(start, end)
    before = text[first - 1] if first else " "
    after = text[last : last + 2]
    if before in " \n" and after[:1] in _ENDS:
        return False
    if before in _GLUE_BEFORE and not (before == "&" and text[first - 2 : first - 1] == " "):
        return True
    if before.isalnum() or (after[:1] in _GLUE_AFTER and after[:1]):
        return True
    if after[:1] == "." and (
        after[1:].islower() or "@" in text[last : last + 80].split(None, 1)[0]
    ):
        return True
    credited = before == "/" and in_credit(words, start)
    if before in "/.-" and first > 1 and text[first - 2].isalnum() and not credited:
        return True
    if before.isspace():
        return False
    chunk = text[max(0, first - _ADDRESS_REACH) : first].rsplit(None, 1)[-1]
    return "://" in chunk or "www." in chunk or "_" in chunk


def _compound(word: str) -> bool:
    """`Holm-priset`, `Lind-modellen`: a lower-case part after the hyphen; Kore-eda's and Jae-in's is short."""
    if "-" not in word:
        return False
    head, _, tail = word.rpartition("-")
    lower = head != "" and tail[:1].islower()
    return lower and len(tail) > 3 and word not in lex.lexicon().given


def _organisation_inside(words: WordView, start: int, end: int) -> bool:
    first = words.forms[start]
    if end - start > 1 and first in organisation_lexicon().known:
        # `Ica Maxi`
        return not lex.in_list(words.codes[start], "gs")
    for index in range(start, end):
        code = words.codes[index]
        if lex.ORGANISATION in code and not lex.in_list(code, "gsSe"):
            return True
    return False


def _listed_wording(words: WordView, start: int, end: int, text: str) -> bool:
    """Whether the stretch, or one that begins up to two words before it, is a listed wording."""
    wordings, heads = _wordings()
    if heads.isdisjoint(words.forms[max(0, start - 2) : end]):
        return False
    for index in range(max(0, start - 2), end):
        for wording in wordings.get(words.forms[index].removesuffix("s"), ()):
            begin = words.start(index)
            stop = begin + len(wording)
            piece = text[begin:stop]
            same = piece == wording or (
                words.caps[index] and piece.casefold() == wording.casefold()
            )
            if _name_goes_on(words, index, end, stop):
                continue
            if index > start and " " not in wording and lex.GIVEN in words.codes[start]:
                # `Lisen von Braun`: a maker's name as a surname.
                continue
            reaches = stop >= words.end(end - 1) - 1 or index < start or " " in wording
            if same and reaches and stop > words.start(start):
                return True
    return False


def _name_goes_on(words: WordView, index: int, end: int, stop: int) -> bool:
    """`Mona Lisa Ek`: a wording that begins with a given name, and a surname behind it."""
    if lex.GIVEN not in words.codes[index] or words.start(end - 1) < stop:
        return False
    return lex.in_list(words.codes[end - 1], "gsed")


@functools.cache
def _wordings() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """The listed wordings by their first word without its s, and all forms in which that word may stand."""
    table: dict[str, list[str]] = {}
    for wording in lex.lexicon().not_people:
        table.setdefault(wording.split()[0].removesuffix("s"), []).append(wording)
    heads = frozenset(form for word in table for form in (word, word + "s"))
    return {word: tuple(found) for word, found in table.items()}, heads


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


def _ordinary_pair(words: WordView, start: int, end: int) -> bool:
    """`Frisk Luft`, `Stora Salen`: an ordinary word in front and no name behind it."""
    first = words.codes[start]
    if end - start == 1 or first == "" or first.strip("Scporxd"):
        return False
    return not any(lex.in_list(code, "gGsSed") for code in words.codes[start + 1 : end])


def _lone_word(words: WordView, index: int, known: bool) -> bool:
    """A single word that is a place, an ordinary or an organisation's word and no known name."""
    code = words.codes[index]
    form = words.forms[index]
    if not known and form.removesuffix("s") in organisation_lexicon().known:
        return True
    named = lex.in_list(code, "gGs")
    if not (known or named) and (bears_names(words, index) or word_at(words, index - 1) == "&"):
        # `Spår A: …`, `Holm & Son`
        return True
    if (
        not known
        and form in _QUARTERS
        and (
            (
                index
                and (words.capital[index - 1] or lex.is_organisation_word(words.forms[index - 1]))
            )
            or word_at(words, index + 1) == ":"
        )
    ):
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
    if index + 1 < words.size and words.kinds[index + 1] == "number":
        return words.codes[index] != lex.SURNAME
    if not lex.in_list(code, "gGsSed"):
        return lex.in_list(code, "pocr")
    return lex.PLACE in code and not lex.in_list(code, "gs")
