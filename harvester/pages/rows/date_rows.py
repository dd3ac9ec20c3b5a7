"""Date rows: every date a page states, and what it dates."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from harvester.pages.content import Found
from harvester.pages.reading import PlacedDate, Reading
from harvester.pages.rows.evidence import EvidenceLog
from harvester.pages.rows.ids import RowIds
from harvester.records import DateKind, Grain, MentionKind, Missing, PageKind, StatedDate

_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-ZÅÄÖ”\"–])|\n")
# The same, the last one of a text.
_LAST_SENTENCE_END = re.compile(rf"(?s:.*)(?:{_SENTENCE_END.pattern})")
_DEADLINE = re.compile(
    r"\b(senast|sista dag(en)?|deadline|anmäl\w*|ansök\w*|boka (?:hotell|rum|monter)\w*|inlämn\w*|svara senast|"
    r"skicka in|öppnar för|till och med|t\.o\.m\.?|avboka\w*|betala\w*)\b",
    re.I,
)
# Behind the day: "1 september kl 17.00: sista dag för anmälan".
_DEADLINE_BEHIND = re.compile(
    r"(?:\s*kl\.? ?\d{1,2}[.:]\d{2})?\s*[:–-]\s*(sista (anmälnings)?dag\w*|deadline|sista svarsdag)",
    re.I,
)
# A turn of the year lasts two days and is no event.
_TURN = re.compile(r"årsskift|halvårsskift", re.I)
_EVENT = re.compile(
    r"\b(konferens\w*|seminari\w*|årsmöte\w*|möte\w*|träff\w*|(?:stor)?föreläsning\w*|invig\w*|boka in|välkom\w*|arrangera\w*|äger rum|"
    r"dag (?:ett|två|tre|\d)|första dagen|sista dagen|på scen\w*|program\w*|webbinari\w*|kongress\w*|mässa\w*|workshop\w*|"
    r"\w+dagarna|\w+veckan|talar|kommer|börja\w*|startar?|startade|valde|valdes|ses|möts|samlas|samlades|träffas|håll(?:s|its)|hölls|"
    r"drog i gång|drar i gång|stannar|visas|invigs|invigdes|bjuder|byggs|byggdes|flyttade\w*|resa|studieresa)\b",
    re.I,
)
_LETTER_HEAD = re.compile(r"[A-ZÅÄÖ][a-zåäöé]+(?: [A-ZÅÄÖ][a-zåäöé]+)? (?:den )?")
_OPENING_CAPITALS = re.compile(r"[A-ZÅÄÖ][A-ZÅÄÖ0-9 .–-]{6,}:?")


def date_rows(reading: Reading, kind: PageKind, ids: RowIds, log: EvidenceLog) -> list[StatedDate]:
    """The page's dates: its publication day first, then those of its text in order."""
    content = reading.content
    rows: list[StatedDate] = []
    if content.published is not None:
        rows.append(_published_row(content.page_id, content.published, ids))
        for column in ("first", "last"):
            log.found("dates", rows[0].date_id, column, content.published)
    seen: Counter[str] = Counter()
    for placed in reading.dates:
        mention = placed.mention
        what = date_kind(reading, placed, kind)
        seen[mention.raw] += 1
        row = StatedDate(
            date_id=ids.of("date", mention.raw.casefold(), str(seen[mention.raw])),
            page_id=content.page_id,
            raw=mention.raw,
            first=mention.first,
            last=mention.last,
            grain=mention.grain,
            edtf=mention.edtf,
            time=mention.time,
            kind=what,
            resolved_by=mention.resolved_by,
            flags=mention.flags,
        )
        rows.append(row)
        log.at("dates", row.date_id, "raw", placed.place, f"date.{mention.kind}")
        for column in ("first", "last"):
            if getattr(row, column) is not None:
                log.at("dates", row.date_id, column, placed.place, f"date.{mention.resolved_by}")
            else:
                why = (
                    Missing.NOT_UNDERSTOOD if "impossible" in mention.flags else Missing.NOT_STATED
                )
                log.missing("dates", row.date_id, column, why, f"date.{mention.resolved_by}")
    return rows


def date_kind(reading: Reading, placed: PlacedDate, page_kind: PageKind) -> DateKind:
    """What a stated date dates: an edition's name, a deadline, an event, else it is a mention."""
    mention = placed.mention
    if mention.kind is MentionKind.EDITION:
        return DateKind.EDITION
    sentence, before = _sentence(reading.text.text, mention.char_start, mention.char_end)
    if _is_kicker(reading, placed, page_kind):
        return DateKind.PUBLISHED
    after = reading.text.text[mention.char_end : mention.char_end + 60]
    if (
        _DEADLINE.search(before[-60:])
        or _DEADLINE_BEHIND.match(after)
        or "deadline" in sentence.casefold()
    ):
        return DateKind.DEADLINE
    if (
        mention.grain is Grain.DAY
        and not _TURN.search(mention.raw)
        and _is_held(reading, placed, page_kind, sentence)
    ):
        return DateKind.EVENT
    return DateKind.MENTION


def _is_held(reading: Reading, placed: PlacedDate, page_kind: PageKind, sentence: str) -> bool:
    """True where something is held that day: it lasts for days, has a time, opens a line of a list."""
    mention, place = placed.mention, placed.place
    if mention.first != mention.last or mention.time or page_kind is PageKind.PROGRAMME:
        return True
    opens = (
        place.block >= 0
        and place.char_start == 0
        and len(reading.content.blocks[place.block].text) < 120
    )
    return opens or _EVENT.search(sentence) is not None


def _is_kicker(reading: Reading, placed: PlacedDate, kind: PageKind) -> bool:
    """True for the day a page says it was written: in the capitals a post opens with, in a column's
    title, or behind the place a letter opens with ("Granköping den 9 februari 2024")."""
    block, mention = placed.place.block, placed.mention
    if block > 1 or mention.grain is not Grain.DAY:
        return False
    if block < 0:  # "Ordförande har ordet 12 september 2019"
        return kind is PageKind.CHAIR_COLUMN
    text = reading.content.blocks[block].text
    if (
        block == 0
        and _LETTER_HEAD.fullmatch(text[: placed.place.char_start])
        and placed.place.char_end == len(text)
    ):
        return True
    opening = _OPENING_CAPITALS.match(text)
    posts = kind in (PageKind.CHAIR_COLUMN, PageKind.NEWS_POST)
    return posts and opening is not None and placed.place.char_end <= opening.end()


def _published_row(page_id: str, found: Found[date], ids: RowIds) -> StatedDate:
    return StatedDate(
        date_id=ids.of("date", "published"),
        page_id=page_id,
        raw=found.raw,
        first=found.value,
        last=found.value,
        grain=Grain.DAY,
        edtf=found.value.isoformat(),
        time=None,
        kind=DateKind.PUBLISHED,
        resolved_by="metadata",
        flags=(),
    )


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """The sentence around a stretch, and the part of it before the stretch; 300 characters at most."""
    left = text[max(0, start - 300) : start]
    right = text[end : end + 300]
    last = _LAST_SENTENCE_END.match(left)
    cut = last.end() if last else 0
    stop = _SENTENCE_END.search(right)
    before = left[cut:]
    return before + text[start:end] + right[: stop.start() if stop else len(right)], before
