"""Candidates: pairs of people who may be one, for a maintainer to decide.

Three reasons, the first that holds is given: `nickname` (one name but for a listed short form or
spelling), `subset` (one name holds all words of the other), `one_letter` (a letter apart). Pairs
are looked up by what they share, so the work grows with the people and not with their pairs.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator

from harvester.linking.identity import Identity
from harvester.linking.names import NameForm, fits, name_form, within_one_edit
from harvester.linking.scratch import Scratch
from harvester.linking.words import linking_words
from harvester.records import PersonCandidate

#: Letters a name needs before one of them may be a slip.
_LEAST_LETTERS = 8
#: Of names that share a key, each is compared with so many neighbours in alphabetical order.
_NEIGHBOURS = 30
_BATCH = 50_000
#: A name of more words or letters is a list that was read as a name.
_MOST_WORDS = 8
_MOST_LETTERS = 80


def build_candidates(scratch: Scratch, identity: Identity) -> None:
    """Fills the table of candidates, and marks everyone in it as doubtful."""
    for reason, pairs in (
        ("nickname", _short_forms(scratch)),
        ("subset", _subsets(scratch)),
        ("one_letter", _slips(scratch)),
    ):
        for a, b in pairs:
            _propose(scratch, identity, a, b, reason)
    scratch.run("INSERT OR IGNORE INTO doubtful SELECT person_id FROM candidate")
    scratch.run("INSERT OR IGNORE INTO doubtful SELECT other_id FROM candidate")


def candidates(scratch: Scratch) -> Iterator[PersonCandidate]:
    """The candidates, by the ids of the pair."""
    query = "SELECT person_id, other_id, reason FROM candidate ORDER BY person_id, other_id"
    return itertools.starmap(PersonCandidate, scratch.run(query))


def _propose(scratch: Scratch, identity: Identity, a: str, b: str, reason: str) -> None:
    one, other = sorted((identity.canonical(a), identity.canonical(b)))
    if one == other or one in identity.hidden or other in identity.hidden:
        return
    if not identity.are_different(a, b):
        scratch.run("INSERT OR IGNORE INTO candidate VALUES (?, ?, ?)", one, other, reason)


def _short_forms(scratch: Scratch) -> Iterator[tuple[str, str]]:
    """Pairs alike but for a given name and its short form, or a surname and its other spelling."""
    words = linking_words()
    for person, form in _forms(scratch):
        blocks = [f"{g}\x1f{form.surname}" for g in sorted(words.given_names.get(form.given, ()))]
        blocks += [f"{form.given}\x1f{s}" for s in sorted(words.surnames.get(form.surname, ()))]
        for block in blocks:
            for other, name in _in_block(scratch, block):
                theirs = name_form(name)
                if theirs and (
                    fits(form.middles, theirs.middles) or fits(theirs.middles, form.middles)
                ):
                    yield person, other


def _subsets(scratch: Scratch) -> Iterator[tuple[str, str]]:
    """Pairs of which one name has all words of the other, in its order, and more."""
    for person, form in _forms(scratch):
        for shorter in _shortened(form):
            for (other,) in scratch.run(
                "SELECT person_id FROM form WHERE folded = ? ORDER BY person_id LIMIT ?",
                shorter,
                _NEIGHBOURS,
            ):
                yield person, other
        if form.middles:
            # An initial for a middle name, where more than one fits.
            for other, name in _in_block(scratch, form.block):
                theirs = name_form(name)
                if theirs and other != person and fits(theirs.middles, form.middles):
                    yield person, other


def _shortened(form: NameForm) -> list[str]:
    """The name without one of its words or half a hyphened one, and every two of its words."""
    words = form.words
    if len(words) > _MOST_WORDS:
        return []
    shorter: list[tuple[str, ...]] = []
    if len(words) > 2:
        shorter += [words[:n] + words[n + 1 :] for n in range(len(words))]
        shorter += itertools.combinations(words, 2)
    for n, word in enumerate(words):
        first, hyphen, second = word.partition("-")
        if hyphen:
            shorter += [(*words[:n], half, *words[n + 1 :]) for half in (first, second) if half]
    return sorted({" ".join(s) for s in shorter if all(len(word) > 1 for word in s[:1] + s[-1:])})


def _slips(scratch: Scratch) -> Iterator[tuple[str, str]]:
    """Pairs one letter apart: names that become alike when each loses at most one letter."""
    rows: list[tuple[int, str, str]] = []
    for person, folded in scratch.run(
        "SELECT person_id, folded FROM form WHERE block > '' ORDER BY block, folded, person_id"
    ):
        if sum(map(str.isalpha, folded)) >= _LEAST_LETTERS and len(folded) <= _MOST_LETTERS:
            rows += [(key, folded, person) for key in _deletion_keys(folded)]
        if len(rows) >= _BATCH:
            _store_keys(scratch, rows)
    _store_keys(scratch, rows)
    keyed = scratch.run("SELECT key, folded, person_id FROM near ORDER BY key, folded, person_id")
    for _, group in itertools.groupby(keyed, key=lambda row: row[0]):
        window: list[tuple[str, str]] = []
        for _, folded, person in group:
            for other_folded, other in window:
                if _is_slip(folded, other_folded):
                    yield person, other
            window = [*window[1 - _NEIGHBOURS :], (folded, person)]


def _store_keys(scratch: Scratch, rows: list[tuple[int, str, str]]) -> None:
    rows.sort()  # neighbours in the index are written together
    scratch.many("INSERT OR IGNORE INTO near VALUES (?, ?, ?)", rows)
    rows.clear()


def _deletion_keys(folded: str) -> set[int]:
    """A number for the name and for each name it becomes by losing a letter.

    That two texts share a number by chance does no harm: pairs are compared as texts.
    """
    shorter = (folded[:n] + folded[n + 1 :] for n in range(len(folded)))
    return {zlib.crc32(text.encode()) for text in (folded, *shorter)}


def _is_slip(a: str, b: str) -> bool:
    """True for names a letter apart. Another initial is another person, not a slip."""
    if a == b:
        return True  # two ids of names that differ in what no reader sees
    ours, theirs = a.split(" "), b.split(" ")
    if len(ours) == len(theirs) and any(
        x != y and (len(x) == 1 or len(y) == 1) for x, y in zip(ours, theirs, strict=True)
    ):
        return False
    return within_one_edit(a, b)


def _forms(scratch: Scratch) -> Iterator[tuple[str, NameForm]]:
    for person, name in scratch.run(
        "SELECT person_id, name FROM form WHERE block > '' ORDER BY block, folded, person_id"
    ):
        form = name_form(name)
        if form is not None:
            yield person, form


def _in_block(scratch: Scratch, block: str) -> list[tuple[str, str]]:
    query = "SELECT person_id, name FROM form WHERE block = ? ORDER BY folded, person_id LIMIT ?"
    return scratch.run(query, block, _NEIGHBOURS).fetchall()
