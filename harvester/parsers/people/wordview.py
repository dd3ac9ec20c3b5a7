"""A block's tokens as rules and model see them: normal case, list codes, runs that may hold a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, count

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.listed import APOSTROPHES, listed, may_name
from harvester.parsers.people.tokens import Token, tokens

#: Words of a run in capitals need not be longer than this to be an acronym when they stand alone.
_ACRONYM_LENGTH = 5

#: A stretch longer than this is no name (a list in capitals, a hostile page): it is read in pieces.
_LONGEST_RUN = 40

#: Marks that may stand between words of one heading in capitals.
_CAPS_GLUE = frozenset(',-–—:;/&.()”“"!?')


@dataclass(slots=True)
class WordView:
    """One block: tokens and, aligned with them, what is known of each.

    `texts` are the tokens as written, `forms` the words in normal case, `lowered` in lower case, `codes` what the lists know, `caps` whether the
    word was written in a run of capitals, `first` whether a sentence, a line or a quotation begins here, `capital`
    whether the word can open or end a name, `heads` whether a name may begin with it, `names` whether it may be a name by itself. `text` is the cleaned text,
    of which the block begins at `begin`; `size` is the number of tokens.
    """

    text: str
    begin: int
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
    heads: Sequence[bool]
    names: Sequence[bool]
    _starts: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return self.size

    def start(self, index: int) -> int:
        """Where a token begins in the text."""
        starts = self._starts
        if index >= len(starts):
            _locate(starts, index, self.texts, self.text, self.begin)
        return starts[index]

    def end(self, index: int) -> int:
        """Where a token ends in the text."""
        return self.start(index) + len(self.texts[index])


def _locate(starts: list[int], index: int, texts: tuple[str, ...], text: str, begin: int) -> None:
    """Add where tokens begin, up to an index. Only white space stands between them: each is found at its own place."""
    at = starts[-1] + len(texts[len(starts) - 1]) if starts else begin
    find = text.index
    for word in texts[len(starts) : index + 1]:
        at = find(word, at)
        starts.append(at)
        at += len(word)


def view(text: str, start: int, end: int) -> WordView:
    """The view of one block of a cleaned text."""
    block = tokens(text[start:end])
    columns = zip(*block, strict=True) if block else iter([()] * len(Token._fields))
    texts, kinds, lowered, codes, opens, heads, _, shouted, names, breaks = columns
    words = WordView(
        text,
        start,
        len(block),
        block,
        texts,
        kinds,
        list(texts),
        list(lowered),
        codes,
        [False] * len(block),
        _sentence_starts(kinds, breaks),
        opens,
        heads,
        names,
    )
    # Lone letters, `I` that opens a sentence among them, make no run of capitals.
    if True in shouted and max(map(len, compress(texts, shouted))) > 1:
        words.caps = _capital_runs(block, shouted)
        _lower_capitals(words)
    return words


def runs(words: WordView) -> Iterator[tuple[int, int]]:
    """Stretches of tokens that may hold a name: capitalised words, initials, particles between them.

    Must not yield a lone ordinary word at a sentence start, nor a lone acronym.
    """
    end, size = 0, words.size
    capital, heads, names = words.capital, words.heads, words.names
    for index in compress(count(), heads):
        if index < end or not (capital[index] or _opens(words, index)):
            continue
        end = index + 1
        if end < size and heads[end]:
            while end < min(size, index + _LONGEST_RUN) and _continues(words, end):
                end += 1
            while end > index + 1 and not capital[end - 1]:
                end -= 1
            if True in names[index:end]:
                yield index, end
        elif names[index]:
            yield index, end


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
    codes, capital = list(words.codes), list(words.capital)
    heads, names = list(words.heads), list(words.names)
    for index in compress(count(), words.caps):
        form = normal_case(words.forms[index])
        lower = form.lower()
        if index and capital[index - 1] and lower in particles:
            form = lower
        code, opens = listed(form, words.kinds[index])
        words.forms[index], words.lowered[index], codes[index] = form, lower, code
        capital[index], heads[index] = opens, opens or code == "P"
        names[index] = may_name(words.kinds[index], code)
    words.codes, words.capital, words.heads, words.names = codes, capital, heads, names


def _capital_runs(block: list[Token], shouted_words: tuple[bool, ...]) -> list[bool]:
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


def _sentence_starts(kinds: tuple[str, ...], breaks: tuple[bool, ...]) -> list[bool]:
    """Whether each token opens a sentence, a line or an item; marks that stand before its first word do too."""
    starts, size = [False] * len(kinds), len(kinds)
    for index in chain((0,), compress(count(1), breaks)):
        while index < size:
            starts[index] = True
            if breaks[index] or kinds[index] != "mark":
                break
            index += 1
    return starts


def _opens(words: WordView, index: int) -> bool:
    following = index + 1
    while following < words.size and following < index + 3 and words.codes[following] == "P":
        following += 1
    return following < words.size and words.capital[following] and words.kinds[following] == "word"


def _continues(words: WordView, index: int) -> bool:
    if words.capital[index]:
        return True
    if words.codes[index] != "P":
        return False
    for following in (index + 1, index + 2):
        if following >= words.size:
            return False
        if words.capital[following]:
            return True
        if words.codes[following] != "P":
            return False
    return False


def word_at(words: WordView, index: int) -> str:
    """The word at a place in lower case; empty outside the block."""
    return words.lowered[index] if 0 <= index < words.size else ""
