"""Who is meant: full names of a page, and the short mentions that fit one of them."""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.mending import NameSpan
from harvester.parsers.people.names import drop_genitive, normalise_name
from harvester.parsers.people.wordview import WordView, heads, word_at

#: Ends of finite verbs; a capitalised ordinary word with one after it acts, so it is a name.
_VERB_ENDINGS = ("ade", "ar", "er", "te", "de", "nde")

#: Words that open what somebody tells of.
_ASKS = frozenset({"att", "hur", "när", "vad", "varför", "vem", "vilka", "var"})

#: A word without a capital: what is also a name may be an ordinary word on this page.
_LOWER_WORD = re.compile(r"(?<![^\W\d_])[a-zåäöéü]{2,20}(?![^\W\d_])")


class LowerWords:
    """The words that stand in a text without a capital; it is searched when first asked, which few texts are."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: frozenset[str] | None = None

    def __contains__(self, word: str) -> bool:
        if self._words is None:
            self._words = frozenset(_LOWER_WORD.findall(self._text))
        return word in self._words


@dataclass(slots=True)
class Bearer:
    """One person of the page: the fullest name, word by word."""

    words: tuple[str, ...]
    from_capitals: bool

    @property
    def name(self) -> str:
        return " ".join(self.words)

    def spell(self, last: tuple[str, ...]) -> None:
        """Write the last words of a name that is known from capitals only as body text has them: `El Khatib`."""
        same = [w.casefold() for w in last] == [w.casefold() for w in self.words[-len(last) :]]
        if self.from_capitals and same:
            self.words = (*self.words[: -len(last)], *last)


@dataclass(slots=True)
class Bearers:
    """The people of a page, and what each short form may mean.

    `first_words` has the key of every word with which a form begins, and how many words the longest such form has.
    """

    people: list[Bearer] = field(default_factory=list)
    _by_key: dict[str, int] = field(default_factory=dict)
    _by_ends: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    _short: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    first_words: dict[str, int] = field(default_factory=dict)

    def add(self, name_words: tuple[str, ...], from_capitals: bool) -> int:
        """The number of the person with this full name; a fuller spelling of a known one replaces it."""
        keys, key, short_forms, first_words = _keys(name_words)
        known = self._by_key.get(key)
        if known is not None and self.people[known].words == name_words:
            self.people[known].from_capitals &= from_capitals
            return known
        if known is None and len(self._short.get(key, ())) == 1:
            # Part of a fuller name that was added before: `Cifuentes Vidal`, `Silje Marie`.
            known = next(iter(self._short[key]))
            if not from_capitals:
                self.people[known].spell(name_words)
            return known
        if known is None:
            known = self._same_ends(keys)
        if known is None:
            known = len(self.people)
            self.people.append(Bearer(name_words, from_capitals))
            self._by_ends[keys[0], keys[-1]].append(known)
        self._by_key[key] = known
        person = self.people[known]
        if len(name_words) > len(person.words) or (
            len(name_words) == len(person.words) and person.from_capitals and not from_capitals
        ):
            person.words, person.from_capitals = name_words, from_capitals
        for short in short_forms:
            self._short[short].add(known)
        longest = self.first_words.get
        for word, length in first_words:
            if longest(word, 0) < length:
                self.first_words[word] = length
        return known

    def named(self, name_words: list[str]) -> int | None:
        """The number of the person whose full name these words are, as it was added."""
        return self._by_key.get(normalise_name(" ".join(name_words)))

    def find(self, name_words: tuple[str, ...]) -> set[int]:
        """Everybody these words may mean, the genitive tried last."""
        key = normalise_name(" ".join(name_words))
        if key in self._by_key:
            return {self._by_key[key]}
        if key in self._short:
            return self._short[key]
        if key.endswith("s"):
            bare = key[:-1].removesuffix("'")
            if bare in self._by_key:
                return {self._by_key[bare]}
            return self._short.get(bare, set())
        return set()

    def longest(self, word: str) -> int:
        """How many words the longest form has that begins with this word; 0 where none does."""
        key = normalise_name(word)
        longest = self.first_words.get(key, 0)
        return max(longest, self.first_words.get(key[:-1], 0)) if key[-1:] == "s" else longest

    def _same_ends(self, keys: tuple[str, ...]) -> int | None:
        """Somebody with the same first and last word, whose middle words hold these or are held by them."""
        alike = self._by_ends.get((keys[0], keys[-1]))
        if not alike:
            return None
        middle = set(keys[1:-1])
        for number in alike:
            other = {normalise_name(w) for w in self.people[number].words[1:-1]}
            if middle <= other or other <= middle:
                return number
        return None


def name_words(words: WordView, start: int, end: int) -> tuple[str, ...]:
    """The words of a span in normal case, the genitive dropped from the last where that is sure."""
    forms = words.forms[start:end]
    if end - start > 2 and True in words.caps[start:end]:
        particles = lex.lexicon().particles
        for index in range(1, len(forms) - 1):
            lower = forms[index].lower()
            if words.caps[start + index] and lower in particles:
                forms[index] = lower
    if forms[-1][-1] not in "sS":
        return tuple(forms)
    following = words.forms[end] if end < words.size else ""
    if len(forms) > 2 and forms[-2] in {"af", "von"} and not following[:1].isalpha():
        # `af Ugglas,`: nothing owned follows.
        return tuple(forms)
    forms[-1] = drop_genitive(forms[-1], following, alone=end - start == 1)
    return tuple(forms)


def short_spans(
    words: WordView, taken: list[NameSpan], bearers: Bearers, lower_words: LowerWords
) -> list[NameSpan]:
    """Stretches outside the spans already taken that are a known person's name or part of it."""
    found: list[NameSpan] = []
    if not bearers.people:
        return found
    covered = {i for span in taken for i in range(span.start, span.end)}
    forms, first_words = words.forms, bearers.first_words
    for index in heads(words):
        if index in covered:
            continue
        key = normalise_name(forms[index])
        if key not in first_words and not (key[-1:] == "s" and key[:-1] in first_words):
            continue
        end = _match(words, index, covered, bearers)
        if end and _is_name_here(words, index, end, lower_words):
            end += _shortened(words, index, end, bearers)
            found.append(NameSpan(index, end, "short"))
            covered.update(range(index, end))
    return found


def _shortened(words: WordView, start: int, end: int, bearers: Bearers) -> int:
    """1 where the surname's initial follows a given name alone, `Kent-Åke B.`; else 0."""
    if end - start > 1 or end >= words.size or words.kinds[end] != "initial":
        return 0
    (person, *others) = bearers.find((words.forms[start],))
    return int(not others and bearers.people[person].words[-1][0] == words.texts[end][0])


def _match(words: WordView, index: int, covered: set[int], bearers: Bearers) -> int:
    for length in range(min(bearers.longest(words.forms[index]), 6), 0, -1):
        end = index + length
        if end > words.size or any(i in covered for i in range(index, end)):
            continue
        stretch = tuple(words.forms[index:end])
        if not stretch[-1][:1].isupper() and "-" not in stretch[-1]:
            continue
        if bearers.find(stretch):
            return end
    return 0


def _is_name_here(words: WordView, start: int, end: int, lower_words: LowerWords) -> bool:
    """Whether a fitting word is a name where it stands: not an ordinary word, not part of another name."""
    if not start and end == 1 and words.texts[0].isupper() and word_at(words, end) == ".":
        # `NORA. Polisen söker …`: where the news is from.
        return False
    if end < words.size and words.kinds[end] == "word" and words.tokens[end].capital:
        genitive = words.forms[end - 1].endswith("s")
        if not genitive and not words.first[end] and words.codes[end].strip("porcx") != "":
            return False
    if start and words.kinds[start - 1] == "word" and words.tokens[start - 1].capital:
        previous = words.codes[start - 1]
        if end - start == 1 and not words.first[start - 1] and lex.in_list(previous, "gs"):
            return False
    if end - start > 1 or not words.first[start] or "-" in words.forms[start].strip("-"):
        # A double surname is no ordinary word.
        return True
    code = words.codes[start]
    ordinary = lex.in_list(code, "GSc") or words.lowered[start] in lower_words
    if not ordinary:
        return True
    following = word_at(words, end)
    if following == "om" and word_at(words, end + 1) in _ASKS:
        # `Maj om varför hon stannade`: what a film is about.
        return True
    return (
        following == ":"
        or following in lex.lexicon().verbs
        or (
            following.endswith(_VERB_ENDINGS)
            and following not in {"under", "eller", "efter", "mark", "inte"}
        )
    )


@functools.lru_cache(maxsize=2_048)
def _keys(
    name_words: tuple[str, ...],
) -> tuple[tuple[str, ...], str, tuple[str, ...], tuple[tuple[str, int], ...]]:
    """The keys of a name's words, the key of the name, the keys a person may be called by, and their first words.

    Each first word has the number of words of the longest such form.
    """
    keys = tuple(map(normalise_name, name_words))
    size, particles = len(keys), lex.lexicon().particles
    if size == 2 and particles.isdisjoint(keys) and "." not in keys[0] + keys[1]:
        # Nine names in ten: nothing is left out of their forms.
        first, last = keys
        whole = f"{first} {last}"
        return keys, whole, (first, whole, last), ((first, 2), (last, 1))
    forms = [(keys[0], cut, " ".join(keys[:cut])) for cut in range(1, size + 1)]
    forms += [(keys[cut], size - cut, " ".join(keys[cut:])) for cut in range(1, size)]
    kept = [
        form
        for form in forms
        if form[2] not in particles and not (len(form[2]) == 2 and form[2][1] == ".")
    ]
    first_words: dict[str, int] = {}
    for word, length, _ in kept:
        first_words[word] = max(length, first_words.get(word, 0))
    return keys, " ".join(keys), tuple(form[2] for form in kept), tuple(first_words.items())


#: Words before two of a family, of whom the second's surname is the first's too.
_FAMILY = frozenset(
    {"bröderna", "systrarna", "syskonen", "makarna", "paret", "tvillingarna", "kusinerna"}
)


def with_surname(words: WordView, taken: list[NameSpan]) -> Iterator[tuple[str, ...]]:
    """`Bröderna Emil och Anton Forsell`: the first one's full name."""
    for first, second in itertools.pairwise(taken):
        joined = second.start == first.end + 1 and word_at(words, first.end) == "och"
        family = joined and word_at(words, first.start - 1) in _FAMILY
        if len(first) == 1 and len(second) == 2 and family:
            yield (words.forms[first.start], *name_words(words, second.start, second.end)[1:])


def stands_alone(views: Sequence[WordView], surname: str) -> bool:
    """Whether a surname, whose s may be a genitive's, stands on the page without it: `Orden är Leif Kroons. Kroon …`."""
    return any(surname in words.forms for words in views)
