"""Names as text: normal case, the genitive, the key two spellings share, the order of sorting."""

from __future__ import annotations

import functools
import re
import unicodedata

from harvester.parsers.people import lexicon as lex

#: Titles before a name that are no part of it.
HONORIFICS = frozenset(
    {"sir", "dr", "herr", "fru", "fröken", "lady", "lord", "mr", "mrs", "ms", "madame"}
)

#: Kin, by whom a given name alone is enough.
KIN = frozenset({"kollegan", "kollegorna", "vännen", "vännerna", "väninnan", "kompisen", "kompisarna", "grannen", "grannarna", "barnbarnet", "barnbarnen", "flickvännen", "pojkvännen", "barnen", "bröderna", "makarna", "paret", "syskonen", "systrarna", "brodern", "brorsan", "dottern", "döttrarna", "frun", "hustrun", "makan", "maken", "mamma", "mannen", "pappa", "sambon", "sonen", "sönerna", "syrran", "systern", "tvillingarna", "farmor", "mormor", "farfar", "morfar", "farbror", "moster", "faster", "kusinen"})  # fmt: skip

#: Verbs of saying and meaning, less those that newspapers and authorities do too (skriver, uppger).
SAYS = frozenset(
    [
        "säger",
        "sade",
        "sa",
        "menar",
        "menade",
        "berättar",
        "berättade",
        "förklarar",
        "förklarade",
        "anser",
        "ansåg",
        "hävdar",
        "hävdade",
        "tillägger",
        "konstaterar",
        "konstaterade",
        "svarar",
        "svarade",
        "hoppas",
        "tycker",
        "tyckte",
        "medger",
        "undrar",
    ]
)

#: A name in the letters of most Swedish names, one space between its words: it is its own key, but for the case.
_PLAIN = re.compile(r"[A-Za-zÅÄÖÉÜåäöéü'-]+(?: [A-Za-zÅÄÖÉÜåäöéü'-]+)*")
_SPACING = re.compile(r"\s+")
_HYPHENS = re.compile("[\u2010\u2011\u2012\u2013]")
_APOSTROPHES = re.compile("[’´`ʼ]")
#: A word after a genitive is a thing; these are not, so the s before them is the name's own.
_NO_THING = frozenset(
    [
        "och",
        "eller",
        "men",
        "samt",
        "att",
        "som",
        "i",
        "på",
        "av",
        "från",
        "till",
        "vid",
        "för",
        "med",
        "om",
        "hos",
        "inom",
        "under",
        "efter",
        "innan",
        "mot",
        "är",
        "var",
        "blev",
        "har",
        "hade",
        "kan",
        "ska",
        "vill",
        "får",
        "går",
        "kom",
        "kommer",
        "säger",
        "sade",
        "sa",
        "ser",
        "tar",
        "gav",
        "ger",
        "står",
        "höll",
        "inte",
        "också",
        "nu",
        "då",
        "här",
        "där",
        "själv",
        "sig",
        "vann",
        "blir",
        "gjorde",
        "gör",
        "tog",
        "via",
    ]
)


#: Words behind a full name that owns nothing.
_BEHIND_WHOLE_NAMES = frozenset({"från", "som", "är", "var", "säger", "berättar", "och"})


@functools.lru_cache(maxsize=8_192)
def normalise_name(name: str) -> str:
    """The key of a name for ids: NFC, casefolded, one space between words, plain hyphens and apostrophes."""
    if _PLAIN.fullmatch(name):
        return name.casefold()
    text = unicodedata.normalize("NFC", name).replace("\u00ad", "")
    text = _APOSTROPHES.sub("'", _HYPHENS.sub("-", text))
    return _SPACING.sub(" ", text).strip().casefold()


def sort_name(name: str) -> str:
    """Surname first: "Waltersson Grönvall, Camilla"; particles `von` and `af` stay with the given name.

    The surname is the last word and listed surnames before it that are no given names. A name of one
    word is returned as it is.
    """
    words = name.split()
    if len(words) < 2:
        return name
    cut = len(words) - 1
    while cut > 1 and _surname_only(words[cut - 1]):
        cut -= 1
    return f"{' '.join(words[cut:])}, {' '.join(words[:cut])}"


def drop_genitive(word: str, following: str, alone: bool = True) -> str:
    """A name's last word without a genitive -s, where the stem is known or a thing owned comes after.

    Lars, Anders and Wallenius keep their s; so does a stranger with a verb or a mark after it, and the end
    of a full name (not `alone`) that is known as a given name only: `Tomas Pellas (polis)`.
    """
    if len(word) < 3 or word[-1] not in "sS":
        return word
    if word[-2] in "'’":
        return word[:-2]
    code = lex.code(word)
    stem = word[:-1]
    if code and lex.GENITIVE not in code and code.strip("porc"):
        return word
    if not alone and following in _BEHIND_WHOLE_NAMES and not code.rstrip(lex.GENITIVE).strip("gG"):
        # `Ulla Britt Knuts från Mora`: nothing owned follows, and the stem is no surname.
        return word
    if lex.GENITIVE in code and code.strip("porcx"):
        return stem if alone or code.strip("gGporcx") or not _closes(following) else word
    if word.endswith(("ss", "us", "is", "ås", "näs")):
        return word
    if word.startswith(("Mc", "Mac")):
        return word
    acts = following in lex.lexicon().verbs
    owns = following[:1].islower() and following.lower() not in _NO_THING and not acts
    if owns and lex.is_thing(following):
        # `Szendreis arbete`, `Tshabalalas dikter`
        return stem
    return stem if owns and not following.endswith(("de", "te", "rar", "er")) else word


def _closes(following: str) -> bool:
    """Whether nothing owned can follow: the text or the item ends, or a mark stands here."""
    return not following[:1].isalpha()


def _surname_only(word: str) -> bool:
    code = lex.code(word)
    known = lex.in_list(code, lex.SURNAME + lex.SURNAME_WORD + lex.COMPOUND_SURNAME)
    return known and lex.GIVEN not in code and lex.GIVEN_WORD not in code
