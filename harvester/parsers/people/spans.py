"""Where names stand in a block: the model's spans, mended and added to by what the lists know."""

from __future__ import annotations

from dataclasses import dataclass, replace

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.names import HONORIFICS
from harvester.parsers.people.tagger import tag
from harvester.parsers.people.vetoes import ORDINARY_ENDINGS, in_credit, is_no_person
from harvester.parsers.people.wordview import WordView, runs

_GIVEN = (lex.GIVEN, lex.GIVEN_WORD)
_SURNAME = (lex.SURNAME, lex.SURNAME_WORD, lex.COMPOUND_SURNAME)


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Tokens `start` to `end` of a block that name a person, and the rule that says so."""

    start: int
    end: int
    rule: str

    def __len__(self) -> int:
        return self.end - self.start


def name_spans(words: WordView, text: str) -> list[NameSpan]:
    """The names of a block, in order, not overlapping."""
    found: list[NameSpan] = []
    for start, end in runs(words):
        spans = [NameSpan(a, b, "model") for a, b in tag(words, start, end)]
        spans = _with_listed(words, start, end, spans)
        if not spans and _lone_listed(words, start, end):
            spans = [NameSpan(end - 1, end, "lists")]
        if not spans and _lone_speaker(words, start, end):
            spans = [NameSpan(start, end, "speaks")]
        if not spans and _capital_heading(words, start, end):
            spans = [NameSpan(start, end, "heading")]
        for span in spans:
            mended = _mended(words, span, start, end)
            if mended and not is_no_person(words, mended.start, mended.end, text):
                found.append(mended)
    return _apart(found)


def in_list(code: str, letters: tuple[str, ...]) -> bool:
    """Whether a word's code has one of the letters."""
    return any(letter in code for letter in letters)


def _with_listed(words: WordView, start: int, end: int, spans: list[NameSpan]) -> list[NameSpan]:
    """The model's spans and, where it saw none or less, a listed given name with a surname after it."""
    index = start
    while index < end - 1:
        stop = _listed_name(words, index, end)
        if stop and all(
            index <= s.start and s.end <= stop for s in spans if s.start < stop and index < s.end
        ):
            spans = [s for s in spans if s.end <= index or stop <= s.start]
            spans.append(NameSpan(index, stop, "lists"))
        index = stop or index + 1
    return sorted(spans, key=lambda s: s.start)


#: Codes of a word that is a name and, by the lists, nothing else: alone it is one nine times in ten.
_ONLY_NAME = frozenset({"g", "s", "gs"})
#: Codes of a given name that is also a word: with a capital inside a sentence it is the name.
_ALSO_A_WORD = frozenset({"G", "Gs", "GS", "gS"})


def _lone_listed(words: WordView, start: int, end: int) -> bool:
    code = words.codes[start].rstrip(lex.GENITIVE)
    if end - start == 2 and words.first[start] and _only_ordinary(words, start):
        start += 1
        code = words.codes[start].rstrip(lex.GENITIVE)
    if end - start != 1 or words.caps[start]:
        return False
    return code in _ONLY_NAME or (code in _ALSO_A_WORD and not words.first[start])


#: Verbs of saying and meaning, less those that newspapers and authorities do too (skriver, uppger).
_SAYS = frozenset(
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


def _lone_speaker(words: WordView, start: int, end: int) -> bool:
    """`…”, säger Vonn`: a stranger's single name after a verb of saying."""
    code = words.codes[start]
    if end - start != 1 or words.caps[start] or code.strip("xdS") or _acronym(words, start):
        return False
    form = words.forms[start]
    if form.endswith(ORDINARY_ENDINGS) or len(form) < 3:
        return False
    before = words.forms[start - 1].lower() if start else ""
    after = words.forms[end].lower() if end < len(words) else ""
    closes = after[:1] in {"", ".", ",", "\n"} or after in {
        "och",
        "till",
        "i",
        "på",
        "om",
        "efter",
        "att",
        "också",
    }
    return before in _SAYS and closes


def _capital_heading(words: WordView, start: int, end: int) -> bool:
    """A line of its own in capitals, of an unknown word or two and what is built as a surname."""
    if not (
        2 <= end - start <= 3 and all(words.caps[start:end]) and _own_line(words, start, end - 1)
    ):
        return False
    *front, last = words.codes[start:end]
    if any(code not in {"", *_ONLY_NAME} for code in front):
        return False
    return in_list(last, (*_SURNAME, lex.SURNAME_ENDING)) and not in_list(
        last, ("p", "c", "o", "r")
    )


def _only_ordinary(words: WordView, index: int) -> bool:
    """Whether a word that opens a sentence is listed as ordinary and as no name: `Hälsar Birgitta`."""
    return words.codes[index] in {"c", "cr", "Sc"}


def _listed_name(words: WordView, index: int, end: int) -> int | None:
    """End of `given (given | initial | particle)* surname+` at a token; None where there is none."""
    code = words.codes[index]
    if not in_list(code, _GIVEN) or lex.GENITIVE in code:
        return None
    position = index + 1
    while position < end and _middle(words, position) and position + 1 < end:
        position += 1
    if position >= end or not _may_close(words, index, position):
        return None
    position += 1
    while (
        position < end
        and in_list(words.codes[position], _SURNAME)
        and lex.COMMON not in words.codes[position]
    ):
        position += 1
    return position


def _may_close(words: WordView, given: int, last: int) -> bool:
    """Whether a word may end the name that a listed given name begins: surer names bear stranger company."""
    code, closing = words.codes[given], words.codes[last]
    token = words.tokens[last]
    if token.kind != "word" or (token.text.isupper() and not words.caps[last]):
        return False
    doubtful = lex.GIVEN_WORD in code or lex.PLACE in code
    if in_list(closing, (lex.SURNAME, lex.COMPOUND_SURNAME)):
        return lex.SURNAME_WORD not in closing
    if in_list(closing, ("p", "c", "r", "o")):
        return False
    if words.caps[last]:
        return _own_line(words, given, last)
    if lex.SURNAME_ENDING in closing:
        return not (words.first[given] and in_list(code, (lex.COMMON, lex.PLACE)))
    if lex.SURNAME_WORD in closing:
        return not doubtful
    if in_list(code, ("c", "p", "o")) and words.first[given]:
        return False
    return closing == "" and len(token.text) > 2 and not token.text.endswith(ORDINARY_ENDINGS)


def _own_line(words: WordView, start: int, last: int) -> bool:
    """Whether a stretch in capitals is a heading of its own, or its first part before a comma."""
    opens = start == 0 or words.tokens[start - 1].kind == "line"
    closes = last + 1 >= len(words) or words.tokens[last + 1].text in {"\n", ","}
    return opens and closes and last - start < 4


def _middle(words: WordView, index: int) -> bool:
    code = words.codes[index]
    if code == "P" or words.tokens[index].kind == "initial" or _bare_initial(words, index):
        return True
    return in_list(code, _GIVEN) and not in_list(code, _SURNAME)


def _mended(words: WordView, span: NameSpan, low: int, high: int) -> NameSpan | None:
    """A span without words that are no name, and with those of the same name the model left out."""
    start, end = span.start, span.end
    start, end = _grown(words, start, end, low, high)
    while end - start > 2 and _acronym(words, start) and _acronym(words, start + 1):
        start += 1
    if end - start > 1 and _acronym(words, start):
        if not in_list(words.codes[start + 1], _GIVEN):
            return None
        start += 1
    while start < end and _no_opening(words, start, end):
        start += 1
    while start < end and _no_ending(words, end - 1, start):
        end -= 1
    for index in range(start + 1, end):
        if words.tokens[index].kind == "word" and _breaks(words, index):
            end = index
            break
    if end - start > 2 and end < len(words) and in_credit(words, start):
        # `Rebecka Ek Norrsken Bildbyrå`: given name and surname, then the firm.
        end = start + 2 if lex.is_organisation_word(words.forms[end]) else end
    return replace(span, start=start, end=end) if start < end else None


def _grown(words: WordView, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    while start > low and _belongs_before(words, start):
        start -= 1
    while end < high and _belongs_after(words, end):
        end += 1
    return start, end


def _belongs_before(words: WordView, start: int) -> bool:
    code = words.codes[start - 1]
    if words.tokens[start - 1].kind == "initial" or _bare_initial(words, start - 1):
        return True
    if _ordinal(words, start):
        return in_list(code, _GIVEN)
    if code == "P":
        return (start >= 2 and words.forms[start - 2][0].isupper()) or words.tokens[
            start
        ].kind == "word"
    if lex.GENITIVE in code or in_list(code, ("p", "c", "r", "o")):
        return False
    follows = in_list(words.codes[start], (*_GIVEN, *_SURNAME))
    return lex.GIVEN in code or (lex.GIVEN_WORD in code and follows)


def _belongs_after(words: WordView, end: int) -> bool:
    code = words.codes[end]
    previous = words.codes[end - 1]
    if lex.GENITIVE in previous and not in_list(previous, _GIVEN):
        return False
    if code == "P":
        return end + 1 < len(words) and in_list(words.codes[end + 1], (*_SURNAME, *_GIVEN))
    if lex.SURNAME_WORD in code and lex.ORGANISATION in code:
        return True
    if _ordinal(words, end):
        return in_list(previous, _GIVEN)
    if _ordinal(words, end - 1):
        return in_list(code, _GIVEN)
    return in_list(code, _SURNAME) and not in_list(code, ("p", "c", "r", "o"))


def _no_opening(words: WordView, index: int, end: int) -> bool:
    token, code = words.tokens[index], words.codes[index]
    if token.kind == "initial":
        return False
    if words.forms[index].lower() in HONORIFICS:
        return True
    if code == "P":
        return words.first[index] and words.tokens[index].capital
    if _acronym(words, index) and end - index > 2:
        return True
    if token.text in _LETTERS_THAT_ARE_WORDS and end - index > 1:
        return True
    if end - index > 2 and _glued_before(words, index):
        return True
    if lex.COMMON in code and words.first[index] and words.codes[index + 1 : index + 2] == ["P"]:
        return True
    if not in_list(code, (*_GIVEN, *_SURNAME)) and in_list(code, ("c", "r", "o")):
        return True
    if code == "" and words.first[index] and token.text.endswith(ORDINARY_ENDINGS):
        return True
    if lex.COMMON in code and words.first[index] and end - index > 2:
        return not in_list(code, _GIVEN) or (
            lex.GIVEN_WORD in words.codes[index] and in_list(words.codes[index + 1], _GIVEN)
        )
    return end - index > 2 and lex.PLACE in code and not in_list(code, _GIVEN)


#: Single letters that are words of their own: the preposition and two nouns.
_LETTERS_THAT_ARE_WORDS = frozenset("IÅÖS")
#: Ends of nouns that tell what the person after them is: målvakten, Texasbon, pristagare, nioårige.
_TELLS_WHAT = ("an", "en", "are", "bon", "ige", "iga", "aste")


def _glued_before(words: WordView, index: int) -> bool:
    """Whether a full name begins after this word, which only says whose or what the person is."""
    code, form = words.codes[index], words.forms[index]
    if words.codes[index + 1].rstrip(lex.SURNAME) not in {"g", "ge", "gd"} or in_list(code, _GIVEN):
        return False
    if code == "" and form.endswith(_TELLS_WHAT):
        return len(form) > 9 or (words.first[index] and len(form) > 4)
    return form.endswith("s") and not in_list(code, _SURNAME) and (lex.PLACE in code or code == "")


def _no_ending(words: WordView, index: int, start: int) -> bool:
    token, code = words.tokens[index], words.codes[index]
    if token.kind != "word" or code == "P":
        return True
    name_like = in_list(code, (*_GIVEN, *_SURNAME))
    if token.text in {"I", "A", "På", "Vid", "Om"}:
        return True
    if _acronym(words, index):
        return index > start
    if code == lex.PLACE and words.forms[index - 1].endswith("s") and index - start > 1:
        return True
    return index > start and not name_like and in_list(code, ("c", "r"))


def _breaks(words: WordView, index: int) -> bool:
    """Whether the word cannot stand inside a name: a lower-case noun, an acronym, a phrase's start."""
    code = words.codes[index]
    if _acronym(words, index):
        return True
    if words.caps[index] != words.caps[index - 1] and len(words.tokens[index - 1].text) > 1:
        return words.codes[index] != "P" and words.tokens[index - 1].kind == "word"
    if lex.GENITIVE in words.codes[index - 1] and in_list(words.codes[index - 1], _SURNAME):
        return not in_list(code, (*_GIVEN, *_SURNAME, lex.SURNAME_ENDING))
    return in_list(code, ("c", "r")) and not in_list(code, (*_GIVEN, *_SURNAME))


def _bare_initial(words: WordView, index: int) -> bool:
    """An initial without its stop: Lars E O Svensson."""
    text = words.tokens[index].text
    return len(text) == 1 and text.isupper() and text not in _LETTERS_THAT_ARE_WORDS


def _ordinal(words: WordView, index: int) -> bool:
    """A Roman number of two letters or more: Karl XII, Elizabeth II."""
    text = words.tokens[index].text
    return len(text) > 1 and not text.strip("IVX") and not words.caps[index]


def _acronym(words: WordView, index: int) -> bool:
    text = words.tokens[index].text
    if _ordinal(words, index):
        return False
    return (
        text.isupper()
        and len(text) > 1
        and words.tokens[index].kind == "word"
        and not words.caps[index]
    )


def _apart(spans: list[NameSpan]) -> list[NameSpan]:
    """The spans without overlaps: of two the longer stays, of equals the first."""
    kept: list[NameSpan] = []
    for span in sorted(spans, key=lambda s: s.start):
        if kept and span.start < kept[-1].end:
            if len(span) > len(kept[-1]):
                kept[-1] = span
            continue
        kept.append(span)
    return kept
