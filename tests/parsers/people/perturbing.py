"""Labelled texts with other names, towns and firms in them: what the reader knows by rule, not by heart.

Every person of a text gets a surname no list holds (Swedish in build, or foreign), most a listed given
name and some a strange one; every listed town becomes one that does not exist; single-word firms become
others. Labels follow. The seed decides everything.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from harvester.parsers.people import lexicon as lex

SEED = 1816

_HEADS = "Spjut Gärd Rimm Tolv Kvast Hjort Myr Skogs Brå Tärn Dim Härn Lo Vad Grind Knip Orr Sälg Törn Ask".split()  # noqa: SIM905
_TAILS = "malm näs hult fors mo sjö ros berg lind gren hed strand vall ås rot skog klippa mark dahl stav".split()  # noqa: SIM905
_FOREIGN = "Okparaebo Terzić Wojtasik Abdihakim Jurkiewicz Nganga Berhe Mirzapour Sahakian Szendrei O’Drisceoil Vandenbroek Tshabalala Haddouche Kırmızı Kovalchuk".split()  # noqa: SIM905
_STRANGE_GIVEN = [
    "Aoibheann",
    "Tjelvar",
    "Zdravka",
    "Mihkel",
    "Ebbamaj",
    "Þórdís",
    "Wanjiku",
    "Tevfik",
    "Liselill",
    "Gyöngyi",
]
_TOWN_HEADS = [
    "Björk",
    "Lång",
    "Kvarn",
    "Norr",
    "Gran",
    "Tall",
    "Öster",
    "Ek",
    "Åkers",
    "Lind",
    "Måse",
    "Hjorte",
    "Skarp",
    "Vester",
    "Tall",
]
_TOWN_TAILS = "hamn köping vik hult forsa fors torp by lunda ryd boda holm viken sele åkra".split()  # noqa: SIM905
_FIRMS = "Omsorgia Hemvida Trygghetsbruket Kommunkollen Vardagskraft Nordanvind Livbojen".split()  # noqa: SIM905

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def perturbed(texts: Iterable[dict[str, Any]], seed: int = SEED) -> Iterator[dict[str, Any]]:
    """The labelled texts with people, towns and firms replaced, labels and offsets with them.

    Texts about odd characters (soft hyphens, decomposed letters) are left out: their words are none here.
    """
    for text in texts:
        if "\u00ad" in text["text"] or not unicodedata.is_normalized("NFC", text["text"]):
            continue
        yield _perturbed(text, random.Random(f"{seed}{text['id']}"))


def _perturbed(text: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    names = _new_names(text, dice)
    outside = _new_words(text, dice)
    pieces: list[str] = []
    mentions: list[dict[str, Any]] = []
    last = length = 0
    for mention in sorted(text["mentions"], key=lambda m: int(m["char_start"])):
        between = _replaced(text["text"][last : mention["char_start"]], outside)
        raw = _replaced(mention["raw"], names)
        changed = dict(mention, raw=raw, char_start=length + len(between))
        changed["name"] = _replaced(mention["name"], names)
        for field in ("organisation", "role_raw"):
            if mention[field] is not None:
                changed[field] = _replaced(mention[field], outside)
        mentions.append(changed)
        pieces += [between, raw]
        length += len(between) + len(raw)
        last = mention["char_start"] + len(mention["raw"])
    pieces.append(_replaced(text["text"][last:], outside))
    return dict(text, text="".join(pieces), mentions=mentions)


def _new_names(text: dict[str, Any], dice: random.Random) -> dict[str, str]:
    """A new word for each word of the text's names; particles, initials and patterned parts stay."""
    new: dict[str, str] = {}
    given = sorted(lex.lexicon().given - lex.lexicon().given_words)
    for mention in text["mentions"]:
        words = _WORD.findall(mention["name"])
        for number, word in enumerate(words):
            if word in new or word in lex.lexicon().particles or len(word) < 2:
                continue
            if number == 0 and "-" not in word:
                strange = dice.random() < 0.1
                new[word] = dice.choice(_STRANGE_GIVEN if strange else given)
            elif number == len(words) - 1 and len(words) > 1 and "-" not in word:
                new[word] = _surname(dice)
    return new


def _surname(dice: random.Random) -> str:
    if dice.random() < 0.25:
        return dice.choice(_FOREIGN)
    return dice.choice(_HEADS) + dice.choice(_TAILS)


def _new_words(text: dict[str, Any], dice: random.Random) -> dict[str, str]:
    """New words for the towns of a text and for firms of one word that are somebody's organisation."""
    people = {word for m in text["mentions"] for word in _WORD.findall(m["name"])}
    stated = {m["organisation"] for m in text["mentions"] if m["organisation"]}
    new: dict[str, str] = {}
    for word in sorted({_normal(w) for w in _WORD.findall(text["text"])}):
        stem = word[:-1] if word.endswith("s") and word not in lex.lexicon().places else word
        if stem in people or word in people:
            continue
        if stem in lex.lexicon().places and _is_town(stem, stated):
            new[stem] = dice.choice(_TOWN_HEADS) + dice.choice(_TOWN_TAILS)
        elif (
            stem in stated
            and not lex.is_organisation_word(stem)
            and stem not in lex.lexicon().places
            and not stem.isupper()
        ):
            new[stem] = dice.choice(_FIRMS)
    return new


def _is_town(word: str, stated: set[str]) -> bool:
    """Whether a listed place stands for a municipality in the labels: countries and regions stay."""
    return any(
        word in re.split(r"\W+", name) or f"{word}s" in re.split(r"\W+", name) for name in stated
    )


def _normal(word: str) -> str:
    return word.capitalize() if word.isupper() and len(word) > 3 else word


def _replaced(text: str, new: dict[str, str]) -> str:
    return _WORD.sub(lambda match: _new_word(match.group(), new), text)


def _new_word(word: str, new: dict[str, str]) -> str:
    """The new word in the case and with the genitive of the old one; itself where nothing replaces it."""
    known = {key.casefold(): key for key in new}
    folded = word.casefold()
    if not word[0].isupper():
        return word
    ending = ""
    if folded not in known and folded.endswith("s") and folded[:-1] in known:
        folded, ending = folded[:-1], "s"
    if folded not in known:
        return word
    value = new[known[folded]]
    if ending and value.endswith(("s", "ć", "x")):
        ending = ""
    value += ending
    return value.upper() if word.isupper() and len(word) > 1 else value
