"""A name's ends: words that belong to it and were left out, words that do not and were taken."""

from __future__ import annotations

from dataclasses import dataclass

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.company import in_credit
from harvester.parsers.people.lexicon import in_list
from harvester.parsers.people.names import HONORIFICS
from harvester.parsers.people.organisation_names import organisation_lexicon
from harvester.parsers.people.role_phrases import role_at
from harvester.parsers.people.vetoes import ORDINARY_ENDINGS
from harvester.parsers.people.wordview import WordView
from harvester.quickly_made import quickly_made

GIVEN_LETTERS = lex.GIVEN + lex.GIVEN_WORD

SURNAME_LETTERS = lex.SURNAME + lex.SURNAME_WORD + lex.COMPOUND_SURNAME
#: Letters of any listed name.
NAME_LETTERS = GIVEN_LETTERS + SURNAME_LETTERS


@quickly_made
@dataclass(frozen=True, slots=True)
class NameSpan:
    """Tokens `start` to `end` of a block that name a person, and the rule that says so."""

    start: int
    end: int
    rule: str

    def __len__(self) -> int:
        return self.end - self.start


#: Single letters that are words of their own: the preposition and two nouns.
_LETTERS_THAT_ARE_WORDS = frozenset("IÅÖS")

#: Particles that are pronouns or articles too, in lower case: `möter du Anna Ek`.
_PRONOUNS = frozenset({"du", "den", "de"})

#: Particles that stand before nothing but a surname.
_NOBLE = frozenset({"von", "af"})

#: Words that begin a church's, school's or parish's name behind a surname: `ledde von Ek Sankt Eriks gymnasium`; degrees in mixed letters.
_BEHIND_NAMES = frozenset({"sankt", "sankta", "santa", "phd", "msc", "bsc"})

#: Ends of nouns that tell what the person after them is: målvakten, Texasbon, pristagare, nioårige.
_TELLS_WHAT = ("an", "en", "are", "bon", "ige", "iga", "aste")


def mended(words: WordView, span: NameSpan, low: int, high: int) -> NameSpan | None:
    """A span without words that are no name, and with those of the same name the model left out."""
    start, end = span.start, span.end
    start, end = _grown(words, start, end, low, high)
    while end - start > 2 and is_acronym(words, start) and is_acronym(words, start + 1):
        start += 1
    if end - start > 1 and is_acronym(words, start):
        if not in_list(words.codes[start + 1], GIVEN_LETTERS):
            return None
        start += 1
    while start < end and _no_opening(words, start, end):
        start += 1
    while start < end and _no_ending(words, end - 1, start):
        end -= 1
    for index in range(start + 1, end):
        if words.kinds[index] == "word" and _breaks(words, index):
            end = index
            break
    if end - start > 2 and end < words.size and in_credit(words, start):
        # `Rebecka Ek Norrsken Bildbyrå`: given name and surname, then the firm.
        end = start + 2 if lex.is_organisation_word(words.forms[end]) else end
    if (start, end) == (span.start, span.end):
        return span
    opening = words.kinds[span.start] == "initial" or words.texts[span.start] == "ur"
    if end - start == 1 and opening and start > span.start:
        # What the letter of an item, or a preposition, stood before.
        return None
    return NameSpan(start, end, span.rule) if start < end else None


def _grown(words: WordView, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    while start > low and _belongs_before(words, start):
        start -= 1
    while end < high and _belongs_after(words, end):
        end += 1
    return start, end


def _belongs_before(words: WordView, start: int) -> bool:
    code = words.codes[start - 1]
    if words.kinds[start - 1] == "initial" or bare_initial(words, start - 1):
        return True
    if _is_ordinal(words, start):
        return in_list(code, GIVEN_LETTERS)
    if code == "P":
        if words.texts[start - 1] in _PRONOUNS:
            return False
        return (start >= 2 and words.forms[start - 2][0].isupper()) or words.kinds[start] == "word"
    if lex.GENITIVE in code or in_list(code, "pcro"):
        return False
    particle = words.capital[start] and words.lowered[start] in lex.lexicon().particles
    if particle and code == "" and words.capital[start - 1] and not words.first[start - 1]:
        # `och Doan Van Linh`: a stranger before a particle.
        return not is_acronym(words, start - 1)
    follows = in_list(words.codes[start], NAME_LETTERS)
    return lex.GIVEN in code or (lex.GIVEN_WORD in code and follows)


def _belongs_after(words: WordView, end: int) -> bool:
    code = words.codes[end]
    previous = words.codes[end - 1]
    if lex.GENITIVE in previous and not in_list(previous, GIVEN_LETTERS):
        return False
    if words.lowered[end - 1] in _NOBLE and words.codes[end - 1] == "P":
        # `UTREDAREN FABIAN VON REHNSKOG`: what stands there is the surname, whatever it may be elsewhere.
        return words.capital[end]
    if code == "P":
        noble = words.lowered[end] in _NOBLE and True in words.capital[end + 1 : end + 2]
        return end + 1 < words.size and (noble or in_list(words.codes[end + 1], NAME_LETTERS))
    if lex.SURNAME_WORD in code and lex.ORGANISATION in code:
        return True
    if end > 1 and code == "" and lex.COMMON in previous and _capital_particle(words, end - 1):
        return True
    if lex.COMMON in code and end + 1 < words.size and _capital_particle(words, end):
        return True
    if _is_ordinal(words, end):
        return in_list(previous, GIVEN_LETTERS)
    if _is_ordinal(words, end - 1):
        return in_list(code, GIVEN_LETTERS)
    return in_list(code, SURNAME_LETTERS) and not in_list(code, "pcro")


def _no_opening(words: WordView, index: int, end: int) -> bool:
    token, code = words.tokens[index], words.codes[index]
    if token.kind == "initial":
        # `A. Skolsociala team`: the letter of an item.
        lettered = index == 0 or words.kinds[index - 1] == "line"
        following = words.codes[index + 1] if index + 1 < words.size else ""
        word = "word" in words.kinds[index + 1 : index + 2] and not words.caps[index + 1]
        strange = not in_list(following, NAME_LETTERS + lex.SURNAME_ENDING)
        return lettered and (
            (word and strange) or (end - index > 2 and _in_lettered_list(words, index))
        )
    if words.lowered[index] in HONORIFICS:
        return True
    if code == "P":
        return token.text == "ur" or (words.first[index] and words.tokens[index].capital)
    if is_acronym(words, index) and end - index > 2:
        return True
    if token.text in _LETTERS_THAT_ARE_WORDS and end - index > 1:
        return True
    if end - index > 2 and _glued_before(words, index):
        return True
    if end - index > 2 and words.lowered[index - 1] in _WORKS_AT and _body_before(words, index):
        return True
    if lex.COMMON in code and words.first[index] and "P" in words.codes[index + 1 : index + 2]:
        return True
    if not in_list(code, NAME_LETTERS) and in_list(code, "cro"):
        return True
    if code == "" and words.first[index] and token.text.endswith(ORDINARY_ENDINGS):
        return True
    if lex.COMMON in code and words.first[index] and end - index > 2:
        return not in_list(code, GIVEN_LETTERS) or (
            lex.GIVEN_WORD in words.codes[index] and in_list(words.codes[index + 1], GIVEN_LETTERS)
        )
    return end - index > 2 and lex.PLACE in code and not in_list(code, GIVEN_LETTERS)


def _in_lettered_list(words: WordView, index: int) -> bool:
    """Whether the initial that opens a line is an item's letter: a line near it opens with the one before or behind."""
    letter = ord(words.texts[index][0])
    beside = {f"{chr(letter - 1)}.", f"{chr(letter + 1)}."}
    near = range(max(0, index - _LIST_REACH), min(words.size, index + _LIST_REACH))
    return any(words.texts[i] in beside and (not i or words.kinds[i - 1] == "line") for i in near)


#: How many tokens above and below an item are asked for its neighbours.
_LIST_REACH = 40


def _glued_before(words: WordView, index: int) -> bool:
    """Whether a full name begins after this word, which only says whose or what the person is."""
    code, form = words.codes[index], words.forms[index]
    if words.codes[index + 1].rstrip(lex.SURNAME) not in {"g", "ge", "gd"} or in_list(
        code, GIVEN_LETTERS
    ):
        return False
    if code == "" and form.endswith(_TELLS_WHAT):
        return len(form) > 9 or (words.first[index] and len(form) > 4)
    return (
        form.endswith("s")
        and not in_list(code, SURNAME_LETTERS)
        and (lex.PLACE in code or code == "")
    )


#: Prepositions before a place of work.
_WORKS_AT = frozenset({"hos", "på", "vid"})


def _body_before(words: WordView, index: int) -> bool:
    """`utredaren på Brå Anna Ek`: a body, or a stranger, between a preposition and a listed given name."""
    code = words.codes[index]
    known = words.forms[index] in organisation_lexicon().known
    strange = code.strip(lex.GENITIVE) == "" and index > 1 and not words.first[index]
    return (known or strange) and words.codes[index + 1].rstrip(lex.SURNAME) in {"g", "ge", "gd"}


#: Small words that are no surname, whatever stands before them.
_SMALL_WORDS = frozenset({"alla", "att", "av", "de", "den", "det", "där", "då", "efter", "ett", "för", "från", "har", "hos", "här", "i", "in", "med", "men", "när", "nu", "och", "of", "om", "på", "se", "som", "så", "the", "till", "tack", "under", "upp", "ut", "vad", "var", "vi", "vid", "är", "åter", "över"})  # fmt: skip


def word_as_surname(words: WordView, index: int, given: int) -> bool:
    """`enligt Anders Tysk`: an ordinary word with a capital right behind a given name inside a sentence.

    Where the given name opens the sentence, a verb must follow: `Stevie Wonder var …`.
    """
    following = words.forms[index + 1] if index + 1 < words.size else ""
    if words.caps[index]:
        # `MARIANNE TRÄFF, REKTOR`
        named = words.codes[given] == lex.GIVEN and index == given + 1
        role = following == "," and role_at(words, index + 2) is not None
        return named and role and words.codes[index] == lex.COMMON
    return (
        words.codes[index].rstrip(lex.GENITIVE) in {lex.COMMON, "r", "cr"}
        and index == given + 1
        and words.codes[given] == lex.GIVEN
        and (not words.first[given] or following in lex.lexicon().verbs)
        and not words.first[index]
        and not words.caps[index]
        and not words.texts[index].isupper()
        and len(words.forms[index]) > 2
        and words.lowered[index] not in _SMALL_WORDS
    )


def _no_ending(words: WordView, index: int, start: int) -> bool:
    if word_as_surname(words, index, start):
        return False
    token, code = words.tokens[index], words.codes[index]
    if token.kind != "word" or code == "P":
        return True
    name_like = in_list(code, NAME_LETTERS)
    if token.text in {"I", "A", "På", "Vid", "Om"}:
        return True
    if is_acronym(words, index):
        return index > start
    if code == lex.PLACE and words.forms[index - 1].endswith("s") and index - start > 1:
        return True
    return index > start and not name_like and in_list(code, "cr")


#: Labels of what somebody did, which may follow a credit without a mark: `Foto: Gustaf Ek Layout: …`.
_LABELS = frozenset({"bild", "bilder", "film", "form", "foto", "fotograf", "grafik", "illustration", "intervju", "klippning", "layout", "ljud", "ljus", "manus", "moderator", "musik", "regi", "redigering", "reportage", "text", "tecknare", "översättning"})  # fmt: skip


def credited(words: WordView, start: int) -> bool:
    """Whether a label of what somebody did stands before a name: `Reportage: Nora Lillbacka`."""
    return start > 1 and words.texts[start - 1] == ":" and words.lowered[start - 2] in _LABELS


#: Words that may be listed as names and are none where they open or end one.
_ASIDE = HONORIFICS | _LABELS | _BEHIND_NAMES | {"på", "vid", "om"}

#: Codes of given names, with what else they may be where a surname follows, and of surnames that are nothing else.
_GIVEN_CODES = frozenset({"g", "gs", "gS", "ge", "gd", "gp", "G", "Gs", "GS", "Ge", "Gd", "Gp"})
_SURNAME_CODES = frozenset({"s", "e"})


def is_full_name(words: WordView, start: int, end: int) -> bool:
    """Whether a stretch is a listed given name and a listed surname, no more: no list, model or mending adds to that.

    Must not take words of which one alone stands in capitals, nor one that is
    also a label or a title.
    """
    return (
        end - start == 2
        and words.codes[start] in _GIVEN_CODES
        and words.codes[start + 1] in _SURNAME_CODES
        and words.signs[start:end] == "NN"
        and words.caps[start] == words.caps[start + 1]
        and _ASIDE.isdisjoint(words.lowered[start:end])
    )


def _is_label(words: WordView, index: int) -> bool:
    follows = words.forms[index + 1] if index + 1 < words.size else ""
    return words.lowered[index] in _LABELS and follows in {":", "och", "/", "&"}


def _breaks(words: WordView, index: int) -> bool:
    """Whether the word cannot stand inside a name: a lower-case noun, an acronym, a label, a phrase's start."""
    code = words.codes[index]
    if _is_label(words, index):
        return True
    if word_as_surname(words, index, index - 1):
        return False
    if (
        bare_initial(words, index)
        or bare_initial(words, index - 1)
        or _capital_particle(words, index)
    ):
        return False
    if is_acronym(words, index) or words.lowered[index] in _BEHIND_NAMES:
        return True
    if words.caps[index] != words.caps[index - 1] and len(words.texts[index - 1]) > 1:
        return words.codes[index] != "P" and words.kinds[index - 1] == "word"
    if lex.GENITIVE in words.codes[index - 1] and in_list(words.codes[index - 1], SURNAME_LETTERS):
        # `Ingmar Bergmans Fanny`: a given name behind a genitive is somebody else's.
        return code == lex.GIVEN or not in_list(code, NAME_LETTERS + lex.SURNAME_ENDING)
    return in_list(code, "cr") and not in_list(code, NAME_LETTERS)


def bare_initial(words: WordView, index: int) -> bool:
    """An initial without its stop: Lars E O Svensson."""
    text = words.texts[index]
    return len(text) == 1 and text.isupper() and text not in _LETTERS_THAT_ARE_WORDS


def _capital_particle(words: WordView, index: int) -> bool:
    """`Daniele De Rossi`: a particle with a capital between two words of a name."""
    if words.lowered[index] not in lex.lexicon().particles or index + 1 >= words.size:
        return False
    code = words.codes[index + 1]
    stranger = (
        code == ""
        and words.capital[index + 1]
        and words.capital[index]
        and lex.GIVEN in words.codes[index - 1]
    )
    return (in_list(code, SURNAME_LETTERS) or stranger) and words.capital[index - 1]


def _is_ordinal(words: WordView, index: int) -> bool:
    """A Roman number of two letters or more: Karl XII, Elizabeth II."""
    if not words.tokens[index].shouted or words.caps[index]:
        return False
    text = words.texts[index]
    return len(text) > 1 and not text.strip("IVX")


def is_acronym(words: WordView, index: int) -> bool:
    """Whether a word in capitals stands here outside a run of capitals, and is no number: SKR, SVT."""
    if not words.tokens[index].shouted or words.caps[index]:
        return False
    text = words.texts[index]
    return len(text) > 1 and text[1] != "-" and not _is_ordinal(words, index)
