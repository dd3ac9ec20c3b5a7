"""Clock times and the dates that they belong to."""

from __future__ import annotations

import re

from harvester.parsers.dates.draft import Draft
from harvester.parsers.dates.pattern import Pattern
from harvester.parsers.dates.source import REACH, Source
from harvester.records import Grain

_TIME = r"(?P<{0}h>[01]?[0-9]|2[0-4])(?:[.:](?P<{0}m>[0-5][0-9]))?(?:[.:][0-5][0-9])?(?![0-9]|[.:][0-9])"
_SPAN = _TIME.format("a") + (
    r"(?: {0,2}(?:-|till|och) {0,2}(?:kl\.? ?|klockan )?" + _TIME.format("b") + ")?"
)
# Said with "kl.": anywhere in the clause. Must not match "kl" inside a word.
_SAID = Pattern(rf"(?<![a-zåäö])(?P<mellan>mellan )?(?:kl\.?|klockan) {{0,2}}{_SPAN}")
# Bare figures count only right after the date, and with minutes: "2 oktober 12.00–13.00".
_BARE = Pattern(
    r"(?:,| kl\.?)? {1,2}\(?(?P<ah>[01]?[0-9]|2[0-4])[.:](?P<am>[0-5][0-9])(?:[.:][0-5][0-9])?(?![0-9])"
    r"(?: {0,2}(?:-|till) {0,2}(?P<bh>[01]?[0-9]|2[0-4])(?:[.:](?P<bm>[0-5][0-9]))?(?![0-9]|[.:][0-9]))?"
)
_BEFORE = Pattern(
    rf"(?<![a-zåäö])(?P<mellan>mellan )?(?:kl\.?|klockan) {{0,2}}{_SPAN},? {{1,2}}(?:på |den |på den )?$"
)
# The letters that a match of it can end with.
_BEFORE_ENDS = (
    *(f"{digit}{gap} " for digit in range(10) for gap in ("", ",")),
    "  ",
    "på ",
    "den ",
)
# A clause ends here; the full stop of "kl." or "okt." is followed by a small letter or a figure.
_CLAUSE_END = Pattern(r"[!?;\n]|\.(?= {1,2}[^a-zåäö0-9 ])|\.$")
_WINDOW = 90


def attach_times(src: Source, drafts: list[Draft]) -> None:
    """Give each day the clock time of its clause: the nearest date left of the time takes it."""
    low = src.low
    said = "kl" in low
    if not said and ":" not in low and "." not in low:
        return
    stop, day = len(low), Grain.DAY
    for draft in reversed(drafts):
        start, end = draft.start, draft.end
        until, stop = end + _WINDOW if end + _WINDOW < stop else stop, start
        if draft.form.grain is not day or draft.time is not None:
            continue
        match = _BARE.match(low, end, until)
        if match is None and said:
            at = low.find("kl", end, until)
            match = _said(src, at, end, until) if at >= 0 else None
            if match is None and low.find("kl", start - REACH if start > REACH else 0, start) >= 0:
                match = src.left(_BEFORE, start, ends=_BEFORE_ENDS)
        if match:
            draft.time = _time(match)


def _said(src: Source, at: int, start: int, stop: int) -> re.Match[str] | None:
    """The clock time in a stretch after its first "kl", if no clause ends before it."""
    match = _SAID.search(src.low, max(start, at - len("mellan ")), stop)
    if match is None:
        return None
    end = _CLAUSE_END.search(src.cased, start, match.start())
    return None if end else match


def _time(match: re.Match[str]) -> str:
    start = f"{int(match['ah']):02}:{match['am'] or '00'}"
    if match["bh"] is None:
        return start
    return f"{start}/{int(match['bh']):02}:{match['bm'] or '00'}"
