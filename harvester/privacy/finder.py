"""Finding names that are known by their hashed forms: in running text and in addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from harvester.privacy.forms import MOST_WORDS, FormKind, head_hash, whole_hash
from harvester.privacy.words import Word, words_of

#: What stands for each redacted letter: equal length keeps every other offset true.
MASK = "█"
#: Longer stretches between two words part them: no name crosses.
_WIDEST_GAP = 4


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name in a text: its words there, the name's parts as folded words, the surname among them."""

    words: tuple[Word, ...]
    parts: frozenset[str]
    surname: frozenset[str]


class NameFinder:
    """Finds the names behind hashed forms. Time is linear in the text."""

    def __init__(self, forms: Collection[str], key: bytes) -> None:
        self._key = key
        self._forms = frozenset(forms)
        self._by_head: dict[str, dict[int, list[tuple[str, FormKind]]]] = defaultdict(dict)
        for form in forms:
            shape, head, whole = form.split(".")
            kind, length = FormKind(shape[0]), int(shape[1:])
            self._by_head[head].setdefault(length, []).append((whole, kind))
        self._heads: dict[str, str] = {}  # by word: texts repeat themselves

    def __bool__(self) -> bool:
        return bool(self._forms)

    def with_forms(self, forms: Collection[str]) -> NameFinder:
        """A finder of these names as well."""
        return (
            self
            if self._forms.issuperset(forms)
            else NameFinder(self._forms | set(forms), self._key)
        )

    def matches(self, text: str) -> list[NameMatch]:
        """The names in a running text, by place; they may overlap."""
        return list(self._found(text, words_of(text), strict=True)) if self._forms else []

    def in_address(self, address: str) -> NameMatch | None:
        """The first name an address holds, percent-encoded or as a slug; None where it holds none."""
        if not self._forms:
            return None
        plain = unquote(address)
        return next(self._found(plain, words_of(plain), strict=False), None)

    def matches_in_address(self, address: str) -> list[NameMatch]:
        """All names in an address, or in markup that holds addresses, whose encoding is undone."""
        return list(self._found(address, words_of(address), strict=False)) if self._forms else []

    def mask(self, text: str) -> str:
        """The text with every name's letters masked, at equal length."""
        return masked(text, (w for match in self.matches(text) for w in match.words))

    def _found(self, text: str, words: Sequence[Word], *, strict: bool) -> Iterator[NameMatch]:
        for n, word in enumerate(words):
            for head in _spellings(word.folded):
                lengths = self._by_head.get(self._head(head))
                if lengths:
                    yield from self._from(text, words, n, head, lengths, strict=strict)

    def _from(
        self,
        text: str,
        words: Sequence[Word],
        n: int,
        head: str,
        lengths: dict[int, list[tuple[str, FormKind]]],
        *,
        strict: bool,
    ) -> Iterator[NameMatch]:
        run = _run(text, words, n)
        # An initial between the names is no other person's: `Ylva M. Sternbrink`.
        without_initials = [run[0], *(w for w in run[1:] if len(w.folded) > 1)]
        for sequence in (run,) if len(without_initials) == len(run) else (run, without_initials):
            for length, forms in lengths.items():
                if length > len(sequence):
                    continue
                found = sequence[:length]
                for last in _spellings(found[-1].folded) if length > 1 else (head,):
                    folded = (head, *(w.folded for w in found[1:-1]), last)[-length:]
                    whole = whole_hash(folded, self._key)
                    for form, kind in forms:
                        if form == whole and not (
                            strict and _is_anothers(text, words, n, found, kind)
                        ):
                            yield NameMatch(tuple(found), frozenset(folded), _surname(kind, folded))

    def _head(self, word: str) -> str:
        known = self._heads.get(word)
        if known is None:
            known = self._heads[word] = head_hash(word, self._key)
        return known


def masked(text: str, words: Iterable[Word]) -> str:
    """The text with the letters of some of its words masked."""
    spans = sorted({(w.start, w.end) for w in words})
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        if start >= done:
            pieces += (text[done:start], MASK * (end - start))
            done = end
    return "".join((*pieces, text[done:])) if pieces else text


def _run(text: str, words: Sequence[Word], n: int) -> list[Word]:
    """The words from the n-th on that stand near enough to each other to be one name."""
    run = [words[n]]
    for word in words[n + 1 : n + MOST_WORDS + 2]:
        if word.start - run[-1].end > _WIDEST_GAP:
            break
        run.append(word)
    return run


def _spellings(word: str) -> tuple[str, ...]:
    """A word as it stands, and without a genitive -s."""
    return (word, word[:-1]) if len(word) > 3 and word.endswith("s") else (word,)


def _surname(kind: FormKind, folded: tuple[str, ...]) -> frozenset[str]:
    if kind is FormKind.JOINED:
        return frozenset(folded)
    return frozenset((folded[-1],) if kind is FormKind.FORWARD else (folded[0],))


def _is_anothers(
    text: str, words: Sequence[Word], n: int, found: Sequence[Word], kind: FormKind
) -> bool:
    """True where capitalised neighbours make the words parts of other names.

    `Anna Berg-Lind` is not Anna Berg, and `Erik Berg, Anna Lind` does not name `Berg, Anna`.
    """
    first, last = found[0], found[-1]
    after = next((w for w in words[n : n + 2 * MOST_WORDS + 2] if w.start >= last.end), None)
    behind = text[last.end : after.start] if after is not None and after.capital else None
    if first.capital and last.capital and behind == "-":
        return True
    if kind is not FormKind.REVERSED or not first.capital:
        return False
    before = words[n - 1] if n else None
    ahead = text[before.end : first.start] if before is not None and before.capital else None
    return ahead == " " or (behind == " " and text[first.end : last.start].strip() == ",")
