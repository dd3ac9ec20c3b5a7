"""What the reader works with until the year is known: forms, and drafts of mentions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from harvester.records import Grain, MentionKind

#: The days of an expression in the year in which it begins; None where they do not exist.
Days = Callable[[int], "tuple[date, date] | None"]

#: The days of an expression seen from a day, and whether the sentence tells of what is past or
#: what lies ahead ("past", "future" or "").
Relative = Callable[[date, str], "tuple[date, date] | None"]


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """An expression without its year: how exact it is, its days in any year, EDTF without a year."""

    grain: Grain
    days: Days
    mask: str


@dataclass(slots=True)
class Draft:
    """A mention while it is read: offsets in the folded text, the year still open."""

    start: int
    end: int
    form: Form
    year: int | None  # the year in which it begins
    kind: MentionKind = MentionKind.DATE
    by: str = "explicit"
    flags: list[str] = field(default_factory=list)
    weekday: int | None = None  # of the first day
    last_weekday: int | None = None
    span: bool = False  # a stated range: its ends are not open
    time: str | None = None
    relative_year: int | None = None  # "i mars förra året": years from the publication's
    same_year: bool = False  # "i augusti samma år"
    needs_published: bool = False  # says too little where nothing but running text tells the year
    relative: Relative | None = None  # the days seen from the publication date
    counts_on: int = 0  # 1 or -1: counts on from the date stated before it, or back
    first: date | None = None
    last: date | None = None
