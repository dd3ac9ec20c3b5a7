"""Where names stand in a block: the model's spans, added to by what the lists know."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.evidence import may_be_somebody
from harvester.parsers.people.lexicon import in_list
from harvester.parsers.people.lone_names import close_to, lone_minister, strange_given
from harvester.parsers.people.mending import (
    GIVEN_LETTERS,
    SURNAME_LETTERS,
    NameSpan,
    bare_initial,
    credited,
    is_acronym,
    is_full_name,
    mended,
    word_as_surname,
)
from harvester.parsers.people.names import KIN, SAYS
from harvester.parsers.people.role_phrases import role_at, role_before
from harvester.parsers.people.tagger import tag
from harvester.parsers.people.town_lines import without_towns
from harvester.parsers.people.vetoes import ORDINARY_ENDINGS, is_no_person
from harvester.parsers.people.wordview import WordView, runs, word_at


def name_spans(words: WordView, text: str, page: bool = False) -> list[NameSpan]:
    """The names of a block, in order, not overlapping; a `page` has other blocks, which name people in full."""
    found: list[NameSpan] = []
    for start, end in runs(words):
        if page and end - start == 1 and not may_be_somebody(words, start):
            continue
        if is_full_name(words, start, end):
            # Neither word is asked further, nor has the pair ends to mend.
            listed = lex.GIVEN in words.codes[start]
            if not is_no_person(words, start, end, text, listed=listed):
                found.append(NameSpan(start, end, "lists"))
            continue
        if _listed_name(words, start, end) == end:
            # The lists know the whole stretch; whatever the model said, that would stand.
            spans = [NameSpan(start, end, "lists")]
        else:
            spans = _tagged(words, start, end)
            if not spans or spans[-1].end != end:
                spans += _joined(words, end, spans[-1] if spans else found[-1] if found else None)
        for span in spans:
            whole = mended(words, span, start, end)
            if whole and not is_no_person(words, whole.start, whole.end, text):
                found.append(whole)
    return without_towns(words, _apart(found)) if len(found) > 1 else found


def _tagged(words: WordView, start: int, end: int) -> list[NameSpan]:
    """What the model takes for names in a run, in order; where it sees none, what lists, verbs or roles make one."""
    spans = [NameSpan(a, b, "model") for a, b in tag(words, start, end)]
    if end - start > 1:
        spans = _with_listed(words, start, end, spans)
    if spans:
        return spans
    if _lone_listed(words, start, end):
        return [NameSpan(end - 1, end, "lists")]
    if strange_given(words, start, end):
        return [NameSpan(start, end, "lists")]
    if end - start == 1 and close_to(words, start) and not words.codes[start].strip("xdSe"):
        return [NameSpan(start, end, "lists")]
    if lone_minister(words, end - 1):
        return [NameSpan(end - 1, end, "lists")]
    if _lone_speaker(words, start, end):
        return [NameSpan(start, end, "speaks")]
    office = _in_office(words, start, end)
    if not office and _capital_heading(words, start, end):
        return [NameSpan(start, end, "heading")]
    return office


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
    if end - start == 1 and in_list(code, GIVEN_LETTERS) and word_at(words, start - 1) in KIN:
        return True
    if end - start == 2 and words.first[start] and _only_ordinary(words, start):
        start += 1
        code = words.codes[start].rstrip(lex.GENITIVE)
    if end - start != 1 or words.caps[start]:
        return False
    if code in _ALSO_A_WORD:
        return not words.first[start] or word_at(words, end) in lex.lexicon().verbs
    return code in _ONLY_NAME


def _lone_speaker(words: WordView, start: int, end: int) -> bool:
    """`…”, säger Vonn`: a stranger's single name after a verb of saying."""
    code = words.codes[start]
    if end - start != 1 or words.caps[start] or code.strip("xdSe") or is_acronym(words, start):
        return False
    form = words.forms[start]
    if form.endswith(ORDINARY_ENDINGS) or len(form) < 3:
        return False
    before = word_at(words, start - 1)
    after = word_at(words, end)
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
    return before in SAYS and closes


def _in_office(words: WordView, start: int, end: int) -> list[NameSpan]:
    """Two or three strangers whom a role stands right before, or behind a comma or bracket: `, Ebbamaj Brågren, jurist`.

    What owns the role or person (`Exempeldagarnas`, a town in the genitive) and the role itself stand outside.
    """
    first = start
    while first < end and (
        in_list(words.codes[first], lex.ORGANISATION + "r")
        and not in_list(words.codes[first], GIVEN_LETTERS)
    ):
        first += 1
    if not 2 <= end - first <= 3 or any(words.kinds[i] != "word" for i in range(first, end)):
        return []
    if any(in_list(words.codes[i], "pcro") or is_acronym(words, i) for i in range(first, end)):
        return []
    owned = first > start and in_list(words.codes[first], GIVEN_LETTERS)
    behind = end + 1 if end < words.size and words.texts[end] in {",", "("} else None
    told = behind is not None and role_at(words, behind) is not None
    if owned or told or role_before(words, first):
        return [NameSpan(first, end, "speaks" if told else "lists")]
    return []


def _joined(words: WordView, end: int, last: NameSpan | None) -> list[NameSpan]:
    """Two strangers after a full name and `och`, to the run's end: `Anna Ek och Piet Vandenbroek`, `… Doan Van Linh`."""
    if last is None or len(last) < 2 or end - last.end not in {3, 4}:
        return []
    if words.lowered[last.end] not in {"och", "samt", "&"}:
        return []
    pair = range(last.end + 1, end)
    if len(pair) == 3 and words.forms[pair[1]].lower() not in lex.lexicon().particles:
        return []
    strange = all(
        words.kinds[i] == "word"
        and (words.capital[i] or words.codes[i] == "P")
        and not words.codes[i].strip("GgsSedP")
        and not is_acronym(words, i)
        for i in pair
    )
    return [NameSpan(pair[0], end, "lists")] if strange else []


def _capital_heading(words: WordView, start: int, end: int) -> bool:
    """A line of its own in capitals, of an unknown word or two and what is built as a surname."""
    if not (
        2 <= end - start <= 3 and all(words.caps[start:end]) and _own_line(words, start, end - 1)
    ):
        return False
    *front, last = words.codes[start:end]
    if any(code not in {"", *_ONLY_NAME} for code in front):
        return False
    return in_list(last, SURNAME_LETTERS + lex.SURNAME_ENDING) and not in_list(last, "pcor")


def _only_ordinary(words: WordView, index: int) -> bool:
    """Whether a word that opens a sentence is listed as ordinary and as no name: `Hälsar Birgitta`."""
    return words.codes[index] in {"c", "cr", "Sc"}


def _listed_name(words: WordView, index: int, end: int) -> int | None:
    """End of `given (given | initial | particle)* surname+` at a token; None where there is none."""
    code = words.codes[index]
    if not in_list(code, GIVEN_LETTERS) or lex.GENITIVE in code:
        return None
    position = index + 1
    while position < end and _middle(words, position) and position + 1 < end:
        position += 1
    if position >= end or not _may_close(words, index, position):
        return None
    position += 1
    while position < end:
        if words.codes[position] == "P" and words.texts[position].islower() and position + 1 < end:
            # `Beatrice Nordahl von Essen`
            position += 2
        elif (
            in_list(words.codes[position], SURNAME_LETTERS)
            and lex.COMMON not in words.codes[position]
        ):
            position += 1
        else:
            break
    return end if position == end - 1 and _whole_line(words, index, end) else position


#: Codes of a word that may end a name on a line of its own: unlisted, built as a surname, a given name.
_STRANGERS = frozenset({"", lex.SURNAME_ENDING, lex.GIVEN, lex.GIVEN_WORD})


def _whole_line(words: WordView, start: int, end: int) -> bool:
    """`IHAB HOLMGREN SPJUTÅS, REKTOR`: whether a stranger ends what is a line of its own, or its first part."""
    if words.codes[end - 1] not in _STRANGERS or words.kinds[end - 1] != "word":
        return False
    if is_acronym(words, end - 1) or len(words.texts[end - 1]) < 3:
        return False
    if not words.caps[start] and lex.is_town(words.forms[end - 1]):
        return False
    return end - start == 3 and _own_line(words, start, end - 1)


def _may_close(words: WordView, given: int, last: int) -> bool:
    """Whether a word may end the name that a listed given name begins: surer names bear stranger company."""
    code, closing = words.codes[given], words.codes[last]
    token = words.tokens[last]
    if token.kind != "word" or (token.text.isupper() and not words.caps[last]):
        return False
    doubtful = lex.GIVEN_WORD in code or lex.PLACE in code
    if in_list(closing, lex.SURNAME + lex.COMPOUND_SURNAME):
        return lex.SURNAME_WORD not in closing
    sure = code in _ONLY_NAME or (code in _ALSO_A_WORD and role_before(words, given) is not None)
    if not sure and in_list(closing, lex.PLACE + lex.SURNAME_WORD):
        behind = last + 1 + (word_at(words, last + 1) in {",", "(", "\n", "–", "|"})
        labelled = word_at(words, given - 1) == ":" and role_before(words, given - 1) is not None
        sure = labelled or role_at(words, behind) is not None
    if lex.PLACE in closing and (sure or _acts(words, last + 1)) and not words.caps[last]:
        # `Tomas Tranemo`: a town right behind a given name is a surname.
        return lex.GENITIVE not in closing and not closing.strip("pd")
    if lex.SURNAME_WORD in closing and sure and not words.first[last]:
        # `Bengt Kall`, `LINNÉA STOR`
        return lex.ORGANISATION not in closing and (
            not words.caps[last] or _own_line(words, given, last)
        )
    if word_as_surname(words, last, given):
        return True
    if in_list(closing, "pcro"):
        return False
    if words.caps[last]:
        return _own_line(words, given, last)
    if lex.SURNAME_ENDING in closing:
        opens = words.first[given] and not credited(words, given)
        return not (opens and in_list(code, lex.COMMON + lex.PLACE))
    if lex.SURNAME_WORD in closing:
        return not doubtful
    if in_list(code, "cpo") and words.first[given] and not credited(words, given):
        return False
    return closing == "" and len(token.text) > 2 and not token.text.endswith(ORDINARY_ENDINGS)


def _acts(words: WordView, index: int) -> bool:
    """`Malte Borgholm reser`: a verb behind a name that might be two other words."""
    word = word_at(words, index)
    return word in lex.lexicon().verbs or (
        len(word) > 4 and word.endswith(("er", "ar", "de", "te"))
    )


def _own_line(words: WordView, start: int, last: int) -> bool:
    """Whether a stretch in capitals is a heading of its own, or its first part before a comma."""
    opens = start == 0 or words.kinds[start - 1] == "line"
    closes = last + 1 >= words.size or words.texts[last + 1] in {"\n", ",", ":", "–", "(", "|"}
    return opens and closes and last - start < 4


def _middle(words: WordView, index: int) -> bool:
    code = words.codes[index]
    if code == "P" or words.kinds[index] == "initial" or bare_initial(words, index):
        return True
    return in_list(code, GIVEN_LETTERS) and not in_list(code, SURNAME_LETTERS)


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
