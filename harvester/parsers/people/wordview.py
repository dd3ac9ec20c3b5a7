"""A block's tokens as rules and model see them: normal case, list codes, runs that may hold a name."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.roles import is_role_word
from harvester.parsers.people.tokens import APOSTROPHES, Token

#: Words of a run in capitals need not be longer than this to be an acronym when they stand alone.
_ACRONYM_LENGTH = 5

#: No name and no role is longer; what is, is asked of no list.
_LONGEST_WORD = 60

#: A stretch longer than this is no name (a list in capitals, a hostile page): it is read in pieces.
_LONGEST_RUN = 40

#: Marks that may stand between words of one heading in capitals.
_CAPS_GLUE = frozenset(',-–—:;/&.()”“"!?')


@dataclass(slots=True)
class WordView:
    """One block: tokens and, aligned with them, what is known of each.

    `forms` are the words in normal case, `codes` what the lists know, `caps` whether the word was written
    in a run of capitals, `first` whether a sentence, a line or a quotation begins here, `capital` whether
    the word can open or end a name.
    """

    tokens: list[Token]
    forms: list[str]
    codes: list[str]
    caps: list[bool]
    first: list[bool]
    capital: list[bool]

    def __len__(self) -> int:
        return len(self.tokens)


def view(block: list[Token]) -> WordView:
    """The view of one block's tokens."""
    caps = _capital_runs(block)
    forms: list[str] = []
    codes: list[str] = []
    capital: list[bool] = []
    particles = lex.lexicon().particles
    for token, in_capitals in zip(block, caps, strict=True):
        form = token.text
        if in_capitals:
            form = normal_case(form)
            if capital and capital[-1] and form.lower() in particles:
                form = form.lower()
        if token.kind == "mark":
            code, can_open = "", False
        else:
            code, can_open = _known(form, token.kind)
        forms.append(form)
        codes.append(code)
        capital.append(can_open)
    return WordView(block, forms, codes, caps, _sentence_starts(block), capital)


def runs(words: WordView) -> Iterator[tuple[int, int]]:
    """Stretches of tokens that may hold a name: capitalised words, initials, particles between them.

    Must not yield a lone ordinary word at a sentence start, nor a lone acronym.
    """
    index, count = 0, len(words)
    capital, codes = words.capital, words.codes
    while index < count:
        if not capital[index] and not (codes[index] == "P" and _opens(words, index)):
            index += 1
            continue
        end = index + 1
        while end < min(count, index + _LONGEST_RUN) and _continues(words, end):
            end += 1
        while end > index + 1 and not capital[end - 1]:
            end -= 1
        if _may_name(words, index, end):
            yield index, end
        index = end


def normal_case(word: str) -> str:
    """A word written in capitals, in the case a name has: `D'ARCY` as D'Arcy, `MCKENNA` as McKenna."""
    pieces: list[str] = []
    start = True
    for position, character in enumerate(word):
        pieces.append(character if start else character.lower())
        start = character == "-" or (character in APOSTROPHES and position == 1)
    joined = "".join(pieces)
    if joined.startswith("Mc") and len(joined) > 4:
        joined = "Mc" + joined[2].upper() + joined[3:]
    return joined


def shape(token: Token, form: str) -> str:
    """The outline of a word: `Xx`, `XX`, `X.`, `xx`, `xX` (camel or `al-Masri`), `9`, or the mark itself."""
    if token.kind == "word":
        if form.islower():
            return "xx"
        if form.isupper():
            return "XX" if len(form) > 1 else "X"
        return "Xx" if form[0].isupper() else "xX"
    if token.kind == "initial":
        return "X."
    return "9" if token.kind == "number" else token.text


@functools.lru_cache(maxsize=16_384)
def _known(form: str, kind: str) -> tuple[str, bool]:
    """What the lists know of a word, and whether it can open or end a name; the words of a site recur."""
    return _code(form, kind), _capital(form, kind)


def _code(form: str, kind: str) -> str:
    if kind != "word" or len(form) > _LONGEST_WORD:
        return ""
    if form[0].isupper() or "-" in form:
        code = lex.code(form)
        if len(form) > 4 and is_role_word(form.lower()):
            code += "r"
        return code
    if form in lex.lexicon().particles:
        return "P"
    return "r" if len(form) > 1 and is_role_word(form) else ""


def _capital_runs(block: list[Token]) -> list[bool]:
    """Which words stand in a run of capitals; a lone acronym does not."""
    flags = [False] * len(block)
    shouted_words = [token.kind == "word" and token.text.isupper() for token in block]
    if True not in shouted_words:
        return flags
    index = 0
    while index < len(block):
        if not shouted_words[index]:
            index += 1
            continue
        end = last = index
        while end < len(block) and (shouted_words[end] or _glue(block[end])):
            if shouted_words[end]:
                last = end
            end += 1
        members = [i for i in range(index, last + 1) if shouted_words[i]]
        longest = max(len(block[i].text) for i in members)
        named = 1 < len(members) < 5 and _full_name(block, members)
        shouted = len(members) > 1 and longest >= 4 and not _in_prose(block, index, last)
        shouted = shouted or named
        if shouted or longest > _ACRONYM_LENGTH:
            for i in members:
                flags[i] = len(block[i].text) > 1
        index = end
    return flags


def _full_name(block: list[Token], members: list[int]) -> bool:
    """Whether capitals open a line with a listed given name and a word behind it: `BERIT EK: Vi börjar.`"""
    first = members[0]
    opens = first == 0 or block[first - 1].kind == "line"
    listed = lex.GIVEN in lex.code(normal_case(block[first].text)) and len(block[first].text) > 2
    return opens and listed and members[1] == first + 1


def _in_prose(block: list[Token], first: int, last: int) -> bool:
    """Whether words in lower case stand near a run, on its line: then short capitals are acronyms."""
    before = block[max(0, first - 12) : first]
    for token in reversed(before):
        if token.kind == "line":
            break
        if token.kind == "word" and token.text.islower():
            return True
    for token in block[last + 1 : last + 13]:
        if token.kind == "line":
            break
        if token.kind == "word" and token.text.islower():
            return True
    return False


def _glue(token: Token) -> bool:
    return token.kind in {"number", "initial"} or token.text in _CAPS_GLUE


def _sentence_starts(block: list[Token]) -> list[bool]:
    starts: list[bool] = []
    begins = True
    for token in block:
        starts.append(begins)
        if token.kind == "word" or token.kind == "initial":
            begins = False
        elif token.kind == "line" or token.text in {".", "!", "?", ":", "–", "—", "•", "|", "…"}:
            begins = True
        elif token.kind == "number":
            begins = False
    return starts


def _capital(form: str, kind: str) -> bool:
    if kind == "word":
        return form[0].isupper() or ((form[0] in "dD" or "-" in form) and _prefixed(form))
    return kind == "initial"


def _prefixed(word: str) -> bool:
    """`al-Masri`, `el-Sayed`, `d'Arcy`: a name whose first letter is small."""
    head, _, tail = word.partition("-")
    if tail and tail[0].isupper():
        return head in lex.lexicon().particles
    return len(word) > 3 and word[0] in "dD" and word[1] in APOSTROPHES and word[2].isupper()


def _opens(words: WordView, index: int) -> bool:
    following = index + 1
    while following < len(words) and following < index + 3 and words.codes[following] == "P":
        following += 1
    return (
        following < len(words)
        and words.capital[following]
        and words.tokens[following].kind == "word"
    )


def _continues(words: WordView, index: int) -> bool:
    if words.capital[index]:
        return True
    if words.codes[index] != "P":
        return False
    for following in (index + 1, index + 2):
        if following >= len(words):
            return False
        if words.capital[following]:
            return True
        if words.codes[following] != "P":
            return False
    return False


def word_at(words: WordView, index: int) -> str:
    """The word at a place in lower case; empty outside the block."""
    return words.forms[index].lower() if 0 <= index < len(words.forms) else ""


def _may_name(words: WordView, start: int, end: int) -> bool:
    for index in range(start, end):
        if words.tokens[index].kind != "word":
            continue
        if words.tokens[index].text.isupper() and not words.caps[index]:
            continue
        code = words.codes[index]
        if not code or any(letter in code for letter in "gGsSed"):
            return True
        if code.strip("cpoxr"):
            return True
    return False
