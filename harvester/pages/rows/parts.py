"""What a person did on a page: from the words around their name, their role and the clip they stand in."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harvester.pages.reading import PlacedPerson, Reading
from harvester.pages.signatures import signs
from harvester.parsers.people import PersonMention
from harvester.records import TookPartAs

_FILE = Path(__file__).with_name("parts.toml")
_SPAN = 120  # characters around a name in which a wording tells what its bearer did


@dataclass(frozen=True, slots=True)
class _Rule:
    """A wording beside a name: what it says its bearer did."""

    part: TookPartAs
    needs: tuple[str, ...]  # one of which stands where it fits, in whatever case
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def may_fit(self, lowered: str) -> bool:
        """False only for a text in lower case that the wording stands nowhere in."""
        return any(piece in lowered for piece in self.needs)

    def fits(self, before: str, after: str) -> bool:
        """Whether the wording stands there."""
        if self.after is not None and self.after.match(after) is None:
            return False
        return self.before is None or (
            self.may_fit(before.lower()) and self.before.search(before) is not None
        )


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            TookPartAs(rule["part"]),
            tuple(rule["needs"]),
            re.compile(rule["before"] + r"\Z", re.I) if "before" in rule else None,
            re.compile(rule["after"], re.I) if "after" in rule else None,
        )
        for rule in tomllib.loads(_FILE.read_text(encoding="utf-8"))["rule"]
    )


@cache
def _performing_roles() -> frozenset[str]:
    return frozenset(tomllib.loads(_FILE.read_text(encoding="utf-8"))["performing_roles"])


class StatedParts:
    """What the words right beside the names of one page say their bearers did."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._rules = [rule for rule in _rules() if rule.may_fit(reading.text.lowered)]

    def of(self, person: PlacedPerson) -> TookPartAs | None:
        """What they say of this one; None where they say nothing."""
        if self._rules and (part := self._beside(person.mention)) is not None:
            return part
        return TookPartAs.AUTHOR if signs(self._reading, person) else person.mention.took_part_as

    def _beside(self, mention: PersonMention) -> TookPartAs | None:
        text = self._reading.text.text
        before = text[max(0, mention.char_start - _SPAN) : mention.char_start]
        after = text[mention.char_end : mention.char_end + _SPAN]
        before, after = before.rsplit("\n\n", 1)[-1], after.split("\n\n", 1)[0]
        return next((rule.part for rule in self._rules if rule.fits(before, after)), None)


def performs(person: PlacedPerson) -> bool:
    """True for whom the role alone says that they performed: singers, musicians, actors."""
    role = person.mention.role or ""
    return bool(role) and role.split()[-1] in _performing_roles()


def shows_interview(text: str) -> bool:
    """True where a clip's own words call it an interview."""
    return "intervju" in text.casefold()
