"""Roles and organisations on lines of their own: under a signature, behind a full stop in a caption."""

from __future__ import annotations

from harvester.parsers.people.place import Place, Statement
from harvester.parsers.people.role_phrases import role_at
from harvester.parsers.people.stated_roles import role_then_organisation
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import closing_workplace, organisation_at

#: Words that close a letter, right before the name that signs it.
_GREETINGS = frozenset(["hälsningar", "hälsning", "önskar", "/"])


def stopped(place: Place, index: int) -> Statement:
    """`Malin Ek. Boverket.` and `Annika Ek. Avdelningschef …, förvaltningen`: a stop instead of a comma."""
    words = place.words
    opens = words.first[place.start] or place.start == 0 or word_at(words, place.start - 1) == ":"
    if not opens or index >= min(len(words), place.next_start):
        return Statement()
    stated = role_then_organisation(place, index)
    if stated.role:
        return stated if _closes(words, stated) else Statement()
    organisation = organisation_at(place, index)
    span = organisation.organisation_span
    if span and (span[1] >= len(words) or word_at(words, span[1]) in {".", "\n"}):
        return organisation
    return Statement()


def _closes(words: WordView, stated: Statement) -> bool:
    """Whether a stopped phrase is a phrase and not a sentence: it ends without a verb."""
    last = max(s[1] for s in (stated.role_span, stated.organisation_span) if s)
    return last >= len(words) or word_at(words, last) in {".", "\n", "(", ","}


def signature(place: Place, index: int) -> Statement:
    """Role and organisation on the lines under a name."""
    words = place.words
    first = word_at(words, place.start - 1)
    opens = place.start == 0 or words.tokens[place.start - 1].kind == "line" or first in _GREETINGS
    pair = first == "och" and place.previous_end == place.start - 1 > 0
    if not (opens or (pair and _plural_line(words, index))) or index >= min(
        len(words), place.next_start
    ):
        return Statement()
    stated = role_then_organisation(place, index, lines=True)
    if stated.role is None or not stated.role_span:
        return closing_workplace(place, index, body=True)
    last = stated.organisation_span[1] if stated.organisation_span else stated.role_span[1]
    if (
        last < len(words)
        and words.tokens[last].kind != "line"
        and word_at(words, last) not in {",", ".", "som"}
    ):
        return Statement()
    return stated


def _plural_line(words: WordView, index: int) -> bool:
    """Whether a role in the plural stands here: the line under the names of two."""
    phrase = role_at(words, index)
    form = word_at(words, phrase.end - 1) if phrase else ""
    return (
        phrase is not None and form != phrase.role.split()[-1] and form.endswith(("a", "er", "or"))
    )
