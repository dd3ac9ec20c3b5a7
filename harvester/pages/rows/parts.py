"""What a person did on a page: from the words around their name, their role and the clip they stand in."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harvester.pages.reading import PlacedPerson, Reading
from harvester.pages.signatures import signs
from harvester.records import TookPartAs

_FILE = Path(__file__).with_name("parts.toml")
_SPAN = 120  # characters around a name in which a wording tells what its bearer did


@dataclass(frozen=True, slots=True)
class _Rule:
    """A wording beside a name: what it says its bearer did."""

    part: TookPartAs
    needs: tuple[str, ...]  # one of which stands before the name, in whatever case
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def fits(self, before: str, lowered: str, after: str) -> bool:
        """Whether the wording stands there; ``lowered`` is what stands before the name, in lower case."""
        if self.after is not None and self.after.match(after) is None:
            return False
        if self.before is None:
            return True
        for piece in self.needs:
            if piece in lowered:
                return self.before.search(before) is not None
        return False


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            TookPartAs(rule["part"]),
            tuple(rule.get("needs", ("",))),
            re.compile(rule["before"] + r"\Z", re.I) if "before" in rule else None,
            re.compile(rule["after"], re.I) if "after" in rule else None,
        )
        for rule in tomllib.loads(_FILE.read_text(encoding="utf-8"))["rule"]
    )


@cache
def _performing_roles() -> frozenset[str]:
    return frozenset(tomllib.loads(_FILE.read_text(encoding="utf-8"))["performing_roles"])


def stated_part(reading: Reading, person: PlacedPerson) -> TookPartAs | None:
    """What the words right beside a name say its bearer did; None where they say nothing."""
    mention = person.mention
    text = reading.text.text
    before = text[max(0, mention.char_start - _SPAN) : mention.char_start]
    after = text[mention.char_end : mention.char_end + _SPAN]
    before, after = before.rsplit("\n\n", 1)[-1], after.split("\n\n", 1)[0]
    lowered = before.lower()
    for rule in _rules():
        if rule.fits(before, lowered, after):
            return rule.part
    return TookPartAs.AUTHOR if signs(reading, person) else mention.took_part_as


def performs(person: PlacedPerson) -> bool:
    """True for whom the role alone says that they performed: singers, musicians, actors."""
    role = person.mention.role or ""
    return bool(role) and role.split()[-1] in _performing_roles()


def shows_interview(text: str) -> bool:
    """True where a clip's own words call it an interview."""
    return "intervju" in text.casefold()
