"""What the reader gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the tables' records are loaded with the grammar
    from harvester.records import Grain, MentionKind


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or interval as a text states it.

    ``first`` and ``last`` are inclusive days, None where the text gives no way to know the year
    (``edtf`` then has ``XXXX``) or where the day does not exist (flag ``impossible``).
    """

    raw: str
    char_start: int
    char_end: int
    first: date | None
    last: date | None
    grain: Grain
    kind: MentionKind
    edtf: str
    time: str | None
    resolved_by: str
    flags: tuple[str, ...]
