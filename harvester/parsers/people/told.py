"""What one block of a text says of people named in another: headings, pronouns, signatures."""

from __future__ import annotations

from harvester.parsers.people.cleaning import CleanText
from harvester.parsers.people.found import Found, offsets
from harvester.parsers.people.labels import names_office
from harvester.parsers.people.lexicon import is_town
from harvester.parsers.people.part import signs
from harvester.parsers.people.place import NOTHING, Place, Statement
from harvester.parsers.people.told_later import (
    FIRST_AND_SECOND,
    is_heading,
    role_label,
    said_in_answer,
    said_of_addressee,
    said_of_introduced,
    said_of_pronoun,
    said_of_speaker,
    said_under_heading,
)
from harvester.parsers.people.wordview import WordView, word_at
from harvester.parsers.people.workplaces import organisation_at

#: A workplace that is a block of its own has no more tokens than this.
_LONGEST_BODY = 7


class ToldOfOthers:
    """Takes a text's blocks in order and gives their mentions back, a block late, with what the next one adds."""

    def __init__(self, cleaned: CleanText, blocks: int) -> None:
        self._cleaned = cleaned
        self._left = blocks
        self._words: WordView | None = None
        self._above: list[Found] = []
        self._titled: frozenset[int | str] = frozenset()
        self._with_role: set[int | str] = set()
        self._label: Statement | None = None
        self._second = False

    def block(self, words: WordView, here: list[Found]) -> list[Found]:
        """The mentions of the block before this one, which are now settled."""
        self._left -= 1
        if self._words is None:
            self._titled = frozenset(item.key for item in here)
        elif here:
            here = [item._replace(signs=True) if self._signs(item) else item for item in here]
        here = self._labelled(words, here)
        self._tell_heading(words, here)
        if self._second and not here:
            self._tell_title(words)
        self._second = self._words is None
        self._tell_pronouns(words, here)
        if here and not FIRST_AND_SECOND.isdisjoint(words.forms):
            self._tell_speakers(words, here)
        return self._hand_over(words, here)

    def rest(self) -> list[Found]:
        """The mentions of the last block."""
        return self._above

    def _hand_over(self, words: WordView, here: list[Found]) -> list[Found]:
        settled = self._above
        if settled:
            self._with_role.update(item.key for item in settled if item.said.role)
        self._words, self._above = words, here
        return settled

    def _signs(self, item: Found) -> bool:
        """Whether a mention signs the text.

        Whom the first block, the title, names is spoken of; under a block that opens with a name a list goes on.
        """
        start = item.span.start
        if (start and item.words.kinds[start - 1] != "line") or item.key in self._titled:
            return False
        if len(item.span) < 2:
            return False
        if self._above and self._above[0].span.start == 0:
            return False
        return signs(item.words, start, item.span.end, self._words, self._left == 0)

    def _labelled(self, words: WordView, here: list[Found]) -> list[Found]:
        """The mentions of a block, the one it opens with in the role that is the whole block above.

        A role under a heading without one is told of that heading, and labels nobody.
        """
        label, self._label = self._label, None
        if label and label.role and here and _opens_item(here[0]) and len(here[0].span) > 1:
            own = here[0].said
            if own.role and label.shared and not names_office(label.role):
                return [here[0], *(_listed_under(label, item) for item in here[1:])]
            if own.role and (label.role_raw or "").lower().startswith("ny"):
                # `Ny socialchef i Orsa ⏎ Anna Ek, rektor, tar över`
                return here
            body = own.organisation or label.organisation
            first = here[0]._replace(said=label._replace(organisation=body))
            return [first, *(_listed_under(label, item) for item in here[1:])]
        free = not (len(self._above) == 1 and not self._above[0].said.role)
        said = role_label(words, self._cleaned.text) if not here and free else NOTHING
        if said.role and said.role_span:
            start, end = offsets(words, said.role_span, self._cleaned)
            self._label = said._replace(
                role_span=None, organisation_span=None, role_raw=self._cleaned.given[start:end]
            )
        return here

    def _tell_heading(self, words: WordView, here: list[Found]) -> None:
        """Give the people of the heading above the role that this block opens with: a plural to two, else to one."""
        if not 0 < len(self._above) <= 2 or not is_heading(self._above[0].words):
            return
        for item in self._above:
            if len(item.span) < 2 or item.said.role or item.key in self._with_role:
                return
        limit = here[0].span.start if here else words.size
        said = said_under_heading(words, self._cleaned.text, limit, plural=len(self._above) > 1)
        if said.role:
            self._above = [
                item._replace(said=self._brought(said, item.said, words)) for item in self._above
            ]

    def _tell_title(self, words: WordView) -> None:
        """Give the one person of the title the organisation that is all the block under it says; a bare town is none."""
        if len(self._above) != 1 or not is_heading(self._above[0].words):
            return
        item = self._above[0]
        if len(item.span) < 2 or item.said.organisation or words.size > _LONGEST_BODY:
            return
        body = organisation_at(Place(words, self._cleaned.text, 0, 0, 0, words.size), 0)
        town = words.size == 1 and is_town(words.forms[0])
        if town or body.organisation_span != (0, words.size):
            return
        said = item.said._replace(organisation=body.organisation, organisation_span=None)
        self._above = [item._replace(said=said)]

    def _tell_pronouns(self, words: WordView, here: list[Found]) -> None:
        """Give the one person named before a pronoun, here or in the block above, the role told of them."""
        told = list(said_of_pronoun(words, self._cleaned.text))
        if not told:
            return
        seen: set[int | str] = set()
        passed = 0
        # `Hon är chef i Orsa, han är rektor i Mora`: of two, in their order.
        in_order = [token for token, _ in told]
        if len(told) != 2 or words.lowered[in_order[0]] == words.lowered[in_order[1]]:
            in_order = []
        for token, said in told:
            while passed < len(here) and here[passed].span.start < token:
                seen.add(here[passed].key)
                passed += 1
            group, last = (here, passed - 1) if passed else (self._above, len(self._above) - 1)
            people = seen if passed else {item.key for item in self._above}
            if len(people) == 2 == len(group) and token in in_order:
                last = in_order.index(token)
            elif len(people) != 1:
                continue
            if group[last].said.role:
                continue
            group[last] = group[last]._replace(said=self._brought(said, group[last].said, words))

    def _tell_speakers(self, words: WordView, here: list[Found]) -> None:
        """Give whoever says `jag är chef i Orsa`, or is told `du är chef i Orsa`, that role."""
        text = self._cleaned.text
        for token, said in (*said_of_speaker(words, text), *said_of_addressee(words, text)):
            for number, item in enumerate(here):
                if item.span.start == token and not item.said.role:
                    here[number] = item._replace(said=self._brought(said, item.said, words))
        for number, item in enumerate(here):
            start, end = item.span.start, item.span.end
            if not item.said.role and _opens_line(item) and word_at(words, end) == ":":
                said = said_in_answer(words, text, end + 1)
                if said.role:
                    here[number] = item._replace(said=self._brought(said, item.said, words))
                    continue
            if item.said.role or start < 1 or words.lowered[start - 1] not in {"är", "heter"}:
                continue
            said = said_of_introduced(words, text, item.span.end)
            if said.role:
                here[number] = item._replace(said=self._brought(said, item.said, words))

    def _brought(self, said: Statement, own: Statement, words: WordView) -> Statement:
        """A statement made elsewhere, for a mention: its wording without its place; an own organisation stays."""
        assert said.role_span is not None
        start, end = offsets(words, said.role_span, self._cleaned)
        return Statement(
            said.role,
            None,
            said.organisation or own.organisation,
            None if said.organisation else own.organisation_span,
            role_raw=self._cleaned.given[start:end],
        )


def _opens_line(item: Found) -> bool:
    start = item.span.start
    return not start or item.words.kinds[start - 1] == "line"


def _opens_item(item: Found) -> bool:
    """Whether a name opens its line, or all but the area it is for: `Norr: Anna Ek, Storuman`, `Öst: A, Trosa, och B, Håbo`."""
    words, start = item.words, item.span.start
    if not start or words.kinds[start - 1] == "line":
        return True
    if words.texts[start - 1] in _BULLETS and (start == 1 or words.kinds[start - 2] == "line"):
        return True
    begin = start
    while begin > 0 and words.kinds[begin - 1] != "line" and start - begin < _LONGEST_ITEM:
        begin -= 1
    colon = begin + 1 if word_at(words, begin + 1) == ":" else begin + 2
    opened = word_at(words, colon) == ":" and (not begin or words.kinds[begin - 1] == "line")
    return opened and (colon == start - 1 or word_at(words, start - 1) == "och")


_BULLETS = frozenset({"*", "•", "-", "–"})

#: How far into a line of a list its names stand.
_LONGEST_ITEM = 12


def _listed_under(label: Statement, item: Found) -> Found:
    """A mention that opens a line under a label in the plural, with the label's role where it has none."""
    opens = item.span.start > 0 and _opens_item(item) and len(item.span) > 1
    if not (label.shared and opens) or item.said.role:
        return item
    said = item.said._replace(role=label.role, role_span=None, role_raw=label.role_raw)
    return item._replace(said=said)
