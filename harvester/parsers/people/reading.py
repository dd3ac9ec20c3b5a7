"""From a text to its people: names block by block, then who is meant, then what is said about whom."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Sequence

from harvester.parsers.people import lexicon as lex
from harvester.parsers.people.bearers import (
    Bearers,
    LowerWords,
    name_words,
    short_spans,
    stands_alone,
    with_surname,
)
from harvester.parsers.people.before_name import opening
from harvester.parsers.people.cleaning import CleanText, clean
from harvester.parsers.people.evidence import (
    JOINS,
    full_name_evident,
    given_name_evident,
    single_name_evident,
    stands_as_organisation,
    stands_as_town,
    surname_evident,
)
from harvester.parsers.people.found import Found, offsets
from harvester.parsers.people.lexicon import in_list
from harvester.parsers.people.mending import GIVEN_LETTERS, NameSpan
from harvester.parsers.people.mention import PeopleReading, PersonMention, UnknownRole
from harvester.parsers.people.named_things import names_a_thing, somebody_evident
from harvester.parsers.people.part import took_part_as
from harvester.parsers.people.place import Place, Statement, after_party
from harvester.parsers.people.role_phrases import role_at
from harvester.parsers.people.roles import WEAK_ROLES, role_class
from harvester.parsers.people.sharing import assign_in_turn, shared_statement
from harvester.parsers.people.spans import name_spans
from harvester.parsers.people.statements import statement, unknown_role
from harvester.parsers.people.tokens import blocks
from harvester.parsers.people.told import ToldOfOthers
from harvester.parsers.people.vetoes import is_no_person
from harvester.parsers.people.wordview import WordView, view, word_at
from harvester.records import RoleClass, TookPartAs


def find_people(text: str) -> list[PersonMention]:
    """Every person a text names, in order, without overlaps; nothing is raised, whatever the text."""
    return list(read_people(text).mentions)


def read_people(text: str) -> PeopleReading:
    """The people of a text with their roles, and wordings of roles that no list knows."""
    cleaned = clean(text)
    views = [view(cleaned.text, start, end) for start, end in blocks(cleaned.text)]
    page = len(views) > 1
    candidates = [name_spans(words, cleaned.text, page) for words in views]
    spans = [_evident(*pair, page) for pair in zip(views, candidates, strict=True)]
    bearers = _bearers(views, spans)
    lower_words = LowerWords(cleaned.text)
    found: list[Found] = []
    unknown: list[UnknownRole] = []
    told = ToldOfOthers(cleaned, len(views))
    for words, taken in zip(views, spans, strict=True):
        settled = _settled(words, taken, bearers, lower_words, cleaned.text)
        found += told.block(words, _with_statements(words, settled, bearers, cleaned, unknown))
    found += told.rest()
    return PeopleReading(tuple(_carried(found, bearers, cleaned)), tuple(unknown))


def _evident(words: WordView, spans: list[NameSpan], page: bool) -> list[NameSpan]:
    """The spans that something speaks for.

    A page names people in full: there a single word that fits nobody's full name must be called a person.
    A text of one block may be cut out of such a page: a lone sentence's single names are taken on trust, of
    several sentences only the surnames.
    """
    if not spans:
        return []
    single = len([span for span in spans if span.end - span.start == 1])
    if not single:
        return [span for span in spans if _full_evident(words, span)]
    full = _several_sentences(words)
    listed = _given_names_listed(words, spans) if single > 2 else frozenset()
    kept: list[NameSpan] = []
    full_end, single_end = -1, -2
    for span in spans:
        start = span.start
        if len(span) > 1:
            evident = _full_evident(words, span)
            full_end = span.end
        elif (
            names_a_thing(words, start, span.end)
            or stands_as_organisation(words, start, full_end)
            or _labels_a_name(words, start, spans)
        ):
            evident = False
        elif (
            single_name_evident(words, start)
            or span in listed
            or (single_end == start - 1 and words.forms[single_end] in JOINS)
        ):
            evident = True
            single_end = span.end
        else:
            trusted = not full or surname_evident(words, start)
            trusted = trusted and not _opens_as_word(words, start)
            evident = not page and trusted and not stands_as_town(words, start)
            if evident:
                evident = somebody_evident(words, start, span.end)
            evident = evident or given_name_evident(words, start)
        if evident:
            kept.append(span)
    return kept


def _full_evident(words: WordView, span: NameSpan) -> bool:
    """Whether several words name a person; those without a surname, unless they are a thing's."""
    start, end = span.start, span.end
    if not full_name_evident(words, start, end):
        return False
    return not _without_surname(words.codes[start:end]) or not names_a_thing(words, start, end)


def _without_surname(codes: Sequence[str]) -> bool:
    """`Karl Gustav`, of places: given names all."""
    return all(code in {"g", "G"} for code in codes)


def _opens_as_word(words: WordView, index: int) -> bool:
    """`Björn och älg syntes`, `Frid på jorden`: a given name that is also a word opens a sentence, no verb behind it."""
    if not words.first[index] or not in_list(words.codes[index], GIVEN_LETTERS):
        return False
    if index + 1 < words.size and words.forms[index + 1].islower() and role_at(words, index + 1):
        # `Klara storföreläsare hittills: …`
        return True
    if not words.codes[index].startswith(lex.GIVEN_WORD):
        return False
    return word_at(words, index + 1) in {"och", "på", "i", "av", "för", "med", "över", "till"}


def _labels_a_name(words: WordView, index: int, spans: list[NameSpan]) -> bool:
    """`Porträtt: Anna Ek`: a word that no list of names has, before a colon and a full name."""
    if words.codes[index] or word_at(words, index + 1) != ":":
        return False
    return any(span.start == index + 2 and len(span) > 1 for span in spans)


def _given_names_listed(words: WordView, spans: list[NameSpan]) -> frozenset[NameSpan]:
    """The single given names that stand three or more in a row: `Ingemar, Fatuma och Bo bar stolar`."""
    listed: set[NameSpan] = set()
    row: list[NameSpan] = []
    for span in (*spans, NameSpan(-9, -9, "")):
        joins = row and row[-1].end == span.start - 1 and words.forms[row[-1].end] in {",", "och"}
        if len(span) != 1 or not in_list(words.codes[span.start], GIVEN_LETTERS):
            joins = False
        if not joins:
            if len(row) > 2:
                listed.update(row)
            row = []
        if len(span) == 1 and in_list(words.codes[span.start], GIVEN_LETTERS):
            row.append(span)
    return frozenset(listed)


def _several_sentences(words: WordView) -> bool:
    """Whether a sentence's end and a new sentence stand inside a block; three stops in a row are no end."""
    texts = words.texts
    return any(
        text in {".", "!", "?"} and texts[i + 1][:1].isupper() and (not i or texts[i - 1] != ".")
        for i, text in enumerate(texts[:-1])
    )


def _bearers(views: Sequence[WordView], spans: Sequence[list[NameSpan]]) -> Bearers:
    """The people with a full name on the page; body text before headings in capitals, which spell nothing.

    Who is only ever called by one name, but plainly is somebody, bears that.
    """
    bearers = Bearers()
    full = [
        (name_words(words, span.start, span.end), True in words.caps[span.start : span.end])
        for words, taken in zip(views, spans, strict=True)
        for span in taken
        if span.end - span.start > 1
    ]
    full += [
        (pair, False)
        for words, taken in zip(views, spans, strict=True)
        if len(taken) > 1
        for pair in with_surname(words, taken)
    ]
    genitives: set[str] | None = None
    for forms, capitals in sorted(full, key=lambda f: (-len(f[0]), f[1])):
        if forms[-1].endswith("s"):
            if genitives is None:
                genitives = {" ".join(other).casefold() for other, _ in full}
            bare = (*forms[:-1], forms[-1][:-1])
            known = " ".join(bare).casefold() in genitives or stands_alone(views, bare[-1])
            forms = bare if known else forms
        bearers.add(forms, capitals)
    for words, taken in zip(views, spans, strict=True):
        for span in taken:
            if span.end - span.start > 1 or words.caps[span.start]:
                continue
            forms = name_words(words, span.start, span.end)
            if not bearers.find(forms):
                bearers.add(forms, False)
    return bearers


def _settled(
    words: WordView, taken: list[NameSpan], bearers: Bearers, lower_words: LowerWords, text: str
) -> list[tuple[NameSpan, int | None]]:
    """The block's mentions with the person each means; what may mean two people means nobody."""
    full = [span for span in taken if span.end - span.start > 1]
    short = [
        span
        for span in short_spans(words, full, bearers, lower_words)
        if not is_no_person(words, span.start, span.end, text, known=True)
    ]
    if not taken and not short:
        return []
    spans = full
    if short or len(full) < len(taken):
        covered = {i for span in (*full, *short) for i in range(span.start, span.end)}
        lone = [
            span
            for span in taken
            if len(span) == 1
            and span.start not in covered
            and not any(
                len(bearers.people[i].words) > 1 for i in bearers.find((words.forms[span.start],))
            )
        ]
        spans = sorted((*full, *short, *lone), key=lambda s: s.start)
    settled: list[tuple[NameSpan, int | None]] = []
    for span in spans:
        person = bearers.named(words.forms[span.start : span.end])
        if person is not None:
            settled.append((span, person))
            continue
        people = bearers.find(tuple(words.forms[span.start : span.end]))
        if len(people) > 1:
            continue
        if not people and len(span) == 2 and words.kinds[span.end - 1] == "initial":
            people = bearers.find((words.forms[span.start],))
        if not people and len(span) > 1:
            people = bearers.find(name_words(words, span.start, span.end))
        settled.append((span, next(iter(people), None)))
    return settled


def _with_statements(
    words: WordView,
    settled: list[tuple[NameSpan, int | None]],
    bearers: Bearers,
    cleaned: CleanText,
    unknown: list[UnknownRole],
) -> list[Found]:
    found: list[Found] = []
    for number, (span, person) in enumerate(settled):
        previous = settled[number - 1][0].end if number else 0
        following = words.size
        if number + 1 < len(settled):
            following = max(span.end, opening(words, settled[number + 1][0].start))
        place = Place(words, cleaned.text, span.start, span.end, previous, following)
        said = statement(place)
        if said.role_span:
            start, end = offsets(words, said.role_span, cleaned)
            said = Statement(*said[:-1], role_raw=cleaned.given[start:end])
        said = shared_statement(found, said, span, place)
        found.append(Found(words, span, person, said))
        assign_in_turn(found, place)
        wording = unknown_role(place)
        if wording and person is not None:
            start, end = offsets(words, wording, cleaned)
            name = bearers.people[person].name
            unknown.append(UnknownRole(cleaned.given[start:end], start, end, name))
    return found


def _carried(found: list[Found], bearers: Bearers, cleaned: CleanText) -> list[PersonMention]:
    """The mentions, each with what is said here or, where nothing is, elsewhere about the same person."""
    stated: dict[int | str, list[int]] = defaultdict(list)
    for index, item in enumerate(found):
        if item.said.role or item.said.organisation:
            stated[item.key].append(index)
    return [
        _mention(item, _role_source(index, stated[item.key], found), bearers, cleaned)
        for index, item in enumerate(found)
    ]


def _role_source(index: int, stated: list[int], found: list[Found]) -> Statement:
    """What holds at a mention: its own statement, completed from the nearest one before, else after."""
    own = found[index].said
    if not stated or stated == [index] or (own.role and own.organisation):
        return own
    at = bisect.bisect_right(stated, index)
    others = [
        found[i].said
        for i in (*reversed(stated[max(0, at - 20) : at]), *stated[at : at + 20])
        if i != index
    ]
    carried = (s for s in others if s.role and s.role not in WEAK_ROLES)
    role = own if own.role else next(carried, own)
    organisation = own if own.organisation and not (role.organisation and role is not own) else role
    if organisation.organisation is None:
        same = (s for s in others if s.organisation and (s.role == role.role or s.role is None))
        organisation = next(same, organisation)
    return Statement(role.role, None, organisation.organisation, None, role_raw=role.role_raw)


def _mention(item: Found, said: Statement, bearers: Bearers, cleaned: CleanText) -> PersonMention:
    words, span = item.words, item.span
    start, end = offsets(words, (span.start, span.end), cleaned)
    if item.person is not None:
        name = bearers.people[item.person].name
    else:
        name = " ".join(name_words(words, span.start, span.end))
    role_start = role_end = organisation_start = organisation_end = None
    if item.said.role_span:
        role_start, role_end = offsets(words, item.said.role_span, cleaned)
    if item.said.organisation_span:
        organisation_start, organisation_end = offsets(words, item.said.organisation_span, cleaned)
    return PersonMention(
        raw=cleaned.given[start:end],
        char_start=start,
        char_end=end,
        name=name,
        role=said.role,
        role_class=_class(said.role, said.organisation, words, span.end) if said.role else None,
        role_raw=said.role_raw,
        organisation=said.organisation,
        role_start=role_start,
        role_end=role_end,
        organisation_start=organisation_start,
        organisation_end=organisation_end,
        rule=span.rule,
        took_part_as=TookPartAs.AUTHOR
        if item.signs
        else took_part_as(words, span.start, said.role),
    )


def _class(role: str, organisation: str | None, words: WordView, end: int) -> RoleClass | None:
    """The role's class; an officer with a party behind the name, which ends at a token, holds a political post."""
    found = role_class(role, organisation)
    if found is RoleClass.ASSOCIATION_OFFICER and after_party(words, end) > end:
        return RoleClass.POLITICIAN
    return found
