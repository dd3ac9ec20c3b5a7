"""A block's tokens as rules and model see them: normal case, list codes, runs that may hold a name."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, compress, count

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.listed import APOSTROPHES, listed
from harvester.parsers.people.tokens import Token, sign, tokens

#: Words of a run in capitals need not be longer than this to be an acronym when they stand alone.
_ACRONYM_LENGTH = 5

#: A stretch that may hold a name, as signs: it opens with a word that can open a name or with up to three particles before
#: one, and goes on with such words, initials and up to two particles before one. A stretch longer than forty tokens is no
#: name (a list in capitals, a hostile page): it is read in pieces, none of which ends in a particle. Must not match where
#: no word that may be a name and no particle follows: most sentences open with such a word.
_RUN = re.compile(
    r"[NCSIP](?:(?<=[NP])|(?=[CSI]{0,38}[NP]))(?:(?<!P)|(?=P{0,2}[NCS]))(?:(?:[NCSI]|P(?=P?[NCSI])){0,38}[NCSI])?"
)

#: What a stretch must hold to be a name: a word that may be one, or a particle beside another word.
_NAMED = frozenset("NP")

#: Marks that stand before the first word of a sentence, line or item.
_OPENING_MARKS = re.compile(r"(?:\A|(?<=[./])),+")

#: Empty words behind the last: a word before the first or behind the last is asked for without a look at the bounds.
_BESIDE = ("",) * 16

#: Marks that may stand between words of one heading in capitals.
_CAPS_GLUE = frozenset(',-–—:;/&.()”“"!?')


@dataclass(slots=True)
class WordView:
    """One block: tokens and, aligned with them, what is known of each.

    `texts` are the tokens as written, `forms` the words in normal case, `lowered` in lower case with empty ones behind the last (`word_at`), `codes` what the lists know, `caps` whether the
    word was written in a run of capitals, `first` whether a sentence, a line or a quotation begins here, `capital`
    whether the word can open or end a name, `signs` the sorts of tokens, one character each (`tokens.sign`). `text` is the cleaned text,
    whose part from `begin` to `end` is the block; `size` is the number of tokens.
    """

    text: str
    begin: int
    end_of_block: int
    size: int
    tokens: list[Token]
    texts: tuple[str, ...]
    kinds: tuple[str, ...]
    forms: list[str]
    lowered: list[str]
    codes: Sequence[str]
    caps: Sequence[bool]
    first: Sequence[bool]
    capital: Sequence[bool]
    signs: str
    widths: tuple[int, ...]
    _starts: list[int] | None = None

    def __len__(self) -> int:
        return self.size

    def start(self, index: int) -> int:
        """Where a token begins in the text."""
        if self._starts is None:
            self._starts = _located(self)
        return self._starts[index]

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Where tokens `first` to `end` stand in the text."""
        if self._starts is None:
            self._starts = _located(self)
        starts, last = self._starts, end - 1
        return starts[first], starts[last] + len(self.texts[last])

    def end(self, index: int) -> int:
        """Where a token ends in the text."""
        return self.start(index) + len(self.texts[index])


def _located(words: WordView) -> list[int]:
    """Where the tokens begin: by their widths, or one by one where more than a space stands between two of them."""
    starts = list(accumulate(words.widths, initial=words.begin))
    # More white space, or a line without words, puts the last token further back than the widths say.
    if starts.pop() == words.end_of_block + 1:
        if "/" in words.signs:
            for index, sort in enumerate(words.signs):
                starts[index] -= sort == "/"
        return starts
    at, find = words.begin, words.text.index
    for index, written in enumerate(words.texts):
        starts[index] = at = find(written, at)
        at += len(written)
    return starts


def view(text: str, start: int, end: int) -> WordView:
    """The view of one block of a cleaned text."""
    block = tokens(text[start:end])
    size = len(block)
    columns = zip(*block, strict=True) if block else iter([()] * len(Token._fields))
    texts, kinds, lowered, codes, opens, _, _, breaks, sorts, widths = columns
    signs = "".join(sorts)
    words = WordView(
        text,
        start,
        end,
        size,
        block,
        texts,
        kinds,
        list(texts),
        [*lowered, *_BESIDE],
        codes,
        [False] * size,
        [True, *breaks[:-1]] if block else [],
        opens,
        signs,
        widths,
    )
    if signs.startswith(",") or ".," in signs or "/," in signs:
        _pass_opening_marks(words)
    if "S" in signs or "s" in signs:
        words.caps = _capital_runs(block, [token.shouted for token in block])
        _lower_capitals(words)
    return words


def runs(words: WordView) -> list[tuple[int, int]]:
    """Stretches of tokens that may hold a name: capitalised words, initials, particles between them.

    Must not hold a lone ordinary word at a sentence start, nor a lone acronym.
    """
    return [run.span() for run in _RUN.finditer(words.signs) if not _NAMED.isdisjoint(run[0])]


def heads(words: WordView) -> Iterable[int]:
    """The tokens with which a name may begin: words and initials that can open one, and particles."""
    openers = compress(count(), words.capital)
    if "P" not in words.signs:
        return openers
    particles = (index for index, sort in enumerate(words.signs) if sort == "P")
    return sorted(chain(openers, particles))


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


def _lower_capitals(words: WordView) -> None:
    """Put the words of runs in capitals in normal case, with what the lists know of them so."""
    particles = lex.lexicon().particles
    codes, capital, signs = list(words.codes), list(words.capital), list(words.signs)
    for index in compress(count(), words.caps):
        form, lower, code, opens, sort = _without_capitals(words.forms[index])
        if index and capital[index - 1] and lower in particles:
            form, (code, opens) = lower, listed(lower, "word")
            sort = sign("word", code, opens)
        words.forms[index], words.lowered[index], codes[index] = form, lower, code
        capital[index], signs[index] = opens, sort
    words.codes, words.capital, words.signs = codes, capital, "".join(signs)


@functools.lru_cache(maxsize=4_096)
def _without_capitals(word: str) -> tuple[str, str, str, bool, str]:
    """A word in capitals in normal case: form, lower case, code, whether it can open a name, sign."""
    form = normal_case(word)
    code, opens = listed(form, "word")
    return form, form.lower(), code, opens, sign("word", code, opens)


def _capital_runs(block: list[Token], shouted_words: list[bool]) -> list[bool]:
    """Which words stand in a run of capitals; a lone acronym does not."""
    flags = [False] * len(block)
    end = 0
    for index in compress(count(), shouted_words):
        if index < end:
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
    return flags


def _full_name(block: list[Token], members: list[int]) -> bool:
    """Whether capitals open a line with a listed given name and a word behind it: `BERIT EK: Vi börjar.`"""
    first = members[0]
    opens = first == 0 or block[first - 1].kind == "line"
    if not opens or members[1] != first + 1 or len(block[first].text) < 3:
        return False
    return lex.GIVEN in _without_capitals(block[first].text)[2]


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


def _pass_opening_marks(words: WordView) -> None:
    """Let what stands behind a sentence's first marks open it too."""
    first = [*words.first, False]
    for marks in _OPENING_MARKS.finditer(words.signs):
        for index in range(marks.start() + 1, marks.end() + 1):
            first[index] = True
    words.first = first[:-1]


def word_at(words: WordView, index: int) -> str:
    """The word at a place in lower case; empty outside the block, of which no rule looks further ahead than `_BESIDE` says."""
    try:
        return words.lowered[index]
    except IndexError:
        return ""
