"""What is said once and holds for several: a label before a list, a line under two names, organisations in turn."""

from __future__ import annotations

import itertools

from harvester.parsers.people.found import Found
from harvester.parsers.people.mending import NameSpan
from harvester.parsers.people.place import (
    ALL_OF_THEM,
    COPULAS,
    PREPOSITIONS,
    Place,
    Statement,
    after_party,
)
from harvester.parsers.people.predicates import WORKS
from harvester.parsers.people.role_phrases import role_at
from harvester.parsers.people.roles import WEAK_ROLES, role_class
from harvester.parsers.people.turns import in_turn, roles_in_turn
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import organisation_at
from harvester.records import RoleClass


def shared_statement(
    found: list[Found], said: Statement, span: NameSpan, place: Place
) -> Statement:
    """The statement at a name, with the role that holds for all of its list.

    What follows the second of two names is given to the last of `found` too.
    """
    words, previous = place.words, place.previous_end
    if found and _goes_on_under_label(words, found, previous, span.start):
        said = found[-1].said._replace(
            role_span=None,
            organisation=said.organisation,
            organisation_span=said.organisation_span,
        )
    elif said.shared and said.role_span and said.role_span[1] < span.start:
        colon = words.forms[said.role_span[1]] == ":"
        said = said._replace(labelled=colon and said.role not in WEAK_ROLES)
    if found and not said.organisation:
        said = _below_all(found, said, place)
    workplace = said.organisation_span
    behind = workplace[1] if workplace and workplace[0] > span.end else span.end
    if found and said.role and not said.organisation:
        said = _of_the_same(found, said, previous, words)
    of_all = any(
        word_at(words, at) == "," and word_at(words, at + 1) in ALL_OF_THEM
        for at in (span.end, behind)
    ) or (word_at(words, span.end) in _PREDICATES and _plural_below(words, span, said))
    if found and said.role_span and len(span) > 1 and _plural_of_list(words, span, said):
        _share_with_list(found, said, words, previous, span.start)
    if found and of_all:
        start = min(said.role_span[0] if said.role_span else span.start, span.start)
        _share_with_list(found, said, words, previous, start)
    both = said.role is None or _plural_below(words, span, said) or said.shared
    if len(span) > 1 and (said.organisation or said.role) and both and found:
        _share_organisation(found, said, words, previous, span.start)
    if found and said.role is None and found[-1].said.shared:
        shared = found[-1].said
        if _closed(words, found, previous, span.start):
            return said
        if _listed(words, previous, span.start, shared.organisation_span):
            said = said._replace(role=shared.role, role_raw=shared.role_raw, shared=True)
            if shared.role is None and said.organisation is None:  # `Orsa: Anna Ek och Bo Alm`
                said = said._replace(organisation=shared.organisation)
            return said
    return said


def _below_all(found: list[Found], said: Statement, place: Place) -> Statement:
    """`A, rektor ⏎ B, kurator ⏎ Båda i Orsa kommun`: the body on the line under those it holds for, who have none."""
    words = place.words
    line = max(place.end, said.role_span[1] if said.role_span else 0)
    if line + 2 >= words.size or words.kinds[line] != "line":
        return said
    if words.lowered[line + 1] not in ALL_OF_THEM or words.lowered[line + 2] not in PREPOSITIONS:
        return said
    body = organisation_at(Place(words, place.text, line, line, line, words.size), line + 3)
    if not body.organisation:
        return said
    both = words.lowered[line + 1] in {"båda", "bägge"}
    for index in range(len(found) - 1, max(-1, len(found) - 2 if both else -1), -1):
        item = found[index]
        if item.words is not words or item.said.organisation:
            break
        found[index] = item._replace(said=item.said._replace(organisation=body.organisation))
    return said._replace(organisation=body.organisation, organisation_span=body.organisation_span)


#: Verbs behind two names whose predicate is both's.
_PREDICATES = COPULAS | WORKS

#: Classes of posts that a body has beside others: `Orsa kommuns socialchef A och ekonom B`.
_POSTS_OF_BODIES = frozenset(
    {RoleClass.MANAGER, RoleClass.SOCIAL_SERVICES_HEAD, RoleClass.SPECIALIST}
)

#: Who owns a post in the body that was named with the one before.
_SIDES_OF_BODIES = frozenset({"oppositionens", "majoritetens"})


def _of_the_same(found: list[Found], said: Statement, previous: int, words: WordView) -> Statement:
    """A title right behind `och`, in the body whose title stands before the first name: not `och statsministern B`."""
    first, span = found[-1].said, said.role_span
    if first.role_span is None or first.organisation_span is None or span is None:
        return said
    start = after_party(words, previous)
    if (
        found[-1].words is not words
        or words.lowered[start] != "och"
        or span[1] > found[-1].span.start + 12
    ):
        return said
    before = max(first.role_span[1], first.organisation_span[1]) <= found[-1].span.start
    side = words.lowered[start + 1] in _SIDES_OF_BODIES and span[0] == start + 2
    bare = words.lowered[span[1] - 1] == (said.role or "").split()[-1] and span[0] == start + 1
    post = role_class(said.role or "", None) in _POSTS_OF_BODIES
    post = post and first.organisation != "Regeringen"
    if before and (side or (bare and post)):
        return said._replace(organisation=first.organisation)
    return said


def _closed(words: WordView, found: list[Found], previous: int, start: int) -> bool:
    """Whether a list that a label opens has had its `och`: `cheferna A, B och C samt D, Vision` — D is no chef."""
    if len(found) < 2 or found[-2].words is not words:
        return False
    between = words.forms[found[-2].span.end : found[-1].span.start]
    joint = {form.lower() for form in words.forms[previous:start]}
    return "och" in between and bool(joint & {"samt", ","}) and "och" not in joint


def assign_in_turn(found: list[Found], place: Place) -> None:
    """Give the people of a list that ends here the organisations that follow in the same order."""
    if len(found) < 2 or not _one_list(found, len(found) - 2, place.words):
        return
    roles = roles_in_turn(place)
    if len(roles) > 1 and len(roles) <= len(found):
        first = len(found) - len(roles)
        if _one_list(found, first, place.words):
            for number, said in enumerate(roles, first):
                found[number] = found[number]._replace(said=said)
            return
    organisations = in_turn(place)
    first = len(found) - len(organisations)
    if len(organisations) < 2 or first < 0 or not _one_list(found, first, place.words):
        return
    if first and _one_list(found, first - 1, place.words):
        return
    for offset, (text, span) in enumerate(organisations):
        item = found[first + offset]
        said = item.said._replace(organisation=text, organisation_span=span)
        found[first + offset] = item._replace(said=said)


def _goes_on_under_label(words: WordView, found: list[Found], start: int, end: int) -> bool:
    """Whether a list goes on whose label gives all in it their role, whatever other post is stated with one."""
    last = found[-1]
    if last.words is not words or not last.said.labelled:
        return False
    if last.said.organisation_span:
        start = max(start, last.said.organisation_span[1])
    elif words.forms[start] == "," and (post := role_at(words, start + 1)):
        start = post.end
    return start < end and _listed(words, start, end)


def _share_organisation(
    found: list[Found], said: Statement, words: WordView, previous: int, start: int
) -> None:
    """`Anna Ek och Bo Alm, Region Halland`: what follows the second holds for the first, who has nothing."""
    first = found[-1]
    joined = start - previous == 1 and words.lowered[previous] in {"och", "&"}
    silent = first.said.role is None or (first.said.shared and said.organisation is not None)
    if (
        joined
        and silent
        and first.said.organisation is None
        and first.words is words
        and len(first.span) > 1
    ):
        if first.said.shared:
            said = first.said._replace(organisation=said.organisation, organisation_span=None)
        else:
            said = said._replace(role_span=None, organisation_span=None)
        found[-1] = first._replace(said=said)


def _share_with_list(
    found: list[Found], said: Statement, words: WordView, previous: int, start: int
) -> None:
    """Give those listed before a name what is said of all: `A, B och C, samtliga från Orsa`."""
    index = len(found) - 1
    while index >= 0 and found[index].words is words:
        item = found[index]
        if not _listed(words, previous, start, item.said.organisation_span):
            break
        if item.said.role is None and item.said.organisation is None:
            brought = said._replace(role_span=None, organisation_span=None)
            found[index] = item._replace(said=brought)
        elif item.said.organisation is None and said.organisation:
            own = item.said._replace(organisation=said.organisation)
            found[index] = item._replace(said=own)
        elif item.said.role is None and said.role:
            own = item.said._replace(role=said.role, role_span=None, role_raw=said.role_raw)
            found[index] = item._replace(said=own)
        start, index = item.span.start, index - 1
        previous = found[index].span.end if index >= 0 else 0


def _plural_of_list(words: WordView, span: NameSpan, said: Statement) -> bool:
    """Whether a plural behind a comma is the role of all listed: `A, B och C, socialchefer i Dalarna`."""
    if (
        said.role_span is None
        or said.role_span[0] != span.end + 1
        or word_at(words, span.end) != ","
    ):
        return False
    phrase = role_at(words, said.role_span[0])
    return phrase is not None and phrase.plural and not words.caps[span.start]


def _plural_below(words: WordView, span: NameSpan, said: Statement) -> bool:
    """Whether a plural behind the second of two people is the role of both: `Anna Ek och Bo Alm, regionansvariga`."""
    if said.role is None or said.role_span is None or said.role_span[0] < span.end:
        return False
    form = words.forms[said.role_span[1] - 1].lower()
    adjective = words.lowered[said.role_span[0]]
    if form == said.role.split()[-1] and form.endswith(("are", "iker")):
        # `Anna Ek och Bo Alm, forskare`: one word for one and for many.
        return True
    if form == said.role.split()[-1] and " " in said.role and adjective.endswith("a"):
        # `nationella samordnare`: a definite adjective before an indefinite noun.
        return adjective not in said.role.split()
    return form != said.role.split()[-1] and form.endswith(("a", "er", "or"))


def _one_list(found: list[Found], first: int, words: WordView) -> bool:
    """Whether the mentions from `first` on stand in one list of this block."""
    return found[first].words is words and all(
        _listed(words, before.span.end, after.span.start)
        for before, after in itertools.pairwise(found[first:])
    )


#: What may stand around the first one's organisation.
_AROUND_BODIES = frozenset({"(", ")", "i", "på", "vid", "från"})


def _listed(
    words: WordView, start: int, end: int, organisation: tuple[int, int] | None = None
) -> bool:
    """Whether only commas, `och`, and the first one's organisation stand between two names."""
    start = after_party(words, start)
    low, high = organisation or (start, start)
    marks = {",", ";", "och", "samt", "&"} | (_AROUND_BODIES if organisation else set())
    return all(low <= i < high or words.lowered[i] in marks for i in range(start, end))
