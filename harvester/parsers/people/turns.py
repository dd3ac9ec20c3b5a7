"""What is said of the people of a list in their order: `A och B, socialchef respektive ekonom i Orsa`."""

from __future__ import annotations

from harvester.parsers.people.organisations import organisation_end, organisation_text
from harvester.parsers.people.place import COPULAS, Place, Statement
from harvester.parsers.people.role_phrases import role_at
from harvester.parsers.people.wordview import word_at
from harvester.parsers.people.workplaces import organisation_after_role


def in_turn(place: Place) -> list[tuple[str, tuple[int, int]]]:
    """`A, B och C från X, Y respektive Z`: the organisations of a list, in their order."""
    words, index = place.words, place.end
    if word_at(words, index) == "," and (phrase := role_at(words, index + 1)):
        # `A och B, ombudsman på X respektive Y`
        index = phrase.end
    if word_at(words, index) not in {"från", "på", "vid", "i", ",", "("}:
        return []
    found: list[tuple[str, tuple[int, int]]] = []
    index += 1
    while index < min(len(words), place.next_start):
        end = organisation_end(words, index)
        if end == index:
            break
        found.append((organisation_text(words, index, end, place.text), (index, end)))
        if word_at(words, end) not in {",", "och", "respektive", "samt"}:
            break
        index = end + 1
    return found


def roles_in_turn(place: Place) -> list[Statement]:
    """`A, B och C, rektor, kurator respektive lärare i Orsa`: the roles of a list, in their order.

    A body behind the last role only is that of all: it stands behind what is listed.
    """
    words, index = place.words, place.end
    limit = min(words.size, place.next_start, index + 40)
    if "respektive" not in words.lowered[index:limit]:
        return []
    below = index < words.size and words.kinds[index] == "line"
    if not below and word_at(words, index) != "," and word_at(words, index) not in COPULAS:
        return []
    found: list[Statement] = []
    index += 1
    while index < limit and (phrase := role_at(words, index)):
        behind = organisation_after_role(
            Place(words, place.text, place.start, phrase.end, place.previous_end, limit),
            phrase.end,
            lines=False,
        )
        span = behind.organisation_span
        end = (
            span[1]
            if span and not _part_between(words.lowered[phrase.end : span[0]])
            else phrase.end
        )
        said = Statement(phrase.role, (phrase.start, phrase.end))
        if end > phrase.end:
            said = said._replace(
                organisation=behind.organisation, organisation_span=behind.organisation_span
            )
        found.append(said)
        if word_at(words, end) not in _JOINTS:
            break
        index = end + 1
    bodies = [said for said in found if said.organisation]
    if len(bodies) == 1 and found[-1].organisation:
        found = [said._replace(organisation=bodies[0].organisation) for said in found]
    return found


#: What parts the roles of such a list.
_JOINTS = frozenset({",", "och", "respektive", "samt"})


def _part_between(between: list[str]) -> bool:
    """Whether the last of the roles still follows a role and the body is behind that one."""
    return "respektive" in between
