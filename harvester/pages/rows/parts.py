"""What a person did on a page: from the words around their name, their role and the clip they stand in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from harvester.pages.reading import PlacedPerson, Reading
from harvester.pages.signatures import signs
from harvester.records import TookPartAs

_FILE = Path(__file__).with_name("parts.toml")
_GAP = "\n\n"  # between two blocks
_SPAN = 120  # characters around a name in which a wording tells what its bearer did


@dataclass(frozen=True, slots=True)
class _Rule:
    """A wording before or behind a name: what it says its bearer did."""

    part: TookPartAs
    needs: tuple[str, ...]  # one of which stands where it fits, in whatever case
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def may_fit(self, lowered: str) -> bool:
        """False only for a text in lower case that the wording stands nowhere in."""
        # Asked of every page: `any` would take twice as long.
        for piece in self.needs:  # noqa: SIM110
            if piece in lowered:
                return True
        return False

    def fits(self, text: str, start: int, end: int) -> bool:
        """Whether the wording stands right beside a name, in the same block."""
        if self.after is not None:
            behind = self.after.match(text, end, end + _SPAN)
            return behind is not None and _GAP not in behind[0]
        assert self.before is not None
        before = text[max(0, start - _SPAN) : start].rpartition(_GAP)[2]
        return self.may_fit(before.lower()) and self.before.search(before) is not None


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(map(_rule, tomllib.loads(_FILE.read_text(encoding="utf-8"))["rule"]))


def _rule(table: Mapping[str, Any]) -> _Rule:
    if ("before" in table) == ("after" in table):
        raise ValueError(f"parts.toml: a rule of {table['part']} needs either `before` or `after`")
    return _Rule(
        TookPartAs(table["part"]),
        tuple(table["needs"]),
        re.compile(table["before"] + r"\Z", re.I) if "before" in table else None,
        re.compile(table["after"], re.I) if "after" in table else None,
    )


@cache
def _performing_roles() -> frozenset[str]:
    return frozenset(tomllib.loads(_FILE.read_text(encoding="utf-8"))["performing_roles"])


class StatedParts:
    """What the words right beside the names of one page say their bearers did. One serves all its rows."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._fitting: list[_Rule] | None = None
        self._interviewers: frozenset[str] | None = None

    def of(self, person: PlacedPerson) -> TookPartAs | None:
        """What they say of this one; None where they say nothing."""
        mention, text = person.mention, self._reading.text.text
        if self._fitting is None:  # each is looked for in all of the page's text
            lowered = self._reading.text.lowered
            self._fitting = [rule for rule in _rules() if rule.may_fit(lowered)]
        for rule in self._fitting:
            if rule.fits(text, mention.char_start, mention.char_end):
                return rule.part
        return TookPartAs.AUTHOR if signs(self._reading, person) else mention.took_part_as

    @property
    def interviewers(self) -> frozenset[str]:
        """Whom the page says to have asked the questions."""
        if self._interviewers is None:
            people = self._reading.people
            asked = [p.mention.name for p in people if self.of(p) is TookPartAs.INTERVIEWER]
            self._interviewers = frozenset(asked)
        return self._interviewers


def performs(person: PlacedPerson) -> bool:
    """True for whom the role alone says that they performed: singers, musicians, actors."""
    role = person.mention.role or ""
    return bool(role) and role.split()[-1] in _performing_roles()


def shows_interview(text: str) -> bool:
    """True where a clip's own words call it an interview."""
    return "intervju" in text.casefold()
