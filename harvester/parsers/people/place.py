"""Where a mention stands, what may be said there, and how the words around it are asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.durations import OPENING, span_end
from harvester.parsers.people.organisation_names import organisation_lexicon
from harvester.parsers.people.organisations import organisation_end
from harvester.parsers.people.wordview import WordView, word_at

_PARTIES = frozenset(["s", "m", "c", "l", "v", "mp", "kd", "sd", "fi", "fp", "nyd", "lib"])

#: Verbs between somebody and what they are.
COPULAS = frozenset(["är", "var", "blev", "blir", "heter"])

PREPOSITIONS = frozenset(
    ["i", "på", "vid", "för", "for", "från", "av", "hos", "inom", "till", "at", "of", "with"]
)

_ARTICLES = frozenset(["en", "ett", "den", "det", "de", "vår", "deras", "någon", "the", "a", "an"])

_ADVERBS = frozenset(
    [
        "sedan",
        "numera",
        "nu",
        "idag",
        "också",
        "även",
        "fortfarande",
        "dessutom",
        "länge",
        "då",
        "själv",
        "alltjämt",
        "egentligen",
        "alltid",
        "redan",
    ]
)

#: Words behind a list of people, before what holds for all of it.
ALL_OF_THEM = frozenset(["båda", "bägge", "alla", "samtliga"])

#: Where somebody is from, how old or of which party: `den danska psykologen`.
_ADJECTIVES = frozenset(["amerikanska", "amerikanske", "brittiska", "brittiske", "danska", "danske", "dansk", "finländska", "finländske", "finska", "finske", "finsk", "franska", "franske", "fransk", "isländska", "isländske", "norska", "norske", "norsk", "polska", "polske", "ryska", "ryske", "spanska", "spanske", "svenska", "svenske", "svensk", "tyska", "tyske", "tysk", "unga", "unge", "ung", "centerpartistisk", "kristdemokratisk", "liberal", "miljöpartistisk", "moderat", "socialdemokratisk", "sverigedemokratisk", "vänsterpartistisk"])  # fmt: skip

#: All words that may be passed over before what somebody is: any other ends the search at once.
_PASSED = _ARTICLES | _ADVERBS | _ADJECTIVES | OPENING | {"på"}


class Statement(NamedTuple):
    """Role and organisation stated at one mention; spans are token ranges of the block.

    A `shared` role holds for those listed after the person too, a `labelled` one whatever else is said of them.
    """

    role: str | None = None
    role_span: tuple[int, int] | None = None
    organisation: str | None = None
    organisation_span: tuple[int, int] | None = None
    shared: bool = False
    labelled: bool = False
    role_raw: str | None = None


#: What is mostly stated.
NOTHING: Final = Statement()


@dataclass(slots=True)
class Place:
    """A mention in its block, and where the next one begins (names are no organisations).

    Made once for a mention and read some forty times: an attribute of a slot is read four times as fast as one of a
    named tuple, and a frozen dataclass takes three times as long to make.
    """

    words: WordView
    text: str
    start: int
    end: int
    previous_end: int
    next_start: int


#: Small words that open a sentence and belong to no name behind them: `Även Skövde kommuns …`.
OPENERS = frozenset(["alltså", "bara", "både", "då", "dessutom", "där", "därefter", "efter", "enligt", "från", "för", "här", "hos", "i", "idag", "liksom", "med", "men", "mot", "nu", "nuvarande", "när", "och", "också", "på", "samt", "sedan", "så", "tidigare", "till", "under", "utöver", "vid", "vår", "även"])  # fmt: skip

#: Genitives that say which time the role is for: årets stipendiat, månadens chef.
_TIMES = frozenset(["årets", "månadens", "veckans", "dagens", "kvällens", "morgonens", "eftermiddagens", "nattens", "höstens", "vårens", "sommarens", "vinterns", "konferensens", "seminariets", "mötets", "dagarnas", "fjolårets", "klubbens", "lagets", "hemmalagets", "bortalagets", "bolagets", "företagets", "föreningens", "förbundets", "partiets", "kommunens", "regionens", "skolans", "myndighetens", "styrelsens", "stadens", "landets", "nätverkets", "oppositionens", "majoritetens", "juryns", "panelens", "gruppens", "enhetens", "avdelningens", "verkets", "institutets", "bankens", "sjukhusets", "universitetets", "byråns", "klinikens", "kyrkans", "församlingens", "utredningens", "projektets", "bandets", "laguppställningens", "koncernens", "fackets", "nämndens", "tidningens", "redaktionens", "länets", "lokalföreningens", "stiftelsens", "organisationens", "museets", "teaterns", "kommitténs", "sällskapets", "fondens", "förlagets", "rådets", "centrets", "hotellets", "fabrikens", "kooperativets"])  # fmt: skip


#: The same of any team: styrgruppens, expertpanelens.
_TEAMS = ("gruppens", "panelens", "juryns", "teamets")


def owner_span(words: WordView, end: int, low: int) -> tuple[int, int] | None:
    """The organisation in the genitive, or the acronym, that ends right before a token."""
    owner = word_at(words, end - 1)
    if owner in _TIMES or owner.endswith(_TEAMS):
        return None
    if owner == "regeringens" and end > low:
        return end - 1, end
    if end >= low + 3 and owner == "s" and word_at(words, end - 2) == ":":
        return _lettered_owner(words, end, low)
    if end <= low or not (words.forms[end - 1].endswith("s") or _short_owner(words, end - 1)):
        return None
    found = None
    for start in range(end - 1, max(low - 1, end - 7), -1):
        token = words.tokens[start]
        if token.kind != "word":
            break
        if not token.capital or (words.first[start] and token.lower in OPENERS):
            continue
        if organisation_end(words, start, end) == end:
            ordinary = lex.COMMON in words.codes[start] or "r" in words.codes[start]
            known = words.forms[start].removesuffix("s") in organisation_lexicon().known
            if end - start == 1 and lex.is_country(words.forms[start]):
                # `Nordkoreas ledare`: a country is no organisation.
                continue
            if end - start > 1 or not ordinary or known or lex.PLACE in words.codes[start]:
                found = (start, end)
    return found


#: Short forms of clubs and firms, which belong to the name before them.
_CLUBS = frozenset({"IF", "IK", "FF", "BK", "FK", "SK", "FC", "AIF", "GIF", "AB"})


def _lettered_owner(words: WordView, end: int, low: int) -> tuple[int, int] | None:
    """The acronym whose genitive is a colon and an s: `FN:s`, `SKR:s`, with a club's name `Hammerdals IF:s`."""
    if not words.texts[end - 3].isupper():
        return None
    club = end - 4
    whole = club >= low and words.tokens[club].capital and organisation_end(words, club) >= end - 2
    return club if whole and words.forms[end - 3] in _CLUBS else end - 3, end - 2


def _short_owner(words: WordView, index: int) -> bool:
    """Whether an acronym that no list of names knows stands here, and no preposition in a heading in capitals."""
    text = words.texts[index]
    return (
        text.isupper()
        and 1 < len(text) <= 5
        and not lex.code(words.forms[index])
        and words.lowered[index] not in {"för", "och", "vid", "hos", "från", "till"}
    )


#: Marks between the columns of a line: `Anna Ek – socialchef – Orsa`.
_BARS = frozenset({"–", "—", "|", "•", "·", ";"})


def bar_at(words: WordView, index: int) -> bool:
    """Whether a mark between columns stands here; a hyphen or slash is one with a space on either side."""
    mark = word_at(words, index)
    if mark in _BARS:
        return True
    if mark not in {"-", "/"} or not 0 < index < words.size - 1:
        return False
    apart = words.end(index - 1) < words.start(index)
    return apart and words.end(index) < words.start(index + 1)


def after_party(words: WordView, index: int) -> int:
    if (
        word_at(words, index) == "("
        and word_at(words, index + 1) in _PARTIES
        and word_at(words, index + 2) == ")"
    ):
        return index + 3
    return index


def after_articles(words: WordView, index: int) -> int:
    """The token after articles and what may stand with them: `sedan 2019`, `till vardags`, `numera`."""
    while index < words.size:
        word = words.lowered[index]
        if word not in _PASSED and words.kinds[index] != "number":
            break
        timed = span_end(words, index)
        if timed > index:
            index = timed
            continue
        if number_at(words, index) and word_at(words, index + 2) in {"årig", "åriga", "årige"}:
            # `19-årig aktivist`
            index += 3
            continue
        if word in _ADJECTIVES and words.forms[index].islower():
            index += 1
            continue
        vardags = (word, word_at(words, index + 1)) in _DAILY
        since = number_at(words, index) and word_at(words, index - 1) == "sedan"
        if not (word in _ARTICLES or word in _ADVERBS or vardags or since):
            break
        index += 2 if vardags else 1
    return index


#: Phrases that say no more than that it is somebody's ordinary work.
_DAILY = frozenset({("till", "vardags"), ("i", "vardagen"), ("till", "yrket"), ("i", "grunden"), ("från", "början"), ("på", "heltid"), ("till", "professionen")})  # fmt: skip


def number_at(words: WordView, index: int) -> bool:
    return index < words.size and words.kinds[index] == "number"
