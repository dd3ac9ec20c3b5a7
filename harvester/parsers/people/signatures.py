"""Roles and organisations on lines of their own: under a signature, behind a full stop in a caption."""

from __future__ import annotations

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.organisations import organisation_text
from harvester.parsers.people.place import NOTHING, PREPOSITIONS, Place, Statement
from harvester.parsers.people.role_phrases import role_at, role_before
from harvester.parsers.people.stated_roles import role_then_organisation
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import closing_workplace, organisation_at

#: Words that close a letter, right before the name that signs it.
_GREETINGS = frozenset(["hälsningar", "hälsning", "önskar", "/"])


def stopped(place: Place, index: int) -> Statement:
    """`Malin Ek. Boverket.` and `Annika Ek. Avdelningschef …, förvaltningen`: a stop instead of a comma."""
    words = place.words
    opens = words.first[place.start] or place.start == 0 or word_at(words, place.start - 1) == ":"
    if index >= min(len(words), place.next_start):
        return NOTHING
    stated = role_then_organisation(place, index)
    if stated.role and stated.role_span:
        last = stated.role_span[1]
        if not stated.organisation and opens and word_at(words, last) == ".":
            # `Anna Ek. Socialchef. Orsa kommun.`
            body = organisation_at(place, last + 1)
            if body.organisation_span and _closes(words, body, opens):
                return body._replace(role=stated.role, role_span=stated.role_span)
        return stated if _closes(words, stated, opens) else NOTHING
    if not opens:
        return NOTHING
    organisation = organisation_at(place, index)
    span = organisation.organisation_span
    if span and (span[1] >= len(words) or word_at(words, span[1]) in {".", "\n"}):
        return organisation
    return NOTHING


#: Labels of a form's lines under the name: what somebody is, and where.
_OF_ROLES = frozenset({"befattning", "funktion", "gör", "jobb", "position", "profession", "roll", "sysselsättning", "titel", "tjänst", "uppdrag", "vardags", "yrke", "yrkestitel"})  # fmt: skip
_OF_BODIES = frozenset({"arbetar", "arbetsgivare", "arbetsplats", "förening", "kommun", "myndighet", "organisation", "region", "verksamhet"})  # fmt: skip

#: How many lines of a form are read.
_LONGEST_FORM = 6


def fields(place: Place, index: int, inline: bool = False) -> Statement:
    """`Namn: Anna Ek ⏎ Titel: socialchef ⏎ Arbetsplats: Orsa kommun`: what a form's lines under the name say.

    `inline`: its fields stand in a row, with commas between them.
    """
    words, stated = place.words, NOTHING
    stop = min(words.size, place.next_start)
    for _ in range(_LONGEST_FORM):
        daily = words.lowered[index : index + 2] == ["till", "vardags"]
        if index + 2 >= stop or word_at(words, index + 1 + daily) != ":":
            break
        index += daily
        label = word_at(words, index)
        value = role_then_organisation(place, index + 2) if label in _OF_ROLES else NOTHING
        if label in _OF_BODIES:
            value = organisation_at(place, index + 2, loose=True)
        if value.role and not stated.role:
            stated = stated._replace(role=value.role, role_span=value.role_span)
        if value.organisation and not stated.organisation:
            stated = stated._replace(
                organisation=value.organisation, organisation_span=value.organisation_span
            )
        while index < stop and words.kinds[index] != "line":
            if inline and words.texts[index] == ",":
                break
            index += 1
        index += 1
    return stated


def _closes(words: WordView, stated: Statement, opens: bool) -> bool:
    """Whether a stopped phrase is a phrase and not a sentence: it ends without a verb.

    Behind a name inside a sentence, `Vi mötte Anna Ek. Socialchef i Orsa.`, with a stop of its own.
    """
    last = max(s[1] for s in (stated.role_span, stated.organisation_span) if s)
    if not opens and stated.role_span and not words.capital[stated.role_span[0]]:
        return False
    return last >= len(words) or word_at(words, last) in (
        {".", "\n", "(", ","} if opens else {".", "\n"}
    )


def signature(place: Place, index: int) -> Statement:
    """Role and organisation on the lines under a name."""
    words = place.words
    first = word_at(words, place.start - 1)
    opens = place.start == 0 or words.tokens[place.start - 1].kind == "line" or first in _GREETINGS
    opens = opens or (first == "om" and words.first[place.start - 1])
    pair = first == "och" and place.previous_end == place.start - 1 > 0
    if not (opens or (pair and _plural_line(words, index))) or index >= min(
        len(words), place.next_start
    ):
        return NOTHING
    if word_at(words, index) in {"för", "på"} and index + 1 < words.size:
        # `Anna Ek ⏎ för Föreningen Exemplet`
        stated = organisation_at(place, index + 1)
        return stated if _fills_line(words, stated) else NOTHING
    stated = role_then_organisation(place, index, lines=True)
    role = stated.role_span
    if role is None:
        if (
            place.start > 1
            and words.kinds[place.start - 1] == "line"
            and role_before(words, place.start - 1)
        ):
            # `Kassör ⏎ Anna Ek ⏎ Orsa`
            stated = organisation_at(place, index)
            return stated if _fills_line(words, stated) else NOTHING
        return closing_workplace(place, index, body=True)
    if role[1] + 1 < min(words.size, place.next_start) and words.kinds[role[1]] == "line":
        body = _line_of_body(place, role[1] + 1)
        stated = body._replace(role=stated.role, role_span=role) if body else stated
    last = max(span[1] for span in (role, stated.organisation_span) if span)
    if (
        _ends_line(words, last)
        or word_at(words, last) in {",", ".", "som"}
        or (word_at(words, last) == "och" and role_at(words, last + 1))
    ):
        return stated
    # What stands under the role is no workplace; the role has its line all the same.
    if _ends_line(words, role[1]):
        return Statement(stated.role, role)
    return _with_field(place, Statement(stated.role, role))


def _with_field(place: Place, stated: Statement) -> Statement:
    """`professor i socialt arbete ⏎ Lunds universitet`: a role whose field fills its line, and the body under it."""
    words, end = place.words, stated.role_span[1] if stated.role_span else 0
    if word_at(words, end) not in PREPOSITIONS:
        return NOTHING
    while end < words.size and words.kinds[end] == "word" and words.forms[end].islower():
        if words.forms[end] in lex.lexicon().verbs:
            return NOTHING
        end += 1
    if not _ends_line(words, end):
        return NOTHING
    body = organisation_at(place, end + 1)
    if not _fills_line(words, body):
        return stated
    return stated._replace(organisation=body.organisation, organisation_span=body.organisation_span)


def _fills_line(words: WordView, stated: Statement) -> bool:
    """Whether the organisation stated ends its line."""
    span = stated.organisation_span
    return span is not None and _ends_line(words, span[1])


def _ends_line(words: WordView, end: int) -> bool:
    """Whether a phrase that ends there ends its line too."""
    return end >= words.size or words.kinds[end] == "line"


def body_below(place: Place, stated: Statement) -> Statement:
    """`Anna Ek, ordförande ⏎ Föreningen Exemplet`: a role that ends its line, with the body that fills the next one."""
    words, line = place.words, stated.role_span[1] if stated.role_span else 0
    if line + 1 >= min(words.size, place.next_start) or words.kinds[line] != "line":
        return stated
    body = organisation_at(place, line + 1)
    if not _fills_line(words, body) or _under_body(place):
        return stated
    return stated._replace(organisation=body.organisation, organisation_span=body.organisation_span)


def _under_body(place: Place) -> bool:
    """`Orsa ⏎ Anna Ek, rektor ⏎ Mora ⏎ …`: whether the block's first line is a body, so each heads the lines below it."""
    words = place.words
    if not place.start:
        return False
    first = organisation_at(Place(words, place.text, 0, 0, 0, place.start), 0)
    return first.organisation_span is not None and _fills_line(words, first)


#: A workplace's line is no longer than this, in tokens.
_LONGEST_BODY = 7


def _line_of_body(place: Place, index: int) -> Statement | None:
    """The whole line at a token, where an organisation opens it and words in lower case fill it."""
    words, end = place.words, index
    while end < min(words.size, place.next_start) and words.kinds[end] == "word":
        end += 1
    whole = end >= words.size or words.kinds[end] == "line"
    if not (whole and 1 < end - index <= _LONGEST_BODY and words.capital[index]):
        return None
    stated = organisation_at(place, index)
    span = stated.organisation_span
    if span is None or span[1] >= end or any(words.capital[span[1] : end]):
        return None
    if any(words.forms[i] in lex.lexicon().verbs for i in range(span[1], end)):
        return None
    body = organisation_text(words, index, end, place.text)
    return Statement(organisation=body, organisation_span=(index, end))


def _plural_line(words: WordView, index: int) -> bool:
    """Whether a role in the plural stands here: the line under the names of two."""
    phrase = role_at(words, index)
    form = word_at(words, phrase.end - 1) if phrase else ""
    return (
        phrase is not None and form != phrase.role.split()[-1] and form.endswith(("a", "er", "or"))
    )
